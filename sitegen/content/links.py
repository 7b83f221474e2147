"""What a link or picture in a body leads to: the answer that a body gets for each target it names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Link", "Resolve"]


@dataclass(frozen=True, slots=True)
class Link:
    """The URL for the page; `problem` says in a sentence what is wrong with the target, `hint` what to do.

    `width` and `height` are the pixels of a picture, 0 where they are not known. `file` is the public file of the
    content folder that it leads to; empty if it leads elsewhere.
    """

    url: str
    problem: str = ""
    hint: str = ""
    width: int = 0
    height: int = 0
    file: str = ""


Resolve = Callable[[str], Link]
"""From a target as it is written in the Markdown (entities and backslashes read, nothing else) to its link."""
