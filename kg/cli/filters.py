"""The options that say which claims a command is to look at: the same ones for all that analyse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.commands import names

if TYPE_CHECKING:
    from kg.analyze import Wanted

Statuses = Annotated[
    str, typer.Option("--status", help="Only claims of these statuses.", metavar="asserted,planned")
]
Since = Annotated[
    str, typer.Option("--since", help="Only claims about the time from this date on.", metavar="2024-01-01")
]
Until = Annotated[
    str, typer.Option("--until", help="Only claims about the time up to this date.", metavar="2024-12-31")
]
At = Annotated[
    str,
    typer.Option("--at", help="Only facts that were so on this day, as far as told.", metavar="2023-05-01"),
]
Relations = Annotated[str, typer.Option("--relation", help="Only these relations.", metavar="acquired,owns")]
Types = Annotated[
    str, typer.Option("--type", help="Only between things of these classes.", metavar="Organization,Person")
]


def wanted(
    status: str = "",
    min_score: float = 0.0,
    since: str = "",
    until: str = "",
    at: str = "",
    relation: str = "",
    type: str = "",
) -> Wanted:
    """What the options ask for; what is not given asks for nothing."""
    found: Wanted = {}
    if status:
        found["statuses"] = names(status)
    if min_score:
        found["min_score"] = min_score
    if since:
        found["since"] = since
    if until:
        found["until"] = until
    if at:
        found["at"] = at
    if relation:
        found["relations"] = names(relation)
    if type:
        found["types"] = names(type)
    return found
