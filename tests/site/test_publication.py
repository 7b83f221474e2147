"""Who may see an article and when: to the second, in every place, and nowhere else."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.sites import NOW, PLAIN_THEME, Site, story

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("zone", "written", "instant"),
    [
        ("UTC", "2026-03-12 06:00", "2026-03-12T06:00Z"),
        ("UTC", "2026-03-12", "2026-03-12T00:00Z"),
        ("America/Los_Angeles", "2026-03-12", "2026-03-12T07:00Z"),  # west of Greenwich the day begins later
        ("America/Los_Angeles", "2026-03-12 23:30", "2026-03-13T06:30Z"),
        ("Pacific/Kiritimati", "2026-03-12", "2026-03-11T10:00Z"),
        ("Europe/Copenhagen", "2026-03-29 02:30", "2026-03-29T01:30Z"),  # an hour that does not exist
        ("America/New_York", "2026-03-08 02:30", "2026-03-08T07:30Z"),
        ("Europe/Copenhagen", "2026-10-25 02:30", "2026-10-25T00:30Z"),  # an hour that comes twice: the first
        ("Asia/Tokyo", "2026-03-12 06:00 -0400", "2026-03-12T10:00Z"),
    ],
)
def test_a_story_appears_and_disappears_in_its_second(tmp_path: Path, zone: str, written: str, instant: str) -> None:
    site = Site(tmp_path, config=f'timezone = "{zone}"\n')
    site.write("content/appears.md", story("Appears", written))
    site.write("content/goes.md", story("Goes", "2026-01-01", expires=f'"{written}"'))
    moment, seen, due = datetime.fromisoformat(instant), [], []
    for now in (moment - SECOND, moment, moment + SECOND):
        report = site.build(now=now)
        front = site.page("/")
        seen.append(("Appears" in front, "Goes" in front))
        due.append(report.next_due)
    assert seen == [(False, True), (True, False), (True, False)]
    assert due == [moment, None, None]


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Tokyo", "Pacific/Kiritimati"])
@pytest.mark.parametrize("time", ["", " 00:10", " 23:50"])
def test_the_day_in_the_url_is_the_day_as_written(tmp_path: Path, zone: str, time: str) -> None:
    site = Site(tmp_path, config=f'timezone = "{zone}"\n')
    site.write("content/a.md", story("A", f"2026-02-28{time}"))
    assert "/2026/02/28/a/" in site.build().rendered


def test_a_preview_shows_what_it_was_asked_for_and_no_more(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("content/draft.md", story("Draft", draft="true"))
    site.write("content/scheduled.md", story("Scheduled", "2026-04-01"))
    site.write("content/expired.md", story("Expired", expires="2026-03-05"))
    site.write("content/secret.md", story("Secret", "2026-04-01", draft="true"))
    names = {"Draft", "Scheduled", "Expired", "Secret"}

    def shown(**options: bool) -> set[str]:
        site.build(**options)
        return {name for name in names if name in site.page("/")}

    assert shown(drafts=True) == {"Draft", "Secret"}
    assert shown(future=True) == {"Scheduled"}
    assert shown(expired=True) == {"Expired"}
    assert shown() == set()


PUBLIC = """
-- content/world/open.md --
---
title: Open
date: 2026-03-01
tags: [shared]
authors: [Jane Doe]
series: [Shared series]
related: [quiet]
---
See [the quiet one](quiet.md), ![its picture](bundle/zqx.png) and [its page](/2026/03/02/quiet/).
-- content/world/older.md --
---
title: Older
date: 2026-02-01
tags: [shared]
authors: [Jane Doe]
series: [Shared series]
---
Text.
"""

QUIET = """
-- content/world/quiet.md --
---
title: Zqx one
date: {date}
{field}
tags: [shared, zqx]
authors: [Jane Doe, Zqx Author]
series: [Shared series, Zqx series]
aliases: [/zqx-old/]
image: zqx-lead.png
type: opinion
---
Zqx text, [open](open.md).
-- content/zqx-section/bundle/index.md --
---
title: Zqx two
date: {date}
{field}
pinned: true
---
Zqx.
-- content/zqx-section/bundle/zqx.png --
zqx
-- content/zqx-section/bundle/deep/zqx.txt --
zqx
-- content/pages/zqx.md --
---
title: Zqx page
date: {date}
{field}
---
Zqx.
-- content/authors/zqx-author.md --
---
name: Zqx profile
date: {date}
{field}
---
Zqx.
-- content/tags/shared.md --
---
name: Zqx tag
date: {date}
{field}
---
Zqx.
"""
STATES = {
    "draft": ("2026-03-02", "draft: true"),
    "scheduled": ("2026-03-12 09:00:01", "kicker: Zqx"),
    "expired": ("2026-03-02", "expires: 2026-03-12 09:00"),
    "embargoed by another archive's key": ("2026-03-02", "published: false"),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("theme", ["plain", "broadsheet"])
def test_no_byte_tells_that_there_is_something_unpublished(tmp_path: Path, theme: str, state: str) -> None:
    date, field = STATES[state]
    files = PLAIN_THEME if theme == "plain" else ""
    config = "page_size = 1\nfront_matter = { extra = ['published'] }\n"
    alone = Site(tmp_path / "alone", PUBLIC, theme=files, config=config)
    both = Site(tmp_path / "both", PUBLIC + QUIET.format(date=date, field=field), theme=files, config=config)
    assert alone.build().published
    assert both.build().published
    assert both.output() == alone.output()
    assert both.build(now=NOW, drafts=True, future=True, expired=True).published
    assert any("zqx" in path for path in both.output())


@pytest.mark.parametrize("mistake", ["title: [", "title: x\nexpires: soon", "title: x\ndrafft: true"])
def test_what_cannot_be_read_may_be_secret_and_so_are_the_files_beside_it(tmp_path: Path, mistake: str) -> None:
    site = Site(tmp_path, "-- content/secret/pic.png --\nx\n-- content/open/pic.png --\nx\n")
    site.write("content/secret/index.md", f"---\n{mistake}\n---\nText.\n")
    site.write("content/open/index.md", story("Open"))
    report = site.build()
    assert report.problems
    assert {path for path in site.output() if path.endswith(".png")} <= {"2026/03/01/open/pic.png"}


def test_a_retracted_story_leaves_nothing_behind(tmp_path: Path) -> None:
    site = Site(tmp_path, PUBLIC)
    site.build()
    before = site.output()
    site.edit(QUIET.format(date="2026-03-02", field="kicker: Shown"))
    site.build()
    assert b"Zqx one" in site.output()["index.html"]
    site.edit(QUIET.format(date="2026-03-02", field="draft: true"))
    report = site.build()
    assert {"/2026/03/02/quiet/", "/2026/03/02/bundle/", "/2026/03/02/bundle/zqx.png", "/zqx/"} <= set(report.removed)
    assert site.output() == before


def test_the_report_counts_every_state_once(tmp_path: Path) -> None:
    site = Site(tmp_path, QUIET.format(date="2026-03-02", field="draft: true"))
    site.write("content/future-and-expired.md", story("A", "2027-01-01", expires="2026-01-01"))
    site.write("content/future-draft.md", story("A", "2027-01-01", draft="true"))
    report = site.build()
    assert report.articles == {"published": 0, "drafts": 4, "scheduled": 0, "expired": 1}
    assert report.next_due is None
