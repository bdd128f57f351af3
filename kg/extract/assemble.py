"""From pairs of entities to relations with qualifiers and evidence, in characters of the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from spacy.tokens import Doc, Token

from kg.extract import brackets, gapped, repeats
from kg.extract.arguments import Argument, Reader
from kg.extract.attributes import after_coreference
from kg.extract.candidate import Candidate
from kg.extract.candidates import candidates, readable
from kg.extract.clauses import conjuncts
from kg.extract.endings import is_under_way
from kg.extract.focus import reported_by
from kg.extract.implied import owner_of
from kg.extract.knowledge import FrameOf, Knowledge
from kg.extract.measures import amount, edtf
from kg.extract.negation import is_contrasted
from kg.extract.offers import deals
from kg.extract.qualifiers import Reading, read_clause
from kg.extract.relations import Pair, Refusal, distinct, pairs, usable
from kg.extract.score import Derivation, cues_of, probability
from kg.extract.snapshot import snapshot
from kg.extract.state import Named, bracket_names_of, brackets_of, sentence_of
from kg.extract.surface import about_topics, surface_candidates
from kg.extract.timing import Clock
from kg.extract.unsettled import is_alternative
from kg.extract.values import date_type, literal_for
from kg.model import Document, Evidence, Literal, Mention, Qualifiers, Rejection, Relation

_SPANS = ("name", "pronoun", "description", "demonym", "implicit")


class Assembler:
    """Turns the candidates of one document into relations; holds what all of them need."""

    def __init__(self, doc: Doc, document: Document, know: Knowledge, issued: str | None) -> None:
        doc = snapshot(doc)
        self.doc, self.document, self.know, self.issued = doc, document, know, issued
        self.reader = Reader(doc, know)
        self.clock = Clock(doc, know, issued)
        self.prepared = doc.text  # of the same length as the source, with datelines blank
        self.rejections: list[Rejection] = []
        self.extra_mentions: list[Mention] = []

    def relations(self) -> list[Relation]:
        """All relations in the order of the text; fills ``rejections``."""
        found: list[Pair] = []
        relations: list[Relation] = []
        for found_early in (
            *about_topics(candidates(self.doc, self.know), self.reader),
            *readable(surface_candidates(self.doc, self.know), self.doc, self.know),
        ):
            candidate = after_coreference(found_early, self.know)
            if candidate is None or not usable(candidate):
                continue
            if candidate.found.property.literal:
                relations.extend(self._literals(candidate))
                continue
            for result in pairs(candidate, self.reader, owner_of(candidate, self.reader)):
                if isinstance(result, Pair) and not self._is_nameless(result.head, result.tail):
                    found.append(result)
                elif isinstance(result, Refusal):
                    self.rejections.append(self._rejection(result))
        relations.extend(self._bracketed())
        for pair in distinct(found, self.reader):
            relations.extend(self._relations(pair))
        names, text = bracket_names_of(self.doc), self.document.text
        relations = [more for one in relations for more in repeats.bracketed(one, names, text)]
        return sorted(_once(relations), key=_order)

    def _is_nameless(self, *sides: Argument) -> bool:
        """Whether a text never names a side: without a lexicon such a reading is worth nothing."""
        things = [self.reader.entities[side.entity] for side in sides]
        return bool(self.know.ontology.kinds) and any(thing.is_nameless for thing in things)

    def _is_offer(self, candidate: Candidate) -> bool:
        """A bid or an offer is not yet what it is for, nor has who "bid for X" bought it."""
        trigger = self.doc[candidate.trigger[1] - 1]
        if trigger.lemma_ == "offer" and "$" in candidate.found.frame.fixed:  # "offered $2 billion for X"
            return True
        kind = "status.possible.event_nouns" if trigger.pos_ == "NOUN" else "offers.always"
        return trigger.lemma_.lower() in self.know.lexicon[kind]

    def scored(self, relation: Relation, derivation: Derivation) -> Relation:
        """The relation with the probability that it is right."""
        return replace(relation, score=probability(cues_of(derivation, self.reader)))

    def _relations(self, pair: Pair) -> Iterator[Relation]:
        """The relation of a pair, for each way in which its sentence names the two."""
        candidate = pair.candidate
        prop = candidate.found.property
        inverse = self.know.ontology.properties.get(prop.inverse or "")
        turned = prop.name in self.know.ontology.inverse_only and inverse is not None
        name = inverse.name if turned and inverse is not None else prop.name
        noun = self.doc[candidate.trigger[1] - 1]
        reading = read_clause(candidate.anchor, self.know, candidate.granted, noun)
        own = next(filter(gapped.own, self._roots(pair)), None)
        qualifiers, speaker = self._qualifiers(candidate, reading, own)
        phrase, evidence = self._phrase(candidate), self._evidence(candidate)
        for number, said in enumerate(repeats.repeated(pair, self.reader)):
            head, tail = (self.mention(side) for side in (said.head, said.tail))
            sides = (tail, head) if turned else (head, tail)
            told = replace(qualifiers, status=self._of_sides(said, qualifiers.status))
            relation = Relation(name, phrase, *sides, told, evidence, speaker)
            derivation = _derivation(candidate, (said.head, said.tail), qualifiers, number > 0)
            yield self.scored(relation, derivation)

    def _of_sides(self, pair: Pair, status: str) -> str:
        """The status of a relation by its two sides: "but not Y", "X or Y"."""
        roots = self._roots(pair)
        if any(map(is_contrasted, roots)):
            return "denied"
        open_ = status in ("asserted", "planned") and any(map(is_alternative, roots))
        return "possible" if open_ else status

    def _roots(self, pair: Pair) -> list[Token]:
        return [self.doc[side.start : side.end].root for side in (pair.head, pair.tail)]

    def _literals(self, candidate: Candidate) -> Iterator[Relation]:
        """Relations whose object is a value: founded_on, valued_at."""
        prop = candidate.found.property
        values = candidate.objects
        if values and values[0].ent_type_ == "DATE":  # nobody is born twice
            values = values[:1]
        for token, word in product(values, candidate.subjects):
            own = next(gapped.own_values(word), token) if gapped.own(word) else token
            value = literal_for(own, prop.range, self.issued)
            if value is not None:
                literal, earliest, latest = value
                for head in self.reader.arguments(word):
                    if (
                        head.via == "part"
                    ):  # when a part was set up or what it is worth says nothing of the whole
                        continue
                    admitted = self.know.ontology.admits(self.reader.type_of(head), prop.domain)
                    if admitted and not self._is_nameless(head):
                        yield from self._valued(candidate, head, literal, earliest, latest)

    def _valued(
        self, candidate: Candidate, head: Argument, literal: Literal, earliest: str, latest: str
    ) -> Iterator[Relation]:
        """One relation to a value, and once for each further name or pronoun of its subject."""
        reading = read_clause(candidate.anchor, self.know, candidate.granted)
        qualifiers, speaker = self._qualifiers(candidate, reading, None, earliest, latest)
        evidence, phrase = self._evidence(candidate), self._phrase(candidate)
        more = repeats.others(head, sentence_of(candidate.anchor), self.reader)
        for n, one in enumerate((head, *more)):
            relation = Relation(
                candidate.found.property.name,
                phrase,
                self.mention(one),
                literal,
                qualifiers,
                evidence,
                speaker,
            )
            yield self.scored(relation, _derivation(candidate, (one,), qualifiers, n > 0))

    def _bracketed(self) -> Iterator[Relation]:
        """What brackets after names say: birth, death and where."""
        text = self.document.text
        for start, end, _ in brackets_of(self.doc):
            before = next(
                (
                    n
                    for n in self.reader.named
                    if self._chars(n.start, n.end)[1] in range(start - 2, start + 1)
                ),
                None,
            )
            if before is None or before.kind != "name":
                continue
            for value in brackets.values(text, start, end):
                entity = self.reader.entities[before.entities[0]]
                found = brackets.frame_for(value, self.know, entity.type)
                if found is not None:
                    yield from self._of_value(before, found, value)

    def _of_value(self, before: Named, found: FrameOf, value: brackets.Value) -> Iterator[Relation]:
        """One relation of a bracket; its trigger is the value's own words."""
        text = self.document.text
        words = text[value.start : value.end]
        tail: Literal | Mention | None = None
        if value.kind == "place":
            number = self.reader.entity_named(words, "Place")
            tail = Mention(value.start, value.end, words, "Place", self.reader.entities[number].name, number)
            self.extra_mentions.append(tail)
        else:
            date = brackets.edtf(text, value)
            if date is not None:
                tail = Literal(date, date_type(date), words, value.start, value.end)
        if tail is None:
            return
        start, end = self._sentence(self.doc[before.start])
        evidence = Evidence(
            self.document.id, text[start:end], start, end, words, value.start, value.end, "bracket"
        )
        first = Argument(before.entities[0], before.start, before.end, before.kind)
        anchor = self.doc[before.start]
        for n, head in enumerate((first, *repeats.others(first, sentence_of(anchor), self.reader))):
            relation = Relation(found.property.name, words, self.mention(head), tail, Qualifiers(), evidence)
            place = (before.end, before.end)
            derivation = Derivation("bracket", found, (head,), place, anchor, "asserted", n > 0)
            yield self.scored(relation, derivation)

    # ------------------------------------------------------------ qualifiers

    def _qualifiers(
        self,
        candidate: Candidate,
        reading: Reading,
        own: Token | None = None,
        earliest: str = "",
        latest: str = "",
    ) -> tuple[Qualifiers, Mention | None]:
        """Status, time, amount and source; ``own``: a listed name that has its own ("and Y in 2021")."""
        status = reading.status
        if candidate.ends:
            over = status in ("asserted", "ended") and not is_under_way(candidate.anchor)
            status = "ended" if over else "asserted"  # who will leave in January is still there
        elif candidate.construction == "origin" and status == "ended":
            status = "asserted"  # "a Dutch former skater", "a former French president"
        if status == "asserted" and self._is_offer(candidate):
            status = "possible"
        speaker, written = self._speaker(candidate, reading)
        timed = not earliest and not (candidate.ends and status == "asserted")
        whens, status = self.clock.when(candidate, reading, status, own) if timed else ([], status)
        time = edtf(whens)
        verb = candidate.anchor.head  # "cut its stake to 4%"
        changes = candidate.anchor.pos_ == "NOUN" and verb.lemma_ in self.know.lexicon["light_verbs.change"]
        changed = [verb] if changes else []
        places = [candidate.anchor, self.doc[candidate.trigger[1] - 1], *changed]
        total = amount([own] if own else [*places, *_sums(candidate), *deals(candidate.anchor)])
        if candidate.found.property.literal:
            total = total._replace(amount=None, currency=None)
        point = whens[0] if whens and not any(w.side for w in whens) else None
        return (
            Qualifiers(
                status=status,
                attributed_as_written=written,
                time=time,
                time_as_written=whens[0].text if whens else None,
                earliest=point.time.earliest if point else earliest or None,
                latest=point.time.latest if point else latest or None,
                start_date=next((w.time.earliest for w in whens if w.side == "since"), None),
                end_date=next((w.time.latest for w in whens if w.side == "until"), None),
                amount=total.amount,
                currency=total.currency,
                percent=total.percent,
            ),
            speaker,
        )

    def _speaker(self, candidate: Candidate, reading: Reading) -> tuple[Mention | None, str | None]:
        """Who says so, as an entity where it is one, and in the words of the text."""
        for token in reading.speakers:
            found = self.reader.arguments(token)
            if found:
                mention = self.mention(found[0])
                return mention, mention.text if mention.kind == "name" else mention.name
        if reading.speakers:
            token = reading.speakers[0]
            return None, self._text(token.left_edge.i, token.i + 1)
        source = reported_by(sentence_of(candidate.anchor), self.reader)
        if source is not None:
            mention = self.mention(source)
            return mention, mention.text
        return None, None

    # ------------------------------------------------------------ text

    def mention(self, argument: Argument) -> Mention:
        """An argument in characters of the source."""
        entity = self.reader.entities[argument.entity]
        start, end = self._chars(argument.start, argument.end)
        kind = argument.via if argument.via in _SPANS else "name"
        name = "" if entity.is_nameless else entity.name  # a "he" that the text never names
        return Mention(start, end, self.document.text[start:end], entity.type, name, argument.entity, kind)

    def _chars(self, start: int, end: int) -> tuple[int, int]:
        last = self.doc[end - 1]
        return self.doc[start].idx, last.idx + len(last)

    def _text(self, start: int, end: int) -> str:
        first, last = self._chars(start, end)
        return " ".join(self.document.text[first:last].split())

    def _phrase(self, candidate: Candidate) -> str:
        """The trigger with the preposition of its frame, as it reads in the text."""
        frame = candidate.found.frame
        words = self._text(*candidate.trigger)
        tail = [word for word in (*frame.fixed, frame.object) if word in _prepositions(candidate)]
        return " ".join([words, *tail])

    def _evidence(self, candidate: Candidate) -> Evidence:
        start, end = self._sentence(candidate.anchor)
        first, last = self._chars(*candidate.trigger)
        text = self.document.text
        return Evidence(
            self.document.id,
            text[start:end],
            start,
            end,
            text[first:last],
            first,
            last,
            candidate.construction,
        )

    def _sentence(self, token: Token) -> tuple[int, int]:
        """The characters of a word's sentence, without the space around it."""
        sentence = sentence_of(token)
        start, end = self._chars(sentence.start, sentence.end)
        raw = self.prepared[start:end]
        return start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip()))

    def _rejection(self, refusal: Refusal) -> Rejection:
        names = [self.mention(argument).called for argument in (refusal.head, refusal.tail)]
        candidate = refusal.candidate
        return Rejection(
            candidate.found.property.name, names[0], names[1], refusal.reason, self._evidence(candidate)
        )


def _derivation(
    candidate: Candidate, sides: tuple[Argument, ...], qualifiers: Qualifiers, repeated: bool = False
) -> Derivation:
    """What the score of a candidate's relation goes by."""
    words, anchor, status = candidate.trigger, candidate.anchor, qualifiers.status
    return Derivation(candidate.construction, candidate.found, sides, words, anchor, status, repeated)


def _once(relations: list[Relation]) -> list[Relation]:
    """One relation for what a sentence says twice ("sold its stake in" is a verb and a noun)."""
    kept: dict[tuple[object, ...], Relation] = {}
    for relation in relations:
        tail = relation.tail
        said = (tail.start, tail.entity) if isinstance(tail, Mention) else tail.value
        key = (
            relation.predicate,
            (relation.head.start, relation.head.entity),  # "they" can be two
            said,
            relation.evidence.start,
            relation.qualifiers.status,
        )
        kept.setdefault(key, relation)
    return list(kept.values())


def _prepositions(candidate: Candidate) -> set[str]:
    anchor = candidate.anchor
    return {
        token.lower_
        for token in anchor.subtree
        if token.pos_ in ("ADP", "PART") and token.i > candidate.trigger[0]
    }


def _sums(candidate: Candidate) -> list[Token]:
    """Further words on which an amount may hang: the coordinated verbs share none, the objects do."""
    return [token for word in candidate.objects for token in conjuncts(word)][:1] if candidate.ends else []


def _order(relation: Relation) -> tuple[int, int, str, int, int]:
    evidence, tail = relation.evidence, relation.tail
    return evidence.trigger_start, relation.head.start, relation.predicate, tail.start, tail.end
