"""The table of fields, and everything that must agree with it."""

from pathlib import Path
from typing import get_args

import pytest
from jsonschema import Draft202012Validator

from sitegen.content.article import Article
from sitegen.content.fields import READERS
from sitegen.content.schema import FIELDS, GUARDED, PARTS, PROFILE_NAMES, FieldType, json_schema

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "writing.md"


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_a_row_in_the_guide(name: str) -> None:
    rows = [line for line in GUIDE.read_text(encoding="utf-8").split("\n") if line.startswith(f"| `{name}` |")]
    assert len(rows) == 1
    assert all(f"`{part}`" in rows[0] for part in PARTS.get(name, ()))


def test_the_guide_has_no_other_fields() -> None:
    text = GUIDE.read_text(encoding="utf-8").partition("\n## Front matter\n")[2].partition("\n## ")[0]
    rows = [line.split("`")[1] for line in text.split("\n") if line.startswith("| `")]
    assert sorted(rows) == sorted(FIELDS)


def test_every_field_is_one_of_the_article() -> None:
    names = set(Article.__struct_fields__)
    assert FIELDS.keys() <= names
    assert {*GUARDED, *PARTS, *PROFILE_NAMES.values()} <= FIELDS.keys()


def test_every_type_has_a_reader_and_a_use() -> None:
    assert READERS.keys() == set(get_args(FieldType)) == {field.type for field in FIELDS.values()}


def test_the_json_schema_is_one_and_knows_good_from_bad() -> None:
    schema = json_schema(extra=("layout",))
    Draft202012Validator.check_schema(schema)
    valid = Draft202012Validator(schema).is_valid
    assert valid({"title": "a", "tags": ["x", 1], "draft": True, "image": {"src": "a.png"}, "layout": {"a": 1}})
    assert valid({"title": None, "tags": "a, b", "params": {"a": [1]}, "corrections": [{"date": "2026", "text": "a"}]})
    for wrong in ({"drafft": True}, {"image": {"source": "a"}}, {"draft": "maybe"}, {"kind": "poem"}, {"priority": -1}):
        assert not valid(wrong)
    assert Draft202012Validator(json_schema(("*",))).is_valid({"anything": 1})
