"""Markdown to HTML: CommonMark by markdown-it-py, with what a newspaper needs on top.

`Markdown.body` runs these stages; each module adds its rules to the parser, and all that belongs to one body travels in
a `Run`, so that one parser serves every story::

    parser      the rules for one set of options and one language
    fast        asks of the rules only those that can match
    targets     links and pictures, each settled by the site
    rawhtml     HTML in the text          allowed     the HTML that is left after cleaning
    calls       shortcodes                callouts, figures, footnotes, tables, tasks, attributes, headings
    entries     the entries of a live blog
    typography  quotes and dashes         foreign     tags of other generators
    assemble    tokens to segments        summary     excerpt and number of words
"""

from sitegen.content.markdown.inline import inline, plain
from sitegen.content.markdown.pipeline import Markdown

__all__ = ["Markdown", "inline", "plain"]
