"""What programs are told."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from sitegen.check.formats import WRITERS
from sitegen.check.registry import RULES
from sitegen.cli import sitegen
from sitegen.errors import Problem, Span
from tests.support.sites import Site

_ODD = Problem("warning", "house-style", "50 % of\nthis, <b>", Span("content/a, b: c.md", 3, 7, 2), hint='say "no"')
_WHOLE = Problem("error", "leak", "all of it", Span(""))


def run(site: Site, *arguments: str) -> Result:
    options = ["--now", "2026-03-12T09:00:00Z", *arguments]
    return CliRunner().invoke(sitegen, ["check", "--site", str(site.folder), *options])


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path, "-- content/a.md --\n---\ntitle: A\ndate: 2026-03-01\n---\n[Gone](/gone/)\n")


def test_text_goes_to_people(site: Site) -> None:
    result = run(site)
    assert result.exit_code == 1
    assert "error: nothing answers at `/gone/`\n  --> content/a.md:5:8\n" in result.stderr
    assert "1 error and 1 warning in 1 file" in result.stderr
    assert result.stdout == "checked 1 file and 10 outputs\n"
    assert run(site, "-q").stdout == ""


def test_exit_status(site: Site) -> None:
    site.write("content/a.md", "---\ntitle: A\ndate: 2026-03-01\n---\nText.\n")
    assert run(site).exit_code == 0
    assert run(site, "--strict").exit_code == 1
    site.write("content/a.md", "---\ntitle: A\ndate: 2026-03-01\ndeck: B\n---\nText.\n")
    result = run(site, "--strict")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "checked 1 file and 10 outputs: nothing is wrong\n"


def test_a_rule_that_there_is_not(site: Site) -> None:
    site.write("sitegen.toml", site.read("sitegen.toml") + '\n[check.rules]\nbroken-lnk = "off"\n')
    result = run(site)
    assert result.exit_code == 1
    assert "no rule is called `broken-lnk`" in result.stderr
    assert "did you mean `broken-link`?" in result.stderr


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("sitegen.toml", "title = ", "bad-toml"),
        ("sitegen.toml", "titel = 'A'", "unknown-key"),
        ("sitegen.toml", "theme = 'nowhere'", "no-theme"),
        ("themes/plain/theme.toml", "api = 99", "bad-theme"),
        ("themes/plain/templates/story.html", "{% if %}", "template-syntax"),
        ("themes/plain/templates/story.html", "{{ nonsense }}", "undefined-name"),
    ],
)
def test_what_stops_a_build_is_told_in_every_format(site: Site, path: str, text: str, code: str) -> None:
    site.write(path, text)
    result = run(site, "--format", "json")
    found = json.loads(result.stdout)["problems"]
    assert result.exit_code == 1
    assert code in [problem["code"] for problem in found]
    assert "error: " in run(site).stderr


def test_json_is_as_in_the_report(site: Site) -> None:
    found = json.loads(run(site, "--format", "json").stdout)
    assert [(problem["code"], problem["line"]) for problem in found["problems"]] == [
        ("missing-deck", 2),
        ("broken-link", 5),
    ]


def test_github_annotates_lines(site: Site) -> None:
    lines = run(site, "--format", "github").stdout.splitlines()
    assert (
        lines[1] == "::error file=content/a.md,line=5,col=8,endColumn=14,title=broken-link::nothing answers at `/gone/`"
    )
    (odd,) = WRITERS["github"]([_ODD]).splitlines()
    assert odd.startswith(
        "::warning file=content/a%2C b%3A c.md,line=3,col=7,endColumn=9,title=house-style::50 %25 of%0A"
    )
    assert WRITERS["github"]([_WHOLE]) == "::error title=leak::all of it"


def test_sarif_names_rules_and_places() -> None:
    (run,) = json.loads(WRITERS["sarif"]([_ODD, _WHOLE]))["runs"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["house-style", "leak"]
    first, second = run["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("house-style", 0, "warning")
    (location,) = first["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "content/a%2C%20b%3A%20c.md"},
        "region": {"startLine": 3, "startColumn": 7, "endColumn": 9},
    }
    assert "locations" not in second


def test_junit_is_xml() -> None:
    root = ElementTree.fromstring(WRITERS["junit"]([_ODD, _WHOLE]).encode())
    (suite,) = root
    assert [case.get("name") for case in suite] == ["content/a, b: c.md", "site"]
    assert [failure.get("type") for failure in suite.iter("failure")] == ["house-style", "leak"]
    assert suite.get("failures") == "2"
    ElementTree.fromstring(WRITERS["junit"]([]).encode())


def test_every_rule_says_where_it_is_told_of() -> None:
    text = (Path(__file__).parents[2] / "docs/guide/checking.md").read_text(encoding="utf-8")
    for rule in RULES.values():
        assert rule.page == f"docs/guide/checking.md#{rule.code}"
        assert f"\n### {rule.code}\n" in text, rule.code
