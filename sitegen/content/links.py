"""What a link or picture in a body leads to: the answer that a body gets for each target it names."""

from __future__ import annotations

from collections.abc import Callable

from sitegen.plain import Record

__all__ = ["Link", "Resolve"]


class Link(Record, frozen=True):
    """The URL for the page; `problem` says in a sentence what is wrong with the target, `hint` what to do.

    `file` is the public file of the content folder that it leads to, empty if it leads elsewhere; `picture` the same,
    if it is a picture.
    """

    url: str
    problem: str = ""
    hint: str = ""
    picture: str = ""
    file: str = ""


Resolve = Callable[[str], Link]
"""From a target as it is written in the Markdown (entities and backslashes read, nothing else) to its link."""
