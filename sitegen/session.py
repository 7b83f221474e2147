"""One look at a site: its files, its articles, its snapshot and routes at one instant, and an engine to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from sitegen.clock import the_instant
from sitegen.config import Config
from sitegen.content.body import Body
from sitegen.content.images import ImageCache
from sitegen.database import STATE_FOLDER, DamagedState
from sitegen.engine import Engine
from sitegen.errors import Problem, SitegenError, Span, StateError
from sitegen.files import ChangedWhileReading, Files
from sitegen.plain import fingerprint, pack
from sitegen.progress import Progress, silent
from sitegen.questions import body_questions, output_questions, search_questions, site_questions, theme_questions
from sitegen.reading import Content, Reader, unreadable
from sitegen.render.assets import Assets, fragment_routes
from sitegen.render.search import SearchIndexes
from sitegen.render.themes import load_theme
from sitegen.site.packed import PackedSite, packed
from sitegen.site.pictures import Pictured
from sitegen.site.publication import Allow
from sitegen.site.recordings import recording_problems
from sitegen.site.references import reference_problems
from sitegen.site.related.index import RelatedIndex
from sitegen.site.routes import Route, checked, join, site_routes
from sitegen.site.snapshot import Site, make_site
from sitegen.standing import Public, Standing, asked_of, site_again, take_stock
from sitegen.store import Store
from sitegen.survey import Survey
from sitegen.timing import TimedEngine, Times
from sitegen.versions import state_version
from sitegen.work import spread

__all__ = ["STATE_FOLDER", "Session", "open_store", "undamaged"]

T = TypeVar("T")

_WORTH = 100
"""Bodies that are worth a second process."""
Told = dict[str, tuple[Problem, ...]]
"""Problems by the path of the article whose body has them."""
Shown = dict[str, tuple[str, ...]]
"""Picture files by the path of the article whose body shows them."""


@dataclass(slots=True)
class Session:
    """Open it, then `read_content`, `open_site`, `read_bodies`, to publish also `index`: each needs the one before."""

    folder: Path
    store: Store
    config: Config
    now: datetime
    engine: Engine
    files: Files
    images: ImageCache
    jobs: int = 1
    progress: Progress = silent
    content: Content = field(init=False)
    site: Site = field(init=False)
    related: RelatedIndex = field(init=False)
    pages: Mapping[str, Route] = field(init=False, default_factory=dict)
    """The routes as far as the snapshot and the theme tell."""
    routes: dict[str, Route] = field(init=False, default_factory=dict)
    """All of them, after the stages that add bundles, variants of pictures (`sitegen.pictures`) and indexes."""
    shown: Shown = field(init=False, default_factory=dict)
    pictured: Pictured | None = field(init=False, default=None)
    """What is known of pictures, if of all."""
    standing: Standing = field(init=False)
    """What is true of the site as a whole."""
    same_pages: bool = field(init=False, default=False)
    """Whether `pages` are known to be those of the last session."""
    same_pictures: bool = field(init=False, default=False)
    """Whether the routes of pictures are, too."""
    _same_site: bool = field(init=False, default=False)
    _made: list[Route] = field(init=False, default_factory=list)
    """The routes that are known only when the engine may be asked: of bundles, and of the search index."""
    _made_before: Sequence[Route] = field(init=False, default=())
    """Those of the last session."""
    _indexes: SearchIndexes = field(init=False)
    _told: Told = field(init=False, default_factory=dict)
    _lost: bool = field(init=False, default=False)
    """Whether some body could not be read."""

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
            files = Files(folder, store.stamps, seen)
            instant = the_instant(config.timezone, now)
            engine = Engine(store.past) if times is None else TimedEngine(store.past, times)
            images = ImageCache(folder / STATE_FOLDER / "images", write=write)
            yield cls(folder, store, config, instant, engine, files, images, jobs, progress)

    def read_content(self) -> None:
        """Every article's metadata, and which other files there are."""
        reader = Reader(self.folder, self.config, self.files, self.engine)
        self.content = reader.read(self.store, self.jobs, self.progress)

    def open_site(self, allow: Allow) -> list[Problem]:
        """The snapshot and its routes, ready to be asked; what is wrong with the files and between them.

        Raises `TemplateError`.
        """
        theme = load_theme(self.config, self.files)
        assets = Assets(theme, self.engine.read)
        last = self.store.note("site", PackedSite)
        before = Public(last.paths, self.content.before) if last else {}
        self._stand(allow, last, tuple(fragment_routes(theme)))
        retold = self.content.fresh if self._same_site else None
        self.related = RelatedIndex(self.site, self.content, self.store.note, stands=self._same_site)
        site_questions(self.engine, self.site, self.related, before, retold)
        theme_questions(self.engine, theme, assets)
        body_questions(self.engine, self.files)
        self._indexes = SearchIndexes(self.engine.read, self.engine.part)
        search_questions(self.engine, self._indexes)
        same, routes = self.same_pages, self.routes
        output_questions(
            self.engine, self.files, assets, self._indexes, theme, self.pages, routes, self.images, same=same
        )
        self.engine.verify()
        problems = [*self.content.found, *chain.from_iterable(self.standing.told.values()), *self.standing.problems]
        problems += recording_problems(self.site.media, self.engine.read)
        return [*problems, *self._add_made("asset", [*assets.routes()])]

    def _stand(self, allow: Allow, last: PackedSite | None, own: Sequence[Route]) -> None:
        """The snapshot and the routes: those of the last session if they are the same, else made anew."""
        content, asked = self.content, asked_of(self.config, allow, self.content)
        known = self.store.note("standing", Standing)
        holds = known is not None and last is not None and known.holds(asked, self.now)
        site = site_again(last, content, self.config, self.now) if last and holds else None
        self._same_site = site is not None
        self.site = site or make_site(self.config, content.articles, content.media, self.now, allow, content.unusable)
        self.same_pages = known is not None and self._same_site and known.served == fingerprint(own)
        if known and self.same_pages:
            self.standing = known.with_texts_of(content)
            self.pages = {route.url: route for route in self.store.note("routes", tuple[Route, ...]) or ()}
        else:
            self.pages, problems = checked(self.site, [*site_routes(self.site), *own])
            problems += reference_problems(self.site)
            self.standing = take_stock(asked, own, content, problems, self.now)
        self.routes = dict(self.pages)
        self._made_before = list(self.store.note("made", tuple[Route, ...]) or ())

    def _add_made(self, kind: str, found: Sequence[Route | Problem]) -> list[Problem]:
        """Adds routes that are known only now; what is wrong with them."""
        made = [route for route in found if isinstance(route, Route)]
        problems = [problem for problem in found if isinstance(problem, Problem)]
        self._made += made
        if self.same_pages and made == [route for route in self._made_before if route.kind == kind]:
            self.routes.update((route.url, route) for route in made)
            return problems
        return [*problems, *join(self.site, self.routes, made)]

    @property
    def same_routes(self) -> bool:
        """Whether all routes are known to be those of the last session."""
        return self.same_pages and self.same_pictures and self._made_before == self._made

    def read_bodies(self) -> list[Problem]:
        """Every public body; what is wrong in them."""
        told = self.store.note("bodies", Told) or {}
        self._told = {path: problems for path, problems in told.items() if path in self.site.articles}
        shown = self.store.note("shown", Shown) or {}
        self.shown = {path: pictures for path, pictures in shown.items() if path in self.site.articles}
        lost: list[Problem] = []
        todo = self._bodies_to_read()
        done = 0
        with closing(spread(_read_bodies, self, todo, self.jobs, _WORTH)) as chunks:
            for chunk in chunks:
                for path, problems, pictures, kept in chunk.result or map(_lost, chunk.items):
                    self._told.pop(path, None)
                    self.shown.pop(path, None)
                    if pictures:
                        self.shown[path] = pictures
                    if not kept:
                        lost += problems
                    elif problems:
                        self._told[path] = problems
                done += len(chunk.items)
                self.progress("bodies", done, len(todo))
        self._lost = bool(lost)
        return [*lost, *(problem for problems in self._told.values() for problem in problems)]

    def index(self) -> list[Problem]:
        """The routes of the search page's indexes, made where they are not what they were; what is wrong with them."""
        return self._add_made("search_index", [*self._indexes.routes()])

    def _bodies_to_read(self) -> list[str]:
        stale = {str(question[1]) for question in self.engine.stale("body", self.site.articles.__contains__)}
        if self._same_site:
            return [path for path in self.site.articles if path in stale]
        self.store.past.load()
        numbers, findings = self.store.past.numbers, self.store.past.findings
        return [path for path in self.site.articles if path in stale or numbers.get(("body", path)) not in findings]

    def save(self, *, whole: bool) -> None:
        """Make what this session has found out the past, with the store's next `commit`.

        It is `whole` if all that was asked for has an answer.
        """
        self.engine.finish()
        self.store.save_past(self.files.stamps)
        self._save_articles()
        self.related.save(self.store.save_note)
        self.store.save_note("bodies", self._told)
        self.store.save_note("standing", self.standing if whole and not self._lost else None)
        if not self._same_site:
            self.store.save_note("site", packed(self.site))
        if not self.same_pages:
            self.store.save_note("routes", tuple(self.pages.values()))
        if not self.same_pictures:
            self.store.save_note("pictures", self.pictured)
        self.store.save_note("made", tuple(self._made))
        self.store.save_note("shown", self.shown)

    def _save_articles(self) -> None:
        content, shown = self.content, self.site.articles
        rows = []
        for path in content.marks if not self._same_site else content.fresh:
            read = content.fresh.get(path) or content.before[path]
            article = shown.get(path) or read.article
            if path in content.fresh or article is not read.article:
                rows.append((path, content.marks[path], pack(replace(read, article=article))))
        self.store.save_articles(rows, [path for path in content.before if path not in content.marks])


_Read = tuple[str, tuple[Problem, ...], tuple[str, ...], bool]
"""Path, problems and pictures of a body, and whether it is there although it has problems."""


def _read_bodies(session: Session, paths: Iterable[str]) -> list[_Read]:
    """In a process."""
    return [(path, *_read_body(session.engine, path)) for path in paths]


def _read_body(engine: Engine, path: str) -> tuple[tuple[Problem, ...], tuple[str, ...], bool]:
    try:
        body: Body = engine.read("body", path)
        engine.release(("body", path))
    except SitegenError as error:
        if isinstance(error, StateError):
            raise
        return (error.problem,), (), False
    except (OSError, ChangedWhileReading) as error:
        return (unreadable(path, error),), (), False
    return body.problems, body.pictures, True


def _lost(path: str) -> _Read:
    problem = Problem("error", "process-died", "the process that rendered this body died", Span(path))
    return path, (problem,), (), False


def undamaged(look: Callable[[bool], T]) -> T:
    """What somebody who only looks sees: `look(False)`, or `look(True)`, which forgets the past, if that is damaged."""
    try:
        return look(False)
    except DamagedState:
        return look(True)


def open_store(folder: Path, *, write: bool = False) -> Store:
    """The state of the site in `folder`; whoever means to `write` must hold the lock (`sitegen.lock`)."""
    return Store(folder / STATE_FOLDER, state_version(), write=write)
