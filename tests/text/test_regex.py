"""Regular expressions that are compiled when they are first used."""

from __future__ import annotations

import gc
import pkgutil
import re
from importlib import import_module

import pytest

import sitegen
from sitegen.regex import _Later, regex


def test_it_is_a_pattern() -> None:
    pattern = regex(r"(?P<letter>[a-c])", re.IGNORECASE)
    assert [match["letter"] for match in pattern.finditer("xBc")] == ["B", "c"]
    assert (pattern.sub("-", "abcd"), pattern.groups, pattern.flags & re.IGNORECASE) == ("---d", 1, re.IGNORECASE)
    assert regex(rb"\d+").findall(b"12 a 3") == [b"12", b"3"]


def test_what_cannot_be_compiled_is_found_out_by_its_first_use() -> None:
    pattern = regex("(")
    with pytest.raises(re.error):
        pattern.search("")


def test_all_of_ours_can_be_compiled() -> None:
    for module in pkgutil.walk_packages(sitegen.__path__, "sitegen."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    ours = [found for found in gc.get_objects() if type(found) is _Later and found._given[0] != "("]
    assert len(ours) > 100
    assert all(found.pattern == found._given[0] for found in ours)
