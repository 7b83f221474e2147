"""What is wrong with the editors' files for fronts, and with what they name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

from sitegen.content.article import Article
from sitegen.content.fronts import FrontFile, Pick, Wanted
from sitegen.errors import Problem, Span, did_you_mean
from sitegen.plain import Record
from sitegen.site.front import HOME
from sitegen.site.fronts import FrontFiles, has_come
from sitegen.site.publication import State, state
from sitegen.site.queries import in_edition

__all__ = ["Unpublished", "front_problems", "problems_of_front", "unpublished"]

Read = Callable[..., Any]
_ANY_NAME = "give an id, a slug or a path below the content folder"


class Unpublished(Record, frozen=True):
    """A story or page that readers cannot see."""

    path: str
    state: State
    date: datetime | None


def unpublished(articles: Iterable[Article], now: datetime, root: str, name: str) -> Unpublished | None:
    """The first story or page by path that a writer may call so and that is not published."""
    wanted = name.removeprefix(f"{root}/").removesuffix(".md")
    for article in sorted(articles, key=lambda article: article.path):
        known = (article.id, article.slug, article.path.removeprefix(f"{root}/").removesuffix(".md"))
        its_state = state(article, now)
        if wanted in known and article.kind in ("story", "page", "withdrawn") and its_state != "published":
            return Unpublished(article.path, its_state, article.date)
    return None


def front_problems(read: Read) -> Iterator[Problem]:
    """Of all files, in no particular order."""
    found: FrontFiles = read("front_files")
    yield from found.problems
    for key, path in found.paths.items():
        yield from read("front_problems", path, key)


def problems_of_front(read: Read, path: str, key: str) -> tuple[Problem, ...]:
    """Of the file at `path`, which is for the front with this key."""
    file: FrontFile = read("front_file", path)
    edition, _, name = key.rpartition("/")
    ask = in_edition(read, edition)
    if edition and edition not in read("config", "languages"):
        message, hint = f"the site has no language `{edition}`", did_you_mean(edition, read("config", "languages"))
    elif name != HOME and ask("group", "section", name) is None:
        message = f"there is no section `{name}`"
        hint = ask("like", "section", name) or f"expected `{HOME}`, or the slug of a section"
    else:
        return (*file.problems, *_odd_names(file, ask), *_odd_banner(file, ask, name))
    told = Problem("warning", "unknown-front", f"{message}, so this file is left out", Span(path), hint=hint)
    return (told, *file.problems)


def _odd_names(file: FrontFile, read: Read) -> Iterator[Problem]:
    """Of what is over, nothing is told."""
    for slot in file.slots:
        for pick in slot.picks:
            over = has_come(read, slot.until, False) or has_come(read, pick.until, False)
            waits = not (has_come(read, slot.start, True) and has_come(read, pick.start, True))
            yield from () if over else _odd(file.path, pick, read, waits=waits)


def _odd_banner(file: FrontFile, read: Read, name: str) -> Iterator[Problem]:
    news = file.breaking
    if news and name != HOME:
        message, hint = "`breaking` is not for a section, and is left out", f"write it into `{HOME}.yaml`"
        yield Problem("warning", "bad-value", message, Span(file.path, *news.place), hint=hint)
    elif news and news.story and not has_come(read, news.until, False):
        yield from _odd_story(file.path, news.story, read, waits=not has_come(read, news.start, True))


def _odd(path: str, pick: Pick, read: Read, *, waits: bool) -> Iterator[Problem]:
    """A pick that `waits` may name a story that waits too."""
    for wanted in pick.wanted:
        if wanted.kind == "story":
            yield from _odd_story(path, wanted, read, waits=waits)
        elif wanted.kind != "type" and not read("slug_of", wanted.kind, wanted.name):
            message = f"no {wanted.kind} is called `{wanted.name}`"
            hint = read("like", wanted.kind, wanted.name)
            yield _warning("unknown-group", message, path, wanted, hint)


def _odd_story(path: str, wanted: Wanted, read: Read, *, waits: bool) -> Iterator[Problem]:
    if read("named", wanted.name) is not None:
        return
    hidden: Unpublished | None = read("unpublished", wanted.name)
    if hidden is None:
        hint = read("like_story", wanted.name) or _ANY_NAME
        yield _warning("unknown-story", f"no published story is called `{wanted.name}`", path, wanted, hint)
    elif not (waits and hidden.state == "scheduled"):
        yield _warning("unpublished-story", f"`{hidden.path}` {_why(hidden)}", path, wanted, _advice(hidden))


def _why(hidden: Unpublished) -> str:
    words = {"draft": "is a draft", "expired": "has expired", "withdrawn": "was withdrawn"}
    return words.get(hidden.state, "is not published yet") + ", so it is not shown"


def _advice(hidden: Unpublished) -> str:
    waits = hidden.state == "scheduled" and hidden.date
    return f"add `from: {hidden.date:%Y-%m-%d %H:%M}`, when it is published" if waits else ""


def _warning(code: str, message: str, path: str, wanted: Wanted, hint: str) -> Problem:
    return Problem("warning", code, message, Span(path, *wanted.place), hint=hint)
