"""All rules, by what they look at, and how severe each is for a site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

from sitegen.check import captions, dates, duplicates, external, headlines, leaks, links, media, names, writing
from sitegen.check.copy import Copy
from sitegen.check.paper import Paper
from sitegen.check.proofs import Proofs
from sitegen.check.rule import Rule
from sitegen.config import CheckConfig, RuleSeverity

__all__ = ["ELSEWHERE", "OF_FILES", "OF_PAGES", "OF_SITES", "RULES", "severity"]

OF_FILES: tuple[Rule[Copy], ...] = (*headlines.RULES, *captions.RULES, *writing.RULES)
"""What they find in a file depends on that file and the settings only, so it can be kept."""
OF_SITES: tuple[Rule[Paper], ...] = (*names.RULES, *dates.RULES, *media.RULES, *duplicates.RULES, *leaks.RULES)
OF_PAGES: tuple[Rule[Proofs], ...] = (*links.RULES, *media.PRINTED, leaks.LEAK)
ELSEWHERE: tuple[Rule[Proofs], ...] = external.RULES
"""Those that ask other hosts."""
_ALL: Iterable[Rule[Any]] = chain[Any](OF_FILES, OF_SITES, OF_PAGES, ELSEWHERE)
RULES: Mapping[str, Rule[Any]] = {rule.code: rule for rule in _ALL}
"""By code."""


def severity(rule: Rule[Any], config: CheckConfig) -> RuleSeverity:
    """How severe its findings are for a site."""
    return config.rules.get(rule.code, rule.severity)
