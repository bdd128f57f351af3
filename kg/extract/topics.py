"""What a sentence is about, and what a word of it is said of."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.extract import nominals
from kg.extract.arguments import Reader
from kg.extract.clauses import surface_subjects
from kg.extract.knowledge import Knowledge
from kg.extract.state import LocalEntity, Named

#: Nouns that stand for the work that they are of: "the plot is set in Y", "the music was written by Y".
_PARTS = frozenset(
    "plot story storyline narrative music lyrics script screenplay text production filming development action"
    " soundtrack score artwork source mouth headwaters course words version edition release design"
    " recording book film cover title theme content construction setting".split()
)
#: The weight of a class below which it rests on one label of the recogniser.
DOUBTFUL = 15
_FINITE = ("VBD", "VBZ", "VBP", "MD")
#: Nouns that say no more than what follows "of": "one of", "a work of", "a kind of".
_THROUGH = frozenset(
    "one type kind form piece work series collection sort style example genre volume title".split()
)
#: Nouns that say of anything that it is one of more, not what it is.
_OF_A_KIND = frozenset(("member", "native", "relative", "descendant", "representative"))
_COPULAS = frozenset(("be", "become", "remain"))


class Topics:
    """The topic of each sentence of a document, and the ways from a word to it."""

    def __init__(self, doc: Doc, know: Knowledge, unsure: bool) -> None:
        self.doc, self.know, self.unsure = doc, know, unsure
        self.reader = Reader(doc, know)
        self.at: dict[int, Named] = self.reader.at
        self.entities: list[LocalEntity] = self.reader.entities
        self._predicates: dict[int, frozenset[int]] = {}
        self._topics = {sentence.start: self._topic(sentence) for sentence in doc.sents}

    def topic(self, token: Token) -> Named | None:
        """What the sentence of a word is about."""
        return self._topics[token.sent.start]

    def numbers(self, sentence: Span) -> tuple[int, ...]:
        """The things that a sentence is about."""
        topic = self._topics[sentence.start]
        return topic.entities if topic is not None else ()

    def fits(self, mention: Named, allowed: tuple[str, ...]) -> bool:
        """Whether a mention may be of one of the allowed classes."""
        if len(mention.entities) != 1 or mention.kind == "demonym":
            return False
        return self._admits(mention.entities[0], allowed)

    def _admits(self, number: int, allowed: tuple[str, ...], doubt: bool = True) -> bool:
        entity = self.entities[number]
        doubtful = doubt and self.unsure and entity.weight < DOUBTFUL
        return not entity.is_nameless and (
            (doubtful and not self.know.is_territory(entity.name))
            or self.know.admits(entity.name, entity.type, allowed)
        )

    def surely(self, mention: Named, allowed: tuple[str, ...]) -> bool:
        """Whether a mention is known to be of one of the allowed classes."""
        return len(mention.entities) == 1 and self.is_sure(mention.entities[0], allowed)

    def is_of(self, mention: Named, allowed: tuple[str, ...]) -> bool:
        """Whether a mention is of one of the allowed classes, as far as anything tells."""
        numbers = mention.entities
        return len(numbers) == 1 and self.know.ontology.is_a(self.entities[numbers[0]].type, allowed)

    def is_sure(self, number: int, allowed: tuple[str, ...]) -> bool:
        """Whether a thing is known to be of one of the allowed classes, by more than one label."""
        entity = self.entities[number]
        return entity.weight >= DOUBTFUL and self.know.ontology.is_a(entity.type, allowed)

    # ------------------------------------------------------------ the topic

    def _topic(self, sentence: Span) -> Named | None:
        """The name that a sentence begins with, or that stands before its verb."""
        first = self._first(sentence)
        if first is not None:
            return first
        for token in sentence:
            if token.dep_ in ("nsubj", "nsubjpass"):
                mention = self.at.get(token.i)
                if mention is not None and mention.kind != "demonym":
                    return mention if len(mention.entities) == 1 else None
        return self._before_verb(sentence)

    def _before_verb(self, sentence: Span) -> Named | None:
        """The name right before the verb, where the tree has lost the subject: "Made by Y, X was"."""
        free = (token for token in sentence if token.i not in self.at)
        verb = next((token for token in free if token.tag_ in _FINITE and token.text.islower()), None)
        before = self.at.get(verb.i - 1) if verb is not None and verb.i > sentence.start else None
        lone = before is not None and before.kind == "name" and len(before.entities) == 1
        return before if lone else None

    def _first(self, sentence: Span) -> Named | None:
        """The first mention, unless a verb, a noun or a preposition stands before it."""
        for token in sentence:
            mention = self.at.get(token.i)
            if mention is not None and mention.kind != "demonym":
                return mention if len(mention.entities) == 1 else None
            if token.pos_ in ("ADP", "SCONJ", "VERB", "AUX", "NOUN", "PRON"):
                return None
        return None

    # ------------------------------------------------------------ from a word to what it is said of

    def subjects(self, word: Token, allowed: tuple[str, ...], other: Token) -> Iterator[Token]:
        """The word for the thing that a verb or role is said of: its own subject, else the topic."""
        if self._follows_predicate(word):
            yield from self._topic_word(word, allowed, other)
            return
        own = self._own_subjects(word)
        if self._passes_over(word, own, allowed):  # "X is a film by the Hale Works featuring Y"
            own = []
        for token in own:
            if self._admitted(token, allowed, other, doubt=False):
                yield token
                return
        participle = word.tag_ in ("VBN", "VBG") and word.dep_ in ("acl", "advcl", "relcl", "conj", "amod")
        participle = participle or (word.tag_ == "VBD" and word.dep_ == "acl")  # "by X set in Y"
        if own and not participle and not all(self._is_of_topic(token, allowed) for token in own):
            return
        found = list(self._topic_word(word, allowed, other))
        yield from found or self._only(word, allowed, other)

    def _passes_over(self, word: Token, own: list[Token], allowed: tuple[str, ...]) -> bool:
        """Whether a participle is said of the topic, which is surely of a class, not of what it follows."""
        topic = self.topic(word)
        sure = topic is not None and word.tag_ == "VBG" and word.dep_ == "acl" and bool(allowed)
        if topic is None or not sure or not self.surely(topic, allowed):
            return False
        return not any(self._is_sure_of(token, allowed) for token in own)

    def _topic_word(self, word: Token, allowed: tuple[str, ...], other: Token) -> Iterator[Token]:
        topic = self.topic(word)
        if topic is not None and self._may(topic, allowed, other):
            yield self.doc[topic.start : topic.end].root

    def _follows_predicate(self, word: Token) -> bool:
        """Whether a participle stands right behind what the topic is said to be: "is a film directed by"."""
        before = word.i - 1
        while before > word.sent.start and self.doc[before].pos_ == "ADV":
            before -= 1
        if word.tag_ == "VBN" and self.doc[before].text == "," and self.said(word.sent):
            return True  # "X is a pack for the game N, developed by Y"
        return word.tag_ in ("VBN", "VBG", "VBD") and before in self.said(word.sent)

    def _own_subjects(self, word: Token) -> list[Token]:
        if word.pos_ not in ("VERB", "AUX"):
            return []
        beside = word.tag_ in ("VBN", "VBG") and word.dep_ in ("acl", "advcl")  # its noun stands before it
        return [t for t in surface_subjects(word) if t.i < word.i or (t.i > word.i and not beside)]

    def _admitted(self, token: Token, allowed: tuple[str, ...], other: Token, doubt: bool = True) -> bool:
        taken = self.at.get(other.i)
        found = [a for a in self.reader.arguments(token) if taken is None or a.entity not in taken.entities]
        topic = self.topic(token)
        return any(
            self._admits(a.entity, allowed, doubt or (topic is not None and a.entity in topic.entities))
            for a in found
        )

    def _is_of_topic(self, token: Token, allowed: tuple[str, ...]) -> bool:
        """Whether a subject without a name may stand for the topic: "the film", "it", "the plot"."""
        if token.i in self.at:
            mention = self.at[token.i]
            return mention == self.topic(token) or self.entities[mention.entities[0]].is_nameless
        if token.pos_ == "PRON" or token.lemma_.lower() in _PARTS:
            return True
        kind = self.know.ontology.noun_types.get(token.lemma_.lower(), "")
        return not kind or self.know.ontology.admits(kind, allowed)

    def _may(self, mention: Named, allowed: tuple[str, ...], other: Token) -> bool:
        return self.fits(mention, allowed) and not mention.start <= other.i < mention.end

    def _only(self, word: Token, allowed: tuple[str, ...], other: Token) -> Iterator[Token]:
        """The one name of the sentence that is of an allowed class for sure."""
        found: dict[int, Named] = {}
        for index in range(word.sent.start, word.sent.end):
            mention = self.at.get(index)
            if mention is None or mention.kind != "name" or not self._may(mention, allowed, other):
                continue
            if self.know.ontology.is_a(self.entities[mention.entities[0]].type, allowed):
                found.setdefault(mention.entities[0], mention)
        if len(found) == 1 and allowed:
            mention = next(iter(found.values()))
            yield self.doc[mention.start : mention.end].root

    def bearers(self, noun: Token, allowed: tuple[str, ...], other: Token) -> Iterator[Token]:
        """Who or what is a noun: as the tree has it, else the topic before it."""
        own = [bearer for _, bearer in nominals.bearers(noun)]
        named = [t for t in own if self._admitted(t, allowed, other)]
        topic = self.topic(noun)
        sure = topic is not None and self.surely(topic, allowed) and noun.i > topic.end
        if named and (not sure or any(self._is_sure_of(token, allowed) for token in named)):
            yield from named
            return
        if topic is not None and self._may(topic, allowed, other) and self._reaches(noun, topic):
            yield self.doc[topic.start : topic.end].root

    def _is_sure_of(self, token: Token, allowed: tuple[str, ...]) -> bool:
        return any(self.is_sure(argument.entity, allowed) for argument in self.reader.arguments(token))

    def _reaches(self, noun: Token, topic: Named) -> bool:
        """Whether a noun after the topic, or right before it, may be said of it: "A member of Y, X is"."""
        between = self.doc[noun.i + 1 : topic.start]
        return topic.end <= noun.i or (
            len(between) > 0 and all(t.pos_ not in ("VERB", "AUX") for t in between)
        )

    # ------------------------------------------------------------ what the topic is

    def described(self) -> Iterator[tuple[int, str]]:
        """The topics whose sentences say what they are, each with the class of the noun for it."""
        nouns = self.know.ontology.noun_types
        for sentence in self.doc.sents:
            topic = self._topics[sentence.start]
            if topic is None:
                continue
            head = self.head(sentence)
            kind = nouns.get(head.lemma_.lower(), "") if head is not None else ""
            if kind and head is not None and head.lemma_.lower() not in _OF_A_KIND:
                yield topic.entities[0], kind

    def head(self, sentence: Span) -> Token | None:
        """The noun of the first of the phrases that say what a topic is."""
        head: Token | None = None
        for index in sorted(self.said(sentence)):
            token = self.doc[index]
            if head is not None and token.pos_ in ("PUNCT", "CCONJ") and token.text != "-":
                break
            if token.pos_ == "NOUN":
                head = token
        return head

    def predicated(self, word: Token, allowed: tuple[str, ...]) -> Iterator[Token]:
        """The topic, where a word is in what it is said to be: "X is a 1994 film"."""
        topic = self.topic(word)
        if topic is not None and word.i in self.said(word.sent) and self.fits(topic, allowed):
            yield self.doc[topic.start : topic.end].root

    def called(self, value: Named, allowed: tuple[str, ...]) -> Iterator[Token]:
        """Whom a value is said of: the topic, whose noun it stands in, or the name beside it."""
        word = self.doc[value.start : value.end].root
        found = list(self.predicated(word, allowed))
        if not found and self.doc[value.start].pos_ == "VERB":
            found = list(self.subjects(self.doc[value.start], allowed, word))
        after = self.at.get(value.end)  # "Admiral Ida Vane"
        if not found and after is not None and after.start == value.end and self.surely(after, allowed):
            found = [self.doc[after.start : after.end].root]
        bearers = (bearer for _, bearer in nominals.bearers(word) if word.pos_ in ("NOUN", "PROPN"))
        yield from found or [b for b in bearers if b.i in self.at and self._admitted(b, allowed, word)]

    def said(self, sentence: Span) -> frozenset[int]:
        """The words of what the topic of a sentence is said to be, up to what is said further of that."""
        if sentence.start not in self._predicates:
            self._predicates[sentence.start] = frozenset(self._zone(sentence))
        return self._predicates[sentence.start]

    def _zone(self, sentence: Span) -> Iterator[int]:
        topic = self._topics[sentence.start]
        if topic is None:
            return
        index, inside = topic.end, False
        while index < sentence.end:
            token = self.doc[index]
            index += 1
            if token.i in self.at and not inside:
                continue
            if not inside:
                beside = token.i == topic.end + 1 and self.doc[topic.end].text == ","
                inside = (beside and token.pos_ == "DET") or self._is_copula(token)
                if not inside and token.tag_ in _FINITE and token.text.islower():
                    return
                continue
            if self._leaves(token):
                inside = False
                further = token.tag_ == "TO" or token.pos_ in ("VERB", "AUX", "ADP", "SCONJ")
                if further and token.lemma_ not in _COPULAS:
                    return
                continue
            yield token.i

    def _is_copula(self, token: Token) -> bool:
        """Whether "is" says what something is, not what is done to it."""
        after = next((t for t in self.doc[token.i + 1 : token.i + 4] if t.pos_ != "ADV"), token)
        done = after.tag_ in ("VBN", "VBG") and after.head.i <= after.i and after.dep_ != "amod"
        return token.lemma_ in _COPULAS and token.pos_ in ("AUX", "VERB") and not done

    def _leaves(self, token: Token) -> bool:
        """Whether the words that say what the topic is end before a word."""
        before, after = self.doc[token.i - 1], self.doc[min(token.i + 1, len(self.doc) - 1)]
        if token.i in self.at and self.at[token.i].kind == "name":
            return self.doc[self.at[token.i].start].tag_ == "VBN"  # "a sailor killed in action"
        if token.pos_ == "ADP":
            return not (token.lower_ == "of" and before.lemma_.lower() in _THROUGH)
        if token.tag_ == "TO" and after.tag_ == "VB":  # "the first film to win a prize"
            return True
        if token.tag_ in _FINITE or token.tag_ in ("WDT", "WP", "WP$", "WRB") or token.pos_ == "SCONJ":
            return True
        return (
            token.tag_ in ("VBN", "VBG")
            and before.text != "-"
            and before.pos_ in ("NOUN", "PROPN", "PUNCT")
            and after.pos_ != "NOUN"
            and token.dep_ != "amod"
        )

    def named_by(self, noun: Token) -> Iterator[Named]:
        """Who a role noun names: "director Y", "the director, Y", "the director of X is Y"."""
        index, owned = noun.i + 1, False
        if index < noun.sent.end and self.doc[index].lower_ in ("of", "for"):
            owned, index = True, self._after_owner(index + 1, noun.sent.end)
            if noun.tag_ == "NNS" and index < noun.sent.end and self.doc[index].text == ",":
                return  # "the tributaries of X, Y and Z"
        end = min(noun.sent.end, index + 5)
        while index < end:
            mention, token = self.at.get(index), self.doc[index]
            if mention is not None and mention.kind == "name":
                yield mention
                return
            apart = token.pos_ in ("PUNCT", "ADV", "DET") or token.is_space
            beside = apart or (not owned and token.pos_ in ("NOUN", "PROPN", "ADJ", "CCONJ"))
            if not beside and not (token.lemma_ == "be" and (owned or noun.dep_ in ("nsubj", "conj"))):
                return
            index += 1

    def _after_owner(self, index: int, end: int) -> int:
        """Where the words for whose the role is end ("of the Hale Museum")."""
        while index < end and index not in self.at and self.doc[index].pos_ in ("DET", "ADJ", "NOUN"):
            index += 1
        return self.at[index].end if index in self.at else end
