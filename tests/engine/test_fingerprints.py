"""What stands for a value: short, the same on every machine, and another one for every other value."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sitegen.plain import fingerprint

simple = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text(max_size=8)
nested = st.recursive(simple, lambda each: st.lists(each, max_size=4).map(tuple), max_leaves=12)


@given(nested)
def test_what_is_short_stands_for_itself(value: Any) -> None:
    found = fingerprint(value)
    assert found.startswith("#") or json.loads(found) == json.loads(json.dumps(value))


@given(nested, nested)
def test_other_values_have_other_fingerprints(one: Any, other: Any) -> None:
    same = json.dumps(one) == json.dumps(other)  # which tells `1` from `True`, as `==` does not
    assert (fingerprint(one) == fingerprint(other)) is same


def test_half_a_surrogate_pair_is_a_text_too() -> None:
    assert fingerprint(("a", ("\ud800",))) != fingerprint(("a", ("\ud801",)))
