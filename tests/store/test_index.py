from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.engine.past import Question
from sitegen.store import index as index_module
from sitegen.store.index import Index

QUESTIONS: list[Question] = [(kind, number) for kind in ("file", "article") for number in range(6)]
some = st.lists(st.sampled_from(QUESTIONS), max_size=6)
steps = st.tuples(st.dictionaries(st.sampled_from(QUESTIONS), st.integers(0, 2**32 - 1), max_size=8), some)


@pytest.mark.parametrize("many", [0, 20])
@given(st.lists(steps, max_size=6))
def test_it_has_what_was_added_and_not_removed_since(
    many: int, history: list[tuple[dict[Question, int], list[Question]]]
) -> None:
    """Whether changes are few enough to be put in one by one (all are if `many` is 0), or all is put in order."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_module, "_MANY", many)
        check_history(history)


def check_history(history: list[tuple[dict[Question, int], list[Question]]]) -> None:
    index, wanted = Index(), dict[Question, int]()
    for new, gone in history:
        index = Index.load(index.changed(new, gone).dump())
        wanted = {question: number for question, number in wanted.items() if question not in gone} | new
        assert {question: index.number(question) for question in QUESTIONS} == {
            question: wanted.get(question) for question in QUESTIONS
        }
        for kind in ("file", "article"):
            assert sorted(index.of_kind(kind)) == sorted(wanted[question] for question in wanted if question[0] == kind)
        assert len(index) == len(wanted)
