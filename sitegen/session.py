"""One look at a site: its files, its articles, its snapshot and routes at one instant, and an engine to ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from sitegen.clock import the_instant
from sitegen.config import Config
from sitegen.content.article import Article
from sitegen.content.body import Body
from sitegen.engine import Engine
from sitegen.errors import Problem, SitegenError, Span, StateError
from sitegen.files import ChangedWhileReading, Files
from sitegen.plain import fingerprint, pack
from sitegen.progress import Progress, silent
from sitegen.questions import body_questions, output_questions, site_questions, theme_questions
from sitegen.reading import Content, Reader, unreadable
from sitegen.render.assets import Assets, fragment_routes
from sitegen.render.themes import load_theme
from sitegen.site.publication import Allow
from sitegen.site.references import reference_problems
from sitegen.site.routes import Route, checked, join, site_routes
from sitegen.site.snapshot import Site, make_site
from sitegen.store import Store
from sitegen.survey import Survey
from sitegen.timing import TimedEngine, Times
from sitegen.versions import state_version
from sitegen.work import spread

__all__ = ["STATE_FOLDER", "Session", "open_store"]

STATE_FOLDER = ".sitegen"
_WORTH = 100
"""Bodies that are worth a second process."""
Told = dict[str, tuple[Problem, ...]]
"""Problems by the path of the article whose body has them."""


@dataclass(slots=True)
class Session:
    """Open it, then `read_content`, `open_site`, `read_bodies`; each stage stands on the one before."""

    folder: Path
    store: Store
    config: Config
    now: datetime
    engine: Engine
    files: Files
    jobs: int = 1
    progress: Progress = silent
    content: Content = field(init=False)
    site: Site = field(init=False)
    routes: dict[str, Route] = field(init=False, default_factory=dict)
    _told: Told = field(init=False, default_factory=dict)

    @classmethod
    @contextmanager
    def open(
        cls,
        folder: Path,
        config: Config,
        now: datetime | None = None,
        *,
        write: bool = False,
        forget: bool = False,
        seen: Survey | None = None,
        jobs: int = 1,
        progress: Progress = silent,
        times: Times | None = None,
    ) -> Iterator[Session]:
        """A session on the site in `folder`.

        With `write`, what it finds out can be saved, and nobody else may do so meanwhile; with `forget`, only which
        outputs are ours is remembered of earlier builds. What was `seen` of files need not be looked at again. How long
        answers take is added to `times`. Raises `StateError`.
        """
        with open_store(folder, write=write) as store:
            if forget:
                store.forget()
            files = Files(folder, store.stamps, seen.stamp) if seen else Files(folder, store.stamps)
            instant = the_instant(config.timezone, now)
            engine = Engine(store.past) if times is None else TimedEngine(store.past, times)
            yield cls(folder, store, config, instant, engine, files, jobs, progress)

    def read_content(self) -> None:
        """Every article's metadata, and which other files there are."""
        reader = Reader(self.folder, self.config, self.files, self.engine)
        self.content = reader.read(self.store, self.jobs, self.progress)

    def open_site(self, allow: Allow) -> list[Problem]:
        """The snapshot and its routes, ready to be asked; what is wrong between articles. Raises `TemplateError`."""
        content = self.content
        self.site = make_site(self.config, content.articles, content.media, self.now, allow, content.unusable)
        theme = load_theme(self.config, self.files)
        assets = Assets(theme, self.engine.read)
        self.routes, problems = checked(self.site, [*site_routes(self.site), *fragment_routes(theme)])
        public = frozenset(self.store.note("public", tuple[str, ...]) or ())
        before = {path: parsed.article for path, parsed in content.before.items() if path in public and parsed.article}
        site_questions(self.engine, self.site, self.routes, before, stands=self._stands(before))
        theme_questions(self.engine, theme, assets)
        body_questions(self.engine, self.files)
        output_questions(self.engine, self.files, assets, theme, self.routes)
        self.engine.verify()
        made = list(assets.routes())
        problems += [problem for problem in made if isinstance(problem, Problem)]
        problems += join(self.site, self.routes, [route for route in made if isinstance(route, Route)])
        return [*problems, *reference_problems(self.site)]

    def _stands(self, before: Mapping[str, Article]) -> bool:
        """Whether the snapshot is the one of the last session, but for the texts of bodies."""
        now = self.site.articles
        if now.keys() != before.keys() or self._mark() != self.store.note("site", str):
            return False
        return all(old is now[path] or old == replace(now[path], text=old.text) for path, old in before.items())

    def _mark(self) -> str:
        """Stands for all that the snapshot was made from, beside the articles themselves."""
        return fingerprint((self.config, sorted(self.site.hidden), sorted(self.site.media)))

    def read_bodies(self) -> list[Problem]:
        """Every public body; what is wrong in them."""
        told = self.store.note("bodies", Told) or {}
        self._told = {path: problems for path, problems in told.items() if path in self.site.articles}
        lost: list[Problem] = []
        todo = self._bodies_to_read()
        done = 0
        with closing(spread(_read_bodies, self, todo, self.jobs, _WORTH)) as chunks:
            for chunk in chunks:
                for path, problems, kept in chunk.result or [(path, (_died(path),), False) for path in chunk.items]:
                    self._told.pop(path, None)
                    if not kept:
                        lost += problems
                    elif problems:
                        self._told[path] = problems
                done += len(chunk.items)
                self.progress("bodies", done, len(todo))
        return [*lost, *(problem for problems in self._told.values() for problem in problems)]

    def _bodies_to_read(self) -> list[str]:
        stale = {str(question[1]) for question in self.engine.stale("body", self.site.articles.__contains__)}
        numbers, findings = self.store.past.numbers, self.store.past.findings
        return [path for path in self.site.articles if path in stale or numbers.get(("body", path)) not in findings]

    def save(self) -> None:
        """Make what this session has found out the past, with the store's next `commit`."""
        self.engine.finish()
        self.store.save_past(self.files.stamps)
        content, shown = self.content, self.site.articles
        rows = []
        for path, parsed in content.parsed.items():
            article = shown.get(path) or parsed.article
            before = content.before.get(path)
            if before is None or before.article is not article or before is not parsed:
                rows.append((path, content.marks[path], pack(replace(parsed, article=article))))
        self.store.save_articles(rows, [path for path in content.before if path not in content.parsed])
        self.store.save_note("bodies", self._told)
        self.store.save_note("public", tuple(shown))
        self.store.save_note("site", self._mark())


def _read_bodies(session: Session, paths: Iterable[str]) -> list[tuple[str, tuple[Problem, ...], bool]]:
    """In a process: the problems of each body, and whether it is there although it has some."""
    return [(path, *_read_body(session.engine, path)) for path in paths]


def _read_body(engine: Engine, path: str) -> tuple[tuple[Problem, ...], bool]:
    try:
        body: Body = engine.read("body", path)
        engine.release(("body", path))
    except SitegenError as error:
        if isinstance(error, StateError):
            raise
        return (error.problem,), False
    except (OSError, ChangedWhileReading) as error:
        return (unreadable(path, error),), False
    return body.problems, True


def _died(path: str) -> Problem:
    return Problem("error", "process-died", "the process that rendered this body died", Span(path))


def open_store(folder: Path, *, write: bool = False) -> Store:
    """The state of the site in `folder`; whoever means to `write` must hold the lock (`sitegen.lock`)."""
    return Store(folder / STATE_FOLDER, state_version(), write=write)
