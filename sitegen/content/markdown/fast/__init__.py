"""The parser of markdown-it-py, made faster by what the CommonMark specification lets it leave out.

`install` puts these into a parser. Its tokens stay the same; `tests/markdown/test_same_tokens.py` compares them::

    blocks      a line's first character tells which rules may match
    inlines     so does a character within a text; a text without any such character is one token
    html        tokens to HTML, without the steps that most of them do not need
"""

from sitegen.content.markdown.fast.html import Html
from sitegen.content.markdown.fast.inlines import link
from sitegen.content.markdown.fast.install import install

__all__ = ["Html", "install", "link"]
