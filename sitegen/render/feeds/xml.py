"""XML as text: elements that are well-formed whatever they hold."""

from __future__ import annotations

from html import escape

from sitegen.regex import regex

__all__ = ["DECLARATION", "as_html", "element", "escaped", "title"]

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
_NOT_XML = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no document may hold, not even escaped (XML 1.0, section 2.2)."""


def element(name: str, *content: str, **attributes: str) -> str:
    """An element with content that is XML already. `__` in the name of an attribute stands for `:`."""
    written = "".join(f' {key.replace("__", ":")}="{_attribute(value)}"' for key, value in attributes.items())
    inside = "".join(content)
    return f"<{name}{written}>{inside}</{name}>" if inside else f"<{name}{written}/>"


def escaped(text: str) -> str:
    """Text as content of an element."""
    return escape(_clean(text), quote=False)


def as_html(text: str) -> str:
    """A plain text as content of an element that is read as HTML: what a story says of `<script>` must not be one."""
    return escaped(escape(text))


def title(text: str) -> str:
    """A plain text as a title of RSS, which some readers take for HTML: they leave hexadecimal references alone.

    RSS Advisory Board, RSS Best Practices Profile, "Character data".
    """
    return _clean(text).replace("&", "&#x26;").replace("<", "&#x3C;").replace(">", "&#x3E;")


def _attribute(text: str) -> str:
    return escape(_clean(text)).replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)
