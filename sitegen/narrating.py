"""Recordings of stories: having those spoken that have none, and removing those that nobody wants any more."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime
from pathlib import Path

from sitegen.config import Config, load
from sitegen.content.recordings import recording
from sitegen.errors import ConfigError, Problem, SitegenError, SiteProblems, Span, StateError
from sitegen.files import ChangedWhileReading, write_atomically
from sitegen.plain import Record
from sitegen.progress import Progress, silent
from sitegen.render.spoken import spoken
from sitegen.session import Session
from sitegen.session.reading import unreadable
from sitegen.site.narrations import mark_of, narrated, narration_file, story_of
from sitegen.site.publication import Allow
from sitegen.speaking import Speech, Unspoken, speak
from sitegen.store import undamaged
from sitegen.text.periods import period_until

__all__ = ["NarrateOptions", "Narrated", "Spoken", "narrate"]


class NarrateOptions(Record, frozen=True):
    """What may be asked for; docs/guide/audio.md says what each option does."""

    since: str = ""
    future: bool = False
    prune: bool = False
    dry_run: bool = False
    jobs: int = 1
    now: datetime | None = None


class Spoken(Record, frozen=True):
    """A story that was spoken, or would be."""

    path: str
    file: str
    """The recording, relative to the site."""
    text: str
    seconds: int = 0
    """How long the recording is; 0 if there is none yet."""


class Narrated(Record, frozen=True):
    """What became of all stories that a voice may read."""

    spoken: tuple[Spoken, ...] = ()
    kept: int = 0
    """How many had their recording already."""
    removed: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class _Task(Record, frozen=True):
    """A story without the recording that says what it says."""

    path: str
    file: str
    speech: Speech


def narrate(folder: Path, options: NarrateOptions, progress: Progress = silent) -> Narrated:
    """Have the stories of the site in `folder` spoken. Raises `SiteProblems`, `SitegenError`, `NoPeriod`.

    A story that cannot be spoken is a problem, and the others are.
    """
    return undamaged(lambda forget: _narrate(folder, options, progress, forget=forget))


def _narrate(folder: Path, options: NarrateOptions, progress: Progress, *, forget: bool) -> Narrated:
    config = load(folder)
    if not config.audio.command:
        hint = 'set `command` in [audio], for example to `["espeak-ng", "-f", "{text}", "-w", "{output}"]`'
        raise ConfigError("there is no command that speaks", Span(config.path), hint, code="no-command")
    with Session.open(folder, config, options.now, forget=forget) as session:
        session.read_content()
        problems = session.open_site(Allow(future=options.future))
        if any(problem.severity == "error" for problem in problems):
            raise SiteProblems(problems)
        return _Run(session, options, progress).done()


class _Run:
    """One run over the stories of a session."""

    def __init__(self, session: Session, options: NarrateOptions, progress: Progress) -> None:
        self._session = session
        self._config = session.config
        self._options = options
        self._progress = progress
        self._files = _recordings(session.config, session.content.media)
        self._said = {_end(file): file for files in self._files.values() for file in files}
        self._spoken: list[Spoken] = []
        self._removed: list[str] = []
        self._problems: list[Problem] = []
        self._kept = 0

    def done(self) -> Narrated:
        """What became of all of them."""
        paths = list(self._stories())
        running: dict[Future[bytes], _Task] = {}
        with ThreadPoolExecutor(self._options.jobs) as pool:  # each thread waits for a program
            try:
                for number, path in enumerate(paths):
                    task = self._task(path)
                    if task is not None and not self._have(task):
                        running[pool.submit(speak, self._session.folder, self._config.audio, task.speech)] = task
                    self._take(running, most=2 * self._options.jobs - 1)
                    self._progress("audio", number + 1 - len(running), len(paths))
                self._take(running, most=0)
            finally:
                pool.shutdown(cancel_futures=True)
        if self._options.prune:
            self._remove(self._orphans())
        spoken = sorted(self._spoken, key=lambda told: told.path)
        return Narrated(tuple(spoken), self._kept, tuple(sorted(self._removed)), tuple(self._problems))

    def _stories(self) -> Iterator[str]:
        site = self._session.site
        after = period_until(site.now, self._options.since).after if self._options.since else None
        for path in site.stories:
            date = site.articles[path].date
            if narrated(site.articles[path]) and (after is None or (date is not None and date > after)):
                yield path

    def _task(self, path: str) -> _Task | None:
        """What is to be done for a story; None if it has no text, or cannot be read."""
        engine = self._session.engine
        try:
            text = spoken(engine.read, engine.part, path)
        except (OSError, ChangedWhileReading) as error:
            self._problems.append(unreadable(path, error))
            return None
        except SitegenError as error:
            if isinstance(error, StateError):
                raise
            self._problems.append(error.problem)
            return None
        engine.release(("body", path))
        if not text:
            return None
        language = self._session.site.articles[path].language or self._config.language
        voice = self._config.audio.voice_of(language)
        return _Task(path, narration_file(self._config, path, mark_of(text, voice)), Speech(text, voice, language))

    def _have(self, task: _Task) -> bool:
        """Whether there is nothing to be spoken: that was done before, or it should only be told what would be."""
        said = task.file if task.file in self._files.get(task.path, ()) else self._said.get(_end(task.file))
        if said is None and self._options.dry_run:
            self._spoken.append(Spoken(task.path, task.file, task.speech.text))
        if said is None:
            return self._options.dry_run
        self._kept += 1
        if said != task.file and not self._options.dry_run:  # of a story that is now called otherwise, or of a copy
            write_atomically(self._session.folder / task.file, (self._session.folder / said).read_bytes())
            self._remove(self._files.get(task.path, ()))
        return True

    def _take(self, running: dict[Future[bytes], _Task], most: int) -> None:
        """Takes in what has been spoken, until no more than so many are still running."""
        while len(running) > most:
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                self._keep(running.pop(future), future)

    def _keep(self, task: _Task, future: Future[bytes]) -> None:
        try:
            data = future.result()
            write_atomically(self._session.folder / task.file, data)
        except Unspoken as unspoken:
            message = f"this story could not be spoken: {unspoken}"
            hint = f"it said: {unspoken.said}" if unspoken.said else ""
            self._problems.append(Problem("error", "speech-failed", message, Span(task.path), hint=hint))
            return
        except OSError as error:
            message = f"the recording of this story could not be written: {error.strerror}"
            self._problems.append(Problem("error", "speech-failed", message, Span(task.path)))
            return
        self._spoken.append(Spoken(task.path, task.file, task.speech.text, recording(task.file, data).duration))
        self._remove(self._files.get(task.path, ()))

    def _orphans(self) -> Iterator[str]:
        """Recordings of what is no story any more, or has a recording of its own. One that waits is still a story."""
        stories = {article.path for article in self._session.content.articles if narrated(article)}
        for story, files in self._files.items():
            if story not in stories:
                yield from files

    def _remove(self, files: Iterator[str] | Sequence[str]) -> None:
        for file in files:
            if not self._options.dry_run:
                (self._session.folder / file).unlink(missing_ok=True)
                _remove_empty(self._session.folder / file, self._session.folder / self._config.content_dir)
            self._removed.append(file)


def _recordings(config: Config, media: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Recordings that were made of stories, public or not, by the path of the story."""
    found: dict[str, list[str]] = {}
    for file in media:
        story = story_of(config, file)
        if story is not None:
            found.setdefault(story, []).append(file)
    return found


def _end(file: str) -> str:
    """What stands for what is said in a recording, and for its format."""
    return ".".join(file.rsplit(".", 2)[1:])


def _remove_empty(file: Path, root: Path) -> None:
    """Removes the folders above a file that hold nothing any more, up to `root`."""
    folder = file.parent
    while folder != root and not any(os.scandir(folder)):
        folder.rmdir()
        folder = folder.parent
