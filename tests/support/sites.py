"""A site is one string of `-- path --` blocks; tests edit it, build it, and assert output and the amount of work."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sitegen.build import BuildOptions, build
from sitegen.build.report import Report
from tests.support.pictures import picture

__all__ = ["NOW", "PLAIN_THEME", "Site", "blocks", "story"]

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
_PICTURE = picture(1, 1)
_FEW_ROUTES = "sitemaps = {enable = false}\nrobots = {enable = false}\ncards = {make = 'none'}\n"
_ONE_FEED = 'feeds = {formats = ["rss"], groups = []}\n'
"""What has tests of its own is left out, so that others may name every output."""
_MARK = re.compile(r"^-- (\S.*?) --$\n?", re.MULTILINE)

PLAIN_THEME = """
-- themes/plain/theme.toml --
name = "plain"
api = 1
-- themes/plain/templates/base.html --
<title>{{ page.title }}</title>{% block main %}{% endblock %}
-- themes/plain/templates/story.html --
{% extends "base.html" %}{% block main %}<h1>{{ article.title_html }}</h1>{{ article.body }}{% endblock %}
-- themes/plain/templates/page.html --
{% extends "story.html" %}
-- themes/plain/templates/withdrawn.html --
{% extends "base.html" %}{% block main %}Withdrawn: {{ article.withdrawn.text }}{% endblock %}
-- themes/plain/templates/list.html --
{% extends "base.html" %}{% block main %}{% for item in page.items %}<a href="{{ item.url }}">{{ item.title }}</a>
{% endfor %}{% endblock %}
-- themes/plain/templates/front.html --
{% for story in site.latest(5) %}<a href="{{ story.url }}">{{ story.title }}</a>
{% endfor %}
-- themes/plain/templates/section.html --
{% extends "list.html" %}
-- themes/plain/templates/tag.html --
{% extends "list.html" %}
-- themes/plain/templates/author.html --
{% extends "list.html" %}
-- themes/plain/templates/series.html --
{% extends "list.html" %}
-- themes/plain/templates/archive.html --
{% extends "list.html" %}
-- themes/plain/templates/tags.html --
{% for tag in site.tags %}<a href="{{ tag.url }}">{{ tag.title }}</a>{% endfor %}
-- themes/plain/templates/authors.html --
{% for author in site.authors %}<a href="{{ author.url }}">{{ author.title }}</a>{% endfor %}
-- themes/plain/templates/404.html --
Not found
-- themes/plain/templates/redirect.html --
<meta http-equiv="refresh" content="0;url={{ page.target }}">
"""


def blocks(text: str) -> dict[str, str]:
    """Path to content. What stands before the first mark must be blank."""
    before, *rest = _MARK.split(text)
    assert not before.strip(), before
    return dict(zip(rest[::2], rest[1::2], strict=True))


def story(title: str = "A", date: str = "2026-03-01", body: str = "Text.", **fields: str) -> str:
    """The text of a Markdown file; an empty `date` leaves it out."""
    written = {"title": title, **({"date": date} if date else {}), **fields}
    return "\n".join(["---", *(f"{key}: {value}" for key, value in written.items()), "---", body, ""])


class Site:
    """A site in a folder of its own, built as the command builds it: each build knows only what is on disk."""

    def __init__(self, folder: Path, text: str = "", *, theme: str = PLAIN_THEME, config: str = "") -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        if theme == PLAIN_THEME:
            config = f'theme = "plain"\n{_FEW_ROUTES}{"" if "[feeds]" in config else _ONE_FEED}{config}'
        self.edit(theme)
        self.write("sitegen.toml", f'title = "The Test"\nbase_url = "https://test.example/"\n{config}')
        self.edit(text)

    def edit(self, text: str) -> None:
        """Write every block to its file. One that is named like a picture becomes a picture, whatever it holds."""
        for path, content in blocks(text).items():
            self.write(path, _PICTURE if path.endswith((".jpg", ".png")) else content)

    def write(self, path: str, content: str | bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, path: str) -> str:
        """The text of a file of the site."""
        return (self.folder / path).read_text(encoding="utf-8")

    def delete(self, path: str) -> None:
        (self.folder / path).unlink()

    def build(self, **options: Any) -> Report:
        return build(self.folder, BuildOptions(**{"now": NOW, **options}))

    def command(self, *arguments: str, code: str = "from sitegen.cli import main; main()") -> tuple[int, str, str]:
        """Exit status, standard output and standard error of `python -m sitegen`, or of other code, in a process."""
        start = ["-m", "sitegen"] if code.startswith("from sitegen.cli") else ["-c", code]
        command = [sys.executable, *start, *arguments, "--site", str(self.folder)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env={"PATH": ""})
        assert "Traceback" not in done.stderr, done.stderr
        assert "has a bug" not in done.stderr, done.stderr
        return done.returncode, done.stdout, done.stderr

    def output(self, folder: str = "output") -> Mapping[str, bytes]:
        """Every file of the output folder by its path."""
        root = self.folder / folder
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}

    def page(self, url: str) -> str:
        """The text at a URL."""
        file = url.lstrip("/") + ("index.html" if url.endswith("/") else "")
        return (self.folder / "output" / file).read_text(encoding="utf-8")
