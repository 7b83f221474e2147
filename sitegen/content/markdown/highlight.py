"""Code blocks coloured when the site is built: classes for the theme's style sheet, no script."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from markdown_it.common.utils import escapeHtml

__all__ = ["code_block", "plain_block"]

_LONGEST = 100_000
"""Characters beyond which code stays plain: some lexers are slow on very long input."""


def code_block(code: str, language: str, attributes: str) -> str:
    """The HTML of a code block; plain if Pygments does not know the language."""
    lexer = _lexer(language) if language and len(code) <= _LONGEST else None
    if lexer is None:
        return plain_block(code, language, attributes)
    from pygments import highlight

    return _block(highlight(code, lexer, _formatter()).rstrip("\n") + "\n", language)


def plain_block(code: str, language: str, attributes: str) -> str:
    """The HTML of a code block without colours."""
    return _block(escapeHtml(code), language)


def _block(html: str, language: str) -> str:
    """It may scroll sideways, so it takes the keyboard's focus."""
    name = f' class="language-{escapeHtml(language)}"' if language else ""
    return f'<pre class="highlight" tabindex="0"><code{name}>{html}</code></pre>'


@lru_cache(maxsize=64)
def _lexer(language: str) -> Any:
    from pygments.lexers import get_lexer_by_name
    from pygments.util import ClassNotFound

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


@lru_cache(maxsize=1)
def _formatter() -> Any:
    from pygments.formatters import HtmlFormatter

    return HtmlFormatter(nowrap=True)
