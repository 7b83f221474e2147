"""Pictures that raw HTML shows: those that are files of the site get what Markdown's pictures get.

They are found in HTML that is ready, so that cleaning has judged them as it judges everything.
"""

from __future__ import annotations

import re
from html import unescape

from sitegen.content.body import Picture
from sitegen.content.markdown.run import Run
from sitegen.regex import regex

__all__ = ["with_raw_pictures"]

_ATTRIBUTES = r"""(?:[^<>"']|"[^"]*"|'[^']*')*+"""
_PICTURE = regex(
    r"(?P<apart><!--.*?-->|<(?P<tag>picture|script|style|template|textarea)\b.*?</(?P=tag)\s*>)"
    rf"|<img(?=[\s/])(?P<attributes>{_ATTRIBUTES})>",
    re.IGNORECASE | re.DOTALL,
)
"""What is left alone, because it holds code or offers several files by itself; or a single picture."""
_ATTRIBUTE = regex(
    r"""(?P<name>[^\s"'<>/=]+)(?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+)))?"""
)
_PIXELS = regex(r"(\d{1,5})(?:px)?", re.ASCII)


def with_raw_pictures(run: Run, html: str) -> str:
    """The HTML with stand-ins in the place of these pictures."""
    if not run.raw_pictures:
        return html
    return _PICTURE.sub(lambda found: _stand_in(run, found), html)


def _stand_in(run: Run, found: re.Match[str]) -> str:
    written = _written(found["attributes"] or "")
    path = run.raw_pictures.get(written.get("src", "").strip())
    if found["apart"] or path is None or "srcset" in written:
        return found[0]
    return run.put(Picture(path, _as_markdown(written)))


def _written(text: str) -> dict[str, str]:
    """Attributes by name. As browsers do, of two with one name the first counts."""
    found: dict[str, str] = {}
    for each in _ATTRIBUTE.finditer(text):
        found.setdefault(each["name"].lower(), unescape(each["double"] or each["single"] or each["bare"] or ""))
    return found


def _as_markdown(written: dict[str, str]) -> dict[str, str]:
    """The attributes that the same picture would have in Markdown. A size that is not in pixels is the theme's."""
    sizes = {name: _PIXELS.fullmatch(written[name].strip()) for name in ("width", "height") if name in written}
    rest = {name: value for name, value in written.items() if name not in sizes}
    given = {"src": "", "alt": "", "loading": "lazy", "decoding": "async"} | rest
    return given | {name: pixels[1] for name, pixels in sizes.items() if pixels}
