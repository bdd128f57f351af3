"""Frames over the words of a sentence where the tree is no help: for ontologies without a lexicon.

Names of films, galaxies or species break the parse around them. What an encyclopedic sentence says
after its topic it mostly says of the topic, so here a frame's word, its preposition and the next
name are enough, with domain and range as the judge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.extract.arguments import Reader
from kg.extract.candidate import Candidate
from kg.extract.defaults import default_candidates
from kg.extract.knowledge import FrameOf, Knowledge
from kg.extract.scan import Place, rights
from kg.extract.state import Named
from kg.extract.topics import Topics
from kg.extract.whole import is_binomial
from kg.ontology import ontology_path
from kg.words import UNKNOWN, load_words

_CONSTRUCTION = "surface"
_FIXED = 6  # tokens after a verb in which its fixed words stand
_JOINT = frozenset(("found", "founder", "write", "writer", "author", "produce", "producer", "direct", "star"))
_DEPUTIES = frozenset(("vice", "deputy", "assistant", "under"))
_DATED = frozenset(("", "in", "on", "since", "during", "around", "from", "of", "late"))


def surface_candidates(doc: Doc, know: Knowledge, unsure: bool = False) -> Iterator[Candidate]:
    """Candidates of derived frames whose X is the topic of the sentence.

    ``unsure`` also gives those whose words the recogniser alone takes for things of other classes.
    """
    if know.ontology.kinds:
        found = list(_Reading(doc, know, unsure).candidates())
        yield from found
        yield from () if unsure else default_candidates(doc, know, found)


def about_topics(found: Iterable[Candidate], reader: Reader) -> Iterator[Candidate]:
    """Of candidates from the tree those of a topic, or whose X is surely of the class it should be.

    Where names break the tree, what it says of a name in passing is mostly wrong.
    """
    if not reader.know.ontology.kinds:
        yield from found
        return
    topics = Topics(reader.doc, reader.know, unsure=False)
    about = {number for sentence in reader.doc.sents for number in topics.numbers(sentence)}
    for candidate in (_of_topic(candidate, topics) for candidate in found):
        prop = candidate.found.property
        heads, tails = (
            [argument.entity for word in words for argument in reader.arguments(word)]
            for words in (candidate.subjects, candidate.objects)
        )
        turned = prop.name.startswith("^")
        first, allowed = (tails, prop.range) if turned else (heads, prop.domain)
        sure = any(topics.is_sure(number, allowed) for number in first)
        if sure or not about.isdisjoint((*heads, *tails)) or not heads:
            yield candidate


def _of_topic(candidate: Candidate, topics: Topics) -> Candidate:
    """The candidate with the topic in the place of the noun that it is said to be ("a Kestra cartoon")."""
    words = candidate.subjects
    topic = topics.topic(candidate.anchor)
    if topic is None or not any(w.i in topics.said(w.sent) and w.i not in topics.at for w in words):
        return candidate
    return candidate._replace(subjects=[topics.doc[topic.start : topic.end].root])


class _Reading:
    """Reads one document; holds its mentions and the topics of its sentences."""

    def __init__(self, doc: Doc, know: Knowledge, unsure: bool) -> None:
        self.doc, self.know = doc, know
        self.topics = Topics(doc, know, unsure)
        self.at, self.entities = self.topics.at, self.topics.entities
        heads = (self.topics.head(sentence) for sentence in doc.sents)
        self.heads = {head.i for head in heads if head is not None}

    def candidates(self) -> Iterator[Candidate]:
        """All of them, in the order of the text."""
        for token in self.doc:
            inside = token.i in self.at and token.pos_ != "NOUN"
            yield from self._of_class(token)
            yield from self._of_species(token)
            if token.pos_ in ("NOUN", "PROPN"):
                yield from self._named_beside(token)
            if token.i in self.heads:
                yield from self._before(token)
            if inside:
                continue
            for kind in _kinds(token):
                yield from self._of_frames(kind, token)
            yield from self._of_year(token)

    def _of_frames(self, kind: str, token: Token) -> Iterator[Candidate]:
        lemmas = dict.fromkeys((token.lemma_.lower(), token.lower_))
        if token.lower_.startswith("co-"):  # the lemmatiser leaves "co-written"
            lemmas[load_words(ontology_path("derive.toml").parent).verb(token.lower_[3:])] = None
            lemmas[token.lemma_.lower()[3:]] = None
        if token.lower_.startswith("co") and token.lemma_.lower()[2:] in _JOINT:  # "cofounded"
            lemmas[token.lemma_.lower()[2:]] = None
        found = [item for lemma in lemmas for item in self.know.frames.get((kind, lemma), [])]
        found = [item for item in found if not item.frame.ends and _said(item, token)]
        if kind == "noun" and token.i in self.heads:
            said = {item.frame.object for item in found}  # "a tributary of X" is no mountain of X
            found += [i for i in self.know.frames.get(("noun", "*"), []) if i.frame.object not in said]
        if not found:
            return
        places = rights(token, self.at, self.entities)
        for item in found:
            if kind == "verb":
                yield from self._verb(item, token, places)
            elif item.property.name.startswith("^"):
                yield from self._role(item, token, places)
            else:
                yield from self._noun(item, token, places)

    # ------------------------------------------------------------ verbs

    def _verb(self, item: FrameOf, verb: Token, places: list[Place]) -> Iterator[Candidate]:
        frame, passive = item.frame, is_participle(verb)
        sides = []
        for slot in (frame.subject, frame.object):
            own = "obj" if passive else "subj"
            name = {"subj": "by", "obj": ""}.get(slot, slot)
            sides.append(None if slot == own else name)
        if not passive and sides[0] is not None and sides[1] is not None:  # "the agency approved X on Y"
            heads, values = (self._filling(item, n, side or "", places) for n, side in enumerate(sides))
            for value in values if heads else []:
                yield self._candidate(item, heads[0], value, (verb.i, verb.i + 1), verb)
        if (sides[0] is None) == (sides[1] is None):
            return
        given = 0 if sides[0] is not None else 1
        wanted = (item.property.domain, item.property.range)
        words = self._filling(item, given, sides[given] or "", places)
        for word in words:
            for subject in self.topics.subjects(verb, wanted[1 - given], word):
                pair = (word, subject) if given == 0 else (subject, word)
                yield self._candidate(item, *pair, (verb.i, verb.i + 1), verb)

    def _filling(self, item: FrameOf, side: int, preposition: str, places: list[Place]) -> list[Token]:
        """The words on the explicit side of a frame: a date, or names that domain or range admit."""
        prop = item.property
        if side == 1 and prop.literal:
            since = preposition in ("since", "from")
            dates = [p.token for p in places if p.mention is None and p.preposition in _DATED]
            return [token for token in dates[:1] if since == (_before(places, token) in ("since", "from"))]
        allowed = prop.range if side else prop.domain
        wanted = {preposition} | (set() if preposition else set(item.frame.fixed))  # "aboard Y"
        fit = [p for p in places if p.mention is not None and self.topics.fits(p.mention, allowed)]
        if "Place" not in {self.know.ontology.kinds.get(name, "Place") for name in allowed}:
            fit = [p for p in fit if not self._is_where(p)]
        return [p.token for p in self._surest(fit, allowed) if p.preposition in wanted]

    def _is_where(self, place: Place) -> bool:
        """Whether a place only says where the one before it is: "at the Hale Observatory in Y"."""
        start = place.mention.start if place.mention is not None else 0
        before = self.at.get(start - 2)
        if self.doc[start - 1].lower_ not in ("in", "near") or before is None or before.kind != "name":
            return False
        return all(self.entities[number].type != "Person" for number in before.entities)

    def _surest(self, found: list[Place], allowed: tuple[str, ...]) -> list[Place]:
        """Of several things those that are of an allowed class for sure: "at the X Observatory in Y".

        Persons, works and bodies are left: who stands in a list with one is one.
        """
        kinds = {self.know.ontology.kinds.get(name, "") for name in allowed}
        if len(found) < 2 or not kinds or not kinds <= {"", "Place", UNKNOWN}:
            return found
        sure = [p for p in found if p.mention is not None and self.topics.surely(p.mention, allowed)]
        beside = {place.preposition for place in sure}
        return [
            p for p in found if not sure or p in sure or (p.preposition in beside and not self._is_place(p))
        ]

    def _is_place(self, place: Place) -> bool:
        numbers = place.mention.entities if place.mention is not None else ()
        return any(self.entities[number].type == "Place" for number in numbers)

    # ------------------------------------------------------------ nouns

    def _noun(self, item: FrameOf, noun: Token, places: list[Place]) -> Iterator[Candidate]:
        """ "X is a member of Y", "a film by Y"; of adjectives too."""
        span = (noun.i - len(item.frame.words) + 1, noun.i + 1)
        for word in self._filling(item, 1, item.frame.object, places):
            for subject in self.topics.bearers(noun, item.property.domain, word):
                yield self._candidate(item, subject, word, span, noun)

    def _role(self, item: FrameOf, noun: Token, places: list[Place]) -> Iterator[Candidate]:
        """ "Its director, Y", "the editor is Y", "director Y": whose it is is the topic, or said."""
        span = (noun.i - len(item.frame.words) + 1, noun.i + 1)
        for mention in self.topics.named_by(noun):
            if not self.topics.fits(mention, item.property.domain) or _is_deputy(noun):
                continue
            word = self.doc[mention.start : mention.end].root
            said = [p.token for p in places if p.preposition == item.frame.object and p.mention is not None]
            owners = [w for w in said if self.topics.fits(self.at[w.i], item.property.range)]
            for owner in owners or self.topics.subjects(noun, item.property.range, word):
                if owner != word:
                    yield self._candidate(item, word, owner, span, noun)

    def _named_beside(self, noun: Token) -> Iterator[Candidate]:
        """ "in the constellation Y", "of the Y constellation": the class or relation is named beside."""
        for item in self.know.labels.get(noun.lemma_.lower(), []):
            mention = self._beside(noun, item.property.range)
            if mention is None or not self.topics.fits(mention, item.property.range):
                continue
            word = self.doc[mention.start : mention.end].root
            for subject in self.topics.bearers(noun, item.property.domain, word):
                yield self._candidate(item, subject, word, (noun.i, noun.i + 1), noun, "label")

    def _before(self, head: Token) -> Iterator[Candidate]:
        """ "X is a Kestra Studios film": the name before the noun for what X is."""
        for item in self.know.frames.get(("before", "*"), []):
            for index in sorted(self.topics.said(head.sent)):
                mention = self.at.get(index) if index < head.i else None
                if (
                    mention is None
                    or mention.start != index
                    or not self.topics.fits(mention, item.property.range)
                ):
                    continue
                word = self.doc[mention.start : mention.end].root
                for subject in self.topics.predicated(head, item.property.domain):
                    yield self._candidate(item, subject, word, (head.i, head.i + 1), head, "label")

    def _beside(self, noun: Token, allowed: tuple[str, ...]) -> Named | None:
        own = self.at.get(noun.i)
        if own is not None and len(own.entities) == 1 and own.end - own.start > 1:
            return own
        after = noun.i + 1 + (noun.i + 1 < len(self.doc) and self.doc[noun.i + 1].text in (",", '"', "“"))
        kinds = {self.know.ontology.kinds.get(name, "") for name in allowed}
        if kinds <= {"", "Place"}:  # "the constellation of Y", but no "album of Y"
            while after < noun.sent.end and self.doc[after].lower_ in ("of", "the"):
                after += 1
        for index in (after, noun.i - 1):
            mention = self.at.get(index)
            if mention is not None and mention.kind == "name":
                return mention
        return None

    # ------------------------------------------------------------ what the topic is

    def _of_class(self, noun: Token) -> Iterator[Candidate]:
        """ "X is a tenor", "Y, a drama film", "X was killed in action": what is said is a value."""
        found = self.know.frames.get(("class", "*"), [])
        mention = self.at.get(noun.i) if found else None
        if mention is None or mention.start != noun.i:
            return
        kind = self.entities[mention.entities[0]].type
        word = self.doc[mention.start : mention.end].root
        for item in found:
            if not kind or not self.know.ontology.is_a(kind, item.property.range):
                continue
            for bearer in self.topics.called(mention, item.property.domain):
                span = (mention.start, mention.end)
                yield Candidate(item, [bearer], [word], span, word, "class", granted=True)

    def _of_year(self, token: Token) -> Iterator[Candidate]:
        """ "X is a 1994 film": the year before what the topic is."""
        found = self.know.frames.get(("year", "*"), [])
        if not found or not (token.text.isdigit() and len(token) == 4):
            return
        for item in found:
            for subject in self.topics.predicated(token, item.property.domain):
                yield Candidate(item, [subject], [token], (token.i, token.i + 1), token, "year")

    def _of_species(self, token: Token) -> Iterator[Candidate]:
        """ "The red fox (Vulpes vulpes)": the first word of its Latin name is its genus."""
        found = self.know.frames.get(("genus", "*"), [])
        mention, topic = self.at.get(token.i), self.topics.topic(token) if found else None
        if mention is None or topic is None or mention.start != topic.end + 1 or not is_binomial(token):
            return
        for item in found if self.doc[topic.end].text == "(" else ():
            subject = self.doc[topic.start : topic.end].root
            if mention.start == token.i and self.topics.fits(topic, item.property.domain):
                yield self._candidate(item, subject, token, (token.i, token.i + 2), token, "label")

    def _candidate(
        self,
        item: FrameOf,
        subject: Token,
        value: Token,
        span: tuple[int, int],
        anchor: Token,
        construction: str = _CONSTRUCTION,
    ) -> Candidate:
        return Candidate(item, [subject], [value], span, anchor, construction)


def _before(places: list[Place], token: Token) -> str:
    """The preposition that a date stands behind."""
    return next(place.preposition for place in places if place.token == token)


def _is_deputy(noun: Token) -> bool:
    """Whether a role is another's: "the Vice President", "a deputy chairman"."""
    before = noun.nbor(-1) if noun.i else noun
    before = before.nbor(-1) if before.text == "-" and before.i else before
    return before.lower_ in _DEPUTIES


def _kinds(token: Token) -> Iterable[str]:
    """The kinds of frame that a word can trigger."""
    if token.pos_ in ("VERB", "AUX") or token.tag_ in ("VBN", "VBG"):
        return ("verb",)
    return ("noun", "adjective")


def _said(item: FrameOf, token: Token) -> bool:
    """Whether the frame's further words stand with the trigger."""
    frame, doc = item.frame, token.doc
    if frame.kind != "verb":
        start = token.i - len(frame.words) + 1
        return start >= token.sent.start and all(
            word in ("*", t.lower_, t.lemma_.lower())
            for t, word in zip(doc[start:], frame.words, strict=False)
        )
    near = doc[token.i : token.i + _FIXED]
    return set(frame.fixed) <= {form for t in near for form in (t.lower_, t.lemma_.lower())}


def is_participle(verb: Token) -> bool:
    """Whether a past form is passive: after "be", after its noun, or before "by"."""
    if verb.tag_ == "VB" and verb.dep_ == "advcl" and verb.is_sent_start:
        return True  # "Set in Norland, X is"
    if verb.tag_ not in ("VBN", "VBD"):
        return False
    before = verb.doc[max(verb.sent.start, verb.i - 4) : verb.i]
    if any(t.lemma_ == "be" for t in before):
        return True
    following = (t for t in verb.doc[verb.i + 1 :] if t.lower_ != "and" and t.tag_ not in ("VBN", "VBD"))
    after = next((t.lower_ for t in following), "")  # "written and directed by"
    if verb.tag_ == "VBD":
        alone = not any(child.dep_ in ("nsubj", "aux") for child in verb.children)
        return after == "by" or (verb.dep_ in ("acl", "advcl") and alone)
    return not any(t.lemma_ == "have" for t in before)
