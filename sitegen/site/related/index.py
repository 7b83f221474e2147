"""The index of related stories: what each story is most like, kept from one session to the next.

It is loaded, and brought up to date, when somebody asks and something may have changed. Whoever asks for lists that
stand needs no numpy.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property, partial
from pickle import dumps, loads
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sitegen.config import RelatedConfig
from sitegen.content.likeness import Likeness
from sitegen.content.sharing import Pool
from sitegen.files.meanwhile import Look, Message, meanwhile
from sitegen.plain import Record
from sitegen.site.related.kept import BLOCK, COPIES, LATER, NOTE, Copies, Kept, PoolBlock, pool_block, rows_of, shown_of
from sitegen.site.related.left import IndexLeft
from sitegen.site.related.unseen import unseen
from sitegen.site.snapshot import Site

if TYPE_CHECKING:
    from sitegen.site.related.table import Table

__all__ = ["RelatedIndex"]

_PART = 32  # blocks in a part of an index that is told in parts
_PLACE = array("i").itemsize
"""Bytes that the place of a story takes in a message."""


class Update(Record, frozen=True):
    """What has become of the index on disk."""

    changed: tuple[str, ...]
    """Paths of the stories that have another list than before."""
    notes: dict[str, Any]
    """By name, what is to be kept in place of what was."""


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
    """The index of one session. It is told which site it is `of` before anything is asked."""

    _site: Site

    def __init__(
        self,
        settings: RelatedConfig,
        paths: Collection[str],
        likeness: Mapping[str, Likeness | None],
        left: IndexLeft,
        *,
        stands: bool,
        jobs: int = 1,
    ) -> None:
        """`paths` are those of all Markdown files that could be read; `likeness` is what those are like that are not
        what they were, None for what is no story. `left` is what the last session has left. The site `stands` if it is
        what it was then, but for texts. So many processes make it if it is made anew.
        """
        self._settings = settings
        self._paths = paths
        self._likeness = {**left.likeness, **likeness}
        self._left = left
        self._stands = stands and left.stands
        self._jobs = jobs
        self._look: Look | None = None
        self._rest: tuple[Look, ...] = ()
        """After it, one for each part of what it did not tell."""
        self._places: Message | None = None

    @contextmanager
    def meanwhile(self, *looks: Look) -> Iterator[None]:
        """While this lasts, another process takes these `looks`, and makes the index, or brings that on disk up to
        date, if it has to be done.

        It begins before the site is there, and is told of it. The first who asks for a list, or which have changed,
        waits for it.
        """
        if self._jobs == 1:
            yield
            return
        with ExitStack() as end:
            if not self._stands and self._left.table is None:
                with suppress(OSError):  # there is no room for it, and this process does it when it asks
                    self._places = end.enter_context(Message(len(self._paths) * _PLACE))
                    self._look = Look(lambda: dumps(self._updated()))
                    if self._left.anew:  # its process holds much memory, and is to end with that
                        parts = range(-(-len(self._paths) // (BLOCK * _PART)))
                        self._rest = tuple([Look(partial(self._part, part)) for part in parts])
                    looks = (*looks, self._look, *self._rest) if self._left.anew else (self._look, *looks)
            end.enter_context(meanwhile(*looks))
            yield

    def of(self, site: Site) -> None:
        """Say which site it is of."""
        self._site = site
        if self._places is not None:
            order = _order_of(site)
            self._places.send(array("i", [order.get(path, -1) for path in self._paths]).tobytes())

    def left(self) -> IndexLeft:
        """What the next session in this process begins with."""
        if "_now" not in self.__dict__:
            return IndexLeft(self._left.note, self._left.table, self._likeness, self._stands)
        return IndexLeft(self._left.note, self._now[0])

    @property
    def changed(self) -> Collection[str]:
        """Paths of the stories that have another list than in the last session."""
        if self._stands and not self._likeness:
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
        index = RelatedIndex(self._settings, likeness, likeness, IndexLeft(lambda name, kind: None), stands=False)
        index.of(self._site)
        return index

    @property
    def ready(self) -> bool:
        """Whether another process has made it, and holds it until this one does not have to `wait` for it."""
        return self._look is not None and self._look.ready

    def wait(self, save_note: Callable[[str, object], None] | None = None) -> None:
        """See to it that the index is known in processes that begin after this. Where nothing was on disk, save at once
        what is asked for `LATER`, and let go of it: no other session can go on from this one in memory.
        """
        if self._look is None:
            return
        early = save_note if self._left.anew else None
        if "_update" not in self.__dict__:
            self.__dict__["_update"] = self._taken(early)
        self._listed  # noqa: B018 (it stays)
        if early:
            self._likeness = {}

    def save(self, save_note: Callable[[str, object], None]) -> None:
        """Save what is not what it was."""
        if self._same:
            if self._unseen is not None:
                save_note(COPIES, self._unseen)
            return
        # Also what nobody has asked for: what the stories are like is not told again.
        for name, note in (self._update or self._updated()).notes.items():
            save_note(name, note)

    @cached_property
    def _kept(self) -> Kept | None:
        kept: Kept | None = self._left.note(NOTE, Kept)
        return replace(kept, paths=Pool(self._paths).texts(kept.paths)) if kept else None

    @cached_property
    def _same(self) -> bool:
        """Whether every list is what it was."""
        return self._stands and (not self._likeness or self._unseen is not None)

    @cached_property
    def _unseen(self) -> Copies | None:
        """What stands for the texts of all stories, if they have changed and no list shows it; None also if the index
        is in memory.
        """
        if not self._stands or not self._likeness or self._left.table is not None or self._kept is None:
            return None
        return unseen(self._kept, self._row_of, self._left.note, self._likeness)

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
        return None if self._look is None else self._taken(None)

    def _taken(self, save_note: Callable[[str, object], None] | None) -> Update:
        """What it has made; what is asked for `LATER` is saved at once, if it may be."""
        assert self._look is not None
        update: Update = loads(self._look.found())  # noqa: S301 (from a fork of this process)
        pool, kept = Pool(self._paths), update.notes[NOTE]
        update.notes[NOTE] = replace(kept, paths=pool.texts(kept.paths))
        for look in self._rest:
            for name, note in loads(look.found()).items():  # noqa: S301
                if save_note and isinstance(note, LATER):
                    save_note(name, note)
                else:
                    update.notes[name] = note
        return replace(update, changed=pool.texts(update.changed))

    def _updated(self) -> Update:
        from sitegen.site.related.stored import notes, notes_of_all

        table, changed = self._now
        return Update(tuple(changed), dict(notes_of_all(table) if self._rest else notes(table)))

    def _part(self, part: int) -> bytes:
        from sitegen.site.related.stored import notes_of_blocks

        return dumps(dict(notes_of_blocks(self._now[0], range(part * _PART, (part + 1) * _PART))))

    @cached_property
    def _now(self) -> tuple[Table, Collection[str]]:
        """The index, and the stories whose lists have changed."""
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
        order = None if stands else self._order()
        return updated(before, self._likeness, known, order, self._settings, self._jobs)

    def _order(self) -> Mapping[str, int]:
        if "_site" in self.__dict__:
            return _order_of(self._site)
        assert self._places is not None
        places = array("i", self._places.received())
        return {path: place for path, place in zip(self._paths, places, strict=True) if place >= 0}


def _order_of(site: Site) -> Mapping[str, int]:
    """The places of the public stories among each other."""
    return {path: place for place, path in enumerate(site.stories)}
