"""A small paper in which everything that is written for programs is switched on."""

from __future__ import annotations

from pathlib import Path

from tests.oracle.model import sound
from tests.support.pictures import FAST
from tests.support.sites import Site, story

__all__ = ["HOST", "paper"]

HOST = "https://test.example"
_CONFIG = f"""
tagline = "Dry feet, clear heads."
page_size = 2

[[sections]]
slug = "world"
title = "World"

[[sections]]
slug = "culture"
title = "Culture"

[publisher]
name = "Test Press"
logo = "logo.png"
ethics = "/about/"

[menus]
footer = [{{title = "About", url = "/about/"}}]

[search]
enable = true

[feeds]
hub = "https://hub.example/"
podcast = {{enable = true}}

[[feeds.partner]]
name = "radio"
window = "7d"

[notify]
key = "key-of-test"

[hosting]
files = ["netlify", "nginx", "caddy"]
humans = "We."
ads = ["ads.example, 1, DIRECT"]
llms = true
security_txt = {{contact = "mailto:a@test.example", expires = "2031-01-01T00:00:00Z"}}

[images]
{FAST}
"""
_EELS = "The eels swam past the lighthouse and the eel counters counted them at the weir."


def paper(folder: Path) -> Site:
    """Stories in two sections over three months, with pictures, recordings, series, corrections and translations."""
    site = Site(folder, theme="", config=_CONFIG)
    site.edit("-- content/world/eels.png --\nx\n-- content/logo.png --\nx\n-- content/culture/ship.jpg --\nx")
    site.write("content/world/talk.wav", sound(3))
    site.write("content/world/said.txt", "Hello.")
    site.write("content/pages/about.md", "---\ntitle: About\n---\nWho we are.\n")
    site.write("content/authors/jane-doe.md", "---\nname: Jane Doe\nimage: /world/eels.png\n---\nReports.\n")
    audio = "{src: talk.wav, transcript: said.txt}"
    fields = {"tags": "[eels, weir]", "authors": "[jane-doe]", "series": "[River year]", "image": "eels.png"}
    site.write("content/world/secret.md", story("Secret eels", "2026-03-10 10:00", _EELS, audio=audio, **fields))
    site.write("content/world/weir.md", story("The weir", "2026-03-09", _EELS, aliases="[/old-weir/]", **fields))
    said = '[{date: 2026-03-02, text: "It was an eel."}]'
    site.write("content/world/count.md", story("Counting", "2026-02-01", _EELS, corrections=said, **fields))
    image = "{src: ship.jpg, alt: A ship, credit: Jo Doe}"
    site.write("content/culture/play.md", story("A play", "2026-03-11", "On stage.", image=image, type="review"))
    site.write("content/culture/old.md", story("An old play", "2026-01-05", "On stage.", tags="[stage]"))
    entries = (
        "It rains.[^1]\n\n## 09:10 Eels & ]]> more {key}\n\n![A ship](ship.jpg)\n\n## 09:30\n\nDry.\n\n[^1]: Much."
    )
    site.write("content/culture/flood.md", story("A flood", "2026-01-07 09:00", entries, type="live"))
    site.write("content/culture/undated.md", story("A fragment", "", "No day.", noindex="true"))
    return site
