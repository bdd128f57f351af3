"""Fit the weights of the scores on gold, report how well they are calibrated, and write ontology/scores.toml.

    python tests/benchmarks/fit_scores.py [--bench FOLDER] [--gold FILE.yaml ...] [--report]

Gold are the articles of tests/gold/dev and of ``--gold``; with ``--bench`` also the texts of KnowledgeNet,
read by the scorer in that folder, of which only relations with annotated properties count. A relation is
right when gold has it with its status. The benchmark's texts are of another kind and its gold of another
mind: there a cue of its own takes up the difference, and is not kept. The file holds weights of cues only,
no word of the texts. ``--report`` reads tests/gold/held_out with the weights of the file and fits nothing.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

from kg.evaluate import Article, load_gold
from kg.evaluate.compare import Comparison
from kg.extract import Extractor
from kg.extract.assemble import Assembler
from kg.extract.components import knowledge, make_doc
from kg.extract.dates import dateline
from kg.extract.score import Cues, Derivation, cues_of, probability, weights
from kg.model import Document, Extraction, Relation
from kg.ontology import load_ontology, ontology_path
from kg.records import records

PENALTY = 100.0  # on the squares of the weights, but for the bias: chosen across folds of the articles
RARE = 15  # a cue seen less often gets no weight
FOLDS = 5
BENCH = "of the benchmark"
# More of these never makes a relation surer: where the data say so all the same, the cue gets no weight.
LOWERING = {
    "class not certain", "doubt what it stands for", "far apart", "far from trigger", "long sentence",
    "names between", "other readings", "repeated", "unread word of status", "subject pronoun",
    "object pronoun", "subject description", "object description", "subject implicit", "object implicit",
}  # fmt: skip
RAISING = {"evidence for the classes"}
GOLD = Path(__file__).parent.parent / "gold"

Record = dict[str, Any]
Place = tuple[object, ...]  # what tells a relation of a document apart, and its record


class Case(NamedTuple):
    """A relation that gold judges: the document it stands in, its cues, whether it is right."""

    document: str
    cues: Cues
    right: bool


class Watched(Assembler):
    """An assembler that remembers the cues of its relations."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self.cues: dict[Relation, Cues] = {}

    def scored(self, relation: Relation, derivation: Derivation) -> Relation:
        relation = super().scored(relation, derivation)
        self.cues[relation] = cues_of(derivation, self.reader)
        return relation


# ---------------------------------------------------------------- cases


def read(documents: Iterable[Document]) -> Iterator[tuple[Extraction, dict[Place, Cues]]]:
    """The extraction of each document, with the cues of its relations."""
    extractor = Extractor(load_ontology())
    know = knowledge(str(extractor.ontology.path))
    held = list(documents)
    docs = extractor.nlp.pipe(make_doc(extractor.nlp, document) for document in held)
    for document, doc in zip(held, docs, strict=True):
        watched = Watched(doc, document, know, document.date or dateline(document.text))
        cues = {_place(relation): watched.cues[relation] for relation in watched.relations()}
        yield extractor.read(doc, document), cues


def _place(relation: Relation) -> Place:
    start = relation.evidence.trigger_start
    return relation.predicate, relation.head.start, relation.tail.start, start, relation.qualifiers.status


def _place_of(record: Record) -> Place:
    sides = record["subject"]["start"], record["object"]["start"]
    return record["predicate"]["name"], *sides, record["trigger"]["start"], record["status"]


def article_cases(articles: Iterable[Article]) -> Iterator[Case]:
    """The relations of articles with gold; those that gold leaves open are left out."""
    held = list(articles)
    law = load_ontology()
    for article, (extraction, cues) in zip(held, read(a.document for a in held), strict=True):
        compared = Comparison(article, list(records(extraction, law)), law)
        for key, found in compared.found.items():
            for record in found.records:
                right = record["status"] in compared.gold.get(key, ())
                if right or found.merged or record["status"] not in compared.allowed(key):
                    yield Case(article.document.id, cues[_place_of(record)], right)


def bench_cases(folder: Path) -> Iterator[Case]:
    """The relations found in KnowledgeNet's texts whose property is annotated where they stand."""
    bench = _module(folder / "score.py")
    texts, passages = bench.load_knowledgenet(folder / "knowledgenet" / "knowledgenet_folds1-3.jsonl")
    within = defaultdict(list)
    for passage in passages:
        within[passage.document].append(passage)
    law = load_ontology()
    for extraction, cues in read(Document(name, text) for name, text in texts.items()):
        here = within[extraction.document.id]
        stated = [record for record in records(extraction, law) if record["status"] in bench.STATED]
        predicted, _ = bench.knowledgenet_predictions(stated, texts, here)
        false = {fact for _, fact in bench.count_facts(here, predicted, bench.overlapping_spans)[1]}
        for record in stated:
            facts, _ = bench.knowledgenet_predictions([record], texts, here)
            pairs = zip(here, facts, strict=True)
            judged = {f for passage, found in pairs for f in found if f.property in passage.annotated}
            if judged:
                yield Case(
                    extraction.document.id, {**cues[_place_of(record)], BENCH: 1.0}, not judged & false
                )


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_score", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


# ---------------------------------------------------------------- fitting


def fit(cases: list[Case]) -> dict[str, float]:
    """The weights with the highest penalised likelihood among those whose signs make sense."""
    counts = Counter(cue for case in cases for cue, value in case.cues.items() if value)
    names = ["bias", *sorted(cue for cue, count in counts.items() if count >= RARE)]
    while True:
        found = dict(zip(names, maximise(cases, names), strict=True))
        silly = {n for n, w in found.items() if (n in LOWERING and w > 0) or (n in RAISING and w < 0)}
        if not silly:
            return {name: round(weight, 2) for name, weight in found.items()}
        names = [name for name in names if name not in silly]


def maximise(cases: list[Case], names: list[str]) -> list[float]:
    """The weights of some cues, by Newton's method."""
    rows = np.array([[1.0, *(case.cues.get(name, 0.0) for name in names[1:])] for case in cases])
    right = np.array([case.right for case in cases], dtype=float)
    penalty = np.array([0.01 if name in ("bias", BENCH) else PENALTY for name in names])
    found = np.zeros(len(names))
    for _ in range(30):
        share = 1 / (1 + np.exp(-np.clip(rows @ found, -20, 20)))
        slope = rows.T @ (right - share) - penalty * found
        curve = (rows * (share * (1 - share))[:, None]).T @ rows + np.diag(penalty)
        found += np.linalg.solve(curve, slope)
    return [float(weight) for weight in found]


def scored(cases: Iterable[Case], table: dict[str, float]) -> list[tuple[float, bool]]:
    """The probability of each case under some weights, and whether it is right."""
    force(table)
    return [(probability(case.cues), case.right) for case in cases]


def force(table: dict[str, float]) -> None:
    """Put weights in the place of the file's."""
    weights().clear()
    weights().update(table)


def across_folds(cases: list[Case], articles: set[str]) -> dict[str, list[tuple[float, bool]]]:
    """The probability of each case under weights fitted without its document, by kind of text."""
    number = {name: n for n, name in enumerate(sorted({case.document for case in cases}))}
    found: dict[str, list[tuple[float, bool]]] = {"articles": [], "benchmark": []}
    for fold in range(FOLDS):
        table = fit([case for case in cases if number[case.document] % FOLDS != fold])
        for case in cases:
            if number[case.document] % FOLDS == fold:
                kind = "articles" if case.document in articles else "benchmark"
                found[kind].extend(scored([case], table))
    return {title: pairs for title, pairs in found.items() if pairs}


# ---------------------------------------------------------------- report


def brier(pairs: list[tuple[float, bool]]) -> float:
    """The mean square of how far the probabilities are off."""
    return sum((score - right) ** 2 for score, right in pairs) / len(pairs)


def report(title: str, pairs: list[tuple[float, bool]]) -> str:
    """Brier score beside that of the mere share, reliability, and precision and recall by threshold."""
    share = sum(right for _, right in pairs) / len(pairs)
    lines = [f"{title}: {len(pairs)} relations, {share:.3f} right, Brier {brier(pairs):.3f}"]
    lines[0] += f" (the share alone {share * (1 - share):.3f})"
    lines.append("  score         n    mean   right")
    for low, high in ((0.0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
        within = [pair for pair in pairs if low <= pair[0] < high]
        if within:
            mean, right = (sum(pair[i] for pair in within) / len(within) for i in (0, 1))
            lines.append(f"  {low:.2f}–{min(high, 1):.2f} {len(within):5} {mean:7.2f} {right:7.2f}")
    lines.append("  min-score     n  precision  share of the right kept")
    for least in (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95):
        kept = [right for score, right in pairs if score >= least]
        if kept:
            held = sum(kept) / max(sum(right for _, right in pairs), 1)
            lines.append(f"  {least:9.2f} {len(kept):5}  {sum(kept) / len(kept):9.3f}  {held:9.3f}")
    return "\n".join(lines)


def write(table: dict[str, float]) -> None:
    """The weights as a file to read, those of no weight left out."""
    head = (
        "# Weights of the cues by which a relation is right (kg/extract/score.py); a sum is a log-odds.\n"
        "# Fitted by tests/benchmarks/fit_scores.py. Do not edit by hand.\n\n[weights]\n"
    )
    lines = [f'"{cue}" = {weight:.2f}' for cue, weight in sorted(table.items()) if weight or cue == "bias"]
    ontology_path("scores.toml").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fit and write, or with ``--report`` only measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, help="the folder of the benchmarks")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="further gold files")
    parser.add_argument("--report", action="store_true", help="measure the file's weights, fit nothing")
    options = parser.parse_args()
    if not options.report:
        articles = [article for path in [GOLD / "dev", *options.gold] for article in load_gold(path)]
        cases = list(article_cases(articles))
        others = list(bench_cases(options.bench)) if options.bench else []
        both = [*cases, *others]
        names = {case.document for case in cases}
        for title, pairs in across_folds(both, names).items():
            print(report(f"across folds, {title}", pairs))
        table = fit(both)
        table.pop(BENCH, None)  # at run time a text is like the articles
        write(table)
        force(table)
        print(f"{len(table)} weights")
    held_out = list(article_cases(load_gold(GOLD / "held_out")))
    print(report("held out", [(probability(case.cues), case.right) for case in held_out]))


if __name__ == "__main__":
    main()
