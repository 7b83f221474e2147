"""Cards: pictures with words in them, for pages that have no picture where they are shared.

Only what a build needs for cards that are new loads the fonts::

    card      what a card says
    faces     which font has a character
    lines     where a text is broken, and how large it can be
    drawing   from what a card says to its bytes
"""

from sitegen.content.cards.card import Card

__all__ = ["Card"]
