"""What the components know: the ontology, the lexicon, and tables made from them once."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from spacy.strings import get_string_id

from kg.extract.lexicon import Lexicon, load_lexicon
from kg.frames import Frame
from kg.limits import USUAL
from kg.ontology import KnownName, Ontology, PropertyType, ontology_path
from kg.words import UNKNOWN, is_below, load_words, plain_label

_COUNTRIES = frozenset(("country", "sovereign state", "nation"))


class FrameOf(NamedTuple):
    """A frame with the property that it says."""

    frame: Frame
    property: PropertyType


class Knowledge:
    """An ontology with its lexicon; one for each pipeline."""

    def __init__(self, ontology: Ontology, longest: int = USUAL.sentence) -> None:
        #: Words of a sentence that is searched.
        self.longest = longest
        self.ontology = ontology
        self.lexicon: Lexicon = load_lexicon(ontology)
        self._leaves: dict[tuple[str, ...], frozenset[str]] = {}

    @cached_property
    def gazetteer(self) -> dict[str, KnownName]:
        """The known names by form."""
        return self._own | self.things

    @cached_property
    def _own(self) -> dict[str, KnownName]:
        """The names that the ontology itself knows."""
        known = (known for known in self.ontology.gazetteer if not known.iri)
        return {name.form: name for name in known if not name.demonym}

    @cached_property
    def things(self) -> dict[str, KnownName]:
        """The names of a backbone by their normal form, those that name one of its things alone.

        Where the ontology knows the name as one of another class, it is not clear which is meant.
        """
        from kg.extract.entities import normal_form

        found: dict[str, list[KnownName]] = defaultdict(list)
        for known in self.ontology.gazetteer:
            if known.iri:
                for form in {known.form, normal_form(known.form, self.lexicon)}:
                    found[form].append(known)
        return {
            form: names[0]
            for form, names in found.items()
            if len({name.iri for name in names}) == 1
            and (form not in self._own or names[0].type in ("", self._own[form].type))
        }

    @cached_property
    def demonyms(self) -> dict[str, KnownName]:
        """The places by their adjective ("French")."""
        return {known.form: known for known in self.ontology.gazetteer if known.demonym}

    @cached_property
    def peoples(self) -> dict[str, frozenset[str]]:
        """The adjectives of each place that has one, in lower case."""
        found: dict[str, set[str]] = defaultdict(set)
        for form, known in self.demonyms.items():
            found[known.name].add(form.lower())
        return {name: frozenset(forms) for name, forms in found.items()}

    @cached_property
    def weighing(self) -> frozenset[str]:
        """Verbs whose object is what the subject may, will or will not do ("weighs a listing")."""
        cues = self.lexicon.status.items()
        return self.lexicon["status.denied.own"] | {
            word for (kind, word), cue in cues if kind == "verbs" and cue in ("planned", "possible")
        }

    def are_apart(self, one: str, other: str) -> bool:
        """Whether a backbone has two names for two things."""
        named = [self.things[form].iri for form in (one, other) if form in self.things]
        return len(set(named)) > 1

    def is_territory(self, name: str) -> bool:
        """Whether a name is one of a country, a city or another place that the gazetteer knows."""
        known = self.gazetteer.get(name)
        return bool(self.ontology.kinds) and known is not None and known.type == "Place"

    def admits(self, name: str, kind: str, allowed: tuple[str, ...]) -> bool:
        """Whether a thing of a name and class may be of an allowed class: no country is a mountain."""
        if not self.ontology.admits(kind, allowed) or (allowed and self._is_otherwise(name, allowed)):
            return False
        if not allowed or not self.is_territory(name):
            return True
        return self._has_territories(allowed) and (name in self.peoples or not self._are_countries(allowed))

    def _are_countries(self, allowed: tuple[str, ...]) -> bool:
        """Whether all of some classes are of countries, which have an adjective: no city has a team there."""
        types = self.ontology.types
        return all(name in types and plain_label(types[name].label) in _COUNTRIES for name in allowed)

    def _is_otherwise(self, name: str, allowed: tuple[str, ...]) -> bool:
        """Whether the head of a name denotes what no allowed class is: a war is no army, no isle a river."""
        ontology = self.ontology
        if not ontology.kinds or " " not in name:
            return False
        parts = re.split(r" (?:of|for|in|at|on|from) ", name.lower())[0].split()
        head = next((word for word in reversed(parts) if not re.fullmatch(r"[ivx]+|[^a-z]+", word)), "")
        kinds = {ontology.kinds.get(one, "") for one in allowed}
        words = load_words(ontology_path("derive.toml").parent)
        if head in words.data["kinds"]["event"]:
            return bool(kinds - {UNKNOWN}) and kinds - {UNKNOWN} <= {"Person", "Organization", "Place"}
        found = ontology.noun_types.get(head, "")
        if kinds != {"Place"} or "Place" in allowed or ontology.kinds.get(found) != "Place":
            return False
        labels = [ontology.types[one].label for one in allowed]
        kin = any(is_below(head, label, words) or is_below(label, head, words) for label in labels)
        return not kin and found not in allowed and not ontology.is_a(found, allowed)

    @cached_property
    def ranks(self) -> frozenset[str]:
        """The classes of values that say what a person is: ranks, offices, occupations."""
        ontology = self.ontology
        told = [p for p in ontology.properties.values() if any(f.kind == "class" for f in p.frames)]
        told = [p for p in told if any(ontology.kinds.get(name) == "Person" for name in p.domain)]
        return frozenset(name for p in told for name in p.range if ontology.kinds.get(name) == "value")

    @cached_property
    def has_species(self) -> str:
        """The class of species and what they belong to, of an ontology without a lexicon; "" without one."""
        return self._class_of("species")

    @cached_property
    def has_peoples(self) -> str:
        """The class of peoples of an ontology without a lexicon; "" without one."""
        return self._class_of("people")

    def _class_of(self, sort: str) -> str:
        """The class whose label is one of the words for a sort of things."""
        words = load_words(ontology_path("derive.toml").parent).data["kinds"][sort]
        kinds = self.ontology.kinds
        return min((n for n in kinds if plain_label(self.ontology.types[n].label) in words), default="")

    def is_of_territories(self, name: str, allowed: tuple[str, ...]) -> bool:
        """Whether a name is one of a country or city, and countries or cities are allowed."""
        return self.is_territory(name) and bool(allowed) and self._has_territories(allowed)

    def is_fictional(self, names: tuple[str, ...]) -> bool:
        """Whether some classes are of invented persons, whom nothing in a name tells from real ones."""
        if not self.ontology.kinds:
            return False
        words = load_words(ontology_path("derive.toml").parent).data["kinds"]["fictional"]
        known = [self.ontology.types[name].label for name in names if name in self.ontology.types]
        return any(plain_label(label) in words for label in known)

    def _has_territories(self, allowed: tuple[str, ...]) -> bool:
        """Whether one of some classes is of countries, cities or places of any kind."""
        words = load_words(ontology_path("derive.toml").parent).data["kinds"]["territory"]
        labels = [
            plain_label(self.ontology.types[name].label) for name in allowed if name in self.ontology.types
        ]
        unknown = any(self.ontology.kinds.get(name) == UNKNOWN for name in allowed)
        return unknown or any(label in words or label.split()[-1] in words for label in labels if label)

    def is_origin(self, word: str) -> bool:
        """Whether a word is the adjective of a place, or a place that can stand as one ("US")."""
        return word in self.demonyms

    @cached_property
    def frames(self) -> dict[tuple[str, str], list[FrameOf]]:
        """The frames by kind and lemma, those of most words first."""
        table: dict[tuple[str, str], list[FrameOf]] = defaultdict(list)
        for name in sorted(self.ontology.properties):
            prop = self.ontology.properties[name]
            for frame in prop.frames:
                table[frame.kind, frame.lemma].append(FrameOf(frame, prop))
        for found in table.values():
            found.sort(
                key=lambda f: (-len(f.frame.words) - len(f.frame.fixed), f.frame.text, f.property.name)
            )
        return dict(table)

    @cached_property
    def long_nouns(self) -> dict[int, list[FrameOf]]:
        """The frames that are nouns of several words, by spaCy's number of the last one."""
        nouns = {lemma: found for (kind, lemma), found in self.frames.items() if kind == "noun"}
        long = {
            lemma: [item for item in found if len(item.frame.words) > 1] for lemma, found in nouns.items()
        }
        return {get_string_id(lemma): found for lemma, found in long.items() if found}

    @cached_property
    def labels(self) -> dict[str, list[FrameOf]]:
        """For the head noun of a label of a range or relation, the frame that names it ("the genus X")."""
        table: dict[str, list[FrameOf]] = defaultdict(list)
        for name in sorted(self.ontology.properties):
            prop = self.ontology.properties[name]
            for frame in prop.frames:
                if frame.kind == "label":
                    table[frame.lemma].append(FrameOf(frame, prop))
        return dict(table)

    @cached_property
    def _slots(self) -> dict[tuple[str, str], list[tuple[str, frozenset[str]]]]:
        """For lemma and slot, the other slot of each frame with the classes that it asks for here."""
        wanted: dict[tuple[str, str], list[tuple[str, frozenset[str]]]] = defaultdict(list)
        for frame, prop in (item for key in sorted(self.frames) for item in self.frames[key]):
            domain, range_ = (self.leaves(side) for side in (prop.domain, prop.range))
            if frame.kind == "noun" and len(frame.words) == 1:
                for slot in {"of", frame.object}:  # "an investor in Y", "an analyst at Y"
                    wanted[frame.lemma, slot].append(("", range_))
                wanted[frame.lemma, "is"].append(("", domain))
            elif frame.kind == "event" and len(frame.words) == 1:
                wanted[frame.lemma, frame.object].append(("", range_))
                wanted[frame.lemma, "poss"].append(("", domain))
            elif frame.kind == "adjective" and not frame.fixed:
                wanted[frame.lemma, frame.object].append(("", range_))
                wanted[frame.lemma, "subj"].append(("", domain))
            elif frame.kind == "verb" and not frame.fixed:
                wanted[frame.lemma, frame.subject].append((frame.object, domain))
                wanted[frame.lemma, frame.object].append((frame.subject, range_))
        return dict(wanted)

    def wanted(self, lemma: str, slot: str, filled: frozenset[str]) -> set[str]:
        """The classes that the frames with a lemma ask for in a slot, where their other slot is filled."""
        found = self._slots.get((lemma, slot), ())
        return {kind for other, kinds in found if not other or other in filled for kind in kinds}

    def leaves(self, names: tuple[str, ...]) -> frozenset[str]:
        """The classes that the recogniser can tell apart among some classes, below them, else above."""
        if names not in self._leaves:
            self._leaves[names] = frozenset(self._leaves_of(names))
        return self._leaves[names]

    def _leaves_of(self, names: tuple[str, ...]) -> set[str]:
        told = {kind.name for kind in self.ontology.types.values() if kind.ner_labels}
        below = {name for name in told if self.ontology.is_a(name, names)}
        above = {kind for kind in told for name in names if self.is_a(name, kind)}
        return below or above or set(names)

    def is_a(self, type_name: str, wanted: str) -> bool:
        """Whether a class is a class or below it."""
        return self.ontology.is_a(type_name, (wanted,))

    def is_where(self, prop: PropertyType) -> bool:
        """Whether what a relation leads to is a place, as the recogniser calls places."""
        kinds = [self.ontology.types[kind] for kind in prop.range if kind in self.ontology.types]
        return bool(kinds) and all({"GPE", "LOC"} & set(kind.ner_labels) for kind in kinds)
