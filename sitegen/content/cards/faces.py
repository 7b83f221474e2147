"""Which font has a character: the paper's own first, then those of Noto for other scripts.

The fonts come with Python packages, so each machine has the same. Those for Chinese, Japanese and Korean are large, and
so are left to an extra (`sitegen[cjk]`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache, cached_property
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path

import uharfbuzz as hb

from sitegen.plain import Record

__all__ = ["WEIGHT", "Face", "faces_for", "is_covered", "runs"]

WEIGHT = 700
"""Of all letters on a card (OpenType, `wght`)."""
_SERIF, _SANS, _CJK = "Source Serif 4", "Noto Sans", "Noto Sans CJK"
_SCRIPTS = (
    "Arabic", "Armenian", "Bengali", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi", "Hebrew", "Kannada",
    "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala", "Tamil", "Telugu", "Thai",
)  # fmt: skip
_CHINESE = {"zh": "SC", "zh-hans": "SC", "zh-cn": "SC", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK", "ko": "KR"}
"""By language tag, the variety of Noto Sans CJK; any other has the Japanese one."""


class Face(Record, frozen=True, dict=True):
    """A font file, and the name by which resvg knows what is in it."""

    family: str
    path: Path

    @cached_property
    def font(self) -> hb.Font:
        """The font, bold."""
        font = hb.Font(hb.Face(hb.Blob.from_file_path(str(self.path))))
        font.set_variations({"wght": WEIGHT})
        return font

    @cached_property
    def upem(self) -> int:
        """Units to the em."""
        return int(self.font.face.upem)

    def has(self, character: str) -> bool:
        """Whether the font has a glyph for it."""
        return self.font.get_nominal_glyph(ord(character)) is not None


def faces_for(font: str, language: str) -> tuple[Face, ...]:
    """The faces for a text, the preferred one first. `font` is `serif` or `sans`."""
    faces = _all(_chinese(language))
    return faces if font == "serif" else faces[1:]


@cache
def _all(chinese: str) -> tuple[Face, ...]:
    noto = _folder("manimgx_fonts")
    found = [
        Face(_SERIF, _folder("fontpkg_source_serif_4") / "files" / "SourceSerif4[opsz,wght].ttf"),
        Face(_SANS, noto / "NotoSans[wght].ttf"),
        *(Face(f"{_SANS} {script}", noto / f"NotoSans{script}[wght].ttf") for script in _SCRIPTS),
    ]
    if find_spec("manimgx_fonts_cjk"):
        found.append(Face(f"{_CJK} {chinese}", _folder("manimgx_fonts_cjk") / "NotoSansCJK-VF.otf.ttc"))
    found += [
        Face(f"{_SANS} Symbols", noto / "NotoSansSymbols[wght].ttf"),
        Face("Noto Emoji", noto / "NotoEmoji[wght].ttf"),
    ]
    return tuple(found)


def _folder(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def _chinese(language: str) -> str:
    tag = language.lower()
    return _CHINESE.get(tag) or _CHINESE.get(tag.partition("-")[0], "JP")


def _follows(character: str) -> bool:
    """Whether a character has the face of the one before it: a mark on it, or what is not seen."""
    return unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf")


@cache
def _place(character: str, faces: tuple[Face, ...]) -> int:
    return 0 if character.isspace() else next((at for at, face in enumerate(faces) if face.has(character)), -1)


def is_covered(text: str, font: str, language: str) -> bool:
    """Whether some font has each character that is seen."""
    if text.isascii():
        return True
    faces = faces_for(font, language)
    return all(
        _place(character, faces) >= 0 for character in set(text) if not _follows(character) and not character.isspace()
    )


def runs(text: str, faces: tuple[Face, ...]) -> Iterator[tuple[Face, str]]:
    """The text in pieces of one face each."""
    places: list[int] = []
    for character in text:
        before = places[-1] if places else 0
        places.append(before if _follows(character) and places else max(0, _place(character, faces)))
    for place, piece in groupby(zip(places, text, strict=True), key=lambda pair: pair[0]):
        yield faces[place], "".join(character for _, character in piece)
