"""A site with one fault of each kind and more, each known by the text of its line."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.pictures import picture
from tests.support.sites import Site

__all__ = ["FAULTS", "planted"]

_SITE = """
-- content/world/2026-03-01-long.md --
---
title: One two ENDLESS
deck: A deck.
tags: [harbours, ferries]
authors: [jane-doe]
---
Text.
-- content/world/2026-03-02-loud.md --
---
title: EVERYBODY SHOUTS AT THE QUAY
deck: A deck.
tags: [harbours]
authors: [jane-do]
---
Text about e-mail, which the house spells otherwise.

Nobody would utilize that word. Utilize it not.

```
utilize in code is nobody's affair, e-mail neither
```

This is literally a shocker, as one says.
-- content/world/2026-03-03-stop.md --
---
title: "It ends in a stop."
deck: "Two  blanks stand here"
summary: "A blank stands at the end "
tags: [harbour]
authors: [Jane Do]
---
See [nothing](/gone/) and [no part](/2026/03/01/long/#gone), [this one](#here), and [that](2026-03-01-long.md).

## Here

A list:

- first [nothing again](/gone/)
- second ![](picture.png)
- third ![picture.png](picture.png)
- fourth ![The same words](picture.png "The same words")

<img src="picture.png">

See [a file](../data/lost.csv) and [a page](missing.md).
-- content/world/2026-03-04-bare.md --
---
title: No deck and nothing
tags: [harbours]
image: small.png
---
Text.
-- content/world/2026-03-05-photo.md --
---
title: A picture is the matter
deck: A deck.
tags: [harbours]
image:
  src: wide.png
  alt: wide.png
  caption: A caption.
---
Text.
-- content/world/2026-03-06-repeat.md --
---
title: Another picture is the matter
deck: A deck.
tags: [ferries]
image:
  src: wide.png
  alt: The same thing twice
  caption: The same thing twice
  credit: Somebody
---
Text.
-- content/world/2026-03-07-dates.md --
---
title: Dates that cannot be
date: 2026-03-07
updated: 2026-03-06
deck: A deck.
corrections:
  - {date: 2026-03-01, text: Too early.}
  - {date: 2026-04-01, text: Too late.}
---
Text.
-- content/world/2026-03-08-later.md --
---
title: Updated too late
updated: 2026-05-01
deck: A deck.
---
Text.
-- content/world/2036-03-08-far.md --
---
title: A year is mistyped
date: 2036-03-08
deck: A deck.
---
Text.
-- content/world/2026-03-09-over.md --
---
title: Over before it begins
date: 2026-03-09
expires: 2026-03-08
deck: A deck.
---
Text.
-- content/world/2026-03-10-twice.md --
---
title: The same story twice
deck: A deck.
---
It was a dark and stormy night, and the ferries lay at the quay as if nobody had ever thought of leaving.
-- content/world/2026-03-11-twice-again.md --
---
title: The Same Story Twice
deck: Another deck.
---
It was a dark and stormy night, and the ferries lay at the quay as if nobody had ever thought of leaving.
-- content/word/2026-03-11-folder.md --
---
title: In a folder that is no section
deck: A deck.
---
Text.
-- content/world/2026-03-11-old-section.md --
---
title: In a section that there is not
deck: A deck.
section: wrold
---
Text.
-- content/world/2026-03-11-spelling.md --
---
title: Words
deck: A deck.
authors: [wire]
---
The ferries were lait, and nobody knew whi.
-- content/world/2026-03-11-hard.md --
---
title: Hard to read
deck: A deck.
authors: [jane-doe]
---
HARD
-- content/world/2026-03-12-body.md --
---
title: What a build would say too
deck: A deck.
language: de
related: [nobody]
image: lost.png
---
[^1] is no note.

{{< unknwon >}}

[javascript](javascript:alert)

## One {#same}

## Two {#same}
-- content/world/2026-03-12-draft.md --
---
title: A draft has faults too
draft: true
---
[Nothing](lost-in-a-draft.md), and utilize.
-- content/pages/about.md --
---
title: About us
---
[Contact](/contact-us/)
-- content/world/orphan.png --
-- content/world/data/orphan.csv --
a,b
-- themes/plain/templates/base.html --
<title>{{ page.title }}</title><a href="/theme-is-broken/">x</a>
<img src="/assets/lost.svg" alt="">
{% block main %}{% endblock %}
-- words.txt --
"""

_CONFIG = """
[[sections]]
slug = "world"
[authors.jane-doe]
name = "Jane Doe"
[check]
dictionary = ["words.txt"]
[check.rules]
hard-to-read = "warning"
missing-summary = "off"
single-use-tag = "off"
[check.style]
prefer = {"e-mail" = "email", "utilize" = "use"}
ban = {"literally" = "say what it is", "as one says" = ""}
[menus]
footer = [{title = "Lost", url = "/lost-menu/"}]
"""
_FOOTER = '{% for item in site.menus.footer %}<a href="{{ item.url }}">{{ item.title }}</a>{% endfor %}'
_LONG = " ".join(["internationalisation", "notwithstanding", "characteristically", "incomprehensibility"] * 30)

_W = "content/world/2026-03-"
FAULTS = [
    ("long-headline", f"{_W}01-long.md", "title: One two"),
    ("headline-capitals", f"{_W}02-loud.md", "title: EVERYBODY"),
    ("unknown-author", f"{_W}02-loud.md", "authors: [jane-do]"),
    ("house-style", f"{_W}02-loud.md", "Text about e-mail"),
    ("house-style", f"{_W}02-loud.md", "Nobody would utilize"),
    ("house-style", f"{_W}02-loud.md", "Nobody would utilize"),
    ("banned-phrase", f"{_W}02-loud.md", "This is literally"),
    ("banned-phrase", f"{_W}02-loud.md", "This is literally"),
    ("headline-stop", f"{_W}03-stop.md", "title: "),
    ("double-blanks", f"{_W}03-stop.md", "deck: "),
    ("double-blanks", f"{_W}03-stop.md", "summary: "),
    ("twin-tag", f"{_W}03-stop.md", "tags: [harbour]"),
    ("unknown-author", f"{_W}03-stop.md", "authors: [Jane Do]"),
    ("broken-link", f"{_W}03-stop.md", "See [nothing]"),
    ("broken-anchor", f"{_W}03-stop.md", "See [nothing]"),
    ("broken-link", f"{_W}03-stop.md", "- first"),
    ("missing-alt", f"{_W}03-stop.md", "- second"),
    ("alt-is-filename", f"{_W}03-stop.md", "- third"),
    ("alt-is-caption", f"{_W}03-stop.md", "- fourth"),
    ("missing-alt", f"{_W}03-stop.md", "<img src"),
    ("missing-link", f"{_W}03-stop.md", "See [a file]"),
    ("missing-link", f"{_W}03-stop.md", "See [a file]"),
    ("missing-deck", f"{_W}04-bare.md", "title: No deck"),
    ("missing-alt", f"{_W}04-bare.md", "image: "),
    ("missing-caption", f"{_W}04-bare.md", "image: "),
    ("missing-credit", f"{_W}04-bare.md", "image: "),
    ("small-image", f"{_W}04-bare.md", "image: "),
    ("alt-is-filename", f"{_W}05-photo.md", "  alt: wide.png"),
    ("missing-credit", f"{_W}05-photo.md", "  src: wide.png"),
    ("alt-is-caption", f"{_W}06-repeat.md", "  alt: The same"),
    ("updated-early", f"{_W}07-dates.md", "updated: "),
    ("odd-correction", f"{_W}07-dates.md", "  - {date: 2026-03-01"),
    ("odd-correction", f"{_W}07-dates.md", "  - {date: 2026-04-01"),
    ("updated-later", f"{_W}08-later.md", "updated: "),
    ("far-future", "content/world/2036-03-08-far.md", "date: "),
    ("expires-early", f"{_W}09-over.md", "expires: "),
    ("duplicate-story", f"{_W}11-twice-again.md", "title: "),
    ("unlisted-section", "content/word/2026-03-11-folder.md", "---"),
    ("unknown-section", f"{_W}11-old-section.md", "section: "),
    ("misspelt", f"{_W}11-spelling.md", "The ferries were lait"),
    ("misspelt", f"{_W}11-spelling.md", "The ferries were lait"),
    ("hard-to-read", f"{_W}11-hard.md", "title: "),
    ("unknown-story", f"{_W}12-body.md", "related: "),
    ("missing-image", f"{_W}12-body.md", "image: "),
    ("missing-alt", f"{_W}12-body.md", "image: "),
    ("missing-caption", f"{_W}12-body.md", "image: "),
    ("missing-footnote", f"{_W}12-body.md", "[^1] is"),
    ("unknown-shortcode", f"{_W}12-body.md", "{{<"),
    ("refused-link", f"{_W}12-body.md", "[javascript]"),
    ("duplicate-id", f"{_W}12-body.md", "## Two"),
    ("missing-deck", f"{_W}12-draft.md", "title: "),
    ("missing-link", f"{_W}12-draft.md", "[Nothing]"),
    ("house-style", f"{_W}12-draft.md", "[Nothing]"),
    ("broken-link", "content/pages/about.md", "[Contact]"),
    ("broken-link", "themes/plain/templates/base.html", "<title>"),
    ("broken-link", "themes/plain/templates/base.html", "<img src"),
    ("broken-link", "sitegen.toml", "footer = "),
    ("orphan-media", "content/world/orphan.png", ""),
    ("orphan-media", "content/world/data/orphan.csv", ""),
]
"""Code, file, and what the line begins with; empty: it is about the file as a whole."""


def planted(folder: Path) -> Site:
    """The site."""
    site = Site(folder, _SITE, config=_CONFIG)
    site.write("content/world/small.png", picture(300, 200))
    site.write("content/world/wide.png", picture(1600, 1200))
    site.write("content/world/picture.png", picture(20, 20))
    for path, word, text in ((f"{_W}11-hard.md", "HARD", _LONG), (f"{_W}01-long.md", "ENDLESS", _LONG[:110])):
        site.write(path, site.read(path).replace(word, text))
    base = site.read("themes/plain/templates/base.html")
    site.write("themes/plain/templates/base.html", base + _FOOTER)
    site.write("words.txt", _words(site))
    return site


def _words(site: Site) -> str:
    """Every word that stands in a story, but for two."""
    texts = [path.read_text("utf-8") for path in site.folder.rglob("content/**/*.md")]
    found = {word.lower() for text in texts for word in re.findall(r"[\w'-]+", text)}
    return "\n".join(sorted(found - {"lait", "whi"}))
