"""Things of one name that are several: people, and the organs of states.

Two people of one name are one where a document of the one names an organization that a document of the
other says that its person has to do with (works for, studied at, founded …), or where both documents name
two more people, organizations or products. Where that leaves several who each belong somewhere (work for
it …), they are different people, and somebody of that name of whom nothing is said is none of them, unless
nine of ten documents are of one of them. Where it leaves one at most, all are one: nothing speaks against
it. People with different dates of birth or death are never one.

Organs of states have names that say nothing of whose they are ("Supreme Court", "Finance Ministry"): they
are one where their documents name the same country, by the same reasoning; a document that names none
is taken to speak of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set
from itertools import combinations

from kg.resolve.clusters import Clusters, Contexts
from kg.resolve.names import is_body
from kg.resolve.things import Thing

#: Where a document that names no country is.
HOME = frozenset((-1,))
#: The share of documents from which one of a name is the one that is meant where nothing else is said.
MAJORITY = 0.9
#: Of a document that names very many things, only so many are compared.
_COMPARED = 60

Labels = list[Set[int]]


def part_bodies(clusters: Clusters, contexts: Contexts) -> None:
    """Part the organs of several states, whose documents name different countries."""
    beside = _beside(clusters, contexts)
    for number in range(len(clusters.groups)):
        group = clusters.groups[number]
        if not _is_parted(clusters, number) or contexts.kind(number) != "Organization":
            continue
        if is_body(group.key):
            own: Labels = [contexts.countries(thing) or HOME for thing in group.things]
            parting = _Parting(group.things, own, own, [True] * len(own))
            parting.by_fact()
            if parting.differ():
                parting.by_pairs(beside)
            _part(clusters, number, parting, "its documents name other countries than those of others")


def part_people(clusters: Clusters, contexts: Contexts) -> None:
    """Part those of one name whose facts differ."""
    beside = _beside(clusters, contexts)
    for number in range(len(clusters.groups)):
        if _is_parted(clusters, number) and contexts.kind(number) == "Person":
            things = clusters.groups[number].things
            roots = [_organizations(thing, clusters, contexts) for thing in things]
            pairs = list(zip(things, roots, strict=True))
            own: Labels = [{root[n] for n in thing.ties if n in root} for thing, root in pairs]
            known = [any(n in root for n in thing.homes) for thing, root in pairs]
            parting = _Parting(things, own, [set(root.values()) for root in roots], known)
            parting.by_fact()
            if parting.differ():
                parting.by_pairs(beside)
            _part(clusters, number, parting, "its facts differ from those of others")


def _beside(clusters: Clusters, contexts: Contexts) -> Callable[[Thing], list[int]]:
    """What gives the people, organizations and products that a thing's document names besides it."""
    return lambda thing: [clusters.find(number) for number in contexts.beside(thing)]


def _is_parted(clusters: Clusters, number: int) -> bool:
    group = clusters.groups[number]
    decided = group.known is not None or group.slug is not None
    return len(group.things) > 1 and not group.lone and not group.apart and not decided


def _part(clusters: Clusters, number: int, parting: _Parting, why: str) -> None:
    parting.by_majority()
    if parting.differ():
        clusters.part(number, parting.parts(), why)


def _organizations(thing: Thing, clusters: Clusters, contexts: Contexts) -> dict[int, int]:
    """The organizations of a thing's document: their numbers in it, and which cluster each is."""
    return {
        other.number: clusters.find(other.group)
        for other in contexts.by_document[thing.document]
        if contexts.kind(other.group) == "Organization"
    }


class _Parting:
    """Things of one name, which are put together step by step.

    ``own`` are the labels of what each has to do with, ``seen`` those that its document names at all;
    ``known`` is each that belongs somewhere, so that it is another than who belongs elsewhere.
    """

    def __init__(self, things: list[Thing], own: Labels, seen: Labels, known: list[bool]) -> None:
        self._things, self._own, self._seen, self._known = things, own, seen, known
        self._parent = list(range(len(things)))
        self._dates = [set(thing.dates) for thing in things]

    def by_fact(self) -> None:
        """Those are one of which one document names what the other has to do with.

        Who has to do with nothing is nobody where the document names what several have to do with.
        """
        first: dict[int, int] = {}
        for i, labels in enumerate(self._own):
            for label in sorted(labels):
                self._join(first.setdefault(label, i), i)
        for i in sorted(range(len(self._things)), key=lambda i: not self._own[i]):
            owners = {self._find(first[label]) for label in self._seen[i] & first.keys()}
            if self._own[i] or len(owners) == 1:
                for owner in sorted(owners):
                    self._join(owner, i)

    def by_pairs(self, beside: Callable[[Thing], Iterable[int]]) -> None:
        """Those are one whose documents name the same two other things."""
        first: dict[tuple[int, ...], int] = {}
        for i, thing in enumerate(self._things):
            for pair in combinations(sorted(set(beside(thing)))[:_COMPARED], 2):
                self._join(first.setdefault(pair, i), i)

    def by_majority(self) -> None:
        """Those of whom nothing is known are who almost all known ones are."""
        sizes = {part[0]: len(part) for part in self._numbers() if any(self._known[i] for i in part)}
        most = min(sizes, key=lambda root: (-sizes[root], root), default=None)
        if most is not None and sizes[most] >= MAJORITY * sum(sizes.values()):
            for part in list(self._numbers()):
                if part[0] not in sizes:
                    self._join(most, part[0])

    def differ(self) -> bool:
        """Whether several are known by something, or have dates that exclude each other."""
        parts = list(self._numbers())
        known = sum(any(self._known[i] for i in part) for part in parts)
        dates = set[tuple[str, str]]().union(*(self._dates[part[0]] for part in parts))
        return known > 1 or _conflict(dates, dates)

    def parts(self) -> list[list[Thing]]:
        """The things that are one, in order."""
        return [[self._things[i] for i in part] for part in self._numbers()]

    def _numbers(self) -> Iterator[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for i in range(len(self._things)):
            found[self._find(i)].append(i)
        yield from found.values()

    def _find(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def _join(self, one: int, other: int) -> None:
        a, b = sorted((self._find(one), self._find(other)))
        if a != b and not _conflict(self._dates[a], self._dates[b]):
            self._parent[b] = a
            self._dates[a] |= self._dates[b]


def _conflict(some: Set[tuple[str, str]], others: Set[tuple[str, str]]) -> bool:
    """Whether two dates of one relation exclude each other: neither is the other told more precisely."""
    return any(
        relation == other and not value.startswith(date) and not date.startswith(value)
        for relation, value in some
        for other, date in others
    )
