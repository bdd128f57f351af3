"""What a document has talked about up to a word: the memory that pronouns and descriptions go back to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property

from spacy.tokens import Doc, Token

from kg.extract.classes import describing_nouns
from kg.extract.couples import wed_to
from kg.extract.gender import Gender, gender_of
from kg.extract.knowledge import Knowledge
from kg.extract.standing import (
    PERSONAL,
    Seen,
    Standing,
    clause_of,
    is_reporter,
    is_subject,
    role_of,
    standing_of,
)
from kg.extract.state import LocalEntity, Named, sentence_of

#: How many of the latest mentions a pronoun can go back to: it keeps the search linear.
WINDOW = 40
#: The weight of a class that withstands "he" and "she".
SETTLED = 25
#: Pronouns that stand for no person.
_NEUTER = frozenset(("it", "its", "itself", "which"))
_OPENING, _CLOSING = frozenset(('"', "“", "``")), frozenset(('"', "”", "''"))


class Discourse:
    """The mentions so far, and what the document says its things are."""

    def __init__(self, doc: Doc, entities: list[LocalEntity], named: list[Named], know: Knowledge) -> None:
        self.doc, self.entities, self.know = doc, entities, know
        self._starts = {sent.start for sent in doc.sents}
        self.sentence = [number for number, sent in enumerate(doc.sents) for _ in sent]
        self.frequency = Counter(number for mention in named for number in mention.entities)
        self.nouns: dict[int, set[str]] = {}
        self.seen: list[Seen] = []
        self.pairs: list[tuple[int, ...]] = []
        self._couples: list[tuple[int, tuple[int, int]]] = []
        self.first: dict[int, int] = {}
        self.quotations = _quotations(doc)
        self._quoted = frozenset(i for start, end in self.quotations for i in range(start, end))
        self._names = {i for mention in named for i in range(mention.start, mention.end)}
        self._classes_seen: set[str] = set()
        self.reporters: set[int] = set()
        self.last_subject: dict[str, int] = {}
        self.latest: dict[int, int] = {}
        self.resolved: set[int] = set()
        self.acting: set[int] = set()
        self.labelled: set[int] = set()
        self._speakers: dict[int, int | None] = {}
        self._named_at: dict[int, int] = {}
        self._said_at: dict[int, list[int]] = {}
        self.called: dict[int, Counter[str]] = {}
        self._neuter: set[int] = set()
        self.described: dict[str, int] = {}
        self._unmeant: dict[str, int] = {}
        self.persons_in: dict[int, list[int]] = {}
        self._mentioned: Counter[int] = Counter()
        self._as_subject: Counter[int] = Counter()
        self._standings: dict[int, Standing] = {}
        self.last_pronoun: dict[str, Seen] = {}
        self.names_in: dict[int, list[Seen]] = {}
        self._classes: dict[tuple[int, str], bool] = {}
        self._genders: dict[int, Gender] = {}
        self._spans: dict[int, list[tuple[int, int]]] = {}
        for mention in named:
            self._read_name(mention)

    def _read_name(self, mention: Named) -> None:
        """What a name tells wherever it stands: its nouns, and whether the thing acts."""
        doc = self.doc
        for number in mention.entities:
            self.nouns.setdefault(number, set()).update(describing_nouns(doc, mention.start, mention.end))
            self._spans.setdefault(number, []).append((mention.start, mention.end))
        if mention.kind == "name" and len(mention.entities) == 1:
            seen = self._seen(mention, mention.entities[0], -1)
            self._named_at[seen.token.i] = seen.entity
            if seen.role in ("subject", "owner", "agent"):
                self.acting.add(seen.entity)
            if seen.token.ent_type_ == "PERSON":
                self.labelled.add(seen.entity)
            self.names_in.setdefault(seen.sentence, []).append(seen)

    def _seen(self, mention: Named, number: int, order: int) -> Seen:
        root = self.doc[mention.start : mention.end].root
        sentence = self.sentence[root.i]
        opens = root.i in self._starts
        return Seen(number, root, sentence, role_of(root), mention.kind, order, clause_of(root).i, opens)

    def add(self, mention: Named) -> None:
        """Take a mention into the discourse, and a coordination as a plural."""
        if mention.entities:
            self.resolved.update(range(mention.start, mention.end))
        for number in mention.entities or mention.guess:
            seen = self._seen(mention, number, len(self.seen))
            self.seen.append(seen)
            self._said_at.setdefault(seen.token.i, []).append(number)
            self.latest[number] = seen.order
            self._mentioned[number] += 1
            self._as_subject[number] += seen.subject
            if self.is_person(number):
                self.persons_in.setdefault(seen.sentence, []).append(number)
                self._add_couple(seen)
            if not is_reporter(seen.token):
                self.reporters.discard(number)
            elif number not in self.first:
                self.reporters.add(number)
            self.first.setdefault(number, seen.order)
            if self.is_named(number):
                self._classes_seen.update(self._supers(number))
            if seen.subject or is_subject(seen.token):
                self.last_subject["person" if self.is_person(number) else "thing"] = number
            if mention.kind == "pronoun":
                self._add_pronoun(seen, bool(mention.entities))
        root = self.doc[mention.start : mention.end].root
        if len(mention.entities) > 1:
            self.pairs.append(mention.entities)
        elif root.dep_ == "conj" and mention.entities:
            self._add_pair(root, mention.entities[0])
        elif mention.entities:
            self._add_run_in(mention)

    def _add_pronoun(self, seen: Seen, sure: bool) -> None:
        """What a pronoun calls its thing: he, she or it."""
        word = seen.token.lower_
        if sure and word in _NEUTER:
            self._neuter.add(seen.entity)
        self.last_pronoun[PERSONAL.get(word, "thing")] = seen
        self.called.setdefault(seen.entity, Counter())[PERSONAL.get(word, "")] += 1

    def _add_couple(self, seen: Seen) -> None:
        """ "X married Y" can be "the couple" later."""
        other = wed_to(seen.token, self.entity_at)
        if other is not None and other != seen.entity and self.is_person(other):
            self._couples.append((seen.sentence, (other, seen.entity)))

    def couple(self, sentence: int) -> tuple[int, int] | None:
        """The two who were last said to be married, not long before a sentence."""
        recent = [pair for said, pair in self._couples[-1:] if sentence - said <= 3]
        return recent[0] if recent else None

    def _add_pair(self, second: Token, number: int) -> None:
        """ "X and Y" can be "they" and "the two companies" later."""
        first = (second.head.i, *(token.i for token in second.head.lefts))
        before = [seen.entity for seen in self.seen[-4:-1] if seen.token.i in first]
        if before and before[-1] != number:
            self.pairs.append((before[-1], number))

    def _add_run_in(self, mention: Named) -> None:
        """ "Norvik Energy and Skagen Power" where the parser made the first name a modifier of the second."""
        joined = mention.start > 1 and self.doc[mention.start - 1].lower_ in ("and", "&")
        before = self.seen[-2] if joined and len(self.seen) > 1 else None
        if before is not None and before.token.i < mention.start - 1:
            inside = mention.start <= before.token.head.i < mention.end
            if inside and before.token.dep_ in ("nmod", "compound", "amod"):
                self.pairs.append((before.entity, mention.entities[0]))

    def entities_at(self, tokens: Iterable[Token]) -> list[int]:
        """The things that some words stand for, as far as they were said, in the order of the text."""
        places = sorted(token.i for token in tokens)
        return [number for place in places for number in self._said_at.get(place, ())]

    def entity_at(self, tokens: Iterable[Token]) -> int | None:
        """The thing that the last of some words stands for that was said; None where none was."""
        return next(reversed(self.entities_at(tokens)), None)

    def named_at(self, token: Token) -> int | None:
        """The thing that the name with a word as its head names, also further on in the text."""
        return self._named_at.get(token.i)

    def use_noun(self, noun: str, token: Token, number: int | None) -> None:
        """Remember what "the museum" was used for; None where it meant nothing that was named before."""
        if number is not None:
            self.described[noun] = number
        else:
            self._unmeant.setdefault(noun, token.i)

    def is_called(self, number: int, noun: str, token: Token) -> bool:
        """Whether a thing can be "the museum": by a word of its name, or as the text has called it.

        Not one that was named only after the text spoke of another "museum".
        """
        words = self.entities[number].name.lower().split()
        if self._unmeant.get(noun, token.i) < self.seen[self.first[number]].token.i:
            return False
        called = noun in words or noun in self.nouns.get(number, ())
        public = not self.know.lexicon["public.organizations"].isdisjoint(words)
        return called or (not public and not self.know.lexicon.naming(noun).isdisjoint(words))

    def topic(self, numbers: set[int]) -> int | None:
        """Of some things the one that the text names half as often again as any other."""
        return standing_out(Counter({number: self.frequency[number] for number in numbers}))

    def is_name(self, token: Token) -> bool:
        """Whether a word is part of a name."""
        return token.i in self._names

    def in_quotes(self, token: Token) -> bool:
        """Whether a word is somebody's own words."""
        return token.i in self._quoted

    def speaker(self, token: Token) -> int | None:
        """Whose words a word inside a quotation is; None outside of one, or where no name says so."""
        for start, end in self.quotations:
            if start <= token.i < end:
                if start not in self._speakers:
                    subject = speaking(self.doc, start, end, self.know.lexicon["attribution.verbs"])
                    self._speakers[start] = None if subject is None else self.named_at(subject)
                return self._speakers[start]
        return None

    def _supers(self, number: int) -> frozenset[str]:
        kind = self.know.ontology.types.get(self.entities[number].type)
        return kind.supers if kind else frozenset()

    def has_seen(self, wanted: str) -> bool:
        """Whether a named thing of a class was mentioned so far."""
        return wanted in self._classes_seen

    def is_named(self, number: int) -> bool:
        """Whether a thing has a name; a "he" before any name stands for one that has none."""
        return not self.entities[number].is_nameless

    def is_value(self, number: int) -> bool:
        """Whether a thing is a common word that an ontology without a lexicon has for a value."""
        return self.know.ontology.kinds.get(self.entities[number].type) == "value"

    def of_class(self, number: int, wanted: str) -> bool:
        """Whether an entity is of a class; one whose class is unknown is of none."""
        key = (number, wanted)
        if key not in self._classes:
            self._classes[key] = self.know.is_a(self.entities[number].type, wanted)
        return self._classes[key]

    @cached_property
    def most_named(self) -> int:
        """How often the thing is named that is named most."""
        return max(self.frequency.values(), default=0)

    @cached_property
    def persons_named(self) -> int:
        """How often persons are named in all."""
        return sum(times for number, times in self.frequency.items() if self.is_person(number))

    def subject_share(self, number: int) -> float:
        """The share of a thing's mentions so far that were subjects."""
        return self._as_subject[number] / max(1, self._mentioned[number])

    def standing(self, seen: Seen) -> Standing:
        """How a mention stands in its clause."""
        if seen.token.i not in self._standings:
            self._standings[seen.token.i] = standing_of(seen, self.doc[seen.clause])
        return self._standings[seen.token.i]

    def gender(self, number: int) -> Gender:
        """Whether a thing is called he or she."""
        if number not in self._genders:
            starts = [start for start, _ in self._spans.get(number, ())]
            words = {self.doc[start - 1].lower_.rstrip(".") for start in starts if start}
            words |= self.nouns.get(number, set())
            self._genders[number] = gender_of(self.entities[number], words, self.doc.vocab, self.know.lexicon)
        return self._genders[number]

    def may_be_person(self, number: int) -> bool:
        """Whether a name that was not taken for a person's looks like one."""
        entity, lexicon = self.entities[number], self.know.lexicon
        name, words = entity.name, entity.name.split()
        return (
            number not in self._neuter
            and entity.weight < SETTLED
            and name not in self.know.gazetteer
            and len(words) < 4
            and all(word[0].isupper() and word[1:2].islower() and word.isalpha() for word in words)
            and not lexicon.has("names.organization_words", words[-1].lower())
            and not lexicon.has("names.product_words", words[-1].lower())
            and not lexicon.has("names.place_words", words[-1].lower())
        )

    def is_person(self, number: int) -> bool:
        """Whether an entity is a person, as far as the document says."""
        return self.of_class(number, "Person")


def standing_out(times: Counter[int]) -> int | None:
    """The one of some things that is named half as often again as any other."""
    ranked = sorted(times.items(), key=lambda item: (-item[1], item[0]))
    clear = ranked and (len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1])
    return ranked[0][0] if clear else None


def _quotations(doc: Doc) -> list[tuple[int, int]]:
    """The words between quotation marks; a mark that is not closed before the next line quotes nothing."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for token in doc:
        if "\n" in token.text:
            opened = None
        elif token.text in _OPENING and opened is None:
            opened = token.i
        elif token.text in _CLOSING and opened is not None:
            if token.i - opened > 3:
                found.append((opened + 1, token.i))
            opened = None
    return found


def speaking(doc: Doc, start: int, end: int, verbs: frozenset[str]) -> Token | None:
    """The subject of the verb of saying beside a quotation: "…," she said; Moe said: "…"."""
    first, last = sentence_of(doc[start]).start, sentence_of(doc[min(end, len(doc) - 1)]).end
    for index in (*range(end, last), *range(start - 1, first - 1, -1)):
        verb = doc[index]
        if verb.lemma_ in verbs and verb.pos_ == "VERB":
            subjects: list[Token] = [child for child in verb.children if child.dep_ == "nsubj"]
            if subjects:
                return subjects[0]
    return None
