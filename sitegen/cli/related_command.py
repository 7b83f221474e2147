"""`sitegen related`: what stands under a story and why, and how good the lists are."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from msgspec.structs import asdict

from sitegen.cli.options import now_option
from sitegen.cli.shell import Shell, with_shell
from sitegen.diagnostics import printable
from sitegen.explain.relating import NEAR_DAYS, Evaluation, Reason, evaluate, explain, hand_links

__all__ = ["command"]

_TERMS = 8


def _labels(_ctx: click.Context, _param: click.Parameter, path: Path | None) -> Any:
    if path is None:
        return None
    try:
        labels = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise click.BadParameter(f"{path} cannot be read: {error}") from None
    fits = isinstance(labels, dict) and all(isinstance(names, list) for names in labels.values())
    if not fits or not all(isinstance(name, str) for names in labels.values() for name in names):
        raise click.BadParameter(f"{path} is not of the form {{story: [stories]}}")
    return labels


@click.command("related")
@click.argument("story", required=False)
@click.option("--explain", "why", is_flag=True, help="Also how similar each is, and the words that make it so.")
@click.option(
    "--evaluate",
    "labels",
    metavar="LABELS.json",
    type=click.Path(path_type=Path),
    callback=_labels,
    help="How many of the stories that are wanted under others, `{story: [stories]}`, would be listed there.",
)
@click.option("--extract-links", is_flag=True, help="Print such labels: the links from story to story in texts.")
@click.option("-k", type=click.IntRange(min=1), default=10, show_default=True, help="Places that are looked at.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="[default: text]")
@now_option
@with_shell
def command(
    shell: Shell,
    story: str | None,
    why: bool,
    labels: Any,
    extract_links: bool,
    k: int,
    form: str,
    now: datetime | None,
) -> None:
    """Show which stories are listed under one and why, or judge all such lists.

    STORY is a path, an id, a slug or a URL. Lists are judged by links that people set by hand.
    """
    if (story is not None) + (labels is not None) + extract_links != 1:
        raise click.UsageError("give a story, `--evaluate` or `--extract-links`")
    if extract_links:
        click.echo(json.dumps(hand_links(shell.site, now), ensure_ascii=False, indent=1))
    elif labels is not None:
        found = evaluate(shell.site, labels, k, now)
        click.echo(json.dumps(found, indent=1, default=asdict) if form == "json" else _scores(found, k))
    else:
        reasons = explain(shell.site, story or "", now)
        click.echo(json.dumps(reasons, indent=1, default=asdict) if form == "json" else _list(reasons, why))


def _list(reasons: list[Reason], why: bool) -> str:
    return "\n".join(_line(reason, why) for reason in reasons)


def _line(reason: Reason, why: bool) -> str:
    line = f"{printable(reason.path)}  {printable(reason.title)}"
    if not why:
        return line
    terms = ", ".join(f"{printable(term)} {share:.3f}" for term, share in reason.terms[:_TERMS])
    return f"{reason.score:.3f}  {line}\n       {terms}" if reason.score else f"    -  {line}"


def _scores(found: Evaluation, k: int) -> str:
    lines = [f"{'':24}  sources  pairs  recall@{k}    MRR  nDCG@{k}"]
    rows = (("all", found.all), (f"{NEAR_DAYS} days apart or more", found.apart))
    for name, score in rows:
        wide = len(str(k))
        lines.append(
            f"{name:24}  {score.sources:7}  {score.pairs:5}  {score.recall:{7 + wide}.3f}"
            f"  {score.mrr:.3f}  {score.ndcg:{5 + wide}.3f}"
        )
    lines += [f"no published story is called `{printable(name)}`" for name in found.unknown]
    return "\n".join(lines)
