"""A newspaper with everything in it that processes could disagree about: links, pictures, shortcodes, related stories,
lists, and files that several pages look at.
"""

from __future__ import annotations

from pathlib import Path

from tests.oracle.theme import PARENT
from tests.support.pictures import picture
from tests.support.sites import Site, blocks, story

__all__ = ["newspaper", "write_story"]

SECTIONS = ("culture", "sport", "world")
_CONFIG = 'theme = "plain"\npage_size = 5\n[[sections]]\nslug = "world"\ntitle = "World"\n[images]\navif_speed = 10\n'


def newspaper(folder: Path, stories: int) -> Site:
    """A site of so many stories in three sections."""
    site = Site(folder, theme="", config=_CONFIG)
    for path, text in blocks(PARENT).items():
        site.write(f"themes/plain/{path}", text)
    for number in range(4):
        site.write(f"content/world/photo-{number}.png", picture(number + 1, 1))
    site.write("content/pages/about.md", "---\ntitle: About\n---\nWho we are.\n")
    site.write("content/authors/jane-doe.md", "---\nname: Jane Doe\n---\nReports.\n")
    for number in range(stories):
        write_story(site, number)
    return site


def write_story(site: Site, number: int, more: str = "", **fields: str) -> None:
    """Write the story of this number; `more` is a last paragraph."""
    body = f"""
Story number {number} tells of [another one](story-{number // 2}.md). ![A photo](/world/photo-{number % 4}.png)

{{{{< card ref="story-{number // 3}" >}}}}

{{{{< box title="Box {number}" >}}}}
Inner *words*, and [a lost link](lost-{number}.md).
{{{{< /box >}}}}

{more}
"""
    written = {"tags": f"[tag-{number % 5}, tag-{number % 7}]", "authors": f"[author-{number % 3}]"}
    date = f"2026-0{number % 2 + 1}-{number % 28 + 1:02} {number % 24:02}:00"
    text = story(body=body, **{"title": f"Story {number}", "date": date, **written, **fields})
    site.write(f"content/{SECTIONS[number % 3]}/story-{number}.md", text)
