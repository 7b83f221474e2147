"""What a writer has seen and wants so."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.check.desk import CheckOptions, check
from sitegen.content.schema import FIELDS
from tests.support.sites import NOW, Site

_LOUD = "title: LOUD AND ENDLESSLY LOUD"


def codes(site: Site) -> list[str]:
    return [problem.code for problem in check(site.folder, CheckOptions(NOW)).problems]


@pytest.mark.parametrize(
    "matter",
    [
        f"{_LOUD} # sitegen-ignore headline-capitals",
        f"# sitegen-ignore missing-deck, headline-capitals\n{_LOUD}",
        f"{_LOUD}\ncheck: {{ignore: [headline-capitals]}}",
        f"{_LOUD}\ncheck:\n  ignore: headline-capitals",
    ],
)
def test_in_the_front_matter(tmp_path: Path, matter: str) -> None:
    site = Site(tmp_path, f"-- content/a.md --\n---\n{matter}\ndate: 2026-03-01\ndeck: A\n---\nText.\n")
    assert codes(site) == []


def test_in_the_text_and_only_there(tmp_path: Path) -> None:
    site = Site(
        tmp_path,
        """
-- content/a.md --
---
title: A
date: 2026-03-01
deck: B
---
<!-- sitegen-ignore broken-link -->

[One](/gone/)

[Two](/gone/), <!-- sitegen-ignore broken-link --> and nobody minds.

[Three](/gone/) <!-- sitegen-ignore missing-alt -->

[Four](/gone/)
""",
    )
    found = check(site.folder, CheckOptions(NOW)).problems
    assert [(problem.code, problem.span.line) for problem in found] == [("broken-link", 12), ("broken-link", 14)]
    assert "sitegen-ignore" not in (site.build(), site.page("/2026/03/01/a/"))[1]


def test_in_a_template_and_in_the_configuration(tmp_path: Path) -> None:
    config = '[menus]\nfooter = [{title = "Lost", url = "/lost/"}] # sitegen-ignore broken-link'
    site = Site(tmp_path, "-- content/a.md --\n---\ntitle: A\ndate: 2026-03-01\ndeck: B\n---\nText.\n", config=config)
    link = "{{ site.menus.footer[0].url }}"
    site.write(
        "themes/plain/templates/base.html",
        f'<a href="{link}">x</a>{{% block main %}}{{% endblock %}}\n'
        '{# sitegen-ignore broken-link #}\n<a href="/gone/">x</a>',
    )
    assert codes(site) == []


def test_a_misspelt_key_is_an_error(tmp_path: Path) -> None:
    site = Site(tmp_path, "-- content/a.md --\n---\ntitle: A\ndeck: B\ncheck: {ingore: [x]}\n---\nText.\n")
    assert "unknown-key" in codes(site)
    assert FIELDS["check"].type == "check"


def test_what_ends_a_build_cannot_be_silenced(tmp_path: Path) -> None:
    text = (
        "---\ntitle: A\ndeck: B\ndrafft: true # sitegen-ignore unknown-key\ncheck: {ignore: unknown-key}\n---\nText.\n"
    )
    assert codes(Site(tmp_path, f"-- content/2026-03-01-a.md --\n{text}")) == ["unknown-key"]


def test_warnings_of_a_build_can_be(tmp_path: Path) -> None:
    text = "---\ntitle: A\ndeck: B\n---\n[Gone](gone.md) <!-- sitegen-ignore missing-link -->\n"
    assert codes(Site(tmp_path, f"-- content/2026-03-01-a.md --\n{text}")) == []
