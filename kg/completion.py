"""What an ontology file does not say of its words, added: classes of names, frames from labels."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg import derive
from kg.terms import EntityType, PropertyType
from kg.words import (
    KIND_LABELS,
    SCHEMA_NAMES,
    UNKNOWN,
    Words,
    class_nouns,
    is_below,
    is_value,
    is_whole_kind,
    kind_of,
    nouns_of_kinds,
    value_words,
)

#: The class of the values of a relation that says no range but has common words for values.
_TERM = "https://schema.org/DefinedTerm"


class Completion:
    """Adds to a file what it does not say of its words: how names of its classes and relations are found."""

    def __init__(self, types: list[EntityType], properties: list[PropertyType], words: Words) -> None:
        self.types, self.stated = types, properties
        self.foreign = not any(kind.ner_labels for kind in types)
        if self.foreign:
            self.stated = [_with_sides(prop, properties) for prop in properties]
        self.renamed: dict[str, str] = {}
        self.kinds: dict[str, str] = {}
        self.words = words
        if self.foreign:
            self._complete_types()

    def _complete_types(self) -> None:
        labels = {kind.name: kind.label for kind in self.types}
        for kind in self.types:
            above = [labels[name] for name in sorted(kind.supers - {kind.name}) if name in labels]
            found = kind_of([kind.label, *above], self.words)
            unnamed = kind.label == kind.name and re.search(r"\d", kind.name)  # a number says nothing
            self.kinds[kind.name] = (
                UNKNOWN if unnamed else found or "value" * is_value(kind.label, self.words)
            )
        self.kinds.update(dict.fromkeys(self._value_classes(), "value"))
        for name in KIND_LABELS:
            whole = [t.name for t in self.types if is_whole_kind(t.label, name, self.words)]
            if name not in labels and whole:
                self.renamed[whole[0]] = name
        nouns = self._nouns()
        types = [self._completed(kind, nouns) for kind in self.types]
        present = {kind.name for kind in types}
        added = [self._of_kind(name, nouns) for name in KIND_LABELS if name not in present]
        self.types = sorted(added + types, key=lambda kind: kind.name)
        self.kinds = {self.renamed.get(name, name): kind for name, kind in self.kinds.items()}
        self.kinds.update({name: name for name in KIND_LABELS})

    def _value_classes(self) -> set[str]:
        """The classes whose members say what something is: the range of "occupation", "position held"."""
        subjects = {name for prop in self.stated for name in prop.domain}
        said = [prop for prop in self.stated if derive.says_what(prop.label, self.words)]
        return {name for prop in said for name in prop.range if name not in subjects and name in self.kinds}

    def _nouns(self) -> dict[str, str]:
        """The class that each common noun denotes: its own label's first, then those of related words."""
        whole = self.words.data["classes"]
        table = {noun: name for name in KIND_LABELS for noun in whole.get(name.lower(), ())}
        table |= {noun: name for name, nouns in self.words.data["denotes"].items() for noun in nouns}
        if "Organization" not in self.kinds.values():  # then bands are the persons who play in them
            table |= dict.fromkeys(self.words.data["kinds"]["ensemble"], "Person")
        for rank in range(2):
            for kind in self.types:
                if self.kinds[kind.name] == "value" and not kind.nouns:
                    continue
                found = kind.nouns or class_nouns(kind.label, self.words)
                for noun in found[:1] if rank == 0 else found[1:]:
                    table.setdefault(noun, self.renamed.get(kind.name, kind.name))
        for noun, name in nouns_of_kinds(self.words).items():
            table.setdefault(noun, name)
        return table

    def _completed(self, kind: EntityType, nouns: Mapping[str, str]) -> EntityType:
        name = self.renamed.get(kind.name, kind.name)
        above = {other.name for other in self.types if is_below(kind.label, other.label, self.words)}
        supers = {self.renamed.get(s, s) for s in kind.supers | above} | {self.kinds[kind.name]} - {
            "value",
            UNKNOWN,
        }
        labels = KIND_LABELS.get(name, ())
        mine = tuple(sorted(noun for noun, owner in nouns.items() if owner == name))
        return replace(
            kind, name=name, supers=frozenset(supers - {""}), ner_labels=labels, nouns=kind.nouns or mine
        )

    @staticmethod
    def _of_kind(name: str, nouns: Mapping[str, str]) -> EntityType:
        """The class of all names of a kind, for an ontology that has none."""
        mine = tuple(sorted(noun for noun, owner in nouns.items() if owner == name))
        iri = f"https://schema.org/{SCHEMA_NAMES.get(name, name)}"
        return EntityType(iri, name, name.lower(), frozenset((name,)), KIND_LABELS[name], mine)

    def properties(self) -> Iterable[PropertyType]:
        """The properties, those without any frame with frames from their labels."""
        said = {prop.name for prop in self.stated if prop.frames}
        said |= {prop.inverse for prop in self.stated if prop.frames and prop.inverse}
        for prop in self.stated:
            domain, range_ = (
                tuple(self.renamed.get(n, n) for n in names) for names in (prop.domain, prop.range)
            )
            prop = replace(prop, domain=domain, range=(*range_, *self._terms(prop)))
            if prop.name in said:
                yield prop
            else:
                yield from self._derived(prop)

    def _with_labels(
        self, found: derive.Derived, prop: PropertyType, labels: Mapping[str, str]
    ) -> derive.Derived:
        """The frames with the nouns for the range in the place of "*" ("from the album Y")."""
        nouns = [noun for name in prop.range for noun in class_nouns(labels.get(name, ""), self.words)]
        frames = [frame for frame in found.frames if (frame.kind, frame.text) != ("label", "*")]
        if len(frames) < len(found.frames):
            frames += [derive.label_frame(noun) for noun in nouns if " " not in noun]
        return found._replace(frames=tuple(dict.fromkeys(frames)))

    def _is_told(self, name: str) -> bool:
        """Whether anything is known of the members of a class: a kind of names, or common words."""
        label = next((kind.label for kind in self.types if kind.name == name), name)
        return self.kinds.get(name, "") in KIND_LABELS or bool(value_words(label, self.words))

    def _terms(self, prop: PropertyType) -> tuple[str, ...]:
        """The class of values of a relation, where its range tells nothing and its label names a list."""
        found = derive.value_list(prop.label, self.words) if self.foreign else ""
        if not found or any(self._is_told(self.renamed.get(kind, kind)) for kind in prop.range):
            return ()
        name = found.title().replace(" ", "")
        if name not in self.kinds:
            self.kinds[name] = "value"
            self.types.append(EntityType(_TERM, name, found, frozenset((name,))))
        return (name,)

    def _derived(self, prop: PropertyType) -> Iterable[PropertyType]:
        labels = {kind.name: kind.label for kind in self.types}
        sides = [
            next((self.kinds.get(name, name) for name in names), "") for names in (prop.domain, prop.range)
        ]
        dates = any(
            is_whole_kind(labels.get(n, n.removeprefix("xsd:")), "date", self.words) for n in prop.range
        )
        named = tuple(labels[name] for name in prop.range if name in labels)
        slots = derive.Slots(sides[0], sides[1], not prop.range, dates or prop.range == ("xsd:gYear",), named)
        found = self._with_labels(derive.derive(prop.label, slots, self.words), prop, labels)
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


def _with_sides(prop: PropertyType, others: Iterable[PropertyType]) -> PropertyType:
    """A property with the domain and range that its inverse or the one above it states, where it has none."""
    for other in others:
        if other.name == prop.inverse:
            prop = replace(prop, domain=prop.domain or other.range, range=prop.range or other.domain)
        elif other.name in prop.supers and other.name != prop.name:
            prop = replace(prop, domain=prop.domain or other.domain, range=prop.range or other.range)
    return prop
