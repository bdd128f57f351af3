"""What an ontology file does not say of its words, added: classes of names, frames from labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg import derive
from kg.terms import EntityType, PropertyType


class Completion:
    """Adds to a file what it does not say of its words: how names of its classes and relations are found."""

    def __init__(self, types: list[EntityType], properties: list[PropertyType], words: derive.Words) -> None:
        self.types, self.stated = types, properties
        self.foreign = not any(kind.ner_labels for kind in types)
        self.renamed: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.words = words
        if self.foreign:
            self._complete_types()

    def _complete_types(self) -> None:
        labels = {kind.name: kind.label for kind in self.types}
        for kind in self.types:
            above = [labels[name] for name in sorted(kind.supers - {kind.name}) if name in labels]
            found = derive.kind_of([kind.label, *above], self.words)
            self.kinds[kind.name] = found or "value" * derive.is_value(kind.label, self.words)
        for name in derive.KIND_LABELS:
            whole = [t.name for t in self.types if derive.is_whole_kind(t.label, name, self.words)]
            if name not in labels and whole:
                self.renamed[whole[0]] = name
        nouns = self._nouns()
        types = [self._completed(kind, nouns) for kind in self.types]
        present = {kind.name for kind in types}
        added = [self._of_kind(name, nouns) for name in derive.KIND_LABELS if name not in present]
        self.types = sorted(added + types, key=lambda kind: kind.name)
        self.kinds = {self.renamed.get(name, name): kind for name, kind in self.kinds.items()}
        self.kinds.update({name: name for name in derive.KIND_LABELS})

    def _nouns(self) -> dict[str, str]:
        """The class that each common noun denotes: its own label's first, then those of related words."""
        whole = self.words.data["classes"]
        table = {noun: name for name in derive.KIND_LABELS for noun in whole.get(name.lower(), ())}
        for rank in range(2):
            for kind in self.types:
                found = kind.nouns or derive.class_nouns(kind.label, self.words)
                for noun in found[:1] if rank == 0 else found[1:]:
                    table.setdefault(noun, self.renamed.get(kind.name, kind.name))
        for noun, name in derive.nouns_of_kinds(self.words).items():
            table.setdefault(noun, name)
        return table

    def _completed(self, kind: EntityType, nouns: Mapping[str, str]) -> EntityType:
        name = self.renamed.get(kind.name, kind.name)
        supers = {self.renamed.get(s, s) for s in kind.supers} | {self.kinds[kind.name]} - {"value"}
        labels = derive.KIND_LABELS.get(name, ())
        mine = tuple(sorted(noun for noun, owner in nouns.items() if owner == name))
        return replace(
            kind, name=name, supers=frozenset(supers - {""}), ner_labels=labels, nouns=kind.nouns or mine
        )

    @staticmethod
    def _of_kind(name: str, nouns: Mapping[str, str]) -> EntityType:
        """The class of all names of a kind, for an ontology that has none."""
        mine = tuple(sorted(noun for noun, owner in nouns.items() if owner == name))
        iri = f"https://schema.org/{derive.SCHEMA_NAMES.get(name, name)}"
        return EntityType(iri, name, name.lower(), frozenset((name,)), derive.KIND_LABELS[name], mine)

    def properties(self) -> Iterable[PropertyType]:
        """The properties, those without any frame with frames from their labels."""
        said = {prop.name for prop in self.stated if prop.frames}
        said |= {prop.inverse for prop in self.stated if prop.frames and prop.inverse}
        for prop in self.stated:
            domain, range_ = (
                tuple(self.renamed.get(n, n) for n in names) for names in (prop.domain, prop.range)
            )
            prop = replace(prop, domain=domain, range=range_)
            if prop.name in said:
                yield prop
            else:
                yield from self._derived(prop)

    def _derived(self, prop: PropertyType) -> Iterable[PropertyType]:
        labels = {kind.name: kind.label for kind in self.types}
        sides = [
            next((self.kinds.get(name, name) for name in names), "") for names in (prop.domain, prop.range)
        ]
        dates = any(
            derive.is_whole_kind(labels.get(n, n.removeprefix("xsd:")), "date", self.words)
            for n in prop.range
        )
        slots = derive.Slots(sides[0], sides[1], not prop.range, dates or prop.range == ("xsd:gYear",))
        found = derive.derive(prop.label, slots, self.words)
        if found.dates:
            yield replace(prop, frames=found.frames, range=prop.range if prop.literal else ("xsd:date",))
            return
        name = f"^{prop.name}"
        yield replace(
            prop, frames=found.frames, inverse=name if found.inverse and not prop.inverse else prop.inverse
        )
        if found.inverse:
            yield replace(
                prop,
                name=name,
                domain=prop.range,
                range=prop.domain,
                inverse=prop.name,
                frames=found.inverse,
                comment="",
            )
