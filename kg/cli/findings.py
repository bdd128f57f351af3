"""How the judging commands print what they found."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.check import Report
    from kg.evaluate import Article, Counts, Evaluation, Finding


def checked(report: Report) -> None:
    """The problems of an ontology, one a line, and a line of sums."""
    for problem in report.problems:
        print(problem)
    sums = f"classes: {report.classes}, relations: {report.relations}, examples: {report.examples}"
    warnings = sum(problem.warning for problem in report.problems)
    print(f"{report.file}: {sums}, problems: {len(report.problems) - warnings}, warnings: {warnings}")


def gold(given: str) -> tuple[Article, ...]:
    """The articles of a gold file, of a folder, or of standard input."""
    from kg.evaluate import load_gold, parse_gold

    return parse_gold(sys.stdin.read(), "stdin") if given == "-" else load_gold(given)


def evaluated(result: Evaluation, *, as_json: bool, show: bool) -> None:
    """The figures as tables, or all of it as JSON."""
    if as_json:
        print(json.dumps(result.as_json(), ensure_ascii=False, indent=2))
        return
    if show:
        for finding in result.findings:
            print("\n".join(_finding(finding)))
        print()
    _table(("relation", *_HEADER), [(name, *_figures(c)) for name, c in sorted(result.relations.items())])
    print()
    by_use = sorted(result.constructions.items(), key=lambda item: (-item[1].right - item[1].wrong, item[0]))
    rows = [(name, f"{c.precision:.3f}", str(c.right), str(c.wrong)) for name, c in by_use]
    _table(("construction", "precision", "right", "wrong"), rows)
    if result.causes:
        print()
        _table(("cause of misses", "claims"), [(c, str(n)) for c, n in result.causes.most_common()])
    total = result.total
    counts = f"right: {total.right}, wrong: {total.wrong}, missed: {total.missed}"
    print(f"\narticles: {result.articles}, {counts}")
    print(f"precision {total.precision:.3f}  recall {total.recall:.3f}  F1 {total.f1:.3f}")
    qualifiers = f"{total.qualifiers_right} of {total.qualifiers_asked}"
    print(f"status accuracy {total.status_accuracy:.3f}  qualifiers {qualifiers}")


_HEADER = ("precision", "recall", "F1", "right", "wrong", "missed")


def _figures(counts: Counts) -> tuple[str, ...]:
    shares = (counts.precision, counts.recall, counts.f1)
    return (*(f"{share:.3f}" for share in shares), *map(str, (counts.right, counts.wrong, counts.missed)))


def _finding(finding: Finding) -> list[str]:
    """One difference: what it is, the claim, and the sentence where there is one."""
    claim = f"{finding.subject} —{finding.predicate}→ {finding.object}"
    found, wanted = ", ".join(finding.found), ", ".join(finding.wanted)
    details = {
        "miss": f"wanted: {wanted}; {finding.cause}",
        "false": f"{found}; {finding.construction}",
        "merge": f"{found}; {finding.construction}; one of its names is of another thing",
        "status": f"{found}, wanted: {wanted}; {finding.construction}",
        "qualifier": f"{found or 'nothing'}, wanted: {wanted}; {finding.construction}",
    }
    line = f"{finding.document}: {finding.kind}: {claim}  ({details[finding.kind]})"
    detail = [f"    {finding.detail}"] if finding.detail else []
    return [line, *([f"    “{finding.evidence}”"] if finding.evidence else []), *detail]


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns as wide as they need: the first to the left, the figures to the right."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    for line in lines:
        cells = [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        print("  ".join((line[0].ljust(widths[0]), *cells)))
