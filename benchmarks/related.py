"""How many of the stories that writers linked by hand are found: sitegen, Hugo, shared tags, and TF-IDF.

    python -m benchmarks.related SITE... [--page docs/related.md]

Each SITE is the folder of a sitegen site whose stories link to one another. The links, and their words, are taken out
of the texts before anybody looks at them. With `--page` the table is put between the marks in that page. Needs the
extra `bench`.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from sitegen.config import RelatedConfig, load
from sitegen.content.article import Article
from sitegen.content.frontmatter import body_text
from sitegen.content.terms import likeness
from sitegen.explain.relating import NEAR_DAYS
from sitegen.session import Session
from sitegen.session.reading import settings_of
from sitegen.site.handlinks import HandLinks
from sitegen.site.publication import Allow
from sitegen.site.related.index import RelatedIndex
from sitegen.site.related.judging import judged
from sitegen.site.snapshot import Site
from sitegen.text.slugs import slugify

K = 10
Lists = Mapping[str, Sequence[str]]
MARKS = "<!-- scores -->", "<!-- /scores -->"


@dataclass(frozen=True)
class Archive:
    """Stories without their links to one another, newest first, and where those led."""

    name: str
    site: Site
    index: RelatedIndex
    texts: Mapping[str, str]
    wanted: Mapping[str, Sequence[str]]

    @property
    def articles(self) -> list[Article]:
        return [self.site.articles[path] for path in self.site.stories]


def archive(folder: Path) -> Archive:
    """The stories of a site."""
    with Session.open(folder, load(folder), forget=True) as session:
        session.read_content()
        session.open_site(Allow())
        links = HandLinks(session.site)
        found = {
            path: links.taken_out(session.site.articles[path], body_text(session.files.load(path))[0])
            for path in session.site.stories
        }
        texts = {path: text for path, (text, _) in found.items()}
        wanted = {path: list(others) for path, (_, others) in found.items() if others}
        return Archive(folder.name, session.site, session.related, texts, wanted)


def by_sitegen(archive: Archive, *, tags: bool) -> Lists:
    settings = settings_of(archive.site.config)
    if not tags:
        settings = replace(settings, related_fields=tuple(name for name in RelatedConfig().fields if name != "tags"))
    like = {article.path: likeness(article, archive.texts[article.path], settings) for article in archive.articles}
    index = archive.index.anew(like)
    return {path: index.similar(path) for path in archive.site.stories}


def by_shared_tags(archive: Archive) -> Lists:
    tags = {article.path: frozenset(map(slugify, article.tags)) for article in archive.articles}
    places = {path: place for place, path in enumerate(archive.site.stories)}

    def best(path: str) -> list[str]:
        shared = [(-len(tags[path] & there), places[other], other) for other, there in tags.items() if other != path]
        return [other for count, _, other in sorted(shared)[:K] if count]

    return {path: best(path) for path in archive.wanted}


def by_tf_idf(archive: Archive, *, tags: bool, tuned: bool) -> Lists:
    """scikit-learn's cosine of TF-IDF vectors; `tuned` with its stop words and logarithms of counts."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(stop_words="english", sublinear_tf=True) if tuned else TfidfVectorizer()
    vectors = vectorizer.fit_transform(_whole(archive, article, tags=tags) for article in archive.articles)
    stories, lists = archive.site.stories, {}
    for row, path in enumerate(stories):
        if path in archive.wanted:
            alike = (vectors @ vectors[row].T).toarray().ravel()
            alike[row] = -1
            lists[path] = [stories[other] for other in (-alike).argsort(kind="stable")[:K]]
    return lists


def _whole(archive: Archive, article: Article, *, tags: bool) -> str:
    parts = (article.title, article.deck, archive.texts[article.path], *(article.tags if tags else ()))
    return "\n".join(parts)


HUGO = {
    "tags": [("tags", 100)],
    "tags, section, authors": [("tags", 100), ("desks", 20), ("bylines", 40)],
    "tags, month": [("tags", 80), ("date", 10)],
    "tags, words of the headline": [("tags", 100), ("keywords", 80)],
    "words of the headline": [("keywords", 100)],
    "words of the headline, month": [("keywords", 80), ("date", 10)],
}
"""Fields and weights for its related content: of these the best is shown, archive by archive."""


def by_hugo(archive: Archive, fields: Sequence[tuple[str, int]], *, tags: bool, newer: bool) -> Lists:
    """Hugo's built-in related content."""
    numbers = {path: f"s{number}" for number, path in enumerate(archive.site.stories)}
    paths = {number: path for path, number in numbers.items()}
    with tempfile.TemporaryDirectory() as name:
        site = Path(name)
        (site / "content" / "posts").mkdir(parents=True)
        (site / "layouts" / "_default").mkdir(parents=True)
        (site / "layouts" / "_default" / "single.html").write_text(
            "end {{ range first 10 (.Site.RegularPages.Related .) }}{{ .File.BaseFileName }} {{ end }}"
        )
        (site / "hugo.toml").write_text(_hugo_config(fields, newer=newer))
        for article in archive.articles:
            matter = json.dumps(_hugo_matter(article, tags=tags), ensure_ascii=False)
            (site / "content" / "posts" / f"{numbers[article.path]}.md").write_text(f"{matter}\n\nText.\n")
        subprocess.run(["hugo", "--quiet", "--source", site], check=True, stdout=subprocess.DEVNULL)
        shown = {
            path: (site / "public" / "posts" / number / "index.html").read_text() for path, number in numbers.items()
        }
    return {path: [paths[number] for number in text.split()[1:]] for path, text in shown.items()}


def _hugo_config(fields: Sequence[tuple[str, int]], *, newer: bool) -> str:
    indices = "".join(
        f'[[related.indices]]\nname = "{name}"\nweight = {weight}\n'
        + ('pattern = "2006-01"\n' if name == "date" else "")
        for name, weight in fields
    )
    kinds = '["taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404", "home", "section"]'
    return (
        f'baseURL = "https://archive.example/"\ndisableKinds = {kinds}\nbuildFuture = true\n'
        f"[related]\nthreshold = 0\nincludeNewer = {str(newer).lower()}\ntoLower = true\n{indices}"
    )


def _hugo_matter(article: Article, *, tags: bool) -> Mapping[str, object]:
    matter: dict[str, object] = {
        "title": article.title,
        "tags": list(article.tags) if tags else [],
        "desks": [article.section] if article.section else [],
        "bylines": list(article.authors),
        "keywords": [word.lower() for word in re.findall(r"\w{3,}", article.title)],
    }
    return matter | ({"date": article.date.isoformat()} if article.date else {})


def best_of_hugo(archive: Archive, *, tags: bool) -> Lists:
    """Of the configurations, the one that finds most."""
    found = [
        by_hugo(archive, fields, tags=tags, newer=newer)
        for name, fields in HUGO.items()
        if tags or not name.startswith("tags")
        for newer in (True, False)
    ]
    return max(found, key=lambda lists: judged(lists, archive.wanted, K).recall)


METHODS: Mapping[str, Callable[[Archive], Lists]] = {
    "sitegen": lambda archive: by_sitegen(archive, tags=True),
    "Hugo, best": lambda archive: best_of_hugo(archive, tags=True),
    "shared tags": by_shared_tags,
    "TF-IDF": lambda archive: by_tf_idf(archive, tags=True, tuned=False),
    "TF-IDF, tuned": lambda archive: by_tf_idf(archive, tags=True, tuned=True),
}
WITHOUT_TAGS: Mapping[str, Callable[[Archive], Lists]] = {
    "sitegen": lambda archive: by_sitegen(archive, tags=False),
    "Hugo, best": lambda archive: best_of_hugo(archive, tags=False),
    "TF-IDF": lambda archive: by_tf_idf(archive, tags=False, tuned=False),
    "TF-IDF, tuned": lambda archive: by_tf_idf(archive, tags=False, tuned=True),
}


def table(archives: Sequence[Archive]) -> Iterator[str]:
    """The lines of the page."""
    titles = [*METHODS, *(f"{name}, no tags" for name in WITHOUT_TAGS)]
    yield f"recall@{K} over all stories with links / over pairs {NEAR_DAYS} days apart or more:\n"
    yield "| archive | stories | pairs | " + " | ".join(titles) + " |"
    yield "|---|--:|--:|" + "--:|" * len(titles)
    for found in archives:
        cells = [_cell(found, method(found)) for method in (*METHODS.values(), *WITHOUT_TAGS.values())]
        pairs = sum(map(len, found.wanted.values()))
        yield f"| {found.name} | {len(found.texts):,} | {pairs:,} | " + " | ".join(cells) + " |"
        print(found.name, file=sys.stderr)


def _cell(archive: Archive, lists: Lists) -> str:
    apart = {
        story: [other for other in others if _apart(archive, story, other)] for story, others in archive.wanted.items()
    }
    return f"{judged(lists, archive.wanted, K).recall:.3f} / {judged(lists, apart, K).recall:.3f}"


def _apart(archive: Archive, one: str, other: str) -> bool:
    here, there = archive.site.articles[one].date, archive.site.articles[other].date
    return here is None or there is None or abs((here - there).days) >= NEAR_DAYS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sites", nargs="+", type=Path)
    parser.add_argument("--page", type=Path)
    options = parser.parse_args()
    lines = "\n".join(table([archive(folder) for folder in options.sites]))
    if options.page is None:
        print(lines)
        return
    before, _, rest = options.page.read_text(encoding="utf-8").partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    options.page.write_text(f"{before}{MARKS[0]}\n\n{lines}\n\n{MARKS[1]}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
