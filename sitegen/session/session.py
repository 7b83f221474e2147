"""One look at a site: its files, its articles, its snapshot and routes at one instant, and an engine to ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path

from sitegen.clock import the_instant
from sitegen.config import Config
from sitegen.content.images import ImageCache
from sitegen.content.sharing import Pool
from sitegen.engine.engine import Engine
from sitegen.engine.past import Past
from sitegen.engine.pulling import Looks, PullingEngine
from sitegen.engine.timing import TimedEngine, Times
from sitegen.errors import Problem
from sitegen.files import Files
from sitegen.files.meanwhile import Look
from sitegen.files.survey import Survey
from sitegen.plain import fingerprint
from sitegen.progress import Progress, silent
from sitegen.render.assets import Assets, fragment_routes
from sitegen.render.search import SearchIndexes
from sitegen.render.themes import Theme, load_theme
from sitegen.session.left import Left, Shown, Told, left_on_disk
from sitegen.session.questions import (
    body_questions,
    output_questions,
    related_questions,
    search_questions,
    site_questions,
    theme_questions,
)
from sitegen.session.reading import Content, Reader
from sitegen.session.remembered import Remembered
from sitegen.session.standing import Asked, Public, Standing, asked_of, take_stock
from sitegen.site.clashes import checked, join
from sitegen.site.fronts import front_changes
from sitegen.site.media import media_problems
from sitegen.site.pictures import Pictured
from sitegen.site.publication import Allow
from sitegen.site.references import reference_problems
from sitegen.site.related.index import RelatedIndex
from sitegen.site.routes import Route, site_routes
from sitegen.site.snapshot import Site, make_site
from sitegen.store import STATE_FOLDER, Store, open_store

__all__ = ["Session"]


@dataclass(slots=True)
class Session:
    """Open it, then `read_content`, `open_site`, and what `bodies` and `pictures` beside this module do: each needs the
    one before.
    """

    folder: Path
    store: Store
    config: Config
    now: datetime
    engine: Engine
    files: Files
    images: ImageCache
    before: Remembered
    """By path, what the last session has read."""
    left: Left
    jobs: int = 1
    progress: Progress = silent
    end: ExitStack = field(default_factory=ExitStack)
    """What ends with the session."""
    content: Content = field(init=False)
    site: Site = field(init=False)
    related: RelatedIndex = field(init=False)
    pages: Mapping[str, Route] = field(init=False, default_factory=dict)
    """The routes as far as the snapshot and the theme tell."""
    routes: dict[str, Route] = field(init=False, default_factory=dict)
    """All of them, after the stages that add bundles, variants of pictures and indexes."""
    made: list[Route] = field(init=False, default_factory=list)
    """The routes that are known only when the engine may be asked: of bundles, and of the search index."""
    told: Told = field(init=False, default_factory=dict)
    shown: Shown = field(init=False, default_factory=dict)
    lost: bool = field(init=False, default=False)
    """Whether some body could not be read."""
    pictured: Pictured | None = field(init=False, default=None)
    """What is known of pictures, if of all."""
    standing: Standing = field(init=False)
    """What is true of the site as a whole."""
    same_site: bool = field(init=False, default=False)
    """Whether the snapshot is that of the last session, but for texts."""
    same_pages: bool = field(init=False, default=False)
    """Whether `pages` are known to be those of the last session."""
    same_pictures: bool = field(init=False, default=False)
    """Whether the routes of pictures are, too."""
    _indexes: SearchIndexes = field(init=False)
    _looks: Iterable[Look] | None = field(init=False, default=None)
    """What another process is to look at, until there is one."""

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
        pulling: bool = False,
    ) -> Iterator[Session]:
        """A session on the site in `folder`.

        With `write`, what it finds out can be saved, and nobody else may do so meanwhile; with `forget`, only which
        outputs are ours is remembered of earlier builds. What was `seen` of files need not be looked at again. How long
        answers take is added to `times`. A `pulling` one may go on in memory (`again`) and knows nothing of what is not
        asked for. Raises `StateError`.
        """
        with open_store(folder, write=write) as store, ExitStack() as end:
            if forget:
                store.forget()
            files = Files(folder, store.stamps, seen)
            instant = the_instant(config.timezone, now)
            engine = _engine(store.past, times, pulling=pulling)
            images = ImageCache(folder / STATE_FOLDER / "images", write=write)
            # A preview stays, and holds many equal paths. A build is over before that would have been worth the time.
            pool = Pool(files.stamps) if pulling else None
            known = Remembered(store, pool), left_on_disk(store, pool)
            made = [cls(folder, store, config, instant, engine, files, images, *known, jobs, progress, end)]
            # This waits until the last session is over, and must hold nothing that the first one has let go of.
            del seen, engine, files, images, pool, known
            yield made.pop()

    def again(self, config: Config, now: datetime | None, seen: Survey, suspects: Collection[str]) -> Session:
        """The session after this one, which found all that it was asked for and is over: nothing was saved between.

        Only files among the `suspects` may be others now.
        """
        assert isinstance(self.engine, PullingEngine)
        left = self._left()
        changed = dict(self.content.changed(self.site.articles, same=self.same_site))
        self.before.follow(self.content.marks, changed, same=self.same_site)
        files = self.files.again(seen, suspects)
        instant = the_instant(config.timezone, now)
        engine = self.engine.again()
        return Session(self.folder, self.store, config, instant, engine, files, self.images, self.before, left)

    def settle(self) -> None:
        """Let go of what the last session left, which is not needed once everything is there, but for the past.

        After that, nothing can be saved.
        """
        self.left = self._left()
        self.store.stamps = {}
        self.files.settle()
        self.engine.unload()

    def read_content(self, looks: Iterable[Look] = ()) -> None:
        """Every article's metadata, and which other files there are.

        If there may be several processes, another one takes these `looks` until the session ends.
        """
        self.related = RelatedIndex(self.config.related, self.left.related, jobs=self.jobs)
        self._looks = looks
        reader = Reader(self.config, self.files, self.engine, self.related.tell)
        again = reader.read_again(self.left.content) if self.left.content else None
        self.content = again or self._read(reader)

    def _read(self, reader: Reader) -> Content:
        reader.find(self.before)
        if reader.much and self.left.related.anew:
            self._look_meanwhile(len(reader.todo))
        return reader.read(self.before, self.jobs, self.progress)

    def _look_meanwhile(self, stories: int = 0) -> None:
        """From now on, another process does what it can, even before so many `stories` are read."""
        if self.jobs > 1 and self._looks is not None:
            meanwhile = self.related.meanwhile(self.folder / STATE_FOLDER, *self._looks, stories=stories)
            self.end.enter_context(meanwhile)
            self._looks = None

    def open_site(self, allow: Allow) -> list[Problem]:
        """The snapshot and its routes, ready to be asked; what is wrong with the files and between them.

        Raises `TemplateError`.
        """
        theme = load_theme(self.config, self.files)
        assets = Assets(theme, self.engine.read)
        asked = asked_of(self.config, self.content)
        again = self.left.articles_again(self.content, asked, allow, self.now)
        self.same_site = again is not None
        self.related.know(self.content.marks, stands=self.same_site)
        self._look_meanwhile()
        self._stand(again, allow)
        self.related.of(self.site)
        self._route(asked, allow, tuple(fragment_routes(theme, ("", *self.config.languages))))
        self.told, self.shown = self.left.bodies_of(None if self.same_site else self.site.articles)
        self._say_what_answers(theme, assets)
        self.engine.verify()
        problems = [*self.content.found, *chain.from_iterable(self.standing.told.values()), *self.standing.problems]
        problems += media_problems(self.site, self.engine.read)
        self.standing = self.standing.at(self.now, front_changes(self.engine.read, self.now))
        return [*problems, *self._add_made("asset", [*assets.routes()])]

    def _stand(self, again: Public | None, allow: Allow) -> None:
        """The snapshot: that of the last session with its articles as they are `again`, or a new one."""
        content = self.content
        self.site = (
            make_site(self.config, content.articles, content.media, self.now, allow, content.unusable)
            if again is None
            else self.left.site(self.config, self.now, again)
        )

    def _route(self, asked: Asked, allow: Allow, own: Sequence[Route]) -> None:
        """The routes: those of the last session if they are the same, else made anew."""
        content, left, known = self.content, self.left, self.left.standing
        self.same_pages = known is not None and self.same_site and known.served == fingerprint(own)
        if known and self.same_pages:
            self.standing = known.with_texts_of(content)
            self.pages = left.pages()
        else:
            self.pages, problems = checked(self.site, [*site_routes(self.site), *own])
            problems += reference_problems(self.site)
            self.standing = take_stock(asked, allow, own, content, problems, self.site)
            content.hold_once(self.site.articles)
        self.routes = dict(self.pages)

    def _say_what_answers(self, theme: Theme, assets: Assets) -> None:
        """Have the engine know what this site, its files and its theme answer."""
        engine, files, stands = self.engine, self.files, self.same_site
        public = Public(self.left.public, self.before)
        between = self.left.between(self.site, public, self.standing, self.content.fresh if stands else None)
        site_questions(engine, self.site, self.content, files, between, stands=stands)
        theme_questions(engine, theme, assets)
        body_questions(engine, files)
        self._indexes = SearchIndexes(engine.read, engine.part)
        search_questions(engine, self._indexes)
        routes = self.left.pages, self.pages, self.routes
        output_questions(engine, files, assets, self._indexes, theme, *routes, self.images, same=self.same_pages)
        related_questions(engine, self.related)

    def _add_made(self, kind: str, found: Sequence[Route | Problem]) -> list[Problem]:
        """Adds routes that are known only now; what is wrong with them."""
        made = [route for route in found if isinstance(route, Route)]
        problems = [problem for problem in found if isinstance(problem, Problem)]
        self.made += made
        if self.same_pages and made == [route for route in self.left.made if route.kind == kind]:
            self.routes.update((route.url, route) for route in made)
            return problems
        return [*problems, *join(self.site, self.routes, made)]

    @property
    def same_routes(self) -> bool:
        """Whether all routes are known to be those of the last session."""
        return self.same_pages and self.same_pictures and self.left.made == self.made

    def index(self) -> list[Problem]:
        """The routes of the search page's indexes, made where they are not what they were; what is wrong with them."""
        return self._add_made("search_index", [*self._indexes.routes()])

    def _left(self) -> Left:
        """What this session leaves in memory."""
        pages, pictured = self.pages, self.pictured  # and not the session: each would hold all that were before it
        return Left(
            standing=None if self.lost else self.standing,
            public=self.left.public if self.same_site else dict.fromkeys(self.site.articles),
            hidden=self.site.hidden,
            media=self.site.media,
            site=self.site.again,
            pages=lambda: pages,
            made=self.made,
            pictured=lambda: pictured,
            told=self.told,
            shown=self.shown,
            related=self.related.left(),
            content=self.content,
        )


def _engine(past: Past, times: Times | None, *, pulling: bool) -> Engine:
    if pulling:
        return PullingEngine(past, Looks())
    return Engine(past) if times is None else TimedEngine(past, times)
