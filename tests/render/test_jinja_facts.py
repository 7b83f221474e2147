"""Facts about Jinja that break naive tracing, each pinned."""

from __future__ import annotations

from itertools import count
from pathlib import Path

import jinja2
import pytest

from tests.support.sites import Site, story

STORY = "/2026/03/01/a/"


def site_with(folder: Path, templates: str) -> Site:
    site = Site(folder, templates)
    site.write("content/a.md", story("A"))
    site.build()
    return site


# 1. `import` without context keeps one module for the life of the process

MACROS = """
-- templates/story.html --
{% import "macros.html" as macros %}{{ macros.newest() }}
-- templates/macros.html --
{% macro newest() %}{{ site.latest(1)[0].title }}{% endmacro %}
-- templates/404.html --
{% from "macros.html" import newest %}{{ newest() }}
"""


def test_jinja_itself_runs_an_imported_template_once() -> None:
    templates = {"module": "{% set x = ask() %}", "page": "{% import 'module' as m %}{{ m.x }}"}
    environment = jinja2.Environment(loader=jinja2.DictLoader(templates))
    environment.globals["ask"] = count(1).__next__
    page = environment.get_template("page")
    assert [page.render(), page.render()] == ["1", "1"]


def test_what_an_imported_template_reads_belongs_to_every_page_that_imports_it(tmp_path: Path) -> None:
    site = site_with(tmp_path, MACROS)
    site.write("content/b.md", story("Newer", "2026-03-02"))
    assert {STORY, "/404.html"} <= set(site.build().rendered)
    assert site.page(STORY) == site.page("/404.html") == "Newer\n"
    site.write("templates/macros.html", "{% macro newest() %}changed{% endmacro %}")
    assert {STORY, "/404.html"} <= set(site.build().rendered)


def test_what_the_top_of_an_imported_template_reads_is_recorded_too(tmp_path: Path) -> None:
    site = site_with(tmp_path, MACROS)
    site.write("templates/macros.html", "{% set title = site.tagline %}{% macro newest() %}{{ title }}{% endmacro %}")
    site.build()
    site.write("sitegen.toml", (site.folder / "sitegen.toml").read_text(encoding="utf-8") + 'tagline = "Motto"\n')
    assert {STORY, "/404.html"} <= set(site.build().rendered)
    assert site.page(STORY) == "Motto\n"


# 2. A filter with constant arguments is folded when the template is compiled


def test_jinja_itself_folds_a_filter_of_constants() -> None:
    environment = jinja2.Environment()
    numbers = count(1)
    environment.filters["ask"] = lambda text: f"{text}{next(numbers)}"
    template = environment.from_string("{{ 'x' | ask }}")
    assert [template.render(), template.render()] == ["x1", "x1"]


CONSTANTS = """
-- templates/404.html --
{{ t("x") }} {{ asset("x.css") }}
-- locale/en.toml --
x = "1"
-- assets/x.css --
a { b: c }
"""


def test_no_word_or_asset_is_folded_although_its_name_is_constant(tmp_path: Path) -> None:
    site = site_with(tmp_path, CONSTANTS)
    before = site.page("/404.html").split()
    site.write("locale/en.toml", 'x = "2"')
    site.write("assets/x.css", "b { c: d }")
    assert "/404.html" in site.build().rendered
    word, url = site.page("/404.html").split()
    assert (before[0], word) == ("1", "2")
    assert url != before[1]


def test_a_date_is_written_in_the_language_of_the_page_although_its_arguments_are_constant(tmp_path: Path) -> None:
    site = site_with(tmp_path, "-- templates/story.html --\n{{ article.date | date('long') }}\n")
    site.write("content/b.md", story("B", language="de"))
    site.build()
    assert (site.page(STORY), site.page("/2026/03/01/b/")) == ("March 1, 2026\n", "1. März 2026\n")


# 3. Templates that do not exist are asked for too


@pytest.mark.parametrize(
    "include",
    [
        '{% include "extra.html" ignore missing %}',
        '{% include ["extra.html", "default.html"] %}',
        '{% include ["nowhere.html", "extra.html", "default.html"] ignore missing %}',
    ],
)
def test_a_template_that_comes_into_being_is_noticed_by_whoever_asked_for_it(tmp_path: Path, include: str) -> None:
    site = site_with(tmp_path, f"-- templates/404.html --\n{include}\n-- templates/default.html --\ndefault\n")
    before = site.page("/404.html")
    site.write("templates/extra.html", "extra")
    assert site.build().rendered == ["/404.html"]
    assert site.page("/404.html").strip() == "extra"
    site.delete("templates/extra.html")
    assert site.build().rendered == ["/404.html"]
    assert site.page("/404.html") == before


# 4. Static analysis cannot see dynamic includes


DYNAMIC = """
-- templates/story.html --
{% include "types/" ~ article.type ~ ".html" %}
-- templates/types/news.html --
old
-- templates/types/opinion.html --
opinion
"""


def test_an_include_whose_name_is_computed_is_recorded(tmp_path: Path) -> None:
    site = site_with(tmp_path, DYNAMIC)
    site.write("content/b.md", story("B", type="opinion"))
    site.build()
    site.write("templates/types/news.html", "new")
    assert site.build().rendered == [STORY]
    assert site.page(STORY) == "new"


# 5. Runtime frames carry a file name only if the loader returns real paths


NESTED = """
-- templates/story.html --
{% include "one.html" %}
-- templates/one.html --

{% from "two.html" import boom %}{{ boom() }}
-- templates/two.html --
{% macro boom() %}

{{ site.nothing }}{% endmacro %}
"""


def test_an_error_is_told_at_the_file_and_line_where_it_happened(tmp_path: Path) -> None:
    [problem] = site_with(tmp_path, NESTED).build().problems
    assert str(problem.span) == "templates/two.html:3"


def test_an_error_in_a_theme_is_told_at_the_file_of_the_theme(tmp_path: Path) -> None:
    site = site_with(
        tmp_path, "-- themes/plain/templates/base.html --\n\n{{ page.titel }}{% block main %}{% endblock %}\n"
    )
    [problem] = site.build().problems
    assert str(problem.span) == "themes/plain/templates/base.html:2"
    site.write("templates/base.html", "{% block main %}{% endblock %}")
    assert site.build().problems == ()


def test_an_error_in_a_block_for_feeds_is_told_like_any_other(tmp_path: Path) -> None:
    site = Site(
        tmp_path, "-- templates/shortcodes/x.html --\nx\n-- templates/shortcodes/x.feed.html --\n\n{{ nothing }}\n"
    )
    site.write("themes/plain/theme.toml", "api = 1\n[shortcodes.x]\n")
    site.write("content/a.md", story("A", body="{{< x >}}"))
    report = site.build()
    assert [(problem.code, str(problem.span)) for problem in report.problems] == [
        ("undefined-name", "templates/shortcodes/x.feed.html:2")
    ]
    assert STORY in report.written


# 6. `include` without context sees no page, so it is rendered once for all of them

SHARED = """
-- templates/story.html --
{{ article.title }}: {% include "shared.html" without context %}
-- templates/404.html --
{% include "shared.html" without context %}
-- templates/shared.html --
{% for story in site.latest(1) %}{{ story.title }} {{ story.url }} & {{ t("more") }}{% endfor %}
-- locale/en.toml --
more = "<More>"
"""


def test_an_include_without_context_is_answered_once_and_stands_everywhere(tmp_path: Path) -> None:
    site = site_with(tmp_path, SHARED)
    assert site.page(STORY) == f"A: A {STORY} & &lt;More&gt;"
    assert site.page("/404.html") == f"A {STORY} & &lt;More&gt;"
    site.write("content/b.md", story("Newer", "2026-03-02"))
    assert {STORY, "/404.html"} <= set(site.build().rendered)
    assert site.page(STORY) == "A: Newer /2026/03/02/b/ & &lt;More&gt;"


def test_an_include_without_context_whose_text_stays_the_same_stops_the_wave(tmp_path: Path) -> None:
    site = site_with(tmp_path, SHARED)
    site.write("templates/shared.html", "{% if site.latest(9) %}always{% endif %}")
    site.build()
    site.write("content/b.md", story("Newer", "2026-03-02"))
    assert "/404.html" not in site.build().rendered


def test_an_include_without_context_cannot_see_the_page(tmp_path: Path) -> None:
    site = site_with(tmp_path, SHARED)
    site.write("templates/shared.html", "\n{{ page.title }}")
    problems = site.build().problems
    assert {str(problem.span) for problem in problems} == {"templates/shared.html:2"}
    assert {problem.message for problem in problems} == {"`page` is not defined"}


def test_an_include_without_context_that_includes_itself_is_told(tmp_path: Path) -> None:
    site = site_with(tmp_path, SHARED)
    site.write("templates/shared.html", '{% include "shared.html" without context %}')
    assert {problem.code for problem in site.build().problems} == {"cycle"}
