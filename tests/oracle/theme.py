"""The oracle's themes: small, but with every way in which a template can look at something."""

from __future__ import annotations

__all__ = ["CHILD", "PARENT"]

PARENT = """
-- theme.toml --
name = "plain"
api = 1
[parameters]
colour = { type = "string", default = "black" }
[shortcodes.card]
required = ["ref"]
[shortcodes.photo]
required = ["src"]
[shortcodes.box]
optional = ["title"]
inner = true
-- assets/style.css --
@import "_tokens.css";
body { color: black }
-- assets/_tokens.css --
:root { --colour: black; background: url("dot.svg") }
-- assets/dot.svg --
<svg/>
-- assets/main.js --
import { say } from "./_say.js";
say();
-- assets/_say.js --
export const say = () => 0;
-- locale/en.toml --
more = "More"
-- locale/de.toml --
more = "Mehr"
-- templates/base.html --
<html lang="{{ page.language }}"><head><script>start()</script><title>{{ page.title }} | {{ site.title }}</title>
<link href="{{ asset("style.css") }}" integrity="{{ integrity("style.css") }}"><script src="{{ asset("main.js") }}">
{% include "partials/optional.html" ignore missing %}
{% include "partials/nav.html" without context %}
{% for icon in site.icons %}{{ icon.rel }} {{ icon.url }}{% endfor %}{{ site.manifest_url }} {{ site.theme_colour }}
{% if page.card %}{{ page.card.absolute_src }} {{ page.card.alt }} {{ page.card.own }}{% endif %}
{% for other in page.translations %}{{ other.language }} {{ other.url }} {{ other.name }}{% endfor %}
{% for other in page.alternates %}{{ other.language }} {{ other.url }}{% endfor %}
{% block main %}{% endblock %}
{{ site.params.colour }} {{ t("more") }}
-- templates/partials/nav.html --
{{ t("more") }}{% for section in site.sections %}{{ section.title }} {{ section.url }}{% endfor %}
{% include "partials/optional.html" ignore missing %}{% for story in site.latest(2) %}{{ story.title }}{% endfor %}
-- templates/story.html --
{% extends "base.html" %}
{% import "macros.html" as macros %}
{% block main %}
<h1>{{ article.title_html }}</h1>{{ article.deck }}{{ article.date | date("long") }}
{% include ["types/" ~ article.type ~ ".html", "types/default.html"] %}
{{ article.body }}
{% for author in article.authors %}{{ author.name }} {{ author.url }} {{ author.description }} {{ author.byline }}
{% endfor %}
{% for tag in article.tags %}{{ tag.name }} {{ tag.url }}{% endfor %}
{% for series in article.series %}{{ series.title }} {{ series.url }} {{ series.part }} of {{ series.parts }}
{% if series.previous %}{{ series.previous.title }}{% endif %} {{ series.next.url if series.next }}
{% for part in series.contents %}{{ part.number }} {{ part.title }} {{ part.story.url }}{% endfor %}{% endfor %}
{% for other in article.related(3) %}<a href="{{ other.url }}">{{ other.title }}</a>{% endfor %}
{{ macros.newest() }}
{% if article.earlier %}{{ article.earlier.title }}{% endif %}
{% if article.image %}{{ article.image.src }} {{ article.image.width }} {{ article.image.credit }}
{% for source in article.image.sources + article.image.card.sources %}{{ source.type }} {{ source.srcset }}{% endfor %}
{{ article.image.crop("16:9").absolute_src }}{% endif %}
{% set audio = article.audio %}{% if audio %}{{ audio.src }} {{ audio.duration }} {{ audio.size }} {{ audio.type }}
{{ audio.transcript }}{% endif %}
{% for other in article.translations %}{{ other.title }}{% endfor %}
{{ article.words }} {{ article.minutes }} {{ article.toc | length }}
{% if article.live %}{{ structured_data(page) }} {{ article.live.url }} {{ article.live.feed_url }}
{% include "live.html" %}{% endif %}
{% endblock %}
-- templates/live.html --
{% set live = article.live %}{{ live.closed | iso }} {{ article.updated | iso }}
{{ live.introduction }} {{ live.notes }}
{% for entry in live.pinned + live.entries %}{{ entry.anchor }} {{ entry.url }} {{ entry.date | date("time") }}
{{ entry.title_html }} {{ entry.body }} {{ entry.pinned }}{% endfor %}
{% for entry in live.key_events %}{{ entry.title }}{% endfor %}
-- templates/macros.html --
{% macro newest() %}{% for story in site.latest(1) %}newest: {{ story.url }}{% endfor %}{% endmacro %}
{% set sections = site.sections | map(attribute="title") | join(", ") %}
-- templates/types/default.html --
default
-- templates/types/opinion.html --
{% from "macros.html" import sections %}opinion {{ sections }}
{% for other in article.related(1) %}{{ other.url }}{% endfor %}
-- templates/page.html --
{% extends "base.html" %}{% block main %}{{ article.title }}{{ article.body }}{% endblock %}
-- templates/list.html --
{% extends "base.html" %}{% block main %}{% for item in page.items %}
{{ item.kicker }}<a href="{{ item.url }}">{{ item.title }}</a>{{ item.summary }}{{ item.date | iso }}
{% if item.image %}{{ item.image.card.src }}{% endif %}{% endfor %}
{{ page.pager.older }} {{ page.pager.newer }} {{ page.pager.first }}
{% if page.subject %}{{ page.subject.description_html }}{% endif %}
{% if page.subject and page.kind != "tag" %}{{ page.subject.count }}{% endif %}
{% set front = page.front %}{% if front %}{% for story in [front.lead] + front.seconds + front.latest if story %}
{{ story.title }}{% endfor %}{% for story in front.slot("extra") %}{{ story.url }}{% endfor %}{% endif %}
{% for link in [page.earlier, page.later] if link %}{{ link.title }} {{ link.url }}{% endfor %}
{% if page.kind == "day" %}{% for section, stories in page.front.strips %}{{ section.title }}{% for story in stories %}
{{ story.url }}{% endfor %}{% endfor %}{% endif %}
{% for link in page.dates %}{{ link.title }} {{ link.url }} {{ link.count }}{% endfor %}
{% block more %}{% endblock %}{% endblock %}
-- templates/section.html --
{% extends "list.html" %}
-- templates/tag.html --
{% extends "list.html" %}
-- templates/author.html --
{% extends "list.html" %}
{% block more %}{% set author = page.subject %}{{ author.beat }} {{ author.email }} {{ author.homepage }}
{% for link in author.links %}{{ link.title }} {{ link.url }}{% endfor %}
{% if author.image %}{{ author.image.crop("1:1").src }}{% endif %}{{ structured_data(page) }}{% endblock %}
-- templates/series.html --
{% extends "list.html" %}
{% block more %}{% for part in page.parts %}{{ part.number }} {{ part.title_html }} {{ part.story.title }}{% endfor %}
{{ structured_data(page) }}{% endblock %}
-- templates/archive.html --
{% extends "list.html" %}
-- templates/tags.html --
{% for tag in site.tags %}{{ tag.title }} {{ tag.count }}{% endfor %}
-- templates/authors.html --
{% for author in site.authors %}{{ author.title }} {{ author.url }}{% endfor %}
-- templates/front.html --
{% for other in page.alternates %}{{ other.language }} {{ other.url }}{% endfor %}
{% for other in site.languages %}{{ other.name }} {{ other.url }}{% endfor %}
{{ site.edition | date("full") }}{% include "fragments/latest.html" %}
{% set front = site.front() %}{% if front.lead %}{{ front.lead.title }}{% endif %}
{% for story in front.seconds + front.river + front.opinion %}{{ story.title }}{{ story.summary }}{% endfor %}
{% for story in front.slot("extra") + front.latest + front.slot("lead") %}{{ story.url }}{% endfor %}
{% for section, stories in front.strips %}{{ section.title }}
{% for story in stories %}{{ story.url }}{% endfor %}{% endfor %}
-- templates/search.html --
{{ site.search_url }} {{ site.search_indexes | join(" ") }}
-- templates/corrections.html --
corrected
{% for entry in page.corrections %}{{ entry.date | iso }} {{ entry.text }} {{ entry.story.title }} {{ entry.story.url }}
{% endfor %}
-- templates/withdrawn.html --
{% extends "base.html" %}{% block main %}withdrawn {{ article.title }} {{ article.withdrawn.text }}
{{ article.withdrawn.date }} {{ article.summary }} {{ article.body }}{% endblock %}
-- templates/404.html --
not found {{ site.params | sort | join(" ") }}
-- templates/redirect.html --
to {{ page.target }}
-- templates/fragments/breaking.html --
{{ site.params.breaking | default("") }}
{% set news = site.breaking %}{% if news %}{{ news.text }} {{ news.url }} {{ news.until }}{% endif %}
-- templates/fragments/latest.html --
{% for story in site.latest(3) %}{{ story.title }}{{ story.words }}{% endfor %}
-- templates/body/picture.html --
<picture>{% for source in image.sources %}{{ source.srcset }}{% endfor %}{{ image.img }}</picture>
-- templates/shortcodes/card.html --
{% if shortcode.story %}card: {{ shortcode.story.title }}{% endif %}
-- templates/shortcodes/photo.html --
{% set picture = shortcode.picture("src") %}{% if picture %}{{ picture.src }} {{ picture.width }}
{% for source in picture.sources %}{{ source.srcset }}{% endfor %}{% endif %}
-- templates/shortcodes/box.html --
box {{ shortcode.parameters.get("title", "") }}: {{ shortcode.inner }}
-- templates/shortcodes/box.feed.html --
feed box: {{ shortcode.inner }}
"""

CHILD = """
-- theme.toml --
name = "child"
parent = "plain"
api = 1
[parameters]
colour = { type = "string", default = "blue" }
-- assets/style.css --
@import "style.css";
body { color: blue }
-- templates/types/default.html --
child
"""
