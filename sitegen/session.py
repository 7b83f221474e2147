"""One look at a site: its files, its articles, its snapshot and routes at one instant, and an engine to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sitegen.clock import the_instant
from sitegen.config import Config
from sitegen.content import Settings
from sitegen.content.article import Article, Parsed
from sitegen.content.bundles import strays
from sitegen.content.fields import check_settings
from sitegen.engine import Engine
from sitegen.errors import Problem, SitegenError, Span, StateError
from sitegen.files import ChangedWhileReading, Files, walk
from sitegen.progress import Progress, silent, tracked
from sitegen.questions import content_questions, output_questions, site_questions, theme_questions
from sitegen.render.assets import Assets, fragment_routes
from sitegen.render.themes import load_theme
from sitegen.site.publication import Allow
from sitegen.site.references import reference_problems
from sitegen.site.routes import Route, checked, site_routes
from sitegen.site.snapshot import Site, make_site
from sitegen.store import Store
from sitegen.versions import state_version

__all__ = ["STATE_FOLDER", "Content", "Session", "open_store"]

STATE_FOLDER = ".sitegen"


@dataclass(frozen=True, slots=True)
class Content:
    """What the content folder holds."""

    articles: tuple[Article, ...]
    media: tuple[str, ...]
    unusable: tuple[str, ...]
    """Markdown files that could not be read."""
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class Session:
    """Open it, then `read_content`, `open_site`, `read_bodies`; each stage stands on the one before."""

    folder: Path
    store: Store
    config: Config
    now: datetime
    engine: Engine
    files: Files
    progress: Progress = silent
    site: Site = field(init=False)
    routes: Mapping[str, Route] = field(init=False, default_factory=dict)

    @classmethod
    @contextmanager
    def open(
        cls,
        folder: Path,
        config: Config,
        now: datetime | None = None,
        *,
        lock: bool = False,
        forget: bool = False,
        progress: Progress = silent,
    ) -> Iterator[Session]:
        """A session on the site in `folder`.

        With `lock`, other builds wait; with `forget`, only which outputs are ours is remembered of earlier builds.
        Raises `StateError`.
        """
        with open_store(folder, lock=lock) as store:
            if forget:
                store.forget()
            files = Files(folder, store.stamps())
            yield cls(folder, store, config, the_instant(config.timezone, now), Engine(store), files, progress)

    def read_content(self) -> Content:
        """Every article's metadata, through the engine. A file that cannot be read is a problem, not the end."""
        settings = _settings(self.config)
        content_questions(self.engine, self.files, settings)
        articles: list[Article] = []
        media: list[str] = []
        unusable: list[str] = []
        problems = list(check_settings(settings))
        paths = list(walk(self.folder, self.config.content_dir, problems.append))
        for path in tracked(paths, "read", self.progress):
            if not path.endswith(".md"):
                media.append(path)
                continue
            parsed = self._article(path)
            problems += parsed.problems
            if parsed.article is None:
                unusable.append(path)
            else:
                articles.append(parsed.article)
        left_out = {stray.path: _stray(stray.path) for stray in strays(articles)}
        articles = [article for article in articles if article.path not in left_out]
        problems = [problem for problem in problems if problem.span.path not in left_out] + list(left_out.values())
        return Content(tuple(articles), tuple(media), tuple(unusable), tuple(problems))

    def _article(self, path: str) -> Parsed:
        try:
            parsed: Parsed = self.engine.read("article", path)
        except (OSError, ChangedWhileReading) as error:
            return Parsed(None, (_unreadable(path, error),))
        return parsed

    def open_site(self, content: Content, allow: Allow) -> list[Problem]:
        """The snapshot and its routes, ready to be asked; what is wrong between articles. Raises `TemplateError`."""
        self.site = make_site(self.config, content.articles, content.media, self.now, allow, content.unusable)
        theme = load_theme(self.config, self.files)
        assets = Assets(theme)
        routes = [*site_routes(self.site), *assets.routes(), *fragment_routes(theme)]
        self.routes, problems = checked(self.site, routes)
        site_questions(self.engine, self.files, self.site, self.routes)
        theme_questions(self.engine, theme, assets)
        output_questions(self.engine, self.files, assets, theme)
        return [*problems, *reference_problems(self.site)]

    def read_bodies(self) -> list[Problem]:
        """Every public body, through the engine; what is wrong in them."""
        problems: list[Problem] = []
        for path in tracked(self.site.articles, "bodies", self.progress):
            try:
                problems += self.engine.read("findings", path)
            except SitegenError as error:
                if isinstance(error, StateError):
                    raise
                problems.append(error.problem)
            except (OSError, ChangedWhileReading) as error:
                problems.append(_unreadable(path, error))
        return problems


def open_store(folder: Path, *, lock: bool = False) -> Store:
    """The state of the site in `folder`; with `lock` no other build may run until it is closed."""
    return Store(folder / STATE_FOLDER, state_version(), lock=lock)


def _settings(config: Config) -> Settings:
    return Settings(
        content_dir=config.content_dir,
        zone=config.timezone,
        language=config.language,
        front_matter=config.front_matter,
        sections=tuple(section.slug for section in config.sections),
        config_path=config.path,
    )


def _stray(path: str) -> Problem:
    message = "this file lies in the folder of a story and has no front matter, so it is left out"
    return Problem("warning", "stray-file", message, Span(path), hint="give it a `title` to make it a story of its own")


def _unreadable(path: str, error: Exception) -> Problem:
    reason = (error.strerror or str(error)) if isinstance(error, OSError) else "it changed meanwhile; build again"
    return Problem("warning", "unreadable", f"the file could not be read: {reason}", Span(path))
