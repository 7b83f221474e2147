"""What single rules take for a fault, and what not."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.check.copy import Copy
from sitegen.check.desk import CheckOptions, check
from sitegen.check.prose import readable, sentences, words
from sitegen.check.registry import OF_FILES
from sitegen.config import CheckConfig, Config, StyleConfig
from sitegen.errors import Problem
from tests.support.pictures import picture
from tests.support.reading import article
from tests.support.sites import NOW, Site, story


def codes(text: str, check: CheckConfig | None = None, dictionary: frozenset[str] = frozenset()) -> list[str]:
    """The codes of what the rules for single files find in one."""
    copy = Copy(article(text), text.encode(), Config(check=check or CheckConfig()), dictionary)
    return [rule.code for rule in OF_FILES if rule.severity != "off" for _ in rule.find(copy)]


def problems(site: Site, **options: bool) -> list[Problem]:
    return list(check(site.folder, CheckOptions(NOW, **options)).problems)


def titled(title: str) -> str:
    return f"---\ntitle: {title}\ndeck: A deck.\n---\nText.\n"


@pytest.mark.parametrize(
    "title",
    [
        "NATO",
        "UEFA 2027",
        "Who was it? Nobody knows",
        "He works for Smith & Co.",
        "It was the U.S.",
        "He came. He saw.",
        "Wait for it …",
        "潮見の朝。",
        "'Not a word'",
    ],
)
def test_headlines_that_are_all_right(title: str) -> None:
    assert codes(titled(title)) == []


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("NOBODY KNOWS ANYTHING", "headline-capitals"),
        ("ЗАГОЛОВОК ПРОПИСНЫМИ", "headline-capitals"),
        ("It ends here.", "headline-stop"),
        ('"It ends *here*."', "headline-stop"),
        ("a" * 111, "long-headline"),
        ('"Two  blanks"', "double-blanks"),
        ("Two  blanks", "double-blanks"),
        ("Blanks behind  ", "double-blanks"),
    ],
)
def test_headlines_that_are_not(title: str, code: str) -> None:
    assert codes(titled(title)) == [code]


def test_a_page_needs_no_deck() -> None:
    assert codes("---\ntitle: A\nkind: page\n---\nText.\n") == []
    assert codes("---\ntitle: A\nsummary: B\n---\nText.\n") == []
    assert codes("---\ntitle: A\n---\nText.\n") == ["missing-deck"]


@pytest.mark.parametrize(
    "body",
    [
        "`![](a.png)`",
        "```\n![](a.png)\n<img src=x>\n```",
        "<!-- ![](a.png) -->",
        r"\![](a.png)",
        "![What one sees](a.png)",
        '![What one sees](a.png "What it means")',
        '<img src="a.png" alt="">',
    ],
)
def test_pictures_that_are_all_right(body: str) -> None:
    assert codes(f"---\ntitle: A\ndeck: B\n---\n{body}\n") == []


def test_an_image_that_only_decorates_says_so() -> None:
    image = "image: {src: a.png, alt: '', caption: C, credit: D}"
    assert codes(f"---\ntitle: A\ndeck: B\n{image}\n---\nText.\n") == []


def test_readable_text_keeps_its_places() -> None:
    body = "A *word* with `code`, a [link](/a(b)/) and https://a.example/x.\n\n"
    body += "```py\ncode\n```\n{{< box a=b >}} end <b>x</b>\n"
    text = readable(body)
    assert len(text) == len(body)
    assert text.count("\n") == body.count("\n")
    assert [found[0] for found in words(text)] == ["A", "word", "with", "a", "link", "and", "end", "x"]
    assert readable("```\nnever closed").strip() == ""


def test_sentences_are_counted() -> None:
    assert sentences("One. Two! “Three?” Four\n\nFive") == 5
    assert sentences("") == 1
    assert sentences("At 3.5 per cent") == 1


def test_the_style_guide_minds_letter_case_where_it_is_told_to() -> None:
    style = StyleConfig(prefer={"internet": "net", "Kiev": "Kyiv"})
    text = "---\ntitle: The Internet\ndeck: A\n---\nkiev Kiev internet-wide internetting\n"
    assert codes(text, CheckConfig(style=style)) == ["house-style"] * 2


def test_spelling_passes_over_names_and_endings() -> None:
    text = "---\ntitle: A\ndeck: A\n---\nFerry Port-Anselm ferries ferry's walked xyzzy xyzzy well-kept\n"
    known = frozenset(["ferry", "ferri", "walk", "wellkept"])
    assert codes(text, dictionary=known) == ["misspelt"]


TAGGED = "\n".join(f"-- content/a{n}.md --\n{story(f'A{n}', tags='[TAGS]', deck='D')}" for n in range(4))


@pytest.mark.parametrize(
    ("common", "rare", "twins"),
    [
        ("elections", "election", True),
        ("covid-19", "covid19", True),
        ("government", "goverment", True),
        ("architecture", "architectune", True),
        ("police", "policy", False),
        ("iran", "iraq", False),
        ("river-year-1", "river-year-2", False),
        ("2025", "2026", False),
    ],
)
def test_twins_among_tags(tmp_path: Path, common: str, rare: str, twins: bool) -> None:
    site = Site(tmp_path, TAGGED.replace("TAGS", common))
    site.write("content/b.md", story("B", tags=f"[{rare}]", deck="D"))
    found = [problem.code for problem in problems(site)]
    assert found == (["twin-tag"] if twins else [])


def test_two_common_tags_are_no_twins(tmp_path: Path) -> None:
    site = Site(tmp_path, TAGGED.replace("TAGS", "election, elections"))
    assert problems(site) == []


def test_guests_need_no_profile(tmp_path: Path) -> None:
    config = '[authors.jane-doe]\nname = "Jane Doe"'
    site = Site(
        tmp_path, f"-- content/a.md --\n{story(authors='[Maria Fontana, Jane Doe, Reuters]', deck='D')}", config=config
    )
    assert problems(site) == []


def test_letters_that_come_each_week_are_not_copies(tmp_path: Path) -> None:
    weeks = {n: " ".join(f"word{n}x{m}" for m in range(30)) for n in range(3)}
    text = "".join(
        f"-- content/w{n}.md --\n{story('The week', f'2026-03-0{n + 1}', body, deck='D')}" for n, body in weeks.items()
    )
    assert problems(Site(tmp_path, text)) == []


def test_what_has_expired_is_nobodys_work(tmp_path: Path) -> None:
    site = Site(tmp_path, f"-- content/a.md --\n{story('LOUD AND ENDLESSLY LOUD', expires='2026-03-05')}")
    assert problems(site) == []


def test_files_that_somebody_names_are_no_orphans(tmp_path: Path) -> None:
    config = '[publisher]\nlogo = "img/logo.png"\n[authors.jo]\nimage = "/img/jo.png"\n'
    site = Site(
        tmp_path, "".join(f"-- content/img/{name}.png --\n" for name in ("logo", "jo", "draft", "lost")), config=config
    )
    site.write("content/a.md", story(draft="true", body="![One](img/draft.png)", deck="D"))
    assert [problem.span.path for problem in problems(site)] == ["content/img/lost.png"]


def test_a_site_in_a_folder_of_its_host(tmp_path: Path) -> None:
    site = Site(tmp_path)
    site.write("sitegen.toml", site.read("sitegen.toml").replace("test.example/", "test.example/sub/"))
    body = "[Here](/2026/03/01/a/), [gone](/gone/), [elsewhere](https://test.example/other/), ![A](b.png)"
    site.write("content/a.md", story(body=body, deck="D"))
    site.write("content/b.png", picture(3, 3))
    assert [(problem.code, problem.span.column) for problem in problems(site)] == [("broken-link", 32)]


@pytest.mark.parametrize(
    ("written", "target"),
    [("/%E6%BD%AE/", "/潮/"), ("/潮/", "/潮/"), ("/cafe\u0301/", "/café/"), ("/a%20b/", "/a b/"), ("/GONE/", "/GONE/")],
)
def test_links_in_whatever_form_they_are_written(tmp_path: Path, written: str, target: str) -> None:
    site = Site(tmp_path, f"-- content/a.md --\n{story(body=f'See [it]({written}).', deck='D')}")
    (found,) = problems(site)
    assert (found.message, found.span.line, found.span.column) == (f"nothing answers at `{target}`", 6, 10)


def test_pages_of_the_same_bytes_lead_to_different_places(tmp_path: Path) -> None:
    body = "<a href='../../08/b/'>x</a>"
    site = Site(tmp_path, config="[security]\npolicy = false\n")
    site.write("themes/plain/templates/story.html", body)
    for day in ("07", "08"):
        site.write(f"content/{day}.md", story("A", f"2026-03-{day}", f"Text {day}.", deck="D", url=f"/2026/{day}/b/"))
    for _ in range(2):
        assert problems(site) == []
    site.write("content/07.md", story("A", "2026-03-07", "Text 07.", deck="D", url="/2026/07/07/b/"))
    for _ in range(2):
        (found,) = problems(site)
        assert (found.code, found.message) == ("broken-link", "nothing answers at `/2026/07/08/b/`")


def test_many_broken_links_of_one_template_are_told_once(tmp_path: Path) -> None:
    site = Site(tmp_path, "".join(f"-- content/a{n}.md --\n{story(f'A{n}', deck='D')}" for n in range(30)))
    base = site.read("themes/plain/templates/base.html")
    site.write("themes/plain/templates/base.html", f'{base}\n<a href="/gone/">x</a>')
    (found,) = problems(site)
    assert (found.code, found.span.path, found.span.line) == ("broken-link", "themes/plain/templates/base.html", 3)
    assert " more" in found.hint


def test_severities_are_the_sites(tmp_path: Path) -> None:
    text = f"-- content/a.md --\n{story('LOUD AND ENDLESSLY LOUD')}"
    config = '[check.rules]\nheadline-capitals = "error"\nmissing-deck = "off"'
    found = problems(Site(tmp_path, text, config=config))
    assert [(problem.code, problem.severity) for problem in found] == [("headline-capitals", "error")]
    assert {problem.severity for problem in problems(Site(tmp_path / "b", text), strict=True)} == {"error"}


def test_the_demo_has_no_false_alarm() -> None:
    root = Path(__file__).parents[2]
    assert check(root, CheckOptions(NOW.replace(month=11, day=26))).problems == ()
