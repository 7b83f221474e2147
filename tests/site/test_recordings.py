"""What a template sees of a recording, and when a page is made again for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracle.model import sound
from tests.support.sites import Site, story

A = "/2026/03/01/a/"
TEMPLATE = """
-- templates/story.html --
{% set it = article.audio %}{{ it.src }} {{ it.duration }} {{ it.size }} {{ it.type }} {{ it.transcript }}
"""


def shown(folder: Path, audio: str) -> str:
    site = Site(folder, TEMPLATE)
    site.write("content/talk.wav", sound(3))
    site.write("content/talk.txt", "What was said.")
    site.write("content/a.md", story(audio=audio))
    report = site.build(base_url="https://test.example/paper/")
    assert not report.problems, report.problems
    return site.page(A).strip()


def test_length_size_and_type_are_read_from_the_file(tmp_path: Path) -> None:
    assert shown(tmp_path, "talk.wav") == "/paper/talk.wav 3 74 audio/wav"


def test_the_file_knows_better_than_the_front_matter(tmp_path: Path) -> None:
    text = shown(tmp_path, "{src: talk.wav, duration: 272, transcript: talk.txt}")
    assert text == "/paper/talk.wav 3 74 audio/wav /paper/talk.txt"


def test_of_a_recording_that_is_elsewhere_only_the_front_matter_tells(tmp_path: Path) -> None:
    url = "https://sound.example/talk.mp3?x=1"
    assert shown(tmp_path, f'{{src: "{url}", duration: "4:32"}}') == f"{url} 272 0 audio/mpeg"


def test_a_page_is_made_again_for_another_recording_and_not_for_another_that_is_as_long(tmp_path: Path) -> None:
    site = Site(tmp_path, "-- templates/story.html --\n{{ article.audio.duration }}")
    site.write("content/talk.wav", sound(3))
    site.write("content/a.md", story(audio="talk.wav"))
    site.build()
    site.write("content/talk.wav", sound(3).replace(".", ","))
    assert site.build().rendered == ["/talk.wav"]
    site.write("content/talk.wav", sound(4))
    assert set(site.build().rendered) == {"/talk.wav", "/feed.xml", A}
    assert site.page(A) == "4"


@pytest.mark.parametrize("transcript", ["said.txt", "/said.txt", "draft.md"])
def test_a_transcript_that_is_not_there_is_told_and_not_offered(tmp_path: Path, transcript: str) -> None:
    site = Site(tmp_path, TEMPLATE)
    site.write("content/talk.wav", sound(3))
    site.write("content/draft.md", story("Draft", draft="true"))
    site.write("content/a.md", story(audio=f"{{src: talk.wav, transcript: {transcript}}}"))
    report = site.build()
    assert [(problem.code, problem.message, problem.span.line) for problem in report.problems] == [
        ("missing-transcript", f"there is no file `{transcript}`", 4)
    ]
    assert site.page(A).strip() == "/talk.wav 3 74 audio/wav"
    site.write("content/said.txt", "What was said.")
    assert bool(site.build().problems) == (transcript == "draft.md")


@pytest.mark.parametrize("transcript", ["https://other.example/said", "/2026/03/01/a/"])
def test_a_transcript_may_be_a_page(tmp_path: Path, transcript: str) -> None:
    assert shown(tmp_path, f"{{src: talk.wav, transcript: {transcript}}}").endswith(transcript)
