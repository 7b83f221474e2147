"""The last look before a site leaves the house: does any output give away what is not public?"""

from __future__ import annotations

from sitegen.check.kept import Kept
from sitegen.check.leaks import LEAK
from sitegen.check.needles import needles
from sitegen.check.paper import Paper
from sitegen.check.proofs import read_proofs
from sitegen.check.registry import severity
from sitegen.check.silence import audible
from sitegen.diagnostics import line_reader
from sitegen.errors import Problem
from sitegen.files.outputs import Outputs
from sitegen.session import Session

__all__ = ["leaks_in"]


def leaks_in(session: Session, outputs: Outputs) -> list[Problem]:
    """What the outputs of a build give away. What was searched before, for the same, is not searched again."""
    level = severity(LEAK, session.config.check)
    if level == "off":
        return []
    paper = Paper(session)
    wanted = needles(paper)
    if not wanted:
        return []
    kept = Kept(session)
    proofs, _ = read_proofs(paper, kept, wanted, outputs)
    if not outputs.dry:
        kept.save()
    found = (finding.problem(LEAK, level) for finding in LEAK.find(proofs))
    return list(audible(found, paper.everything, line_reader(session.folder)))
