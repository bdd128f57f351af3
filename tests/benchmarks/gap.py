"""Score ``kg extract --coref`` on GAP: F1 over the two names of each pronoun.

    python tests/benchmarks/gap.py GAP.tsv [--predictions COREF.jsonl] [--kg .venv/bin/kg]

A name is predicted true when a mention that overlaps it has an entity in common with a mention that
overlaps the pronoun. Bias is the F1 of feminine over that of masculine pronouns.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

FEMININE = frozenset(("she", "her", "hers", "herself"))


class Span(NamedTuple):
    """Characters of a text that stand for an entity."""

    start: int
    end: int
    entity: int


def main() -> None:
    """Run or read the predictions, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--kg", default=".venv/bin/kg")
    options = parser.parse_args()
    rows = read_rows(options.gold)
    lines = options.predictions.read_text("utf-8") if options.predictions else run(rows, options.kg)
    found = {}
    for line in filter(str.strip, lines.splitlines()):
        record = json.loads(line)
        found[record["document"]] = [Span(m["start"], m["end"], m["entity"]) for m in record["mentions"]]
    print(report(rows, found))


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a GAP file."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def run(rows: list[dict[str, str]], kg: str) -> str:
    """The output of ``kg extract --coref`` on the texts of the rows."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "gap.jsonl")
        source.write_text(
            "".join(json.dumps({"id": r["ID"], "text": r["Text"]}) + "\n" for r in rows), "utf-8"
        )
        command = [kg, "extract", "--coref", str(source)]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout


def answers(row: dict[str, str], spans: list[Span]) -> tuple[bool, bool]:
    """Whether the pronoun of a row stands for name A, and for name B."""

    def entities(word: str, offset: str) -> set[int]:
        start = int(row[offset])
        return {s.entity for s in spans if s.start < start + len(row[word]) and start < s.end}

    pronoun = entities("Pronoun", "Pronoun-offset")
    return bool(pronoun & entities("A", "A-offset")), bool(pronoun & entities("B", "B-offset"))


def report(rows: list[dict[str, str]], found: dict[str, list[Span]]) -> str:
    """Precision, recall and F1, by gender too."""
    counts: Counter[tuple[str, bool, bool]] = Counter()
    for row in rows:
        group = "feminine" if row["Pronoun"].lower() in FEMININE else "masculine"
        for name, given in zip("AB", answers(row, found.get(row["ID"], [])), strict=True):
            gold = row[f"{name}-coref"].upper() == "TRUE"
            counts[group, gold, given] += 1
            counts["all", gold, given] += 1
    scores = {group: _scores(counts, group) for group in ("all", "feminine", "masculine")}
    lines = [f"{group:<10} P {p:.3f} R {r:.3f} F1 {f:.3f}" for group, (p, r, f) in scores.items()]
    bias = scores["feminine"][2] / scores["masculine"][2] if scores["masculine"][2] else 0.0
    return "\n".join([*lines, f"bias {bias:.3f}, {len(rows)} rows"])


def _scores(counts: Counter[tuple[str, bool, bool]], group: str) -> tuple[float, float, float]:
    right = counts[group, True, True]
    precision = right / max(1, right + counts[group, False, True])
    recall = right / max(1, right + counts[group, True, False])
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


if __name__ == "__main__":
    main()
