"""Reading the content folder: the articles, from the past where their files are what they were, and all other files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sitegen.config import Config
from sitegen.content import Settings, parse
from sitegen.content.article import Article, Parsed
from sitegen.content.bundles import strays
from sitegen.content.fields import check_settings
from sitegen.engine import Engine
from sitegen.errors import Problem, Span
from sitegen.files import Files, Stamp, walk
from sitegen.plain import fingerprint, pack, unpack
from sitegen.progress import Progress
from sitegen.store import Store
from sitegen.work import spread

__all__ = ["Content", "Reader", "unreadable"]

_WORTH = 200
"""Files that are worth a second process."""
Read = tuple[str, Stamp, bytes]


@dataclass(frozen=True, slots=True)
class Content:
    """What the content folder holds."""

    articles: tuple[Article, ...]
    media: tuple[str, ...]
    unusable: tuple[str, ...]
    """Markdown files that could not be read."""
    problems: tuple[Problem, ...]
    parsed: Mapping[str, Parsed]
    """By path, what reading every Markdown file gave."""
    marks: Mapping[str, str]
    """By path, what stands for all that this was read from."""
    before: Mapping[str, Parsed]
    """By path, what the last session left."""


class Reader:
    """Reads the content folder of one site, in as many processes as `jobs` says."""

    def __init__(self, folder: Path, config: Config, files: Files, engine: Engine) -> None:
        self.engine = engine
        self.files = files
        self.settings = _settings(config)
        self._folder = folder
        self._mark = fingerprint(self.settings)
        self._problems: list[Problem] = []
        self._marks: dict[str, str] = {}
        self._parsed: dict[str, Parsed] = {}

    def read(self, store: Store, jobs: int, progress: Progress) -> Content:
        """Everything. A file that cannot be read is a problem, not the end."""
        self._problems += check_settings(self.settings)
        paths = list(walk(self._folder, self.settings.content_dir, self._problems.append))
        stories = [path for path in paths if path.endswith(".md")]
        remembered = store.articles(Parsed)
        todo = [path for path in stories if not self._recall(path, remembered.get(path))]
        done = 0
        with closing(spread(_read, self, todo, jobs, _WORTH)) as chunks:
            for chunk in chunks:
                self._take(chunk.result or [], chunk.items)
                done += len(chunk.items)
                progress("read", done, len(todo))
        before = {path: parsed for path, (_, parsed) in remembered.items()}
        return self._content(stories, [path for path in paths if not path.endswith(".md")], before)

    def _recall(self, path: str, remembered: tuple[str, Parsed] | None) -> bool:
        """Whether a file is what it was, and so the article is what is remembered."""
        if remembered is None or not self.files.unchanged(path):
            return False
        mark, parsed = remembered
        if mark != self._from(self.files.stamps[path]):
            return False
        self._marks[path], self._parsed[path] = mark, parsed
        return True

    def _from(self, stamp: Stamp) -> str:
        return f"{stamp.digest} {self._mark}"

    def _take(self, found: Iterable[Read | Problem], paths: Iterable[str]) -> None:
        """Takes in what a process has read."""
        for item in found:
            if isinstance(item, Problem):
                self._problems.append(item)
                continue
            path, stamp, data = item
            self.files.stamps[path] = stamp
            self._marks[path], self._parsed[path] = self._from(stamp), unpack(data, Parsed)
        missed = [path for path in paths if path not in self._parsed]
        told = {problem.span.path for problem in self._problems}
        self._problems += [_lost(path) for path in missed if path not in told]

    def _content(self, stories: list[str], media: list[str], before: Mapping[str, Parsed]) -> Content:
        parsed = {path: self._parsed[path] for path in stories if path in self._parsed}
        usable = [read.article for read in parsed.values() if read.article]
        left_out = {stray.path for stray in strays(usable)}
        problems = [problem for path, read in parsed.items() if path not in left_out for problem in read.problems]
        return Content(
            articles=tuple(article for article in usable if article.path not in left_out),
            media=tuple(media),
            unusable=tuple(path for path in stories if path not in parsed or not parsed[path].article),
            problems=(*self._problems, *problems, *map(_stray, sorted(left_out))),
            parsed=parsed,
            marks=self._marks,
            before=before,
        )


def _read(reader: Reader, paths: Iterable[str]) -> list[Read | Problem]:
    """In a process: stamp and article of each file, or why it cannot be read."""
    return [_read_one(reader, path) for path in paths]


def _read_one(reader: Reader, path: str) -> Read | Problem:
    try:
        stamp, data = reader.files.take(path)
    except OSError as error:
        return unreadable(path, error)
    return path, stamp, pack(parse(path, data, reader.settings))


def unreadable(path: str, error: Exception) -> Problem:
    """The problem of a file that is there and cannot be read."""
    reason = error.strerror if isinstance(error, OSError) else "it changed while it was read; build again"
    return Problem("warning", "unreadable", f"this file cannot be read: {reason}", Span(path))


def _lost(path: str) -> Problem:
    return Problem("error", "process-died", "the process that read this file died", Span(path))


def _settings(config: Config) -> Settings:
    return Settings(
        content_dir=config.content_dir,
        zone=config.timezone,
        language=config.language,
        front_matter=config.front_matter,
        sections=tuple(section.slug for section in config.sections),
        config_path=config.path,
        permalink=config.permalink,
    )


def _stray(path: str) -> Problem:
    message = "this file lies in the folder of a story and has no front matter, so it is left out"
    return Problem("warning", "stray-file", message, Span(path), hint="give it a `title` to make it a story of its own")
