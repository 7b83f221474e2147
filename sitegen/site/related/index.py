"""The index of related stories: what each story is most like, kept from one session to the next.

It is loaded, and brought up to date, when somebody asks and something may have changed. Whoever asks for lists that
stand needs no numpy.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cached_property
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from sitegen.config import RelatedConfig
from sitegen.content.likeness import Likeness
from sitegen.content.sharing import Pool
from sitegen.files.meanwhile import Look, meanwhile
from sitegen.plain import unpack
from sitegen.site.related.kept import BLOCK, COPIES, NOTE, Copies, Kept, PoolBlock, pool_block, rows_of, shown_of
from sitegen.site.related.left import IndexLeft
from sitegen.site.related.making import Made, Making, Save, Stories, Update
from sitegen.site.related.unseen import unseen
from sitegen.site.snapshot import Site

__all__ = ["RelatedIndex"]


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
    """The index of one session. It is told what stories are like that are not what they were, which files there are,
    and at last which site it is `of`, before anything is asked.
    """

    _site: Site
    _paths: Collection[str] | None = None
    """None: of all stories that it is told of."""
    _stands = False

    def __init__(self, settings: RelatedConfig, left: IndexLeft, *, jobs: int = 1) -> None:
        """`left` is what the last session has left. So many processes make the index if it is made anew."""
        self._settings = settings
        self.likeness = dict(left.likeness)
        """What stories are like that are not what they were, as far as no other process knows alone."""
        self._left = left
        self._jobs = jobs
        self._making: Making | None = None

    @contextmanager
    def meanwhile(self, folder: Path, *looks: Look, stories: int = 0) -> Iterator[None]:
        """While this lasts, another process takes these `looks`, and brings the index up to date, or makes it, if it
        has to be done. The first who asks for a list, or which have changed, waits for it.

        It begins before the site is there, and is told of it through a file in the `folder`. Where nothing is on disk,
        it may even begin before so many `stories` are read: then it alone holds what they are like.
        """
        if not self._stands and self._left.table is None and hasattr(os, "fork"):
            with suppress(OSError):  # there is no room for it, and this process does it when it asks
                self._making = Making(self._made, folder, stories)
        with self._making.meanwhile(*looks) if self._making else meanwhile(*looks):
            yield

    def tell(self, path: str, likeness: bytes | None) -> None:
        """What a story is like (`pack_arrays`) that is not what it was; None for what is no story.

        Raises `StateError`.
        """
        if self._making:
            self._making.tell(path, likeness)
        else:
            self.likeness[path] = unpack(likeness, Likeness) if likeness else None

    def know(self, paths: Collection[str], *, stands: bool) -> None:
        """Say which Markdown files could be read. The site `stands` if it is what it was then, but for texts."""
        self._paths = paths
        self._stands = stands and self._left.stands

    def of(self, site: Site) -> None:
        """Say which site it is of. Raises `StateError`."""
        self._site = site
        if self._making:
            self._making.begin(site.stories)

    def left(self) -> IndexLeft:
        """What the next session in this process begins with."""
        if "_now" not in self.__dict__:
            return IndexLeft(self._left.note, self._left.table, self.likeness, self._stands)
        return IndexLeft(self._left.note, self._now[0])

    @property
    def changed(self) -> Collection[str]:
        """Paths of the stories that have another list than in the last session."""
        if self._stands and not self.likeness:
            return ()
        return _Changed(self._find_changed)

    def _find_changed(self) -> Collection[str]:
        if self._same:
            return ()
        return self._now[1] if self._update is None else self._update.changed

    def similar(self, path: str) -> tuple[str, ...]:
        """The stories most like a public one, best first."""
        if path not in self._site.articles:
            return ()
        count, listed = self._settings.count, self._listed
        if listed is None:
            return self._now[0].shown(path, count)
        kept, rows, pools = listed
        row = rows.get(path)
        shown = [] if row is None else shown_of(pools(row // BLOCK), row % BLOCK, kept.width, count)
        return tuple([kept.paths[other] for other in shown])

    def load(self) -> None:
        """Load the index if there is one: the first list that changes would have to wait for it."""
        if self._left.table is None and self._kept is not None:
            self._now  # noqa: B018 (it stays)

    def reasons(self, path: str) -> dict[str, tuple[float, dict[int, float]]]:
        """How similar the stories most like a public one are, and by number of each term what it adds, most first."""
        table = self._now[0]
        row = table.rows.get(path)
        if row is None:
            return {}
        from sitegen.site.related.explaining import contributions, scores

        found = scores(table, row).items()
        return {table.paths[other]: (score, contributions(table, row, other)) for other, score in found}

    def anew(self, likeness: Mapping[str, Likeness | None]) -> RelatedIndex:
        """An index of the same stories that are like this, made from nothing."""
        index = RelatedIndex(self._settings, IndexLeft(lambda name, kind: None, likeness=likeness))
        index.of(self._site)
        return index

    @property
    def ready(self) -> bool:
        """Whether another process has made it, and holds it until this one does not have to `wait` for it."""
        return self._making is not None and self._making.ready

    def wait(self, save_note: Save | None = None) -> None:
        """See to it that the index is known in processes that begin after this. Where nothing was on disk, save at once
        what is asked for `LATER`, and let go of it: no other session can go on from this one in memory.
        """
        if self._making is None:
            return
        early = save_note if self._left.anew else None
        if "_update" not in self.__dict__:
            self.__dict__["_update"] = self._making.taken(Pool(self._paths or ()), early)
        self._listed  # noqa: B018 (it stays)
        if early:
            self.likeness = {}

    def save(self, save_note: Save) -> None:
        """Save what is not what it was."""
        if self._same:
            if self._unseen is not None:
                save_note(COPIES, self._unseen)
            return
        # Also what nobody has asked for: what the stories are like is not told again.
        for name, note in self._notes().items():
            save_note(name, note)

    def _notes(self) -> Mapping[str, object]:
        if self._update:
            return self._update.notes
        from sitegen.site.related.stored import notes

        return dict(notes(self._now[0]))

    @cached_property
    def _kept(self) -> Kept | None:
        kept: Kept | None = self._left.note(NOTE, Kept)
        return replace(kept, paths=Pool(self._paths or ()).texts(kept.paths)) if kept else None

    @cached_property
    def _same(self) -> bool:
        """Whether every list is what it was."""
        return self._stands and (not self.likeness or self._unseen is not None)

    @cached_property
    def _unseen(self) -> Copies | None:
        """What stands for the texts of all stories, if they have changed and no list shows it; None also if the index
        is in memory.
        """
        if not self._stands or not self.likeness or self._left.table is not None or self._kept is None:
            return None
        return unseen(self._kept, self._row_of, self._left.note, self.likeness)

    @cached_property
    def _row_of(self) -> Mapping[str, int]:
        return rows_of(self._kept.paths) if self._kept else {}

    @cached_property
    def _listed(self) -> tuple[Kept, Mapping[str, int], Callable[[int], PoolBlock]] | None:
        """Where lists can be found without numpy, as they are now: the index, the row of each story, and the blocks of
        pools by number. None if that is nowhere.
        """
        if self._update is not None:
            new = self._update.notes
            kept: Kept = new[NOTE]
            return kept, rows_of(kept.paths), lambda number: new.get(pool_block(number)) or self._pools(number)
        if self._same and self._left.table is None and self._kept is not None:
            return self._kept, self._row_of, self._pools
        return None

    def _pools(self, number: int) -> PoolBlock:
        found: PoolBlock = self._left.note(pool_block(number), PoolBlock)
        return found

    @cached_property
    def _update(self) -> Update | None:
        """What another process has made of the index; None if none was asked to."""
        return self._making.taken(Pool(self._paths or ())) if self._making else None

    @cached_property
    def _now(self) -> Made:
        """The index, and the stories whose lists have changed."""
        if self._making:
            return self._making.made
        return self._made((), {path: place for place, path in enumerate(self._site.stories)})

    def _made(self, stories: Stories, order: Mapping[str, int]) -> Made:
        from sitegen.site.related.stored import loaded
        from sitegen.site.related.update import updated

        before = self._left.table
        if before is None and self._kept is not None:
            copies = self._unseen or self._left.note(COPIES, Copies)
            before = loaded(self._kept, copies, self._left.note)
        if self._same and before is not None:
            return before, ()
        stands = self._stands and before is not None
        known = None if stands else self._paths
        fresh = chain(self.likeness.items(), stories)
        return updated(before, fresh, known, None if stands else order, self._settings, self._jobs)
