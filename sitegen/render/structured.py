"""What a page is, for search engines: JSON-LD in the terms of schema.org.

The properties are those that Google asks of articles ("Article structured data"), and what schema.org has for news:
corrections, publishing principles, series. Nothing is said that the page does not show.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from markupsafe import Markup

from sitegen.config import Publisher
from sitegen.render.views.article import ArticleView
from sitegen.render.views.card import CardView
from sitegen.render.views.group import GroupView
from sitegen.render.views.image import ImageView
from sitegen.render.views.live import EntryView
from sitegen.render.views.page import PageView
from sitegen.render.views.site import SiteView

__all__ = ["structured_data"]

Thing = dict[str, Any]
"""Something with an `@type`; what is empty or None is left out when it is written."""
_ARTICLES: Mapping[str, str] = {
    "analysis": "AnalysisNewsArticle",
    "background": "BackgroundNewsArticle",
    "live": "LiveBlogPosting",
    "opinion": "OpinionNewsArticle",
    "report": "ReportageNewsArticle",
    "review": "ReviewNewsArticle",
    "sponsored": "AdvertiserContentArticle",
}
"""By the `type` of a story; any other is a NewsArticle."""
_POLICIES = {
    "publishingPrinciples": "principles",
    "correctionsPolicy": "corrections",
    "ethicsPolicy": "ethics",
    "ownershipFundingInfo": "ownership",
    "masthead": "masthead",
}
_CROPS = ("16:9", "4:3", "1:1")
_PAYWALL = ".paywall"


def structured_data(site: SiteView, page: PageView) -> Markup:
    """The `<script>` for the head of a page; empty if there is nothing to tell."""
    things = [_without_gaps(thing) for thing in _things(site, page)]
    if not things:
        return Markup("")
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False)
    # Nothing in it may end the element, or begin a comment (WHATWG HTML, 4.12.1.3).
    return Markup('<script type="application/ld+json">' + text.replace("<", "\\u003c") + "</script>")


def _things(site: SiteView, page: PageView) -> Iterator[Thing]:
    if page.kind == "front":
        yield _website(site)
        yield _organization(site, whole=True)
    elif page.kind == "story" and page.article is not None:
        yield _article(site, page, page.article)
        yield _breadcrumbs(site, page, page.article.section)
    elif page.subject is not None:
        if page.kind == "author":
            yield _person(page.subject, whole=True)
        elif page.kind == "series":
            yield _series(page.subject) | _contents(page, page.subject)
        yield _breadcrumbs(site, page, None)


def _website(site: SiteView) -> Thing:
    thing: Thing = {"@type": "WebSite", "name": site.title, "url": site.absolute_url, "inLanguage": site.language}
    if site.search_url:
        target = urljoin(site.base_url, site.search_url) + "?q={query}"
        thing["potentialAction"] = {"@type": "SearchAction", "target": target, "query-input": "required name=query"}
    return thing


def _organization(site: SiteView, *, whole: bool = False) -> Thing:
    publisher: Publisher = site.publisher
    thing: Thing = {
        "@type": "NewsMediaOrganization",
        "name": publisher.name or site.title,
        "url": publisher.url or site.base_url,
        "logo": _logo(site, publisher),
    }
    if whole:
        thing |= {"email": publisher.email, "foundingDate": str(publisher.since or "")}
        thing |= {name: _absolute(site, getattr(publisher, field)) for name, field in _POLICIES.items()}
    return thing


def _logo(site: SiteView, publisher: Publisher) -> Thing | None:
    if not publisher.logo:
        return None
    return {"@type": "ImageObject", "url": urljoin(site.base_url, publisher.logo.lstrip("/"))}


def _absolute(site: SiteView, url: str) -> str:
    return urljoin(site.base_url, url.lstrip("/") if url.startswith("/") else url) if url else ""


def _article(site: SiteView, page: PageView, story: ArticleView) -> Thing:
    thing: Thing = {
        "@type": _ARTICLES.get(story.type, "NewsArticle"),
        "headline": story.title,
        "description": story.summary,
        "url": story.absolute_url,
        "mainEntityOfPage": page.canonical,
        "datePublished": _iso(story.date),
        "dateModified": _iso(max(filter(None, (story.date, story.updated)), default=None)),
        "dateline": story.dateline,
        "author": [_person(author) for author in story.authors],
        "publisher": _organization(site),
        "copyrightHolder": _holder(site, story),
        "articleSection": story.section.title if story.section else "",
        "keywords": [tag.title for tag in story.tags],
        "wordCount": story.words,
        "inLanguage": story.language,
        "isPartOf": [_series(series) for series in story.series],
        "position": next((series.part for series in story.series), None),
        "correction": [_correction(correction.date, correction.text) for correction in story.corrections],
        "audio": _audio(site, story),
    }
    return thing | (_pictures(story.image) or _card(page.card)) | _paywall(story) | _coverage(story)


def _holder(site: SiteView, story: ArticleView) -> Thing | None:
    """The publisher, if he is named and the story was not published first elsewhere."""
    name = site.publisher.name
    return {"@type": "NewsMediaOrganization", "name": name} if name and not story.canonical else None


def _iso(instant: datetime | None) -> str:
    return instant.isoformat() if instant else ""


def _person(author: GroupView, *, whole: bool = False) -> Thing:
    kind = "Organization" if author.byline == "wire" else "Person"
    thing: Thing = {"@type": kind, "name": author.title, "url": author.absolute_url or author.homepage}
    if whole:
        image = author.image
        thing |= {
            "description": author.description,
            "knowsAbout": author.beat,
            "email": author.email,
            "sameAs": [*filter(None, [author.homepage]), *(link.url for link in author.links)],
            "image": image.absolute_src if image else "",
        }
    return thing


def _series(series: GroupView) -> Thing:
    return {"@type": "CreativeWorkSeries", "name": series.title, "url": series.absolute_url}


def _contents(page: PageView, series: GroupView) -> Thing:
    """What the page of a series says of it: what it is about, and the parts that the page lists."""
    image = series.image
    parts = [
        {"@type": "NewsArticle", "headline": part.title, "url": part.story.absolute_url, "position": part.number}
        for part in page.parts
    ]
    return {
        "description": series.description,
        "image": image.absolute_src if image else "",
        "hasPart": parts,
    }


def _correction(date: datetime, text: str) -> Thing:
    return {"@type": "CorrectionComment", "text": text, "datePublished": date.isoformat()}


def _audio(site: SiteView, story: ArticleView) -> Thing | None:
    audio = story.audio
    if audio is None:
        return None
    minutes, seconds = divmod(audio.duration, 60)
    return {
        "@type": "AudioObject",
        "contentUrl": _absolute(site, audio.src),
        "duration": f"PT{minutes}M{seconds}S" if audio.duration else "",
        "encodingFormat": audio.type,
        "transcript": _absolute(site, audio.transcript),
    }


def _pictures(image: ImageView | None) -> Thing:
    """The lead picture in all shapes that search engines ask for."""
    if image is None:
        return {}
    shown = {crop.absolute_src: crop for crop in map(image.crop, _CROPS)}
    pictures = [
        {
            "@type": "ImageObject",
            "url": url,
            "width": crop.width,
            "height": crop.height,
            "caption": image.caption or image.alt,
            "creditText": image.credit,
        }
        for url, crop in shown.items()
    ]
    return {"image": pictures, "thumbnailUrl": next(iter(shown))}


def _card(card: CardView | None) -> Thing:
    """Of a story without a picture, its headline set in type."""
    if card is None or not card.own:
        return {}
    picture = {"@type": "ImageObject", "url": card.absolute_src, "width": card.width, "height": card.height}
    return {"image": [picture], "thumbnailUrl": card.absolute_src}


def _paywall(story: ArticleView) -> Thing:
    """Of a story with `params: {paywall: true}`: what stands in an element of this class is for subscribers."""
    if not story.params.get("paywall"):
        return {}
    part = {"@type": "WebPageElement", "isAccessibleForFree": False, "cssSelector": _PAYWALL}
    return {"isAccessibleForFree": False, "hasPart": part}


def _coverage(story: ArticleView) -> Thing:
    """What is told of a live blog: when it began and ended, and its entries, newest first."""
    live = story.live
    if live is None:
        return {}
    entries = live.entries
    began = min([entry.date for entry in entries] + ([story.date] if story.date else []), default=None)
    return {
        "coverageStartTime": _iso(began),
        "coverageEndTime": _iso(live.closed),
        "liveBlogUpdate": [_update(entry) for entry in entries],
    }


def _update(entry: EntryView) -> Thing:
    return {
        "@type": "BlogPosting",
        "headline": entry.title,
        "datePublished": entry.date.isoformat(),
        "articleBody": entry.text,
        "url": entry.absolute_url,
    }


def _breadcrumbs(site: SiteView, page: PageView, section: GroupView | None) -> Thing:
    way = [(site.title, site.absolute_url), *([(section.title, section.absolute_url)] if section else [])]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": url}
        for number, (name, url) in enumerate([*way, (page.title, page.absolute_url)], 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _without_gaps(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {name: _without_gaps(value) for name, value in thing.items() if value not in ("", None, [])}
    return [_without_gaps(item) for item in thing] if isinstance(thing, list) else thing
