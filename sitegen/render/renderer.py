"""From a route to bytes: a pure function of the answers that it reads."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from sitegen.content.body import Picture, Shortcode
from sitegen.engine.kinds import Watch, unwatched
from sitegen.errors import SitegenError, Span, TemplateError, did_you_mean
from sitegen.render.assets import Asset
from sitegen.render.distribution import Distribution
from sitegen.render.environment import Environment
from sitegen.render.failures import template_error
from sitegen.render.feeds import Item
from sitegen.render.policy import page_policy, unlisted, with_policy
from sitegen.render.sitemaps import Sitemap
from sitegen.render.structured import structured_data
from sitegen.render.themes import Theme
from sitegen.render.views import ArticleView, BodyPictureView, LetterView, PageView, ShortcodeView, SiteView, Views
from sitegen.render.wording import FILTERS, language_of
from sitegen.site.queries import in_edition
from sitegen.site.routes import Route
from sitegen.text.periods import Period

__all__ = ["Renderer"]

_TEMPLATES = {"year": "archive", "month": "archive", "day": "archive"}
"""Page kinds whose template has another name."""
_PICTURE = "body/picture.html"


class Renderer:
    """Renders routes with the templates of a theme, looking at the site only through `read`."""

    def __init__(
        self,
        read: Callable[..., Any],
        part: Callable[[str, str, str], Any],
        theme: Theme,
        watched: Watch = unwatched,
        edition: str = "",
    ) -> None:
        """Of the edition with this key."""
        self._read = read = in_edition(read, edition)
        self._theme = theme
        self._views = Views(read, part, self._shortcode, self._picture, edition)
        self._site = SiteView(self._views)
        self._distribution = Distribution(read, self._views, self._site)
        self._environment = Environment(read, self._source, watched)
        functions = {
            "site": self._site,
            "asset": self._asset_url,
            "integrity": self._integrity,
            "fragment_url": self._fragment_url,
            "structured_data": lambda page: structured_data(self._site, page),
            "t": self._translate,
        }
        self._environment.provide(functions, FILTERS)

    def render(self, route: Route) -> bytes:
        """The bytes of an output. Raises `SitegenError` with the place in the template."""
        template = self._template(route)
        self._views.begin()
        try:
            write = self._distribution.writer(route)
            if write is not None:
                return write().encode("utf-8", "replace")
            text = self._page(template, PageView(self._views, route))
            if self._read("config", "preview"):
                text = unlisted(text)
            if self._read("config", "security").policy and route.kind not in ("fragment", "live"):
                text = with_policy(text, page_policy(text, self._read, search=route.kind == "search"))
            return text.encode("utf-8", "replace")
        except Exception as error:
            raise self._failure(error, template) from error

    def _page(self, template: str, page: PageView) -> str:
        if page.kind == "live" and page.article and self._read("template", template) is None:
            return str(page.article.body)  # a theme need not know of live blogs
        return self._environment.get_template(template).render(page=page, article=page.article)

    def letter(self, template: str, name: str, period: Period) -> str:
        """What a template makes of the letter of a period. Raises `SitegenError` with the place in the template."""
        self._views.begin()
        page = PageView(self._views, Route(self._views.home, "newsletter", edition=self._views.edition))
        letter = LetterView(self._views, name, period)
        try:
            return self._environment.get_template(template).render(page=page, article=None, letter=letter)
        except Exception as error:
            raise self._failure(error, template) from error

    def included(self, name: str) -> str:
        """The text of a template that sees no page. Raises whatever Jinja raises: the page that includes it tells."""
        self._views.begin()
        return self._environment.alone(name)

    def feed_item(self, path: str, name: str, full_text: int, images: int) -> Item:
        """A story as it stands in feeds of a format. Raises whatever Jinja raises: the feed that shows it tells."""
        self._views.begin()
        return self._distribution.item(path, name, full_text, images)

    def sitemap(self, shard: str) -> Sitemap:
        """One of the sitemaps."""
        self._views.begin()
        return self._distribution.sitemap(shard)

    def _template(self, route: Route) -> str:
        if route.kind == "fragment":
            return f"fragments/{route.subject[0]}.html"
        return f"{_TEMPLATES.get(route.kind, route.kind)}.html"

    def _failure(self, error: Exception, template: str) -> SitegenError:
        names = self._theme.names("templates")
        return template_error(error, names, self._theme.find("templates", template) or template)

    def _source(self, name: str) -> tuple[str, str]:
        """Text and path of a template that is known to exist."""
        path = self._theme.find("templates", name)
        assert path is not None
        try:
            return self._theme.files.load(path).decode("utf-8-sig"), path
        except UnicodeDecodeError as error:
            raise TemplateError("the template is not UTF-8", Span(path), code="bad-encoding") from error

    def _shortcode(self, call: Shortcode, inner: Markup, article: ArticleView, feed: bool) -> Markup:
        view = ShortcodeView(self._views, call, inner, article.path)
        page = f"shortcodes/{call.name}.html"
        names = [f"shortcodes/{call.name}.feed.html", page] if feed else [page]
        return Markup(self._environment.select_template(names).render(shortcode=view, article=article))

    def _picture(self, picture: Picture, article: ArticleView, feed: bool) -> Markup:
        view = BodyPictureView(self._views, picture)
        img = view.img
        if feed or not img or self._read("template", _PICTURE) is None:
            return img
        return Markup(self._environment.get_template(_PICTURE).render(image=view, article=article).strip())

    def _asset(self, name: str) -> Asset:
        asset: Asset | None = self._read("asset", name)
        if asset is None:
            hint = did_you_mean(name, self._theme.names("assets"), "an asset of your own goes into `assets/`")
            raise TemplateError(f"there is no asset `{name}`", Span(""), hint, code="no-asset")
        return asset

    def _asset_url(self, name: str) -> str:
        return self._views.links.path(self._asset(name).url)

    def _integrity(self, name: str) -> str:
        return self._asset(name).integrity

    def _fragment_url(self, name: str) -> str:
        return self._views.links.path(f"{self._views.home}fragments/{name}.html")

    @pass_context
    def _translate(self, context: Context, key: str, **values: Any) -> str:
        words = self._read("messages", language_of(context))
        if key not in words:
            hint = did_you_mean(key, words, "a text of your own goes into `locale/en.toml`")
            raise TemplateError(f"no catalogue has the text `{key}`", Span(""), hint, code="no-text")
        try:
            return str(words[key]).format_map(values)
        except (LookupError, ValueError) as error:
            message = f"the text `{key}` cannot be filled in: {words[key]!r} ({type(error).__name__}: {error})"
            raise TemplateError(message, Span(""), code="bad-text") from error
