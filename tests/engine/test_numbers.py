"""What is known by the numbers of questions is held as a dictionary would hold it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.engine.numbers import PAGE, STEP, Numbered, numbers_on

NUMBERS = st.integers(0, 3 * PAGE // STEP).map(lambda number: number * STEP)


@given(st.lists(st.tuples(st.sampled_from(["put", "pop", "page"]), NUMBERS, st.text(max_size=2))))
def test_it_does_what_a_dictionary_does(edits: list[tuple[str, int, str]]) -> None:
    held, plain = Numbered[str](), dict[int, str]()
    for what, number, text in edits:
        if what == "put":
            held[number] = plain[number] = text
        elif what == "pop":
            assert held.pop(number, None) == plain.pop(number, None)
        else:
            held.forget_page(number // PAGE)
            for each in numbers_on(number // PAGE):
                plain.pop(each, None)
        assert (held.get(number), number in held) == (plain.get(number), number in plain)
    assert (len(held), dict(held)) == (len(plain), plain)
    held.clear()
    assert not held
