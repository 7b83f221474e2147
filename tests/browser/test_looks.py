"""Colours, small windows, large type, right-to-left scripts, paper."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader
from tests.browser.newsroom import PAGES

pytestmark = pytest.mark.browser

STORY = PAGES["story"]
GERMAN, ARABIC = "/2026/03/10/donaudampfschiff/", "/2026/03/09/zayt/"

TEXT_ON = {"ink": "paper tint mark", "quiet": "paper tint", "accent": "paper tint", "paper": "ink accent"}
"""Which colour is text on which."""
CONTROLS_ON = {"quiet": "paper tint", "accent": "paper"}

COLOUR = """name => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = `var(--${name})`;
    const channels = getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map(Number);
    probe.remove();
    return channels;
}"""

WIDER = """() => {
    const width = document.documentElement.clientWidth;
    const style = element => getComputedStyle(element);
    const scrolls = element => element && (style(element).overflowX !== "visible" || scrolls(element.parentElement));
    const outside = [...document.querySelectorAll("body *")].filter(element => {
        const { left, right } = element.getBoundingClientRect();
        const outside = left < -1 || right > width + 1;
        return outside && !scrolls(element.parentElement) && style(element).clipPath === "none";
    });
    return outside.map(element => `${element.tagName} ${element.className}`)
        .concat(document.documentElement.scrollWidth > width ? ["the page scrolls sideways"] : []);
}"""
"""What stands outside of the window, unless it lies in a region that scrolls."""

SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => { for (const entry of list.getEntries()) sum += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


def _luminance(colour: list[float]) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [part / 255 for part in colour]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(page: Page, one: str, other: str) -> float:
    dark, light = sorted(_luminance(page.evaluate(COLOUR, name)) for name in (one, other))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_keep_their_contrast(reader: Reader, scheme: Any) -> None:
    page = reader.open(STORY, color_scheme=scheme)
    for accent in ["red", "blue", "green", "ochre", "ink"]:
        page.evaluate("accent => { document.documentElement.dataset.accent = accent }", accent)
        for least, table in [(4.5, TEXT_ON), (3.0, CONTROLS_ON)]:
            for front, backs in table.items():
                for back in backs.split():
                    assert _contrast(page, front, back) >= least, (accent, front, back)


def _paper(page: Page) -> str:
    bright = sum(page.evaluate(COLOUR, "paper")) > 3 * 128
    return "light" if bright else "dark"


def test_the_reader_chooses_light_or_dark_and_is_remembered(reader: Reader) -> None:
    page = reader.open(STORY, color_scheme="dark")
    switch = page.get_by_role("combobox", name="Colours")
    expect(switch).to_have_value("system")
    assert _paper(page) == "dark"
    switch.select_option("Light")
    assert _paper(page) == "light"
    page.goto("/")
    expect(switch).to_have_value("light")
    assert _paper(page) == "light"
    switch.select_option("System")
    assert _paper(page) == "dark"
    page.emulate_media(color_scheme="light")
    assert _paper(page) == "light"


def test_the_colours_that_were_chosen_are_there_before_the_script(reader: Reader) -> None:
    page = reader.open(STORY, color_scheme="light")
    page.get_by_role("combobox", name="Colours").select_option("Dark")
    page.route("**/*.js", lambda route: route.abort())
    page.goto("/")
    assert _paper(page) == "dark"
    assert [error for error in reader.errors if "ERR_FAILED" not in error] == []
    reader.errors.clear()


def test_the_reader_who_wants_contrast_gets_it_and_nothing_moves(reader: Reader) -> None:
    page = reader.open(STORY)
    page.emulate_media(contrast="more")
    assert page.evaluate(COLOUR, "quiet") == page.evaluate(COLOUR, "ink")
    assert page.evaluate("document.getAnimations().length") == 0
    expect(page.locator("html")).to_have_css("scroll-behavior", "auto")
    page.emulate_media(contrast="no-preference", forced_colors="active")
    for control in [".listen-open", ".newsletter button", ".newsletter-email input"]:
        expect(page.locator(control).first).not_to_have_css("border-top-style", "none")


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_nothing_moves_while_a_story_loads(reader: Reader, width: int) -> None:
    page = reader.open(STORY, width=width)
    expect(page.locator("header.masthead time")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.locator(".lead-figure img").evaluate("image => image.complete && image.naturalWidth > 0")
    assert page.evaluate(SHIFT) == 0


@pytest.mark.parametrize("path", [STORY, "/2026/03/11/"])
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_moves_when_what_is_breaking_comes(reader: Reader, width: int, path: str) -> None:
    page = reader.open("/tabloid" + path, width=width)
    expect(page.locator("header .breaking a")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) == 0


def test_of_what_is_breaking_no_more_is_shown_than_there_is_room_for(reader: Reader) -> None:
    page = reader.open("/tabloid" + STORY, width=320)
    line = page.locator("header .breaking")
    line.locator("a").evaluate("link => { link.textContent = link.textContent.repeat(9) }")
    assert _height(page, ".breaking") <= 49
    assert page.evaluate(SHIFT) == 0
    link = line.locator("a")
    expect(link).to_have_attribute("href", "/tabloid" + STORY)


@pytest.mark.parametrize("width", [390, 768, 1440])
@pytest.mark.parametrize("path", ["/404.html", "/2026/", "/tags/weather/"])
def test_nothing_moves_when_the_latest_headlines_come(reader: Reader, path: str, width: int) -> None:
    page = reader.open(path, width=width)
    page.locator(".latest, .live-latest").first.scroll_into_view_if_needed()
    expect(page.locator(".latest")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) == 0


def test_no_page_scrolls_sideways(reader: Reader) -> None:
    """A window of 1280 pixels enlarged to 200 % is 640 CSS pixels wide; 320 is WCAG's 400 %."""
    page = reader.open("/")
    for path in [*PAGES.values(), GERMAN]:
        page.goto(path)
        for width in [320, 640, 1280]:
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate(WIDER) == [], (path, width)


def test_a_wide_table_scrolls_in_a_region_of_its_own(reader: Reader) -> None:
    page = reader.open(STORY, width=320)
    region = page.get_by_role("region", name="Station, Height")
    assert region.evaluate("region => region.scrollWidth > region.clientWidth")
    region.focus()
    expect(region).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.table-scroll').scrollLeft > 0")


def test_loosely_spaced_text_still_fits(reader: Reader) -> None:
    """WCAG 2.2, success criterion 1.4.12."""
    page = reader.open("/", width=320)
    for path in ["/", STORY, "/world/"]:
        page.goto(path)
        page.evaluate("""() => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
                word-spacing: 0.16em !important } p { margin-block-end: 2em !important }`);
            document.adoptedStyleSheets = [sheet];
        }""")
        assert page.evaluate(WIDER) == [], path


def test_an_arabic_story_runs_from_right_to_left(reader: Reader) -> None:
    page = reader.open(ARABIC)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("article")).to_have_attribute("dir", "rtl")
    expect(page.locator("header.masthead")).to_have_attribute("dir", "ltr")
    expect(page.locator("aside.related li[lang]").first).to_have_attribute("dir", "ltr")
    boxes = {name: page.locator(name).bounding_box() for name in (".story-meta", ".story-column")}
    meta, column = boxes[".story-meta"], boxes[".story-column"]
    assert meta is not None
    assert column is not None
    assert meta["x"] > column["x"] + column["width"]
    quote = page.locator(".article-body blockquote")
    expect(quote).to_have_css("border-right-width", "2px")
    expect(quote).to_have_css("border-left-width", "0px")
    expect(page.locator(".article-body ul")).not_to_have_css("padding-right", "0px")


def test_a_story_on_paper_is_the_story(reader: Reader) -> None:
    page = reader.open(STORY, color_scheme="dark")
    page.emulate_media(media="print")
    for shown in [
        "h1",
        ".deck",
        ".byline",
        ".article-body p",
        ".corrections",
        ".lead-figure img",
        ".print-only",
        ".masthead-name",
    ]:
        expect(page.locator(shown).first).to_be_visible()
    expect(page.locator(".print-only")).to_have_text(f"From The Test: {reader.base.rstrip('/')}{STORY}")
    for hidden in [
        "nav",
        ".listen",
        ".newsletter",
        ".related",
        ".share",
        ".masthead-tools",
        "dialog",
        ".embed",
        ".skip",
    ]:
        for part in page.locator(hidden).all():
            expect(part).to_be_hidden()
    assert _paper(page) == "light"


MEASURE = """() => {
    const text = document.querySelector(".article-body > p");
    return text.textContent.length / Math.round(text.offsetHeight / parseFloat(getComputedStyle(text).lineHeight));
}"""
"""How many letters a line has."""


@pytest.mark.parametrize(("width", "least", "most"), [(390, 35, 55), (768, 55, 70), (1440, 55, 70)])
def test_a_line_is_as_long_as_the_eye_likes(reader: Reader, width: int, least: int, most: int) -> None:
    page = reader.open(STORY, width=width)
    assert least <= page.evaluate(MEASURE) <= most


def test_a_caption_and_its_credit_stand_apart(reader: Reader) -> None:
    page = reader.open(STORY)
    captions = page.locator("figcaption:has(.credit)")
    expect(captions).to_have_count(2)
    for caption in captions.all():
        whose = caption.locator(".credit")
        said, credit = caption.bounding_box(), whose.bounding_box()
        assert said is not None
        assert credit is not None
        assert credit["y"] >= said["y"] + 15
        assert credit["x"] == said["x"]


def _height(page: Page, selector: str) -> float:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["height"]
