"""How similar the stories of one list are, and the terms that make them so."""

from __future__ import annotations

import numpy as np

from sitegen.site.related.pooled import NOBODY
from sitegen.site.related.table import Table
from sitegen.site.related.vectors import ONE

__all__ = ["contributions", "scores"]


def scores(table: Table, row: int) -> dict[int, float]:
    """By row, what the stories most like one are ranked by: about 1 for one with the same words."""
    pool = table.pools.of(slice(row, row + 1))
    pairs = zip(pool.stories[0].tolist(), pool.scores[0].tolist(), strict=True)
    return {story: score / ONE for story, score in pairs if story != NOBODY}


def contributions(table: Table, row: int, other: int) -> dict[int, float]:
    """By the number of a term what it adds to the similarity of one story to another, the most first."""
    one, two = table.vector(row), table.vector(other)
    terms, here, there = np.intersect1d(one.terms, two.terms, assume_unique=True, return_indices=True)
    added = one.asking[here] * two.answering[there]
    found = zip(terms.tolist(), (added / ONE).tolist(), strict=True)
    return {term: share for term, share in sorted(found, key=lambda pair: (-pair[1], pair[0])) if share}
