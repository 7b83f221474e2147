"""From the bytes of a file to text that is safe to show, to compare and to put into XML."""

from __future__ import annotations

import codecs
import unicodedata

from sitegen.regex import regex

__all__ = ["clean", "decode"]

_ODD = regex("[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_USUAL = b"\t\n" + bytes(range(ord(" "), 0x7F))
"""What is most of a text: of the rest, few kinds of characters are left to look at."""


def _windows_1252(byte: int) -> str:
    """What this byte is in Windows-1252; empty for the five that it leaves undefined."""
    return bytes([byte]).decode("cp1252", "ignore")


_MEANT = {code: _windows_1252(code) for code in range(0x80, 0xA0)} | {
    0x0B: " ",
    0x0C: " ",
    0x0D: "\n",
    0x2028: "\n",
    0x2029: "\n",
}


def clean(text: str) -> str:
    """The text in NFC, without control characters, byte order marks and surrogates.

    C1 controls are read as the Windows-1252 characters that they nearly always were; U+2028 and U+2029 are newlines.
    """
    if text.isascii() and text.isprintable():
        return text
    rare = text.encode("utf-8", "surrogatepass").translate(None, _USUAL)
    if _ODD.search(rare.decode("utf-8", "surrogatepass")):
        text = _ODD.sub(lambda match: _MEANT.get(ord(match[0]), ""), text.replace("\r\n", "\n"))
    return unicodedata.normalize("NFC", text)


def _rescue(error: UnicodeError) -> tuple[str, int]:
    """Error handler of a codec: read the bytes that are not UTF-8, and only those, as Windows-1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    bad = error.object[error.start : error.end]
    return bad.decode("cp1252", "replace"), error.end


codecs.register_error("sitegen.windows-1252", _rescue)


def decode(data: bytes) -> tuple[str, int]:
    """The text of a file with `\\n` line ends and no byte order mark, and the first line that is not UTF-8, or 0."""
    try:
        text, odd = data.decode(), 0
    except UnicodeDecodeError as error:
        text, odd = _decode_odd(data), data.count(b"\n", 0, error.start) + 1
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff"), odd


def _decode_odd(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode(errors="sitegen.windows-1252")
