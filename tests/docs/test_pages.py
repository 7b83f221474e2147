"""Every link leads somewhere, every example is what it says it is."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest
import yaml

from sitegen.config import load
from sitegen.content import Settings, parse
from sitegen.files import Files
from sitegen.render.themes import load_theme
from tests.docs.pages import DOCS, PAGES, ROOT, Example, anchors, examples, links
from tests.support.sites import Site

EXAMPLES = [(page, example) for page in PAGES for example in examples(page)]


def of(*languages: str) -> list[object]:
    """The examples in these languages, each under the name of its page and its line."""
    chosen = [(page, example) for page, example in EXAMPLES if example.language in languages]
    return [pytest.param(example, id=f"{page.relative_to(ROOT)}:{example.line}") for page, example in chosen]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    wrong = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        if "://" in link:
            continue
        target = Path(os.path.normpath(page.parent / path)) if path else page
        if not target.is_relative_to(ROOT) or not target.exists() or (anchor and anchor not in anchors(target)):
            wrong.append(link)
    assert wrong == []


def test_every_page_is_reached_from_the_readme() -> None:
    found, todo = set[Path](), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        found.add(page)
        near = {
            Path(os.path.normpath(page.parent / link.partition("#")[0])) for link in links(page) if "://" not in link
        }
        todo += [target for target in near - found if target.suffix == ".md" and target.is_file()]
    assert [str(page.relative_to(ROOT)) for page in PAGES if page not in found] == []


def test_no_page_names_a_place_of_its_writer() -> None:
    places = re.compile(r"(?<![\w.])/(?:home|Users|root|tmp|work|mnt)/")
    assert [page.name for page in PAGES if places.search(page.read_text(encoding="utf-8"))] == []


def test_every_fence_is_closed() -> None:
    odd = [page.name for page in PAGES if len(re.findall(r"^```", page.read_text(encoding="utf-8"), re.MULTILINE)) % 2]
    assert odd == []


@pytest.mark.parametrize("example", of("yaml"))
def test_yaml_is_yaml(example: Example) -> None:
    yaml.safe_load(example.text)


@pytest.mark.parametrize("example", of("markdown"))
def test_stories_are_read_without_a_complaint(example: Example) -> None:
    parsed = parse("content/2026-03-12-storm.md", example.text.encode(), Settings())
    assert parsed.article is not None
    assert parsed.problems == ()


@pytest.mark.parametrize("example", of("toml"))
def test_toml_is_what_sitegen_reads(example: Example, tmp_path: Path) -> None:
    table = tomllib.loads(example.text)
    if table.keys() & {"api", "parameters", "shortcodes"}:
        manifest = example.text if "api" in table else f"api = 1\n{example.text}"
        site = Site(tmp_path, f"-- themes/example/theme.toml --\n{manifest}", theme="", config='theme = "example"')
        load_theme(load(site.folder), Files(site.folder))
    elif not all(isinstance(value, str) for value in table.values()):  # else a catalogue of words
        (tmp_path / "sitegen.toml").write_text(example.text, encoding="utf-8")
        load(tmp_path)


def test_every_decision_has_its_form() -> None:
    for page in sorted((DOCS / "adr").glob("0*.md")):
        text = page.read_text(encoding="utf-8")
        number = int(page.name[:4])
        parts = re.findall(r"^## (.+)$", text, re.MULTILINE)
        assert re.match(rf"# {number}\. .+\n\n2\d{{3}}-\d\d-\d\d\b", text), page.name
        assert parts == ["Context", "Decision", "Consequences", "Alternatives"], page.name


def test_decisions_are_numbered_and_listed() -> None:
    pages = sorted(page.name for page in (DOCS / "adr").glob("0*.md"))
    numbers = [int(name[:4]) for name in pages]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [link for link in links(DOCS / "adr" / "README.md") if link.startswith("0")] == pages
