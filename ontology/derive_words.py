"""Makes derivations.tsv, nouns.tsv and common_nouns.tsv from the database files of WordNet 3.1.

    python ontology/derive_words.py FOLDER      (with data.noun, index.noun, index.sense ...)

derivations.tsv: agent and event nouns with their verbs ("director" direct, "acquisition" acquire).
nouns.tsv: common nouns with the next more general noun ("cartoon" film). Only words common enough, or
below the nouns that classes and values of ontologies are usually called by.
common_nouns.tsv: all single words that are common nouns, so that a capital can be told to be a name's.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

#: Nouns that name classes of values; all their subordinates are kept, rare ones too.
ROOTS = (
    "musical_instrument musical_composition sport language political_orientation military_rank genre singer"
    " singing_voice athlete player skilled_worker creator scientist award show writing literary_composition"
    " musician party"
).split()
#: Least number of times that a sense is tagged in WordNet's corpora.
COMMON_NOUN, COMMON_VERB = 2, 2
#: Shorter words are mostly abbreviations.
SHORTEST = 2
AGENTS = ("er", "or", "ist", "ant", "ent", "ian")
HEADER = (
    "# Derived from WordNet 3.1, copyright 2011 by Princeton University; licence: LICENSES/WordNet-3.1.txt.\n"
    "# Written by derive_words.py; do not edit.\n"
)


class Synset(NamedTuple):
    """One line of a data file."""

    lexicographer: int
    words: tuple[str, ...]
    pointers: tuple[tuple[str, str, str], ...]  # symbol, part of speech, offset


def read_data(path: Path) -> dict[str, Synset]:
    """The synsets of a data file by offset."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(" "):
            continue
        fields = line.split(" | ")[0].split()
        count = int(fields[3], 16)
        words = tuple(fields[4 : 4 + 2 * count : 2])
        rest = fields[4 + 2 * count + 1 :]
        pointers = tuple(
            (rest[i], rest[i + 2], rest[i + 1]) for i in range(0, 4 * int(fields[4 + 2 * count]), 4)
        )
        found[fields[0]] = Synset(int(fields[1]), words, pointers)
    return found


def read_senses(path: Path) -> dict[tuple[str, str], list[tuple[str, int]]]:
    """For part of speech and lemma: offsets and tag counts, the first sense first."""
    found: dict[tuple[str, str], list[tuple[int, str, int]]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        key, offset, number, count = line.split()
        lemma, _, rest = key.partition("%")
        part = {"1": "n", "2": "v"}.get(rest[0])
        if part:
            found[part, lemma].append((int(number), offset, int(count)))
    return {key: [(o, c) for _, o, c in sorted(rows)] for key, rows in found.items()}


def derivations(
    nouns: dict[str, Synset], verbs: dict[str, Synset], senses: dict[tuple[str, str], list[tuple[str, int]]]
) -> list[tuple[str, str, str]]:
    """Rows of kind, noun, verb: the verb that shares the noun's stem and is derived from it."""
    rows = set()
    for (part, noun), offsets in sorted(senses.items()):
        if part != "n" or "_" in noun or "-" in noun:
            continue
        for offset, _ in offsets[:3]:
            person = nouns[offset].lexicographer in (14, 18)
            for symbol, target_part, target in nouns[offset].pointers:
                if symbol != "+" or target_part != "v":
                    continue
                for verb in verbs[target].words:
                    tagged = max(count for _, count in senses["v", verb.lower()])
                    if "_" in verb or tagged < COMMON_VERB or not _same_stem(noun, verb):
                        continue
                    agent = person and noun.endswith(AGENTS)
                    if agent or (
                        nouns[offset].lexicographer in (4, 10, 11, 22, 26, 28, 9, 7, 21) and noun != verb
                    ):
                        rows.add(("agent" if agent else "event", noun, verb))
    return sorted(rows)


def _same_stem(noun: str, verb: str) -> bool:
    return noun[:3] == verb[:3] if len(verb) > 3 else noun[: len(verb)] == verb


def taxonomy(
    nouns: dict[str, Synset], senses: dict[tuple[str, str], list[tuple[str, int]]]
) -> list[tuple[str, str]]:
    """Rows of noun and more general noun, by the first sense; instances are left out."""
    below = set()
    for root in ROOTS:
        below |= _below(senses["n", root][0][0], nouns)
    rows = {}
    for (part, noun), offsets in sorted(senses.items()):
        if part != "n" or noun.replace("_", "").replace("-", "").isalpha() is False:
            continue
        offset, count = next(((o, c) for o, c in offsets if o in below), offsets[0])
        if offset not in below and count < COMMON_NOUN:
            continue
        synset = nouns[offset]
        if synset.words[0].lower() != noun and offset == senses["n", synset.words[0].lower()][0][0]:
            rows[noun] = synset.words[0].lower()
            continue
        above = next((t for s, _, t in synset.pointers if s == "@"), None)
        if above and nouns[above].words[0].lower() != noun:
            rows[noun] = nouns[above].words[0].lower()
    return sorted((noun.replace("_", " "), up.replace("_", " ")) for noun, up in rows.items())


def common_nouns(nouns: dict[str, Synset]) -> list[tuple[str]]:
    """All nouns of one word, in small letters, of which there is more than one of a kind."""
    words = {word for synset in nouns.values() for word in synset.words}
    return [(word,) for word in sorted(words) if word.isalpha() and word.islower() and len(word) > SHORTEST]


def _below(offset: str, nouns: dict[str, Synset]) -> set[str]:
    found, open_ = {offset}, [offset]
    while open_:
        for symbol, _, target in nouns[open_.pop()].pointers:
            if symbol == "~" and target not in found:
                found.add(target)
                open_.append(target)
    return found


def main(folder: Path) -> None:
    """Writes the tables beside this file."""
    nouns, verbs = read_data(folder / "data.noun"), read_data(folder / "data.verb")
    senses = read_senses(folder / "index.sense")
    here = Path(__file__).parent
    tables: dict[str, Sequence[tuple[str, ...]]] = {
        "derivations.tsv": derivations(nouns, verbs, senses),
        "nouns.tsv": taxonomy(nouns, senses),
        "common_nouns.tsv": common_nouns(nouns),
    }
    for name, rows in tables.items():
        text = HEADER + "".join("\t".join(row) + "\n" for row in rows)
        (here / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
