"""How well names of several documents are resolved: the gold of names.yaml against kg.resolve.

``PYTHONPATH=. python tests/gold/names.py`` prints the figures of both halves and what differs in dev. What
is counted are the things of documents: a thing that a document names three times counts once, because
what is one within a document is found before.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import yaml

from kg.model import Document, Evidence, Extraction, Literal, Mention, Qualifiers, Relation
from kg.ontology import Ontology, load_ontology
from kg.resolve import resolve

GOLD = Path(__file__).with_name("names.yaml")
KINDS = {"o": "Organization", "p": "Person", "l": "Place", "d": "Product", "y": "PoliticalParty"}
_MENTION = re.compile(r"\[([^\]]+)\]\((\w):(\w+)\)")

#: A thing of a document, and what it is.
Item = tuple[str, str]


@dataclass(frozen=True)
class Figures:
    """Pairwise and B-cubed (Bagga and Baldwin 1998) precision and recall."""

    precision: float
    recall: float
    b3_precision: float
    b3_recall: float

    def __str__(self) -> str:
        rows = (("pairwise", self.precision, self.recall), ("B-cubed", self.b3_precision, self.b3_recall))
        return "; ".join(f"{n} P {p:.3f} R {r:.3f} F1 {2 * p * r / (p + r):.3f}" for n, p, r in rows)


def load(half: str) -> list[tuple[Extraction, dict[int, str]]]:
    """The documents of a half as extractions, each with what its things are, by number."""
    return [document(row) for row in yaml.safe_load(GOLD.read_text(encoding="utf-8"))[half]]


def document(row: Mapping[str, object]) -> tuple[Extraction, dict[int, str]]:
    id_, marked = str(row["id"]), str(row["text"])
    text, at, spans = "", 0, []
    for found in _MENTION.finditer(marked):
        text += marked[at : found.start()]
        spans.append((len(text), found[1], KINDS[found[2]], found[3]))
        text, at = text + found[1], found.end()
    text += marked[at:]
    things = list(dict.fromkeys(thing for *_, thing in spans))
    best = {thing: _best([name for _, name, _, other in spans if other == thing]) for thing in things}
    mentions = {
        start: Mention(start, start + len(name), name, kind, best[thing], things.index(thing))
        for start, name, kind, thing in spans
    }
    first = {thing: mentions[min(s for s, *_, other in spans if other == thing)] for thing in things}
    evidence = Evidence(id_, text, 0, len(text), text[:1], 0, 1)
    # A relation that no ontology has lets a thing take part, and says nothing of it.
    said = [("named", mention, Literal("1", "xsd:integer")) for mention in mentions.values()]
    facts = row.get("facts") or []
    assert isinstance(facts, list)
    told = [(predicate, first[head], first[tail]) for head, predicate, tail in facts]
    relations = [Relation(p, p, head, tail, Qualifiers(), evidence) for p, head, tail in (*said, *told)]
    return Extraction(Document(id_, text), tuple(mentions.values()), tuple(relations)), dict(
        enumerate(things)
    )


def _best(names: list[str]) -> str:
    """The name with the most words, as a reading of the text chooses it."""
    return max(names, key=lambda name: (len(name.split()), names.count(name), name))


def clusters(half: str, ontology: Ontology) -> tuple[dict[Item, str], dict[Item, str], dict[Item, str]]:
    """What each thing of each document is by gold, the entity that it was taken for, and its name."""
    documents = load(half)
    found = resolve([extraction for extraction, _ in documents], ontology)
    gold = {(e.document.id, thing): thing for e, things in documents for thing in things.values()}
    told = {
        (e.document.id, thing): found.lookup[e.document.id, number].iri
        for e, things in documents
        for number, thing in things.items()
    }
    names = {(e.document.id, things[m.entity]): m.name for e, things in documents for m in e.mentions}
    return gold, told, names


def figures(gold: Mapping[Item, str], told: Mapping[Item, str]) -> Figures:
    """How well what is told agrees with gold."""
    wanted, found = _pairs(gold), _pairs(told)
    right = len(wanted & found)
    own, other = _sets(gold), _sets(told)
    shared = [(len(own[gold[i]] & other[told[i]]), len(other[told[i]]), len(own[gold[i]])) for i in gold]
    return Figures(
        right / len(found),
        right / len(wanted),
        sum(both / size for both, size, _ in shared) / len(shared),
        sum(both / size for both, _, size in shared) / len(shared),
    )


def _pairs(labels: Mapping[Item, str]) -> set[tuple[Item, Item]]:
    return {pair for items in _sets(labels).values() for pair in combinations(sorted(items), 2)}


def _sets(labels: Mapping[Item, str]) -> dict[str, set[Item]]:
    found: dict[str, set[Item]] = defaultdict(set)
    for item, label in labels.items():
        found[label].add(item)
    return found


def differences(
    gold: Mapping[Item, str], told: Mapping[Item, str], names: Mapping[Item, str]
) -> Iterable[str]:
    """The pairs that are wrong or missing, to read."""
    wanted, found = _pairs(gold), _pairs(told)
    for what, pairs in (("wrong", found - wanted), ("missing", wanted - found)):
        for one, other in sorted(pairs):
            yield f"{what}: {names[one]} ({one[0]}) – {names[other]} ({other[0]})"


def main() -> None:
    """Print the figures."""
    for half in ("dev", "held_out"):
        gold, told, names = clusters(half, load_ontology())
        print(f"{half}: {len(gold)} things of documents, {len(_pairs(gold))} pairs; {figures(gold, told)}")
        if half == "dev":
            print("\n".join(differences(gold, told, names)))


if __name__ == "__main__":
    main()
