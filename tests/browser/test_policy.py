"""Under the policy of pages and of `_headers`, everything that a page has works, and nothing else does."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from sitegen.build import BuildOptions, build
from sitegen.config import Config
from sitegen.files import Files
from sitegen.render.assets.parts import Parts
from sitegen.render.assets.styles import joined_style
from sitegen.render.themes import load_theme
from tests.browser.conftest import Reader, served
from tests.browser.newsroom import PAGES
from tests.support.sites import NOW, ROOT

pytestmark = pytest.mark.browser

INJECTED = r"""() => {
    document.body.insertAdjacentHTML("beforeend", "<button id=b onclick=\"document.title = 'stolen'\">Press</button>");
    document.getElementById("b").click();
}"""

RULES = """text => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return [...sheet.cssRules].map(rule => rule.cssText.replaceAll(", ", ","));
}"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address and the output folder of the demo newspaper."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copyfile(ROOT / "pyproject.toml", folder / "pyproject.toml")
    with served(folder / "output") as base:
        assert not build(folder, BuildOptions(now=NOW, base_url=base)).errors
        yield base, folder / "output"


def test_no_page_of_the_demo_offends_its_policy_or_has_an_error(browser: Browser, demo: tuple[str, Path]) -> None:
    base, output = demo
    reader = Reader(browser, base)
    page = reader.open("/")
    pages = [path.parent for path in output.rglob("index.html") if "http-equiv=refresh" not in path.read_text("utf-8")]
    for folder in sorted(pages):
        page.goto(f"/{folder.relative_to(output).as_posix()}/".replace("/./", "/"), wait_until="load")
    page.context.close()
    assert len(pages) > 100
    assert reader.errors == []
    assert reader.strangers == []


def test_a_script_that_gets_into_a_page_does_not_run(reader: Reader) -> None:
    page = reader.open(PAGES["story"])
    with page.expect_console_message(lambda message: "Content Security Policy" in message.text):
        page.evaluate(INJECTED)
    assert page.title() != "stolen"
    assert all("Content Security Policy" in error for error in reader.errors)
    reader.errors.clear()


def test_the_style_sheet_says_the_same_as_what_was_written(reader: Reader) -> None:
    page = reader.open("/")
    url = page.locator("link[rel=stylesheet]").get_attribute("href")
    minified = page.evaluate("url => fetch(url).then(answer => answer.text())", url)
    written = _written("style.css")
    assert len(minified) < 0.9 * len(written)
    assert page.evaluate(RULES, minified) == page.evaluate(RULES, written)


def _written(name: str) -> str:
    """A style sheet of broadsheet with all it imports, as it was written."""
    theme = load_theme(Config(), Files(ROOT))
    parts = Parts(theme, lambda _, name: theme.versions("assets", name))
    entry = parts.find(name)
    assert entry is not None
    return joined_style(entry, parts)
