"""The entries of a live blog, cut out of its body."""

from __future__ import annotations

from datetime import UTC, date

import pytest

from sitegen.config import MarkdownConfig
from sitegen.content.body import Body
from sitegen.content.live import Coverage
from sitegen.content.markdown import Markdown
from tests.markdown.shown import SHORTCODES, problems, show

COVERAGE = Coverage(date(2026, 3, 12), UTC)
TEXT = """\
It begins.[^1]

## 10:05 *Eels* & more {key}

They came.[^1]

### In detail

{{< box title="A" >}}
## 11:00 In a box
{{< /box >}}

## 2026-03-13 00:10 Later {pinned}

Late.

## 9:30

Nothing happened in the morning, and it went on happening until nobody could remember anything else at all.

[^1]: A note.
"""


def live(text: str) -> Body:
    return Markdown().body(text, path="content/a.md", first_line=11, shortcodes=SHORTCODES, live=COVERAGE)


def test_entries_are_the_newest_first_whatever_their_order_in_the_file() -> None:
    body = live(TEXT)
    assert [entry.anchor for entry in body.entries] == ["2026-03-13-0010-later", "1005-eels-more", "0930"]
    assert [entry.title for entry in body.entries[:2]] == ["Later", "Eels & more"]
    assert body.entries[1].title_html == "<em>Eels</em> &amp; more"
    assert [(entry.pinned, entry.key) for entry in body.entries] == [(True, False), (False, True), (False, False)]
    assert body.entries[1].text == "They came.\nIn detail\n11:00 In a box"
    assert body.problems == ()


def test_an_entry_without_headline_is_called_by_its_first_words() -> None:
    entry = live(TEXT).entries[2]
    assert entry.title == "Nothing happened in the morning, and it went on happening until nobody could…"
    assert entry.title_html == ""
    assert live("## 9:30\n").entries[0].title == "9:30"


def test_introduction_entries_and_notes_are_apart_and_the_whole_has_all_of_them() -> None:
    body = live(TEXT)
    assert "".join(map(str, body.introduction)).startswith("<p>It begins.")
    assert "A note." in "".join(map(str, body.notes))
    assert not any("A note." in str(entry.segments) for entry in body.entries)
    shown = show(body)
    places = [shown.index(words) for words in ("It begins.", "Late.", "They came.", "Nothing happened", "A note.")]
    assert places == sorted(places)
    assert '<h2 id="1005-eels-more"><time datetime="2026-03-12T10:05:00+00:00">10:05</time> <em>Eels</em>' in shown
    assert [heading.text for heading in body.toc] == ["Later", "Eels & more", "In detail", "9:30"]


def test_the_same_text_in_another_kind_of_story_has_no_entries() -> None:
    body = Markdown().body(TEXT, shortcodes=SHORTCODES)
    assert body.entries == ()
    assert "10:05 <em>Eels</em> &amp; more {key}" in show(body)


@pytest.mark.parametrize(
    ("heading", "problem"),
    [
        ("## soon Nobody knows", "bad-entry 13:4+17 this heading has no time, so it begins no entry"),
        ("##   25:99 Never ##", "bad-entry 13:6+5 `25:99` is no time, so this begins no entry"),
        ("## 11:00 Pier {kye}", "bad-entry 13:16+3 `kye` says nothing of an entry"),
        ("## 10:00 The *quay*", "duplicate-id 13:4+5 two entries would have the anchor `1000-the-quay`"),
        ("## 11:00 Pier {key #here}", "duplicate-id 13:20+0 the id `here` is used twice in this text"),
    ],
)
def test_what_is_wrong_is_shown_where_it_stands_and_nothing_is_lost(heading: str, problem: str) -> None:
    first = "## 10:00 The quay" + (" {#here}" if "#here" in heading else "")
    body = live(f"{first}\n\n{heading}\n\nWhat was *written*.\n")
    assert problems(body) == [f"warning {problem}"]
    assert "What was <em>written</em>." in show(body)
    assert len(set(body.anchors)) == len(body.anchors)


def test_raw_html_of_one_entry_ends_with_it() -> None:
    body = live("## 10:00 One\n\n<div><b>open\n\n## 11:00 Two\n\nText.\n")
    (two, one) = body.entries
    assert "".join(map(str, one.segments)).count("</b>") == 1
    assert "<b>" not in "".join(map(str, two.segments))


def test_html_that_is_trusted_is_closed_where_the_text_ends() -> None:
    text = "<div>open\n\n## 10:00 One\n\nText.\n"
    body = Markdown(MarkdownConfig(html="allow")).body(text, live=COVERAGE)
    assert "".join(map(str, body.notes)) == "".join(map(str, body.segments))[-len("</div>") :] == "</div>"


def test_without_extensions_it_is_commonmark_and_all_introduction() -> None:
    options = MarkdownConfig(extensions=(), html="allow", typographer=False)
    body = Markdown(options).body("## 10:00 One\n", live=COVERAGE)
    assert (body.entries, body.introduction) == ((), ("<h2>10:00 One</h2>\n",))


def test_a_live_blog_without_entries_is_all_introduction() -> None:
    body = live("Soon.\n")
    assert (body.entries, body.introduction) == ((), body.segments)
