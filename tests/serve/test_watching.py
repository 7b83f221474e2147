"""Changes that nobody tells of, or too many at once."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from sitegen.serve.watching import Watch
from tests.serve.conftest import NOW, Start
from tests.support.newspaper import write_story
from tests.support.sites import Site, story

STORY = "/2026/01/03/story-2/"
DEAF = """
from sitegen.serve import watching
watching._TELLING = frozenset()
"""
OVERFLOWING = """
import logging
from sitegen.serve import desk, watching
desk._PATROL = 1_000_000
def lose(self, event):
    if event.event_type != "opened":
        logging.getLogger("watchdog.observers").warning("events were lost")
watching.Watch.on_any_event = lose
"""
EXHAUSTED = """
import errno
from sitegen.serve import desk, watching
desk._PATROL = 1_000_000
class Observer(watching.Observer):
    def start(self):
        raise OSError(errno.ENOSPC, "inotify watch limit reached")
watching.Observer = Observer
"""
NO_PATROL = """
from sitegen.serve import desk
desk._PATROL = 1_000_000
"""


def test_what_no_event_tells_of_is_found_all_the_same(site: Site, start: Start) -> None:
    server = start(site, *NOW, code=DEAF)
    events = server.listen(STORY)
    for number in range(2):
        write_story(site, 2, more=f"Nobody told of edit {number}.")
        events.until("change")
        assert f"Nobody told of edit {number}." in server.get(STORY).text


def test_when_events_are_lost_everything_is_looked_at(site: Site, start: Start) -> None:
    server = start(site, *NOW, code=OVERFLOWING)
    events = server.listen(STORY)
    write_story(site, 2, more="After a flood.")
    events.until("change")
    assert "After a flood." in server.get(STORY).text


def test_where_the_system_watches_no_more_files(site: Site, start: Start) -> None:
    server = start(site, *NOW, code=EXHAUSTED)
    events = server.listen(STORY)
    write_story(site, 2, more="Found by looking.")
    events.until("change")
    assert "Found by looking." in server.get(STORY).text
    server.stop()
    assert "warning: the system watches no more files" in "".join(server.said) + server.complaints()


def test_a_checkout_of_hundreds_of_files(site: Site, start: Start) -> None:
    server = start(site, *NOW, code=NO_PATROL)
    events = server.listen("/world/")
    for number in range(300):
        site.write(
            f"content/world/deep/{number % 7}/new-{number}.md", story(f"New {number}", f"2026-02-{number % 28 + 1:02}")
        )
    pages = [f"/2026/02/{number % 28 + 1:02}/new-{number}/" for number in range(300)]
    while any(server.get(page).status == 404 for page in pages):
        events.until("change")
    shutil.rmtree(site.folder / "content/world/deep")
    while any(server.get(page).status == 200 for page in pages):
        events.until("change")


def test_folders_that_move(site: Site, start: Start) -> None:
    server = start(site, *NOW, code=NO_PATROL)
    events = server.listen(STORY)
    os.rename(site.folder / "content/world", site.folder / "aside")
    events.until("change")
    assert server.get(STORY).status == 404
    os.rename(site.folder / "aside", site.folder / "content/elsewhere")
    events.until("change")
    assert "Story 2" in server.get(STORY).text


def test_folders_that_come_again(site: Site, start: Start) -> None:
    server = start(site, *NOW, code=NO_PATROL)
    events = server.listen(STORY)
    for number in range(3):
        shutil.copytree(site.folder / "content", site.folder / "aside")
        shutil.rmtree(site.folder / "content")
        os.rename(site.folder / "aside", site.folder / "content")
        site.write("templates/story.html", f"<h1>{{{{ article.title }}}}</h1>Look {number}")
        while f"Look {number}" not in server.get(STORY).text:
            events.until("change")
        write_story(site, 2, title=f"Headline {number}")
        while f"Headline {number}" not in server.get(STORY).text:
            events.until("change")
        shutil.rmtree(site.folder / "templates")
        while f"Look {number}" in server.get(STORY).text:
            events.until("change")


def test_other_places_are_watched_while_events_arrive(tmp_path: Path) -> None:
    noticed = SimpleQueue[str]()
    for name in ("content", "templates"):
        (tmp_path / name).mkdir()
    watch = Watch(tmp_path, ["content"], noticed.put)
    watch.start()

    def follow() -> None:
        for number in range(300):
            watch.follow(["content", "templates"][: 1 + number % 2])

    following = Thread(target=follow, daemon=True)  # if it waits for ever, the test shall not
    following.start()
    for number in range(300):
        (tmp_path / "content" / f"{number}.md").write_text("A story.\n", "utf-8")
        (tmp_path / "templates").rename(tmp_path / "aside")
        (tmp_path / "aside").rename(tmp_path / "templates")
    following.join(timeout=60)
    assert not following.is_alive()
    (tmp_path / "content" / "last.md").write_text("The last story.\n", "utf-8")
    while noticed.get(timeout=60) != "content/last.md":
        pass
    watch.stop()


def test_a_content_folder_of_another_name(site: Site, start: Start) -> None:
    server = start(site, *NOW, code=NO_PATROL)
    events = server.listen(STORY)
    os.rename(site.folder / "content", site.folder / "stories")
    events.until("change")
    assert server.get(STORY).status == 404
    site.write("sitegen.toml", f'content_dir = "stories"\n{site.read("sitegen.toml")}')
    events.until("change")
    assert server.get(STORY).status == 200
    text = site.read("stories/world/story-2.md")
    site.write("stories/world/story-2.md", f"{text}\nIn the new folder.\n")
    events.until("change")
    assert "In the new folder." in server.get(STORY).text
