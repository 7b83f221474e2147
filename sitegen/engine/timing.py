"""How long things take, for `sitegen build --profile`. An engine that is not timed knows nothing of this.

What is timed calls other things that are timed. Each of them gets the seconds of its own, without those of what it
calls: so nothing counts twice, and what is slow stands out, not what happens to need it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from heapq import nlargest
from inspect import isgeneratorfunction
from time import perf_counter
from typing import Any

from msgspec import Struct, field
from msgspec.structs import asdict

from sitegen.engine.engine import Engine
from sitegen.engine.past import News, Past

__all__ = ["Figure", "TimedEngine", "Times", "slowest"]

_MOST = 5
"""Bodies and pages of which each is told by itself."""
_SINGLE = {"body": "bodies", "output": "pages"}


class Figure(Struct):
    """How often something was called, and how many seconds it took."""

    calls: int = 0
    seconds: float = 0.0

    def add(self, calls: int, seconds: float) -> None:
        self.calls += calls
        self.seconds += seconds


class Times(Struct):
    """Seconds of wall time, added up over processes."""

    asked: Counter[str] = field(default_factory=Counter)
    """How often templates and rules asked, by kind of question."""
    questions: dict[str, Figure] = field(default_factory=dict)
    """How often leaves were looked at and rules computed, by kind of question."""
    templates: dict[str, Figure] = field(default_factory=dict)
    singles: dict[str, list[tuple[float, str]]] = field(default_factory=lambda: {"bodies": [], "pages": []})
    """The slowest bodies and pages, each with all that it called, but for setting up."""

    def add(self, other: Times) -> None:
        """Add what another process has measured."""
        self.asked.update(other.asked)
        for mine, theirs in ((self.questions, other.questions), (self.templates, other.templates)):
            for name, figure in theirs.items():
                mine.setdefault(name, Figure()).add(figure.calls, figure.seconds)
        for what, found in other.singles.items():
            self.note(what, found)

    def note(self, what: str, found: Iterable[tuple[float, str]]) -> None:
        """Take in single bodies or pages."""
        self.singles[what] = nlargest(_MOST, [*self.singles[what], *found])


def slowest(figures: Mapping[str, Figure]) -> list[tuple[str, Figure]]:
    """All of them with their names, the slowest first."""
    return sorted(figures.items(), key=lambda item: (-item[1].seconds, item[0]))


class _Stopwatch:
    def __init__(self, times: Times) -> None:
        self.times = times
        self._inside: list[float] = []
        """For each call that is running, the seconds of the calls in it."""
        self._setup = 0.0
        """Seconds of setting up in this process until now."""

    def watched(self, what: str, name: str, call: Any) -> Any:
        """The same function, timed. A generator is run to its end as soon as it is asked for something."""
        if isgeneratorfunction(call):
            whole = self.watched(what, name, lambda *arguments: list(call(*arguments)))

            def drained(*arguments: Any) -> Iterator[Any]:
                yield from whole(*arguments)

            return drained

        def timed(*arguments: Any) -> Any:
            depth, setup, start = len(self._inside), self._setup, perf_counter()
            self._inside.append(0.0)
            try:
                return call(*arguments)
            finally:
                seconds = perf_counter() - start
                self._note(what, name, seconds - self._inside[depth])
                del self._inside[depth:]  # templates without end leave more than one
                if depth:
                    self._inside[-1] += seconds
                if what == "question" and name in _SINGLE:
                    self.times.note(_SINGLE[name], [(seconds - (self._setup - setup), str(arguments[0]))])

        return timed

    def _note(self, what: str, name: str, own: float) -> None:
        figures = self.times.questions if what in ("question", "setup") else self.times.templates
        figures.setdefault(name, Figure()).add(what != "block", own)
        if what == "setup":
            self._setup += own


class _TimedNews(News, frozen=True, kw_only=True):
    times: Times


class TimedEngine(Engine):
    """An engine that adds to `times` how long leaves, rules and templates take, and how often each kind was asked."""

    def __init__(self, past: Past, times: Times) -> None:
        super().__init__(past)
        self._watch = _Stopwatch(times)
        self.watched = self._watch.watched

    def read(self, kind: str, *arguments: str | int | None) -> Any:
        self._watch.times.asked[kind] += 1
        return super().read(kind, *arguments)

    def part(self, kind: str, key: str, name: str) -> Any:
        self._watch.times.asked[kind] += 1
        return super().part(kind, key, name)

    def part_ways(self) -> None:
        super().part_ways()
        self._watch.times = Times()  # what was measured before is known to the other process

    def tell(self) -> News:
        news = super().tell()
        times, self._watch.times = self._watch.times, Times()
        return _TimedNews(**asdict(news), times=times)

    def hear(self, news: News) -> None:
        super().hear(news)
        if isinstance(news, _TimedNews):
            self._watch.times.add(news.times)
