"""The URL of an article: its own, or the permalink pattern filled in."""

from __future__ import annotations

from sitegen.config import Config
from sitegen.content.article import Article
from sitegen.text.slugs import slugify
from sitegen.urls import page_url

__all__ = ["article_url"]


def article_url(article: Article, config: Config) -> str:
    """The URL path of an article, not yet checked for safety.

    A story without a date leaves the parts of the date out; so do missing sections and ids.
    """
    if article.url:
        return article.url
    if article.kind != "story":
        return _own_path(article, config.content_dir)
    date = article.date
    parts = {
        "year": f"{date:%Y}" if date else "",
        "month": f"{date:%m}" if date else "",
        "day": f"{date:%d}" if date else "",
        "section": slugify(article.section) if article.section else "",
        "slug": article.slug,
        "id": slugify(article.id) if article.id else "",
    }
    names = [name.format_map(parts) for name in config.permalink.split("/")]
    return page_url("/" + "/".join(name for name in names if name))


def _own_path(article: Article, content_dir: str) -> str:
    """Where the file lies, without `pages/`: `content/pages/about.md` is `/about/`."""
    names = article.path.removeprefix(content_dir + "/").split("/")[: -2 if article.bundle else -1]
    names = names[1:] if names[:1] == ["pages"] else names
    at_root = article.path == f"{content_dir}/index.md"
    return "/".join(["", *names, *([] if at_root else [article.slug]), ""])
