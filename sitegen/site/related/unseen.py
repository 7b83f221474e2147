"""Changes of stories that no list can show. They are found without numpy, which takes longer to load than all else that
an edited sentence asks for.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from sitegen.content.likeness import TERMS, Likeness
from sitegen.site.related.kept import BLOCK, COPIES, Copies, Kept, TermBlock, term_block

__all__ = ["unseen"]

_FEW = 20
"""Stories that are worth looking at: the terms of each may lie in a block of their own."""
_FACTS = tuple(name for name in Likeness.__struct_fields__ if name not in ("columns", "levels", "copy"))


def unseen(
    kept: Kept, rows: Mapping[str, int], note: Callable[[str, Any], Any], fresh: Mapping[str, Likeness | None]
) -> Copies | None:
    """What stands for the texts of all stories, if these are `fresh` and every list stays what it is; None if one may
    not.

    That is so if nothing is different about a story but its text, which is a copy of no other and was none. `rows` says
    where each story is, and `note` gives back what is kept under a name.
    """
    if len(fresh) > _FEW:
        return None
    copies = array("q", note(COPIES, Copies).numbers)
    for path, like in fresh.items():
        row = rows.get(path)
        if row is None or like is None:
            return None
        shared = like.copy != copies[row] and (like.copy in copies or copies.count(copies[row]) > 1)
        if shared or replace(like, copy=0) != _likeness(kept, note(term_block(row // BLOCK), TermBlock), row):
            return None
        copies[row] = like.copy
    return Copies(copies.tobytes())


def _likeness(kept: Kept, block: TermBlock, row: int) -> Likeness:
    """What the story in a row was like when the index was kept, but for its text."""
    facts: dict[str, Any] = {name: memoryview(kept.columns[name]).cast("q")[row] for name in _FACTS}
    own = slice(row % BLOCK * TERMS, (row % BLOCK + 1) * TERMS)
    terms, levels = array("I", block.terms)[own], block.levels[own].rstrip(b"\0")
    return Likeness(terms[: len(levels)].tobytes(), levels, **facts)
