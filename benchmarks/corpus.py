"""The stories: made once by the corpus generator, kept in the system's folder for temporary files, copied for each run.

The generator is a Python module outside this repository, with `Corpus(n)`, `write(corpus, layout, folder, indices)` and
`write_images(folder)`. It runs in a process of its own: the memory of this one is a floor under what `measure` sees.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType

__all__ = ["ADDED", "CorpusError", "generator_file", "scratch", "stories"]

ROOT = Path(__file__).resolve().parent.parent
CACHE = Path(tempfile.gettempdir()) / "sitegen-benchmarks"
IMAGES = {"generic": "content/img", "hugo": "static/img", "pelican": "content/img"}
"""Where each layout wants the pictures."""
ADDED = 20
"""Stories newer than the corpus, made beside it, for the scenario that adds one."""


class CorpusError(Exception):
    """There is no usable corpus generator; the message says what to do."""


def generator_file(given: Path | None) -> Path:
    """The generator: `given`, else what `SITEGEN_CORPUS` names, else `shared/corpus.py` beside the repository."""
    named = given or os.environ.get("SITEGEN_CORPUS")
    path = Path(named) if named else ROOT.parent / "shared" / "corpus.py"
    if not path.is_file():
        wanted = "--corpus FILE or SITEGEN_CORPUS=FILE"
        raise CorpusError(f"there is no corpus generator at {path}; say where it is with {wanted}")
    return path.resolve()


def stories(generator: Path, size: int, layout: str) -> Path:
    """A folder with `size` stories: in site/ all of them, in added/ those to come; not to be written to."""
    mark = hashlib.sha256(generator.read_bytes()).hexdigest()[:12]
    folder = CACHE / f"{layout}-{size}-{mark}"
    if not folder.is_dir():
        making = Path(tempfile.mkdtemp(dir=_made(CACHE)))
        command = [sys.executable, "-m", "benchmarks.corpus", str(generator), str(size), layout, str(making)]
        subprocess.run(command, cwd=ROOT, check=True)
        making.rename(folder)
    return folder


def scratch() -> tempfile.TemporaryDirectory[str]:
    """A folder beside the stories that goes with its block."""
    return tempfile.TemporaryDirectory(dir=_made(CACHE))


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _load(generator: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus", generator)
    if spec is None or spec.loader is None:
        raise CorpusError(f"{generator} is not a Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _generate(generator: Path, size: int, layout: str, folder: Path) -> None:
    module = _load(generator)
    corpus = module.Corpus(size)
    module.write(corpus, layout, folder / "site")
    module.write_images(folder / "site" / IMAGES[layout])
    for number in range(ADDED):
        module.write(corpus, layout, folder / "added" / f"{number:02}", [size + number])


if __name__ == "__main__":
    _generate(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3], Path(sys.argv[4]))
