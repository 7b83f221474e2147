"""Links and pictures: each target is settled by the site while the text is parsed."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.common.normalize_url import normalizeLink
from markdown_it.rules_inline import StateInline, autolink, image
from markdown_it.token import Token

from sitegen.content.links import Link
from sitegen.content.markdown.fast import link
from sitegen.content.markdown.run import Run, run_of
from sitegen.regex import regex

__all__ = ["SCHEMES", "install", "refused", "usable"]

SCHEMES = frozenset((
    "feed", "ftp", "ftps", "geo", "http", "https", "irc", "ircs", "magnet", "mailto", "matrix", "news", "sip",
    "sips", "sms", "ssh", "tel", "webcal", "xmpp",
))  # fmt: skip
"""What a target may begin with where HTML is not trusted; relative targets may anyway."""

_HARMFUL = frozenset(("data", "file", "javascript", "vbscript"))
_SCHEME = regex(r"[a-z][a-z0-9+.-]*(?=:)", re.IGNORECASE)
_PICTURE = regex(r"data:image/(?:avif|gif|jpeg|png|webp)[;,]", re.IGNORECASE)
_READY = regex(r"(?:[A-Za-z0-9;/?:@&=+$,\-_.!~*'()#]|%[0-9A-Fa-f]{2})*+")
_EXTERNAL = regex(r"(?:https?:)?//", re.IGNORECASE)
_TARGET = regex(r"[\s<]*([^\s>]*)")


def install(md: MarkdownIt) -> None:
    """Makes the parser ask the site for every target."""
    md.inline.ruler.at("link", _link)
    md.inline.ruler.at("image", _image)
    md.inline.ruler.at("autolink", _autolink)
    # Targets are judged and encoded when they are settled, so that the site sees them as they are written.
    md.normalizeLink = str  # type: ignore[method-assign,assignment]
    md.validateLink = _any  # type: ignore[method-assign]


def usable(url: str) -> str:
    """The URL percent-encoded where HTML needs it; what is encoded already stays as it is."""
    return url if _READY.fullmatch(url) else normalizeLink(url)


def refused(url: str, *, picture: bool, trusted: bool) -> str:
    """The scheme for which a usable URL may not stand on a page; empty if it may."""
    found = _SCHEME.match(url)
    if found is None or (picture and _PICTURE.match(url)):
        return ""
    scheme = found[0].lower()
    return scheme if scheme in _HARMFUL or not (trusted or scheme in SCHEMES) else ""


def _any(url: str) -> bool:
    return True


def _link(state: StateInline, silent: bool) -> bool:
    return state.src[state.pos] == "[" and _followed(link, state, silent)


def _autolink(state: StateInline, silent: bool) -> bool:
    return state.src[state.pos] == "<" and _followed(autolink, state, silent)


def _followed(rule: Callable[[StateInline, bool], bool], state: StateInline, silent: bool) -> bool:
    start, known = state.pos, len(state.tokens)
    if not rule(state, silent):
        return False
    if not silent:
        token = next(token for token in state.tokens[known:] if token.type == "link_open")
        run = run_of(state)
        answer = _settle(run, token, "href", state.src, (start, state.pos))
        if answer is not None and not run.plain and _EXTERNAL.match(answer.url):
            token.attrs["rel"] = "noopener"
    return True


def _image(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != "!" or not image(state, silent):
        return False
    if not silent:
        run, token = run_of(state), state.tokens[-1]
        answer = _settle(run, token, "src", state.src, (start, state.pos))
        if answer is None:
            token.type = "text"  # the picture's text, which is the token's content
        elif not run.plain:
            token.attrs |= {"loading": "lazy", "decoding": "async"}
            if answer.picture:
                token.meta["picture"] = answer.picture
                run.pictures[answer.picture] = None
    return True


def _settle(run: Run, token: Token, key: str, text: str, span: tuple[int, int]) -> Link | None:
    """Puts the site's URL into the token; None if it may not stand on a page."""
    answer = run.resolve(str(token.attrs[key]))
    if answer.problem:
        code = "missing-image" if key == "src" else "missing-link"
        _report(run, code, answer.problem, text, span, answer.hint)
    url = usable(answer.url)
    if scheme := refused(url, picture=key == "src", trusted=run.trusted):
        _report(run, "refused-link", f"`{scheme}:` is not allowed in a link", text, span)
        del token.attrs[key]
        return None
    token.attrs[key] = url
    return answer


def _report(run: Run, code: str, message: str, text: str, span: tuple[int, int], hint: str = "") -> None:
    """A problem at the target in round brackets, or at the whole link where it has none."""
    start, end = span
    opening = text.rfind("](", start, end)
    target = _TARGET.match(text, opening + 2, end - 1) if opening >= 0 else None
    if target is not None:
        start, end = target.span(1)
    run.report(code, message, run.inside(text, start), end - start, hint)
