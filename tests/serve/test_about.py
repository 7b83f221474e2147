"""What authors are told of a page and of the site."""

from __future__ import annotations

from sitegen.serve.about import inspect, seen, unseen
from sitegen.serve.preview import Preview
from sitegen.site.publication import Allow
from tests.serve.conftest import NOW, Server, Start
from tests.support.newspaper import write_story
from tests.support.sites import NOW as MOMENT
from tests.support.sites import Site

STORY, OTHER = "/2026/01/03/story-2/", "/2026/01/05/story-4/"


def test_a_story(site: Site, server: Server) -> None:
    said = server.listen(STORY).until("page")
    assert (said["path"], said["state"], said["minutes"]) == ("content/world/story-2.md", "published", 1)
    assert said["words"] > 10
    assert said["why"] == "it has not been built before"
    assert any("lost-2.md" in problem for problem in said["told"])
    assert said["problems"] >= 12, "one for each story that was read"


def test_a_page_that_is_no_story(server: Server) -> None:
    said = server.listen("/world/").until("page")
    assert (said["path"], said["state"], said["words"], said["told"]) == ("", "", 0, [])
    assert server.listen("/nowhere/").until("page")["path"] == ""


def test_why_a_page_is_another_one_than_in_the_last_build(site: Site, start: Start) -> None:
    site.build(now=MOMENT)
    server = start(site, *NOW, "--no-drafts")
    events = server.listen(STORY)
    assert events.until("page")["why"] == "it is as in the last build"
    write_story(site, 2, title="Another headline")
    assert events.until("page")["why"] == '`title` of content/world/story-2.md was "Story 2" and is "Another headline"'
    write_story(site, 2)
    assert events.until("page")["why"] == '`title` of content/world/story-2.md was "Another headline" and is "Story 2"'


def test_the_overview_is_of_the_whole_site(site: Site, server: Server) -> None:
    page = server.get("/__sitegen/").text
    assert "published: 13, drafts: 0, scheduled: 0, expired: 0" in page
    assert "shown as of</th><td>2026-03-12 09:00 UTC" in page
    assert "Everything is published." in page


def test_when_things_change_by_themselves(site: Site, start: Start) -> None:
    write_story(site, 1, draft="true")
    write_story(site, 2, date="2030-01-01 05:00")
    page = start(site, *NOW).get("/__sitegen/").text
    assert "next change by itself</th><td>2030-01-01 05:00 UTC" in page
    assert '<td>scheduled</td><td><a href="/2030/01/01/story-2/">Story 2</a></td>' in page
    assert "<td>content/world/story-2.md</td><td>2030-01-01 05:00 UTC</td>" in page


def test_pages_that_nobody_has_looked_at_are_tried(site: Site, server: Server) -> None:
    events = server.listen("/__sitegen/")
    site.write("themes/plain/templates/tags.html", "{{ site.nonsense }}")
    while "themes/plain/templates/tags.html:1" not in server.get("/__sitegen/").text:
        events.until("change")
    problems = server.listen(OTHER).until("page")["problems"]
    site.write("themes/plain/templates/tags.html", "mended")
    while "themes/plain/templates/tags.html:1" in server.get("/__sitegen/").text:
        events.until("change")
    assert server.listen(OTHER).until("page")["problems"] < problems


def tried(preview: Preview) -> set[str]:
    """The pages that are made when all are tried."""
    preview.because.clear()
    for url in unseen(preview):
        inspect(preview, url)
    assert seen(preview)[0] == seen(preview)[1]
    return set(preview.because)


def test_a_page_that_was_fine_is_not_made_again(site: Site) -> None:
    preview = Preview(site.folder, Allow(True, True, True), MOMENT)
    preview.look()
    every = tried(preview)
    assert {STORY, OTHER, "/tags/", "/world/"} <= every
    write_story(site, 2, more="One.")
    preview.look(["content/world/story-2.md"])
    assert STORY in tried(preview) < every - {OTHER, "/tags/"}
    write_story(site, 2, more="Two.")
    preview.look(["content/world/story-2.md"])
    write_story(site, 4, more="Three.")
    preview.look(["content/sport/story-4.md"])
    assert {STORY, OTHER} <= tried(preview) < every - {"/tags/"}
    preview.look(["content/world/story-2.md"])
    assert tried(preview) == set()
    preview.close()


def test_a_broken_site_has_an_overview(site: Site, start: Start) -> None:
    site.write("sitegen.toml", "titel = 1\n")
    page = start(site, *NOW).get("/__sitegen/").text
    assert "unknown key `titel`" in page
    assert "nothing of it has been shown yet" in page
