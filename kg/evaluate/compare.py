"""What was found in one article against its gold, claim by claim.

A claim is found when some relation says its subject, relation and object, under any of their names;
an inverse is turned round first, and symmetric relations hold both ways. Neither right nor wrong
are: what gold entails through super-relations, what it lists under ``ok`` with its status, and a
gold claim that a found ``ok`` relation entails. An entity that bears the names of two things of the
gold is a wrong merge, and its claims are wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from kg.evaluate.gold import EVERY, Article, GoldClaim
from kg.model import STATUSES
from kg.ontology import Ontology

Record = dict[str, Any]


class Key(NamedTuple):
    """A claim as it is compared: its names in normal form, in the direction that the ontology states."""

    predicate: str
    subject: str
    object: str


@dataclass(slots=True)
class Found:
    """All relations of an article that say one claim."""

    subject: str
    predicate: str
    object: str
    merged: bool = False
    records: list[Record] = field(default_factory=list)

    @property
    def statuses(self) -> frozenset[str]:
        """The statuses that its relations give it."""
        return frozenset(str(record["status"]) for record in self.records)


def normal(name: str) -> str:
    """A name as it is compared: no article, possessive, closing punctuation or case.

    >>> normal("The  Orchard Group’s")
    'orchard group'
    """
    words = name.lower().replace("’", "'").split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words).strip(".,'\"").removesuffix("'s")


_ARTICLES = ("the", "a", "an")


class Comparison:
    """The gold of one article as keys, and the relations found in it gathered under them."""

    def __init__(self, article: Article, records: list[Record], ontology: Ontology) -> None:
        self.article, self.ontology = article, ontology
        names = {normal(name): normal(name) for name in article.aliases}
        for name, others in article.aliases.items():
            names.update({normal(other): normal(name) for other in others})
        self.names = names
        self.gold = self._keys(article.gold)
        self.ok = self._keys(article.ok)
        self.wanted: dict[Key, GoldClaim] = {}
        for claim in article.gold:
            self.wanted.setdefault(self._key_of(claim), claim)
        self.qualifiers = {
            self._key_of(claim): claim.qualifiers for claim in article.gold if claim.qualifiers
        }
        self.found: dict[Key, Found] = {}
        for record in records:
            if not record["open"]:
                self._gather(record)

    def name(self, text: str) -> str:
        """The normal form of a thing's chief name."""
        return self.names.get(normal(text), normal(text))

    def key(self, subject: str, predicate: str, value: str) -> Key:
        """The key of a claim between two names in normal form."""
        prop = self.ontology.properties.get(predicate)
        inverse = self.ontology.properties.get((prop.inverse if prop else None) or "")
        if (
            prop
            and inverse
            and (prop.name in self.ontology.inverse_only or self._second(prop.name, inverse.name))
        ):
            return Key(inverse.name, value, subject)
        if prop and prop.symmetric:
            subject, value = sorted((subject, value))
        return Key(predicate, subject, value)

    def _second(self, name: str, inverse: str) -> bool:
        """Of two inverse relations that are both stated, the first by name stands for both."""
        return inverse not in self.ontology.inverse_only and inverse < name

    def _key_of(self, claim: GoldClaim) -> Key:
        value = EVERY if claim.object == EVERY else self.name(claim.object)
        return self.key(self.name(claim.subject), claim.predicate, value)

    def _keys(self, claims: tuple[GoldClaim, ...]) -> dict[Key, frozenset[str]]:
        keys: dict[Key, frozenset[str]] = {}
        for claim in claims:
            key = self._key_of(claim)
            keys[key] = keys.get(key, frozenset()) | claim.statuses
        return keys

    @cached_property
    def entailed(self) -> frozenset[Key]:
        """What the gold claims entail through super-relations."""
        return frozenset(self._supers(self.gold))

    @cached_property
    def neutral(self) -> frozenset[Key]:
        """What the relations found and listed under ``ok`` entail: a gold claim among them is no miss."""
        return frozenset(self._supers(key for key in self.found if key in self.ok))

    def _supers(self, keys: Any) -> Iterator[Key]:
        for key in keys:
            waiting = [key.predicate]
            while waiting:
                prop = self.ontology.properties.get(waiting.pop())
                for name in prop.supers if prop else ():
                    yield self.key(key.subject, name, key.object)
                    waiting.append(name)

    @cached_property
    def _things(self) -> frozenset[str]:
        return frozenset(side for key in (*self.gold, *self.ok) for side in key[1:]) - {EVERY}

    def _gather(self, record: Record) -> None:
        """Put a relation under the claim that it says."""
        sides = [self._names(record[part]) for part in ("subject", "object")]
        predicate = str(record["predicate"]["name"])
        keys = [self.key(first, predicate, second) for first in sides[0] for second in sides[1]]
        key = self._best(keys)
        merged = any(len(self._things.intersection(side)) > 1 for side in sides)
        if merged:
            key = key._replace(predicate=f"wrong merge: {key.predicate}")
        shown = (str(record["subject"]["name"]), predicate, str(record["object"]["name"]))
        self.found.setdefault(key, Found(*shown, merged)).records.append(record)

    def _names(self, node: Record) -> list[str]:
        return list(dict.fromkeys(self.name(str(name)) for name in (node["name"], *node.get("aliases", ()))))

    def _best(self, keys: list[Key]) -> Key:
        """The key that gold has among those of all names; a date more exact than gold's is gold's."""
        for key in keys:
            if key in self.gold:
                return key
        for key in keys:
            for gold in self.gold:
                if gold[:2] == key[:2] and _more_exact(key.object, gold.object):
                    return gold
        return next((key for key in keys if key in self.ok or key in self.entailed), keys[0])

    def allowed(self, key: Key) -> frozenset[str]:
        """The statuses with which a claim outside gold is not counted."""
        if key in self.entailed:
            return frozenset(STATUSES)
        prop = self.ontology.properties.get(key.predicate)
        patterns = [key, key._replace(subject=EVERY), key._replace(object=EVERY)]
        if prop and prop.symmetric:
            patterns = [self.key(*side) for side in self._loose(key)]
        return frozenset().union(*(self.ok.get(pattern, frozenset()) for pattern in patterns))

    @staticmethod
    def _loose(key: Key) -> Iterator[tuple[str, str, str]]:
        yield key.subject, key.predicate, key.object
        for side in (key.subject, key.object):
            yield side, key.predicate, EVERY


def _more_exact(given: str, wanted: str) -> bool:
    return bool(re.fullmatch(r"\d{4}(-\d\d)?", wanted)) and given.startswith(wanted)
