"""The stories of the index: what each is like, and who is not what it was."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial

import numpy as np
from msgspec.structs import replace

from sitegen.content.likeness import TERMS, Likeness
from sitegen.site.related import vectors
from sitegen.site.related.kept import BLOCK
from sitegen.site.related.pooled import NOBODY
from sitegen.site.related.rarity import counted, rarity
from sitegen.site.related.table import Facts, Table, Terms, Weighed, grown, no_facts, no_weights
from sitegen.site.related.vectors import Ints, Weights, distinct
from sitegen.text.terms import COLUMNS

__all__ = ["with_order", "with_stories", "with_vectors"]

_OF_LIKENESS = tuple(name for name in Facts.__struct_fields__ if name != "order")


def with_stories(
    before: Table, fresh: Iterable[tuple[str, Likeness | None]], known: Collection[str] | None
) -> tuple[Table, Ints]:
    """The index with what is `fresh`, and the rows of these stories; without those that are not `known` any more (None:
    all are).

    A row is used again only in a later update than that in which its story went, since lists are compared by rows.
    """
    told = dict(fresh)
    stories = {path: like for path, like in told.items() if like is not None and (known is None or path in known)}
    gone = {path for path in told if path in before.rows and path not in stories}
    gone |= before.rows.keys() - known if known is not None else set()
    table = _with_rows(before, gone, [path for path in stories if path not in before.rows])
    of_rows = {table.rows[path]: story for path, story in stories.items()}
    rows = np.array([*of_rows], np.intp)
    for name in _OF_LIKENESS:
        getattr(table.facts, name)[rows] = [getattr(story, name) for story in of_rows.values()]
    return _with_terms(table, of_rows), rows


def _with_rows(before: Table, gone: Collection[str], new: Sequence[str]) -> Table:
    """The index with rows for new stories, and its own numbers for all."""
    if not gone and not new:
        return replace(before, facts=grown(before.facts, no_facts(0)), weights=grown(before.weights, no_weights(0)))
    free = [row for row, path in enumerate(before.paths) if not path][: len(new)]
    paths, rows = [*before.paths, *new[len(free) :]], {**before.rows}
    for path in gone:
        paths[rows.pop(path)] = ""
    for place, path in enumerate(new):
        rows[path] = free[place] if place < len(free) else len(before.paths) + place - len(free)
        paths[rows[path]] = path
    more = len(paths) - len(before.paths)
    facts, weights = grown(before.facts, no_facts(more)), grown(before.weights, no_weights(more))
    return replace(before, paths=tuple(paths), rows=rows, facts=facts, weights=weights)


def _with_terms(table: Table, stories: Mapping[int, Likeness]) -> Table:
    terms, opened = [*table.terms], {}
    for number in sorted({row // BLOCK for row in stories}):
        opened[number] = _opened(terms[number : number + 1], len(table.paths) - number * BLOCK)
        terms[number : number + 1] = [partial(_at_hand, opened[number])]
    for row, story in stories.items():
        block, place, count = opened[row // BLOCK], row % BLOCK, len(story.levels)
        block.terms[place], block.levels[place] = COLUMNS, 0
        block.terms[place, :count] = np.frombuffer(story.columns, np.uint32)
        block.levels[place, :count] = np.frombuffer(story.levels, np.uint8)
    return replace(table, terms=tuple(terms))


def _at_hand(block: Terms) -> Terms:
    return block


def _opened(block: Sequence[Callable[[], Terms]], rows: int) -> Terms:
    """A block that may be written to, with so many rows if there is room for them."""
    rows = min(rows, BLOCK)
    opened = Terms(np.full((rows, TERMS), COLUMNS, np.uint32), np.zeros((rows, TERMS), np.uint8))
    for load in block:
        old = load()
        opened.terms[: len(old.terms)], opened.levels[: len(old.levels)] = old.terms, old.levels
    return opened


def with_order(before: Table, table: Table, order: Mapping[str, int] | None) -> tuple[Table, Ints]:
    """The index with the places of the public stories (None: as they were), and the rows of those that were not public,
    or are not any more, or have changed places with others.
    """
    if order is None:
        return table, np.zeros(0, np.intp)
    was = grown(before.facts, no_facts(len(table.paths) - len(before.paths))).order
    now = np.array([order.get(path, NOBODY) for path in table.paths], np.int64)
    other = (was >= 0) != (now >= 0)
    stay = np.flatnonzero(~other & (now >= 0))
    first, then = stay[np.argsort(was[stay])], stay[np.argsort(now[stay])]
    moved = first != then
    rows = np.concatenate((np.flatnonzero(other), first[moved]))
    return replace(table, facts=replace(table.facts, order=now)), rows


def with_vectors(before: Table, table: Table, touched: Ints) -> tuple[Table, Ints]:
    """The index with vectors, and the rows of the stories that have other ones: those that are `touched`, and all with
    a term that is not as rare as it was.
    """
    table = replace(table, rarity=_rarity(before, table, touched))
    others = table.rarity != before.rarity
    reweighed = [touched]
    if others.any():
        reweighed += [np.flatnonzero(others[block.terms].any(axis=1)) + rows.start for rows, block in table.all_terms()]
    rows = distinct(*reweighed)
    numbers, weighed = distinct(rows // BLOCK).tolist(), [*table.weighed]
    for number in numbers:
        weighed[number : number + 1] = [_weigh(table, number, rows[rows // BLOCK == number])]
    return replace(table, weighed=tuple(weighed), unsaved_terms=table.unsaved_terms.union(numbers)), rows


def _rarity(before: Table, table: Table, touched: Ints) -> Ints:
    was, now = (counted(each.facts.order, each.facts.lot) for each in (before, table))
    counts = np.concatenate((was, np.zeros(len(now) - len(was), bool)))
    if (counts == now).all() and not now[touched].any():
        return before.rarity
    terms = [block.terms[now[rows]].ravel() for rows, block in table.all_terms()]
    return rarity(np.concatenate(terms), int(now.sum()))


def _weigh(table: Table, number: int, rows: Ints) -> Weighed:
    """Works out the weights of stories of one block, and puts them into the table; comes back with all terms of the
    block that weigh anything.
    """
    block, places = table.terms[number](), rows % BLOCK
    most = vectors.most_terms(table.rarity)
    found = vectors.weights(block.levels[places], table.rarity[block.terms[places]], most)
    for name in Weights.__struct_fields__:
        getattr(table.weights, name)[rows] = getattr(found, name)
    rarity, every = table.rarity[block.terms], number * BLOCK + np.arange(len(block.terms))[:, None]
    asking = table.weights.asking((block.levels >> 1) * rarity, every)
    there = table.weights.answering(asking, (block.levels & 1) * rarity, every) > 0
    starts = np.concatenate(([0], np.cumsum(there.sum(axis=1))))
    return Weighed(block.terms[there], block.levels[there], starts)
