"""How the judging commands print what they found."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.check import Report


def checked(report: Report) -> None:
    """The problems of an ontology, one a line, and a line of sums."""
    for problem in report.problems:
        print(problem)
    sums = f"classes: {report.classes}, relations: {report.relations}, examples: {report.examples}"
    print(f"{report.file}: {sums}, problems: {len(report.problems)}")
