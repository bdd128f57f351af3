"""Score ``kg extract --coref`` on GUM documents: the mean of MUC, B3 and CEAFe, OntoGUM scheme.

    python tests/benchmarks/gum.py GUM_NEWS_FOLDER [--kg .venv/bin/kg]

The folder has ``ontogum_conll`` and ``xml`` (for where lines end). Our spans are shorter than GUM's noun
phrases, so a mention is aligned with the smallest free gold span that it lies in; ``strict`` asks for
equal words but for articles and possessives. Singletons are left out on both sides.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import networkx as nx

Span = tuple[int, int]
Clusters = list[frozenset[Span]]
_CLOSE = frozenset((".", ",", ":", ";", "?", "!", ")", "%", "'s", "’s", "n't", "'", "”", "-", "/"))
_OPEN = frozenset(("(", "$", "£", "€", "“", "-", "/"))
_EDGES = frozenset(("the", "a", "an", "'s", "’s", "'"))


class Text(NamedTuple):
    """A document: its text, and the characters of each token."""

    text: str
    tokens: list[Span]


def main() -> None:
    """Run on all documents and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kg", default=".venv/bin/kg")
    options = parser.parse_args()
    files = sorted((options.folder / "ontogum_conll").glob("*.conll"))
    texts = {file.stem: read_text(options.folder / "xml" / f"{file.stem}.xml") for file in files}
    found = run(texts, options.kg)
    for strict in (False, True):
        sums: Counter[str] = Counter()
        for file in files:
            text = texts[file.stem]
            gold = read_clusters(file)
            sums.update(counts(gold, aligned(gold, found[file.stem], text, strict)))
        print("strict " if strict else "overlap", report(sums))


def read_text(path: Path) -> Text:
    """The tokens of a GUM file set as running text, a line for each paragraph or heading."""
    text, tokens, last, broken = "", [], "", True
    for line in path.read_text("utf-8").splitlines():
        if re.match(r"</(head|p|item|caption|figure)>", line):
            broken = True
        if line.startswith("<") or "\t" not in line:
            continue
        word = line.split("\t")[0]
        glued = word in _CLOSE or last in _OPEN
        text += "\n" if broken and text else "" if glued or not text else " "
        tokens.append((len(text), len(text) + len(word)))
        text, last, broken = text + word, word, False
    return Text(text, tokens)


def read_clusters(path: Path) -> Clusters:
    """The chains of a CoNLL file as spans of tokens."""
    opened: dict[str, list[int]] = defaultdict(list)
    chains: dict[str, set[Span]] = defaultdict(set)
    for line in path.read_text("utf-8").splitlines():
        fields = line.split("\t")
        if len(fields) != 3:
            continue
        index = int(fields[0])
        for start, name, end in re.findall(r"(\()?([\w-]+)(\))?", fields[2]):
            if start:
                opened[name].append(index)
            if end:
                chains[name].add((opened[name].pop(), index + 1))
    return [frozenset(chain) for chain in chains.values() if len(chain) > 1]


def run(texts: dict[str, Text], kg: str) -> dict[str, dict[int, list[Span]]]:
    """The mentions by entity, in characters."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "gum.jsonl")
        source.write_text(
            "".join(json.dumps({"id": i, "text": t.text}) + "\n" for i, t in texts.items()), "utf-8"
        )
        command = [kg, "extract", "--coref", str(source)]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    found: dict[str, dict[int, list[Span]]] = {}
    for line in done.stdout.splitlines():
        record = json.loads(line)
        chains = found.setdefault(record["document"], {})
        for mention in record["mentions"]:
            chains.setdefault(mention["entity"], []).append((mention["start"], mention["end"]))
    return found


def aligned(gold: Clusters, found: dict[int, list[Span]], text: Text, strict: bool) -> Clusters:
    """Our chains with gold spans in the place of those that mean the same words."""
    spans = sorted({span for chain in gold for span in chain}, key=lambda s: (s[1] - s[0], s))
    taken: set[Span] = set()
    chains = []
    for mentions in found.values():
        chain = set()
        for start, end in mentions:
            words = [i for i, (a, b) in enumerate(text.tokens) if a < end and start < b]
            if not words:
                continue
            own = (words[0], words[-1] + 1)
            chain.add(next((s for s in spans if s not in taken and _same(own, s, text, strict)), own))
        taken |= chain
        if len(chain) > 1:
            chains.append(frozenset(chain))
    return chains


def _same(own: Span, gold: Span, text: Text, strict: bool) -> bool:
    if not strict:
        return gold[0] <= own[0] and own[1] <= gold[1]
    return _core(own, text) == _core(gold, text)


def _core(span: Span, text: Text) -> Span:
    """A span without articles and possessives at its edges."""

    def edge(index: int) -> bool:
        start, end = text.tokens[index]
        return text.text[start:end].lower() in _EDGES

    start, end = span
    while end - start > 1 and edge(start):
        start += 1
    while end - start > 1 and edge(end - 1):
        end -= 1
    return start, end


def counts(gold: Clusters, ours: Clusters) -> Counter[str]:
    """The sums of which the three measures are made, for one document."""
    found: Counter[str] = Counter()
    for name, key, response in (("r", gold, ours), ("p", ours, gold)):
        where = {span: i for i, chain in enumerate(response) for span in chain}
        for chain in key:
            parts = Counter(where.get(span, (span,)) for span in chain)
            found[f"muc {name}"] += len(chain) - len(parts)
            found[f"muc {name} of"] += len(chain) - 1
            found[f"b3 {name}"] += sum(n * n for part, n in parts.items() if isinstance(part, int)) / len(
                chain
            )
            found[f"b3 {name} of"] += len(chain)
    graph = nx.Graph()
    for i, key in enumerate(gold):
        for j, response in enumerate(ours):
            if key & response:
                graph.add_edge(
                    ("k", i), ("r", j), weight=2 * len(key & response) / (len(key) + len(response))
                )
    total = sum(graph.edges[pair]["weight"] for pair in nx.max_weight_matching(graph))
    found.update({"ceaf p": total, "ceaf r": total, "ceaf p of": len(ours), "ceaf r of": len(gold)})
    return found


def report(sums: Counter[str]) -> str:
    """Precision, recall and F1 of each measure, and the mean F1."""
    parts, scores = [], []
    for name in ("muc", "b3", "ceaf"):
        precision, recall = (sums[f"{name} {side}"] / max(1e-9, sums[f"{name} {side} of"]) for side in "pr")
        scores.append(2 * precision * recall / max(1e-9, precision + recall))
        parts.append(f"{name} P {precision:.3f} R {recall:.3f} F1 {scores[-1]:.3f}")
    return "  ".join([*parts, f"mean F1 {sum(scores) / 3:.3f}"])


if __name__ == "__main__":
    main()
