"""The JSON Schema of the editors' files for fronts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sitegen.content.fronts import GROUPS

__all__ = ["front_schema"]

_TEXT = {"type": ["string", "number", "null"]}
_MOMENT = {"type": ["string", "null"], "pattern": r"\d{4}"}
_FIELDS = {"section": "section", "tag": "tags", "author": "authors", "series": "series"}
"""By the kind of a group, the field of the front matter that names such groups."""

_TIMES = {
    "from": {"description": "not before then", **_MOMENT},
    "until": {"description": "no longer from then on", **_MOMENT},
}
_STORY = {"story": {"description": "an id, a slug or a path", **_TEXT}}
_BREAKING = {
    "text": {"description": "the news in a few words; if missing, the title of the story", **_TEXT},
    **_STORY,
    "url": {"description": "where the line leads, if to no story", **_TEXT},
    **_TIMES,
}


def front_schema(known: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, Any]:
    """The JSON Schema (2020-12), for editors; `known` are names that they may offer, by field of the front matter."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A front of sitegen",
        "type": ["object", "null"],
        "properties": {
            "breaking": {
                "description": "in home.yaml: news for a line above the name of the paper, on all pages",
                "anyOf": [_TEXT, {"type": "object", "properties": _BREAKING, "additionalProperties": False}],
            },
            "slots": {
                "description": "what stands where: lead, secondary, opinion, latest, river, or a name of the theme",
                "type": ["object", "null"],
                "additionalProperties": {"$ref": "#/$defs/slot"},
            },
        },
        "additionalProperties": False,
        "$defs": _defs(known or {}),
    }


def _defs(known: Mapping[str, tuple[str, ...]]) -> dict[str, Any]:
    pick = {
        **_STORY,
        **{kind: _group(kind, known.get(_FIELDS[kind], ())) for kind in GROUPS},
        "type": {"description": "news, analysis, opinion, live, …", **_TEXT},
        "limit": {"description": "how many stories at most", "type": ["integer", "null"], "minimum": 0},
        **_TIMES,
    }
    stories = {"type": ["array", "string", "number", "object", "null"], "items": {"$ref": "#/$defs/pick"}}
    table = {"type": "object", "additionalProperties": False}
    return {
        "pick": {"anyOf": [_TEXT, {**table, "properties": pick}]},
        "slot": {
            "anyOf": [
                _TEXT,
                {"type": "array", "items": {"$ref": "#/$defs/pick"}},
                {**table, "properties": {**pick, "stories": {"description": "one after the other", **stories}}},
            ]
        },
    }


def _group(kind: str, names: tuple[str, ...]) -> dict[str, Any]:
    words = {"description": f"stories of this {kind}"}
    return {**words, "anyOf": [{"enum": list(names)}, _TEXT]} if names else {**words, **_TEXT}
