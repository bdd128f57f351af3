"""From pairs of entities to relations with qualifiers and evidence, in characters of the source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.english import words
from kg.extract import brackets, repeats
from kg.extract.arguments import Argument, Reader
from kg.extract.candidate import Candidate
from kg.extract.candidates import candidates, readable
from kg.extract.clauses import conjuncts
from kg.extract.endings import is_under_way
from kg.extract.focus import reported_by
from kg.extract.implied import owner_of
from kg.extract.knowledge import FrameOf, Knowledge
from kg.extract.lasting import closing, is_spent
from kg.extract.measures import When, amount, edtf, is_over, times
from kg.extract.negation import is_contrasted
from kg.extract.offers import deals
from kg.extract.qualifiers import Reading, read_clause
from kg.extract.relations import Pair, Refusal, distinct, pairs, usable
from kg.extract.score import Derivation, cues_of, probability
from kg.extract.snapshot import snapshot
from kg.extract.state import Named, bracket_names_of, brackets_of, sentence_of
from kg.extract.surface import about_topics, surface_candidates
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
        self.prepared = doc.text  # of the same length as the source, with datelines blank
        self.rejections: list[Rejection] = []
        self.extra_mentions: list[Mention] = []

    def relations(self) -> list[Relation]:
        """All relations in the order of the text; fills ``rejections``."""
        found: list[Pair] = []
        relations: list[Relation] = []
        for candidate in (
            *about_topics(candidates(self.doc, self.know), self.reader),
            *readable(surface_candidates(self.doc, self.know), self.doc, self.know),
        ):
            if not usable(candidate):
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
        qualifiers, speaker = self._qualifiers(candidate, reading)
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
        roots = [self.doc[side.start : side.end].root for side in (pair.head, pair.tail)]
        if any(map(is_contrasted, roots)):
            return "denied"
        open_ = status in ("asserted", "planned") and any(map(is_alternative, roots))
        return "possible" if open_ else status

    def _literals(self, candidate: Candidate) -> Iterator[Relation]:
        """Relations whose object is a value: founded_on, valued_at."""
        prop = candidate.found.property
        for token in candidate.objects:
            value = literal_for(token, prop.range, self.issued)
            if value is None:
                continue
            literal, earliest, latest = value
            for word in candidate.subjects:
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
        qualifiers, speaker = self._qualifiers(candidate, reading, earliest, latest)
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
        self, candidate: Candidate, reading: Reading, earliest: str = "", latest: str = ""
    ) -> tuple[Qualifiers, Mention | None]:
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
        whens, status = self._when(candidate, reading, status) if timed else ([], status)
        time = edtf(whens)
        verb = candidate.anchor.head  # "cut its stake to 4%"
        changed = [verb] if verb.lemma_ in self.know.lexicon["light_verbs.change"] else []
        places = [candidate.anchor, self.doc[candidate.trigger[1] - 1], *changed]
        total = amount([*places, *_sums(candidate), *deals(candidate.anchor)])
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

    def _when(self, candidate: Candidate, reading: Reading, status: str) -> tuple[list[When], str]:
        """The times of a proposition, and its status: a past state that is said to have ended is over."""
        if status == "asserted":
            end = closing(candidate.anchor, self.doc[candidate.trigger[1] - 1])
            if end is not None:
                ends = times((end,), [], self.issued, False, frozenset())
                return [when._replace(side="until") for when in ends], "ended"
        spent = is_spent(candidate.anchor)
        before = spent and candidate.anchor.dep_ == "pcomp"  # "since 2021 after running Y": not since 2021
        within = reading._replace(chain=reading.chain[:1]) if before else reading
        whens = self._times(candidate, within, status)
        over = is_over(whens, candidate.anchor, self.issued) or spent
        past = candidate.anchor.lemma_ in words("status.lasting.states") and candidate.anchor.tag_ == "VBD"
        if (
            status == "asserted" and not (spent or past) and self._is_to_come(whens)
        ):  # "named X chief executive from 1 May"
            return whens, "planned"
        over = over and status == "asserted"
        if status == "asserted" and self._is_to_come(whens, point=True):  # "will stop making it in 2027"
            whens = []
        return whens, "ended" if over else status

    def _is_to_come(self, whens: list[When], point: bool = False) -> bool:
        """Whether a proposition begins after the day of its document, or is of a ``point`` in time then."""
        starts = [when.time.earliest for when in whens if when.side == ("" if point else "since")]
        return bool(starts) and self.issued is not None and starts[0] > self.issued

    def _times(self, candidate: Candidate, reading: Reading, status: str) -> list[When]:
        future = status in ("planned", "possible") or reading.status in ("planned", "possible")
        own = self.doc[candidate.trigger[1] - 1]
        extra = [own] if own != candidate.anchor else []
        sayers = self.know.lexicon["attribution.verbs"] | self.know.lexicon["status.pending.verbs"]
        found = times(reading.chain, extra, self.issued, future, sayers)
        if found or status != "denied":
            return found
        deniers = [
            t for t in reading.chain[1:] if self.know.lexicon.status.get(("verbs", t.lemma_)) == "denied"
        ]
        return times(tuple(deniers[:1]), [], self.issued, False, frozenset()) if deniers else []

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
