"""The order in which very many outputs are rendered: those with the same stories one after the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sitegen.build.order import in_time
from sitegen.config import Config
from sitegen.content.article import Article
from sitegen.site.routes import Route, site_routes
from sitegen.site.snapshot import Site, make_site

START = datetime(2026, 1, 1, 12, tzinfo=UTC)
DAYS = 400


def archive() -> Site:
    """A story a day, the last one first: each has the tag of its month, and one in twenty that of all years."""
    stories = [
        Article(
            path=f"content/{day:03}.md",
            url=f"/{day:03}/",
            title=f"Story {day}",
            date=START + timedelta(days=day),
            tags=(f"month {day // 30}", *["for ever"] * (day % 20 == 0)),
        )
        for day in range(DAYS)
    ]
    return make_site(Config(page_size=10), stories, (), START + timedelta(days=DAYS))


def found() -> tuple[Site, Mapping[str, Route], list[str], list[str]]:
    site = archive()
    routes = {route.url: route for route in site_routes(site)}
    wide, others = in_time(routes.values(), site)
    return site, routes, wide, others


def test_each_output_has_its_turn() -> None:
    _, routes, wide, others = found()
    assert sorted([*wide, *others]) == sorted(routes)


def test_lists_with_stories_of_all_times_are_told_apart() -> None:
    _, _, wide, _ = found()
    assert {url for url in wide if url.startswith("/tags/")} == {"/tags/for-ever/", "/tags/for-ever/page/1/"}


def test_all_else_comes_by_time_the_newest_first() -> None:
    _, routes, _, others = found()
    stories = [url for url in others if routes[url].kind == "story"]
    assert stories == [f"/{day:03}/" for day in reversed(range(DAYS))]
    for month in (2, 7):
        newest = others.index(f"/{30 * month + 29:03}/")
        assert abs(others.index(f"/tags/month-{month}/") - newest) <= 3, "a list stands beside its newest story"
    archives = [url for url in others if routes[url].kind == "archive"]
    assert archives == [f"/page/{number}/" for number in reversed(range(1, len(archives) + 1))]


def test_an_index_of_what_others_find_out_comes_after_them() -> None:
    _, _, _, others = found()
    sitemaps = [place for place, url in enumerate(others) if url.startswith("/sitemaps/")]
    assert len(sitemaps) > DAYS // 31
    assert others.index("/sitemap.xml") > max(sitemaps)
