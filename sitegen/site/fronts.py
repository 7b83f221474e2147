"""The editors' files for fronts: which there are, what counts in them at this instant, and what is wrong with them.

A front has a key: `home` or the slug of a section; in an edition of another language behind the key of that: `fr/home`.
Its file is `_fronts/KEY.yaml` below the content folder. It need not exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from sitegen.config import Config
from sitegen.content.fronts import Breaking, FrontFile, Pick, Slot, read_front
from sitegen.errors import Problem, Span
from sitegen.files import Files
from sitegen.plain import Record, pack
from sitegen.site.front import HOME, Choice, Front, Order
from sitegen.site.queries import in_edition
from sitegen.text.dates import zone

__all__ = ["Banner", "FrontFiles", "Fronts", "find_fronts", "front_changes", "has_come", "load_front", "next_term"]

_FOLDER, _ENDING = "_fronts", ".yaml"
Read = Callable[..., Any]


class Banner(Record, frozen=True):
    """What is breaking at this instant: words, and the story or the URL that they lead to, if they do; `until` when."""

    text: str
    story: str | None = None
    url: str = ""
    until: datetime | None = None


class FrontFiles(Record, frozen=True):
    """Paths of the files by the keys of their fronts, and what is wrong with those that cannot be used."""

    paths: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def find_fronts(config: Config, files: Files) -> FrontFiles:
    """The files that are there and can be read."""
    problems: list[Problem] = []
    folder = f"{config.content_dir}/{_FOLDER}"
    paths = {}
    for path in files.below(folder, problems.append):
        if not path.endswith(_ENDING):
            hint = f"the name of such a file ends in `{_ENDING}`"
            message = "this file is for no front, and is left out"
            problems.append(Problem("warning", "unknown-front", message, Span(path), hint=hint))
        elif _is_readable(path, files, problems):
            paths[path[len(folder) + 1 : -len(_ENDING)]] = path
    return FrontFiles(paths, tuple(problems))


def _is_readable(path: str, files: Files, problems: list[Problem]) -> bool:
    try:
        return files.digest(path) is not None
    except OSError as error:
        message = f"this file cannot be read: {error.strerror}"
        problems.append(Problem("warning", "unreadable", message, Span(path)))
        return False


def load_front(path: str, files: Files, timezone: str) -> FrontFile:
    """What a file says. Raises `ChangedWhileReading`, `OSError`."""
    return read_front(path, files.load(path), zone(timezone))


class Fronts:
    """Answers what is asked about fronts, by what it `read`s."""

    def __init__(self, read: Read, files: Files) -> None:
        self._read = read
        self._files = files

    def file(self, path: str) -> FrontFile:
        """What a file says."""
        self._read("file", path)
        return load_front(path, self._files, self._read("config", "timezone"))

    def front(self, key: str) -> Front:
        """What stands on a front at this instant."""
        file = self._of(key)
        orders = pack(tuple(self._order(slot) for slot in (file.slots if file else ()) if self._counts(slot))).decode()
        edition, _, name = key.rpartition("/")
        section = "" if name == HOME else name
        front: Front = in_edition(self._read, edition)("on_front", section, orders)
        return front

    def breaking(self, edition: str) -> Banner | None:
        """What is breaking in an edition at this instant."""
        file = self._of(f"{edition}/{HOME}" if edition else HOME)
        news = file.breaking if file else None
        if news is None or not self._counts(news):
            return None
        read = in_edition(self._read, edition)
        story = read("named", news.story.name) if news.story else None
        return Banner(news.text, story, news.url, news.until) if news.text or story else None

    def _of(self, key: str) -> FrontFile | None:
        path = self._read("front_files").paths.get(key)
        return self._read("front_file", path) if path else None

    def _order(self, slot: Slot) -> Order:
        picks = [pick for pick in slot.picks if self._counts(pick)]
        choices = [Choice(tuple((each.kind, each.name) for each in pick.wanted), pick.limit) for pick in picks]
        return Order(slot.name, tuple(choices), slot.limit)

    def _counts(self, part: Slot | Pick | Breaking) -> bool:
        return has_come(self._read, part.start, True) and not has_come(self._read, part.until, False)


def front_changes(read: Read, now: datetime) -> datetime | None:
    """The next instant at which something that an editor wants on a front begins or ends to count."""
    return next_term((read("front_file", path) for path in read("front_files").paths.values()), now)


def next_term(files: Iterable[FrontFile], now: datetime) -> datetime | None:
    """The same, of these files."""
    instants = (instant for file in files for term in file.terms for instant in term.instants)
    return min((instant for instant in instants if instant > now), default=None)


def has_come(read: Read, instant: datetime | None, otherwise: bool) -> bool:
    """Whether it is that late; `otherwise` if there is no instant to wait for."""
    return bool(read("has_come", instant.isoformat())) if instant else otherwise
