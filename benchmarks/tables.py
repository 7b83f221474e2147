"""Tables in Markdown, and the numbers in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["ratio", "table"]


def table(names: Sequence[str], rows: Mapping[str, Sequence[str]]) -> str:
    """The first column names the rows; the others hold numbers."""
    head = ["| | " + " | ".join(names) + " |", "|---|" + "--:|" * len(names)]
    return "\n".join([*head, *(f"| {name} | " + " | ".join(cells) + " |" for name, cells in rows.items())]) + "\n"


def ratio(ours: float, theirs: float) -> str:
    """Two digits that count; empty where there is nothing to compare with."""
    if not theirs:
        return ""
    found = ours / theirs
    return f"{found:.2f}" if found >= 0.1 else f"{found:.2g}"
