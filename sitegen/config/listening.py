"""Listening to stories: how pages offer it, and the command that speaks them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from msgspec import field

from sitegen.config import checks
from sitegen.plain import Record

__all__ = ["AudioConfig"]


class AudioConfig(Record, frozen=True):
    """The `[audio]` table."""

    speech: bool = True
    """Whether the reader's browser may read a story aloud that has no recording."""
    read_aloud: bool = True
    """Whether assistants may read pages aloud: `false` asks Google not to (`nopagereadaloud`)."""
    command: Annotated[tuple[str, ...], checks.mentioning("{output}")] = ()
    """The program that speaks, and its arguments: `{text}`, `{output}`, `{voice}` and `{language}` are filled in.
    Empty: stories have no recordings but their own.
    """
    encode: Annotated[tuple[str, ...], checks.mentioning("{input}", "{output}")] = ()
    """The program that makes a smaller file of what was spoken; empty: what was spoken is published."""
    format: Literal["wav", "mp3", "m4a", "ogg", "opus", "flac"] = "wav"
    """How the names of recordings end."""
    folder: Annotated[str, checks.published_folder] = "audio"
    """Where recordings are kept, below the content folder."""
    voice: str = ""
    """What `{voice}` stands for; empty: the language of the story."""
    voices: Mapping[str, str] = field(default_factory=dict)
    """The same by language."""
    timeout: Annotated[float, checks.positive] = 600.0
    """Seconds that one program may take for one story."""

    def voice_of(self, language: str) -> str:
        """The voice for a story in this language (a BCP 47 tag)."""
        general = language.partition("-")[0]
        return self.voices.get(language) or self.voices.get(general) or self.voice or language
