"""HTML and plain text as mail programs want them: what stands by itself, wherever it is read.

Many mail programs throw style sheets away, all of them scripts, and none knows which site a link without a host means.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urljoin

from css_inline import CSSInliner
from selectolax.lexbor import LexborHTMLParser

from sitegen.regex import regex

__all__ = ["mail_html", "mail_text", "title_of"]

_NOT_IN_MAIL = "script, form, iframe, object, embed, dialog, audio, video, noscript, base, link"
_LEADS = ("href", "src", "background")
_NOT_KNOWN = ("srcset", "sizes", "loading", "decoding", "fetchpriority")
"""What mail programs do not know, or take for something else."""
_KEPT = regex(r"(<head>)(<style>.*?</style>\s*)(.*?)(?=</head>)", re.DOTALL)
"""The rules that were not inlined, and what stands behind them: the encoding belongs into the first 1024 bytes."""
_inliner = CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)


def mail_html(html: str, base_url: str, placeholders: Collection[str] = ()) -> str:
    """The page with its styles at the elements themselves, but for rules about the window (`@media`), with nothing that
    runs or is filled in, and with absolute URLs.

    What a mail service fills in stands in the `placeholders`, which stay as they are.
    """
    tree = LexborHTMLParser(html)
    for node in tree.css(_NOT_IN_MAIL):
        node.decompose()
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            if name in _NOT_KNOWN or name.startswith("on"):
                del node.attrs[name]
            elif name in _LEADS and value is not None and value not in placeholders:
                node.attrs[name] = _absolute(base_url, value)
    return _KEPT.sub(r"\1\3\2", _inliner.inline(tree.html or ""), count=1) + "\n"


def _absolute(base_url: str, url: str) -> str:
    try:
        return url if url.startswith("#") else urljoin(base_url, url)
    except ValueError:  # what a writer wrote need not be a URL
        return url


def title_of(html: str) -> str:
    """What stands in `<title>`, on one line; empty if nothing does."""
    title = LexborHTMLParser(html).css_first("title")
    return " ".join(title.text().split()) if title else ""


def mail_text(text: str) -> str:
    """The text without blanks at the ends of lines, and with at most one empty line in a row."""
    lines = "\n".join(line.rstrip() for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip("\n") + "\n"
