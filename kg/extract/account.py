"""How an extraction came about: each proposition with the frames that took it, or why none did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.extract import Extractor, clauses, nominals
from kg.extract.arguments import Reader
from kg.extract.attributes import after_coreference
from kg.extract.candidate import Candidate
from kg.extract.candidates import candidates
from kg.extract.knowledge import FrameOf, Knowledge
from kg.extract.relations import usable
from kg.extract.slots import verb_slots
from kg.extract.snapshot import snapshot
from kg.model import Account, Document, Extraction, Filler, FrameUse, Proposition

_KINDS = {
    "compound": "compound",
    "origin": "origin",
    "adjective": "adjective",
    "verb": "verb",
    "ends": "verb",
}
_PERSONAL = ("PRP", "PRP$")
_SHOWN = 4  # frames named where none of them fits


def accounts(extractor: Extractor, documents: Iterable[Document]) -> Iterator[Account]:
    """The extraction of each document with its propositions."""
    for document in documents:
        doc = snapshot(extractor.parse(document))
        extraction = extractor.read(doc, document)
        know = extractor.know
        yield Account(
            extraction,
            tuple(_sentences(doc, document)),
            tuple(_Witness(doc, extraction, know).propositions()),
            tuple(_unresolved(doc, extraction)),
        )


def _sentences(doc: Doc, document: Document) -> Iterator[tuple[int, int]]:
    for sent in doc.sents:
        start, end = sent.start_char, sent.end_char
        raw = document.text[start:end]
        if raw.strip():
            yield start + len(raw) - len(raw.lstrip()), end - (len(raw) - len(raw.rstrip()))


def _unresolved(doc: Doc, extraction: Extraction) -> Iterator[tuple[int, int]]:
    """The personal pronouns that no mention covers."""
    covered = {i for m in extraction.mentions if m.kind == "pronoun" for i in range(m.start, m.end)}
    for token in doc:
        if token.tag_ in _PERSONAL and token.idx not in covered:
            yield token.idx, token.idx + len(token)


class _Witness:
    """Looks at one document after its extraction; holds what all questions need."""

    def __init__(self, doc: Doc, extraction: Extraction, know: Knowledge) -> None:
        self.doc, self.extraction, self.know = doc, extraction, know
        self.text = extraction.document.text
        self.reader = Reader(doc, know)
        self.light = know.lexicon["light_verbs.all"]
        self.candidates: dict[int, list[Candidate]] = defaultdict(list)
        for candidate in filter(None, (after_coreference(c, know) for c in candidates(doc, know))):
            self.candidates[candidate.trigger[1] - 1].append(candidate)

    def propositions(self) -> Iterator[Proposition]:
        """All of them in the order of the text; last those of a document's brackets."""
        found = [p for token in self.doc for p in self._at(token)]
        seen = {proposition.start for proposition in found}
        for relation in self.extraction.relations:
            evidence = relation.evidence
            if evidence.trigger_start not in seen:
                seen.add(evidence.trigger_start)
                use = FrameUse(relation.predicate, relation.phrase, evidence.construction, "said")
                span = (evidence.trigger, evidence.trigger_start, evidence.trigger_end)
                found.append(Proposition(evidence.construction, *span, uses=(use,)))
        yield from sorted(found, key=lambda p: (p.start, p.end, p.kind))

    def _at(self, token: Token) -> Iterator[Proposition]:
        """What a word says, where it says something of things that have names."""
        taken = self.candidates.get(token.i, [])
        if taken:
            kind = _KINDS.get(taken[0].found.frame.kind, "noun")
            fillers = self._fillers(token, kind) or self._given(taken)
            uses = tuple(dict.fromkeys(self._use(candidate) for candidate in taken))
            start = min(candidate.trigger[0] for candidate in taken)
            yield Proposition(kind, *self._span(start, token.i + 1), fillers, uses)
            return
        kind = {"VERB": "verb", "NOUN": "noun"}.get(token.pos_, "")
        if not kind or token.i in self.reader.at:
            return
        fillers = self._fillers(token, kind)
        things = {thing for filler in fillers for thing in filler.things}
        known = self._frames(token, kind)
        if not known and _governs(token) and all(f.slot == "subj" for f in fillers if f.things):
            return
        if (things and kind == "verb") or len(things) > 1 or (things and known):
            reason = self._why_none(token, kind, known)
            yield Proposition(kind, *self._span(token.i, token.i + 1), fillers, (), reason)

    # ------------------------------------------------------------ slots

    def _fillers(self, token: Token, kind: str) -> tuple[Filler, ...]:
        slots = (
            self._verb_slots(token) if kind == "verb" else self._noun_slots(token) if kind == "noun" else []
        )
        seen: dict[tuple[str, int], Filler] = {}
        for slot, word in slots:
            seen.setdefault((slot, word.i), self._filler(slot, word))
        return tuple(seen.values())

    def _verb_slots(self, verb: Token) -> list[tuple[str, Token]]:
        found = verb_slots(verb)
        return [(slot, word) for slot in found if slot[0].isalpha() for word in found[slot]]

    def _noun_slots(self, noun: Token) -> list[tuple[str, Token]]:
        slots = [("is", word) for _, word in nominals.bearers(noun)]
        slots += [("poss", word) for word in nominals.possessors(noun)]
        slots += [("have", word) for word, _ in nominals.holders(noun, self.light)]
        slots += [("mod", word) for word in nominals.modifiers(noun)]
        return slots + list(nominals.noun_prepositions(noun, self.light))

    def _given(self, taken: list[Candidate]) -> tuple[Filler, ...]:
        first = taken[0]
        sides = (("X", first.subjects), ("Y", first.objects))
        return tuple(self._filler(slot, word) for slot, words in sides for word in words)

    def _filler(self, slot: str, word: Token) -> Filler:
        mention = self.reader.at.get(word.i)
        start, end = (mention.start, mention.end) if mention else (_phrase_start(word), word.i + 1)
        found = (self.reader.entities[a.entity] for a in self.reader.arguments(word))
        names = (entity.name for entity in found if not entity.is_nameless)
        return Filler(slot, " ".join(self._span(start, end)[0].split()), tuple(dict.fromkeys(names)))

    # ------------------------------------------------------------ frames

    def _use(self, candidate: Candidate) -> FrameUse:
        """What became of a frame that fits the words."""
        prop, frame = candidate.found.property, candidate.found.frame
        start = self._span(*candidate.trigger)[1]
        stated = {prop.name} | ({prop.inverse} if prop.name in self.know.ontology.inverse_only else set())
        outcome, reason = "silent", ""
        refused = [
            r.reason
            for r in self.extraction.rejections
            if r.predicate == prop.name and r.evidence.trigger_start == start
        ]
        if any(
            r.predicate in stated and r.evidence.trigger_start == start for r in self.extraction.relations
        ):
            outcome = "said"
        elif refused:
            outcome, reason = "rejected", "; ".join(dict.fromkeys(refused))
        else:
            reason = self._why_silent(candidate)
        kind = "ends" if frame.ends else frame.kind
        return FrameUse(prop.name, f'lex:{kind} "{frame.text}"', candidate.construction, outcome, reason)

    def _why_silent(self, candidate: Candidate) -> str:
        if not usable(candidate):
            return "a headline is no witness of its own"
        prop = candidate.found.property
        for side, words in (("subject", candidate.subjects), ("object", candidate.objects)):
            if not words:
                return f"no {side} is said"
            value = side == "object" and prop.literal
            if not value and not any(self.reader.arguments(word) for word in words):
                return f'the {side} "{self._filler("", words[0]).text}" stands for no name'
        if prop.literal:
            return self._why_no_value(candidate)
        sides = [
            {self.reader.entities[a.entity].name for word in words for a in self.reader.arguments(word)}
            for words in (candidate.subjects, candidate.objects)
        ]
        if len(sides[0]) == 1 and sides[0] == sides[1]:
            return f"both sides are {min(sides[0])}"
        return "another reading of the same words says more"

    def _why_no_value(self, candidate: Candidate) -> str:
        prop = candidate.found.property
        kinds = [self.reader.type_of(a) for word in candidate.subjects for a in self.reader.arguments(word)]
        if not any(self.know.ontology.is_a(kind, prop.domain) for kind in kinds):
            wanted = " or ".join(prop.domain)
            return f"the subject is {kinds[0] or 'of unknown class'}, {prop.name} wants {wanted}"
        return f'"{self._filler("", candidate.objects[0]).text}" is no {" or ".join(prop.range)}'

    def _frames(self, token: Token, kind: str) -> list[FrameOf]:
        lemmas = dict.fromkeys((token.lemma_.lower(), token.lower_))
        kinds = ("verb",) if kind == "verb" else ("noun", "event")
        return [item for k in kinds for lemma in lemmas for item in self.know.frames.get((k, lemma), [])]

    def _why_none(self, token: Token, kind: str, known: list[FrameOf]) -> str:
        if not known:
            return f'no frame has the {kind} "{token.lemma_.lower()}"'
        near = {word.lemma_.lower() for child in token.children for word in (child, *child.children)}
        near.add(token.lemma_.lower())
        for item in known:
            for phrase in item.property.blocked:
                if set(phrase.split()) <= near:
                    return f'{item.property.name} is blocked by lex:not "{phrase}"'
        plainest = sorted(known, key=lambda item: len(item.frame.words) + len(item.frame.fixed))
        names = list(dict.fromkeys(f'"{item.frame.text}" ({item.property.name})' for item in plainest))
        more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
        return (
            f"the clause does not have the words that its frames ask for: {', '.join(names[:_SHOWN])}{more}"
        )

    def _span(self, start: int, end: int) -> tuple[str, int, int]:
        """The text of some tokens and its characters in the source."""
        first, last = self.doc[start].idx, self.doc[end - 1].idx + len(self.doc[end - 1])
        return self.text[first:last], first, last


def _governs(verb: Token) -> bool:
    """Whether a verb only says who says or means to do what another verb says ("plans to buy")."""
    return bool(clauses.children(verb, "xcomp", "ccomp"))


def _phrase_start(word: Token) -> int:
    """Where the words right before a noun begin that belong to it."""
    start = word.i
    while start > word.left_edge.i and word.doc[start - 1].head in (word, word.doc[start]):
        start -= 1
    return start
