"""What is known of a picture file."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.plain import Record

__all__ = ["DRAWING", "KINDS", "PICTURES", "Facts", "kind_of"]

DRAWING = "svg"
KINDS: Mapping[str, str] = {
    ".avif": "avif",
    ".gif": "gif",
    ".jpeg": "jpeg",
    ".jpg": "jpeg",
    ".png": "png",
    ".svg": DRAWING,
    ".webp": "webp",
}
"""Suffixes of the files that browsers show as pictures, and what they are published as."""
PICTURES = tuple(KINDS)


class Facts(Record, frozen=True):
    """A picture as readers see it: upright. With a `fault`, the code of a problem, it cannot be shown at all."""

    digest: str = ""
    """Of the bytes of the file."""
    kind: str = ""
    """What it is published as: `jpeg`, `png`, `gif`, `webp`, `avif` or `svg`."""
    width: int = 0
    height: int = 0
    """Pixels; 0 for a drawing that does not say."""
    alpha: bool = False
    """Whether something shines through."""
    moving: bool = False
    """An animation, which is published as it is."""
    credit: str = ""
    """Whose picture it is, as the file says; may be empty."""
    fault: str = ""
    message: str = ""
    hint: str = ""

    @property
    def still(self) -> bool:
        """Whether there are variants of it."""
        return not (self.fault or self.moving or self.kind == DRAWING)


def kind_of(path: str) -> str:
    """What a picture file is published as, by its suffix."""
    return KINDS[path[path.rindex(".") :].lower()]
