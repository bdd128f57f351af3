"""Tables of English words, and what the labels of classes say with them.

Classes get a *kind* of name from their labels, common nouns a class, and classes of values the words
that are their members. The words come from ``ontology/derive.toml`` and ``ontology/values.toml``
(edited by hand) and from three tables made from WordNet.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

#: The kinds of names that the entity recogniser can tell apart, with its labels for each.
KIND_LABELS = {
    "Person": ("PERSON",),
    "Organization": ("ORG",),
    "Place": ("GPE", "LOC", "FAC"),
    "Product": ("WORK_OF_ART", "PRODUCT"),
}
#: Kinds whose classes shade into one another: an album and a musical work, a band and a firm.
LOOSE_KINDS = ("Person", "Organization", "Product", "Place")
#: The kind of a class of which the file says no more than a number: anything but a person or a value.
UNKNOWN = "unknown"
#: Where the names of the kinds in schema.org are others.
SCHEMA_NAMES = {"Product": "CreativeWork"}
_LONGEST_LABEL = 200  # what is longer is a text, which tells no more in the end than at the beginning
_DEPTH = 4  # steps up in the table of nouns; further up everything is an entity


def may_be(kind: str, wanted: str) -> bool:
    """Whether a name of a kind ("" when nothing is known) may belong to a class of a kind.

    Titles of works are what the recogniser mistakes most; members of a class of values ("value":
    languages, ranks) are common words and no names at all.
    """
    if wanted == "value":
        return kind == ""
    if wanted == UNKNOWN:
        return kind not in ("Person", "value")
    if wanted == "Product":
        return kind in ("", "Product", "Organization")
    return kind in ("", wanted) or (wanted == "" and kind != "Person")


@dataclass(frozen=True)
class Words:
    """The tables of words; see ``derive.toml`` and ``values.toml``."""

    data: dict[str, Any]
    values: dict[str, Any]
    agents: dict[str, tuple[str, ...]]
    events: dict[str, tuple[str, ...]]
    verbs: frozenset[str]
    above: dict[str, str]
    nouns: frozenset[str]

    def is_noun(self, word: str) -> bool:
        """Whether a word is a common noun of English, in the singular or a regular plural.

        >>> [load_words(Path("ontology")).is_noun(word) for word in ("harvests", "cities", "spotify")]
        [True, True, False]
        """
        return not self.nouns.isdisjoint((word, word[:-1], word[:-2], word[:-3] + "y"))

    def chain(self, noun: str) -> list[str]:
        """A noun and the more general ones above it, the nearest first."""
        found = [noun]
        while len(found) <= _DEPTH and self.above.get(found[-1], noun) not in found:
            found.append(self.above[found[-1]])
        return found

    def verb(self, participle: str) -> str:
        """The verb of a past participle; "" when the word is none.

        >>> load_words(Path("ontology")).verb("published")
        'publish'
        """
        irregular = self.data["participles"].get(participle)
        if irregular:
            return str(irregular)
        if not participle.endswith("ed"):
            return ""
        stem = participle[:-2]
        stems = [stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else "", stem[:-1] + "y"]
        return next((verb for verb in stems if verb in self.verbs), "")


@cache
def load_words(folder: Path) -> Words:
    """The tables in the ontology folder."""
    data, values = (
        tomllib.loads((folder / name).read_text(encoding="utf-8")) for name in ("derive.toml", "values.toml")
    )
    rows = _rows(folder / "derivations.tsv")
    verbs = {row[2] for row in rows} | set(data["participles"].values())
    above = {row[0]: row[1] for row in _rows(folder / "nouns.tsv")}
    agents, events = (_verbs_of(kind, rows) for kind in ("agent", "event"))
    nouns = frozenset(row[0] for row in _rows(folder / "common_nouns.tsv"))
    return Words(data, values, agents, events, frozenset(verbs), above, nouns)


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _verbs_of(kind: str, rows: list[list[str]]) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for found, noun, verb in rows:
        if found == kind:
            table[noun] = (*table.get(noun, ()), verb)
    return table


# ---------------------------------------------------------------- labels


def plain_label(label: str) -> str:
    """A label or local name as lower-case words.

    >>> plain_label("placeOfBirth"), plain_label("has_part (of)")
    ('place of birth', 'has part')
    """
    text = re.sub(r"\([^()]*\)", " ", label[:_LONGEST_LABEL]).replace("_", " ")
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return " ".join(text.lower().split())


def singular(noun: str) -> str:
    """A noun of a label in the singular, where English is regular."""
    if noun.endswith("ies") and len(noun) > 4 and noun != "series":
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is", "series")) else noun


def kind_of(labels: Iterable[str], words: Words) -> str:
    """The kind of names that a class of these labels has, its own label first; "" when nothing tells.

    >>> kind_of(["sports club"], load_words(Path("ontology")))
    'Organization'
    """
    kinds = words.data["kinds"]
    labels = tuple(labels)
    for label in map(plain_label, labels):
        for phrase in (label, *_tails(label)):
            for step, noun in enumerate(words.chain(singular(phrase))):
                vague = step > 0 and noun in kinds["vague"]
                found = "" if vague else next((kind for kind in KIND_LABELS if noun in kinds[kind]), "")
                if found:
                    return found
    return next((kind for label in labels for kind in _denoted(plain_label(label), words)), "")


def _denoted(label: str, words: Words) -> Iterator[str]:
    """The kind of things that a label is a noun for, where WordNet's first sense is another."""
    table: dict[str, list[str]] = words.data["denotes"]
    yield from (kind for kind, nouns in table.items() if singular(label) in nouns)


def is_value(label: str, words: Words) -> bool:
    """Whether the members of a class are common words: languages, instruments, ranks."""
    return plain_label(label) in words.data["values"] or bool(value_lists(label, words))


def is_whole_kind(label: str, kind: str, words: Words) -> bool:
    """Whether a class is all of a kind: "human" is every person."""
    return plain_label(label) in words.data["classes"].get(kind.lower(), ())


def nouns_of_kinds(words: Words) -> dict[str, str]:
    """The kind of each common noun of the tables that has one."""
    found = {noun: kind_of([noun], words) for noun in sorted(words.above)}
    return {noun: kind for noun, kind in found.items() if kind}


def class_nouns(label: str, words: Words) -> tuple[str, ...]:
    """The common nouns that denote a member of a class, from its label ("football club" → club)."""
    plain = plain_label(label)
    tail = re.split(r" (?:of|for|in) ", plain)[0].split()[-1] if plain else ""
    named = words.data["nouns"].get(plain, ())
    return tuple(dict.fromkeys((plain, singular(tail), *named))) if plain else ()


def is_below(label: str, other: str, words: Words) -> bool:
    """Whether a class is below another by their labels: a reservoir is a body of water."""
    one, upper = singular(plain_label(label)), plain_label(other)
    steps = words.chain(one)
    kin = upper in steps[1:] or one in words.data["nouns"].get(upper, ()) or one.endswith(f" {upper}")
    return one != upper and kin


def _tails(label: str) -> Iterator[str]:
    """The shorter ends of a phrase; of "head of state" its head noun."""
    head = re.split(r" (?:of|for|in) ", label)[0].split()
    for start in range(1, len(head)):
        yield " ".join(head[start:])
    if " ".join(head) != label:
        yield " ".join(head)


# ---------------------------------------------------------------- values


def value_lists(label: str, words: Words) -> tuple[str, ...]:
    """The lists of values that a label of a class or relation names, by itself or with its last words.

    >>> value_lists("film genre", load_words(Path("ontology")))
    ('film genre',)
    """
    plain = plain_label(label)
    lists, called, made = (words.values[name] for name in ("lists", "called", "made"))
    for phrase in (plain, *_tails(plain)):
        if phrase in called:
            return tuple(called[phrase])
        if phrase in lists or phrase in made:
            return (phrase,)
    return ()


def value_words(label: str, words: Words) -> frozenset[str]:
    """The common words that are values of a class, in lower case: of "sport" also "water polo"."""
    found: set[str] = set()
    for name in value_lists(label, words):
        made = words.values["made"].get(name)
        if made:
            found.update(
                f"{one} {other}" for one in made["before"] for other in words.values["lists"][made["list"]]
            )
        found.update(words.values["lists"].get(name, ()))
    plain = plain_label(label)
    titles, not_values = words.values["titles"], set(words.values["not_values"])
    if plain in titles["classes"]:
        found.update({plain} if plain in titles["nouns"] else titles["nouns"])
    roots = {plain, *words.data["values"].get(plain, ())}
    for noun in words.above:
        above = list(takewhile(lambda step: step not in not_values, words.chain(noun)[1:]))
        if not roots.isdisjoint(above):
            found.add(noun)
    found -= not_values - set(titles["nouns"])
    return frozenset(noun for noun in found if noun.split()[0] not in ("professional", "amateur"))
