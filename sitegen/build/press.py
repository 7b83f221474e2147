"""From routes to files: which outputs have to be rendered, rendering them in processes, and putting them in place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from pickle import dumps, loads

from sitegen.build.order import in_time
from sitegen.build.report import Report
from sitegen.engine.engine import Engine
from sitegen.engine.past import Question
from sitegen.errors import Problem, SitegenError, Span, StateError
from sitegen.files import ChangedWhileReading, Stamp
from sitegen.files.outputs import Outputs
from sitegen.plain import Record
from sitegen.session import Session
from sitegen.session.work import spread
from sitegen.site.routes import Route

__all__ = ["Press"]

_WORTH = 100
"""Pages that are worth a second process."""
_MANY = 12_000
"""Outputs that are worth to be put in order."""
_WIDE, _NARROW = 1_000, 8_000
"""Of these, how many lists with stories of all times, and how many others, the same processes render."""


class _Rendered(Record, frozen=True):
    """What became of one output."""

    url: str
    kept: Stamp | None = None
    """The stamp of the file, if it has the right bytes already."""
    written: Stamp | None = None
    """The stamp of the new file, written aside, if it has not."""
    stood: bool = False
    """Whether that was known, and nothing rendered."""
    problem: Problem | None = None


class Press:
    """Renders the outputs of one session into one folder.

    With `settled`, exactly the outputs of the last session lie in that folder, unless somebody else has changed them.
    """

    def __init__(self, session: Session, outputs: Outputs, *, settled: bool = False) -> None:
        self.session = session
        self.outputs = outputs
        self._settled = settled and session.same_routes
        self._before = session.left.routes() if settled and not self._settled else {}
        """The routes whose outputs were left there."""
        self._todo = self._to_render()
        if not session.store.complete:
            outputs.tidy(self._files)

    @property
    def engine(self) -> Engine:
        """What the session asks."""
        return self.session.engine

    def new_files(self) -> list[str]:
        """The files that are not known as ours yet."""
        return [] if self._settled else [file for file in self._files if file not in self.outputs.ours]

    @cached_property
    def _files(self) -> Mapping[str, Route]:
        return {route.file: route for route in self.session.routes.values()}

    def _to_render(self) -> list[str]:
        """Outputs whose answers are not what they were, and those whose files may not be."""
        routes = self.session.routes
        stale = {str(question[1]) for question in self.engine.stale("output", self._wanted)}
        doubtful = self.outputs.doubtful()
        if self._settled and not doubtful:
            return [url for url in routes if url in stale]
        before, files, ours = self._before, self._files, self.outputs.ours
        wanted = stale | {files[file].url for file in (files.keys() - ours.keys()) | (files.keys() & doubtful)}
        others = {url for url, route in routes.items() if before.get(url) != route} - wanted
        wanted.update(url for url in others if not self._holds(routes[url]))
        return [url for url in routes if url in wanted]

    def _wanted(self, url: str, *rest: str | int | None) -> bool:
        route = self.session.routes.get(url)
        return route is not None and route.question == ("output", url, *rest)

    def _holds(self, route: Route) -> bool:
        """Whether a file of ours was left with the remembered answer. Another route may have written there since."""
        past = self.engine.past
        number = past.known(route.question)
        return number in past.findings and self.outputs.ours[route.file].digest == past.marks[number]

    def render(self, report: Report) -> Iterator[Problem]:
        """Render what has to be, and write it aside. What fails keeps its old file, and is told."""
        report.total = len(self.session.routes)
        if not self._settled:
            report.removed += map(_url, self.outputs.clear_way(self._files))
        if len(self._todo) > _WORTH:
            self.session.content.before.load()
        self.session.related.wait(self.session.store.save_note)
        told: list[bytes] = []  # and not yet what it stands for, which takes several times as much memory
        done = 0
        for urls, portion in self._in_portions():
            with closing(spread(_render, self, urls, self.session.jobs, _WORTH, self._expected, portion)) as chunks:
                for chunk in chunks:
                    told.append(chunk.result or dumps([_Rendered(url, problem=_died(url)) for url in chunk.items]))
                    done += len(chunk.items)
                    self.session.progress("render", done, len(self._todo))
        rendered = {result.url: result for data in told for result in loads(data)}  # noqa: S301 (from our own process)
        for url in self._todo:
            yield from self._take(rendered[url], report)

    def _in_portions(self) -> Iterable[tuple[Sequence[str], int | None]]:
        """What is to be rendered, and how much of it at most by the same processes."""
        if len(self._todo) <= _MANY:
            return ((self._todo, None),)
        routes = self.session.routes
        wide, others = in_time([routes[url] for url in self._todo], self.session.site)
        return (wide, _WIDE), (others, _NARROW)

    def _expected(self, url: str) -> Iterator[Question]:
        route = self.session.routes[url]
        yield route.question
        if route.kind == "story":
            yield from ((kind, *route.subject) for kind in ("article", "related", "similar"))

    def _take(self, done: _Rendered, report: Report) -> Iterator[Problem]:
        file = self.session.routes[done.url].file
        if done.problem is not None:
            report.failed += 1
            self.outputs.discard(file)
            yield done.problem
        elif not done.stood:
            report.rendered.append(done.url)
        if done.kept is not None:
            self.outputs.ours[file] = done.kept
        if done.written is not None:
            report.written.append(done.url)
            self.outputs.expect(file, done.written)

    def publish(self, report: Report) -> None:
        """Put what was written in place, and remove what has no route any more. Raises `StateError`."""
        self.outputs.publish()
        if not self._settled:
            report.removed = sorted([*report.removed, *map(_url, self.outputs.prune(self._files))])
        report.published = True

    def stop(self) -> None:
        """Leave nothing behind of what was written aside and not put in place."""
        self.outputs.abandon(self.session.routes[url].file for url in self._todo)


def _render(press: Press, urls: Iterable[str]) -> bytes:
    """In a process: what became of each output, pickled. Raises `StateError`."""
    press.engine.foresee(_asked(press, urls))
    return dumps([_render_safely(press, url) for url in urls])


def _asked(press: Press, urls: Iterable[str]) -> Iterator[Question]:
    """What will be asked to render these outputs, as far as that can be told: a new page shows the body of a story."""
    for url in urls:
        route = press.session.routes[url]
        yield route.question
        if route.subject and route.subject[0] in press.session.site.articles:
            yield "body", route.subject[0]


def _render_safely(press: Press, url: str) -> _Rendered:
    try:
        return _render_one(press, url)
    except StateError:
        raise  # the disk or the state is unusable, and nothing can go on
    except SitegenError as error:
        return _Rendered(url, problem=error.problem)
    except ChangedWhileReading as error:
        message = "the file changed while it was read; build again"
        return _Rendered(url, problem=Problem("error", "unreadable", message, Span(str(error))))
    except OSError as error:
        origin = press.session.routes[url].origin
        return _Rendered(url, problem=Problem("error", "unreadable", f"`{url}` cannot be made: {error}", Span(origin)))


def _render_one(press: Press, url: str) -> _Rendered:
    route = press.session.routes[url]
    question, file = route.question, route.file
    answer = press.engine.ask(question)
    marks = press.engine.past.marks
    kept = press.outputs.kept(file, marks[answer.number])
    if answer.stood and kept is None:
        answer = press.engine.recompute(question)
    press.engine.release(question)  # a hundred thousand outputs would not fit into memory
    if kept is not None:
        return _Rendered(url, kept=kept, stood=answer.stood)
    return _Rendered(url, written=press.outputs.write(file, answer.value, marks[answer.number]))


def _died(url: str) -> Problem:
    message = f"the process that rendered `{url}` died"
    hint = "if it dies again, build with `--jobs 1`, and see whether there is enough memory"
    return Problem("error", "process-died", message, Span(""), hint=hint)


def _url(file: str) -> str:
    folder, _, name = file.rpartition("/")
    return f"/{folder}/".replace("//", "/") if name == "index.html" else f"/{file}"
