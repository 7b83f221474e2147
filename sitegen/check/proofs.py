"""The rendered outputs of a session: those that no check has seen yet are rendered, or read where a build left them."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import cached_property
from urllib.parse import unquote

from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from sitegen.check.kept import Kept, Numbered
from sitegen.check.needles import Automaton, Needle, automaton, simple
from sitegen.check.origins import Origins
from sitegen.check.paper import Paper
from sitegen.check.scan import Scan, Scanner
from sitegen.engine.engine import Engine
from sitegen.errors import Problem, SitegenError, Span, StateError
from sitegen.files import ChangedWhileReading, read_file
from sitegen.files.outputs import Outputs
from sitegen.plain import Record, fingerprint
from sitegen.session import Session
from sitegen.session.work import spread
from sitegen.site.routes import Route

__all__ = ["Proofs", "read_proofs"]

_WORTH = 100
"""Pages that are worth a second process."""
_PICTURES = frozenset(["picture", "drawing"])
_PLAIN = frozenset(["asset", "copy", "headers", "search_index"])
"""Outputs that are searched for leaks, and not for links."""
_LARGEST = 8_000_000
"""Bytes of a copied file from which on it is a film or the like."""
_GZIP = b"\x1f\x8b"


class Proofs(Record, frozen=True, dict=True):
    """What the outputs of a paper hold, by URL."""

    paper: Paper
    kept: Kept
    needles: Sequence[Needle]
    scans: Mapping[str, Numbered]
    leaks: Mapping[str, tuple[int, ...]]
    """Numbers of needles; only of outputs that have some."""

    @cached_property
    def origins(self) -> Origins:
        """Where to look for what stands in them."""
        return Origins(self.paper)

    @cached_property
    def links(self) -> set[str]:
        """Everything that some page leads to, with its anchor."""
        return {self.kept.text(number) for number in self.kept.union(scan.links for scan in self.scans.values())}

    @cached_property
    def mentions(self) -> set[str]:
        """Every URL of the site in a text."""
        return {self.kept.text(number) for number in self.kept.union(scan.mentions for scan in self.scans.values())}

    def pages_with(self, targets: Collection[str]) -> Mapping[str, list[str]]:
        """By target, the URLs of the outputs that lead to it, or mention it."""
        found: dict[str, list[str]] = {target: [] for target in targets}
        wanted = set(targets)
        for url, scan in sorted(self.scans.items()):
            for target in wanted.intersection(self.kept.texts(scan.links + scan.mentions)):
                found[target].append(url)
        return found

    def has_anchor(self, url: str, anchor: str) -> bool:
        """Whether the page at a URL has this id."""
        scan = self.scans.get(url)
        return scan is not None and anchor in self.kept.texts(scan.ids)

    @cached_property
    def used_files(self) -> set[str]:
        """Paths of the files of the content folder that some page shows or links to, in whatever size."""
        routes = self.paper.session.routes
        used = (routes.get(target.partition("#")[0]) for target in (*self.links, *self.mentions))
        return {str(route.subject[0]) for route in used if route and route.kind in (*_PICTURES, "copy")}


class _Look(Struct):
    """One look at the outputs of a session; it is there in every process."""

    session: Session
    outputs: Outputs
    needles: Sequence[Needle]
    wanted: Mapping[str, str | None]
    """By URL, the digest of its bytes; None if it is not known without rendering."""
    scanner: Scanner
    search: Automaton | None

    @property
    def engine(self) -> Engine:
        return self.session.engine


_Seen = tuple[str, str, Scan | None, tuple[int, ...], Problem | None]
"""URL, digest, what it holds, and numbers of needles; or what is wrong."""


def read_proofs(
    paper: Paper, kept: Kept, needles: Sequence[Needle], outputs: Outputs, *, settled: bool = False
) -> tuple[Proofs, list[Problem]]:
    """What all outputs hold, and what is wrong with those that cannot be rendered.

    With `settled`, exactly the outputs of the last session lie in that folder, unless somebody else has changed them.
    """
    asked = fingerprint(tuple(needle.form.hex() for needle in needles))
    marks = _marks(paper.session, outputs, settled=settled)
    scans: dict[str, Numbered] = {}
    leaks: dict[str, tuple[int, ...]] = {}
    for url, mark in marks.items():
        scan, found = (kept.scan(url, mark), kept.leaks(asked, mark)) if mark else (None, None)
        if scan is not None and found is not None:
            scans[url], leaks[url] = scan, found
    problems = []
    todo = {url: mark for url, mark in marks.items() if url not in scans}
    for url, mark, new, numbers, problem in _look(_looking(paper.session, outputs, needles, todo)):
        if problem is not None:
            problems.append(problem)
        if new is not None:
            scans[url] = kept.put_scan(url, mark, new)
            kept.put_leaks(asked, mark, numbers)
            leaks[url] = numbers
    return Proofs(paper, kept, needles, scans, {url: found for url, found in leaks.items() if found}), problems


def _marks(session: Session, outputs: Outputs, *, settled: bool) -> dict[str, str | None]:
    """By URL, the digest of each output that is no picture; None if it is not known without rendering."""
    routes = [route for route in session.routes.values() if route.kind not in _PICTURES]
    if not settled:
        return {route.url: _mark(session, route) for route in routes}
    stale = {str(question[1]) for question in session.engine.stale("output", lambda *_: True)}
    ours = {route.url: outputs.ours.get(route.file) for route in routes if route.url not in stale}
    return {route.url: known.digest if (known := ours.get(route.url)) else None for route in routes}


def _mark(session: Session, route: Route) -> str | None:
    """The digest of an output's bytes, if it is what it was."""
    if route.kind == "copy":
        return session.files.digest(route.origin)
    if not session.engine.knows(route.question):
        return None
    return session.engine.past.marks[session.engine.past.numbers[route.question]]


def _looking(session: Session, outputs: Outputs, needles: Sequence[Needle], wanted: Mapping[str, str | None]) -> _Look:
    search = automaton([needle.form for needle in needles]) if needles else None
    return _Look(session, outputs, needles, wanted, Scanner(session.config.base_url), search)


def _look(look: _Look) -> Iterator[_Seen]:
    todo, done = list(look.wanted), 0
    look.session.related.wait()
    with closing(spread(_look_at_some, look, todo, look.session.jobs, _WORTH)) as chunks:
        for chunk in chunks:
            yield from chunk.result or (_lost(url, _died(url)) for url in chunk.items)
            done += len(chunk.items)
            look.session.progress("check", done, len(todo))


def _look_at_some(look: _Look, urls: Iterable[str]) -> list[_Seen]:
    """In a process. Raises `StateError`."""
    return [_look_safely(look, url) for url in urls]


def _look_safely(look: _Look, url: str) -> _Seen:
    route = look.session.routes[url]
    try:
        mark, data = _bytes(look, route)
    except StateError:
        raise
    except SitegenError as error:
        return _lost(url, error.problem)
    except (OSError, ChangedWhileReading) as error:
        return _lost(url, Problem("error", "unreadable", f"`{url}` cannot be made: {error}", Span(route.origin)))
    return url, mark, *_read(look, route, data), None


def _lost(url: str, problem: Problem) -> _Seen:
    return url, "", None, (), problem


def _died(url: str) -> Problem:
    return Problem("error", "process-died", f"the process that looked at `{url}` died", Span(""))


def _bytes(look: _Look, route: Route) -> tuple[str, bytes]:
    """The digest and the bytes of an output: those in the output folder, if they are the right ones."""
    engine, mark = look.engine, look.wanted[route.url]
    if route.kind == "copy" and mark:
        size = (look.session.folder / route.origin).stat().st_size
        return mark, look.session.files.load(route.origin) if size <= _LARGEST else b""
    if mark and look.outputs.kept(route.file, mark):
        return mark, read_file(str(look.outputs.folder / route.file))
    answer = engine.recompute(route.question)
    engine.release(route.question)
    return engine.past.marks[answer.number], answer.value


def _read(look: _Look, route: Route, data: bytes) -> tuple[Scan, tuple[int, ...]]:
    """What an output holds; of files that are no text, what their packed text says."""
    if data.startswith(_GZIP):
        data = _unpacked(data)
    page = route.url.endswith(("/", ".html"))
    tree = LexborHTMLParser(data) if page and data else None
    scan = Scan()
    if route.kind not in _PLAIN:
        scan = look.scanner.scan(data.decode(errors="replace"), route.url, tree)
    return scan, tuple(_found(look, data, tree))


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompress(data, wbits=31)
    except zlib.error:
        return data


def _found(look: _Look, data: bytes, tree: LexborHTMLParser | None) -> Iterator[int]:
    """The needles in an output. A page is searched as it is, with its attributes, and again as it is read."""
    if look.search is None:
        return
    read = tree.body.text(separator=" ").encode("utf-8", "surrogatepass") if tree is not None and tree.body else b""
    hay = simple(data) + simple(read)
    raw = None
    for number in sorted({number for number, _, _ in look.search.find_matches_as_indexes(hay, overlapping=True)}):
        exact = look.needles[number].exact
        raw = _decoded(data) if exact and raw is None else raw
        if not exact or any(form in (raw or b"") for form in exact):
            yield number


def _decoded(data: bytes) -> bytes:
    """The same, and again with its URLs decoded."""
    return data + unquote(data.decode(errors="replace")).encode("utf-8", "surrogatepass") if b"%" in data else data
