"""Reading the content folder: the articles, from the past where their files are what they were, and all other files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import closing
from functools import cached_property
from itertools import chain

from msgspec.structs import replace

from sitegen.config import Config
from sitegen.content import Settings, parse
from sitegen.content.article import Article, Parsed
from sitegen.content.bundles import strays
from sitegen.content.fields import check_settings
from sitegen.content.sharing import Pool
from sitegen.engine.engine import Engine
from sitegen.errors import Problem, Span
from sitegen.files import Files, Stamp
from sitegen.plain import Record, fingerprint, pack, pack_arrays, unpack
from sitegen.progress import Progress
from sitegen.session.remembered import Remembered
from sitegen.session.work import spread

__all__ = ["Content", "Reader", "settings_of", "unreadable"]

_WORTH = 200
"""Files that are worth a second process."""
Read = tuple[str, Stamp, tuple[bytes, bytes | None] | None]
"""Path and stamp of a file, what reading it gave, and what its story is like; None: what is remembered."""


class Content(Record, frozen=True, dict=True, eq=False):
    """What the content folder holds. Whoever asks for all articles has them loaded."""

    stories: tuple[str, ...]
    """Paths of the Markdown files, also of those that cannot be read."""
    media: tuple[str, ...]
    """Paths of all other files."""
    fresh: MutableMapping[str, Parsed]
    """By path, what reading gave of each file that is not what it was."""
    marks: Mapping[str, str]
    """By the path of every file that could be read, what stands for all that its article was read from."""
    before: Remembered
    """By path, what the last session left."""
    settings: str
    """Stands for all that reading depends on beside the files."""
    found: tuple[Problem, ...]
    """What is wrong with the folder, and with files that cannot be read."""

    @cached_property
    def names(self) -> str:
        """Stands for the paths of all files."""
        return fingerprint((self.stories, self.media))

    @cached_property
    def parsed(self) -> Mapping[str, Parsed]:
        """By path, what reading every Markdown file gave."""
        self.before.load()
        fresh, before = self.fresh, self.before
        return {path: fresh.get(path) or before[path] for path in self.stories if path in self.marks}

    @cached_property
    def _strays(self) -> frozenset[str]:
        return frozenset(
            stray.path for stray in strays([read.article for read in self.parsed.values() if read.article])
        )

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """All that can be used, whatever their state."""
        read, strays = [parsed.article for parsed in self.parsed.values() if parsed.article], self._strays
        return tuple([article for article in read if article.path not in strays] if strays else read)

    def hold_once(self, shown: Mapping[str, Article]) -> None:
        """Of the articles that were read anew, hold no more than what is `shown`, which has all of it and more."""
        for path, read in self.fresh.items():
            article = shown.get(path) or read.article
            if article is not read.article:
                self.fresh[path] = replace(read, article=article)
        for name in ("parsed", "articles"):
            self.__dict__.pop(name, None)

    def changed(self, shown: Mapping[str, Article], *, same: bool) -> Iterator[tuple[str, Parsed]]:
        """By path, what was read anew, with what the snapshot knows of it: the articles as they are `shown`. Unless the
        site is the `same`, also what it knows otherwise than the last one.
        """
        for path in self.fresh if same else self.marks:
            read = self.fresh.get(path) or self.before[path]
            article = shown.get(path) or read.article
            if path in self.fresh or article is not read.article:
                yield path, replace(read, article=article)

    @property
    def unusable(self) -> tuple[str, ...]:
        """Markdown files that could not be read."""
        parsed = self.parsed
        return tuple([path for path in self.stories if path not in parsed or not parsed[path].article])

    @property
    def told(self) -> Mapping[str, tuple[Problem, ...]]:
        """By path, what is odd about an article."""
        told = {path: read.problems for path, read in self.parsed.items() if read.problems}
        return {**told, **{path: (_stray(path),) for path in sorted(self._strays)}}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with single files."""
        return (*self.found, *chain.from_iterable(self.told.values()))


class Reader:
    """Reads the content folder of one site, in as many processes as `jobs` says."""

    def __init__(self, config: Config, files: Files, engine: Engine, tell: Callable[[str, bytes | None], None]) -> None:
        """`tell` is told what each of the stories is like (`pack_arrays`) that are not what they were; None for what is
        no story.
        """
        self.engine = engine
        self.files = files
        self.settings = settings_of(config)
        self._mark = fingerprint(self.settings)
        self._problems: list[Problem] = []
        self._before: Mapping[str, str] = {}
        self._marks: dict[str, str] = {}
        self._fresh: dict[str, Parsed] = {}
        self._pool = Pool()
        self._tell = tell
        self._paths: list[str] = []
        self.todo: list[str] = []
        """Files that have to be read."""

    def read_again(self, last: Content) -> Content | None:
        """Everything, if the same files are there as in the last session; None if that is not sure.

        Only those files are looked at that may not be what they were.
        """
        suspects = self.files.suspects
        if suspects is None or last.settings != self._mark:
            return None
        suspects = frozenset(filter(self._may_be_content, suspects))
        stories = [path for path in sorted(suspects) if path in last.marks]
        if not all(path in last.marks or path in last.media for path in suspects):
            return None
        if not all(map(self.files.is_plain, suspects)) or any(told.span.path in suspects for told in last.found):
            return None
        self._before = last.marks
        self._take(_read(self, self._to_read(stories)), ())
        if self._problems:
            return None
        marks = {**last.marks, **self._marks}
        again = replace(last, fresh=self._fresh, marks=marks)
        again.__dict__["names"] = last.names
        return again

    def _may_be_content(self, path: str) -> bool:
        below = path.removeprefix(f"{self.settings.content_dir}/")
        hidden = any(name.startswith((".", "_")) for name in below.split("/"))
        return below != path and not hidden

    def find(self, before: Remembered) -> None:
        """Find out what there is, and what of it has to be read, for it is not what it was before."""
        self._problems += check_settings(self.settings)
        self._before = before.marks
        self._pool = Pool(before.marks)
        below = self.files.below(self.settings.content_dir, self._problems.append)
        self._paths = [self._pool.text(path) for path in below]
        self.todo = self._to_read(filter(_is_markdown, self._paths))

    @property
    def much(self) -> bool:
        """Whether that is worth other processes."""
        return len(self.todo) >= _WORTH

    def read(self, before: Remembered, jobs: int, progress: Progress) -> Content:
        """Everything. A file that cannot be read is a problem, not the end."""
        done = 0
        with closing(spread(_read, self, self.todo, jobs, _WORTH)) as chunks:
            for chunk in chunks:
                self._take(chunk.result or [], chunk.items)
                done += len(chunk.items)
                progress("read", done, len(self.todo))
        stories = tuple([path for path in self._paths if _is_markdown(path)])
        media = tuple([path for path in self._paths if not _is_markdown(path)])
        found = tuple(self._problems)
        return Content(stories, media, self._fresh, self._marks, before, self._mark, found)

    def _to_read(self, paths: Iterable[str]) -> list[str]:
        """Those files that may not be what they were; of the others the article is what is remembered."""
        before, stamps, todo = self._before, self.files.stamps, []
        for path in paths:  # there may be a hundred thousand: `stamps` has most, and need not be asked by a call
            mark = before.get(path)
            if mark and (path in stamps or self.files.unchanged(path)) and mark == self._from(stamps[path]):
                self._marks[path] = mark
            else:
                todo.append(path)
        return todo

    def remembers(self, path: str) -> bool:
        """Whether the article is what is remembered, now that the digest of its file is known."""
        return self._before.get(path) == self._from(self.files.stamps[path])

    def _from(self, stamp: Stamp) -> str:
        return f"{stamp.digest} {self._mark}"

    def _take(self, found: Iterable[Read | Problem], paths: Iterable[str]) -> None:
        """Takes in what a process has read."""
        for item in found:
            if isinstance(item, Problem):
                self._problems.append(item)
                continue
            path, stamp, data = item
            self.files.stamps[path], self._marks[path] = stamp, self._from(stamp)
            if data is not None:
                self._fresh[path] = self._pool.share(unpack(data[0], Parsed))
                self._tell(path, data[1])
        missed = [path for path in paths if path not in self._marks]
        told = {problem.span.path for problem in self._problems}
        self._problems += [_lost(path) for path in missed if path not in told]


def _read(reader: Reader, paths: Iterable[str]) -> list[Read | Problem]:
    """In a process: stamp and article of each file (None: what is remembered), or why it cannot be read."""
    return [_read_one(reader, path) for path in paths]


def _read_one(reader: Reader, path: str) -> Read | Problem:
    try:
        stamp, data = reader.files.take(path)
    except OSError as error:
        return unreadable(path, error)
    if reader.remembers(path):
        return path, stamp, None
    read = parse(path, data, reader.settings)
    return path, stamp, (pack(replace(read, likeness=None)), pack_arrays(read.likeness) if read.likeness else None)


def _is_markdown(path: str) -> bool:
    return path.endswith(".md")


def unreadable(path: str, error: Exception) -> Problem:
    """The problem of a file that is there and cannot be read."""
    reason = error.strerror if isinstance(error, OSError) else "it changed while it was read; build again"
    return Problem("warning", "unreadable", f"this file cannot be read: {reason}", Span(path))


def _lost(path: str) -> Problem:
    return Problem("error", "process-died", "the process that read this file died", Span(path))


def settings_of(config: Config) -> Settings:
    """What of the configuration matters to reading one file."""
    return Settings(
        content_dir=config.content_dir,
        zone=config.timezone,
        language=config.language,
        languages=tuple(config.languages),
        front_matter=config.front_matter,
        sections=tuple(section.slug for section in config.sections),
        config_path=config.path,
        permalink=config.permalink,
        related_fields=config.related.fields,
        related_weights=config.related.weights,
    )


def _stray(path: str) -> Problem:
    message = "this file lies in the folder of a story and has no front matter, so it is left out"
    return Problem("warning", "stray-file", message, Span(path), hint="give it a `title` to make it a story of its own")
