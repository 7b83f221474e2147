"""Which icons are made of one picture.

The sizes are those that browsers and telephones ask for (WHATWG HTML, `rel=icon`; W3C, Web Application Manifest; Apple,
"Configuring Web Applications"), at URLs that never change (Google, "Define a favicon").
"""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.plain import Record

__all__ = ["ICONS", "Icon"]


class Icon(Record, frozen=True):
    """A square of `size` pixels. The picture takes `share` per cent of its side; `opaque`: nothing shines through.

    `purpose` is that of the manifest; one without it is not listed there.
    """

    size: int
    share: int = 100
    opaque: bool = False
    purpose: str = ""


ICONS: Mapping[str, Icon] = {
    "favicon.ico": Icon(48),
    "icon-192.png": Icon(192, purpose="any"),
    "icon-512.png": Icon(512, purpose="any"),
    # Of a maskable one, a circle of 80 % may be all that is seen: a square of 56 % fits into it.
    "icon-maskable-512.png": Icon(512, 56, opaque=True, purpose="maskable"),
    "apple-touch-icon.png": Icon(180, 84, opaque=True),
}
"""By the name of the file."""
