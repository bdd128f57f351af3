"""Checks the gold in this folder and counts it: ``python tests/gold/count.py [--write]``.

Prints what is wrong (exit code 1) or the tables of README.md; ``--write`` puts them there.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from kg.evaluate import Article, load_gold
from kg.model import STATUSES
from kg.ontology import Ontology, load_ontology

HERE = Path(__file__).parent
PARTS = ("dev", "held_out")
START, END = "<!-- counts -->\n", "<!-- end of counts -->\n"
FEWEST = {"articles": 25, "claims": 300, "relation": 3, "status": 15}
SHAPES = {
    "time": r"\d{4}(-\d\d){0,2}",
    "amount": r"[A-Z]{3} \d+(\.\d+)?|\d+(\.\d+)? %",
    "xsd:date": r"\d{4}(-\d\d){0,2}",
    "xsd:decimal": r"\d+(\.\d+)?",
}


def read(part: str) -> dict[Path, tuple[Article, ...]]:
    """The articles of one half, by file."""
    return {file: load_gold(file) for file in sorted((HERE / part).glob("*.yaml"))}


def stands_in(name: str, article: Article) -> bool:
    """Whether a name or one of its aliases stands in the text as whole words."""
    names = (name, *article.aliases.get(name, ()))
    return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", article.document.text) for one in names)


def problems(article: Article, ontology: Ontology) -> Iterator[str]:
    """What is wrong with the annotation of one article."""
    seen: set[tuple[str, str, str, frozenset[str]]] = set()
    for claim in (*article.gold, *article.ok):
        said = f"{claim.subject} {claim.predicate} {claim.object}"
        key = (claim.subject, claim.predicate, claim.object, claim.statuses)
        if key in seen:
            yield f"{said}: twice"
        seen.add(key)
        prop = ontology.properties.get(claim.predicate)
        if prop is None:
            yield f"{said}: no such relation"
        elif prop.literal and claim.object != "*" and not re.fullmatch(SHAPES[prop.range[0]], claim.object):
            yield f"{said}: the object is not in its normal form"
        names = (
            [claim.subject]
            if claim.object == "*" or (prop and prop.literal)
            else [claim.subject, claim.object]
        )
        names += [value for key, value in claim.qualifiers.items() if key == "attributed_to"]
        yield from (
            f"{said}: {name} does not stand in the text" for name in names if not stands_in(name, article)
        )
        for key in ("time", "amount"):
            if key in claim.qualifiers and not re.fullmatch(SHAPES[key], claim.qualifiers[key]):
                yield f"{said}: {key} is not in its normal form"
    yield from (
        f"{c.subject} {c.predicate} {c.object}: gold has one status"
        for c in article.gold
        if len(c.statuses) > 1
    )
    names_of = Counter(chain.from_iterable({name, *others} for name, others in article.aliases.items()))
    yield from (f"{name}: a name of two things" for name, times in names_of.items() if times > 1)


def all_problems() -> list[str]:
    """What is wrong with the gold of both halves, and what there is too little of."""
    ontology = load_ontology()
    found, ids = [], Counter[str]()
    for file, articles in chain.from_iterable(read(part).items() for part in PARTS):
        for article in articles:
            ids[article.document.id] += 1
            found += [f"{file.name}: {problem}" for problem in problems(article, ontology)]
    found += [f"{name}: {times} articles with this id" for name, times in ids.items() if times > 1]
    totals = counts()
    relations = {name for name, prop in ontology.properties.items() if prop.examples}
    for kind, names in (("relation", relations), ("status", set(STATUSES))):
        few = sorted(name for name in names if sum(half[kind][name] for half in totals) < FEWEST[kind])
        found += [f"{name}: fewer than {FEWEST[kind]} claims" for name in few]
    for kind in ("articles", "claims"):
        if sum(half["total"][kind] for half in totals) < FEWEST[kind]:
            found.append(f"fewer than {FEWEST[kind]} {kind}")
    return found


def counts() -> list[dict[str, Counter[str]]]:
    """For each half: totals, and claims by relation, status and qualifier."""
    halves = []
    for part in PARTS:
        articles = list(chain.from_iterable(read(part).values()))
        gold = [claim for article in articles for claim in article.gold]
        words = sum(len(article.document.text.split()) for article in articles)
        total = Counter({"articles": len(articles), "words": words, "claims": len(gold)})
        halves.append(
            {
                "total": total,
                "status": Counter(status for claim in gold for status in claim.statuses),
                "qualifier": Counter(chain.from_iterable(claim.qualifiers for claim in gold)),
                "relation": Counter(claim.predicate for claim in gold),
            }
        )
    return halves


def tables() -> str:
    """The counts as Markdown, one table for each kind."""
    halves = counts()
    lines = []
    for kind in halves[0]:
        lines += [f"| {kind} | dev | held_out | both |", "|---|---:|---:|---:|"]
        names = dict.fromkeys(chain.from_iterable(half[kind] for half in halves))
        for name in names if kind == "total" else sorted(names):
            numbers = [half[kind][name] for half in halves]
            lines.append(f"| {name} | {numbers[0]} | {numbers[1]} | {sum(numbers)} |")
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def main(arguments: list[str]) -> int:
    """Check, then print the tables or write them into README.md."""
    wrong = all_problems()
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        return 1
    if "--write" not in arguments:
        print(tables(), end="")
        return 0
    readme = HERE / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition(START)
    readme.write_text(before + START + tables() + END + rest.partition(END)[2], encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
