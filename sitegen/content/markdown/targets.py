"""Links and pictures: each target is settled by the site while the text is parsed."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token

from sitegen.content.links import Link
from sitegen.content.markdown.run import Run, run_of

__all__ = ["SCHEMES", "install", "refused", "usable"]

SCHEMES = frozenset(
    "feed ftp ftps geo http https irc ircs magnet mailto matrix news sip sips sms ssh tel webcal xmpp".split()
)
"""What a target may begin with where HTML is not trusted; relative targets may anyway."""

_HARMFUL = frozenset(("data", "file", "javascript", "vbscript"))
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
_PICTURE = re.compile(r"data:image/(?:avif|gif|jpeg|png|webp)[;,]", re.IGNORECASE)
_READY = re.compile(r"(?:[A-Za-z0-9;/?:@&=+$,\-_.!~*'()#]|%[0-9A-Fa-f]{2})*+")
_EXTERNAL = re.compile(r"(?:https?:)?//", re.IGNORECASE)


def usable(url: str) -> str:
    """The URL percent-encoded where HTML needs it; what is encoded already stays as it is."""
    return url if _READY.fullmatch(url) else normalizeLink(url)


def refused(url: str, *, picture: bool, trusted: bool) -> str:
    """The scheme for which a usable URL may not be put on a page; empty if it may."""
    found = _SCHEME.match(url)
    scheme = found[0].lower() if found else ""
    if not scheme or picture and _PICTURE.match(url):
        return ""
    return scheme if scheme in _HARMFUL or not trusted and scheme not in SCHEMES else ""


def install(md: MarkdownIt, *, trusted: bool, plain: bool) -> None:
    """Makes the parser ask for every target. `plain`: no attribute that CommonMark does not have."""

    def links(state: StateInline, silent: bool) -> bool:
        return state.src[state.pos] == "[" and followed(link, state, silent)

    def autolinks(state: StateInline, silent: bool) -> bool:
        return state.src[state.pos] == "<" and followed(autolink, state, silent)

    def followed(rule: object, state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.tokens)
        if not rule(state, silent):  # type: ignore[operator]
            return False
        if not silent:
            token = next(token for token in state.tokens[known:] if token.type == "link_open")
            _settle_link(run_of(state), token, state.src, (start, state.pos))
        return True

    def pictures(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.src[start] != "!" or not image(state, silent):
            return False
        if not silent:
            _settle_picture(run_of(state), state.tokens[-1], state.src, (start, state.pos))
        return True

    def _settle_link(run: Run, token: Token, text: str, span: tuple[int, int]) -> None:
        answer = _ask(run, token, "href", text, span)
        if answer is not None and not plain and _EXTERNAL.match(answer.url):
            token.attrs["rel"] = "noopener"

    def _settle_picture(run: Run, token: Token, text: str, span: tuple[int, int]) -> None:
        answer = _ask(run, token, "src", text, span)
        if answer is None:
            token.type = "text"
            return
        if answer.width and answer.height:
            token.attrs |= {"width": answer.width, "height": answer.height}
        if not plain:
            token.attrs |= {"loading": "lazy", "decoding": "async"}

    def _ask(run: Run, token: Token, key: str, text: str, span: tuple[int, int]) -> Link | None:
        """Puts the settled URL into the token; None if there is none that may stand on a page."""
        written = str(token.attrs[key])
        answer = run.resolve(written)
        if answer.problem:
            code = "missing-image" if key == "src" else "missing-link"
            _report(run, code, answer.problem, text, span, answer.hint)
        url = usable(answer.url)
        if scheme := refused(url, picture=key == "src", trusted=trusted):
            _report(run, "refused-link", f"`{scheme}:` is not allowed here", text, span)
            del token.attrs[key]
            return None
        token.attrs[key] = url
        return answer

    # Targets are judged and encoded when they are settled, so that the site sees them as they are written.
    md.normalizeLink = str  # type: ignore[method-assign]
    md.validateLink = bool_true  # type: ignore[method-assign]
    md.inline.ruler.at("link", links)
    md.inline.ruler.at("image", pictures)
    md.inline.ruler.at("autolink", autolinks)


def bool_true(url: str) -> bool:
    """Every target passes the parser."""
    return True


def _report(run: Run, code: str, message: str, text: str, span: tuple[int, int], hint: str = "") -> None:
    """A problem at the target between the round brackets, or at the whole link where there are none."""
    start, end = span
    opening = text.rfind("](", start, end)
    if opening >= 0:
        start = opening + 2
        start += len(text[start:end]) - len(text[start:end].lstrip(" \t\n<"))
        end = start + len(re.split(r"[\s>]", text[start : end - 1], maxsplit=1)[0])
    run.report(code, message, run.inline_place(text, start), end - start, hint)
