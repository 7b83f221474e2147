"""Why an output would be, or was, rendered: the questions behind it and which answer changed."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from sitegen.config import load
from sitegen.engine.engine import Engine
from sitegen.engine.past import Change, Question
from sitegen.errors import RouteError, Span, did_you_mean
from sitegen.files.outputs import Outputs, folder_name
from sitegen.plain import Record
from sitegen.session import Session
from sitegen.session.bodies import read_bodies
from sitegen.session.pictures import read_pictures
from sitegen.site.publication import Allow
from sitegen.site.routes import Route
from sitegen.store import undamaged
from sitegen.urls import normal_url

__all__ = ["Explanation", "because", "in_words", "why"]


class Explanation(Record, frozen=True):
    """`summary` in words; `reads` the trace of the last time, each question with whether its answer still stands."""

    url: str
    summary: str
    reads: tuple[tuple[str, bool], ...] = ()


def why(folder: Path, url: str, now: datetime | None = None) -> Explanation:
    """The explanation for one URL of the site in `folder`. Raises `SiteProblems`, `RouteError` for an unknown URL."""
    return undamaged(lambda forget: _why(folder, url, now, forget=forget))


def _why(folder: Path, url: str, now: datetime | None, *, forget: bool) -> Explanation:
    with Session.open(folder, load(folder), now, forget=forget) as session:
        session.read_content()
        session.open_site(Allow())
        route = session.routes.get(normal_url(url)) or session.routes.get(url)
        if route is None or route.kind == "copy":  # pictures are known only after bodies
            read_bodies(session)
            read_pictures(session)
            route = session.routes.get(url)
        if route is None:
            hint = did_you_mean(url, session.routes, "`sitegen list` shows what is not published")
            raise RouteError(f"the site has no `{url}`", Span(session.config.path), hint, code="no-route")
        return _explanation(session, route)


def _explanation(session: Session, route: Route) -> Explanation:
    engine, past = session.engine, session.engine.past
    number = past.known(route.question)
    if number is None or number not in past.findings:
        return Explanation(route.url, "it would be rendered: it has not been built before")
    finding = past.findings[number]
    stands, change = engine.stands(number), engine.reason(number)
    trace = tuple((in_words(*engine.whole(read)), read not in engine.changed) for read in finding.trace)
    output = session.folder / session.config.output_dir
    outputs = Outputs(output, session.store.outputs(folder_name(session.folder, output)))
    if change is not None:
        summary = f"it would be rendered: {_changed(change)}"
    elif not stands or not outputs.kept(route.file, past.marks[number]):
        summary = f"it would be rendered: its file in {session.config.output_dir} was changed or removed"
    else:
        last = f"because {_changed(finding.because)}" if finding.because else "for the first time"
        summary = f"it would be kept: all {len(trace)} answers that it was made from are what they were"
        summary += f"; it was last rendered {last}"
    return Explanation(route.url, summary, trace)


def because(engine: Engine, question: Question) -> str:
    """Why the answer of a rule is, or will be, another one than that of the last time, in words."""
    number = engine.past.known(question)
    if number is None:
        return "it has not been built before"
    if engine.knows(question):
        return "it is as in the last build"
    change = engine.reason(number)
    return _changed(change) if change else "it could not be made the last time"


def _changed(change: Change) -> str:
    """`title` of content/a.md was "Old" and is "New"."""
    words = in_words(change.question, change.part)
    told = change.was and change.now and "#" not in (change.was[0], change.now[0])
    if not told or change.question[0] in _DIGESTS:
        return f"{words} changed"
    was, now = json.loads(change.was or ""), json.loads(change.now or "")
    if not (isinstance(was, list) and isinstance(now, list)):
        return f"{words} was {_value(was)} and is {_value(now)}"
    came, went = [item for item in now if item not in was], [item for item in was if item not in now]
    steps = [f"{_value(came)} came" if came else "", f"{_value(went)} went" if went else ""]
    return f"{words} changed: {' and '.join(filter(None, steps)) or 'they are in another order'}"


def _value(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    return "nothing" if value in (None, "") else json.dumps(value, ensure_ascii=False)


_WORDS = {
    "allowed": "what every page may load",
    "article": "the front matter of {0}",
    "asset": "the asset {0}",
    "body": "the body of {0}",
    "breaking": "what is breaking",
    "config": "the setting `{0}`",
    "corrected": "the list of all corrections",
    "editions": "which languages the site is published in",
    "count": "the number of stories in {0} {1}",
    "file": "the file {0}",
    "file_at": "the file at {0}",
    "feed_item": "what feeds say of {0}",
    "group": "the {0} `{1}`",
    "groups": "the list of all {0}s",
    "included": "what the included template {0} says",
    "max_pixels": "how many pixels a picture may have",
    "moved": "the list of all old addresses",
    "messages": "the theme's words in `{0}`",
    "narration": "the recording that was made of {0}",
    "narrations": "which recordings were made of {0}",
    "named": "the story called `{0}`",
    "news_items": "the stories that are news",
    "news_parts": "how many stories are news",
    "newest": "the {2} newest stories of {0} {1}",
    "of_day": "the stories of {0}",
    "front_file": "what {0} says",
    "front_files": "which files there are for fronts",
    "has_come": "whether it is past {0}",
    "on_day": "the paper of {0}",
    "dates_beside": "the dates before and after {0} that have stories",
    "on_front": "the choice of stories for the front page, or the front of the section `{0}`",
    "page": "the stories on page {2} of {0} {1}",
    "pages": "the number of pages of {0} {1}",
    "param": "the theme's parameter `{0}`",
    "params": "the names of the theme's parameters",
    "partner_stories": "the stories in the feed `{0}`",
    "part": "the place of {0} in the series {1}",
    "parts": "the parts of the series {0}",
    "page_parts": "the parts on page {1} of the series {0}",
    "recorded": "the {0} newest stories with a recording",
    "related": "the {1} related stories of {0}",
    "public_in": "the names of the files in {0}",
    "similar": "the stories most like {0}",
    "served": "whether there is a page {0}",
    "sitemap": "the sitemap {0}",
    "sitemap_entries": "the pages in the sitemap {0}",
    "sitemap_shards": "the names of the sitemaps",
    "shortcodes": "the shortcodes of the theme",
    "picture": "what the picture {0} is",
    "translations": "the translations of {0}",
    "template": "the template {0}",
    "today": "the date of the edition",
    "gone": "which pages are gone",
}
_DIGESTS = ("asset", "file", "template")
"""Questions whose answers would tell nobody anything."""
_PARTS = {
    ("article", "*"): "`{part}` of {0}",
    ("article", "text"): "the text of {0}",
    ("article", "earlier"): "the story before {0}",
    ("article", "later"): "the story after {0}",
    ("front", "*"): "`{part}` on the front `{0}`",
    ("body", "segments"): "the body of {0}",
    ("body", "excerpt"): "how the body of {0} begins",
    ("body", "words"): "the number of words of {0}",
    ("body", "*"): "`{part}` of the body of {0}",
    ("picture", "*"): "`{part}` of the picture {0}",
}


def in_words(question: Question, part: str = "") -> str:
    """A question as people would put it."""
    kind, *arguments = question
    if kind == "in":
        return f"{in_words(tuple(arguments[1:]), part)}, in the edition `{arguments[0]}`"
    words = _PARTS.get((str(kind), part)) or _PARTS.get((str(kind), "*" if part else "")) or _WORDS.get(str(kind))
    if not words:
        return f"{kind}({', '.join(map(str, arguments))})"
    if arguments[:1] == ["all"]:
        words = words.replace(" of {0} {1}", "")
    if kind == "page" and arguments[2] is None:
        words = words.replace("on page {2}", "on the first page")
    return words.format(*arguments, part=part)
