"""The HTML that a body may hold where it is not trusted: text, structure, pictures and recordings; no style, no script.

Everything that the renderer itself writes is among it, since a body with raw HTML is cleaned as a whole.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sitegen.content.markdown.targets import SCHEMES, refused

if TYPE_CHECKING:
    import nh3

__all__ = ["allowed_attribute", "allowed_in_a_line", "allowed_tag", "clean", "clean_inline"]

_INLINE = frozenset((
    "abbr", "b", "bdi", "bdo", "cite", "code", "dfn", "em", "i", "ins", "del", "kbd", "mark", "q", "s", "samp",
    "small", "span", "strong", "sub", "sup", "u", "var",
))  # fmt: skip
_TAGS = _INLINE | frozenset((
    "a", "address", "article", "aside", "audio", "blockquote", "br", "caption", "col", "colgroup", "data", "dd",
    "details", "div", "dl", "dt", "figcaption", "figure", "footer", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "img", "input", "label", "li", "main", "nav", "ol", "p", "picture", "pre", "rp", "rt", "ruby", "section",
    "source", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "track", "ul", "video",
    "wbr",
))  # fmt: skip
_ANYWHERE = frozenset(["class", "dir", "id", "lang", "role", "title", "translate"])
_ATTRIBUTES: dict[str, set[str]] = {
    "*": set(_ANYWHERE),
    "a": {"href", "hreflang", "rel", "name"},
    "audio": {"src", "controls", "preload", "loop", "muted"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "data": {"value"},
    "del": {"cite", "datetime"},
    "details": {"open", "name"},
    "img": {"src", "srcset", "sizes", "alt", "width", "height", "loading", "decoding"},
    "input": {"checked"},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "q": {"cite"},
    "source": {"src", "srcset", "sizes", "type", "media", "width", "height"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "video": {"src", "poster", "controls", "preload", "loop", "muted", "width", "height", "playsinline"},
}
_VALUES = {"div": {"tabindex": {"0"}}, "pre": {"tabindex": {"0"}}, "input": {"type": {"checkbox"}}}
_SILENT = frozenset(("html", "head", "body", "h1"))


def allowed_tag(tag: str) -> bool:
    """Whether this element may stand in a body."""
    return tag in _TAGS or tag in _SILENT


def allowed_attribute(tag: str, name: str) -> bool:
    """Whether this attribute may stand on this element."""
    known = name in _ANYWHERE or name in _ATTRIBUTES.get(tag, ()) or name in _VALUES.get(tag, ())
    return known or name.startswith("aria-")


def allowed_in_a_line(tag: str) -> bool:
    """Whether this element may stand in a headline."""
    return tag in _INLINE


def clean(html: str) -> str:
    """The same HTML without what is not allowed, every element closed."""
    return _cleaner().clean(html)


def clean_inline(html: str) -> str:
    """The same for a headline: nothing but marks within a line, without attributes but the language's."""
    return _inline_cleaner().clean(html)


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    import nh3

    return nh3.Cleaner(
        tags=_TAGS, attributes=_ATTRIBUTES, tag_attribute_values=_VALUES, generic_attribute_prefixes={"aria-"},
        set_tag_attribute_values={"input": {"type": "checkbox", "disabled": ""}}, attribute_filter=_filtered,
        url_schemes=SCHEMES | {"data"}, link_rel=None,
    )  # fmt: skip


def _filtered(tag: str, name: str, value: str) -> str | None:
    """Refuses what only a picture may hold: its own bytes."""
    if name in ("href", "src", "poster", "cite") and refused(value.strip(), picture=tag == "img", trusted=False):
        return None
    return value


@lru_cache(maxsize=1)
def _inline_cleaner() -> nh3.Cleaner:
    import nh3

    return nh3.Cleaner(tags=_INLINE, attributes={"*": {"dir", "lang"}}, link_rel=None)
