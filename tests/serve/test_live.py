"""What you save is what you see: events, problems, and pages that are mended."""

from __future__ import annotations

import os
import re
import shutil

import pytest

from tests.serve.conftest import NOW, Server, Start
from tests.support.newspaper import write_story
from tests.support.sites import NOW as MOMENT
from tests.support.sites import Site, story

STORY, OTHER = "/2026/01/03/story-2/", "/2026/01/05/story-4/"


def test_a_page_hears_of_its_own_changes_only(site: Site, server: Server) -> None:
    one, other = server.listen(STORY), server.listen(OTHER)
    write_story(site, 2, more="A new sentence.")
    one.until("change")
    assert "A new sentence." in server.get(STORY).text
    write_story(site, 4, more="Another one.")
    other.until("change")
    assert "Another one." in server.get(OTHER).text
    assert "change" not in one.heard()


def test_ways_of_saving(site: Site, server: Server) -> None:
    path = site.folder / "content/world/story-2.md"
    events = server.listen(STORY)
    for number, save in enumerate([_in_place, _renamed_over, _backed_up, _removed_first]):
        text = path.read_text(encoding="utf-8") + f"\nSaved for the {number}. time.\n"
        save(path, text)
        events.until("change")
        while f"Saved for the {number}. time." not in server.get(STORY).text:
            events.until("change")  # an editor may leave half a file for a moment


def _in_place(path: os.PathLike[str], text: str) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def _renamed_over(path: os.PathLike[str], text: str) -> None:
    _in_place(f"{path}~tmp"[:-4] + ".swp", text)  # type: ignore[arg-type]
    os.replace(f"{path}~tmp"[:-4] + ".swp", path)


def _backed_up(path: os.PathLike[str], text: str) -> None:
    os.rename(path, f"{path}~")
    _in_place(path, text)
    os.unlink(f"{path}~")


def _removed_first(path: os.PathLike[str], text: str) -> None:
    os.unlink(path)
    _in_place(path, text)


def test_a_template_and_what_it_breaks(site: Site, server: Server) -> None:
    good = site.read("themes/plain/templates/story.html")
    before = server.get(STORY)
    events = server.listen(STORY)
    site.write("themes/plain/templates/story.html", good.replace("{% endblock", "{{ article.nonsense }}{% endblock", 1))
    said = events.until("problem")
    assert "themes/plain/templates/story.html:" in said
    assert "nonsense" in said
    assert server.get(STORY).body == before.body, "the last good page is still there"
    assert server.get("/").status == 200
    site.write("themes/plain/templates/story.html", good.replace("{% endblock", "mended{% endblock", 1))
    assert events.until("problem") == ""
    assert "mended" in server.get(STORY).text


def test_a_page_that_was_never_good(site: Site, start: Start) -> None:
    site.write("themes/plain/templates/story.html", "{% if %}")
    server = start(site, *NOW)
    reply = server.get(STORY)
    assert reply.status == 500
    assert "themes/plain/templates/story.html:1" in reply.text
    assert "client.js" in reply.text


def test_a_broken_configuration(site: Site, server: Server) -> None:
    good = site.read("sitegen.toml")
    events = server.listen("/")
    site.write("sitegen.toml", "titel = 1\n" + good)
    assert "titel" in events.until("problem")
    assert server.get("/").status == 200
    site.write("sitegen.toml", good)
    assert events.until("problem") == ""


def test_it_starts_with_a_broken_configuration(site: Site, start: Start) -> None:
    good = site.read("sitegen.toml")
    site.write("sitegen.toml", "titel = 1\n" + good)
    server = start(site, *NOW)
    assert "titel" in server.get("/").text
    events = server.listen("/")
    site.write("sitegen.toml", good)
    events.until("change")
    assert server.get("/").status == 200


def test_added_renamed_and_deleted_stories(site: Site, server: Server) -> None:
    events = server.listen("/world/")
    site.write("content/world/new.md", story("Brand new", "2026-03-01"))
    events.until("change")
    assert "Brand new" in server.get("/world/").text
    assert server.get("/2026/03/01/new/").status == 200
    os.rename(site.folder / "content/world/new.md", site.folder / "content/world/newer.md")
    events.until("change")
    assert (server.get("/2026/03/01/new/").status, server.get("/2026/03/01/newer/").status) == (404, 200)
    site.delete("content/world/newer.md")
    events.until("change")
    assert "Brand new" not in server.get("/world/").text


def test_a_folder_that_goes_and_one_that_comes(site: Site, server: Server) -> None:
    events = server.listen("/")
    shutil.rmtree(site.folder / "content/sport")
    events.until("change")
    assert server.get("/2026/02/02/story-1/").status == 404
    site.write("templates/front.html", "<body>of the site itself</body>")
    events.until("change")
    assert "of the site itself" in server.get("/").text
    site.write("templates/front.html", "<body>again</body>")
    events.until("change")
    assert "again" in server.get("/").text


def test_a_site_that_moves_below_another_folder(site: Site, server: Server) -> None:
    events = server.listen(STORY)
    for folder in ("paper/", "", "much/deeper/"):
        site.write("sitegen.toml", re.sub(r"test\.example/[^\"]*", f"test.example/{folder}", site.read("sitegen.toml")))
        assert events.until("move") == f"/{folder}{STORY[1:]}"
        page = server.get(f"/{folder}{STORY[1:]}")
        assert page.status == 200
        assert f'src="/{folder}__sitegen/client.js"' in page.text
        assert server.get(f"/{folder}__sitegen/client.js").status == 200
    assert server.get("/").headers["Location"] == "/much/deeper/"
    assert server.get("/paper/__sitegen/client.js").status == 200, "pages that were sent before still ask for it"
    late = server.listen("/paper" + STORY, "/paper/")
    assert late.until("move") == "/much/deeper" + STORY


def test_a_restart(site: Site, start: Start) -> None:
    server = start(site, *NOW)
    mark = server.get(STORY).headers["ETag"].strip('"')
    server.stop()
    write_story(site, 2, more="While nobody served.")
    again = start(site, *NOW)
    assert again.events(STORY, mark).until("change") == again.get(STORY).headers["ETag"].strip('"')


def test_what_a_template_may_do_is_not_the_end(site: Site, server: Server) -> None:
    good = site.read("themes/plain/templates/story.html")
    events = server.listen(STORY)
    for code in (
        "{{ 1 / 0 }}",
        "{{ [].pop() }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        '{{ "x".y.z }}',
        "{{",
    ):
        site.write("themes/plain/templates/story.html", code)
        assert "themes/plain/templates/story.html:1" in events.until("problem"), code
        assert server.get(STORY).status == 200, "the last good page"
        assert server.get("/").status == 200
        site.write("themes/plain/templates/story.html", good)
        assert events.until("problem") == "", code


@pytest.mark.parametrize("path", ["sitegen.toml", "themes/plain/theme.toml", "themes/plain/assets/style.css"])
def test_a_build_while_the_site_is_broken(site: Site, start: Start, path: str) -> None:
    site.build(now=MOMENT)
    server = start(site, *NOW)
    events, good = server.listen(STORY), site.read(path)
    for number in range(2):
        site.write(path, "= broken {")
        assert path in events.until("problem")
        assert site.command("build", *NOW)[0] == 1
        assert server.get(STORY).status == 200, "the last good look"
        assert server.get("/__sitegen/").status == 200
        site.write(path, good)
        assert events.until("problem") == ""
        write_story(site, 2, more=f"Number {number}.")
        assert site.command("build", *NOW)[0] == 0
        while f"Number {number}." not in server.get(STORY).text:
            events.until("change")
    server.stop()
    assert server.complaints() == ""


def test_a_site_that_breaks_after_a_build(site: Site, start: Start) -> None:
    site.build(now=MOMENT)
    server = start(site, *NOW)
    events, good = server.listen("/"), site.read("themes/plain/theme.toml")
    write_story(site, 2, more="Another text.")
    assert site.command("build", *NOW)[0] == 0
    site.write("themes/plain/theme.toml", "= broken {")
    assert "theme.toml" in events.until("problem")
    replies = [server.get(path) for path in (OTHER, STORY, "/__sitegen/", "/world/")]
    assert all("theme.toml" in reply.text for reply in replies if reply.status != 200)
    site.write("themes/plain/theme.toml", good)
    assert events.until("problem") == ""
    assert "Another text." in server.get(STORY).text
    server.stop()
    assert server.complaints() == ""


def test_several_problems_at_once(site: Site, server: Server) -> None:
    events = server.listen("/")
    site.write("content/world/story-2.md", "---\ntitle: A\ntitel: B\n---\n")
    site.write("content/sport/story-4.md", "---\ntitle: A\ndrafft: true\n---\n")
    said = events.until("problem")
    while not ("titel" in said and "drafft" in said):
        said = events.until("problem")
    assert server.get("/2026/02/04/story-3/").status == 200, "the other stories are served"


def test_follow(site: Site, start: Start) -> None:
    events = start(site, *NOW, "--follow").listen("/")
    write_story(site, 2, more="More.")
    assert events.until("follow") == [1, STORY]


def test_polling(site: Site, start: Start) -> None:
    events = start(site, *NOW, "--poll").listen(STORY)
    write_story(site, 2, more="More.")
    events.until("change")
