"""Making the index, or bringing it up to date, in another process."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from pickle import dumps, loads
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sitegen.content.likeness import Likeness
from sitegen.content.sharing import Pool
from sitegen.files.meanwhile import Look, Message, meanwhile
from sitegen.files.process import give_back_memory
from sitegen.plain import Record, unpack
from sitegen.site.related.kept import BLOCK, LATER, NOTE

if TYPE_CHECKING:
    from sitegen.site.related.table import Table

__all__ = ["Made", "Making", "Save", "Stories", "Update"]

_PART = 8  # blocks in a part of an index that is told in parts
Save = Callable[[str, object], None]
Stories = Iterable[tuple[str, Likeness | None]]
"""Paths, and what the stories are like; None for what is no story."""
Made = tuple["Table", Collection[str]]
"""An index, and the paths of the stories that have another list than before."""


class Update(Record, frozen=True):
    """What has become of the index on disk."""

    changed: tuple[str, ...]
    """Paths of the stories that have another list than before."""
    notes: dict[str, Any]
    """By name, what is to be kept in place of what was."""


class Making:
    """The index as another process has it as soon as it is told which stories are public."""

    def __init__(self, make: Callable[[Stories, Mapping[str, int]], Made], folder: Path, stories: int = 0) -> None:
        """`make` is called in the process, with what it was told the stories are like, and with the places of the
        public ones among each other.

        If so many `stories` are to be read first, nothing is on disk, and the process tells the index in parts: it
        holds much memory, and is to end with that. What it is told is in files in the `folder`. Raises `OSError` if
        there is no room for them.
        """
        self._make = make
        self._stories, self._public = Message(folder), Message(folder)
        self._first = Look(self._tell)
        self._rest = tuple([Look(partial(self._tell_part, part)) for part in range(-(-stories // (BLOCK * _PART)))])

    @contextmanager
    def meanwhile(self, *looks: Look) -> Iterator[None]:
        """While this lasts, the process is there; it takes these `looks` as well."""
        own = self._first, *self._rest
        with self._stories, self._public, meanwhile(*((*looks, *own) if self._rest else (*own, *looks))):
            yield

    def tell(self, path: str, likeness: bytes | None) -> None:
        """What a story is like (`pack_arrays`); None for what is no story. Raises `StateError`."""
        self._stories.tell((path, likeness))

    def begin(self, public: Iterable[str]) -> None:
        """These are the public stories, in order, and everything is told. Raises `StateError`."""
        self._stories.end()
        self._public.tell([*public])
        self._public.end()

    @property
    def ready(self) -> bool:
        """Whether the process holds an index until it is `taken`."""
        return self._first.ready

    def taken(self, pool: Pool, save_note: Save | None = None) -> Update:
        """What has become of the index, with paths out of this pool. With `save_note`, what is asked for `LATER` is
        saved at once, and not in it.
        """
        update: Update = loads(self._first.found())  # noqa: S301 (from a fork of this process)
        kept = update.notes[NOTE]
        update.notes[NOTE] = replace(kept, paths=pool.texts(kept.paths))
        for look in self._rest:
            for name, note in loads(look.found()).items():  # noqa: S301
                if save_note and isinstance(note, LATER):
                    save_note(name, note)
                else:
                    update.notes[name] = note
        return replace(update, changed=pool.texts(update.changed))

    # In the process, or in this one if that has died

    @cached_property
    def made(self) -> Made:
        """What was made, in the process that asks."""
        import sitegen.site.related.update  # noqa: F401 (it takes its time, and there is nothing else to do yet)

        [public] = self._public.told()
        return self._make(self._heard(), {path: place for place, path in enumerate(public)})

    def _heard(self) -> Stories:
        for path, likeness in self._stories.told():
            yield path, unpack(likeness, Likeness) if likeness else None

    def _tell(self) -> bytes:
        from sitegen.site.related.stored import notes, notes_of_all

        table, changed = self.made
        if not self._rest:
            return dumps(Update(tuple(changed), dict(notes(table))))
        give_back_memory()
        return dumps(Update(tuple(changed), dict(notes_of_all(table))))

    def _tell_part(self, part: int) -> bytes:
        from sitegen.site.related.stored import notes_of_blocks

        return dumps(dict(notes_of_blocks(self.made[0], range(part * _PART, (part + 1) * _PART))))
