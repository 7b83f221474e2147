"""Why an output would be, or was, rendered: the questions behind it and which answer changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sitegen.config import load
from sitegen.engine import Question, Read
from sitegen.errors import RouteError, Span, did_you_mean
from sitegen.outputs import Outputs, folder_name
from sitegen.session import Session
from sitegen.site.publication import Allow
from sitegen.urls import normal_url

__all__ = ["Explanation", "in_words", "why"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """`summary` in words; `reads` the trace of the last time, each question with whether its answer still stands."""

    url: str
    summary: str
    reads: tuple[tuple[str, bool], ...] = ()


def why(folder: Path, url: str, now: datetime | None = None) -> Explanation:
    """The explanation for one URL of the site in `folder`. Raises `SiteProblems`, `RouteError` for an unknown URL."""
    with Session.open(folder, load(folder), now) as session:
        store = session.store
        session.open_site(session.read_content(), Allow())
        route = session.routes.get(normal_url(url)) or session.routes.get(url)
        if route is None:
            hint = did_you_mean(url, session.routes, "`sitegen list` shows what is not published")
            raise RouteError(f"the site has no `{url}`", Span(session.config.path), hint, code="no-route")
        question: Question = ("output", route.url)
        entry = store.entry(question)
        if entry is None:
            return Explanation(route.url, "it would be rendered: it has not been built before")
        reads = list(session.engine.reasons(question))
        changed = next((read for read, current in reads if current != read[1]), None)
        output = folder / session.config.output_dir
        if changed is not None:
            summary = f"it would be rendered: {in_words(changed[0])} changed"
        elif not Outputs(output, store.outputs(folder_name(folder, output))).holds(route.file, entry.fingerprint):
            summary = f"it would be rendered: its file in {session.config.output_dir} was changed or removed"
        else:
            summary = f"it would be kept: all {len(reads)} answers that it was made from are what they were"
            summary += f"; {_last_time(store.read(entry.because) if entry.because is not None else None)}"
        trace = tuple((in_words(read[0]), current == read[1]) for read, current in reads)
        return Explanation(route.url, summary, trace)


def _last_time(because: Read | None) -> str:
    if because is None:
        return "it was last rendered because it had not been built before"
    return f"it was last rendered because {in_words(because[0])} had changed"


_WORDS = {
    "article": "the front matter of {0}",
    "asset": "the asset {0}",
    "body": "the body of {0}",
    "config": "the setting `{0}`",
    "count": "the number of stories in {0} {1}",
    "excerpt": "how the body of {0} begins",
    "field": "`{1}` of {0}",
    "file": "the file {0}",
    "size": "the size of the picture {0}",
    "group": "the {0} `{1}`",
    "groups": "the list of all {0}s",
    "groups_of": "the {1}s of {0}",
    "link": "where `{1}` in {0} leads",
    "messages": "the theme's words in `{0}`",
    "named": "the story called `{0}`",
    "neighbours": "the stories before and after {0}",
    "newest": "the {2} newest stories of {0} {1}",
    "of_day": "the stories of {0}",
    "on_front": "the choice of stories for the front page",
    "page": "the stories on page {2} of {0} {1}",
    "pages": "the number of pages of {0} {1}",
    "params": "the parameters of the theme",
    "part": "the place of {0} in the series {1}",
    "related": "the {1} related stories of {0}",
    "route": "what is at {0}",
    "template": "the template {0}",
    "today": "the date of the edition",
    "words": "the number of words of {0}",
}


def in_words(question: Question) -> str:
    """A question as people would put it."""
    kind, *arguments = question
    words = _WORDS.get(str(kind))
    return words.format(*arguments) if words else f"{kind}({', '.join(map(str, arguments))})"
