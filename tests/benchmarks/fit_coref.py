"""Fit the weights of the pronoun cues on rows in GAP's format, and write ontology/coreference.toml.

    python tests/benchmarks/fit_coref.py GAP.tsv [--folds 5]

Every mention before (and name behind) a pronoun is a candidate. The weights maximise the probability of
the right thing's mentions together, less a penalty on their squares; resolved pronouns are candidates
too, so texts are read again with the new weights a few times. The file keeps weights of cues only, no
word of the texts. ``--folds`` prints what the fit reaches on rows that it has not seen.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from spacy.tokens import Doc, Token

from kg.extract import Extractor, pronouns
from kg.extract.components import knowledge, make_doc
from kg.extract.coref import resolve_references
from kg.extract.pronouns import Candidate
from kg.extract.snapshot import snapshot
from kg.extract.state import Named, entities_of, named_of
from kg.model import Document
from kg.ontology import load_ontology, ontology_path
from tests.benchmarks.gap import Span, read_rows, report

ROUNDS = 3
PENALTY = 6.0
RARE = 15

Row = dict[str, str]


class Case(NamedTuple):
    """A pronoun: its candidates, and which of them may be right."""

    candidates: list[Candidate]
    right: list[bool]


def main() -> None:
    """Fit, report on the rows themselves or across folds, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--test", type=Path, help="more rows, to report on")
    options = parser.parse_args()
    rows = read_rows(options.rows)
    docs = parsed(rows)
    if options.folds:
        found: dict[str, list[Span]] = {}
        for fold in range(options.folds):
            inside = [i for i in range(len(rows)) if i % options.folds != fold]
            pronouns.weights.cache_clear()
            fit([rows[i] for i in inside], [docs[i] for i in inside])
            for i in range(fold, len(rows), options.folds):
                found[rows[i]["ID"]] = spans(docs[i], None)
        print(report(rows, found))
        return
    weights = fit(rows, docs)
    write(weights)
    print(f"{len(weights)} cues\n{read_again(rows, docs)}")
    if options.test:
        rows = read_rows(options.test)
        print(read_again(rows, parsed(rows, options.test)))


def read_again(rows: list[Row], docs: list[Doc]) -> str:
    """The figures under the present weights."""
    return report(rows, {row["ID"]: spans(doc, None) for row, doc in zip(rows, docs, strict=True)})


def parsed(rows: list[Row]) -> list[Doc]:
    """The rows with their names found, parsed once."""
    extractor = Extractor(load_ontology())
    nlp = extractor.nlp
    with nlp.select_pipes(disable=["kg_mentions", "kg_coref"]):
        docs = list(nlp.pipe(make_doc(nlp, Document(row["ID"], row["Text"])) for row in rows))
    mentions = nlp.get_pipe("kg_mentions")
    return [mentions(doc) for doc in docs]


def spans(doc: Doc, cases: list[tuple[Token, list[Candidate]]] | None) -> list[Span]:
    """The mentions of a document under the present weights; the pronouns' candidates go to ``cases``."""
    doc = snapshot(doc)
    entities, named = entities_of(doc), named_of(doc)
    watch = None if cases is None else lambda token, found: cases.append((token, found))
    found: list[Named] = resolve_references(doc, entities, named, knowledge(str(ontology_path())), watch)
    return [
        Span(doc[m.start].idx, doc[m.end - 1].idx + len(doc[m.end - 1]), entity)
        for m in [*named, *found]
        for entity in m.guess or m.entities
    ]


def fit(rows: list[Row], docs: list[Doc]) -> dict[str, float]:
    """The weights after a few rounds of reading and fitting; they are in force afterwards."""
    for _ in range(ROUNDS):
        cases = [case for row, doc in zip(rows, docs, strict=True) for case in case_of(row, doc)]
        weights = maximise(cases)
        force(weights)
    return weights


def force(weights: dict[str, float]) -> None:
    """Put weights in the place of the file's."""
    table = pronouns.weights()
    table.clear()
    table.update(weights)


def case_of(row: Row, doc: Doc) -> Iterable[Case]:
    """The pronoun of a row, when the right thing is among its candidates."""
    seen: list[tuple[Token, list[Candidate]]] = []
    found = spans(doc, seen)
    start = int(row["Pronoun-offset"])
    candidates = {token.idx: c for token, c in seen}.get(start, [])  # a second walk has the last word
    named = {name: _entities(row, name, found) for name in "AB"}
    true = [name for name in "AB" if row[f"{name}-coref"].upper() == "TRUE"]
    if true:
        right = [c.entity in named[true[0]] for c in candidates]
        if not any(right):
            right = [c.entity == pronouns.NOBODY for c in candidates]
    else:
        right = [c.entity not in named["A"] | named["B"] for c in candidates]
    if any(right) and not all(right):
        yield Case(candidates, right)


def _entities(row: Row, name: str, found: list[Span]) -> set[int]:
    start = int(row[f"{name}-offset"])
    return {s.entity for s in found if s.start < start + len(row[name]) and start < s.end}


def maximise(cases: list[Case]) -> dict[str, float]:
    """The weights with the highest penalised likelihood, by gradient ascent with momentum (Adam)."""
    counts = Counter(cue for case in cases for c in case.candidates for cue in c.features)
    cues = sorted(cue for cue, count in counts.items() if count >= RARE)
    number = {cue: i for i, cue in enumerate(cues)}
    matrix = np.zeros((sum(len(case.candidates) for case in cases), len(cues)))
    right = np.array([flag for case in cases for flag in case.right])
    rows = [c for case in cases for c in case.candidates]
    for i, candidate in enumerate(rows):
        for cue, value in candidate.features.items():
            if cue in number:
                matrix[i, number[cue]] = value
    starts = np.cumsum([0, *(len(case.candidates) for case in cases[:-1])])
    owner = np.repeat(np.arange(len(cases)), [len(case.candidates) for case in cases])
    weights = np.zeros(len(cues))
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, 401):
        scores = matrix @ weights
        mass = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        good = mass * right
        share = good / np.add.reduceat(good, starts)[owner] - mass / np.add.reduceat(mass, starts)[owner]
        slope = matrix.T @ share - PENALTY * weights
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
        weights += 0.05 * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
    return {cue: round(float(w), 2) for cue, w in zip(cues, weights, strict=True) if abs(w) >= 0.005}


def write(weights: dict[str, float]) -> None:
    """The weights in the place of the old ones; what stands before them stays."""
    path = ontology_path("coreference.toml")
    head = path.read_text(encoding="utf-8").partition("[cues]\n")[0]
    lines = [f'"{cue}" = {weight:.2f}' for cue, weight in sorted(weights.items())]
    path.write_text(f"{head}[cues]\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
