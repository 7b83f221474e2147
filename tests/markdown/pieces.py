"""What odd texts are made of: the lines of `pieces.txt`, and what cannot stand in one."""

from __future__ import annotations

from pathlib import Path

__all__ = ["PIECES"]

PIECES = [
    *Path(__file__).with_name("pieces.txt").read_text("utf-8").removesuffix("\n").split("\n"),
    *("\n", "\n\n", "\t", "\x00", "\x7f", "\u2028", "\u202e", "\ufeff", "| a | b |\n", "|-|-|\n"),
]
