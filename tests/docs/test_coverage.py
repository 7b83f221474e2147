"""What others may use is in the guide: commands, settings, fields and everything that a theme may touch.

Commands and options are held by `tests/cli`, settings by `tests/config`, front matter fields by `tests/content`.
"""

from __future__ import annotations

import inspect
import json
import re
import tomllib

import pytest
from jinja2.defaults import DEFAULT_NAMESPACE

from sitegen.build.report import Report
from sitegen.config import AudioConfig, Config, MenuItem, NewsletterConfig, Publisher
from sitegen.content.article import Correction, ProfileLink, Withdrawal
from sitegen.content.body import Heading
from sitegen.files import Files
from sitegen.render import views
from sitegen.render.renderer import Renderer
from sitegen.render.themes import load_theme
from sitegen.render.wording import FILTERS
from tests.docs.codes import codes_in_source
from tests.docs.pages import GUIDE, ROOT, rows

THEMING = (GUIDE / "theming.md").read_text(encoding="utf-8")
PROBLEMS = (GUIDE / "problems.md").read_text(encoding="utf-8")
BROADSHEET = load_theme(Config(), Files(ROOT))


def section(heading: str) -> str:
    """The text below a heading, up to the next of its level or above."""
    marks = re.match("#+", heading)
    assert marks is not None
    found = re.search(
        rf"^{re.escape(heading)}$\n(.*?)(?=^#{{1,{len(marks[0])}}} |\Z)", THEMING, re.MULTILINE | re.DOTALL
    )
    assert found is not None, heading
    return found[1]


def named(text: str) -> set[str]:
    """Every word in backticks; of `latest(n)` the word before the bracket."""
    return {word.partition("(")[0] for word in re.findall(r"`([^`\n]+)`", text)}


def public(cls: type) -> set[str]:
    """The public attributes of a class, also those that its instances get when they are made."""
    assigned = re.findall(r"^\s+self\.([a-z]\w*)\b[^=\n]*=", inspect.getsource(cls), re.MULTILINE)
    return {name for name in dir(cls) if not name.startswith("_")} | set(assigned)


ROWS: dict[type, str] = {
    views.SiteView: "### `site`",
    views.PageView: "### `page`",
    views.ArticleView: "### `article`",
    views.GroupView: "### Groups: a section, tag, author or series",
    views.ShortcodeView: "## Shortcodes",
    views.FrontView: "### A front",
    views.ImageView: "### Pictures",
    views.BodyPictureView: "### A picture in a text",
    views.LiveView: "### A live blog",
    views.EntryView: "### An entry of a live blog",
    views.LetterView: "### A letter",
}
"""Each attribute has its place in the first column of the tables below this heading."""

WITHIN: dict[type, str] = {
    Publisher: "publisher",
    NewsletterConfig: "newsletter",
    AudioConfig: "audio",
    MenuItem: "menus",
    views.BreakingView: "breaking",
    views.Pager: "pager",
    views.FeedLink: "feeds",
    views.DateLink: "dates",
    views.NearDate: "earlier",
    views.TranslationView: "translations",
    views.Alternate: "alternates",
    views.CardView: "card",
    views.IconLink: "icons",
    views.Corrected: "corrections",
    views.PictureView: "card",
    views.CropView: "card",
    views.Source: "sources",
    views.AudioView: "audio",
    Correction: "corrections",
    Withdrawal: "withdrawn",
    Heading: "toc",
    views.SeriesView: "series",
    views.PartView: "parts",
    ProfileLink: "links",
    views.LetterSection: "sections",
}
"""What an attribute holds is told in its row."""


@pytest.mark.parametrize("cls", ROWS, ids=lambda cls: cls.__name__)
def test_the_guide_has_every_attribute_and_no_other(cls: type) -> None:
    first = " ".join(row[0] for row in rows(section(ROWS[cls])))
    words = {word.partition("(")[0] for word in re.findall(r"`([^`]+)`", first)}
    if cls is views.ShortcodeView:  # another table has the shortcodes of broadsheet
        words = {word.removeprefix("shortcode.") for word in words if word.startswith("shortcode.")}
    assert words == public(cls)


@pytest.mark.parametrize("cls", WITHIN, ids=lambda cls: cls.__name__)
def test_the_guide_tells_what_an_attribute_holds(cls: type) -> None:
    told = [named(row[1]) for row in rows(THEMING) if f"`{WITHIN[cls]}`" in row[0]]
    expected = public(cls) - (public(views.GroupView) if cls is views.SeriesView else set())
    assert any(expected <= words for words in told), expected


def test_every_view_is_held() -> None:
    assert {getattr(views, name) for name in views.__all__} - ROWS.keys() - WITHIN.keys() == {views.Views}


def functions() -> set[str]:
    """The names that every template sees, beside Jinja's own and `site`."""
    environment = Renderer(lambda *question: None, lambda *part: None, BROADSHEET)._environment
    return environment.globals.keys() - DEFAULT_NAMESPACE.keys() - {"site"}


def test_the_guide_has_every_function_and_filter() -> None:
    cells = [row[0] for row in rows(section("### Functions and filters"))]
    for name in functions():
        assert any(cell.startswith(f"`{name}(") for cell in cells), name
    for name in FILTERS:
        assert any(re.match(rf"`… \\\| {name}\b", cell) for cell in cells), name


def test_the_guide_has_every_shortcode_of_broadsheet() -> None:
    table = {row[0].strip("`"): row[1:3] for row in rows(section("## Shortcodes")) if len(row) == 4}
    assert table.keys() - {"broadsheet has", "---"} == BROADSHEET.shortcodes.keys()
    for name, spec in BROADSHEET.shortcodes.items():
        parameters, inner = table[name]
        assert set(re.findall(r"`(\w+)`", parameters)) == {*spec.required, *spec.optional}, name
        assert set(re.findall(r"`(\w+)` \(required\)", parameters)) == set(spec.required), name
        assert (inner == "yes") is spec.inner, name


def test_the_guide_has_every_parameter_of_broadsheet() -> None:
    found = {
        row[0].strip("`"): row[1].strip("`").strip('"') for row in rows(section("## Setting what broadsheet offers"))
    }
    assert found.keys() - {"parameter", "---"} == BROADSHEET.parameters.keys()
    for name, default in BROADSHEET.parameters.items():
        assert found[name] == (str(default).lower() if isinstance(default, bool) else str(default)), name


def test_the_guide_has_every_template_and_page_kind() -> None:
    folder = ROOT / "themes" / "broadsheet" / "templates"
    own = {"base.html", "list.html"}
    templates = {path.name for path in folder.glob("*.html")} - own
    assert templates - named(section("## The folders of a theme")) == set()
    assert own | templates <= named(THEMING)


def test_the_guide_has_every_message_of_broadsheet_with_its_values() -> None:
    words = tomllib.loads((ROOT / "themes/broadsheet/locale/en.toml").read_text(encoding="utf-8"))
    cells = " ".join(row[1] for row in rows(section("### Words")))
    told = {key: set(re.findall(r"`(\w+)`", values)) for key, values in re.findall(r"`(\w+)`(?: \(([^)]*)\))?", cells)}
    assert told == {key: set(re.findall(r"{(\w+)}", text)) for key, text in words.items()}


def test_the_guide_has_every_include_and_block_of_broadsheet() -> None:
    folder = ROOT / "themes" / "broadsheet" / "templates"
    told = named(section("### Template names"))
    assert {path.name for path in (folder / "partials").iterdir()} <= told
    blocks = {
        name for path in folder.glob("*.html") for name in re.findall(r"{% block (\w+) %}", path.read_text("utf-8"))
    }
    assert blocks <= told
    fragments = {path.stem for path in (folder / "fragments").iterdir()}
    assert fragments <= named(section("## Fragments"))


def test_the_guide_has_every_file_of_tabloid() -> None:
    folder = ROOT / "themes" / "tabloid"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert files <= named(section("## A child theme"))


PUT_TOGETHER = {"missing-*": {"missing-image", "missing-audio", "missing-transcript"}}
"""Codes that no literal in the source shows as a whole."""


def test_the_guide_has_every_code_of_a_problem() -> None:
    found = codes_in_source()
    assert {code for code in found if "*" in code} == PUT_TOGETHER.keys()
    codes = (found - PUT_TOGETHER.keys()).union(*PUT_TOGETHER.values())
    assert codes - named(PROBLEMS) == set()
    listed = [row[0].strip("`") for row in rows(PROBLEMS) if row[0].startswith("`")]
    assert set(listed) - codes == set()


def test_the_guide_knows_every_field_of_the_report() -> None:
    text = (GUIDE / "publishing.md").read_text(encoding="utf-8")
    report = json.loads(Report().to_json())
    fields = {*report, *report["articles"], *report["outputs"]}
    assert fields - set(re.findall(r"`(\w+)`", text)) == set()
