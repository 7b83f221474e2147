"""Rules for links within the site: every page and every anchor is known, so each link can be followed.

Links are followed in the rendered pages, which every theme and shortcode has had a part in. Where one is broken, the
text that it comes from is read again, so that the writer is told the line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from sitegen.check.paper import Paper
from sitegen.check.places import places
from sitegen.check.proofs import Proofs
from sitegen.check.rule import Finding, Rule
from sitegen.check.scan import Scanner
from sitegen.errors import Span, did_you_mean
from sitegen.site.routes import Route

__all__ = ["RULES"]

_NEAR, _MANY = 50, 5_000
"""Broken links for which a similar URL is looked for, and URLs among which it is."""
_FEW = 3


def _broken_links(proofs: Proofs) -> Iterator[Finding]:
    routes = proofs.paper.session.routes
    broken = {target for target in proofs.links | proofs.mentions if not _served(routes, target.partition("#")[0])}
    broken -= _named_in_front_matter(proofs.paper)
    yield from _told(proofs, broken, lambda target: f"nothing answers at `{target.partition('#')[0]}`", _similar)


def _broken_anchors(proofs: Proofs) -> Iterator[Finding]:
    broken = {target for target in proofs.links if "#" in target and not _anchored(proofs, *target.split("#", 1))}

    def message(target: str) -> str:
        url, anchor = target.split("#", 1)
        return f"`{url}` has no part that is called `{anchor}`"

    yield from _told(proofs, broken, message, _similar_anchor)


def _named_in_front_matter(paper: Paper) -> set[str]:
    """Where pictures and recordings would be that are not there; a build tells of them."""
    scanner = Scanner(paper.config.base_url)
    return {
        scanner.local(src, url)
        for article in paper.session.site.articles.values()
        for src in paper.sources(article)
        for url in ("/", article.url)
        if not paper.file_of(article, src)
    }


def _served(routes: Mapping[str, Route], url: str) -> bool:
    """Whether something is at a URL, or a host would lead on to it."""
    return url in routes or f"{url}/" in routes or (url.endswith("/index.html") and url[:-10] in routes)


def _anchored(proofs: Proofs, url: str, anchor: str) -> bool:
    """Whether a page has an anchor; pages that are not there, and what is no page, are another rule's affair."""
    route = proofs.paper.session.routes.get(url)
    if anchor in ("", "top") or route is None or route.url not in proofs.scans or not url.endswith(("/", ".html")):
        return True
    return route.kind == "redirect" or proofs.has_anchor(url, anchor)


def _told(
    proofs: Proofs,
    broken: Collection[str],
    message: Callable[[str], str],
    hint: Callable[[Proofs, str], str],
) -> Iterator[Finding]:
    """A finding for each place that a broken target comes from."""
    pages = proofs.pages_with(broken) if broken else {}
    in_texts = _in_texts(proofs, pages, message)
    for target in sorted(broken):
        spans = in_texts.get(target, [])
        advice = hint(proofs, target) if len(broken) <= _NEAR else ""
        yield from (Finding(span, message(target), hint=advice) for span in spans if span.line)
        told = {span.path for span in spans}
        others = [url for url in pages[target] if proofs.paper.session.routes[url].origin not in told]
        origin = proofs.origins.of_link(target, others)
        if not spans or origin.line:
            yield _elsewhere(origin, others, message(target), advice)


def _in_texts(
    proofs: Proofs, pages: Mapping[str, Iterable[str]], message: Callable[[str], str]
) -> Mapping[str, list[Span]]:
    """By target, where texts of stories lead there; without a line where a build tells of it anyway."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for target, urls in pages.items():
        for url in urls:
            route = proofs.paper.session.routes[url]
            if route.kind in ("story", "page"):
                wanted[route.origin].add(target)
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for path, targets in wanted.items():
        for target, span in places(proofs.paper, path, targets, message):
            found[target].append(span)
    return found


def _elsewhere(span: Span, pages: list[str], message: str, hint: str) -> Finding:
    """A link that no text has: it comes from the front matter, the configuration or the theme."""
    shown = ", ".join(f"`{url}`" for url in pages[:_FEW])
    more = f" and {len(pages) - _FEW} more" if len(pages) > _FEW else ""
    return Finding(span, message, hint=f"{hint}; linked from {shown}{more}" if hint else f"linked from {shown}{more}")


def _similar(proofs: Proofs, target: str) -> str:
    routes = proofs.paper.session.routes
    return did_you_mean(target.partition("#")[0], routes) if len(routes) <= _MANY else ""


def _similar_anchor(proofs: Proofs, target: str) -> str:
    url, anchor = target.split("#", 1)
    return did_you_mean(anchor, filter(None, proofs.kept.texts(proofs.scans[url].ids)))


RULES = (
    Rule(code="broken-link", severity="error", says="A link within the site leads nowhere.", find=_broken_links),
    Rule(
        code="broken-anchor",
        severity="warning",
        says="A link leads to a part of a page that is not there.",
        find=_broken_anchors,
    ),
)
