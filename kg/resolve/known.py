"""What is known of things before their names are compared: what people have decided, and a backbone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable

from kg.decisions import Called, Decision, Decisions, Pin, Split
from kg.ontology import KnownName, Ontology
from kg.resolve.names import normal_name
from kg.resolve.things import Group, Kinds, Thing, vote


class Decided:
    """What people have decided of things, looked up by name."""

    def __init__(self, decisions: Decisions, ontology: Ontology, kinds: Kinds) -> None:
        self._ontology, self._kinds = ontology, kinds
        self._pins: dict[str, list[Pin]] = defaultdict(list)
        # What is said of a document's own thing counts more than what is said of all.
        for pin in sorted(decisions.pins, key=lambda pin: (pin.document is None, str(pin))):
            self._pins[kinds.key(pin.name, pin.type)].append(pin)
        self._splits: dict[str, list[Called]] = defaultdict(list)
        for split in decisions.splits:
            self._splits[kinds.key(split.thing.name, split.thing.type)].append(split.thing)
        self._own: dict[str, list[Called]] = defaultdict(list)
        parted = [split.thing for split in decisions.splits]
        merged = [merge.thing for merge in decisions.merges]
        for thing in (thing for thing in (*parted, *merged) if thing.document is not None):
            self._own[kinds.key(thing.name, thing.type)].append(thing)
        self._decisions, self._met = decisions, set[Called]()

    def unused(self) -> list[Decision]:
        """The pins and splits that fit nothing."""
        decided: tuple[Pin | Split, ...] = (*self._decisions.pins, *self._decisions.splits)
        return [decision for decision in decided if decision.thing not in self._met]

    def pin(self, thing: Thing, key: str, type_name: str) -> str:
        """The slug that a thing is pinned to, or ""."""
        lone = self._kinds.is_lone(thing, key)
        for pin in self._pins.get(key, ()):
            if not (lone and pin.document is None) and self.is_meant(thing, type_name, pin.thing):
                return pin.slug
        return ""

    def is_own(self, thing: Thing, key: str, type_name: str) -> bool:
        """Whether something is decided of a thing of this very document, so that it stands by itself."""
        return any(self.is_meant(thing, type_name, called) for called in self._own.get(key, ()))

    def is_split(self, thing: Thing, key: str, type_name: str) -> bool:
        """Whether no rule may put a thing together with another."""
        return any(self.is_meant(thing, type_name, called) for called in self._splits.get(key, ()))

    def is_meant(self, thing: Thing, type_name: str, called: Called) -> bool:
        """Whether a decision on things of its name is one on this thing."""
        related = called.type == type_name or self._related(called.type, type_name)
        meant = related and called.document in (None, thing.document)
        if meant:
            self._met.add(called)
        return meant

    def _related(self, one: str, other: str) -> bool:
        return self._ontology.is_a(one, (other,)) or self._ontology.is_a(other, (one,))


class Backbone:
    """The things of a backbone by name."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._by_name: dict[str, list[KnownName]] = defaultdict(list)
        self._by_iri: dict[str, KnownName] = {}
        for known in ontology.gazetteer:
            if known.iri:
                self._by_name[normal_name(known.form)].append(known)
                self._by_iri[known.iri] = known

    @property
    def iris(self) -> Container[str]:
        """The IRIs of all of them."""
        return self._by_iri

    def find(self, thing: Thing, type_name: str) -> str:
        """The IRI of what a named thing is: the only one of its name that its class allows, or ""."""
        if not thing.named or not self._by_iri:
            return ""
        named = self._by_name.get(normal_name(thing.name), ())
        iris = {known.iri for known in named if self._may_be(known, thing.name, type_name)}
        return iris.pop() if len(iris) == 1 else ""

    def _may_be(self, known: KnownName, name: str, type_name: str) -> bool:
        common = known.form.islower() and known.form != name  # "apple" is not Apple
        free = not known.type or not type_name
        return not common and (free or narrower(known.type, type_name, self._ontology) is not None)

    def group(self, iri: str, things: list[Thing], key: str) -> Group:
        """What is linked to one thing of the backbone."""
        known = self._by_iri[iri]
        said = vote(sum((thing.types for thing in things), Counter()))
        inner = narrower(known.type, said, self._ontology) if known.type and said else None
        return Group(inner or known.type or said, things, key, known)


def narrower(one: str, other: str, ontology: Ontology) -> str | None:
    """Of two classes the one that lies within the other, or None."""
    if ontology.is_a(one, (other,)):
        return one
    return other if ontology.is_a(other, (one,)) else None


def compatible(things: list[Thing], ontology: Ontology) -> Iterable[Group]:
    """Things of one name parted by class: a class and those below it are one, and the one below wins.

    A thing whose class lies above several of them goes to the one with the most mentions.
    """
    if len({thing.type for thing in things}) == 1:
        return [Group(things[0].type, things)]
    votes: Counter[str] = Counter()
    for thing in things:
        votes[thing.type] += thing.types.total()
    leaves = [name for name in votes if not any(below(other, name, ontology) for other in votes)]
    groups: dict[str, list[Thing]] = {leaf: [] for leaf in sorted(leaves)}
    for thing in things:
        own = thing.type
        choices = [leaf for leaf in groups if leaf == own or below(leaf, own, ontology)]
        groups[min(choices, key=lambda leaf: (-votes[leaf], leaf))].append(thing)
    return [Group(leaf, group) for leaf, group in groups.items()]


def below(lower: str, upper: str, ontology: Ontology) -> bool:
    """Whether a class lies below another one."""
    # Two classes that are declared equal lie below one another: then the name decides, not both.
    down = lower != upper and ontology.is_a(lower, (upper,))
    return down and not (ontology.is_a(upper, (lower,)) and lower > upper)
