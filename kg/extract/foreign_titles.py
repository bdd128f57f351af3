"""Titles in other languages at the start of a sentence, for ontologies without a lexicon of their own.

"Pour la fille du nord is a novel": the tagger takes such words for verbs and articles of English, so what
stands before the verb is looked at word by word.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.extract.capitals import is_capital
from kg.extract.names import NameSpan
from kg.ontology import ontology_path
from kg.words import load_words

_LONGEST = 10
#: Small words of titles in the languages that Europe writes most.
_SMALL = frozenset(
    "a à al als and auf aus av con d da dans das de dei del della den der des di die do dos du e é ei el em"
    " en et for från för i il im in la las le les lo los med mit na nel no o og os på par per pour pro que"
    " re se son sous su sul sur the to ud un una und une van vid vom von y zu zum zur".split()
)
#: Words of English that a title in another language may begin with.
_FIRST = frozenset(("a", "i", "on", "as", "die", "an", "so", "he", "me", "or"))
_ENGLISH = frozenset("a al and as d do e em for i in me no on par per pro so the to".split())
_ENDS = frozenset(("is", "was", "are", "were"))
_BESIDE = frozenset("also or a an the known formerly originally".split())
_TAGS = ("NNP", "NNPS", "FW")


def foreign_titles(doc: Doc) -> Iterator[NameSpan]:
    """The title in another language that a sentence begins with, before a bracket, a comma or a copula."""
    for sentence in doc.sents:
        found = _title(sentence)
        if found is not None:
            yield found


def _title(sentence: Span) -> NameSpan | None:
    doc, start = sentence.doc, sentence.start
    if start + 2 < sentence.end and doc[start].text == "The":
        start += 1
    first, end = doc[start], start + 1
    if not is_capital(first) or (first.is_stop and first.lower_ not in _FIRST | _SMALL):
        return None
    told = 0
    while end < sentence.end and end - start <= _LONGEST and not _ends(doc, end):
        token = doc[end]
        if token.text.islower() and token.lower_ not in _SMALL:
            if _is_english(token):
                return None
            told += token.tag_ in _TAGS or token.is_oov or "'" in token.text
        elif not (is_capital(token) or token.lower_ in _SMALL or token.text == "'"):
            return None
        end += 1
    whole = end < sentence.end and _ends(doc, end) and end - start > 1
    small = first.lower_ in _SMALL - _ENGLISH
    small = small or any(token.lower_ in _SMALL and token.text.islower() for token in doc[start:end])
    return NameSpan(start, end, "WORK_OF_ART") if whole and (told > 1 or (told and small)) else None


def _ends(doc: Doc, index: int) -> bool:
    """Whether a title ends before a word: a copula, a blanked bracket, a comma and what is beside."""
    token = doc[index]
    beside = token.text == "," and index + 1 < len(doc) and doc[index + 1].lower_ in _BESIDE
    return token.lower_ in _ENDS or token.is_space or token.text == "(" or beside


def _is_english(token: Token) -> bool:
    """Whether a word written small is one of English."""
    words = load_words(ontology_path("derive.toml").parent)
    lower, lemma = token.lower_, token.lemma_.lower()
    known = lower in words.above or lemma in words.above or lemma in words.verbs or bool(words.verb(lower))
    return token.is_stop or known or (token.pos_ in ("ADV", "ADP", "PRON", "ADJ") and not token.is_oov)
