"""Recordings that a program makes of stories: what is spoken, when, and who may hear it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.support.sites import NOW, Site, story

SPEAKER = """
import pathlib, sys, threading, wave
text, output, voice = sys.argv[1:]
words = pathlib.Path(text).read_text(encoding="utf-8")
assert sys.stdin.read() == words
with open("spoken.log", "a") as log:
    log.write(f"{voice}: {words.splitlines()[0]}\\n")
if "mumble" in words:
    sys.exit("I cannot say that")
if "for ever" in words:
    threading.Event().wait()
with wave.open(output, "wb") as sound:
    sound.setparams((1, 1, 10, 0, "NONE", ""))
    sound.writeframes(b"." * 10 * len(words.split()) * ("silence" not in words))
"""
"""A program that takes a second for each word, fails, never ends, or says nothing."""
PAGES = """
-- templates/story.html --
{{ article.title }}: {{ article.audio.src if article.audio else "-" }} {{ article.audio.duration if article.audio }}
-- locale/en.toml --
by = "By"
name_comma = ", "
name_and = " and "
"""
AT = ("--now", NOW.isoformat())


def command(*more: str) -> str:
    return json.dumps([sys.executable, "speak.py", "{text}", "{output}", "{voice}", *more])


def paper(folder: Path, settings: str = "", more: str = "") -> Site:
    """A paper with a program that speaks."""
    site = Site(folder, PAGES, config=f"[audio]\ncommand = {command()}\n{settings}\n{more}")
    site.write("speak.py", SPEAKER)
    return site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Two stories, which nobody has spoken yet."""
    site = paper(tmp_path / "site")
    site.write("content/world/storm.md", story("Storm", "2026-03-01", "It blew."))
    site.write("content/world/hat.md", story("Hat", "2026-03-02", "It flew, and flew."))
    return site


def speak(site: Site, *options: str, status: int = 0) -> tuple[str, str]:
    """What `sitegen audio` says, and what is wrong."""
    found, out, problems = site.command("audio", *AT, *options)
    assert found == status, problems
    return out, problems


def spoken(site: Site) -> list[str]:
    """What the program was asked to say so far, in the order of the alphabet."""
    log = site.folder / "spoken.log"
    return sorted(log.read_text().splitlines()) if log.exists() else []


def recordings(site: Site) -> list[str]:
    """All that there are, without the marks in their names."""
    return sorted(f"{path.parent.name}/{path.name.split('.')[0]}" for path in site.folder.glob("content/audio/*/*.wav"))


def test_each_story_is_spoken_once(site: Site) -> None:
    out, problems = speak(site)
    assert out.splitlines() == [
        "spoken: content/world/hat.md, 0:05",
        "spoken: content/world/storm.md, 0:03",
        "2 spoken, 0 kept, 0 removed",
    ]
    assert problems == ""
    assert spoken(site) == ["en: Hat.", "en: Storm."]
    assert speak(site)[0] == "0 spoken, 2 kept, 0 removed\n"
    assert len(spoken(site)) == 2


def test_a_page_offers_it_and_no_other_page_is_made_again(site: Site) -> None:
    site.build()
    assert site.page("/2026/03/01/storm/").strip() == "Storm: -"
    speak(site, "--since", "2026-03-02")
    report = site.build()
    (file,) = (path for path in site.output() if path.startswith("audio/world/hat."))
    assert sorted(report.rendered) == ["/2026/03/02/hat/", f"/{file}", "/feed.xml"]
    assert site.page("/2026/03/02/hat/").strip() == f"Hat: /{file} 5"
    assert report.problems == ()


def test_a_text_that_has_changed_is_spoken_again(site: Site) -> None:
    speak(site)
    site.build()
    site.write("content/world/storm.md", story("Storm", "2026-03-01", "It blew hard."))
    report = site.build()
    assert report.rendered == ["/2026/03/01/storm/", "/feed.xml"]
    assert site.page("/2026/03/01/storm/").strip() == "Storm: -", "no recording says what is not written any more"
    assert speak(site)[0].splitlines()[-1] == "1 spoken, 1 kept, 1 removed"
    report = site.build()
    assert [url.split(".")[0] for url in sorted(report.rendered)] == [
        "/2026/03/01/storm/",
        "/audio/world/storm",
        "/feed",
    ]
    assert [url.split(".")[0] for url in report.removed] == ["/audio/world/storm"]
    assert site.page("/2026/03/01/storm/").strip().endswith(" 4")


def test_what_the_ear_does_not_hear_changes_nothing(site: Site) -> None:
    speak(site)
    text = "It blew.\n\n![A wave](/wave.png)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    site.write("content/world/storm.md", story("Storm", "2026-03-01", text, deck="Waves.", tags="[sea]"))
    assert speak(site)[0] == "0 spoken, 2 kept, 0 removed\n"


def test_a_story_that_is_called_otherwise_keeps_its_voice(site: Site) -> None:
    speak(site)
    (site.folder / "content/world/storm.md").rename(site.folder / "content/world/gale.md")
    assert speak(site, "--prune")[0].splitlines()[-1] == "0 spoken, 2 kept, 1 removed"
    assert recordings(site) == ["world/gale", "world/hat"]
    site.build()
    assert site.page("/2026/03/01/gale/").strip().endswith(" 3")


def test_recordings_of_stories_that_are_gone_are_removed_if_that_is_wanted(site: Site) -> None:
    speak(site)
    site.delete("content/world/storm.md")
    site.write("content/audio/talk.wav", "mine")
    assert speak(site)[0] == "0 spoken, 1 kept, 0 removed\n"
    site.build()
    assert not any(path.startswith("audio/world/storm") for path in site.output()), "nobody hears it meanwhile"
    assert "would be removed: content/audio/world/storm." in speak(site, "--prune", "--dry-run")[0]
    assert recordings(site) == ["world/hat", "world/storm"]
    assert "removed: content/audio/world/storm." in speak(site, "--prune")[0]
    assert recordings(site) == ["world/hat"]
    site.delete("content/world/hat.md")
    speak(site, "--prune")
    assert [path.name for path in (site.folder / "content/audio").iterdir()] == ["talk.wav"]


BODY = """## What happened

It *blew*, as `wind` does,[^1] and then\\
it ~~stopped~~ went on.

> “So is a rope,” she said.

- One hat
- Two hats.

![Waves](/wave.png "What one sees")

| a | b |
|---|---|
| 1 | 2 |

```
code
```

<iframe src="https://player.example/"></iframe>

{{< nothing >}}

Is that all?

[^1]: A note.
"""


def test_the_text_is_prepared_for_the_ear(site: Site) -> None:
    fields = {"deck": "Not read.", "authors": "[Jo Doe, Ola, Li Wei]"}
    site.write("content/world/storm.md", story("A *storm*", "2026-03-01", BODY, **fields))
    out, _ = speak(site, "--dry-run", "-v")
    text = out.partition("storm.md\n")[2].partition("\n\n2 would be spoken")[0]
    assert text.split("\n\n") == [
        "A storm.",
        "By Jo Doe, Ola and Li Wei.",
        "What happened.",
        "It blew, as wind does, and then it went on.",
        "“So is a rope,” she said.",
        "One hat.",
        "Two hats.",
        "Is that all?",
    ]
    assert spoken(site) == recordings(site) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"audio": "/talk.wav"},
        {"draft": "true"},
        {"expires": "2026-03-02"},
        {"withdrawn": "true"},
        {"kind": "page"},
        {"type": "live"},
    ],
)
def test_only_stories_that_readers_see_and_cannot_hear_are_spoken(site: Site, fields: dict[str, str]) -> None:
    site.write("content/world/other.md", story("Other", "2026-03-01", "Text.", **fields))
    site.write("content/world/empty.md", story("Empty", "2026-03-01", ""))
    speak(site)
    assert spoken(site) == ["en: Hat.", "en: Storm."]


def test_nobody_hears_a_story_before_its_time(site: Site) -> None:
    site.write("content/world/secret.md", story("Secret", "2026-03-12 09:00:01", "She resigns."))
    speak(site)
    assert "en: Secret." not in spoken(site)
    speak(site, "--future")
    assert "en: Secret." in spoken(site)
    assert speak(site, "--prune")[0] == "0 spoken, 2 kept, 0 removed\n", "it is not gone, only not there yet"
    site.build()
    assert not any("secret" in path for path in site.output())
    report = site.build(now=NOW.replace(second=1))
    assert len([url for url in report.rendered if "audio/world/secret" in url]) == 1
    site.write("content/world/secret.md", story("Secret", "2026-03-12 09:00:01", "She resigns.", withdrawn="true"))
    site.build(now=NOW.replace(second=1))
    assert not any(path.startswith("audio/world/secret") for path in site.output())


def test_a_recording_of_its_own_takes_the_place_of_what_was_made(site: Site) -> None:
    speak(site)
    site.write("content/talk.wav", (next(site.folder.glob("content/audio/world/hat.*"))).read_bytes())
    site.write("content/world/storm.md", story("Storm", "2026-03-01", "It blew.", audio="/talk.wav"))
    site.build()
    assert site.page("/2026/03/01/storm/").strip() == "Storm: /talk.wav 5"
    assert not any(path.startswith("audio/world/storm") for path in site.output())


def test_programs_hear_of_it_too(tmp_path: Path) -> None:
    site = paper(tmp_path / "site", more="[feeds]\npodcast = { enable = true }")
    site.write("templates/story.html", "<head></head>{{ structured_data(page) }}")
    site.write("content/storm.md", story("Storm", "2026-03-01", "It blew."))
    site.build()
    assert "<item>" not in site.page("/podcast.xml")
    speak(site)
    site.build()
    (file,) = (path for path in site.output() if path.startswith("audio/storm."))
    url = f"https://test.example/{file}"
    assert f'"contentUrl":"{url}"' in site.page("/2026/03/01/storm/").replace(": ", ":")
    assert f'url="{url}"' in site.page("/podcast.xml")
    site.write("content/storm.md", story("Storm", "2026-03-01", "It does not blow."))
    site.build()
    assert "<item>" not in site.page("/podcast.xml")


WRONG = {
    "mumble": "this story could not be spoken: `{python}` ended with status 1",
    "silence": "this story could not be spoken: what `{python}` has made is no wav file, or there is no sound in it",
}


@pytest.mark.parametrize("words", WRONG)
def test_a_story_that_cannot_be_spoken_stops_no_other(tmp_path: Path, words: str) -> None:
    site = paper(tmp_path / "site")
    site.write("content/world/bad.md", story("Bad", "2026-03-03", f"Words: {words}."))
    site.write("content/world/hat.md", story("Hat", "2026-03-02", "It flew."))
    out, problems = speak(site, status=1)
    assert out.splitlines()[-1] == "1 spoken, 0 kept, 0 removed"
    assert WRONG[words].format(python=sys.executable) in problems
    assert "--> content/world/bad.md" in problems
    assert ("it said: I cannot say that" in problems) is (words == "mumble")
    assert recordings(site) == ["world/hat"]


def test_a_program_that_never_ends_is_ended(tmp_path: Path) -> None:
    site = paper(tmp_path / "site", "timeout = 0.5")
    site.write("content/world/bad.md", story("Bad", "2026-03-03", "Words for ever."))
    _, problems = speak(site, status=1)
    assert f"this story could not be spoken: `{sys.executable}` was not ready after 0.5 seconds" in problems


@pytest.mark.parametrize(
    ("settings", "wanted"),
    [
        ('command = ["no-such-program", "{output}"]', "`no-such-program` cannot be run: No such file or directory"),
        ('command = ["true", "{output}"]', "`true` has made no file"),
        (f'command = {command()}\nencode = ["false", "{{input}}", "{{output}}"]', "`false` ended with status 1"),
        (f'command = {command()}\nencode = ["cp", "{{input}}", "{{output}}"]\nformat = "mp3"',
         "`cp` has made is no mp3 file"),
    ],
)  # fmt: skip
def test_a_program_that_does_not_do_its_part_is_named(tmp_path: Path, settings: str, wanted: str) -> None:
    site = Site(tmp_path / "site", PAGES, config=f"[audio]\n{settings}\n")
    site.write("speak.py", SPEAKER)
    site.write("content/storm.md", story("Storm", "2026-03-01", "It blew."))
    site.build()
    status, _, problems = site.command("audio", *AT, code=f"import os; os.environ['PATH'] = '/usr/bin:/bin'\n{MAIN}")
    assert status == 1
    assert wanted in problems


MAIN = "import sys; sys.argv[0] = 'sitegen'; from sitegen.cli import main; main()"


def test_what_was_spoken_may_be_made_smaller(tmp_path: Path) -> None:
    encoder = json.dumps([sys.executable, "encode.py", "{input}", "{output}"])
    site = paper(tmp_path / "site", f'encode = {encoder}\nformat = "mp3"\nfolder = "sound"')
    frame = r"b'\xff\xfb\x90\x00'.ljust(417, b'\0')"  # MPEG 1 layer III, 26 milliseconds
    site.write(
        "encode.py", f"import sys; assert sys.argv[1].endswith('.wav'); open(sys.argv[2], 'wb').write({frame} * 383)"
    )
    site.write("content/storm.md", story("Storm", "2026-03-01", "It blew."))
    speak(site)
    site.build()
    (file,) = (path for path in site.output() if path.startswith("sound/storm."))
    assert file.endswith(".mp3")
    assert site.page("/2026/03/01/storm/").strip() == f"Storm: /{file} 10"


def test_each_language_has_its_voice(tmp_path: Path) -> None:
    site = paper(tmp_path / "site", 'voice = "robin"\nvoices = { de = "anna", "pt-BR" = "rui" }')
    for language in ("en", "de", "de-AT", "pt-BR", "pt"):
        site.write(f"content/{language}.md", story(language, "2026-03-01", "Text.", language=language))
    speak(site)
    assert spoken(site) == ["anna: de-AT.", "anna: de.", "robin: en.", "robin: pt.", "rui: pt-BR."]
    config = site.read("sitegen.toml")
    site.write("sitegen.toml", config.replace("anna", "marie"))
    assert speak(site)[0].splitlines()[-1] == "2 spoken, 3 kept, 2 removed"


def test_any_number_of_programs_makes_the_same_recordings(site: Site) -> None:
    speak(site, "--jobs", "1")
    before = {path.name: path.read_bytes() for path in site.folder.glob("content/audio/*/*")}
    for path in site.folder.glob("content/audio/*/*"):
        path.unlink()
    speak(site, "--jobs", "7")
    assert {path.name: path.read_bytes() for path in site.folder.glob("content/audio/*/*")} == before


def test_without_a_command_there_is_nothing_to_do(tmp_path: Path) -> None:
    site = Site(tmp_path / "site", PAGES)
    _, problems = speak(site, status=1)
    assert "there is no command that speaks" in problems
    assert "set `command` in [audio]" in problems
    site.write("sitegen.toml", '[audio]\ncommand = ["espeak-ng"]')
    assert "expected `{output}` in one of its arguments" in speak(site, status=1)[1]


@pytest.mark.parametrize("folder", ["../sound", "/sound", "_sound", "a/.sound"])
def test_recordings_lie_where_files_are_published(tmp_path: Path, folder: str) -> None:
    site = paper(tmp_path / "site", f'folder = "{folder}"')
    assert "`audio.folder` is not a folder" in speak(site, status=1)[1]


def test_two_stories_may_say_the_same(site: Site) -> None:
    speak(site)
    site.write("content/world/storm.md", story("Hat", "2026-03-01", "It flew, and flew."))
    assert speak(site)[0].splitlines()[-1] == "0 spoken, 2 kept, 1 removed"
    site.build()
    assert site.page("/2026/03/01/storm/").strip().endswith(" 5")
    assert len(recordings(site)) == 2


def test_an_error_of_the_site_stops_it(site: Site) -> None:
    site.write("content/world/secret.md", story("Secret", "2026-03-11", drafft="true"))
    assert "did you mean `draft`" in speak(site, status=1)[1]
    assert spoken(site) == []


def test_odd_names_are_as_good_as_others(site: Site) -> None:
    for name in ("50% off", "a#b", "what", "潮", "v1.0"):
        site.write(f"content/world/{name}.md", story(name, "2026-03-01", f"About {name}."))
    speak(site)
    assert site.build().problems == ()
    for path, data in site.output().items():
        if path.startswith("2026/03/01/") and path.count("/") > 3:
            assert b": /audio/world/" in data, path


def test_why_tells_of_it(site: Site) -> None:
    site.build()
    speak(site)
    _, out, _ = site.command("why", "/2026/03/01/storm/", *AT)
    assert "the recording that was made of content/world/storm.md" in out


def test_recordings_are_no_orphans_to_the_copy_desk(site: Site) -> None:
    speak(site)
    status, out, problems = site.command("check", *AT)
    assert "orphan-media" not in out + problems
    assert "no page shows this file" not in out + problems
    assert status == 0
