"""`sitegen related`: lists with reasons, labels from links, scores."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sitegen.cli import sitegen
from sitegen.site.related.judging import judged
from tests.support.sites import Site, story

NOW = ("--now", "2026-03-12T09:00:00Z")
FERRY = "The ferry to Overholm stays in the harbour: the crew will not sail."


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path / "site")
    site.write("content/ferry.md", story("Ferry", "2025-01-01", FERRY, aliases="[/old/]"))
    links = "[a strike](/old/), [elsewhere](https://host.example/ferry/) and [it][1].\n\n[1]: /2025/03/01/tax/"
    site.write(
        "content/strike.md",
        story("Strike", "2025-01-09", f"The harbour crew is in [Overholm again](ferry.md). {links}"),
    )
    site.write(
        "content/tax.md", story("Tax", "2025-03-01", "The council voted on <a href='/2025/01/09/strike/'>tax</a>.")
    )
    return site


def run(site: Site, *arguments: str | Path) -> Result:
    result = CliRunner().invoke(sitegen, ["related", "--site", str(site.folder), *map(str, arguments), *NOW])
    assert "has a bug" not in result.stderr
    return result


@pytest.mark.parametrize("name", ["strike", "strike.md", "content/strike.md", "/2025/01/09/strike/"])
def test_a_story_may_be_named_in_many_ways(site: Site, name: str) -> None:
    assert run(site, name).stdout == "content/ferry.md  Ferry\n"


def test_reasons_are_words(site: Site) -> None:
    first, second = run(site, "strike", "--explain").stdout.splitlines()
    assert first.endswith("  content/ferry.md  Ferry")
    assert float(first.split()[0]) > 0.05
    assert "crew" in second
    (reason,) = json.loads(run(site, "strike", "--explain", "--format", "json").stdout)
    assert (reason["path"], reason["title"]) == ("content/ferry.md", "Ferry")
    assert sum(share for _, share in reason["terms"]) == pytest.approx(reason["score"], rel=0.05)


def test_an_unknown_story_is_a_problem_with_a_hint(site: Site) -> None:
    result = run(site, "strik")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no published story is called `strik`" in result.stderr
    assert "did you mean `strike`" in result.stderr


def test_links_are_extracted_and_judged_without_their_words(site: Site, tmp_path: Path) -> None:
    labels = json.loads(run(site, "--extract-links").stdout)
    assert labels == {
        "content/strike.md": ["content/ferry.md", "content/tax.md"],
        "content/tax.md": ["content/strike.md"],
    }
    file = tmp_path / "labels.json"
    file.write_text(json.dumps({**labels, "nobody": ["ferry"]}))
    found = json.loads(run(site, "--evaluate", file, "--format", "json").stdout)
    assert (found["all"]["sources"], found["all"]["pairs"]) == (2, 3)
    assert (found["apart"]["sources"], found["apart"]["pairs"]) == (0, 0)
    assert found["all"]["recall"] == pytest.approx(0.25), "`tax` and `strike` have nothing in common but their links"
    assert found["unknown"] == ["nobody"]
    shown = run(site, "--evaluate", file, "-k", "3").stdout
    assert "recall@3" in shown
    assert "no published story is called `nobody`" in shown


@pytest.mark.parametrize("text", ["[", "[1]", '{"a": "b"}', '{"a": [1]}'])
def test_labels_of_another_form_are_refused(site: Site, tmp_path: Path, text: str) -> None:
    file = tmp_path / "labels.json"
    file.write_text(text)
    assert run(site, "--evaluate", file).exit_code == 2
    assert run(site, "--evaluate", tmp_path / "none.json").exit_code == 2
    assert run(site).exit_code == 2


def test_scores() -> None:
    lists = {"a": ["x", "b", "c"], "d": ["x"], "e": []}
    score = judged(lists, {"a": ["b", "c"], "d": ["x"], "e": ["a"], "f": []}, 2)
    assert (score.sources, score.pairs) == (3, 4)
    assert score.recall == pytest.approx((1 / 2 + 1 + 0) / 3)
    assert score.mrr == pytest.approx((1 / 2 + 1 + 0) / 3)
    gain = (1 / 1.584962500721156) / (1 + 1 / 1.584962500721156)
    assert score.ndcg == pytest.approx((gain + 1 + 0) / 3)
