"""The hook that pre-commit finds in the repository."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from sitegen.cli import COMMANDS

HOOKS = yaml.safe_load((Path(__file__).parents[2] / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def test_each_hook_runs_a_command_on_the_whole_site() -> None:
    for hook in HOOKS:
        program, command = hook["entry"].split()
        assert (program, command in COMMANDS, hook["language"]) == ("sitegen", True, "python")
        assert hook["id"] == f"sitegen-{command}"
        assert hook["pass_filenames"] is False


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("content/a.md", True),
        ("sitegen.toml", True),
        ("templates/base.html", True),
        ("a/b.JPG", False),
        ("LICENSE", False),
    ],
)
def test_it_runs_when_something_of_the_site_changed(path: str, wanted: bool) -> None:
    (hook,) = HOOKS
    assert bool(re.search(hook["files"], path)) is wanted
