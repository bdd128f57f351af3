"""What the components know: the ontology, the lexicon, and tables made from them once."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from kg.extract.lexicon import Lexicon, load_lexicon
from kg.frames import Frame
from kg.ontology import KnownName, Ontology, PropertyType


class FrameOf(NamedTuple):
    """A frame with the property that it says."""

    frame: Frame
    property: PropertyType


class Knowledge:
    """An ontology with its lexicon; one for each pipeline."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.lexicon: Lexicon = load_lexicon(ontology)

    @cached_property
    def gazetteer(self) -> dict[str, KnownName]:
        """The known names by form."""
        return {known.form: known for known in self.ontology.gazetteer if not known.demonym}

    @cached_property
    def demonyms(self) -> dict[str, KnownName]:
        """The places by their adjective ("French")."""
        return {known.form: known for known in self.ontology.gazetteer if known.demonym}

    @cached_property
    def frames(self) -> dict[tuple[str, str], list[FrameOf]]:
        """The frames by kind and lemma, those of most words first."""
        table: dict[tuple[str, str], list[FrameOf]] = defaultdict(list)
        for name in sorted(self.ontology.properties):
            prop = self.ontology.properties[name]
            for frame in prop.frames:
                table[frame.kind, frame.lemma].append(FrameOf(frame, prop))
        for found in table.values():
            found.sort(key=lambda f: (-len(f.frame.words) - len(f.frame.fixed), f.frame.text, f.property.name))
        return dict(table)

    @cached_property
    def slot_types(self) -> dict[tuple[str, str], str]:
        """For verb lemma and slot, the one class that all frames with that verb ask for there."""
        wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (kind, lemma), found in self.frames.items():
            for frame, prop in found:
                if kind == "verb" and not frame.fixed:
                    wanted[lemma, frame.subject].update(prop.domain)
                    wanted[lemma, frame.object].update(prop.range)
        single = {key: next(iter(kinds)) for key, kinds in wanted.items() if len(kinds) == 1}
        leaves = {name for name, kind in self.ontology.types.items() if self._is_leaf(kind.name)}
        return {key: kind for key, kind in single.items() if kind in leaves}

    def _is_leaf(self, name: str) -> bool:
        return not any(name in kind.supers for kind in self.ontology.types.values() if kind.name != name)

    def is_a(self, type_name: str, wanted: str) -> bool:
        """Whether a class is a class or below it."""
        return self.ontology.is_a(type_name, (wanted,))
