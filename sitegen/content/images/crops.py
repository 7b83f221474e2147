"""The part of a picture that has a ratio and keeps what matters in sight."""

from __future__ import annotations

__all__ = ["Box", "crop_box", "ratio_of"]

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels of the upright picture; right and bottom are outside."""
_CENTRE = "50% 50%"


def ratio_of(text: str) -> tuple[int, int]:
    """`16:9` as numbers. Raises `ValueError` for anything else."""
    width, height = (int(part) for part in text.split(":"))
    if min(width, height) < 1:
        raise ValueError(text)
    return width, height


def crop_box(size: tuple[int, int], ratio: str, focus: str = "") -> Box:
    """The largest part of a picture of this size that has this ratio, its middle as near to the focus as can be.

    `focus` is "x% y%" from the left and the top; empty: the middle.
    """
    (width, height), (across, down) = size, ratio_of(ratio)
    part = min(width, max(1, round(height * across / down)))
    rest = min(height, max(1, round(width * down / across)))
    x, y = (float(share.rstrip("%")) / 100 for share in (focus or _CENTRE).split())
    left, top = _start(width, part, x), _start(height, rest, y)
    return left, top, left + part, top + rest


def _start(whole: int, part: int, share: float) -> int:
    """Where a part of a line begins whose middle should be at this share of the whole."""
    return min(max(0, round(whole * share - part / 2)), whole - part)
