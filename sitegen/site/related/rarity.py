"""How rare terms are.

How rare a term is must not change with every new story, or all lists would. So it is counted in the older stories only
(`counted`), and in steps: it is the same for up to 8 stories, up to 32, up to 128 and so on. Only the vectors of
stories with a term that moves to another step change.
"""

from __future__ import annotations

import numpy as np

from sitegen.site.related.vectors import Ints
from sitegen.text.terms import COLUMNS

__all__ = ["counted", "rarity"]

_MANY = 2_000
_FEW = 16
"""A term that no more stories have is never too common to say something."""


def counted(order: Ints, lot: Ints) -> Ints:
    """Whether each story counts for the rarity of terms: the oldest do, up to a round number of them.

    Of many, every eighth does, chosen by `lot`, so that even an old one that is added seldom matters. `order` are the
    places of the public stories, the newest first; below 0 of the others.
    """
    stories = int((order >= 0).sum())
    eighth = max(1 << max(stories.bit_length() - 4, 0), 1)
    oldest = order >= stories % eighth
    return oldest if stories < _MANY else oldest & (lot % 8 == 0)


def rarity(terms: Ints, stories: int) -> Ints:
    """By term, how rare it is in so many stories that have these `terms`, from 1 up; 0 for one that says nothing.

    `COLUMNS` itself stands for no term.
    """
    having = np.bincount(terms, minlength=COLUMNS + 1)
    having[COLUMNS] = 0
    rare: Ints = _steps(stories)[having]
    rare[COLUMNS] = 0
    return rare


def _steps(stories: int) -> Ints:
    """The rarity of a term by the number of stories that have it."""
    bits = max(stories - 1, 1).bit_length()
    steps = np.empty(stories + 1, np.int16)
    bound, step = 0, bits - 2
    while bound <= stories:
        until = 8 * 4 ** ((bits - 2 - step) // 2)
        steps[bound : until + 1] = max(step, 1)
        bound, step = until + 1, step - 2
    most = max(3 * 2**bits // 16, _FEW)
    steps[most + 1 :] = 0
    return steps
