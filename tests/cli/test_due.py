"""What a scheduler is told, to the second."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import sitegen
from tests.support.sites import NOW, Site, story

SECOND = timedelta(seconds=1)


def due(site: Site, now: datetime, *options: str) -> Result:
    arguments = ["due", "--exit-code", "--site", str(site.folder), "--now", now.isoformat(), *options]
    return CliRunner().invoke(sitegen, arguments)


@pytest.mark.parametrize(
    ("zone", "written", "instant"),
    [
        ("UTC", "2026-03-13 06:00", "2026-03-13T06:00Z"),
        ("America/Los_Angeles", "2026-03-13", "2026-03-13T07:00Z"),  # west of Greenwich, after its clocks went forward
        ("Europe/Copenhagen", "2026-03-29 02:30", "2026-03-29T01:30Z"),  # an hour that does not exist
        ("Europe/Copenhagen", "2026-10-25 02:30", "2026-10-25T00:30Z"),  # an hour that comes twice: the first
        ("Pacific/Kiritimati", "2026-03-14", "2026-03-13T10:00Z"),
    ],
)
@pytest.mark.parametrize("field", ["date", "expires"])
def test_a_change_is_due_in_its_second(tmp_path: Path, field: str, zone: str, written: str, instant: str) -> None:
    site = Site(tmp_path, config=f'timezone = "{zone}"\n')
    fields = {"date": f'"{written}"'} if field == "date" else {"expires": f'"{written}"'}
    site.write("content/a.md", story(**fields))
    assert site.build().next_due == datetime.fromisoformat(instant)
    moment = datetime.fromisoformat(instant)
    told = [due(site, moment + second * SECOND) for second in (-1, 0, 1)]
    assert [result.exit_code for result in told] == [0, 3, 3]
    before, after = {"date": ("scheduled", "published"), "expires": ("published", "expired")}[field]
    assert told[0].stdout.startswith("next change ")
    assert f"{after}, not {before}: content/a.md" in told[1].stdout
    assert told[1].stdout.endswith("nothing else changes by itself\n")
    site.build(now=moment)
    assert due(site, moment).exit_code == 0
    assert due(site, moment).stdout == "nothing changes by itself\n"


def test_without_a_build_everything_is_due(tmp_path: Path) -> None:
    site = Site(tmp_path, f"-- content/a.md --\n{story()}")
    assert due(site, NOW).exit_code == 3
    assert "no build without errors" in due(site, NOW).stdout
    site.build()
    assert due(site, NOW).exit_code == 0
    assert due(site, NOW - timedelta(days=1)).exit_code == 0
    site.write("content/b.md", "---\ndrafft: true\n---\n")
    assert site.build().errors
    site.delete("content/b.md")
    assert due(site, NOW).exit_code == 0  # what stands in the output folder is of the build before


def test_without_the_option_the_status_is_0(tmp_path: Path) -> None:
    site = Site(tmp_path, f"-- content/a.md --\n{story()}")
    result = CliRunner().invoke(sitegen, ["due", "--site", str(site.folder), "-q"])
    assert (result.exit_code, result.stdout) == (0, "")


def test_programs_are_told_what_has_changed(tmp_path: Path) -> None:
    site = Site(tmp_path, f"-- content/a.md --\n{story('A', '2026-03-12 10:00', expires='2026-03-14')}")
    site.write("content/b.md", story("B", "2026-03-12 11:00"))
    site.build()
    found = json.loads(due(site, NOW + timedelta(hours=2), "--format", "json").stdout)
    assert found["due"] is True
    assert (found["built"], found["next"]) == ("2026-03-12T09:00:00+00:00", "2026-03-14T00:00:00+00:00")
    assert [(row["at"], row["was"], row["now"], row["path"]) for row in found["changed"]] == [
        ("2026-03-12T10:00:00+00:00", "scheduled", "published", "content/a.md"),
        ("2026-03-12T11:00:00+00:00", "scheduled", "published", "content/b.md"),
    ]
