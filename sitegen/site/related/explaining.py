"""How similar the stories of one list are, and the terms that make them so."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sitegen.config import RelatedConfig
from sitegen.site.related.kept import Block, Kept
from sitegen.site.related.update import loaded
from sitegen.site.related.vectors import ONE, counted, vectors

__all__ = ["contributions", "scores"]


def scores(kept: Kept, row: int) -> dict[int, float]:
    """By row, what the stories in the list of one are ranked by: about 1 for one with the same words."""
    width = len(kept.stories) // len(kept.paths)
    stories = np.frombuffer(kept.stories[row * width : (row + 1) * width], np.int32)
    ranked = np.frombuffer(kept.scores[row * width : (row + 1) * width], np.int32)
    return {int(story): int(score) / ONE for story, score in zip(stories, ranked, strict=True) if story >= 0}


def contributions(
    kept: Kept, block: Callable[[int], Block | None], settings: RelatedConfig, row: int, others: list[int]
) -> list[dict[int, float]]:
    """For each of the other rows, by the number of a term what it adds to the similarity, the most first."""
    table = loaded(kept, block, {}, settings, same=True)
    order = table.facts["order"]
    seen = vectors(table.columns, table.levels, order >= 0, counted(order, table.facts["lot"]))
    alike = seen.answering[others].multiply(seen.asking[row]).tocsr()
    found = []
    for place in range(len(others)):
        entries = slice(alike.indptr[place], alike.indptr[place + 1])
        terms = zip(alike.indices[entries].tolist(), alike.data[entries].tolist(), strict=True)
        found.append({term: added / ONE for term, added in sorted(terms, key=lambda pair: (-pair[1], pair[0]))})
    return found
