"""How good lists are: what of the stories that somebody linked by hand stands in them, and how far up."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from math import log2
from statistics import fmean

from sitegen.plain import Record

__all__ = ["Score", "judged"]


class Score(Record, frozen=True):
    """Means over sources, each from 0 to 1."""

    sources: int
    pairs: int
    recall: float = 0.0
    """The share of the wanted stories that stand among the first `k`."""
    mrr: float = 0.0
    """One divided by the place of the first wanted story; 0 if none is among the first `k`."""
    ndcg: float = 0.0
    """Normalized discounted cumulative gain (Järvelin, Kekäläinen, 2002) of the first `k`."""


def judged(lists: Mapping[str, Sequence[str]], wanted: Mapping[str, Collection[str]], k: int) -> Score:
    """The score of the first `k` of each list, beside the stories that are wanted in it."""
    sources = {story: set(others) for story, others in wanted.items() if others}
    pairs = sum(map(len, sources.values()))
    if not sources:
        return Score(0, 0)
    hits = {story: [other in others for other in lists.get(story, ())[:k]] for story, others in sources.items()}
    return Score(
        sources=len(sources),
        pairs=pairs,
        recall=fmean(sum(hits[story]) / len(others) for story, others in sources.items()),
        mrr=fmean(1 / (1 + hit.index(True)) if True in hit else 0.0 for hit in hits.values()),
        ndcg=fmean(_gain(hits[story]) / _gain([True] * min(len(others), k)) for story, others in sources.items()),
    )


def _gain(hits: Sequence[bool]) -> float:
    return sum(1 / log2(place + 2) for place, hit in enumerate(hits) if hit)
