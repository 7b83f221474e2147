"""`sitegen build --profile` names what was made slow on purpose, in one process and in several."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sitegen.build import press
from sitegen.cli import sitegen
from sitegen.session import bodies, pictures, reading
from tests.support.newspaper import newspaper
from tests.support.sites import NOW, Site, story

STORIES, TAGS = 24, 40
THEME = """
-- themes/plain/templates/partials/heavy.html --
{% for one in range(3000) %}{% for other in range(1500) %}{% endfor %}{% endfor %}
-- themes/plain/templates/front.html --
{% include "partials/heavy.html" %}{% for story in site.latest(5) %}{{ story.title }}{% endfor %}
-- themes/plain/templates/story.html --
{% extends "base.html" %}
{% block main %}{{ super() }}{{ article.body }}
{% for other in article.related(3) %}{{ other.title }}{% endfor %}{% endblock %}
"""


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A slow partial on the front page, a story that is very long, tags that make ranking what is related slow."""
    for module in (bodies, pictures, press, reading):
        monkeypatch.setattr(module, "_WORTH", 2)
    site = Site(tmp_path / "site")
    site.edit(THEME)
    tags = str([f"t{number}" for number in range(TAGS)])
    for number in range(STORIES):
        site.write(f"content/story-{number}.md", story(f"Story {number}", tags=tags))
    site.write("content/long.md", story("Long", body="A *long* paragraph with [a link](story-1.md).\n\n" * 2000))
    return site


def build(site: Site, *arguments: str) -> tuple[str, dict[str, Any]]:
    """What the command prints, and its report."""
    file = site.folder / "report.json"
    command = ["build", "--site", str(site.folder), "--now", NOW.isoformat(), "--report", str(file), *arguments]
    result = CliRunner().invoke(sitegen, command)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout, json.loads(file.read_text(encoding="utf-8"))


def first_rows(shown: str) -> dict[str, str]:
    """The last cell of the first row of each table, by the table's first word."""
    tables = re.findall(r"^(\w+): wall time.*\n  .*\n  (.*)$", shown, re.MULTILINE)
    return {name: row.split()[-1] for name, row in tables}


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_it_names_what_is_slow(site: Site, jobs: str) -> None:
    shown, report = build(site, "--profile", "--jobs", jobs)
    found = first_rows(shown)
    assert found.keys() == {"phases", "templates", "questions", "bodies", "pages"}
    assert found["phases"] == max(report["phases"], key=report["phases"].get)
    assert (found["templates"], found["bodies"]) == ("partials/heavy.html", "content/long.md")
    profile = report["profile"]
    assert profile["templates"][0]["name"] == "partials/heavy.html"
    assert profile["templates"][0]["calls"] == 1
    assert {row["name"]: row["calls"] for row in profile["templates"]}["story.html"] == STORIES + 1
    questions = {row["kind"]: row for row in profile["questions"]}
    related, similar = questions["related"], questions["similar"]
    assert (related["asked"], related["computed"]) == (STORIES + 1, STORIES + 1)
    assert similar["asked"] == STORIES + 1
    assert questions["body"]["computed"] == STORIES + 1
    assert profile["bodies"][0]["path"] == "content/long.md"
    pages = {row["url"]: row["seconds"] for row in profile["pages"]}
    assert pages["/"] >= profile["templates"][0]["seconds"], "a page takes at least as long as what it includes"


def test_what_is_shown_is_aligned_and_slowest_first(site: Site) -> None:
    shown, _ = build(site, "--profile", "--jobs", "2")
    *tables, last = shown.splitlines()
    assert last.startswith("built ")
    for table in re.split(r"^\w.*\n", "\n".join([*tables, ""]), flags=re.MULTILINE)[1:]:
        names, *rows = table.splitlines()
        assert 1 <= len(rows) <= 10
        width = names.rindex("  ") + 2
        assert all(row[width - 1] == " " != row[width] for row in rows)
        column = names.split().index("seconds" if "seconds" in names else "ms")
        figures = [float(row.split()[column]) for row in rows]
        assert figures == sorted(figures, reverse=True)


def test_nothing_to_do_has_phases_only(site: Site) -> None:
    build(site, "--profile")
    shown, report = build(site, "--profile")
    assert "rendered" in shown
    assert first_rows(shown).keys() <= {"phases", "questions"}
    assert report["profile"]["templates"] == report["profile"]["pages"] == report["profile"]["bodies"] == []


def test_without_it_nothing_is_told(site: Site) -> None:
    shown, report = build(site)
    assert "wall time" not in shown
    assert "profile" not in report
    assert build(site, "--clean", "--profile", "-q")[0] == ""


@pytest.mark.parametrize("jobs", [1, 2])
def test_looking_on_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    for module in (bodies, pictures, press, reading):
        monkeypatch.setattr(module, "_WORTH", 2)
    plain, timed = newspaper(tmp_path / "plain", 12), newspaper(tmp_path / "timed", 12)
    assert plain.build().problems == timed.build(profile=True, jobs=jobs).problems
    assert plain.output() == timed.output()
    assert timed.build(clean=True).written == []


def test_a_fault_in_a_template_has_its_place(site: Site) -> None:
    site.write("themes/plain/templates/partials/heavy.html", "\n{{ site.titel }}\n")
    [problem] = site.build(profile=True).problems
    assert (problem.span.path, problem.span.line) == ("themes/plain/templates/partials/heavy.html", 2)
    site.write("themes/plain/templates/partials/heavy.html", '{% include "partials/heavy.html" %}')
    [problem] = site.build(profile=True).problems
    assert problem.code == "endless-include"
