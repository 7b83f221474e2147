"""The player at the foot of the window: with a recording, and with the browser's own voice."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Reader
from tests.browser.newsroom import PAGES

pytestmark = pytest.mark.browser

VOICE = """
window.spoken = [];
window.speechSynthesis.cancel = () => {};
window.speechSynthesis.speak = (utterance) => { window.spoken.push(utterance); };
"""
"""Machines without a voice have none to listen to: this one is silent, and says a sentence when the test ends it."""
SESSION = """
window.actions = {};
window.navigator.mediaSession.setActionHandler = (action, act) => { window.actions[action] = act; };
"""
"""Stands in for the keys of a keyboard or of headphones, which a test cannot press."""


def _bar(page: Page) -> Locator:
    return page.locator(".listen-bar")


def _open(page: Page) -> Locator:
    page.get_by_role("button", name="Listen").click()
    bar = _bar(page)
    expect(bar).to_be_visible()
    return bar


def _recording(reader: Reader, **settings: Any) -> Page:
    return reader.open(PAGES["recorded story"], **settings)


def test_nothing_plays_and_nothing_is_fetched_before_the_reader_asks(reader: Reader) -> None:
    page = _recording(reader)
    page.wait_for_load_state("networkidle")
    expect(_bar(page)).to_be_hidden()
    names = page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert not [name for name in names if name.endswith(".wav")]


def test_the_length_is_known_before_playing(reader: Reader) -> None:
    page = _recording(reader)
    expect(page.get_by_role("button", name="Listen")).to_have_text(re.compile(r"1:00"))
    expect(_bar(page).locator(".listen-time")).to_have_text("0:00 / 1:00")


def test_a_recording_plays_pauses_and_goes_on(reader: Reader) -> None:
    bar = _open(_recording(reader))
    expect(bar.get_by_role("button", name="Pause")).to_be_focused()
    expect(bar.locator(".listen-time")).to_have_text("0:01 / 1:00")
    bar.get_by_role("button", name="Pause").click()
    expect(bar.get_by_role("button", name="Play")).to_be_visible()
    bar.get_by_role("button", name="Play").press("Space")
    expect(bar.get_by_role("button", name="Pause")).to_be_visible()


def test_steps_of_fifteen_seconds_stay_within_the_recording(reader: Reader) -> None:
    page = _recording(reader)
    bar = _open(page)
    bar.get_by_role("button", name="Pause").click()
    slider = bar.get_by_role("slider", name="Position")
    bar.get_by_role("button", name="15 seconds back").click()
    expect(slider).to_have_attribute("aria-valuetext", "0:00 of 1:00")
    for text in ["0:15", "0:30", "0:45", "1:00", "1:00"]:
        bar.get_by_role("button", name="15 seconds forward").press("Enter")
        expect(slider).to_have_attribute("aria-valuetext", f"{text} of 1:00")
    bar.get_by_role("button", name="15 seconds back").press("Enter")
    expect(slider).to_have_attribute("aria-valuetext", "0:45 of 1:00")
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "0:44 of 1:00")
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", "0:00 of 1:00")


def test_the_speed_can_be_chosen(reader: Reader) -> None:
    page = _recording(reader)
    bar = _open(page)
    bar.get_by_role("combobox", name="Speed").select_option("1.5×")
    assert page.locator(".listen audio").evaluate("audio => audio.playbackRate") == 1.5


def test_the_speed_is_remembered(reader: Reader) -> None:
    page = _recording(reader)
    _open(page).get_by_role("combobox", name="Speed").select_option("1.25×")
    page.reload()
    expect(_open(page).get_by_role("combobox", name="Speed")).to_have_value("1.25")
    assert page.locator(".listen audio").evaluate("audio => audio.playbackRate") == 1.25


def test_the_keyboard_moves_and_pauses_from_wherever_it_is(reader: Reader) -> None:
    bar = _open(_recording(reader))
    slider = bar.get_by_role("slider", name="Position")
    slider.press("Space")
    expect(bar.get_by_role("button", name="Play")).to_be_visible()
    slider.press("Home")
    for key, text in [("ArrowRight", "0:15"), ("ArrowRight", "0:30"), ("ArrowLeft", "0:15")]:
        bar.get_by_role("button", name="Close").press(key)
        expect(slider).to_have_attribute("aria-valuetext", f"{text} of 1:00")


@pytest.mark.parametrize("leave", ["pause", "go"])
def test_the_player_goes_on_where_the_reader_stopped(reader: Reader, leave: str) -> None:
    page = _recording(reader)
    bar = _open(page)
    bar.get_by_role("button", name="15 seconds forward").click()
    expect(bar.locator(".listen-time")).to_have_text(re.compile(r"0:1[5-9] / 1:00"))
    if leave == "pause":
        bar.get_by_role("button", name="Pause").click()
    page.goto("/")
    page.goto(PAGES["recorded story"])
    expect(_bar(page).locator(".listen-time")).to_have_text("0:00 / 1:00")
    bar = _open(page)
    expect(bar.locator(".listen-time")).to_have_text(re.compile(r"0:[12]\d / 1:00"))
    bar.get_by_role("button", name="Pause").click()
    assert page.locator(".listen audio").evaluate("audio => audio.currentTime") >= 15


def test_a_recording_that_was_heard_to_its_end_begins_anew(reader: Reader) -> None:
    page = _recording(reader)
    bar = _open(page)
    for _ in range(4):
        bar.get_by_role("button", name="15 seconds forward").click()
    expect(bar.get_by_role("button", name="Play")).to_be_visible()
    expect(bar.locator(".listen-time")).to_have_text("1:00 / 1:00")
    page.reload()
    bar = _open(page)
    expect(bar.get_by_role("button", name="Pause")).to_be_visible()
    assert page.locator(".listen audio").evaluate("audio => audio.currentTime") < 10


def test_the_keys_of_the_machine_know_what_is_played(reader: Reader) -> None:
    page = reader.open("/")
    page.add_init_script(SESSION)
    page.goto(PAGES["recorded story"])
    bar = _open(page)
    assert page.evaluate("navigator.mediaSession.metadata.title") == "The harbour counts its boats"
    assert page.evaluate("navigator.mediaSession.metadata.artist") == "The Test"
    page.evaluate("actions.pause({})")
    expect(bar.get_by_role("button", name="Play")).to_be_visible()
    page.evaluate("actions.seekto({ seekTime: 30 })")
    page.evaluate("actions.seekforward({ seekOffset: 10 })")
    page.evaluate("actions.seekbackward({})")
    expect(bar.locator(".listen-time")).to_have_text("0:25 / 1:00")
    page.evaluate("actions.stop({})")
    expect(bar).to_be_hidden()


def test_what_is_said_can_be_read_and_without_script_the_browser_has_its_own_player(reader: Reader) -> None:
    page = _recording(reader, java_script_enabled=False)
    expect(page.locator(".listen audio")).to_be_visible()
    expect(page.locator(".listen-plain")).to_have_text("Listen 1:00")
    expect(page.locator(".listen-open, .listen-bar")).to_have_count(2)
    for part in page.locator(".listen-open, .listen-bar").all():
        expect(part).to_be_hidden()
    page.get_by_role("link", name="Transcript").click()
    expect(page.locator("body")).to_contain_text("A tone, for a minute.")


@pytest.mark.parametrize("way", ["Close", "Escape"])
@pytest.mark.parametrize("kind", ["recorded story", "story"])
def test_the_player_closes_stops_and_gives_the_focus_back(reader: Reader, kind: str, way: str) -> None:
    page, bar = _speaking(reader, PAGES[kind])
    expect(bar.get_by_role("button", name="Pause")).to_be_focused()
    if way == "Close":
        bar.get_by_role("button", name="Close").click()
    else:
        page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    expect(page.get_by_role("button", name="Listen")).to_be_focused()
    expect(page.get_by_role("button", name="Listen")).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".being-read")).to_have_count(0)
    assert page.locator("audio").evaluate_all("all => all.every(audio => audio.paused)")


def test_the_player_does_not_cover_what_the_keyboard_reaches(reader: Reader) -> None:
    page = _recording(reader, width=390, height=700, reduced_motion="reduce")
    bar = _open(page)
    page.locator(".footer").scroll_into_view_if_needed()
    expect(page.locator(".live-latest .latest")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")
    link = page.locator(".footer a").last
    link.evaluate("link => link.focus()")
    expect(link).to_be_in_viewport()
    assert _top(bar) >= _bottom(link)
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    expect(page.locator(".copyright")).to_be_in_viewport()
    assert _top(bar) >= _bottom(page.locator(".copyright"))


def test_the_voice_reads_the_story_sentence_by_sentence_and_marks_where_it_is(reader: Reader) -> None:
    page, bar = _speaking(reader, PAGES["story"])
    expect(page.locator(".article-body > p.being-read")).to_have_count(1)
    assert page.evaluate("spoken[0].lang") == "en"
    assert page.evaluate("spoken[0].text").startswith("The water stood at the third step")
    page.evaluate("while (!spoken.at(-1).text.startsWith('What was lost')) spoken.at(-1).onend()")
    expect(page.locator(".being-read")).to_have_text("What was lost")
    page.evaluate("for (let last = null; last !== spoken.at(-1); last.onend()) last = spoken.at(-1)")
    expect(bar.get_by_role("button", name="Play")).to_be_visible()
    expect(page.locator(".being-read")).to_have_count(0)
    said = page.evaluate("spoken.map(utterance => utterance.text).join(' ')")
    assert "a note." in said
    assert not re.search("self-registering|second order|Load: The wave|Read also", said)


def test_the_voice_goes_on_with_the_sentence_at_which_it_stopped(reader: Reader) -> None:
    page, bar = _speaking(reader, PAGES["story"])
    page.evaluate("while (!spoken.at(-1).text.startsWith('What was lost')) spoken.at(-1).onend()")
    bar.get_by_role("button", name="Pause").click()
    page.reload()
    _open(page)
    assert page.evaluate("spoken[0].text") == "What was lost"


def test_a_voice_that_fails_says_so(reader: Reader) -> None:
    page, bar = _speaking(reader, PAGES["story"])
    page.evaluate("spoken.at(-1).onerror()")
    expect(bar.get_by_role("status")).to_have_text("The sound cannot be played here.")
    expect(bar.get_by_role("button", name="Play")).to_be_visible()


def _speaking(reader: Reader, path: str) -> tuple[Page, Locator]:
    """A page in a browser with a voice that the test hears, and the player, open."""
    page = reader.open("/")
    page.add_init_script(VOICE)
    page.goto(path)
    return page, _open(page)


def _top(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"]


def _bottom(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"] + box["height"]
