"""A site as a dict of files, and edits that people make to one.

An edit is `(name, a, b)`: two small numbers choose what it touches, so that any list of edits is valid and Hypothesis
can shrink one. Edits change the dict; `Disk.show` writes what differs, as an editor would, in place and without
delay.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from sitegen import narrating
from sitegen.errors import SitegenError, SiteProblems
from sitegen.narrating import NarrateOptions
from tests.oracle.theme import CHILD, PARENT
from tests.support.pictures import encoded, picture, quadrants
from tests.support.sites import blocks

__all__ = ["EDITS", "Disk", "Model", "start"]

SECTIONS = ("world", "culture", "sport")
TAGS = ("eels", "Eels", "strike", "c++")
AUTHORS = ("jane-doe", "Ola Nordmann", "jane-doe")
DAY = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
IMAGES = "widths = [2, 3, 5]\navif_speed = 10"
PICTURES = (
    "/world/photo.png", "missing.png", "/world/map.txt", "/world/drawing.svg", "/world/moving.gif", "/world/clear.png",
    "/culture/photo.png",
)  # fmt: skip
WORDS = (
    "harbour", "ferry", "Anselm", "storm", "bridge", "council", "budget", "tax", "school", "teacher", "Jane", "river",
)  # fmt: skip
_SETTLED = 1_700_000_000_000_000_000


def picture_of(width: int, height: int, colour: tuple[int, int, int] = (0, 0, 0)) -> bytes:
    """So small that a picture can be encoded in a dozen ways at each step of a history."""
    return encoded(quadrants(width, height, ("red", f"rgb{colour}", "blue", "white")))


MORE = (
    ("drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><script/><path d="M0 0"/></svg>'),
    ("moving.gif", encoded(Image.new("L", (4, 4)), "GIF", save_all=True, append_images=[Image.new("L", (4, 4), 9)])),
    ("clear.png", encoded(Image.new("RGBA", (4, 3), (1, 2, 3, 4)))),
    ("photo.jpg", picture(5, 4, "JPEG", colour="blue")),
)


@dataclass
class Story:
    """The front matter and body of one story."""

    fields: dict[str, str] = field(default_factory=dict)
    body: str = "First paragraph.\n\nSecond paragraph."

    def text(self) -> str:
        lines = [f"{key}: {value}" for key, value in self.fields.items()]
        return "\n".join(["---", *lines, "---", self.body, ""])


@dataclass
class Model:
    """What the site is now: stories and other files by path, settings, and the options of the next build."""

    stories: dict[str, Story] = field(default_factory=dict)
    files: dict[str, str | bytes] = field(default_factory=dict)
    config: dict[str, str] = field(default_factory=dict)
    now: datetime = DAY
    drafts: bool = False
    preview: bool = False
    serial: int = 0
    deed: tuple[str, int] = ("", 0)
    """What somebody does behind the back of the next build, and a number that chooses what it touches."""

    def story(self, number: int) -> Story:
        return self.stories[self.path(number)]

    def path(self, number: int) -> str:
        return sorted(self.stories)[number % len(self.stories)]

    def content(self) -> dict[str, str | bytes]:
        """Every file of the site."""
        config = "\n".join(f"{key} = {value}" for key, value in self.config.items() if not key.startswith("["))
        language = self.config.get("language", "").strip('"')
        own = f"[languages.{language}]"  # would be no other one
        tables = "\n".join(
            f"{key}\n{value}" for key, value in self.config.items() if key.startswith("[") and key != own
        )
        stories = {path: story.text() for path, story in self.stories.items()}
        return {**self.files, **stories, "sitegen.toml": f"{config}\n{tables}\n"}

    @property
    def output(self) -> str:
        """The name of the output folder."""
        return self.config["output_dir"].strip('"')

    def add(self, section: str, days_ago: int) -> None:
        self.serial += 1
        number = self.serial
        date = DAY - timedelta(days=days_ago, hours=number)
        fields = {"title": f"Story {number}", "date": f"{date:%Y-%m-%d %H:%M}", "tags": f"[{TAGS[number % 4]}]"}
        self.stories[f"content/{section}/story-{number}.md"] = Story({**fields, "authors": f"[{AUTHORS[number % 3]}]"})


def sound(seconds: int) -> str:
    """A recording in ASCII (RIFF WAVE; Microsoft, IBM, 1991): ten samples a second, of one byte each."""
    numbers = (16, 0x10001, 10, 10, 0x80001, 10 * seconds)  # PCM on one channel, one byte a frame, eight bits
    size, *form, length = (number.to_bytes(4, "little").decode() for number in (36 + numbers[-1], *numbers))
    return f"RIFF{size}WAVEfmt {''.join(form)}data{length}{'.' * numbers[-1]}"


def start() -> Model:
    """A site of five stories, a page, a profile and a picture, under a theme with a parent."""
    model = Model()
    model.config = {
        "title": '"The Oracle"',
        "base_url": '"https://oracle.example/"',
        "theme": '"plain"',
        "output_dir": '"output"',
        "page_size": "2",
        "[[sections]]": 'slug = "world"\ntitle = "World"',
    }
    for name, theme in (("plain", PARENT), ("child", CHILD)):
        model.files.update({f"themes/{name}/{path}": text for path, text in blocks(theme).items()})
    model.files["content/pages/about.md"] = "---\ntitle: About\n---\nWho we are.\n"
    model.files["content/authors/jane-doe.md"] = "---\nname: Jane Doe\n---\nReports.\n"
    model.files["content/world/map.txt"] = "a map"
    model.files["content/world/photo.png"] = picture_of(1, 1)
    model.config["[images]"] = IMAGES
    model.config["[cards]"] = 'make = "none"'
    model.files["content/world/talk.wav"] = sound(1)
    for number in range(5):
        model.add(SECTIONS[number % 3], days_ago=number)
    return model


Edit = Callable[[Model, int, int], None]


def typo(model: Model, a: int, b: int) -> None:
    """The same length, so that only time and content tell."""
    model.story(a).body = model.story(a).body.replace("econd", ("econD", "ecOnd", "eConD")[b % 3])


def rewrite(model: Model, a: int, b: int) -> None:
    model.story(a).body = f"## Heading {b}\n\nAnother text, number {b}, *quite* different.\n\n- one\n- two"


def title(model: Model, a: int, b: int) -> None:
    model.story(a).fields["title"] = f"Headline {b}"


def untitle(model: Model, a: int, b: int) -> None:
    model.story(a).fields.pop("title", None)
    model.story(a).body = f"# From the body {b}\n\nText."


def kicker(model: Model, a: int, b: int) -> None:
    model.story(a).fields["kicker"] = f"Kicker {b}"


def tags(model: Model, a: int, b: int) -> None:
    model.story(a).fields["tags"] = f"[{', '.join(TAGS[: b % 5])}]"


def author(model: Model, a: int, b: int) -> None:
    model.story(a).fields["authors"] = f"[{AUTHORS[b % 3]}]"


def date(model: Model, a: int, b: int) -> None:
    model.story(a).fields["date"] = f"{DAY + timedelta(days=b - 6):%Y-%m-%d %H:%M}"


def expire(model: Model, a: int, b: int) -> None:
    model.story(a).fields["expires"] = f"{DAY + timedelta(days=b - 3):%Y-%m-%d}"


def draft(model: Model, a: int, b: int) -> None:
    model.story(a).fields["draft"] = ("true", "false")[b % 2]


def withdraw(model: Model, a: int, b: int) -> None:
    """A story is taken back, in several ways; or it is back again."""
    told = (f"{{date: 2026-03-0{b % 9 + 1}, text: Wrong {b}}}", "true", f"{{text: Wrong {b}}}", "false")
    model.story(a).fields["withdrawn"] = told[b % 4]


def slug(model: Model, a: int, b: int) -> None:
    model.story(a).fields["slug"] = f"slug-{b}"


def alias(model: Model, a: int, b: int) -> None:
    model.story(a).fields["aliases"] = f"[/old-{b}/]"


def series(model: Model, a: int, b: int) -> None:
    model.story(a).fields["series"] = f"[Series {b % 2}]"


def renumber(model: Model, a: int, b: int) -> None:
    """A part of a series has another number, one that there is already, or none; and a title of its own, or none."""
    told = (f"part: {a % 4}", f"part: {b % 4 + 1}, title: Part {b}", f"title: Part {b}", "")[b % 4]
    model.story(a).fields["series"] = f"[{{name: Series {a % 2}, {told}}}, Series {b % 2}]"


def kind(model: Model, a: int, b: int) -> None:
    model.story(a).fields["type"] = ("opinion", "news", "analysis", "sponsored")[b % 4]


def priority(model: Model, a: int, b: int) -> None:
    model.story(a).fields["priority"] = str(b % 4 + 1)


def language(model: Model, a: int, b: int) -> None:
    model.story(a).fields["language"] = ("de", "en", "ar")[b % 3]


def languages(model: Model, a: int, b: int) -> None:
    """The site is published in more languages, in fewer, or says other things in one."""
    key = ("[languages.de]", "[languages.ar]")[a % 2]
    texts = (
        f'title = "Das Orakel {b}"', 'tagline = "Motto"', "params = { colour = \"green\" }",
        'sections = [{ slug = "world", title = "Welt" }]', 'authors.jane-doe = { bio = "Berichtet." }',
        'menus.main = [{ title = "Mehr", url = "/de/tags/" }]', 'tags.eels = { name = "Aale" }',
    )  # fmt: skip
    if b == 7:
        model.config.pop(key, None)
    else:
        model.config[key] = texts[b]


def translate(model: Model, a: int, b: int) -> None:
    """A story in another language under a key that it shares, or does not."""
    model.story(a).fields["translation"] = f"key-{b % 2}"
    language(model, a, b)


def by_name(model: Model, a: int, b: int) -> None:
    """The name or the folder of the file says in which language a story is."""
    story = model.stories.pop(model.path(a))
    name = ("world/told.de.md", "de/world/told.md", "world/told.md", "world/told/index.de.md", "en/world/told.md")[
        b % 5
    ]
    model.stories[f"content/{name}"] = story


def foreign_profile(model: Model, a: int, b: int) -> None:
    text = f"---\nname: Jane {b}\n---\nSchreibt über {a}.\n"
    _toggle(
        model, ("content/authors/jane-doe.de.md", "content/de/tags/eels.md", "content/pages/about.de.md")[a % 3], text
    )


def image(model: Model, a: int, b: int) -> None:
    model.story(a).fields["image"] = PICTURES[b % len(PICTURES)]


def focus(model: Model, a: int, b: int) -> None:
    """One picture in several stories, each with what matters in another place."""
    model.story(a).fields["image"] = f'{{src: /world/photo.png, focus: "{b * 10}% {a * 10}%"}}'


def resize(model: Model, a: int, b: int) -> None:
    model.files["content/world/photo.png"] = picture_of(a + 1, b + 1)


def repaint(model: Model, a: int, b: int) -> None:
    """The same size, other pixels."""
    model.files["content/world/photo.png"] = picture_of(3, 5, (a * 20, b * 20, 0))


def more_pictures(model: Model, a: int, b: int) -> None:
    """Pictures that come and go: a drawing, an animation, one that shines through, and two that are damaged."""
    path, data = MORE[a % len(MORE)]
    _toggle(model, f"content/world/{path}", data if b % 4 else data[: len(data) // 2])


def rename_picture(model: Model, a: int, b: int) -> None:
    """The same bytes under another name; the stories that show it follow, or not."""
    names = ("content/world/photo.png", "content/culture/photo.png", "content/world/photo.jpg")
    there = [path for path in names if path in model.files]
    if there:
        model.files[names[b % 3]] = model.files.pop(there[0])


def images(model: Model, a: int, b: int) -> None:
    choice = (
        "widths = [1, 2]", 'formats = ["webp"]', 'card = "1:1"', "max_pixels = 20", "quality.jpeg = 20", "widths = []",
    )  # fmt: skip
    model.config["[images]"] = f"{choice[b % len(choice)]}\navif_speed = 10"


def figure(model: Model, a: int, b: int) -> None:
    names = ("photo.png", "drawing.svg", "moving.gif", "clear.png", "photo.jpg")
    shown = " ".join(f'![Picture {b}](../world/{name} "A picture"){{width={a + 1}}}' for name in names[b % 5 :])
    model.story(a).body = f"Text.\n\n{shown}\n\n{{{{< box >}}}}\n![In a box](/world/{names[a % 5]})\n{{{{< /box >}}}}\n"


def raw_picture(model: Model, a: int, b: int) -> None:
    """Pictures that raw HTML and a shortcode show, of the site and not."""
    names = ("photo.png", "drawing.svg", "moving.gif", "clear.png", "photo.jpg", "missing.png")
    one, other = names[b % 6], names[a % 6]
    raw = f'<figure><img width="{a + 1}" src="../world/{one}"></figure>\n\nIn a line <img src=/world/{other} class=x>.'
    model.story(a).body = f'{raw}\n\n{{{{< photo src="../world/{other}" >}}}}\n'


def correct(model: Model, a: int, b: int) -> None:
    """A correction, two of one instant, or none."""
    told = [f"{{date: {DAY - timedelta(days=n):%Y-%m-%d}, text: Wrong {b} {n}}}" for n in (b % 4, a % 3)]
    model.story(a).fields["corrections"] = f"[{', '.join(told[: b % 3])}]"


def listen(model: Model, a: int, b: int) -> None:
    """A recording of the site, with or without a length, or of another host, or none."""
    table = "{src: /world/talk.wav, duration: 9, transcript: ../world/map.txt}"
    given = ("/world/talk.wav", table, "missing.wav", "{src: https://host.example/talk.mp3, duration: 7}")
    model.story(a).fields["audio"] = given[b % 4]


def record(model: Model, a: int, b: int) -> None:
    """A recording is made anew, longer or as long; or it is damaged, or gone."""
    _toggle(model, "content/world/talk.wav", sound(b + 1) if a % 3 else f"noise {b}")


def narrate(model: Model, a: int, b: int) -> None:
    """Recordings of what stories say now: one comes, or all do; one is made anew under its name, or goes; or it is in
    another voice that they should be.
    """
    made = sorted(path for path in model.files if path.startswith("content/audio/"))
    voice = f"voice-{a % 2}" if b == 7 else ""
    model.config["[audio]"] = f'command = ["speak", "{{output}}"]\nvoice = "{voice}"'
    if b in (5, 6) and made:
        file = made[a % len(made)]
        model.files.pop(file) if b == 5 else model.files.update({file: sound(a + 2)})
        return
    wanted = _unspoken(model)
    for file in wanted if b == 4 else wanted[a % (len(wanted) or 1) :][:1]:
        model.files[file] = sound(b + 1)


def _unspoken(model: Model) -> list[str]:
    """The recordings that `sitegen audio` would make."""
    with TemporaryDirectory() as name:
        Disk(Path(name)).show(model)
        try:
            found = narrating.narrate(Path(name), NarrateOptions(future=True, dry_run=True, now=model.now))
        except (SiteProblems, SitegenError):
            return []
        return [told.file for told in found.spoken]


def related(model: Model, a: int, b: int) -> None:
    model.story(a).fields["related"] = f"[story-{b}]"


def wording(model: Model, a: int, b: int) -> None:
    """What a story is about: words that it shares with others, and some that it shares with few."""
    subject = WORDS[b % 8 : b % 8 + 4]
    model.story(a).body = f"{' '.join(subject)}.\n\nThe {subject[0]} and the {' '.join(WORDS[a % 8 : a % 8 + 2])}."


def copy(model: Model, a: int, b: int) -> None:
    """The same text as another story, or a translation of it, too."""
    model.story(a).body = model.story(b).body
    if b % 2 == 0:
        model.story(a).fields["translation"] = f"key-{b % 3}"


def full_stop(model: Model, a: int, b: int) -> None:
    """Another text with the same words."""
    model.story(a).body = model.story(a).body.rstrip() + "." * (b % 3)


def many(model: Model, a: int, b: int) -> None:
    """So many stories come at once that words become more common by a step."""
    for number in range(b + 4):
        model.add(SECTIONS[a % 3], days_ago=number)
        wording(model, len(model.stories) - 1, number % (a + 2))


def similarity(model: Model, a: int, b: int) -> None:
    """How lists of related stories are made."""
    choice = (
        "newer = false", "minimum = 0.4", "half_life_days = 1.5", 'fields = ["tags", "title"]', "count = 2",
        "weights.body = 0", "weights.title = 9", "minimum = 0.0",
    )  # fmt: skip
    model.config["[related]"] = choice[b]


def link(model: Model, a: int, b: int) -> None:
    target = model.path(b).removeprefix("content/")
    model.story(
        a
    ).body = f"See [the other story](../{target}) and [a map](../world/map.txt). ![A photo](../world/photo.png)"


def link_page(model: Model, a: int, b: int) -> None:
    """Pages that may be there or not: lists, a story that may get this address, and one with a folder of its own."""
    day = DAY - timedelta(days=a % 3)
    model.story(
        a
    ).body = f"On [a list](../../../../{('tags/strike', 'series/series-1', 'authors/ola-nordmann')[b % 3]}/), \
[a page](/tags/eels/page/{b + 2}/), [a story](/{day:%Y/%m/%d}/slug-{b}/) and [a folder](/culture/bundle)."


def elsewhere(model: Model, a: int, b: int) -> None:
    """A picture and a frame of another host, which the policy of the page must allow."""
    model.story(a).body = f'![Far](https://host-{b}.example/x.png) <b data-embed="https://{b}.example/">x</b>'


def card(model: Model, a: int, b: int) -> None:
    box = f"{{{{< box >}}}}\ninner *{b}*\n{{{{< /box >}}}}"
    model.story(a).body = f'Text.\n\n{{{{< card ref="story-{b}" >}}}}\n\n{box}\n'


def footnote(model: Model, a: int, b: int) -> None:
    model.story(a).body = f"Said so.[^1]\n\n[^1]: Note {b}."


def live(model: Model, a: int, b: int) -> None:
    """A story becomes a live blog, whose entries stand in no order; some mistaken, or told of the day after."""
    entries = (
        "## 10:05 *Eels* & more {key}\n\nThey came at ten.[^1] ![A photo](../world/photo.png)",
        '## 2026-03-13 02:30 After midnight {#night}\n\n{{< card ref="story-1" >}}\n\n### Below it\n\nMore.',
        "## 9:30 Before that\n\nNothing.",
        "## soon Nobody knows when\n\nStill there.",
    )
    model.story(a).fields["type"] = "live"
    model.story(a).body = "\n\n".join(["It begins.", *entries[b % 3 :], "[^1]: A note."])


def entry(model: Model, a: int, b: int) -> None:
    """Something has happened; perhaps in the minute in which something else has."""
    model.story(a).fields["type"] = "live"
    model.story(a).body += f"\n\n## 1{b}:0{a} News {b % 2}\n\nIt *happened*."


def edit_entry(model: Model, a: int, b: int) -> None:
    """An entry says something else, or is called something else, or is gone."""
    old, new = (("happened", "was"), ("was", "happened"), ("News", "Olds"), ("## 1", "## 2"))[b % 4]
    model.story(a).body = model.story(a).body.replace(old, new, b % 3 + 1)


def pin(model: Model, a: int, b: int) -> None:
    """What an entry is: pinned, one of the key events, both, nothing, or misspelt."""
    mark = ("", " {pinned}", " {key}", " {pinned key}", " {kye}", " {pinned #here}")[b % 6]
    body, count = model.story(a).body, a % 3 + 1
    model.story(a).body = re.sub(r"^(## .*?)(?: \{.*\})?$", rf"\1{mark}", body, count=count, flags=re.MULTILINE)


def close(model: Model, a: int, b: int) -> None:
    """A live blog ends, or it goes on."""
    model.story(a).fields["closed"] = f"{DAY + timedelta(hours=b):%Y-%m-%d %H:%M}" if b % 3 else ""


def section(model: Model, a: int, b: int) -> None:
    model.config["[[sections]]"] = f'slug = "{SECTIONS[a % 3]}"\ntitle = "Section {b}"'


def archives(model: Model, a: int, b: int) -> None:
    model.config["archives"] = ('"day"', '"month"', '"year"', '"none"')[b % 4]


def add(model: Model, a: int, b: int) -> None:
    model.add(SECTIONS[a % 3], days_ago=b)


def remove(model: Model, a: int, b: int) -> None:
    if len(model.stories) > 1:
        del model.stories[model.path(a)]


def rename(model: Model, a: int, b: int) -> None:
    path = model.path(a)
    model.stories[f"content/{SECTIONS[b % 3]}/renamed-{b}.md"] = model.stories.pop(path)


def swap(model: Model, a: int, b: int) -> None:
    one, other = model.path(a), model.path(b)
    model.stories[one], model.stories[other] = model.stories[other], model.stories[one]


def media(model: Model, a: int, b: int) -> None:
    _toggle(model, ("content/world/map.txt", "content/world/other.bin")[a % 2], f"bytes {b}")


def bundle(model: Model, a: int, b: int) -> None:
    story = Story({"title": "Bundle", "date": f"{DAY + timedelta(days=a - 4):%Y-%m-%d}"}, "![x](pic.txt)")
    model.stories["content/culture/bundle/index.md"] = story
    model.files["content/culture/bundle/pic.txt"] = f"picture {b}"


def profile(model: Model, a: int, b: int) -> None:
    text = f"---\nname: Jane {b}\n---\nWrites about {a}.\n"
    _toggle(model, ("content/authors/jane-doe.md", "content/tags/eels.md", "content/series/series-1.md")[a % 3], text)


def person(model: Model, a: int, b: int) -> None:
    """What is known of an author: how to write to her, her picture; or that she is not on the staff."""
    told = (
        f"beat: Eels {a}", f"email: jane-{a}@oracle.example", f"links: {{Site: 'https://{a}.example/', Two: 'ftp://x/'}}",
        "byline: guest", "byline: wire", f"image: {PICTURES[a % len(PICTURES)]}", f"bio: Writes {a}.", "byline: staff",
    )  # fmt: skip
    model.files["content/authors/jane-doe.md"] = f"---\nname: Jane Doe\n{told[b]}\n{told[a]}\n---\nReports {a}.\n"


def optional(model: Model, a: int, b: int) -> None:
    """A template that was asked for before it existed; in the theme or in the site."""
    folder = ("themes/plain/templates", "templates", "themes/child/templates")[a % 3]
    _toggle(
        model,
        f"{folder}/partials/optional.html",
        f"optional {b} {{{{ site.latest(1) | length }}}}<script>go({b})</script>",
    )


def by_type(model: Model, a: int, b: int) -> None:
    """The first choice of a dynamic include comes into being, or goes."""
    folder = ("themes/plain/templates", "templates")[a % 2]
    _toggle(model, f"{folder}/types/{('opinion', 'analysis', 'default')[b % 3]}.html", f"typed {b}")


def shadow(model: Model, a: int, b: int) -> None:
    """A file of the site hides one of the theme."""
    names = ("templates/types/default.html", "templates/macros.html", "assets/style.css", "locale/en.toml")
    texts = (
        "shadow",
        "{% macro newest() %}{{ site.title }}{% endmacro %}{% set sections = 1 %}",
        "p {}",
        'more = "And"',
    )
    _toggle(model, names[a % 4], texts[a % 4] if b % 2 else texts[a % 4] + "\n")


def part(model: Model, a: int, b: int) -> None:
    """A part of a style sheet or script, or a picture, comes, changes or goes: in the theme, the site or a child."""
    folder = ("themes/plain/assets", "assets", "themes/child/assets")[a % 3]
    name, text = (
        ("_tokens.css", f":root {{ --colour: {b} }}"),
        ("_more.css", f"p {{ margin: {b}px }}"),
        ("dot.svg", f"<svg id='{b}'/>"),
        ("_say.js", f"export const say = () => {b};"),
    )[b % 4]
    _toggle(model, f"{folder}/{name}", text)


def imports(model: Model, a: int, b: int) -> None:
    """What a style sheet or a script is put together from; or it is broken, or asks for what is not there."""
    styles = ('@import "_more.css" print;', '@import "_tokens.css";@import "_more.css";', "a { b: c", "", "p { }")
    scripts = ('import "./_say.js";', 'import { cry } from "./_say.js";', "const = 1;", "let a;", 'import "./_no.js";')
    name, texts = (("style.css", styles), ("main.js", scripts))[a % 2]
    model.files[f"themes/plain/assets/{name}"] = texts[b % 5]


def macro(model: Model, a: int, b: int) -> None:
    body = ("{% for story in site.latest(2) %}{{ story.title }}{% endfor %}", "{{ site.tagline }}", "plain")[a % 3]
    text = f"{{% macro newest() %}}{body}{{% endmacro %}}{{% set sections = site.title %}}"
    model.files["themes/plain/templates/macros.html"] = text


def template(model: Model, a: int, b: int) -> None:
    path = ("story", "list", "front", "base", "shortcodes/card", "fragments/latest")[a % 6]
    file = f"themes/plain/templates/{path}.html"
    text = model.files[file]
    assert isinstance(text, str)
    model.files[file] = text + f"<!-- {b} -->"


def break_template(model: Model, a: int, b: int) -> None:
    file = "themes/plain/templates/types/opinion.html"
    texts = ("{{ article.nonsense }}", "{% if %}", "{% include 'nowhere.html' %}", "<script>{{ 1 }}</script>", "mended")
    model.files[file] = texts[b % 5]


def words(model: Model, a: int, b: int) -> None:
    model.files["themes/plain/locale/de.toml"] = f'more = "Weiter {b}"'


def setting(model: Model, a: int, b: int) -> None:
    key = ("title", "tagline", "language", "timezone", "page_size", "base_url")[a % 6]
    choice = {
        "title": f'"Title {b}"',
        "tagline": f'"Motto {b}"',
        "language": ('"en"', '"de"')[b % 2],
        "timezone": ('"UTC"', '"Asia/Tokyo"', '"America/New_York"')[b % 3],
        "page_size": str(b % 4 + 1),
        "base_url": ('"https://oracle.example/"', '"https://oracle.example/sub/"')[b % 2],
    }
    model.config[key] = choice[key]


def table(model: Model, a: int, b: int) -> None:
    tables = {
        "[params]": (f'colour = "{b}"', f'breaking = "{b}"')[b % 2],
        "[tags.eels]": f'name = "Eels {b}"',
        "[authors.jane-doe]": (f'name = "J. Doe {b}"', 'beat = "Eels"', 'byline = "wire"', 'email = "a@b.example"')[
            b % 4
        ],
        "[authors.ola-nordmann]": (f'links = {{ Two = "https://{b}.example/" }}', 'byline = "guest"')[b % 2],
        "[markdown]": f"typographer = {('true', 'false')[b % 2]}",
        "[related]": f"count = {b}",
        "[feeds]": (f"count = {b + 1}", 'groups = ["tag"]', 'formats = ["atom"]', f'authority = "a{b}.example"')[b % 4],
        "[sitemaps]": f"enable = {('true', 'false')[b % 2]}",
        "[icons]": (
            'source = "world/photo.png"',
            'source = "/world/drawing.svg"',
            'source = "missing.png"',
            'source = "world/photo.png"\ncolour = "#102030"',
            'source = "world/clear.png"\nbackground = "#ff0000"',
        )[b % 5],
        "[cards]": ('make = "stories"', 'make = "site"', f'make = "stories"\naccent = "#{b}02030"', 'make = "none"')[
            b % 4
        ],
        "[publisher]": f'name = "P"\nlogo = "culture/photo.png"\nsince = {b}',
        "[robots]": (f'disallow = ["/{b}/"]', "enable = false")[b % 2],
        "[notify]": f'key = "key-number-{b}"',
        "[newsletter]": f'action = "https://letters-{b}.example/"',
        "[security]": (f'extra = {{ X-Number = "{b}" }}', "headers = false", "policy = false")[b % 3],
        "[hosting]": (
            f'files = ["nginx", "caddy"]\nhumans = "We are {b}"',
            'files = ["cloudflare", "nginx", "caddy"]\nllms = true',
            f'ads = ["ads.example, {b}, DIRECT"]\napp_ads = ["x"]\nfiles = []',
            'security_txt = {contact = "mailto:a@b.example", expires = "2031-01-01T00:00:00Z"}',
        )[b % 4],
        "[search]": f"enable = {('true', 'false')[b % 2]}",
        "[security.sources]": f'img = "https://pictures-{b}.example"',
    }
    key = sorted(tables)[(a + 8 * (b // 3)) % len(tables)]
    model.config[key] = tables[key]


def partner(model: Model, a: int, b: int) -> None:
    """A feed of a choice of stories, some of which become too old for it; or the podcast, or a hub."""
    choice = (
        'sections = ["world"]', 'tags = ["eels"]\nfull_text = false', f'window = "{b + 1}d"', 'authors = ["jane-doe"]',
        f'format = "atom"\npath = "/wire/{b % 2}.atom"', 'series = ["series-1", "none"]', "images = false", "count = 2",
    )  # fmt: skip
    model.config["[[feeds.partner]]"] = f'name = "radio"\n{choice[a]}'
    podcast = (
        f'enable = true\ntitle = "Talk {b}"',
        "enable = true\ncount = 1",
        'enable = true\nimage = "world/photo.png"',
    )
    if b % 2:
        model.config["[feeds.podcast]"] = podcast[a % 3]
    elif a % 2:
        model.config["[feeds]"] = f'hub = "https://hub-{b}.example/"'


def slots(model: Model, a: int, b: int) -> None:
    """What an editor wants on a front, for some time or for ever: also what is not there, or what nobody can read."""
    soon = f"{DAY + timedelta(days=b - 3, hours=a):%Y-%m-%d %H:%M}"
    choice = (
        f"lead: story-{a + 1}\n  secondary: [story-{a + 2}, nothing, story-{b}]",
        f"lead: {{story: story-{a + 1}, until: {soon}}}",
        f"extra:\n  - {{section: World, from: {soon}, limit: 2}}\n  - story-{b}",
        f"latest: {{stories: [story-{a + 1}, {{author: jane-doe, limit: 2}}], limit: {b}}}",
        f"opinion: {{type: opinion, limit: {b}}}\n  extra: {{tag: eels, limit: 3, until: {soon}}}",
        f"extra: {{series: series-{b % 2}}}\n  river: [{{tag: {b}, limit: 1}}]\n  lead:",
        ("lead: [", "leed: {stroy: 1}", "lead: {story: story-1, until: soon}", "- a")[b % 4],
    )  # fmt: skip
    path = ("home", "world", "de/home", "nowhere")[a % 4]
    _toggle(model, f"content/_fronts/{path}.yaml", f"slots:\n  {choice[b % len(choice)]}\n")


def breaking(model: Model, a: int, b: int) -> None:
    """A line above all pages, with a story that readers can see or not, until some time."""
    soon = f"{DAY + timedelta(days=b - 3, hours=a):%Y-%m-%d %H:%M}"
    told = (
        f"Words {b}",
        f"{{story: story-{b}, until: {soon}}}",
        f"{{text: Words {b}, story: story-{a + 1}, from: {soon}}}",
        f"{{text: Words, url: /tags/, until: {soon}}}",
        f"{{text: Words, utl: {b}}}",
    )
    path = ("home", "home", "de/home", "world")[a % 4]
    _toggle(model, f"content/_fronts/{path}.yaml", f"breaking: {told[b % 5]}\nslots: {{lead: story-{b}}}\n")


def no_slots(model: Model, a: int, b: int) -> None:
    """An editor leaves a front to the rules."""
    there = sorted(path for path in model.files if "/_fronts/" in path)
    for path in there[a % 2 :]:
        del model.files[path]


def theme(model: Model, a: int, b: int) -> None:
    model.config["theme"] = ('"plain"', '"child"')[b % 2]


def clock(model: Model, a: int, b: int) -> None:
    model.now = DAY + timedelta(days=b - 3, hours=a)


def drafts(model: Model, a: int, b: int) -> None:
    model.drafts = not model.drafts


def preview(model: Model, a: int, b: int) -> None:
    """A build for a few eyes, at another address; with a robots.txt of one's own, or without."""
    model.preview = not model.preview
    if a % 2:
        _toggle(model, "content/robots.txt", f"User-agent: *\nDisalow: /{b}/\n")


def crawlers(model: Model, a: int, b: int) -> None:
    """What crawlers may not see is in no sitemap."""
    paths = ("/tags/", "/2026/*/1$", "/*story-1", "/world/", "*")
    model.config["[robots]"] = f'disallow = ["{paths[b % 5]}"]\nenable = {("true", "true", "false")[a % 3]}'


def rules_of_its_own(model: Model, a: int, b: int) -> None:
    """A robots.txt of one's own, or none."""
    _toggle(model, "content/robots.txt", "User-agent: *\nDisallow: /")


def output_folder(model: Model, a: int, b: int) -> None:
    """The site is written to another folder, or to one that it was written to before."""
    model.config["output_dir"] = ('"output"', '"public"')[b % 2]


def nothing(model: Model, a: int, b: int) -> None:
    """A build with no edit."""


def meddle(model: Model, a: int, b: int) -> None:
    """Somebody edits or deletes an output by hand."""
    model.deed = ("edit", "delete")[b % 2], a


def older(model: Model, a: int, b: int) -> None:
    """Somebody brings back the state that the last build found."""
    model.deed = "older", a


def _toggle(model: Model, path: str, text: str | bytes) -> None:
    if model.files.get(path) == text:
        del model.files[path]
    else:
        model.files[path] = text


EDITS: dict[str, Edit] = {
    edit.__name__: edit
    for edit in (
        typo, rewrite, title, untitle, kicker, tags, author, date, expire, draft, slug, alias, series, renumber,
        kind, priority, language, languages, translate, by_name, foreign_profile, image, focus, resize, repaint,
        more_pictures, rename_picture, images, figure, raw_picture, correct, listen, record, related, wording,
        copy, full_stop, many, similarity, link, link_page, elsewhere, card, footnote, section, archives, add, remove,
        rename, swap, media, bundle, profile, person, optional, by_type, shadow, part, imports, macro, template,
        break_template, words, setting, table, partner, theme, clock, drafts, preview, crawlers, nothing,
        meddle, older, withdraw, live, entry, edit_entry, pin, close, slots, no_slots, breaking, narrate,
        rules_of_its_own, output_folder,
    )
}  # fmt: skip


class Disk:
    """The model as real files. Times lie in the past, a millisecond apart: stamps are trusted, and must be right."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._shown: dict[str, str | bytes] = {}
        self._tick = 0

    def show(self, model: Model) -> set[str]:
        """Write what differs, in place, in an order that has nothing to do with names; remove what is gone. The paths
        of all that is another now.
        """
        wanted = model.content()
        gone = self._shown.keys() - wanted.keys()
        for path in gone:
            (self.folder / path).unlink()
        changed = [path for path in wanted if wanted[path] != self._shown.get(path)]
        random.Random(len(wanted)).shuffle(changed)
        for path in changed:
            file = self.folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            data = wanted[path]
            file.write_bytes(data.encode() if isinstance(data, str) else data)
            self._tick += 1
            moment = _SETTLED + self._tick * 1_000_000
            os.utime(file, ns=(moment, moment))
        self._shown = wanted
        return {*gone, *changed}
