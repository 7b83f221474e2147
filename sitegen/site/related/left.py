"""What a session leaves to the index of related stories of the next one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from msgspec import field

from sitegen.content.likeness import Likeness
from sitegen.plain import Record

if TYPE_CHECKING:
    from sitegen.site.related.table import Table

__all__ = ["IndexLeft"]


class IndexLeft(Record, frozen=True):
    """What a session leaves to the index of the next one."""

    note: Callable[[str, Any], Any]
    """What is kept on disk under a name."""
    table: Table | None = None
    """The index, if it is in memory."""
    likeness: Mapping[str, Likeness | None] = field(default_factory=dict)
    """Of stories that the index does not know yet, since nobody has asked for it."""
    stands: bool = True
    """Whether it is the index of the site as it was."""
    anew: bool = False
    """Whether nothing is on disk, so that what is saved early contradicts nothing."""
