"""What templates see of a recording."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from sitegen.content.article import Audio
from sitegen.content.links import Link
from sitegen.content.recordings import RECORDINGS, media_type
from sitegen.render.views.lens import Lens
from sitegen.site.links import local_path

__all__ = ["AudioView"]


class AudioView:
    """The recording of an article."""

    def __init__(self, lens: Lens, origin: str, audio: Audio) -> None:
        self._lens = lens
        self._origin = origin
        self._audio = audio

    @cached_property
    def _link(self) -> Link:
        return self._lens.link(self._origin, self._audio.src)

    def _of_file(self, name: str) -> Any:
        """What is known of a file of the site; None if it is elsewhere, or called something that is no recording."""
        file = self._link.file
        return self._lens.part("recording", file, name) if file.lower().endswith(RECORDINGS) else None

    @property
    def src(self) -> str:
        """Its URL, for links within the site."""
        return self._link.url

    @property
    def duration(self) -> int:
        """Seconds: what the file says, else the front matter; 0 if unknown."""
        return self._of_file("duration") or self._audio.duration

    @property
    def size(self) -> int:
        """Bytes; 0 if it is elsewhere."""
        return self._of_file("size") or 0

    @property
    def type(self) -> str:
        """The media type; empty if unknown."""
        return media_type(re.split("[?#]", self.src)[0])

    @property
    def transcript(self) -> str:
        """The URL of what is said, to be read; empty if nobody wrote it down, or if it is not there."""
        written = self._audio.transcript
        if not written:
            return ""
        link = self._lens.link(self._origin, written)
        there = link.file or not local_path(written) or written.endswith("/")  # the last: the address of a page
        return link.url if there and not link.problem else ""
