"""What stands under a story, and what never does."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.explain.relating import explain
from tests.support.sites import NOW, Site, story

THEME = """
-- themes/plain/templates/story.html --
<h1>{{ article.title }}</h1>{{ article.body }}{% for other in article.related() %}[{{ other.title }}]{% endfor %}
"""
FERRY = "The ferry to Overholm stays in the harbour: the crew will not sail before the lock is mended."
EELS = "Glass eels came up the river in spring, and the fishermen counted them at the weir by lamplight."
TAX = "The council voted on the property tax, and the mayor was in the minority with her budget."
KEPT = ("ferry", "ferry-two", "eels", "eels-two", "tax", "tax-two")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Two stories each on three subjects, months apart."""
    site = Site(tmp_path / "site", THEME)
    for number, (name, text) in enumerate(zip(KEPT, (FERRY, FERRY, EELS, EELS, TAX, TAX), strict=True)):
        body = text if number % 2 else f"Again. {text} That is all we know today."
        site.write(f"content/{name}.md", story(name.title(), f"2025-0{number + 1}-01", body))
    return site


def related(site: Site, name: str) -> list[str]:
    return [reason.path.removeprefix("content/").removesuffix(".md") for reason in explain(site.folder, name, NOW)]


def test_stories_on_one_subject_are_related_and_others_are_not(site: Site) -> None:
    site.build()
    for name in ("ferry", "eels", "tax"):
        assert related(site, name) == [f"{name}-two"]
        assert related(site, f"{name}-two") == [name]
    assert "[Ferry-Two]" in site.page("/2025/01/01/ferry/")


def test_what_no_page_shows_is_known_when_one_does(tmp_path: Path, site: Site) -> None:
    shown = (site.folder / "themes/plain/templates/story.html").read_text()
    site.write("themes/plain/templates/story.html", "{{ article.body }}")
    site.build()
    site.write("content/ferry-three.md", story("Ferry-Three", "2025-08-01", f"{FERRY} Still."))
    site.build()
    site.write("themes/plain/templates/story.html", shown)
    site.build()
    page = site.page("/2025/01/01/ferry/")
    assert "[Ferry-Two]" in page
    assert "[Ferry-Three]" in page


def test_the_ladder(site: Site) -> None:
    site.write(
        "content/picked.md", story("Picked", "2025-02-02", "Other words.", series="[Tides]", related="[tax, ferry]")
    )
    site.write("content/part.md", story("Part", "2025-01-05", "Nothing alike.", series="[Tides]"))
    assert related(site, "picked") == ["tax", "ferry", "part"]


def test_a_copy_a_translation_and_what_is_not_public_are_never_listed(site: Site) -> None:
    site.write("content/copy.md", story("Copy", "2025-03-09", FERRY))
    site.write("content/draft.md", story("Draft", "2025-03-09", f"{FERRY} And more.", draft="true"))
    site.write("content/fr.md", story("Ferry", "2025-03-09", f"{FERRY} Oui.", translation="ferry", language="fr"))
    site.write("content/ferry-two.md", story("Ferry-Two", "2025-02-01", FERRY, translation="ferry"))
    assert related(site, "ferry-two") == ["ferry"]
    assert related(site, "copy") == ["ferry", "fr"]
    found = related(site, "ferry")
    assert len({"copy", "ferry-two"} & {*found}) == 1, "of two copies one is enough"


def test_a_long_text_is_a_copy_of_another_with_the_same_words(site: Site) -> None:
    long = " ".join(f"{FERRY} It is day {number} of the “great” wait." for number in range(9))
    site.write("content/ferry.md", story("Ferry", "2025-01-01", long))
    again = (
        long.replace("harbour", "[harbour](https://harbour.example/)")
        .replace("“great”", '"Great"')
        .replace(". ", ".\n")
    )
    site.write("content/ferry-two.md", story("Ferry-Two", "2025-02-01", again))
    site.write("content/other.md", story("Other", "2025-02-02", f"{long} Today it sailed."))
    assert related(site, "ferry") == ["other"]


def test_a_story_with_a_card_in_the_text_is_not_listed_below_it(site: Site) -> None:
    declared = '[shortcodes.story]\nrequired = ["ref"]\n[shortcodes.box]\ninner = true\n'
    site.write("themes/plain/theme.toml", f'name = "plain"\napi = 1\n{declared}')
    site.write("themes/plain/templates/shortcodes/story.html", "<b>{{ shortcode.story.title }}</b>")
    site.write("themes/plain/templates/shortcodes/box.html", "{{ shortcode.inner }}")
    card = '{{< box >}}\n{{< story ref="ferry-two" >}}\n{{< /box >}}'
    site.write("content/third.md", story("Third", "2025-01-03", f"{FERRY} Third.\n\n{card}"))
    site.build()
    page = site.page("/2025/01/03/third/")
    assert "<b>Ferry-Two</b>" in page
    assert "[Ferry]" in page
    assert "[Ferry-Two]" not in page


def test_sponsored_stories_stand_alone(site: Site) -> None:
    site.write("content/ad.md", story("Ferry", "2025-02-03", f"{FERRY} Book now.", type="sponsored", related="[ferry]"))
    site.write("content/ad-two.md", story("Ferries", "2025-02-04", f"{FERRY} Book soon.", type="sponsored"))
    assert related(site, "ad") == ["ad-two"]
    assert related(site, "ferry") == ["ferry-two"]


def test_older_stories_stand_before_newer_ones_and_near_ones_before_old_ones(site: Site) -> None:
    for year, name in ((1996, "Old"), (2019, "Good"), (2022, "New")):
        site.write(f"content/from-{year}.md", story(f"{name} ferry", f"{year}-02-05", f"{FERRY} {year}."))
    site.write("content/late.md", story("Ferry", "2025-12-01", f"{FERRY} December."))
    assert related(site, "from-2022")[0] == "from-2019"
    assert related(site, "late").index("from-2022") < related(site, "late").index("from-1996")


def test_only_older_stories_if_the_site_says_so(site: Site) -> None:
    site.write("sitegen.toml", site.read("sitegen.toml") + "\n[related]\nnewer = false\n")
    assert related(site, "ferry-two") == ["ferry"]
    assert related(site, "ferry") == []


def test_a_field_that_does_not_count(site: Site) -> None:
    site.write("content/ferry-two.md", story("Eels", "2025-02-01", FERRY, tags="[eels]"))
    assert "ferry-two" in related(site, "eels")
    site.write("sitegen.toml", site.read("sitegen.toml") + '\n[related]\nfields = ["body"]\n')
    assert related(site, "eels") == ["eels-two"]


def test_a_weekly_digest_does_not_fill_a_list(site: Site) -> None:
    months = ("January", "February", "March", "April", "May", "June", "July")
    for number, month in enumerate(months, 1):
        text = f"{FERRY} {EELS} {TAX} Number {number}, and {month} brought more."
        site.write(f"content/week-{number}.md", story(f"The week in brief, 1 {month} 2024", f"2024-0{number}-01", text))
    found = related(site, "ferry")
    assert found[0] == "ferry-two"
    assert sum(name.startswith("week") for name in found) == 3


def test_a_story_that_everything_is_like_stands_in_some_lists_only(site: Site) -> None:
    site.write("sitegen.toml", site.read("sitegen.toml") + "\n[related]\ncount = 1\nminimum = 0.0\n")
    site.write("content/hub.md", story("Ferry eels tax", "2020-01-01", " ".join([FERRY, EELS, TAX] * 3)))
    for number in range(9):
        site.write(f"content/note-{number}.md", story(f"Note {number}", f"2021-01-0{number + 1}", "Ferry eels tax."))
    assert sum("hub" in related(site, f"note-{number}") for number in range(9)) <= 4


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ({}, ""),
        ({"title": "Ja"}, "Ja"),
        ({}, "ferry " * 20_000),
        ({"tags": "[]"}, "\n"),
        ({}, "☂ 1 2"),
        ({}, "```\nferry\n"),
    ],
    ids=["no body", "one word", "twenty thousand words", "blank", "no words", "code"],
)
def test_odd_stories_have_a_sensible_list(site: Site, fields: dict[str, str], body: str) -> None:
    site.write("content/odd.md", story(**{"title": "Odd", "date": "2025-02-02", "body": body, **fields}))
    found = related(site, "odd")
    assert set(found) <= {"ferry", "ferry-two"}
    assert bool(found) == (len(body) > 1_000)


def test_japanese_stories_are_compared_by_pairs_of_characters(site: Site) -> None:
    for name, title in (("eel", "鰻の値段が上がる"), ("eel-two", "鰻の値段が下がる"), ("train", "地下鉄に新しい駅")):
        site.write(f"content/{name}.md", story(title, "2025-02-02", f"{title}。", language="ja"))
    assert related(site, "eel") == ["eel-two"]


def test_forms_of_a_word_are_one_in_the_language_of_the_story(site: Site) -> None:
    site.write("content/a.md", story("Fähren", "2025-02-02", "Die Fähren liegen still.", language="de"))
    site.write("content/b.md", story("Fähre", "2025-02-03", "Eine Fähre fährt.", language="de"))
    assert related(site, "b") == ["a"]


def test_a_new_story_changes_only_lists_that_it_enters(site: Site) -> None:
    site.build()
    site.write("content/ferry-three.md", story("Ferry-Three", "2025-02-20", f"{FERRY} Still."))
    written = {url for url in site.build().written if "/2025/0" in url}
    assert {"/2025/02/20/ferry-three/", "/2025/01/01/ferry/", "/2025/02/01/ferry-two/"} <= written
    assert not {"/2025/03/01/eels/", "/2025/05/01/tax/"} & written


def test_a_site_may_have_no_such_lists(tmp_path: Path) -> None:
    site = Site(tmp_path, config="[related]\ncount = 0\n")
    site.write("content/a.md", story("Eels in the harbour"))
    site.write("content/b.md", story("Eels in the river"))
    assert site.build().problems == ()
    site.write("content/a.md", story("Eels in the harbour", body="Another text about eels."))
    assert site.build().problems == ()
