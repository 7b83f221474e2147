"""What people install is what we test: the wheel, in an environment that has nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from sitegen import __version__

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path | None = None) -> str:
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ROOT)
    [file] = folder.iterdir()
    return file


def test_the_wheel_holds_the_package_and_the_themes_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/", maxsplit=1)[0] for name in names}
    assert tops == {"sitegen", f"sitegen-{__version__}.dist-info"}
    themes = [path.relative_to(ROOT).as_posix() for path in (ROOT / "themes").rglob("*") if path.is_file()]
    assert {f"sitegen/_{path}" for path in themes} <= set(names)
    assert {"sitegen/py.typed", "sitegen/cli/sample/sitegen.toml", "sitegen/cli/archetype.md"} <= set(names)


def test_an_installed_wheel_makes_and_builds_a_site(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", environment)
    run(sys.executable, "-m", "pip", "--python", environment / "bin" / "python", "install", "--quiet", wheel)
    sitegen = environment / "bin" / "sitegen"
    assert run(sitegen, "--version") == f"sitegen, version {__version__}\n"
    run(sitegen, "init", "gazette", cwd=tmp_path)
    said = run(sitegen, "build", "--strict", cwd=tmp_path / "gazette").splitlines()
    assert said[0] == "not published: 1 draft"
    assert said[1].startswith("built ")
    assert (tmp_path / "gazette" / "output" / "index.html").is_file()
    assert "/404.html: " in run(sitegen, "why", "/404.html", cwd=tmp_path / "gazette")
