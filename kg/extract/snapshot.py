"""A Doc as plain Python objects: what spaCy makes anew at each look, kept once.

``doc[i]``, ``token.head`` and ``token.children`` make a new Token at each call, and ``token.lemma_`` a new
string; rules look at each word hundreds of times. A snapshot answers as the Doc does, as far as the rules
ask: what they ask of each word is read at once, the rest at the first question. Nobody may change the Doc
after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Any, cast

import numpy as np
from spacy.tokens import Doc, Span, Token

_READ = "i idx text whitespace_ lower_ lemma_ pos_ tag_ dep_ ent_type_ ent_iob_".split()
_BELOW = ("subtree", "ancestors")
_LATER = (
    "lower lemma orth text_with_ws vocab is_sent_start left_edge right_edge is_alpha is_digit is_title"
    " is_upper is_space is_punct is_quote is_currency is_stop is_oov like_num"
).split()


def snapshot(doc: Doc) -> Doc:
    """The Doc as it is when it is first asked for, with the same words, sentences, spans and user data."""
    given: object = doc
    return doc if isinstance(given, Words) else _taken(doc)


@lru_cache(maxsize=1)  # documents are read one after the other
def _taken(doc: Doc) -> Doc:
    return cast(Doc, Words(doc))


def renewed(doc: Doc) -> Doc:
    """A snapshot of a Doc that may have changed since the last one."""
    _taken.cache_clear()
    return _taken(doc)


def recognised(sentence: Span) -> Sequence[Span]:
    """What the recogniser found in a sentence."""
    return cast(Words, sentence.doc).recognised[sentence.start]


def alike(token: Token) -> Sequence[Token]:
    """The words of its document that are written as a word is, with itself."""
    return cast(Words, token.doc).written[token.text]


class Word:
    """A token. What is not set yet is asked of spaCy's token at the first look."""

    __slots__ = ("children", "doc", "head", "lefts", "rights", "sent", "token", *_READ, *_BELOW, *_LATER)

    sent: Stretch

    def __init__(self, doc: Words, token: Token) -> None:
        self.doc, self.token = doc, token
        self.head = self
        self.children: list[Word] = []
        self.lefts: list[Word] = []
        self.rights: list[Word] = []
        self.i, self.idx, self.whitespace_ = token.i, token.idx, token.whitespace_
        self.text, self.lower_, self.lemma_ = token.text, token.lower_, token.lemma_
        self.pos_, self.tag_, self.dep_ = token.pos_, token.tag_, token.dep_
        self.ent_type_, self.ent_iob_ = token.ent_type_, token.ent_iob_

    def __getattr__(self, name: str) -> Any:
        if name in _BELOW:
            found: Any = getattr(self, f"_{name}")()
        else:
            found = getattr(self.token, name)
            found = self.doc.words[found.i] if isinstance(found, Token) else found
        setattr(self, name, found)
        return found

    def nbor(self, offset: int = 1) -> Word:
        """The word so many words behind it."""
        if self.i + offset < 0:
            raise IndexError(f"no word stands {-offset} before word {self.i}")
        return self.doc.words[self.i + offset]

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return True

    def __lt__(self, other: Word) -> bool:
        return self.i < other.i

    def __repr__(self) -> str:
        return self.text

    @property
    def n_lefts(self) -> int:
        """How many children stand before it."""
        return len(self.lefts)

    def _subtree(self) -> list[Word]:
        found: list[Word] = []
        waiting = [(self, True)]
        while waiting:
            word, whole = waiting.pop()
            if whole and word.children:  # a tree may be deeper than Python can call
                waiting += [(child, True) for child in reversed(word.rights)]
                waiting.append((word, False))
                waiting += [(child, True) for child in reversed(word.lefts)]
            else:
                found.append(word)
        return found

    def _ancestors(self) -> list[Word]:
        found: list[Word] = []
        word = self
        while word.head is not word and len(found) < len(self.doc.words):
            word = word.head
            found.append(word)
        return found


class Stretch:
    """A span of words."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Words, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __iter__(self) -> Iterator[Word]:
        return iter(self.doc.words[self.start : self.end])

    def __len__(self) -> int:
        return self.end - self.start

    def __getitem__(self, place: int | slice) -> Word | Stretch:
        if isinstance(place, slice):
            start, end, _ = place.indices(len(self))
            return Stretch(self.doc, self.start + start, self.start + max(start, end))
        return self.doc.words[self.start : self.end][place]

    def __contains__(self, word: Word) -> bool:
        return self.start <= word.i < self.end

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Stretch):
            return NotImplemented
        return (self.start, self.end, self.label_) == (other.start, other.end, other.label_)

    def __hash__(self) -> int:
        return hash((self.start, self.end, self.label_))

    @property
    def root(self) -> Word:
        """The word that the others hang on."""
        return self.doc.root(self.start, self.end)

    @property
    def sent(self) -> Stretch:
        """The sentence that it begins in."""
        return self.doc.words[self.start].sent

    @property
    def text(self) -> str:
        """Its words as they stand in the document."""
        if self.start == self.end:
            return ""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def text_with_ws(self) -> str:
        """Its words with the space behind them."""
        return self.text + (self.doc.words[self.end - 1].whitespace_ if len(self) else "")

    @property
    def start_char(self) -> int:
        """Where it begins in the text."""
        return self.doc.words[self.start].idx

    @property
    def end_char(self) -> int:
        """Where it ends in the text."""
        last = self.doc.words[self.end - 1]
        return last.idx + len(last.text)


class Words:
    """A Doc."""

    def __init__(self, doc: Doc) -> None:
        self.real, self.text, self.user_data, self.vocab = doc, doc.text, doc.user_data, doc.vocab
        tokens = list(doc)
        self.words = words = [Word(self, token) for token in tokens]
        heads: list[int] = np.asarray(doc.to_array("HEAD")).astype(np.int64).tolist()
        for word, offset in zip(words, heads, strict=True):
            if offset:
                word.head = head = words[word.i + offset]
                head.children.append(word)
                (head.lefts if offset > 0 else head.rights).append(word)
        self.sents = [Stretch(self, sent.start, sent.end) for sent in doc.sents] if words else []
        for sentence in self.sents:
            for word in sentence:
                word.sent = sentence
        self._roots: dict[tuple[int, int], Word] = {}

    @property
    def ents(self) -> list[Stretch]:
        """What the recogniser found."""
        return [Stretch(self, ent.start, ent.end, ent.label_) for ent in self.real.ents]

    def __len__(self) -> int:
        return len(self.words)

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)

    def __getitem__(self, place: int | slice) -> Word | Stretch:
        if type(place) is int:
            return self.words[place]
        start, end, _ = cast(slice, place).indices(len(self.words))
        return Stretch(self, start, end if end > start else start)

    def root(self, start: int, end: int) -> Word:
        """The word that the others of a stretch hang on."""
        if end == start + 1:
            return self.words[start]
        found = self._roots.get((start, end))
        if found is None:
            found = self._roots[start, end] = self.words[self.real[start:end].root.i]
        return found

    @cached_property
    def written(self) -> dict[str, list[Token]]:
        """By their text, the words that are written so."""
        found: dict[str, list[Token]] = defaultdict(list)
        for word in self.words:
            found[word.text].append(cast(Token, word))
        return found

    def _has_day_before(self, start: int) -> bool:
        """Whether the recogniser took the day of "22 February 1945" for a number beside the date."""
        day, month = self.words[max(start - 1, 0)], self.words[start]
        cut = month.ent_type_ == "DATE" and day.ent_type_ == "CARDINAL" and day.head in (month, month.head)
        return cut and day.i < start and day.text.isdigit() and len(day.text) < 3

    @cached_property
    def recognised(self) -> dict[int, list[Span]]:
        """By the start of each sentence, what the recogniser found in it."""
        found: dict[int, list[Span]] = {sentence.start: [] for sentence in self.sents}
        for sentence in self.sents:
            start: int | None = None
            for word in (*sentence, None):
                if start is not None and (word is None or word.ent_iob_ != "I"):
                    end = word.i if word is not None else sentence.end
                    start -= self._has_day_before(start)
                    stretch = Stretch(self, start, end, self.words[start].ent_type_)
                    found[sentence.start].append(cast(Span, stretch))
                    start = None
                if word is not None and word.ent_iob_ == "B":
                    start = word.i
        return found
