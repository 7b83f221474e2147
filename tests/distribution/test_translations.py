"""A site in several languages (docs/guide/translations.md), as readers and search engines see it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sitegen.config import load
from sitegen.deploy.changes import Changes, changed_feeds, changed_pages
from sitegen.errors import SiteProblems
from tests.distribution.test_feeds import newspaper, parsed
from tests.distribution.test_sitemaps import locations, news
from tests.support.sites import Site, story

HOST = "https://test.example"
BASE = """<html lang="{{ page.language }}" dir="{{ page.direction }}">{{ page.locale }}
{% for other in page.alternates %}<link hreflang="{{ other.language }}" href="{{ other.url }}">{% endfor %}
{% for other in page.translations %}[{{ other.name }} {{ other.url }}{{ " here" if other.current }}]{% endfor %}
{{ t("all", count=3) }}|{{ site.title }}|{{ site.tagline }}|{{ site.url }}|{{ site.params.colour | default("") }}
{% for section in site.sections %}<b>{{ section.title }}</b> {{ section.url }} {{ section.description }}{% endfor %}
{% include "nav.html" without context %}{% block main %}{% endblock %}
"""
FRONT = """{% extends "base.html" %}{% block main %}{{ site.latest(9) | map(attribute="title") | join(",") }}
{{ site.edition | date("MMMM") }}{% for other in site.languages %}({{ other.url }}){% endfor %}{% endblock %}
"""
STORY = """{% extends "base.html" %}{% block main %}{{ article.title }}{{ article.body }}
{% for other in article.translations %}also {{ other.title }} {% endfor %}
{% for other in [article.earlier, article.later] if other %}near {{ other.title }} {% endfor %}
{% for other in article.related() %}like {{ other.title }} {% endfor %}{% endblock %}
"""
FRENCH = """
[params]
colour = "red"
[[sections]]
slug = "world"
title = "World"
description = "All of it."
[[sections]]
slug = "sport"
title = "Sport"
[authors.jane]
name = "Jane Doe"
bio = "Reports."
[languages.fr]
title = "Le Test"
sections = [{ slug = "world", title = "Monde" }]
"""
EN, FR = "/2026/03/01/storm/", "/fr/2026/03/01/storm/"


def bilingual(folder: Path, config: str = "") -> Site:
    """A site in English and French, with one story in both."""
    site = newspaper(folder, config=f'tagline = "All of it."\n{config}{FRENCH}')
    for name, text in (("base", BASE), ("front", FRONT), ("story", STORY), ("nav", '{{ t("all", count=4) }}')):
        site.write(f"templates/{name}.html", text)
    site.write("locale/en.toml", 'all = "All {count}"')
    site.write("locale/fr.toml", 'all = "Les {count}"')
    site.write("content/world/storm.md", story("Storm", tags="[rain]", authors="[jane]"))
    site.write("content/world/storm.fr.md", story("Tempête", tags="[pluie]", authors="[jane]"))
    return site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return bilingual(tmp_path)


def told(site: Site, url: str) -> dict[str, str]:
    """The languages that a page tells search engines of."""
    return dict(re.findall(rf'<link hreflang="([^"]+)" href="{HOST}([^"]+)">', site.page(url)))


def offered(site: Site, url: str) -> list[str]:
    """The languages that a page offers its readers."""
    return re.findall(r"\[([^]]+)\]", site.page(url))


def codes(site: Site) -> list[str]:
    return [problem.code for problem in site.build().problems]


def test_h2_a_story_tells_of_its_languages_and_they_of_it(site: Site) -> None:
    assert codes(site) == []
    assert told(site, EN) == told(site, FR) == {"en": EN, "fr": FR, "x-default": EN}
    assert offered(site, EN) == [f"English {EN} here", f"Français {FR}"]
    assert offered(site, FR) == [f"English {EN}", f"Français {FR} here"]
    assert "also Tempête" in site.page(EN)


def test_h2_so_do_fronts_sections_authors_and_directories(site: Site) -> None:
    site.build()
    for below in ("", "world/", "authors/jane/"):
        expected = {"en": f"/{below}", "fr": f"/fr/{below}", "x-default": f"/{below}"}
        assert told(site, f"/{below}") == told(site, f"/fr/{below}") == expected
    assert told(site, "/tags/rain/") == told(site, "/2026/") == {}


def test_h2_numbered_pages_tell_of_themselves_only(tmp_path: Path) -> None:
    site = bilingual(tmp_path, "page_size = 1\n")
    site.write("content/world/b.md", story("B"))
    site.write("content/fr/world/c.md", story("C"))
    site.build()
    assert told(site, "/world/page/1/") == told(site, "/fr/world/page/1/") == {}


def test_a_story_that_is_not_translated_is_not_invented(site: Site) -> None:
    site.write("content/world/alone.md", story("Alone"))
    site.write("content/fr/world/seule.md", story("Seule"))
    site.build()
    assert told(site, "/2026/03/01/alone/") == told(site, "/fr/2026/03/01/seule/") == {}
    assert offered(site, "/2026/03/01/alone/") == []
    assert "/fr/" not in site.page("/2026/03/01/alone/")
    assert not [file for file in site.output() if "fr/" in file and "alone" in file]
    assert "Alone" not in site.page("/fr/")
    assert "Seule" not in site.page("/")


def test_each_language_has_lists_feeds_and_archives_of_its_own(site: Site) -> None:
    site.write("content/pages/about.fr.md", "---\ntitle: À propos\n---\nx")
    site.build()
    assert "Storm" in site.page("/")
    for url in ("/fr/", "/fr/world/", "/fr/tags/pluie/", "/fr/authors/jane/", "/fr/2026/03/01/"):
        assert "Tempête" in site.page(url)
        assert "Storm" not in site.page(url)
    for url in ("/fr/feed.xml", "/fr/atom.xml", "/fr/world/feed.xml"):
        feed = parsed(site, url)
        assert [entry.title for entry in feed.entries] == ["Tempête"]
        assert feed.feed.language == "fr"
        assert feed.feed.title.endswith("Le Test")
    assert json.loads(site.page("/fr/feed.json"))["home_page_url"] == f"{HOST}/fr/"
    assert "À propos" in site.page("/fr/about/")
    assert "fr/tags/rain/index.html" not in site.output()
    assert "fr/404.html" in site.output()


def test_words_dates_and_names_are_those_of_the_language(site: Site) -> None:
    site.build()
    assert "All 3|The Test|All of it.|/|red" in site.page("/")
    assert "Les 3|Le Test||/fr/|red" in site.page("/fr/")
    assert "mars" in site.page("/fr/")
    assert '<html lang="fr" dir="ltr">fr_FR' in site.page(FR)
    assert "Les 4" in site.page(FR)
    assert "<b>Monde</b> /fr/world/" in site.page("/fr/")
    assert "All of it." not in site.page("/fr/world/")
    assert "Sport" in site.page("/")
    assert "Sport" not in site.page("/fr/")


def test_who_a_person_is_does_not_depend_on_the_language_and_what_is_said_of_him_does(site: Site) -> None:
    page = "{{ page.subject.name }}: {{ page.subject.description }}{{ page.subject.description_html }}"
    site.write("templates/author.html", page)
    site.build()
    assert site.page("/fr/authors/jane/") == "Jane Doe: "
    site.write("content/authors/jane.md", "---\nname: Jane D.\n---\nReports.\n")
    site.build()
    assert site.page("/fr/authors/jane/") == "Jane D.: "
    site.write("content/authors/jane.fr.md", "---\nname: Jeanne\n---\nRapporte.\n")
    site.build()
    assert site.page("/fr/authors/jane/") == "Jeanne: Rapporte.<p>Rapporte.</p>\n"
    assert site.page("/authors/jane/") == "Jane D.: Reports.<p>Reports.</p>\n"


def test_parameters_of_a_language_lie_over_those_of_the_site(tmp_path: Path) -> None:
    site = bilingual(tmp_path)
    site.write("sitegen.toml", site.read("sitegen.toml") + '[languages.fr.params]\ncolour = "blue"\n')
    site.build()
    assert "|/|red" in site.page("/")
    assert "|/fr/|blue" in site.page("/fr/")


def test_what_is_related_and_what_is_near_is_in_the_same_language(site: Site) -> None:
    text = "The ferry to the harbour stopped at the bridge over the river."
    for name, title in (("a.md", "One ferry"), ("b.md", "Two ferries"), ("c.fr.md", "Un ferry"), ("d.fr.md", "Deux")):
        site.write(f"content/world/{name}", story(title, tags="[ferries]", body=text + name))
    site.build()
    page = site.page("/2026/03/01/a/")
    assert "like Two ferries" in page
    assert re.findall("near (Un|Deux|Tempête)|like (Un|Deux)", page) == []
    assert "like Deux" in site.page("/fr/2026/03/01/c/")


def test_a_name_means_the_story_in_the_same_language_first(site: Site) -> None:
    site.write("content/world/a.fr.md", story("A", related="[storm]"))
    site.write("content/world/b.fr.md", story("B", related="[alone]"))
    site.write("content/world/alone.md", story("Alone", "2026-02-01"))
    assert codes(site) == []
    assert "like Tempête" in site.page("/fr/2026/03/01/a/")
    assert "like Alone" in site.page("/fr/2026/03/01/b/")


@pytest.mark.parametrize(
    "path", ["content/fr/world/2026-03-01-storm.md", "content/world/2026-03-01-storm.fr.md",
             "content/world/2026-03-01-storm/index.fr.md"]
)  # fmt: skip
def test_where_a_file_in_another_language_lies(site: Site, path: str) -> None:
    site.delete("content/world/storm.md")
    site.delete("content/world/storm.fr.md")
    site.write("content/world/2026-03-01-storm.md", story("Storm", ""))
    site.write(path, story("Tempête", ""))
    assert codes(site) == []
    assert "Tempête" in site.page(FR)
    assert "Monde" in site.page("/fr/world/")


def test_front_matter_joins_files_of_any_name(site: Site) -> None:
    site.write("content/a.md", story("A", translation="key"))
    site.write("content/b.md", story("B", translation="key", language="fr"))
    site.write("content/c.md", story("C", translation="world/storm", language="de"))
    site.build()
    assert told(site, "/2026/03/01/a/") == {
        "en": "/2026/03/01/a/",
        "fr": "/fr/2026/03/01/b/",
        "x-default": "/2026/03/01/a/",
    }
    assert told(site, EN)["de"] == "/2026/03/01/c/"


def test_without_editions_a_key_still_joins_stories(tmp_path: Path) -> None:
    site = newspaper(tmp_path)
    site.write("templates/base.html", BASE)
    site.write("templates/nav.html", "")
    site.write("locale/en.toml", 'all = "All"')
    site.write("content/a.md", story("A", translation="key"))
    site.write("content/b.md", story("B", translation="key", language="de"))
    site.build()
    own, other = "/2026/03/01/a/", "/2026/03/01/b/"
    assert told(site, own) == told(site, other) == {"en": own, "de": other, "x-default": own}
    assert told(site, "/") == {}


def test_what_search_engines_should_not_keep_is_no_alternate(site: Site) -> None:
    site.write("content/world/storm.fr.md", story("Tempête", noindex="true"))
    site.build()
    assert told(site, EN) == told(site, FR) == {}
    assert offered(site, EN) == [f"English {EN} here", f"Français {FR}"]


def test_a_translation_that_is_not_public_is_nowhere(site: Site) -> None:
    site.write("content/world/storm.fr.md", story("Tempête", draft="true"))
    site.build()
    assert told(site, EN) == {}
    assert "Tempête" not in site.page(EN)
    assert not [file for file in site.output() if file.startswith("fr/2026")]


def test_two_stories_with_one_key_in_one_language(site: Site) -> None:
    site.write("content/world/other.md", story("Other", translation="world/storm"))
    (problem,) = site.build().problems
    assert (problem.code, problem.span.path, problem.span.line) == ("same-translation", "content/world/storm.md", 0)
    assert "content/world/other.md" in problem.message


def test_a_language_without_edition_is_a_warning_and_the_story_stays(site: Site) -> None:
    site.write("content/world/x.md", story("X", language="frr"))
    (problem,) = site.build().problems
    assert (problem.code, problem.span.line, problem.hint) == ("unknown-language", 4, "did you mean `fr`?")
    assert "X" in site.page("/")


def test_a_variety_of_a_language_stands_in_its_edition(site: Site) -> None:
    site.write("content/world/x.md", story("X", language="fr-CA"))
    assert codes(site) == []
    assert '<html lang="fr-CA"' in site.page("/fr/2026/03/01/x/")


def test_pictures_of_a_bundle_are_public_if_any_of_its_languages_is(site: Site) -> None:
    site.write("content/world/b/index.md", story("B", draft="true"))
    site.write("content/world/b/index.fr.md", story("B", body="![x](map.txt)"))
    site.write("content/world/b/map.txt", "map")
    assert codes(site) == []
    assert "fr/2026/03/01/b/map.txt" in site.output()
    site.write("content/world/b/index.md", story("B"))
    site.build()
    assert "2026/03/01/b/map.txt" in site.output()


def test_sitemaps_tell_of_all_languages(site: Site) -> None:
    site.write("content/world/today.fr.md", story("Nouvelle", "2026-03-12 08:00"))
    site.build()
    assert set(locations(site, "/sitemaps/2026-03.xml")) == {EN, FR, "/fr/2026/03/12/today/"}
    link = f'<xhtml:link rel="alternate" hreflang="fr" href="{HOST}{FR}"/>'
    assert site.page("/sitemaps/2026-03.xml").count(link) == 2
    assert "/fr/" in locations(site, "/sitemaps/pages.xml")


def test_ns3_ns6_the_news_of_each_language_have_a_sitemap_of_their_own(site: Site) -> None:
    site.write("content/world/today.fr.md", story("Nouvelle", "2026-03-12 08:00"))
    site.build()
    assert news(site) == []
    assert news(site, "/fr/news-sitemap.xml") == ["Nouvelle"]
    said = site.page("/fr/news-sitemap.xml")
    assert "<news:name>Le Test</news:name><news:language>fr</news:language>" in said
    assert f"Sitemap: {HOST}/fr/news-sitemap.xml\n" in site.page("/robots.txt")


def test_a_story_in_one_language_changes_nothing_in_the_other(site: Site) -> None:
    site.build()
    site.write("content/world/neuf.fr.md", story("Neuf", "2026-03-02"))
    written = site.build().written
    shared = {"/sitemap.xml", "/sitemaps/2026-03.xml", "/sitemaps/pages.xml"}
    assert [url for url in written if not url.startswith("/fr/") and url not in shared] == []
    assert EN not in site.build().rendered


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("[languages.en]", "the site itself is in `en`"),
        ("[languages.french]", "`french` is not a language tag"),
        ("[languages.FR]", "`fr` is the language of two tables"),
        ("[languages.de]\ntitel = 1", "unknown key `titel` in [languages.de]"),
    ],
)
def test_what_is_wrong_with_a_table(site: Site, table: str, message: str) -> None:
    site.write("sitegen.toml", f"{site.read('sitegen.toml')}{table}\n")
    with pytest.raises(SiteProblems) as caught:
        site.build()
    assert [problem.message for problem in caught.value.problems] == [message]


def test_why_names_the_edition(site: Site) -> None:
    site.build()
    site.write("content/world/neuf.fr.md", story("Neuf", "2026-03-02"))
    status, told, _ = site.command("why", "/fr/world/")
    assert status == 0
    assert "of section world, in the edition `fr`" in told


def test_one_language_has_one_edition(tmp_path: Path) -> None:
    site = newspaper(tmp_path)
    site.write("content/world/storm.fr.md", story("Storm", language="fr"))
    site.write("content/fr/plain.md", story("Plain"))
    site.build()
    assert {"2026/03/01/storm-fr/index.html", "fr/index.html", "2026/03/01/plain/index.html"} <= site.output().keys()


def test_fragments_of_each_language_are_kept_as_briefly(site: Site) -> None:
    site.build()
    assert "/fr/fragments/*\n  Cache-Control: public, max-age=60\n" in site.page("/_headers")


def test_f17_f18_feeds_and_pages_of_each_language_are_told(site: Site) -> None:
    urls = ("/fr/atom.xml", "/fr/", "/fr/404.html", "/fr/fragments/latest.html", "/404.html", FR)
    config = load(site.folder)
    assert changed_feeds(Changes(urls, ()), config) == ("/fr/atom.xml",)
    assert changed_pages(Changes(urls, ()), config) == ("/fr/", FR)
