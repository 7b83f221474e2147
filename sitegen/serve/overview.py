"""The page `/__sitegen/`: the state of the site, all that is wrong with it, and what readers do not see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from html import escape

from sitegen.content.article import Article
from sitegen.diagnostics import summary
from sitegen.serve.about import held_back, seen
from sitegen.serve.pages import own_page
from sitegen.serve.preview import Preview
from sitegen.site.publication import next_change

__all__ = ["OVERVIEW", "overview"]

OVERVIEW = "/__sitegen/"
"""Where it is, below the prefix of the site."""
_BROKEN = "<p>The site cannot be read, and nothing of it has been shown yet.</p>"
_HEAD = "<thead><tr><th>State</th><th>Story</th><th>File</th><th>Changes</th></tr></thead>"


def overview(preview: Preview, tools: str) -> bytes:
    """The page, as HTML."""
    title = f"{preview.session.config.title}: preview" if preview.is_open else "Preview"
    parts = {"State": _state(preview), "Problems": _problems(preview), "Not published": _not_published(preview)}
    return own_page(title, "\n".join(f"<h2>{name}</h2>\n{html}" for name, html in parts.items()), tools)


def _state(preview: Preview) -> str:
    if not preview.is_open:
        return _BROKEN
    rows = (f'<tr><th scope="row">{name}</th><td>{escape(said)}</td></tr>' for name, said in _facts(preview))
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _facts(preview: Preview) -> Iterator[tuple[str, str]]:
    session, (tried, pages) = preview.session, seen(preview)
    standing = session.standing
    yield "stories and pages", ", ".join(f"{name}: {number:,}" for name, number in standing.counts.items())
    yield "shown as of", _moment(session.now)
    yield "next change by itself", _moment(standing.next_change) if standing.next_change else "none"
    yield "URLs", f"{len(session.routes):,}"
    yield (
        "pages tried",
        f"{tried:,} of {pages:,}" + ("; the others while nobody asks for anything" if tried < pages else ""),
    )


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M %Z}"


def _problems(preview: Preview) -> str:
    problems = preview.all_problems
    if not problems:
        return "<p>None is known.</p>"
    return f"<p>{summary(problems, '')}</p>\n<pre>{escape(preview.words(problems))}</pre>"


def _not_published(preview: Preview) -> str:
    held = held_back(preview) if preview.is_open else []
    rows = "".join(_row(preview, name, article) for name, article in held)
    if not rows:
        return "<p>Everything is published.</p>"
    return f"<table>{_HEAD}<tbody>{rows}</tbody></table>"


def _row(preview: Preview, state: str, article: Article) -> str:
    url, changes = preview.url_of(article.path), next_change([article], preview.session.now)
    name = f'<a href="{escape(url)}">{escape(article.title)}</a>' if url else escape(article.title)
    when = _moment(changes) if changes else ""
    return f"<tr><td>{state}</td><td>{name}</td><td>{escape(article.path)}</td><td>{when}</td></tr>"
