"""Headlines and decks: Markdown within one line."""

from __future__ import annotations

import pytest

from sitegen.content.markdown import inline, plain


@pytest.mark.parametrize(
    ("text", "html", "words"),
    [
        ("The *Star* & `x`", "The <em>Star</em> &amp; <code>x</code>", "The Star & x"),
        ("[A link](b.md) ![c](d.png)", "A link c", "A link c"),
        ("The <em>Star</em><br>sinks", "The <em>Star</em>sinks", "The Starsinks"),
        ("<script>a<b</script>b", "a&lt;bb", "a<bb"),
        ("<b onclick=x>a", "<b>a</b>", "a"),
        ("O*NET and mod_perl &amp; &lt;", "O*NET and mod_perl &amp; &lt;", "O*NET and mod_perl & <"),
        ("C++ <*> .NET", "C++ &lt;*&gt; .NET", "C++ <*> .NET"),
        ('"So" it\'s -- ~~not~~', "“So” it’s – <s>not</s>", "“So” it’s – not"),
        ("# No heading", "# No heading", "# No heading"),
        ("", "", ""),
    ],
)
def test_inline(text: str, html: str, words: str) -> None:
    assert inline(text) == html
    assert plain(text) == words


def test_the_language_decides_on_quotes() -> None:
    assert inline('"Ja"', "de") == plain('"Ja"', "de") == "„Ja“"
