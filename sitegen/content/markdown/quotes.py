"""The quotation marks of languages: outer pair, inner pair. Mostly the "delimiters" of Unicode CLDR."""

from __future__ import annotations

__all__ = ["marks"]

_NARROW = "\u202f"
"""French sets a narrow space, on which no line breaks, inside its marks."""

_GUILLEMETS = ("«", "»", "“", "”")
_HIGH = ("“", "”", "‘", "’")
_LOW = ("„", "“", "‚", "‘")

_MARKS: dict[str, tuple[str, str, str, str]] = {
    "ar": _GUILLEMETS,
    "bg": ("„", "“", "‚", "‘"),
    "ca": _GUILLEMETS,
    "cs": _LOW,
    "da": _HIGH,
    "de": _LOW,
    "de-ch": ("«", "»", "‹", "›"),
    "el": _GUILLEMETS,
    "en": _HIGH,
    "es": _GUILLEMETS,
    "et": ("„", "“", "«", "»"),
    "fa": ("«", "»", "‹", "›"),
    "fi": ("”", "”", "’", "’"),
    "fr": (f"«{_NARROW}", f"{_NARROW}»", "“", "”"),
    "fr-ch": (f"«{_NARROW}", f"{_NARROW}»", "‹", "›"),
    "he": ("”", "”", "’", "’"),
    "hr": ("„", "”", "‚", "’"),
    "hu": ("„", "”", "»", "«"),
    "is": _LOW,
    "it": _GUILLEMETS,
    "ja": ("「", "」", "『", "』"),
    "lt": _LOW,
    "nb": ("«", "»", "‘", "’"),
    "nl": _HIGH,
    "nn": ("«", "»", "‘", "’"),
    "no": ("«", "»", "‘", "’"),
    "pl": ("„", "”", "«", "»"),
    "pt-pt": _GUILLEMETS,
    "ro": ("„", "”", "«", "»"),
    "ru": ("«", "»", "„", "“"),
    "sk": _LOW,
    "sl": _LOW,
    "sr": ("„", "“", "‘", "’"),
    "sv": ("”", "”", "’", "’"),
    "uk": ("«", "»", "„", "“"),
    "zh": _HIGH,
    "zh-hant": ("「", "」", "『", "』"),
    "zh-hk": ("「", "」", "『", "』"),
    "zh-tw": ("「", "」", "『", "』"),
}


def marks(language: str) -> tuple[str, str, str, str]:
    """Outer opening and closing mark, inner opening and closing mark; English ones for a language not known."""
    tag = language.lower()
    return _MARKS.get(tag) or _MARKS.get(tag.partition("-")[0], _HIGH)
