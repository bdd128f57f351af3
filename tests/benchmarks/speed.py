"""How fast our components are beside the bare spaCy pipeline, on the same texts in the same run.

    python -m tests.benchmarks.speed [TEXT.txt ...]

Prints the words per second of both (processor time, one process) and their ratio: the share of the
bare pipeline's speed that is left when mentions, references and relations are read as well. The
texts are those of ``seeds/`` and of the development gold where none are named. Both read each text in
turn, and the fastest of the rounds counts: a busy machine slows both.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterable
from pathlib import Path

from kg.evaluate.gold import load_gold
from kg.extract import DEFAULT_MODEL, Extractor, load_model
from kg.model import Document
from kg.ontology import load_ontology
from tests.benchmarks.timing import seconds

_ROOT = Path(__file__).resolve().parents[2]


def texts(paths: Iterable[Path]) -> list[str]:
    """The texts of files, or of the seeds and the development gold."""
    named = [path.read_text(encoding="utf-8") for path in paths]
    if named:
        return named
    seeds = [path.read_text(encoding="utf-8") for path in sorted((_ROOT / "seeds").glob("*.txt"))]
    gold = sorted((_ROOT / "tests" / "gold" / "dev").glob("*.yaml"))
    return seeds + [article.document.text for path in gold for article in load_gold(path)]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("texts", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    args = parser.parse_args()
    found = texts(args.texts)
    documents = [Document(f"text-{number}", text) for number, text in enumerate(found)]
    bare, extractor = load_model(DEFAULT_MODEL), Extractor(load_ontology())
    best = [[math.inf, math.inf] for _ in found]
    for number in range(args.rounds + 1):
        for text, document, row in zip(found, documents, best, strict=True):
            ours = seconds(lambda document=document: list(extractor.extract([document])))
            alone = seconds(lambda text=text: bare(text))
            if number:  # the first round only warms: tables are built at the first use
                row[:] = min(row[0], alone), min(row[1], ours)
    words = sum(len(text.split()) for text in found)
    alone, ours = (sum(row[column] for row in best) for column in (0, 1))
    print(f"bare pipeline    {words / alone:8,.0f} words a second")
    print(f"with claimgraph  {words / ours:8,.0f} words a second, {alone / ours:.3f} of the bare pipeline's")


if __name__ == "__main__":
    main()
