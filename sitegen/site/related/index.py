"""The index of related stories: what each story is most like, kept from one session to the next.

It is loaded, and brought up to date, when somebody asks and something may have changed. Whoever asks for lists that
stand needs no numpy.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from sitegen.content.likeness import Likeness
from sitegen.site.related.kept import NOTE, Block, Kept, block_name
from sitegen.site.snapshot import Site

__all__ = ["IndexLeft", "RelatedIndex"]


class Likenesses(Protocol):
    """What the content folder holds."""

    @property
    def marks(self) -> Collection[str]:
        """Paths of all Markdown files that could be read."""

    @property
    def likeness(self) -> Mapping[str, Likeness | None]:
        """What those are like that are not what they were; None for what is no story."""


@dataclass(frozen=True, slots=True)
class Overlaid:
    """What was left under each name, but for some."""

    below: Callable[[str, Any], Any]
    above: Mapping[str, Any]

    def __call__(self, name: str, kind: Any) -> Any:
        return self.above[name] if name in self.above else self.below(name, kind)


@dataclass(frozen=True, slots=True)
class IndexLeft:
    """What a session leaves to the index of the next one."""

    note: Callable[[str, Any], Any]
    """What the index left under a name."""
    likeness: Mapping[str, Likeness | None] = field(default_factory=dict)
    """Of stories that the index does not know yet, since nobody has asked for it."""
    stands: bool = True
    """Whether it is the index of the site as it was."""


@dataclass(frozen=True, slots=True)
class Anew:
    """Stories of which all are new."""

    marks: Collection[str]
    likeness: Mapping[str, Likeness | None]


class _Changed(Collection[str]):
    """Paths that are found out when somebody looks at them."""

    def __init__(self, find: Callable[[], Collection[str]]) -> None:
        self._find = find

    def __iter__(self) -> Iterator[str]:
        return iter(self._find())

    def __len__(self) -> int:
        return len(self._find())

    def __contains__(self, path: object) -> bool:
        return path in self._find()


class RelatedIndex:
    """The index of one session."""

    def __init__(
        self,
        site: Site,
        content: Likenesses,
        left: IndexLeft,
        *,
        stands: bool,
    ) -> None:
        """`left` is what the last session has left. The site `stands` if it is what it was then, but for texts."""
        self._site = site
        self._marks = content.marks
        self._likeness = {**left.likeness, **content.likeness}
        self._note = left.note
        self._same = stands and left.stands and not self._likeness

    def left(self) -> IndexLeft:
        """What the next session in this process begins with."""
        if "_now" not in self.__dict__:
            return IndexLeft(self._note, self._likeness, self._same)
        kept, blocks, _ = self._now
        new = {NOTE: kept, **{block_name(number): block for number, block in blocks.items()}}
        below, above = (self._note.below, self._note.above) if isinstance(self._note, Overlaid) else (self._note, {})
        return IndexLeft(Overlaid(below, {**above, **new}))

    @property
    def changed(self) -> Collection[str]:
        """Paths of the stories that have another list than in the last session."""
        return () if self._same else _Changed(lambda: self._now[2])

    def similar(self, path: str) -> tuple[str, ...]:
        """The stories most like a public one, best first."""
        kept, row_of = self._now[0], self._row_of
        row = row_of.get(path)
        if row is None or kept is None:
            return ()
        width = len(kept.shown) // len(kept.paths)
        rows = array("i")
        rows.frombytes(kept.shown[row * width : (row + 1) * width])
        return tuple([kept.paths[other] for other in rows if other >= 0])

    def reasons(self, path: str) -> dict[str, tuple[float, dict[int, float]]]:
        """How similar the stories most like a public one are, and by number of each term what it adds, most first."""
        kept = self._now[0]
        if kept is None or path not in self._row_of:
            return {}
        from sitegen.site.related.explaining import contributions, scores

        row = self._row_of[path]
        found = scores(kept, row)
        added = contributions(kept, self._block, self._site.config.related, row, list(found))
        return {kept.paths[other]: (score, terms) for (other, score), terms in zip(found.items(), added, strict=True)}

    def anew(self, likeness: Mapping[str, Likeness | None]) -> RelatedIndex:
        """An index of the same stories that are like this, made from nothing."""
        return RelatedIndex(self._site, Anew(likeness, likeness), IndexLeft(lambda name, kind: None), stands=False)

    def _block(self, number: int) -> Block | None:
        changed = self._now[1]
        found: Block | None = changed[number] if number in changed else self._note(block_name(number), Block)
        return found

    def save(self, save_note: Callable[[str, object], None]) -> None:
        """Save what is not what it was."""
        if self._same or "_now" not in self.__dict__:
            return
        kept, blocks, _ = self._now
        save_note(NOTE, kept)
        for number, block in blocks.items():
            save_note(block_name(number), block)

    @cached_property
    def _row_of(self) -> Mapping[str, int]:
        kept = self._now[0]
        return {path: row for row, path in enumerate(kept.paths)} if kept else {}

    @cached_property
    def _now(self) -> tuple[Kept | None, Mapping[int, Block | None], Collection[str]]:
        """The index, the blocks of terms that have changed, and the stories whose lists have."""
        before: Kept | None = self._note(NOTE, Kept)
        if self._same and before is not None:
            return before, {}, ()
        from sitegen.site.related.update import updated

        order = {path: place for place, path in enumerate(self._site.stories)}

        def block(number: int) -> Block | None:
            found: Block | None = self._note(block_name(number), Block)
            return found

        return updated(before, block, self._likeness, self._marks, order, self._site.config.related)
