"""Each command as its user sees it: what it prints, what it leaves on disk, how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from sitegen.cli import sitegen
from tests.support.sites import Site

NOW = "2026-03-12T09:00:00Z"


def run(*arguments: str | Path) -> Result:
    result = CliRunner().invoke(sitegen, [str(argument) for argument in arguments])
    assert "has a bug" not in result.stderr
    return result


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def put(file: Path, text: str) -> None:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")


# init


def test_a_new_site_builds_without_a_complaint(tmp_path: Path) -> None:
    site = tmp_path / "gazette"
    assert run("init", site).stdout.startswith(f"made a site in {site}\n")
    result = run("build", "--site", site, "--strict", "--now", NOW)
    assert (result.exit_code, result.stderr) == (0, "")
    front = (site / "output" / "index.html").read_text(encoding="utf-8")
    assert "The lamp is lit again" in front
    assert "The missing buoy" not in front
    assert "*" not in (site / ".gitignore").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["file", "folder/something"])
def test_init_touches_nothing_that_is_there(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine", encoding="utf-8")
    result = run("init", tmp_path / Path(name).parts[0])
    assert result.exit_code == 1
    assert "is not an empty folder" in result.stderr
    assert files(tmp_path) == {name: b"mine"}


def test_init_takes_an_empty_folder(tmp_path: Path) -> None:
    assert run("init", ".", "--site", tmp_path).exit_code == 0
    assert (tmp_path / "sitegen.toml").is_file()


# new


@pytest.fixture
def site(tmp_path: Path) -> Path:
    config = 'timezone = "Asia/Tokyo"\n[[sections]]\nslug = "world"\n'
    story = "-- content/world/2026-03-01-old.md --\n---\ntitle: Old\ntags: [a]\n---\nText.\n"
    return Site(tmp_path / "site", story, config=config).folder


def test_new_makes_a_story_that_builds(site: Path) -> None:
    headline = 'Storm: "no, thanks" \N{EM DASH} #1 \\ c++'
    options = ["--section", "world", "--tag", "no", "--tag", "x, y", "--author", "jo", "--date", "2026-03-12 06:30"]
    result = run("new", headline, *options, "--site", site)
    path = site / "content" / "world" / "2026-03-12-storm-no-thanks-1-c-plus-plus.md"
    assert (result.exit_code, result.stdout) == (0, f"{path}\n")
    assert path.read_text(encoding="utf-8").splitlines()[:7] == [
        "---",
        'title: "Storm: \\"no, thanks\\" \N{EM DASH} #1 \\\\ c++"',
        'deck: ""',
        "date: 2026-03-12 06:30",
        'authors: ["jo"]',
        'tags: ["no", "x, y"]',
        "draft: false",
    ]
    assert run("build", "--strict", "--site", site, "--now", NOW).exit_code == 0
    page = site / "output" / "2026" / "03" / "12" / "storm-no-thanks-1-c-plus-plus" / "index.html"
    assert "no, thanks" in page.read_text(encoding="utf-8")


def test_new_never_overwrites(site: Path) -> None:
    before = files(site)
    result = run("new", "Old", "--date", "2026-03-01", "--section", "world", "--site", site)
    assert result.exit_code == 1
    assert "there is a story in content/world/2026-03-01-old.md already" in result.stderr
    assert files(site) == before


def test_new_fills_in_the_archetype_of_the_site(site: Path) -> None:
    put(site / "archetypes" / "default.md", "---\ntitle: $title\ndesk: $desk\n---\nM $350 $$\n")
    path = run("new", "Hay", "--date", "2026-03-02", "--site", site).stdout.strip()
    assert Path(path).read_text(encoding="utf-8") == '---\ntitle: "Hay"\ndesk: $desk\n---\nM $350 $\n'


def test_new_takes_the_day_from_the_clock_of_the_paper(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773327600")  # 2026-03-12 15:00 UTC, already the 13th in Tokyo
    path = run("new", "Late", "--site", site).stdout.strip()
    assert path.endswith("content/2026-03-13-late.md")
    assert "date: 2026-03-13 00:00\n" in Path(path).read_text(encoding="utf-8")


def test_new_keeps_names_short_and_in_every_script(site: Path) -> None:
    assert run("new", "潮見の朝", "--date", "2026-03-02", "--site", site).stdout.endswith("2026-03-02-潮見の朝.md\n")
    path = Path(run("new", "潮" * 200, "--date", "2026-03-02", "--site", site).stdout.strip())
    assert path.is_file()
    assert len(path.name.encode()) <= 255


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x", "--section", "wrold"], "did you mean `world`?"),
        (["x", "--section", "../.."], "there is no section"),
        (["x", "--date", "yesterday"], "is not a date"),
        (["  "], "it is empty"),
    ],
)
def test_new_refuses_what_it_cannot_use(site: Path, arguments: list[str], said: str) -> None:
    before = files(site)
    result = run("new", *arguments, "--site", site)
    assert result.exit_code == 2
    assert said in result.stderr
    assert files(site) == before


# build


def test_build_says_what_it_did(site: Path) -> None:
    put(site / "content" / "soon.md", "---\ntitle: Soon\ndate: 2026-03-13 15:00\n---\nx\n")
    first = run("build", "--site", site, "--now", NOW).stdout
    again = run("build", "--site", site, "--now", NOW).stdout
    held_back, done = first.splitlines()
    assert held_back == "not published: 1 scheduled"
    assert done.startswith("built ")
    assert done.endswith(" 0 removed; next change 2026-03-13 15:00")
    assert ": 0 rendered, " in again
    assert " kept, 0 written, 0 removed" in again
    assert run("build", "--site", site, "--now", NOW, "-q").stdout == ""
    assert "  written /" in run("build", "--site", site, "--now", NOW, "--clean", "--output", site / "o", "-v").stdout


def test_a_dry_run_writes_nothing_but_the_report(site: Path, tmp_path: Path) -> None:
    run("build", "--site", site, "--now", NOW)
    before = files(site / "output")
    put(site / "content" / "b.md", "---\ntitle: B\ndate: 2026-03-02\n---\nx\n")
    result = run("build", "--site", site, "--now", NOW, "--dry-run", "--report", tmp_path / "report.json")
    assert result.stdout.startswith("would build ")
    assert files(site / "output") == before
    assert "/2026/03/02/b/" in json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["written"]


def test_the_report_has_the_form_that_others_rely_on(site: Path, tmp_path: Path) -> None:
    put(site / "content" / "odd.md", "---\ntitle: Odd\ndate: nonsense\n---\nx\n")
    result = run("build", "--site", site, "--now", NOW, "--report", tmp_path / "report.json")
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert result.exit_code == 1
    assert list(report) == [
        "version", "now", "seconds", "articles", "outputs", "written", "removed", "next_due", "problems", "phases",
        "base_url", "preview",
    ]  # fmt: skip
    assert set(report["articles"]) == {"published", "drafts", "scheduled", "expired"}
    assert set(report["outputs"]) == {"total", "rendered", "kept", "written", "removed"}
    [problem] = report["problems"]
    assert set(problem) == {"severity", "code", "message", "hint", "path", "line", "column"}
    assert (problem["severity"], problem["code"], problem["path"], problem["line"]) == (
        "error",
        "bad-date",
        "content/odd.md",
        3,
    )


def test_an_error_is_shown_with_its_line_and_leaves_the_output_as_it_was(site: Path) -> None:
    run("build", "--site", site, "--now", NOW)
    before = files(site / "output")
    put(site / "content" / "world" / "b.md", "---\ndate: 2026-03-02\ntitle: B\ndrafft: true\n---\nx\n")
    result = run("build", "--site", site, "--now", NOW)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "  --> content/world/b.md:4:1\n   |\n 4 | drafft: true\n   | ^^^^^^" in result.stderr
    assert result.stderr.endswith("\n1 error in 1 file; the output folder was left as it was\n")
    assert files(site / "output") == before


def test_strict_makes_errors_of_warnings(site: Path) -> None:
    (site / "content" / "empty.md").write_bytes(b"")
    lenient = run("build", "--site", site, "--now", NOW)
    strict = run("build", "--site", site, "--now", NOW, "--strict")
    assert (lenient.exit_code, strict.exit_code) == (0, 1)
    assert lenient.stderr.startswith("warning: ")
    assert strict.stderr.startswith("error: ")


def test_the_options_of_build_reach_the_build(site: Path, tmp_path: Path) -> None:
    for name, field in (("draft", "draft: true"), ("future", "date: 2027-01-01"), ("expired", "expires: 2026-01-02")):
        text = f"---\ntitle: {name}\ndate: 2026-01-01\n{field}\n---\nx\n"
        text = text.replace("date: 2026-01-01\ndate:", "date:")
        put(site / "content" / f"{name}.md", text)
    options = ["--drafts", "--future", "--expired", "--base-url", "https://preview.example/p"]
    assert run("build", "--site", site, "--now", NOW, *options, "--output", tmp_path / "out").exit_code == 0
    written = files(tmp_path / "out")
    urls = "2026/01/01/draft", "2027/01/01/future", "2026/01/01/expired"
    assert {f"{url}/index.html" for url in urls} <= set(written)
    assert b"https://preview.example/p/" in written["feed.xml"]
    assert not (site / "output").exists()


@pytest.mark.parametrize("output", ["content", "content/deep", ".", "themes"])
def test_build_never_writes_among_the_sources(site: Path, output: str) -> None:
    before = files(site)
    assert run("build", "--site", site, "--now", NOW, "--output", site / output).exit_code == 1
    assert {path: data for path, data in files(site).items() if not path.startswith(".sitegen/")} == before


# why, schema


def test_why_tells_the_reason(site: Path) -> None:
    url = "/2026/03/01/old/"
    assert "it has not been built before" in run("why", url, "--site", site, "--now", NOW).stdout
    run("build", "--site", site, "--now", NOW)
    assert "it would be kept" in run("why", url, "--site", site, "--now", NOW).stdout
    put(site / "content" / "world" / "2026-03-01-old.md", "---\ntitle: New\nslug: old\n---\nx\n")
    result = run("why", url, "--reads", "--site", site, "--now", NOW)
    assert result.stdout.startswith(f"{url}: it would be rendered: ")
    assert any(line.startswith("* ") for line in result.stdout.splitlines())


def test_why_knows_no_such_url(site: Path) -> None:
    result = run("why", "/2026/03/01/odl/", "--site", site, "--now", NOW)
    assert result.exit_code == 1
    assert "did you mean `/2026/03/01/old/`?" in result.stderr


def test_schema_offers_the_names_of_the_site(site: Path) -> None:
    put(site / "content" / "authors" / "jane-doe.md", "---\nname: Jane Doe\n---\nReports.\n")
    put(
        site / "content" / "world" / "a.md", "---\ntitle: A\ntags: [Eels, eels, Eels, c++]\nseries: River\n---\nText.\n"
    )
    put(site / "content" / "world" / "b.md", "---\ntitle: B\ndraft: true\ntags: Eels\n---\nText.\n")
    schema = json.loads(run("schema", "--site", site).stdout)
    fields = schema["properties"]
    assert fields["section"]["anyOf"][0] == {"enum": ["world"]}
    assert fields["authors"]["anyOf"][0] == {"enum": ["jane-doe"]}
    assert fields["tags"]["anyOf"][0] == {"enum": ["a", "c++", "Eels"]}
    assert fields["series"]["anyOf"][2]["items"]["anyOf"][0] == {"enum": ["River"]}
    valid = Draft202012Validator(schema).is_valid
    assert valid({"tags": ["Eels", "something new"], "section": "world", "authors": "A guest"})
    assert not valid({"tags": {"Eels": 1}})


def test_schema_is_a_schema_that_our_front_matter_fits(site: Path) -> None:
    put(site / "sitegen.toml", 'front_matter = { extra = ["legacy"], rename = { pub = "date" } }')
    schema = json.loads(run("schema", "--site", site).stdout)
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert validator.is_valid({"title": "x", "tags": ["a"], "draft": True, "legacy": [1], "pub": "2026-03-12"})
    assert not validator.is_valid({"drafft": True})


def test_schema_of_fronts_knows_good_from_bad(site: Path) -> None:
    schema = json.loads(run("schema", "--front", "--site", site).stdout)
    Draft202012Validator.check_schema(schema)
    valid = Draft202012Validator(schema).is_valid
    assert schema["$defs"]["pick"]["anyOf"][1]["properties"]["section"]["anyOf"][0] == {"enum": ["world"]}
    for slot in ("storm", ["a", {"tag": "x", "limit": 2}], {"stories": ["a"], "limit": 0, "until": "2026-03-12"}, None):
        assert valid({"slots": {"lead": slot}})
    wrongs: list[dict[str, object]] = [
        {"sloots": {}},
        {"slots": {"lead": {"stroy": "a"}}},
        {"slots": ["a"]},
        {"slots": {"lead": [["a"]]}},
    ]
    for wrong in wrongs:
        assert not valid(wrong)


# list, clean


@pytest.fixture
def states(site: Path) -> Path:
    put(site / "content" / "d.md", "---\ntitle: D\ndate: 2026-01-01\ndraft: true\n---\nx\n")
    put(site / "content" / "s.md", "---\ntitle: S\ndate: 2026-03-13 15:00 +0100\n---\nx\n")
    put(site / "content" / "e.md", "---\ntitle: E\ndate: 2026-01-01\nexpires: 2026-01-02\n---\nx\n")
    return site


def test_list_shows_every_state_soonest_change_first(states: Path) -> None:
    assert run("list", "--site", states, "--now", NOW).stdout.splitlines() == [
        "scheduled  2026-03-13 15:00+01:00  content/s.md                     S",
        "draft      -                       content/d.md                     D",
        "expired    -                       content/e.md                     E",
        "published  -                       content/world/2026-03-01-old.md  Old",
    ]
    assert not (states / "output").exists()


@pytest.mark.parametrize(
    ("state", "paths"),
    [("drafts", ["d"]), ("scheduled", ["s"]), ("expired", ["e"]), ("published", ["world/2026-03-01-old"])],
)
def test_list_shows_one_state(states: Path, state: str, paths: list[str]) -> None:
    rows = json.loads(run("list", state, "--format", "json", "--site", states, "--now", NOW).stdout)
    assert [row["path"] for row in rows] == [f"content/{path}.md" for path in paths]
    assert all(set(row) == {"state", "changes", "path", "title", "url"} for row in rows)


def test_list_aligns_wide_characters(states: Path) -> None:
    put(states / "content" / "潮見.md", "---\ntitle: T\ndate: 2026-01-01\n---\nx\n")
    lines = run("list", "published", "--site", states, "--now", NOW).stdout.splitlines()
    assert lines[-1] == "published  -  content/潮見.md                  T"
    assert lines[0] == "published  -  content/world/2026-03-01-old.md  Old"


def test_list_in_json_is_for_programs(states: Path) -> None:
    [row] = json.loads(run("list", "scheduled", "--format", "json", "--site", states, "--now", NOW).stdout)
    assert row["changes"] == "2026-03-13T15:00:00+01:00"
    assert json.loads(run("list", "expired", "--format", "json", "--site", states, "--now", "2026-01-01").stdout) == []
    assert run("list", "expired", "--site", states, "--now", "2026-01-01").stdout == ""


def test_list_shows_what_is_wrong_with_files(states: Path) -> None:
    put(states / "content" / "x.md", "---\ndate: nonsense\n---\nx\n")
    result = run("list", "--site", states, "--now", NOW)
    assert result.exit_code == 1
    assert "--> content/x.md:2:7" in result.stderr
    assert "content/s.md" in result.stdout


def test_clean_removes_what_builds_wrote_and_nothing_else(site: Path) -> None:
    put(site / "output" / "CNAME", "gazette.example")
    before = files(site)
    run("build", "--site", site, "--now", NOW)
    run("build", "--site", site, "--now", NOW, "--output", site / "second")
    assert run("clean", "--site", site).stdout.count("removed ") == 2
    assert files(site) == before
    assert not (site / "second" / "2026").exists()
    assert run("clean", "--site", site).stdout == "there was nothing to remove\n"
