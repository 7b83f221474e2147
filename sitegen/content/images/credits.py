"""Whose picture it is, as its file says: the one thing beside pixels that is published.

EXIF has an artist and a copyright (CIPA DC-008, section 4.6.5), IPTC a credit and a by-line (IPTC IIM 4.2, section 6).
"""

from __future__ import annotations

from contextlib import suppress

from PIL import Image, ImageFile, IptcImagePlugin

from sitegen.text.clean import clean

__all__ = ["credit_of", "kept_metadata", "says_where"]

_ARTIST, _COPYRIGHT, _PLACE = 0x013B, 0x8298, 0x8825
_LATITUDE = b"GPSLatitude"
"""What every place in XMP has (XMP specification, part 2, section 3.3), under whichever prefix."""
_CREDIT, _BYLINE = (2, 110), (2, 80)
_LONGEST = 200


def credit_of(picture: Image.Image) -> str:
    """The credit for readers; empty if the file has none."""
    press = _iptc(picture)
    return press.get(_CREDIT, "") or press.get(_BYLINE, "") or _exif(picture, _ARTIST)


def kept_metadata(picture: Image.Image) -> bytes:
    """An EXIF block that says whose picture it is and nothing else; empty if the file does not say."""
    kept = {_ARTIST: credit_of(picture), _COPYRIGHT: _exif(picture, _COPYRIGHT)}
    exif = Image.Exif()
    for tag, text in kept.items():
        if text:
            exif[tag] = text.encode()  # as text it would be cut down to ASCII; EXIF 3.0 has UTF-8
    return exif.tobytes() if len(exif) else b""


def says_where(picture: Image.Image, data: bytes) -> bool:
    """Whether the picture, whose file has these bytes, tells where it was taken."""
    if _LATITUDE in data or _LATITUDE in picture.info.get("xmp", b""):  # a PNG may have compressed it
        return True
    with suppress(Exception):
        return _PLACE in picture.getexif()
    return False


def _exif(picture: Image.Image, tag: int) -> str:
    with suppress(Exception):  # a broken EXIF block says nothing
        found = picture.getexif().get(tag, "")
        return _line(found.encode("latin-1") if isinstance(found, str) else found)
    return ""


def _iptc(picture: Image.Image) -> dict[tuple[int, int], str]:
    with suppress(Exception):  # nor does a broken IPTC block
        found = IptcImagePlugin.getiptcinfo(picture) or {} if isinstance(picture, ImageFile.ImageFile) else {}
        return {key: _line(value[0] if isinstance(value, list) else value) for key, value in found.items()}
    return {}


def _line(data: bytes) -> str:
    """The bytes of a field as one line of text: UTF-8, else what it was before there was UTF-8."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    return " ".join(clean(text.rstrip("\0")).split())[:_LONGEST]
