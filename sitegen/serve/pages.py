"""What the preview server itself shows: the site's state, and a page that cannot be made."""

from __future__ import annotations

from html import escape

from sitegen.serve.preview import Preview

__all__ = ["broken_page", "overview", "with_client"]

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<title>{title}</title>
<link rel="stylesheet" href="{tools}client.css">
</head>
<body class="sitegen-page">
<main>
<h1>{title}</h1>
{main}
</main>
</body>
</html>
"""


def with_client(page: bytes, tools: str, mark: str) -> bytes:
    """The page, which this mark stands for, with the script that keeps it up to date."""
    script = f'<script src="{tools}client.js" data-mark="{mark}" defer></script>'.encode()
    head, end, rest = page.rpartition(b"</body>")
    return head + script + end + rest if end else page


def broken_page(problem: str, tools: str) -> bytes:
    """A page in the place of one that has never been made without a problem."""
    main = f"<pre>{escape(problem)}</pre>\n<p>This page comes back by itself when that is mended.</p>"
    return _PAGE.format(title="This page cannot be made", tools=tools, main=main).encode()


def overview(preview: Preview, tools: str) -> bytes:
    """What is the matter with the site: all problems, and every story that readers do not see."""
    counts = preview.session.standing.counts
    held = "".join(_row(preview, name, article.path, article.title) for name, article in preview.held_back())
    problems = preview.words(preview.problems)
    main = f"""<p>{", ".join(f"{number} {name}" for name, number in counts.items())}</p>
<h2>Problems</h2>
{f"<pre>{escape(problems)}</pre>" if problems else "<p>None is known. Those of a page show when it is looked at.</p>"}
<h2>Not published</h2>
{f"<table>{held}</table>" if held else "<p>Everything is published.</p>"}"""
    return _PAGE.format(title=f"{escape(preview.session.config.title)}: preview", tools=tools, main=main).encode()


def _row(preview: Preview, state: str, path: str, title: str) -> str:
    url = preview.url_of(path)
    name = f'<a href="{escape(url)}">{escape(title)}</a>' if url else escape(title)
    return f"<tr><td>{state}</td><td>{name}</td><td>{escape(path)}</td></tr>"
