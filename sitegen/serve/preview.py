"""The site as its files are now, answered URL by URL. Nothing is written, neither outputs nor state."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from urllib.parse import unquote

from msgspec.structs import replace

from sitegen.build.idle import take_survey
from sitegen.config import Config, load
from sitegen.diagnostics import line_reader, render
from sitegen.engine.past import Question
from sitegen.errors import Problem, SitegenError, SiteProblems, Span
from sitegen.explain.why import because
from sitegen.files.survey import Survey
from sitegen.plain import digest
from sitegen.serve.answers import Answer, copied, keep
from sitegen.serve.broken import BROKEN, told
from sitegen.serve.findings import Findings
from sitegen.serve.media import media_type
from sitegen.session import Session
from sitegen.session.pictures import made_ahead
from sitegen.site.publication import Allow
from sitegen.site.routes import Route
from sitegen.store.database import DamagedState, StateMoved
from sitegen.urls import Links, normal_url

__all__ = ["NOT_FOUND", "Preview"]

T = TypeVar("T")
NOT_FOUND = "/404.html"
_TIMES = 5
"""How often a build may write to the state while one thing is done: it does so twice."""


class Preview:
    """One site. Not safe for use by several threads at a time. `look` before anything else."""

    def __init__(self, folder: Path, allow: Allow, now: datetime | None = None) -> None:
        self.folder = folder
        self.allow = allow
        self._now = now
        self._held = ExitStack()
        self._seen: Survey | None = None
        """How the files looked at the last look; None if that does not say what the session knows."""
        self._touched: set[str] = set()
        """What may have changed since."""
        self._session: Session | None = None
        self._prefix = ""
        self._findings: Findings | None = None
        self._broken: tuple[Problem, ...] = ()
        """Why the last look is not of the files as they are."""
        self._bodies: dict[str, bytes] = {}
        """The last good bytes of each URL that somebody has looked at."""
        self._standing: dict[str, Question] = {}
        """The questions to which those of them are answers that the engine remembers."""
        self._answers: dict[str, Answer] = {}
        """Of this look."""
        self.wrong: dict[str, Problem | None] = {}
        """By URL, what is wrong with each output that was made since the last look."""
        self.because: dict[str, str] = {}
        """By URL, why an output is as it is, in words."""

    def close(self) -> None:
        """Let go of the state."""
        self._held.close()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the site as a whole, as far as it is known."""
        return self._broken or (self._findings.problems if self._findings else ())

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Those of the site as a whole, and of the pages that were made."""
        return tuple(dict.fromkeys([*self.problems, *filter(None, self.wrong.values())]))

    # Looking at the files

    def look(self, touched: Collection[str] | None = None, jobs: int = 1) -> bool:
        """Take in what has changed; whether anything has. While the site is broken as a whole, the last look stands.

        Only files at or below the `touched` paths may have changed, relative to the site; None: any may have. If
        everything must be read, so many processes do it (`jobs`).
        """
        try:
            return self._look(touched, jobs)
        except DamagedState as damage:
            self._begin_again(damage)
            return True
        except BROKEN as broken:
            return self._stay(told(broken))

    def _stay(self, problems: Iterable[Problem]) -> bool:
        before, self._broken = self._broken, tuple(problems)
        self._seen = None
        return before != self._broken

    def sound(self, do: Callable[[], T]) -> T:
        """What `do` gives, with another session if the state turns out to be damaged, or a build has written to it."""
        for _ in range(_TIMES):
            try:
                return do()
            except DamagedState as damage:
                self._begin_again(damage)
        return do()

    def _begin_again(self, damage: DamagedState) -> None:
        """With what the last build has left; if the site is broken meanwhile, there is nothing until it is mended."""
        try:
            self._open(load(self.folder), forget=not isinstance(damage, StateMoved))
        except BROKEN as broken:
            self._session = self._findings = None
            self._stay(told(broken))

    def _look(self, touched: Collection[str] | None, jobs: int) -> bool:
        session, seen = self._session, self._seen
        config = session.config if session and seen and self._is_content(touched) else load(self.folder)
        if session is None or seen is None or config != session.config:
            self._open(config, jobs=jobs)
            return True
        if touched is None:
            later = take_survey(self.folder, config)
            suspects = later.unlike(seen) | self._touched
        else:
            self._touched.update(touched)
            later, suspects = seen.again(self._touched)
        if not suspects and not self.is_due:
            self._touched.clear()
            return False
        self._seen = None  # until all of it has gone well
        again = session.again(config, self._now, later, suspects)
        self._show(again, later, self._findings)
        return True

    def _is_content(self, touched: Collection[str] | None) -> bool:
        """Whether nothing is touched on which the configuration could depend."""
        inside = f"{self.session.config.content_dir}/"
        return touched is not None and all(path.startswith(inside) for path in (*touched, *self._touched))

    def _open(self, config: Config, *, forget: bool = False, jobs: int = 1) -> None:
        """Begin with what the last build has left."""
        seen = take_survey(self.folder, config)
        held = ExitStack()
        try:
            session = held.enter_context(
                Session.open(self.folder, config, self._now, seen=seen, forget=forget, jobs=jobs, pulling=True)
            )
            self._show(session, seen, None)
        except BaseException:
            held.close()
            raise
        self._held.close()
        self._held = held
        self._standing.clear()

    def _show(self, session: Session, seen: Survey, last: Findings | None) -> None:
        session.read_content()
        problems = session.open_site(self.allow)
        self._findings = Findings(session, problems, last)
        session.settle()
        if self._session is not None:
            self._session.engine.close()
            self._session.files.close()
        self._session, self._broken = session, ()
        self._prefix = Links(session.config.base_url).prefix
        self._answers, self.wrong = {}, {}
        self._seen = seen
        self._touched.clear()

    def work(self) -> bool:
        """Find out a little more of what is wrong with the site; whether there is more to find out."""
        return self.sound(lambda: self._findings is not None and self._findings.work())

    @property
    def is_due(self) -> bool:
        """Whether time alone has changed the site: a story has come, or gone."""
        if self._session is None or self._now is not None:
            return False
        until = self._session.standing.ends
        now = datetime.now(self._session.now.tzinfo)
        return (until is not None and until <= now) or now.date() != self._session.now.date()

    @property
    def is_open(self) -> bool:
        """Whether there is a last look that can be asked."""
        return self._session is not None

    @property
    def session(self) -> Session:
        """What was seen at the last look. Raises `SiteProblems` if the site was broken then."""
        if self._session is None:
            raise SiteProblems(self.problems)
        return self._session

    @property
    def prefix(self) -> str:
        """The path below which the site lies, without a final slash; empty if nothing is known of it."""
        return self._prefix

    # Answering

    def answer(self, path: str) -> Answer:
        """What is at a path as browsers send it, below `prefix`."""
        return self.sound(lambda: self._answer(path))

    def _answer(self, path: str) -> Answer:
        url = unquote(path)
        if self._session is None:
            body = self._bodies.get(url, b"")
            status, kind = (200, media_type(url)) if body else (500, "text/html")
            return Answer(status, kind, body, digest(body) if body else "", self.words(self.problems))
        if self._findings is not None:
            self._findings.show_picture(url)
        routes = self.session.routes
        route = routes.get(url) or (routes.get(url.removesuffix("index.html")) if url.endswith("/index.html") else None)
        if route is not None:
            return self._page(route, 200)
        there = normal_url(path)
        if there in routes:
            return Answer(308, "text/html", b"", "", location=self.prefix + Links("").path(there))
        return self._page(routes[NOT_FOUND], 404)

    def _page(self, route: Route, status: int) -> Answer:
        answer = self._answers.get(route.url)
        if answer is None:
            answer = self._made(route)
            keep(self._answers, route.url, answer)
        return replace(answer, status=status) if answer.status == 200 else answer

    def _made(self, route: Route) -> Answer:
        if route.kind == "copy":
            return copied(self.session.engine, self.folder, route)
        body, problem = self._bodies.get(route.url), None
        if not self._stands(route):
            made, problem = self.make(route)
            if made is not None:
                keep(self._bodies, route.url, made)
                self._standing[route.url] = route.question
            body = made if made is not None else body
        body = body or b""
        self.wrong[route.url] = problem
        words = self.words([problem] if problem else [])
        status = 200 if not problem or body else 500
        leads_to = self.prefix + Links("").path(str(route.subject[0])) if route.kind == "redirect" else ""
        return Answer(status, media_type(route.url), body, digest(body), words, leads_to=leads_to)

    def _stands(self, route: Route) -> bool:
        """Whether the last good bytes are still those of an output."""
        same = route.url in self._bodies and self._standing.get(route.url) == route.question
        return same and self.session.engine.knows(route.question)

    def ahead(self, path: str) -> Callable[[], None] | None:
        """What makes the picture at a path ahead of its answer, in any thread; None if there is nothing to make."""
        url = unquote(path)
        if self._findings is not None:
            self._findings.show_picture(url)
        route = self._session.routes.get(url) if self._session else None
        return made_ahead(self.session, route) if route and not self._stands(route) else None

    def make(self, route: Route) -> tuple[bytes | None, Problem | None]:
        """The bytes of an output, or why there are none; of these, only what is found out is kept."""
        engine = self.session.engine
        self._standing.pop(route.url, None)
        body, problem = None, None
        try:
            if route.url not in self.because or not engine.knows(route.question):
                self.because[route.url] = because(engine, route.question)
            body = engine.recompute(route.question).value
            engine.release(route.question)
        except DamagedState:
            raise
        except SitegenError as error:
            problem = error.problem
        except Exception as error:  # whatever a template does, the server goes on
            reason = f"`{route.url}` cannot be made: {type(error).__name__}: {error}"
            problem = Problem("error", "unreadable", reason, Span(route.origin))
        self.wrong[route.url] = problem
        return body, problem

    def output(self, url: str) -> bytes:
        """What the site has at a URL that is no page; empty if there is nothing, or it cannot be made."""
        route = self.session.routes.get(url) if self._session else None
        return self._page(route, 200).body if route else b""

    def words(self, problems: Iterable[Problem]) -> str:
        """Problems as the terminal shows them."""
        return render(problems, line_reader(self.folder))

    def url_of(self, path: str) -> str:
        """Where the page of a file is; empty if it has none."""
        url = self.session.site.url_of(path) if self._session else None
        return self.prefix + Links("").path(url) if url else ""
