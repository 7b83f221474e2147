"""Nothing of a story that is not public may be in any output: what is planted is found, and nothing else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from sitegen.check.desk import CheckOptions, check
from sitegen.check.needles import simple
from sitegen.errors import Problem
from tests.support.sites import NOW, Site

_PHRASE = "the minister will leave her office on Friday, and nobody in her party knows"
_SECRET = f"""
-- content/world/minister-resigns-tomorrow/index.md --
---
title: The minister resigns tomorrow at noon
date: 2026-03-13 06:00
id: embargo-4711-x
deck: She told four people, and one of them told her cousin in the valley.
image: {{src: farewell-photograph.png, alt: A, caption: B, credit: C}}
---
In a letter that this paper has seen, {_PHRASE}; it *was written* "in haste" on the night train to the coast.
-- content/world/minister-resigns-tomorrow/farewell-photograph.png --
"""
_PUBLIC = """
-- content/world/2026-03-10-public.md --
---
title: A public story
deck: A deck.
---
Text.
"""
_URL = "/2026/03/13/minister-resigns-tomorrow/"


def leaks(site: Site) -> list[Problem]:
    found = check(site.folder, CheckOptions(NOW)).problems
    return [problem for problem in found if problem.code == "leak"]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path, _SECRET + _PUBLIC)


def test_an_embargo_that_holds(site: Site) -> None:
    assert check(site.folder, CheckOptions(NOW)).problems == ()
    assert site.build(strict=True).problems == ()


PLANTED = {
    "title": "It is said that <em>The Minister</em> resigns\ntomorrow at noon!",
    "title in an attribute": '<a title="the minister resigns tomorrow at noon" href="/">x</a>',
    "title with entities": "The&nbsp;minister resigns tomorrow at noon",
    "URL": f'<a href="https://test.example{_URL}">x</a>',
    "URL from the root": f"<a href='{_URL}'>x</a>",
    "slug": '<div data-next="minister-resigns-tomorrow">x</div>',
    "id": "<i>tag:embargo-4711-x</i>",
    "file": '<div data-src="/other/farewell-photograph.0123-480.avif">x</div>',
    "text": f"<p>{_PHRASE.replace('office', '<b>office</b>')}</p>",
    "text of the deck": "<p>she told four people, and one of them told her cousin in the valley.</p>",
    "text in data": '<script type="text/json">{"x": "it was written \\"in haste\\" on the night train"}</script>',
}


@pytest.mark.parametrize("what", PLANTED)
def test_through_the_theme(site: Site, what: str) -> None:
    front = site.read("themes/plain/templates/front.html")
    site.write("themes/plain/templates/front.html", f"{front}\n{PLANTED[what]}")
    found = leaks(site)
    assert [problem.severity for problem in found] == ["error"] * len(found)
    kinds = {problem.message.split(" gives away the ")[1].partition(" of ")[0] for problem in found}
    assert what.partition(" ")[0] in kinds
    assert all(problem.message.startswith("`/` gives away") for problem in found)
    assert all("minister-resigns-tomorrow/index.md`, which is scheduled" in problem.message for problem in found)
    if "\n" not in PLANTED[what] and "<" not in PLANTED[what][1:-1].partition(">")[2][:-4]:
        assert {(problem.span.path, problem.span.line) for problem in found} == {
            ("themes/plain/templates/front.html", 4)
        }


@pytest.mark.parametrize(
    "planted", ["The minister resigns tomorrow at noon", f"https://test.example{_URL}", "embargo-4711-x"]
)
def test_through_parameters(site: Site, planted: str) -> None:
    site.write("sitegen.toml", f"{site.read('sitegen.toml')}[params]\nnext = '{planted}'\n")
    base = site.read("themes/plain/templates/base.html")
    site.write("themes/plain/templates/base.html", f"{base}{{{{ site.params.next }}}}")
    (found,) = leaks(site)
    assert " more give away the " in found.message
    assert site.build(strict=True).errors == 1


def test_through_content_and_front_matter(site: Site) -> None:
    site.edit("""
-- content/world/2026-03-11-careless.md --
---
title: Careless
deck: A deck.
params: {next: embargo-4711-x}
---
As we write tomorrow: *the minister resigns tomorrow* at noon.
""")
    story = site.read("themes/plain/templates/story.html")
    site.write(
        "themes/plain/templates/story.html",
        story.replace("{{ article.body }}", "{{ article.body }}{{ article.params.next }}"),
    )
    places = {(problem.span.path, problem.span.line) for problem in leaks(site)}
    assert places == {("content/world/2026-03-11-careless.md", 4), ("content/world/2026-03-11-careless.md", 6)}


def test_a_short_title_is_one_only_as_it_is_written(tmp_path: Path) -> None:
    site = Site(tmp_path, f"-- content/a.md --\n---\ntitle: The state of play\ndraft: true\n---\nText.\n{_PUBLIC}")
    front = site.read("themes/plain/templates/front.html")
    site.write("themes/plain/templates/front.html", f"{front}That is the state of play in Ghent.")
    assert leaks(site) == []
    site.write("themes/plain/templates/front.html", f"{front}<h2>The state of play</h2>")
    (found,) = leaks(site)
    assert found.message == "`/` gives away the title of `content/a.md`, which is a draft"


def test_what_everybody_knows_gives_nothing_away(site: Site) -> None:
    site.edit(f"""
-- content/world/2026-03-11-namesake.md --
---
title: The minister resigns tomorrow at noon
deck: A deck.
slug: namesake
---
{_PHRASE}
-- content/world/short.md --
---
title: Text
draft: true
slug: a
id: b
---
Text.
""")
    assert leaks(site) == []


def test_a_withdrawn_or_expired_text_is_looked_for_too(tmp_path: Path) -> None:
    site = Site(tmp_path, _SECRET.replace("date: 2026-03-13 06:00", "date: 2026-03-01\nexpires: 2026-03-02") + _PUBLIC)
    front = site.read("themes/plain/templates/front.html")
    site.write("themes/plain/templates/front.html", front + PLANTED["text"])
    (found,) = leaks(site)
    assert "which is expired" in found.message


def test_scripts_without_blanks(tmp_path: Path) -> None:
    secret = "首相は明日辞任すると党の幹部に伝えたことが関係者への取材で分かった。後任はまだ決まっていない。"
    site = Site(
        tmp_path,
        f"-- content/a.md --\n---\ntitle: 首相が明日辞任へ、党幹部に伝達\ndraft: true\n---\n{secret}\n{_PUBLIC}",
    )
    front = site.read("themes/plain/templates/front.html")
    for planted in ("「首相が明日辞任へ、党幹部に伝達」", "党の幹部に伝えたことが関係者への取材で分かった。後任は"):
        site.write("themes/plain/templates/front.html", front + planted)
        assert len(leaks(site)) == 1, planted


def test_a_picture_outside_of_the_folder_of_its_story(tmp_path: Path) -> None:
    image = "image: {src: photo.png, alt: A, caption: B, credit: C}"
    site = Site(
        tmp_path,
        f"-- content/a.md --\n---\ntitle: A\ndraft: true\ndeck: B\n{image}\n---\nText.\n-- content/photo.png --\n",
    )
    (found,) = [problem for problem in check(site.folder, CheckOptions(NOW)).problems if problem.severity == "error"]
    assert (found.code, found.span.path, found.span.line) == ("leaked-file", "content/a.md", 5)
    site.write("content/b.md", f"---\ntitle: B\ndate: 2026-03-01\ndeck: B\n{image}\n---\nText.\n")
    assert "leaked-file" not in [problem.code for problem in check(site.folder, CheckOptions(NOW)).problems]


def test_a_strict_build_says_so_until_it_is_mended(site: Site) -> None:
    front = site.read("themes/plain/templates/front.html")
    site.write("themes/plain/templates/front.html", front + PLANTED["title"])
    assert site.build().problems == ()
    for _ in range(2):
        report = site.build(strict=True)
        assert [problem.code for problem in report.problems] == ["leak"]
        assert report.published
    assert site.build(strict=True, now=NOW + timedelta(days=1)).problems == ()
    site.write("themes/plain/templates/front.html", front)
    assert site.build(strict=True).problems == ()


def test_a_leak_can_be_meant(site: Site) -> None:
    front = site.read("themes/plain/templates/front.html")
    site.write(
        "themes/plain/templates/front.html",
        f"{front}\n{{# sitegen-ignore leak #}}\nThe minister resigns tomorrow at noon",
    )
    assert site.build(strict=True).problems == ()
    config = site.read("sitegen.toml")
    site.write("themes/plain/templates/front.html", f"{front}\nThe minister resigns tomorrow at noon")
    assert site.build(strict=True).errors == 1
    site.write("sitegen.toml", f'{config}[check.rules]\nleak = "off"\n')
    assert site.build(strict=True).problems == ()


def test_the_form_in_which_texts_are_compared() -> None:
    assert simple("“Don’t” – stop…") == b" don t stop "
    assert simple("é É") == " é É ".encode()
