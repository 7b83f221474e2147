"""How similar stories are: of one to all others, and of all to all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from sitegen.site.related.table import Table, Weighed
from sitegen.site.related.vectors import Ints, Vector
from sitegen.text.terms import COLUMNS

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

__all__ = ["alike", "all_alike", "matrices"]

_SUMS = 400_000
"""Similarities that are added up at once: so many that they stay in the processor's cache."""
_SPARSE = 6
"""If less than one in so many stories has a term in common with another, most places would be looked at in vain."""
_NEAR = 0xFFFF
"""The bits of a term that are looked at first: a table of these fits into the processor's nearest cache."""
_TOGETHER = 64
"""Stories whose likes are worked with at once: few, so that memory is bounded."""


def alike(table: Table, row: int) -> tuple[Ints, Ints]:
    """How similar the story in a row is to each, and each to it. The two differ in whose headline counts."""
    one = table.vector(row)
    place_of = np.zeros(COLUMNS + 1, np.uint8)
    place_of[one.terms] = np.arange(1, len(one.terms) + 1)
    near = np.zeros(_NEAR + 1, bool)
    near[one.terms & _NEAR] = True
    found = [_block_alike(table, one, place_of, near, rows, block) for rows, block in table.blocks()]
    return np.concatenate([there for there, _ in found]), np.concatenate([back for _, back in found])


def _block_alike(
    table: Table, one: Vector, place_of: Ints, near: Ints, rows: slice, block: Weighed
) -> tuple[Ints, Ints]:
    shared = np.flatnonzero(near.take(block.terms.astype(np.uint16)))  # few are wanted: fewer bits tell nearly all
    places = place_of[block.terms[shared]]
    shared, term = shared[places > 0], places[places > 0] - 1
    levels, size = block.levels[shared], rows.stop - rows.start
    row = np.searchsorted(block.starts, shared, side="right") - 1
    rarity = one.rarity[term]
    asking = table.weights.asking((levels >> 1) * rarity, row + rows.start)
    answering = table.weights.answering(asking, (levels & 1) * rarity, row + rows.start)
    # The sums are whole numbers below 2^53, so it does not matter that these are added up as fractions.
    there = np.bincount(row, one.asking[term] * answering, size)
    back = np.bincount(row, one.answering[term] * asking, size)
    return there.astype(np.int64), back.astype(np.int64)


def all_alike(vectors: tuple[csr_matrix, csr_matrix], stories: Ints, least: int) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Of many stories, some at a time: those that are like others, at least so much, those others, and how similar the
    ones are to them. `vectors` are the `matrices` of all.
    """
    asking, answering = vectors
    for start in range(0, len(stories), _TOGETHER):
        some = stories[start : start + _TOGETHER]
        ones = asking[some]
        sums = (answering.indptr[ones.indices + 1] - answering.indptr[ones.indices]).sum()
        find = _found_sparse if sums * _SPARSE < len(some) * answering.shape[1] else _found_dense
        line, other, similarity = find(ones, answering, least)
        yield some[line], other, similarity


def _found_sparse(asking: csr_matrix, answering: csr_matrix, least: int) -> tuple[Ints, Ints, Ints]:
    product = asking @ answering
    enough = np.flatnonzero(product.data >= least)
    line = np.repeat(np.arange(asking.shape[0]), np.diff(product.indptr))
    return line[enough], product.indices[enough], product.data[enough]


def _found_dense(asking: csr_matrix, answering: csr_matrix, least: int) -> tuple[Ints, Ints, Ints]:
    others, similarity = [], []
    for line in _lines(asking, answering):
        others.append(np.flatnonzero(line >= least))
        similarity.append(line[others[-1]])
    lines = np.repeat(np.arange(asking.shape[0]), [len(each) for each in others])
    return lines, np.concatenate(others), np.concatenate(similarity)


def _lines(asking: csr_matrix, answering: csr_matrix) -> Iterator[Ints]:
    """The rows of `asking @ answering`.

    The product of two sparse matrices has to look for the place of each sum. Here each has its place: of some rows at
    a time, one column for each of their terms, with all stories that answer to it, times what these terms weigh. That
    takes a third of the time where stories have much in common.
    """
    from scipy.sparse import csc_matrix

    rows, stories = asking.shape[0], answering.shape[1]
    size = max(1, _SUMS // max(stories, 1))
    for first in range(0, rows, size):
        starts = asking.indptr[first : first + size + 1]
        terms = slice(starts[0], starts[-1])
        found = answering[asking.indices[terms]]
        places = np.arange(len(starts) - 1, dtype=found.indices.dtype) * stories
        found.indices += np.repeat(places, np.diff(found.indptr[starts - starts[0]]))
        shape = (len(places) * stories, len(found.indptr) - 1)
        sums: Ints = csc_matrix((found.data, found.indices, found.indptr), shape=shape) @ asking.data[terms]
        yield from sums.reshape(-1, stories)


def matrices(table: Table) -> tuple[csr_matrix, csr_matrix]:
    """The vectors of all stories: for asking one a row, for answering one a column. Worth its while for hundreds."""
    from scipy.sparse import csr_matrix

    found = [_block_vectors(table, rows, block) for rows, block in table.blocks()]
    shape = (len(table.paths), COLUMNS)

    def matrix(part: int) -> csr_matrix:
        values, terms, counts = (np.concatenate([each[part][place] for each in found]) for place in range(3))
        return csr_matrix((values, terms, np.concatenate(([0], np.cumsum(counts)))), shape=shape)

    return matrix(0), matrix(1).T.tocsr()


def _block_vectors(table: Table, rows: slice, block: Weighed) -> tuple[tuple[Ints, Ints, Ints], ...]:
    """Of a block, what weighs something in the vectors for asking, and for answering: values, terms, and how many each
    story has.
    """
    size = rows.stop - rows.start
    place, rarity = np.repeat(np.arange(size), np.diff(block.starts)), table.rarity[block.terms]
    asking = table.weights.asking((block.levels >> 1) * rarity, place + rows.start)
    answering = table.weights.answering(asking, (block.levels & 1) * rarity, place + rows.start)
    return tuple(
        (values[there], block.terms[there].astype(np.int32), np.bincount(place[there], minlength=size))
        for values, there in ((asking, asking > 0), (answering, answering > 0))
    )
