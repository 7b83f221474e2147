"""`python -m benchmarks.bodies FOLDER`: what rendering a body costs, beside the library's parse of the same text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from markdown_it import MarkdownIt

from sitegen.content.frontmatter import body_text
from sitegen.content.markdown import Markdown

ROUNDS = 7


def least(work: Callable[[str], object], text: str) -> float:
    """The shortest of some times that the work takes: what other processes do is left out."""
    times = []
    for _ in range(ROUNDS):
        start = perf_counter()
        work(text)
        times.append(perf_counter() - start)
    return min(times)


def main() -> None:
    """Prints milliseconds a story."""
    texts = [body_text(path.read_bytes())[0] for path in sorted(Path(sys.argv[1]).rglob("*.md"))]
    for name, work in (("Markdown.body", Markdown().body), ("MarkdownIt.parse", MarkdownIt("commonmark").parse)):
        cost = sum(least(work, text) for text in texts) / len(texts)
        print(f"{name:16} {cost * 1000:.3f} ms, {len(texts):,} stories")


if __name__ == "__main__":
    main()
