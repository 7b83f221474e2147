"""Where a headline is broken, and how large it is set."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.cards.faces import faces_for, is_covered, runs
from sitegen.content.cards.lines import block
from sitegen.content.cards.words import clusters, words

SIZES = (80, 60, 40)


def lines(text: str, language: str = "en", height: int = 300) -> tuple[str, ...]:
    return block(text, faces_for("serif", language), SIZES, 800, height).lines


def test_a_short_headline_is_large_and_a_long_one_smaller() -> None:
    faces = faces_for("serif", "en")
    assert block("The ferry is late", faces, SIZES, 800, 300).size == 80
    assert block("The ferry is late " * 6, faces, SIZES, 800, 300).size < 80


def test_lines_are_about_equal() -> None:
    found = [len(line) for line in lines("The night crews voted at the quay, one by one")]
    assert len(found) > 1
    assert max(found) - min(found) < 8


def test_what_does_not_fit_is_cut_at_a_word() -> None:
    found = lines("seventeen letters " * 40)
    assert found[-1].endswith(("seventeen…", "letters…"))
    assert len(found) == 300 // 46


def test_a_word_that_is_too_wide_is_broken() -> None:
    found = lines("Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel", "de")
    assert len(found) > 1
    assert "".join(found) == "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel"


def test_no_line_begins_with_what_ends_a_sentence() -> None:
    found = lines("港の渡し船が遅れ、市長が「申し訳ない」と謝罪した。" * 3, "ja")
    assert len(found) > 2
    assert not any(line[0] in "、。」" or line[-1] == "「" for line in found)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("ชาวประมงกลับบ้านเมื่อวานนี้", "ชาว ประมง กลับ บ้าน เมื่อวาน นี้"),
        ("ราคาข้าวขึ้น 12%ในเดือนนี้", "ราคา ข้าว ขึ้น_ 12% ใน เดือน นี้"),
        ("ໄຟໄໝ້ຕະຫຼາດຊາວປະມົງ", "ໄຟ ໄໝ້ ຕະ ຫຼາດ ຊາວ ປະ ມົງ"),
        ("ស្ពានត្រូវបានបិទ។", "ស្ពាន ត្រូវ បាន បិទ។"),
        ("ស្ពាន\u200bត្រូវបាន\u200bបិទ", "ស្ពាន\u200b ត្រូវបាន\u200b បិទ"),
        ("港の、船。", "港 の、 船。"),
        ("The ferry is late", "The_ ferry_ is_ late"),
    ],
)
def test_a_line_breaks_between_words_or_syllables(text: str, parts: str) -> None:
    assert [part.replace(" ", "_") for part in words(text, faces_for("serif", "en"))] == parts.split(" ")


@pytest.mark.parametrize("text", ["ស្ពានព្រះសីហនុ", "👩\u200d👩\u200d👧🇩🇪🇫🇷", "น้ำท่วมใหญ่", "e\u0301e\u0301", "क्षत्रिय"])
def test_what_is_seen_as_one_character_stays_together(text: str) -> None:
    faces = faces_for("serif", "en")
    found = clusters(text, faces)
    assert "".join(found) == text
    assert not [part for part in found if unicodedata.category(part[0]) in ("Mn", "Mc", "Me") or part[0] == "\u200d"]
    assert not [part for part in found if part.endswith(("\u17d2", "\u200d"))]
    assert len([part for part in found if part[0] in "🇩🇪🇫🇷"]) in (0, 2)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("th", "ชาวประมงพบปลาไหลหกสิบเอ็ดตัวในหกสิบเอ็ดคืนที่ปากแม่น้ำและไม่มีใครเชื่อ"),
        ("lo", "ຊາວປະມົງພົບປາໄຫຼຫົກສິບເອັດໂຕໃນຫົກສິບເອັດຄືນຢູ່ປາກແມ່ນ້ຳ"),
        ("km", "អ្នកនេសាទបានរកឃើញអន្ទង់ហុកសិបមួយក្បាលក្នុងរយៈពេលហុកសិបមួយយប់"),
    ],
)
def test_a_headline_without_blanks_is_set_in_several_lines(language: str, text: str) -> None:
    found = lines(text, language)
    assert len(found) > 1
    assert "".join(found) == text
    firsts = [line[0] for line in found]
    assert not [first for first in firsts if unicodedata.category(first) != "Lo" or first in "ะาำະາຳ"]
    assert not [line for line in found if line[-1] in "เแโใไເແໂໃໄ\u17d2"]


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Fox", ["Source Serif 4"]),
        ("שליח Anselm", ["Noto Sans Hebrew", "Source Serif 4"]),
        ("a 🦊 b", ["Source Serif 4", "Noto Emoji", "Source Serif 4"]),
        ("العبّارة", ["Noto Sans Arabic"]),
    ],
)
def test_each_script_has_its_font(text: str, families: list[str]) -> None:
    assert [face.family for face, _ in runs(text, faces_for("serif", "en"))] == families


@pytest.mark.parametrize(
    ("language", "family"),
    [
        ("zh", "Noto Sans CJK SC"),
        ("zh-Hant", "Noto Sans CJK TC"),
        ("ja", "Noto Sans CJK JP"),
        ("ko-KR", "Noto Sans CJK KR"),
    ],
)
def test_each_language_has_its_forms_of_han_characters(language: str, family: str) -> None:
    assert [face.family for face, _ in runs("直", faces_for("sans", language))] == [family]


def test_what_no_font_has() -> None:
    assert is_covered("Fähre, 港, हिन्दी", "serif", "en")
    assert not is_covered("\U00012000", "serif", "en")  # cuneiform


@given(st.text(max_size=200), st.sampled_from(["en", "ja", "ar", "th", "km"]))
def test_any_text_can_be_set(text: str, language: str) -> None:
    faces = faces_for("serif", language)
    found = block(text, faces, SIZES, 800, 300)
    assert len(found.lines) * found.step <= 300
    said = "".join("".join(found.lines).split())
    whole = "".join(text.split())
    assert said == whole or said.endswith("…")
    assert "".join(piece for _, piece in runs(text, faces)) == text
