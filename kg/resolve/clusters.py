"""Groups put together: which are one, by which reason, and what was refused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.ontology import Ontology
from kg.resolve.known import narrower
from kg.resolve.things import Group, Kinds, Thing

#: What more documents name than this says little of those that they name too.
COMMON = 50


@dataclass(frozen=True, slots=True)
class Judgement:
    """Two groups, by number, that may be one: whether they are, by which reason, and because of what."""

    one: int
    other: int
    reason: str
    accepted: bool
    because: str


class Clusters:
    """Groups, of which some are one. What is joined is decided by whoever asks; some of it is refused."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self.groups: list[Group] = []
        self.judged: list[Judgement] = []
        self._parent: list[int] = []
        self._documents: list[set[str]] = []
        self._types: list[str] = []
        self._members: list[list[int]] = []
        self._fixed: list[bool] = []

    def add(self, group: Group) -> int:
        """Take in a group; its number, which its things get too."""
        number = len(self.groups)
        self.groups.append(group)
        self._parent.append(number)
        self._documents.append({thing.document for thing in group.things})
        self._types.append(group.type)
        self._members.append([number])
        self._fixed.append(group.known is not None or group.slug is not None)
        for thing in group.things:
            thing.group = number
        return number

    def part(self, number: int, parts: list[list[Thing]], why: str) -> None:
        """Make several groups of one that has been joined with none."""
        group, (first, *others) = self.groups[number], parts
        group.things, group.apart, group.lone = first, why, len(first) == 1
        self._documents[number] = {thing.document for thing in first}
        for things in others:
            self.add(Group(group.type, things, group.key, lone=len(things) == 1, apart=why))

    def find(self, number: int) -> int:
        """The number that stands for all that is one with a group."""
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def members(self, number: int) -> list[int]:
        """The numbers of all groups that are one with a group."""
        return self._members[self.find(number)]

    def clusters(self) -> Iterator[list[int]]:
        """The numbers of the groups that are one, in order."""
        for number in range(len(self.groups)):
            if self._parent[number] == number:
                yield sorted(self._members[number])

    def judge(self, one: int, other: int, reason: str, because: str) -> None:
        """Make two groups one, unless something forbids it."""
        a, b = self.find(one), self.find(other)
        if a == b:
            return
        forbidden = self._forbidden(a, b)
        if forbidden:
            self.refuse(one, other, reason, forbidden)
        else:
            self.join(one, other, reason, because)

    def join(self, one: int, other: int, reason: str, because: str) -> None:
        """Make two groups one, whatever they are."""
        a, b = sorted((self.find(one), self.find(other)))
        if a != b:
            self._parent[b] = a
            self._types[a] = narrower(self._types[a], self._types[b], self._ontology) or self._types[a]
            small, large = sorted((self._documents[a], self._documents[b]), key=len)
            large |= small
            self._documents[a] = large
            self._documents[b] = set()
            self._fixed[a] |= self._fixed[b]
            self._members[a] += self._members[b]
            self._members[b] = []
        self.judged.append(Judgement(one, other, reason, True, because))

    def refuse(self, one: int, other: int, reason: str, because: str) -> None:
        """Note that two groups might be one, and why they are not taken for it."""
        self.judged.append(Judgement(one, other, reason, False, because))

    def related(self, one: int, other: int) -> bool:
        """Whether the classes of two groups do not exclude each other."""
        return narrower(self.groups[one].type, self.groups[other].type, self._ontology) is not None

    def _forbidden(self, a: int, b: int) -> str:
        if self.groups[a].kept or self.groups[b].kept:
            return "the decisions keep it as it is"
        if self._fixed[a] and self._fixed[b]:
            return "each has an IRI of its own, from a pin or a backbone"
        if narrower(self._types[a], self._types[b], self._ontology) is None:
            return f"their classes exclude each other: {self._types[a]}, {self._types[b]}"
        both = self._documents[a] & self._documents[b]
        return f"{min(both)} names both" if both else ""


class Contexts:
    """What the documents of a group name besides it."""

    def __init__(self, clusters: Clusters, things: Iterable[Thing], kinds: Kinds) -> None:
        self._clusters, self._kinds = clusters, kinds
        self._known: dict[int, frozenset[int]] = {}
        self.by_document: dict[str, list[Thing]] = defaultdict(list)
        for thing in things:
            self.by_document[thing.document].append(thing)

    def kind(self, number: int) -> str:
        """The kind of a group: a person, an organization, a place or something else."""
        return self._kinds.of(self._clusters.groups[number].type)

    def beside(self, thing: Thing) -> list[int]:
        """The groups that a thing's document names besides it, in order.

        Places are not among them, nor the firms that a document has its news from: they say little.
        """
        groups, skipped = self._clusters.groups, {False: ("Place",), True: ("Place", "Organization")}
        found = {
            other.group
            for other in self.by_document[thing.document]
            if self.kind(other.group) not in skipped[other.reports]
        }
        return sorted(number for number in found - {thing.group} if not groups[number].lone)

    def countries(self, thing: Thing) -> frozenset[int]:
        """The countries that a thing's document names."""
        groups, found = self._clusters.groups, {t.group for t in self.by_document[thing.document]}
        return frozenset(
            n for n in found if self.kind(n) == "Place" and self._kinds.is_country(groups[n].key)
        )

    def around(self, number: int) -> frozenset[int]:
        """The same of all things of a group, as far as it is not what every text names."""
        if number not in self._known:
            groups = self._clusters.groups
            found = {n for thing in groups[number].things for n in self.beside(thing)}
            self._known[number] = frozenset(n for n in found if len(groups[n].things) <= COMMON)
        return self._known[number]

    def shared(self, one: int, other: int) -> str:
        """What documents of both name too, "" where there is nothing."""
        own = {self._clusters.find(one), self._clusters.find(other)}
        found = [n for n in self.around(one) & self.around(other) if self._clusters.find(n) not in own]
        return min((self._clusters.groups[n].name for n in found), default="")
