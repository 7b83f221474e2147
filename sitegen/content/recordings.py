"""Recordings: how long one is, and what a page or feed says of it."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import PurePosixPath

from sitegen.plain import Record

__all__ = ["RECORDINGS", "Recording", "media_type", "recording"]

_TYPES: Mapping[str, str] = {
    ".aif": "audio/aiff",
    ".aiff": "audio/aiff",
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".m4b": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
}
"""Suffixes and media types (IANA, and what browsers call those that are not there). Python's own table differs from
machine to machine."""
RECORDINGS = tuple(_TYPES)


class Recording(Record, frozen=True):
    """A sound file."""

    duration: int = 0
    """Whole seconds, at least 1; 0 if it cannot be told."""
    size: int = 0
    """Bytes."""


def media_type(path: str) -> str:
    """The media type of a file or URL path; empty if it is not known."""
    return _TYPES.get(PurePosixPath(path).suffix.lower(), "")


def recording(path: str, data: bytes) -> Recording:
    """What is known of the sound file at `path`."""
    seconds = _seconds(path, data)
    return Recording(max(1, round(seconds)) if seconds > 0 else 0, len(data))


def _seconds(path: str, data: bytes) -> float:
    from tinytag import TinyTag

    try:
        return TinyTag.get(path, file_obj=BytesIO(data), tags=False).duration or 0.0
    except Exception:  # whatever is wrong with a damaged file, its length cannot be told
        return 0.0
