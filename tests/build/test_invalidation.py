"""How incremental builds went wrong in other generators, one test for each: what is rendered, exactly."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.config import load
from sitegen.session import Session
from tests.support.pictures import picture
from tests.support.sites import NOW, Site, story

ONE, TWO, THREE = "/2026/03/01/one/", "/2026/03/02/two/", "/2026/03/03/three/"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Three stories, built; the front page lists their titles, the feed their texts."""
    site = Site(tmp_path, config='[feeds]\nfull_text = false\nformats = ["rss"]\ngroups = []\n')
    site.write("content/world/one.md", story("One", "2026-03-01", "First.\n\nSecond.", tags="[eels]"))
    site.write("content/world/two.md", story("Two", "2026-03-02", "See [one](one.md).", tags="[eels]"))
    site.write("content/sport/three.md", story("Three", "2026-03-03", summary="Short."))
    assert len(site.build().written) == 17
    assert site.build().rendered == []
    return site


def work(site: Site) -> tuple[list[str], list[str]]:
    """What the next build renders and removes; the build after it does nothing."""
    report = site.build()
    assert site.build().rendered == []
    return sorted(report.rendered), report.removed


def test_a_new_story_is_listed_where_it_belongs(site: Site) -> None:
    site.write("content/sport/four.md", story("Four", "2026-03-04"))
    assert work(site) == (
        ["/", "/2026/03/", "/2026/03/04/", "/2026/03/04/four/", "/feed.xml", "/sport/"],
        [],
    )
    assert "Four" in site.page("/")


def test_stories_with_other_times_are_read_but_are_no_news(site: Site) -> None:
    """As on a machine where the files were checked out again."""
    for path in site.folder.joinpath("content").rglob("*.md"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    site.write("content/sport/three.md", story("Three", "2026-03-03", summary="Other."))
    with Session.open(site.folder, load(site.folder), NOW) as session:
        session.read_content()
        assert [*session.content.fresh] == ["content/sport/three.md"]
        assert [article.title for article in session.content.articles] == ["Three", "One", "Two"]


def test_a_deleted_story_is_listed_no_more(site: Site) -> None:
    site.delete("content/sport/three.md")
    assert work(site) == (["/", "/2026/03/", "/feed.xml"], ["/2026/03/03/", THREE, "/sport/"])
    assert not (site.folder / "output" / "2026" / "03" / "03").exists()


def test_the_old_url_of_a_renamed_story_is_gone_and_links_follow(site: Site) -> None:
    site.write("content/world/one.md", story("One", "2026-03-01", "First.\n\nSecond.", tags="[eels]", slug="uno"))
    uno = "/2026/03/01/uno/"
    assert work(site) == (["/", "/2026/03/", "/2026/03/01/", uno, TWO, "/feed.xml", "/tags/eels/", "/world/"], [ONE])
    assert f'href="{uno}"' in site.page(TWO)


def test_a_renamed_file_with_the_same_slug_keeps_its_url(site: Site) -> None:
    site.delete("content/sport/three.md")
    site.write("content/sport/drei.md", story("Three", "2026-03-03", summary="Short.", slug="three"))
    rendered, removed = work(site)
    assert THREE in rendered
    assert removed == []


def test_an_alias_that_is_withdrawn_is_gone(site: Site) -> None:
    site.write("content/sport/three.md", story("Three", "2026-03-03", summary="Short.", aliases="[/old/, /older.html]"))
    assert work(site) == (["/_redirects", "/old/", "/older.html"], [])
    site.write("content/sport/three.md", story("Three", "2026-03-03", summary="Short.", aliases="[/old/]"))
    assert work(site) == (["/_redirects"], ["/older.html"])


def test_an_alias_follows_its_story(site: Site) -> None:
    site.write("content/sport/three.md", story("Three", "2026-03-03", summary="Short.", aliases="[/old/]"))
    site.build()
    site.write("content/sport/three.md", story("Three", "2026-03-03", summary="Short.", aliases="[/old/]", slug="tres"))
    assert "/old/" in work(site)[0]
    assert "/2026/03/03/tres/" in site.page("/old/")


def test_a_typo_in_a_body_renders_the_story_and_what_shows_its_text(site: Site) -> None:
    site.write("content/world/one.md", story("One", "2026-03-01", "First.\n\nSecnod.", tags="[eels]"))
    assert work(site)[0] == [ONE, "/feed.xml"]
    site.write("content/sport/three.md", story("Three", "2026-03-03", "Other text.", summary="Short."))
    assert work(site)[0] == [THREE]


def test_a_typo_beyond_the_excerpt_leaves_the_feed_alone(site: Site) -> None:
    long = "Sentence that is long enough to be the excerpt of this story. " * 8
    site.write("content/world/one.md", story("One", "2026-03-01", f"{long}\n\nSecond.", tags="[eels]"))
    site.build()
    site.write("content/world/one.md", story("One", "2026-03-01", f"{long}\n\nSecnod.", tags="[eels]"))
    assert work(site)[0] == [ONE]


def test_a_title_renders_only_what_shows_it(site: Site) -> None:
    site.write("content/sport/three.md", story("Drei", "2026-03-03", summary="Short."))
    assert work(site) == (["/", "/2026/03/", "/2026/03/03/", THREE, "/feed.xml", "/sport/"], [])


def test_a_field_that_nothing_shows_renders_nothing(site: Site) -> None:
    site.write("content/sport/three.md", story("Three", "2026-03-03", summary="Short.", dateline="Oslo"))
    assert work(site) == ([], [])


def test_a_file_that_is_only_touched_renders_nothing(site: Site) -> None:
    path = site.folder / "content" / "world" / "one.md"
    path.write_bytes(path.read_bytes())
    assert work(site) == ([], [])


def test_a_tag_renamed_moves_its_page(site: Site) -> None:
    site.write("content/world/one.md", story("One", "2026-03-01", "First.\n\nSecond.", tags="[fish]"))
    assert work(site) == (["/feed.xml", "/tags/", "/tags/eels/", "/tags/fish/"], [])
    site.write("content/world/two.md", story("Two", "2026-03-02", "See [one](one.md).", tags="[fish]"))
    assert work(site) == (["/feed.xml", "/tags/", "/tags/fish/"], ["/tags/eels/"])


def test_a_second_spelling_of_a_tag_does_not_move_it(site: Site) -> None:
    site.write("content/sport/three.md", story("Three", "2026-03-03", summary="Short.", tags="[Eels]"))
    assert work(site) == (["/feed.xml", "/tags/eels/"], [])
    assert "<title>eels</title>" in site.page("/tags/eels/")


def test_a_template_of_the_site_hides_that_of_the_theme_and_uncovers_it_again(site: Site) -> None:
    before = site.output()
    site.write("templates/story.html", "{{ article.title }}")
    assert work(site) == ([ONE, TWO, THREE], [])
    assert site.page(ONE) == "One"
    site.delete("templates/story.html")
    assert work(site) == ([ONE, TWO, THREE], [])
    assert site.output() == before


def test_a_template_at_the_bottom_renders_what_stands_on_it(site: Site) -> None:
    base = site.folder / "themes" / "plain" / "templates" / "base.html"
    base.write_text(base.read_text(encoding="utf-8") + "<footer>", encoding="utf-8")
    days = [f"/2026/03/{suffix}" for suffix in ("", "01/", "02/", "03/")]
    lists = ["/2026/", *days, "/sport/", "/tags/eels/", "/world/"]
    assert work(site) == (sorted([*lists, ONE, TWO, THREE]), [])


def test_a_template_that_nobody_uses_renders_nothing(site: Site) -> None:
    site.write("templates/unused.html", "{{ nonsense }}")
    assert work(site) == ([], [])


def test_a_picture_that_appears_mends_the_page_that_shows_it(site: Site) -> None:
    site.write("content/sport/three.md", story("Three", "2026-03-03", "![x](x.png)", summary="Short."))
    assert [problem.code for problem in site.build().problems] == ["missing-image"]
    site.write("content/sport/x.png", picture(1, 1))
    rendered, _ = work(site)
    first = set(rendered) - {THREE, "/sport/x.png"}
    assert len(first) == 2
    assert set(rendered) > first | {THREE}
    site.write("content/sport/x.png", picture(1, 1, colour="blue"))
    rendered, removed = work(site)
    assert set(removed) == first
    assert THREE not in rendered  # it shows no other sizes, so it depends on the size alone
    site.write("content/sport/x.png", picture(2, 1))
    assert THREE in work(site)[0]


def test_a_setting_renders_what_reads_it(site: Site) -> None:
    config = site.folder / "sitegen.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("The Test", "The Times"), encoding="utf-8")
    assert work(site) == (["/feed.xml"], [])
    config.write_text(
        text.replace("The Test", "The Times").replace("[feeds]", "page_size = 99\n[feeds]"), encoding="utf-8"
    )
    assert work(site) == ([], [])


def test_an_embargo_that_ends_publishes_without_any_edit(site: Site) -> None:
    site.write("content/sport/four.md", story("Four", "2026-03-12 10:00"))
    report = site.build()
    assert (report.rendered, report.removed) == ([], [])
    assert report.next_due is not None
    report = site.build(now=report.next_due)
    assert sorted(report.rendered) == [
        "/", "/2026/03/", "/2026/03/12/", "/2026/03/12/four/", "/feed.xml", "/sport/",
    ]  # fmt: skip


def test_an_edit_that_is_undone_leaves_the_bytes_as_they_were(site: Site) -> None:
    before, text = site.output(), (site.folder / "content" / "world" / "one.md").read_bytes()
    site.write("content/world/one.md", story("Other", "2026-03-05"))
    site.build()
    site.write("content/world/one.md", text)
    site.build()
    assert site.output() == before


def test_a_file_becomes_a_folder_and_a_folder_a_file(site: Site) -> None:
    site.write("content/thing", "file")
    assert work(site) == (["/thing"], [])
    site.delete("content/thing")
    site.write("content/thing/inner.txt", "inner")
    assert work(site) == (["/thing/inner.txt"], ["/thing"])
    site.delete("content/thing/inner.txt")
    (site.folder / "content" / "thing").rmdir()
    site.write("content/thing", "file")
    assert work(site) == (["/thing"], ["/thing/inner.txt"])
    assert site.output()["thing"] == b"file"


def test_a_story_that_becomes_a_page_moves(site: Site) -> None:
    site.write("content/sport/three.md", story("Three", "2026-03-03", summary="Short.", kind="page"))
    rendered, removed = work(site)
    assert "/sport/three/" in rendered
    assert removed == ["/2026/03/03/", THREE, "/sport/"]


def test_a_link_target_that_goes_is_told_again_in_every_build(site: Site) -> None:
    site.delete("content/world/one.md")
    assert TWO in work(site)[0]
    assert [(problem.code, str(problem.span)) for problem in site.build().problems] == [
        ("missing-link", "content/world/two.md:6:11")
    ]


def test_a_parameter_of_the_theme_concerns_the_pages_that_show_it(tmp_path: Path) -> None:
    site = Site(tmp_path, theme="", config='[params]\nbreaking = ""\n')
    site.write("content/world/one.md", story("One"))
    site.build()
    quiet = (site.folder / "sitegen.toml").read_text(encoding="utf-8")
    site.write("sitegen.toml", quiet.replace('breaking = ""', 'breaking = "The lamp is out"'))
    assert work(site) == (["/", "/fragments/breaking.html", "/fragments/edition.html"], [])
    site.write("sitegen.toml", quiet + "other = 1\n")
    assert work(site) == (["/", "/fragments/breaking.html", "/fragments/edition.html"], [])
    site.write("sitegen.toml", quiet)
    assert work(site) == ([], [])
