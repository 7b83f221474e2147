"""The index on disk: notes in the state, of which only those are written that are not what they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from sitegen.content.likeness import TERMS
from sitegen.site.related.kept import (
    BLOCK,
    COPIES,
    NOTE,
    Copies,
    Kept,
    PoolBlock,
    TermBlock,
    WeighedBlock,
    pool_block,
    rows_of,
    term_block,
    weighed_block,
)
from sitegen.site.related.pooled import AllPools, Pools, room_for
from sitegen.site.related.table import Facts, Table, Terms, Weighed
from sitegen.site.related.vectors import Ints, Weights
from sitegen.text.terms import COLUMNS

__all__ = ["loaded", "notes", "notes_of_all", "notes_of_blocks"]

Note = Callable[[str, Any], Any]
"""Gives back what was kept under a name."""


def loaded(kept: Kept, copies: Copies, note: Note) -> Table:
    """The index that was kept."""
    size, columns = len(kept.paths), {**kept.columns, "copy": copies.numbers}

    def column(name: str, kind: type) -> Ints:
        return np.frombuffer(columns[name], kind)

    rarity = np.full(COLUMNS + 1, kept.rarest, np.int16)
    rarity[np.frombuffer(kept.terms, np.uint32)] = np.frombuffer(kept.rarity, np.int16)
    numbers = range(-(-size // BLOCK))
    pools = (note(pool_block(number), PoolBlock) for number in numbers)
    return Table(
        settings=kept.settings,
        paths=kept.paths,
        rows=rows_of(kept.paths),
        facts=Facts(*(column(name, np.int64) for name in Facts.__struct_fields__)),
        rarity=rarity,
        terms=tuple([partial(_terms, note, number) for number in numbers]),
        weighed=tuple([_weighed(note(weighed_block(number), WeighedBlock)) for number in numbers]),
        weights=Weights(column("least", np.int16), column("text", np.float64), column("headline", np.float64)),
        pools=_pools(pools, kept.width, column("complete", np.bool_)),
        appearances=column("appearances", np.int64),
    )


def _terms(note: Note, number: int) -> Terms:
    block: TermBlock = note(term_block(number), TermBlock)
    terms = np.frombuffer(block.terms, np.uint32).reshape(-1, TERMS)
    return Terms(terms, np.frombuffer(block.levels, np.uint8).reshape(-1, TERMS))


def _weighed(block: WeighedBlock) -> Weighed:
    starts = np.concatenate(([0], np.cumsum(np.frombuffer(block.counts, np.uint8), dtype=np.int64)))
    return Weighed(np.frombuffer(block.terms, np.uint32), np.frombuffer(block.levels, np.uint8), starts)


def _pools(blocks: Iterable[PoolBlock], width: int, complete: Ints) -> AllPools:
    lines = room_for(len(complete), width)
    for number, block in enumerate(blocks):
        rows = slice(number * BLOCK, min((number + 1) * BLOCK, len(complete)))
        stories, scores = (np.frombuffer(part, np.int32).reshape(-1, width) for part in (block.stories, block.scores))
        standing = np.frombuffer(block.standing, np.uint8).reshape(-1, width)
        lines.put(rows, Pools(stories, scores, standing, complete[rows]))
    return AllPools(lines, len(complete))


def notes(table: Table) -> Iterator[tuple[str, object]]:
    """What is to be kept of an index, as far as it is not what was loaded."""
    yield from notes_of_all(table)
    yield from notes_of_blocks(table, range(-(-len(table.paths) // BLOCK)))


def notes_of_all(table: Table) -> Iterator[tuple[str, object]]:
    """Of these, what is told of all stories together."""
    yield NOTE, _kept(table)
    yield COPIES, Copies(table.facts.copy.tobytes())


def notes_of_blocks(table: Table, blocks: Iterable[int]) -> Iterator[tuple[str, object]]:
    """The others, of some blocks."""
    for number in filter(table.unsaved_terms.__contains__, blocks):
        block, weighed = table.terms[number](), table.weighed[number]
        yield term_block(number), TermBlock(block.terms.tobytes(), block.levels.tobytes())
        counts = np.diff(weighed.starts).astype(np.uint8)
        parts = (weighed.terms, weighed.levels, counts)
        yield weighed_block(number), WeighedBlock(*(part.tobytes() for part in parts))
    for number in filter(table.unsaved_pools.__contains__, blocks):
        pools = table.pools.of(slice(number * BLOCK, (number + 1) * BLOCK))
        yield pool_block(number), PoolBlock(*(part.tobytes() for part in (pools.stories, pools.scores, pools.standing)))


def _kept(table: Table) -> Kept:
    rarest = int(table.rarity[:COLUMNS].max())
    common = np.flatnonzero(table.rarity != rarest).astype(np.uint32)
    columns: Mapping[str, Ints] = {
        **{name: getattr(table.facts, name) for name in Facts.__struct_fields__ if name != "copy"},
        **{name: getattr(table.weights, name) for name in Weights.__struct_fields__},
        "complete": table.pools.complete,
        "appearances": table.appearances,
    }
    return Kept(
        settings=table.settings,
        paths=table.paths,
        columns={name: values.tobytes() for name, values in columns.items()},
        terms=common.tobytes(),
        rarity=table.rarity[common].tobytes(),
        rarest=rarest,
        width=table.pools.width,
    )
