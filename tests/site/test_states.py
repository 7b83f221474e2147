"""States and consumers: whatever a story says of itself, nothing of it is in any output unless readers may see it."""

from __future__ import annotations

import re
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.check.desk import CheckOptions, check
from sitegen.newsletter import Asked, letter
from sitegen.site.publication import Allow, is_public, state
from tests.oracle.theme import PARENT
from tests.support.pictures import FAST
from tests.support.reading import article
from tests.support.sites import NOW, Site, blocks

_CONFIG = f"""
theme = "plain"
[[sections]]
slug = "world"
[search]
enable = true
[audio]
command = ["speak", "{{output}}"]
[images]
widths = [2]
{FAST}
"""
_SHOWN = """
-- content/world/open.md --
---
title: An open story
date: 2026-03-01
deck: For all.
tags: [shared]
authors: [Jane Doe]
series: Shared series
related: [zqxslug-of-the-secret]
---
Text.

{{< card ref="zqxslug-of-the-secret" >}}
-- templates/newsletter/weekly.html --
{% for story in letter.stories %}{{ story.title }} {{ story.summary }} {{ story.feed_body }}{% endfor %}
-- templates/newsletter/weekly.txt --
{{ letter.lead.title }}
"""
_FIELDS = {
    "title": "Zqxtitle of the secret",
    "id": "zqxid-of-the-secret",
    "slug": "zqxslug-of-the-secret",
    "deck": "Zqxdeck of the secret.",
    "kicker": "Zqxkicker",
    "summary": "Zqxsummary",
    "tags": "[shared, zqxtag]",
    "authors": "[Jane Doe, Zqx Author]",
    "series": "[Shared series, Zqx series]",
    "section": "world",
    "aliases": "[/zqxalias/]",
    "image": "{src: zqxpicture.png, alt: zqxalt, caption: zqxcaption}",
    "audio": "zqxrecording.mp3",
    "corrections": "[{date: 2026-03-02, text: zqxcorrection}]",
    "priority": "1",
    "pinned": "true",
    "params": "{x: zqxparam}",
}
_TITLE = "Zqxtitle of the secret"
_DIGEST = re.compile(rb"sha\d{3}-[\w+/]+=*")

moments = st.integers(-3, 3).map(lambda days: NOW + timedelta(days=days))
states = st.fixed_dictionaries(
    {"date": moments},
    optional={
        "expires": moments,
        "draft": st.booleans(),
        "withdrawn": st.sampled_from(["true", "{text: Taken back.}", "{date: 2026-03-11, text: Taken back.}", "false"]),
    },
)


def story(fields: dict[str, object]) -> str:
    lines = [f"{key}: {value}" for key, value in {**_FIELDS, **fields}.items()]
    body = "Zqxbody of the secret. ![zqx](zqxpicture.png) [zqx](zqxfile.txt)"
    return "\n".join(["---", *lines, "---", body, ""])


def newspaper(folder: Path) -> Site:
    """A site whose small theme looks at stories in every way, with feeds, sitemaps, search and structured data."""
    site = Site(folder, _SHOWN, theme="", config=_CONFIG)
    for path, text in blocks(PARENT).items():
        site.write(
            f"themes/plain/{path}", text.replace("{% block main %}", "{{ structured_data(page) }}{% block main %}", 1)
        )
    return site


def holders(site: Site, word: bytes = b"zqx") -> list[str]:
    """Outputs that hold a word, in their names or their bytes; in digests any word may come by chance."""
    said = {path: _DIGEST.sub(b"", data) for path, data in site.output().items()}
    return [path for path, data in said.items() if word in path.lower().encode() + data.lower()]


@given(fields=states, seconds=st.sampled_from([-1, 0, 1]), bundle=st.booleans(), boundary=st.booleans())
@settings(max_examples=15)
def test_nothing_unpublished_is_ever_visible(
    fields: dict[str, object], seconds: int, bundle: bool, boundary: bool
) -> None:
    more = {} if bundle else {"audio": ""}  # it has none of its own, but one that was made
    text = story({**fields, **more, "draft": str(fields.get("draft", False)).lower()})
    now = fields.get("expires" if boundary else "date", NOW)
    assert isinstance(now, type(NOW))
    now += timedelta(seconds=seconds)
    read = article(text)
    with tempfile.TemporaryDirectory() as folder:
        site = newspaper(Path(folder) / "site")
        home = "content/world/zqxsecret" if bundle else "content/world"
        site.write(f"{home}/index.md" if bundle else f"{home}/zqxsecret.md", text)
        if bundle:
            site.edit(
                f"-- {home}/zqxpicture.png --\n-- {home}/zqxfile.txt --\nzqx\n-- {home}/zqxrecording.mp3 --\nzqx\n"
            )
        else:
            site.write(f"content/audio/world/zqxsecret.{'0' * 16}.mp3", "zqx")
        for _ in range(2):  # a clean build, and one that goes on from it
            report = site.build(now=now)
            assert report.published
            public, held = is_public(read, now, Allow()), holders(site)
            if state(read, now) == "published":
                assert len(held) > 10
            elif public:  # the notice, its alias, and the file that has hosts say so: its title and address, no more
                assert {path.rpartition("/")[0].rpartition("/")[2] for path in held} <= {
                    _FIELDS["slug"],
                    "zqxalias",
                    "",
                }
                notice = site.page(read.url).lower().replace(_TITLE.lower(), "").replace(_FIELDS["slug"], "")
                assert "zqx" not in notice
            else:
                assert held == []
            site.write("content/world/open.md", site.read("content/world/open.md") + "\nMore.\n")
        sent = letter(site.folder, Asked("30d", "weekly", now=now))
        assert ("zqx" in (sent.html + sent.text).lower()) is (state(read, now) == "published")
        leaks = [problem for problem in check(site.folder, CheckOptions(now)).problems if problem.code == "leak"]
        assert leaks == []
