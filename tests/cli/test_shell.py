"""What holds for every command: help, exit statuses, common options, how failures look."""

from __future__ import annotations

import gc
import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sitegen import __version__
from sitegen.cli import COMMANDS, sitegen
from sitegen.cli.shell import Shell, with_shell
from sitegen.errors import Problem, SiteProblems, Span

ROOT = Path(__file__).parents[2]
runner = CliRunner()


def python(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=cwd,
        env={"PATH": "", **environment},
    )


@pytest.mark.parametrize("arguments", ["['--help']", "['--version']", "['init', '--help']"])
def test_help_loads_nothing_that_it_does_not_need(arguments: str) -> None:
    code = (
        f"from sitegen.cli import sitegen; sitegen({arguments}, standalone_mode=False); import sys; print(*sys.modules)"
    )
    loaded = python("-c", code, cwd=ROOT).stdout.split()
    heavy = {"jinja2", "markdown_it", "yaml", "rich", "babel", "pygments", "nh3", "watchdog", "sqlite3", "tomllib"}
    assert "sitegen.cli" in loaded
    assert heavy & set(loaded) == set()


def test_the_module_is_the_command() -> None:
    done = python("-m", "sitegen", "--version", cwd=ROOT)
    assert (done.returncode, done.stdout) == (0, f"sitegen, version {__version__}\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_begins_with_its_purpose(name: str) -> None:
    result = runner.invoke(sitegen, [name, "--help"])
    assert result.exit_code == 0
    assert COMMANDS[name] in result.stdout
    for option in ("--site", "--quiet", "--verbose"):
        assert option in result.stdout


def test_a_misspelt_command_is_wrong_usage() -> None:
    result = runner.invoke(sitegen, ["biuld"])
    assert result.exit_code == 2
    assert "build" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "--jobs", "0"],
        ["build", "--now", "yesterday"],
        ["build", "--base-url", "gazette.example"],
        ["build", "--site", "no-such-file/x", "extra"],
        ["list", "everything"],
        ["new"],
        ["why"],
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str]) -> None:
    result = runner.invoke(sitegen, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Traceback" not in result.stderr


NEEDS = {"new": ["x"], "notify": ["--report", "x"], "related": ["x"], "why": ["x"]}
"""Arguments without which a command cannot be called."""


@pytest.mark.parametrize("name", sorted(set(COMMANDS) - {"init", "clean"}))
def test_commands_that_need_a_site_say_so(name: str, tmp_path: Path) -> None:
    result = runner.invoke(sitegen, [name, *NEEDS.get(name, []), "--site", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stderr.startswith("error: there is no site in ")
    assert "= help: `sitegen init DIR`" in result.stderr
    assert list(tmp_path.iterdir()) == []


@click.command()
@click.argument("way")
@with_shell
def example(shell: Shell, way: str) -> None:
    """A command that ends in one of several ways."""
    if way == "bug":
        raise KeyError("x\x1b[2J")
    if way == "disk":
        raise PermissionError(13, "Permission denied", "output/index.html")
    if way == "problems":
        raise SiteProblems([Problem("error", "c", "first", Span("a")), Problem("warning", "d", "second", Span("b"))])
    shell.say(f"{shell.site} {shell.loudness}")


def test_a_bug_is_one_line_and_a_traceback_only_if_asked_for() -> None:
    result = runner.invoke(example, ["bug"])
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert line.startswith(f"error: sitegen {__version__} has a bug: KeyError in test_shell.py, line ")
    assert "\x1b" not in line
    assert "Traceback (most recent call last)" in runner.invoke(example, ["bug", "-v"]).stderr


def test_what_the_system_refuses_is_no_bug() -> None:
    result = runner.invoke(example, ["disk"])
    assert (result.exit_code, result.stderr) == (1, "error: output/index.html: Permission denied\n")


def test_problems_go_to_standard_error_and_quiet_leaves_out_warnings() -> None:
    loud, quiet = runner.invoke(example, ["problems"]), runner.invoke(example, ["problems", "-q"])
    assert (loud.exit_code, quiet.exit_code) == (1, 1)
    assert loud.stderr.endswith("1 error and 1 warning in 2 files\n")
    assert quiet.stderr == "error: first\n  --> a\n1 error in 1 file\n"
    assert loud.stdout == quiet.stdout == ""


def test_common_options_are_read_before_and_after_the_command(tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert runner.invoke(sitegen, ["init", str(site), "-q"]).stdout == ""
    before = runner.invoke(sitegen, ["--site", str(site), "schema"])
    after = runner.invoke(sitegen, ["--site", str(tmp_path), "schema", "--site", str(site)])
    assert before.exit_code == after.exit_code == 0
    assert before.stdout == after.stdout
    assert runner.invoke(example, ["ok", "-q"]).stdout == ""
    assert runner.invoke(example, ["ok", "--site", "x", "-vv"]).stdout == "x 2\n"


@pytest.mark.parametrize("name", ["build", "check"])
def test_a_command_leaves_the_process_as_it_was(name: str, tmp_path: Path) -> None:
    runner.invoke(sitegen, ["init", str(tmp_path / "site"), "-q"])
    assert runner.invoke(sitegen, ["--site", str(tmp_path / "site"), name]).exit_code == 0
    assert gc.isenabled()


@pytest.mark.parametrize(
    ("environment", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_colour_is_for_terminals_whose_user_wants_it(
    environment: dict[str, str], coloured: bool, tmp_path: Path
) -> None:
    main, terminal = pty.openpty()
    command = [sys.executable, "-m", "sitegen", "schema", "--site", str(tmp_path)]
    subprocess.run(command, stderr=terminal, check=False, cwd=ROOT, env={"TERM": "xterm", **environment})
    os.close(terminal)
    shown = os.read(main, 10_000).decode()
    os.close(main)
    assert "there is no site in" in shown
    assert ("\x1b[1;31merror" in shown) is coloured


def test_no_colour_in_a_file() -> None:
    assert "\x1b[" not in runner.invoke(example, ["problems"], color=True).stderr


def test_the_documentation_names_every_command_and_option() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs").rglob("*.md"))
    context = click.Context(sitegen)
    for name in COMMANDS:
        _, command, _ = sitegen.resolve_command(context, [name])
        assert command is not None
        options = [option for parameter in command.params for option in parameter.opts if option.startswith("--")]
        missing = [option for option in options if f"`{option}" not in pages and f" {option}" not in pages]
        assert (name, f"sitegen {name}" in pages, missing) == (name, True, [])
