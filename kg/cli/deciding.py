"""The commands by which people decide: what is one thing, and which claims are right."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import decided
from kg.cli.building import DecisionsFile, Output, summary
from kg.cli.commands import app
from kg.cli.display import wrote
from kg.cli.progress import BuildProgress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.decisions import Decision

Later = Annotated[
    bool, typer.Option("--later", help="Only write it down: the next kg build follows it, and all others.")
]
Documents = Annotated[
    list[str] | None,
    typer.Option("--document", help="Only what this document says (may be repeated).", metavar="DOCUMENT"),
]
Ids = Annotated[list[str] | None, typer.Option(help="A claim, by its id (may be repeated).", metavar="ID")]


@app.command(epilog="Example: kg merge Oracle Microsoft")
def merge(
    one: Annotated[str, typer.Argument(help="A name, e:Name or IRI.", metavar="A")],
    into: Annotated[str, typer.Argument(help="The thing that it is: its name and IRI stay.", metavar="B")],
    output: Output = Path("output"),
    decisions: DecisionsFile = None,
    later: Later = False,
) -> None:
    """Decide that A is B: write it into the decisions file, and let the graph follow.

    No text is read again. To undo it, take the lines out of the file and build again.
    """
    from kg.deciding import merge

    _follow(merge(one, into, output), output, decisions, later=later)


@app.command(epilog="Example: kg split Microsoft --document tiktok-oracle")
def split(
    name: Annotated[str, typer.Argument(help="A name of the thing.", metavar="A")],
    document: Documents = None,
    output: Output = Path("output"),
    decisions: DecisionsFile = None,
    later: Later = False,
) -> None:
    """Decide that what is called A is another thing than what it was put together with.

    Without --document it is parted from other names; with it, from what other documents call so.
    """
    from kg.deciding import split

    _follow(split(name, output, document or ()), output, decisions, later=later)


@app.command(epilog="Example: kg resolve --explain TikTok")
def resolve(
    explain: Annotated[
        str | None, typer.Option("--explain", help="A name, e:Name or IRI.", metavar="NAME")
    ] = None,
    output: Output = Path("output"),
) -> None:
    """Say which names of different texts are one thing, each with the reason.

    With --explain, of one thing all: its names with their sentences, and what it was not taken for.
    """
    from kg.deciding import explain_name, explained

    if explain is None:
        decided.joined(explained(output)[0])
    else:
        decided.explanations(explain_name(explain, output))


@app.command(epilog="Example: kg review --limit 5")
def review(
    limit: Annotated[int, typer.Option("--limit", min=1, help="How many claims to show.")] = 20,
    accept: Ids = None,
    reject: Ids = None,
    correct: Annotated[
        list[str] | None,
        typer.Option("--correct", help="A claim, and its right status or relation.", metavar="ID=RIGHT"),
    ] = None,
    export: Annotated[
        Path | None, typer.Option("--export", help="Write what was judged as gold.", metavar="GOLD.yaml")
    ] = None,
    output: Output = Path("output"),
    decisions: DecisionsFile = None,
) -> None:
    """Show the least certain claims with their sentences, and judge them; builds follow the verdicts.

    On a terminal it asks for a verdict on each. Elsewhere it lists them, and verdicts are given by id.
    """
    given = decided.given(accept or (), reject or (), correct or ())
    if export is not None:
        wrote(decided.gold(output, decisions, export))
    elif given:
        _follow(decided.verdicts(given, output), output, decisions)
    elif sys.stdin.isatty() and sys.stdout.isatty():
        _follow(decided.asked(output, limit), output, decisions)
    else:
        decided.listed(output, limit)


def _follow(
    decided: Sequence[Decision], output: Path, decisions: Path | None, *, later: bool = False
) -> None:
    """Write decisions down, and build the graph again from what is known of its texts."""
    from kg.deciding import decide, decisions_file, note

    if not decided:
        return
    if later:
        wrote(note(decided, output, decisions))
        return
    with BuildProgress([]) as progress:
        graph = decide(decided, output, decisions, progress=progress.update)
    wrote(decisions_file(output, decisions))
    summary(graph, progress, output, None)
