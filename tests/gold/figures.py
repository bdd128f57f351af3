"""Measures the extraction anew and writes ``ontology/news.figures.json``, which ``kg ontology`` shows.

    PYTHONPATH=. python tests/gold/figures.py

The figures of each relation are those that ``kg evaluate tests/gold/dev --json`` prints; of the articles in
``held_out``, which nobody reads while tuning, only the sums are told.
"""

from __future__ import annotations

import json
from pathlib import Path

from kg.documentation.figures import figures_path
from kg.evaluate import Evaluation, evaluate, load_gold
from kg.ontology import load_ontology, ontology_path

GOLD = Path(__file__).parent


def figures(dev: Evaluation, held_out: Evaluation) -> dict[str, object]:
    """What the page needs of two evaluations."""
    found = dev.as_json()
    unseen = held_out.total
    about = (
        "They were written for this project, and the ways to say things were found with their help. "
        f"On {held_out.articles} others, which nobody read while tuning, precision is "
        f"{unseen.precision:.2f} and recall {unseen.recall:.2f}."
    )
    return {"about": about, **{name: found[name] for name in ("articles", "total", "relations")}}


def main() -> None:
    """Measure, and write the file."""
    law = load_ontology()
    dev, held_out = (evaluate(load_gold(str(GOLD / half)), law) for half in ("dev", "held_out"))
    text = json.dumps(figures(dev, held_out), ensure_ascii=False, indent=1)
    figures_path(ontology_path()).write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
