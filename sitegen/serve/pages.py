"""What the preview server adds to pages, and what it shows in the place of one."""

from __future__ import annotations

from html import escape

__all__ = ["broken_page", "own_page", "with_client"]

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="data:,">
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
    """The page, which this mark stands for, with the script that keeps it up to date; a fragment stays as it is."""
    script = f'<script src="{tools}client.js" data-mark="{mark}"></script>'.encode()
    head, end, rest = page.rpartition(b"</body>")
    if end:
        return head + script + end + rest
    return page + script if page[:200].lstrip().lower().startswith((b"<!doctype", b"<html")) else page


def broken_page(problem: str, tools: str) -> bytes:
    """A page in the place of one that has never been made without a problem."""
    main = f"<pre>{escape(problem)}</pre>\n<p>This page comes back by itself when that is mended.</p>"
    return own_page("This page cannot be made", main, tools)


def own_page(title: str, main: str, tools: str) -> bytes:
    """A page of the preview itself; `main` is HTML."""
    return _PAGE.format(title=escape(title), tools=tools, main=main).encode()
