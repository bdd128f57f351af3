"""The words of noun phrases, verb groups and prepositional phrases, for propositions that are read as text.

A phrase is a tuple of tokens in the order in which it reads. A noun phrase keeps what stands before
the noun and its of-phrases; clauses, other phrases, appositions and coordinated nouns stay out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.clauses import children, conjuncts

Phrase = tuple[Token, ...]

SUBJECTS = ("nsubj", "nsubjpass")
VERBAL = frozenset(("VERB", "AUX"))
NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"))
QUESTION_WORDS = ("WDT", "WP", "WP$", "WRB")
TIMES = ("DATE", "TIME")
SUMS = ("MONEY", "PERCENT", "QUANTITY", "CARDINAL")

_MODIFIERS = frozenset(
    "det amod compound nummod poss nmod predet quantmod advmod npadvmod punct neg nounmod case".split()
)
_CLAUSES = frozenset(("relcl", "acl", "advcl", "appos", "parataxis", "ccomp"))
_SENTENCE_ADVERBS = frozenset("still also later now then thus therefore however".split())
_RUNS_ON = frozenset("DATE TIME MONEY PERSON ORG GPE WORK_OF_ART".split())
_QUOTES = frozenset("\" “ ” ‘ ’ ` `` ''".split())
_EDGE = _QUOTES | frozenset(", ; : - -- – — ( )".split())
#: "in front of", "on behalf of": phrases that are prepositions.
_COMPLEX = frozenset(
    "front respect honor honour terms presence behalf favor favour charge search response relation"
    " addition account light spite place exchange return need midst wake absence aftermath support"
    " lieu anticipation connection accordance conjunction collaboration cooperation partnership"
    " regard contrast opposition reference".split()
)
#: Phrases that say nothing of the fact.
_DISCOURSE = frozenset(
    "for example|for instance|in fact|in order|in particular|in addition|in general|in turn|of course"
    "|as result|in case|in principle|at all|at least|at most|in contrast|by contrast|as rule|in short"
    "|in part".split("|")
)


def ordered(tokens: Iterable[Token]) -> Phrase:
    """Tokens in the order of the text, each once."""
    return tuple(sorted(set(tokens), key=lambda token: token.i))


# ---------------------------------------------------------------- nouns


def noun_phrase(head: Token, of_phrases: bool = True) -> Phrase:
    """A noun with its modifiers and its of-phrases."""
    words = [*_before(head), head, *_after(head)]
    if of_phrases:
        for prep in children(head, "prep"):
            if prep.lower_ == "of" and prep.i > head.i:
                words.extend(_of_phrase(prep))
    return trimmed(words)


def _before(head: Token) -> Iterator[Token]:
    for child in head.children:
        if child.i < head.i and child.dep_ in _MODIFIERS and not _outside(child):
            yield from _whole(child)


def _outside(modifier: Token) -> bool:
    """Whether an adverb or a comma before a noun phrase is no part of it: "later, the geese"."""
    if modifier.dep_ == "punct":
        return modifier.i == modifier.head.left_edge.i
    if modifier.dep_ not in ("advmod", "npadvmod"):
        return False
    after = modifier.doc[modifier.right_edge.i + 1]
    return after.dep_ == "det" or after.text == "," or modifier.lower_ in _SENTENCE_ADVERBS


def _whole(token: Token) -> Iterator[Token]:
    """A modifier with all below it but clauses."""
    yield token
    for child in token.children:
        if child.dep_ not in _CLAUSES:
            yield from _whole(child)


def _after(head: Token) -> Iterator[Token]:
    """What belongs to a noun behind it: the rest of a date or name, "a year" after a sum."""
    for child in head.children:
        if child.i < head.i:
            continue
        number = child.dep_ == "nummod" and child.i == head.i + 1
        rate = child.dep_ == "npadvmod" and child.left_edge.i == head.i + 1
        if child.dep_ == "case" or number:
            yield child
        elif rate and (head.pos_ in ("NUM", "SYM") or head.ent_type_ == "MONEY"):
            yield from _whole(child)
    if head.ent_type_ in _RUNS_ON:
        yield from _rest_of_name(head)
    for child in children(head, "appos"):
        if head.pos_ == "NOUN" and child.pos_ == "PROPN" and child.left_edge.i == head.i + 1:
            yield from noun_phrase(child)  # "the singer Ada Marlowe"


def _rest_of_name(head: Token) -> Iterator[Token]:
    """The words of a name or date behind its head: "May 31 , 1963"."""
    doc, last, end = head.doc, head.i, head.i
    while end + 1 < len(doc) and doc[end + 1].ent_iob_ == "I":
        end += 1
        if doc[end].pos_ in ("PROPN", "NUM"):
            last = end
        elif doc[end].text not in (",", "&"):
            break
    yield from doc[head.i + 1 : last + 1]


def _of_phrase(prep: Token) -> Iterator[Token]:
    for noun in children(prep, "pobj"):
        yield prep
        yield from noun_phrase(noun)


def trimmed(tokens: Iterable[Token]) -> Phrase:
    """The tokens without quotation marks, punctuation and conjunctions at the ends; no odd quotes."""
    words = [token for token in ordered(tokens) if not token.is_space]
    while words and (words[0].text in _EDGE or words[0].pos_ == "CCONJ"):
        words = words[1:]
    while words and words[-1].text in _EDGE:
        words = words[:-1]
    quotes = [word for word in words if word.text in _QUOTES]
    return tuple(word for word in words if word not in quotes) if len(quotes) == 1 else tuple(words)


def coordinated(noun: Token) -> list[Token]:
    """A noun and those coordinated with it, but not the parts of one name: "Quist & Partners"."""
    doc = noun.doc
    return [
        t for t in conjuncts(noun) if t == noun or not any(word.text == "&" for word in doc[noun.i : t.i])
    ]


def adjective_phrase(adjective: Token) -> Phrase:
    """A predicate adjective with its measure: "two years old"."""
    return ordered([t for child in children(adjective, "npadvmod") for t in noun_phrase(child)] + [adjective])


# ---------------------------------------------------------------- verbs


def verb_group(verb: Token) -> Phrase:
    """A verb with its auxiliaries, its negation and its particle; without adverbs."""
    return ordered([*children(verb, "aux", "auxpass", "neg", "prt"), verb])


def auxiliaries(verb: Token) -> Phrase:
    """The auxiliaries and the negation before a verb."""
    return tuple(child for child in children(verb, "aux", "auxpass", "neg") if child.i < verb.i)


def is_clause_head(token: Token) -> bool:
    """Whether a token is the verb of a clause of its own: no auxiliary, no modifier."""
    if token.pos_ == "ADJ" and children(token, "auxpass", "nsubjpass"):
        return True  # a participle that the tagger took for an adjective
    modifiers = ("aux", "auxpass", "amod", "compound", "prep", "punct")
    return token.pos_ in VERBAL and token.dep_ not in modifiers


def objects_of(verb: Token) -> list[Token]:
    """Direct objects, predicate nouns and sums ("rose 3 %"), coordinated ones included."""
    found = children(verb, "dobj", "attr", "oprd")
    found = found or [token for token in children(verb, "npadvmod") if token.ent_type_ in SUMS]
    nouns = [t for one in found for t in coordinated(one) if _is_argument(t) and t.pos_ != "ADJ"]
    return nouns or _object_before(verb) or _shared_object(verb)


def _is_argument(token: Token) -> bool:
    return token.pos_ in NOMINAL and token.tag_ not in QUESTION_WORDS and token.text[:1].isalnum()


def _object_before(verb: Token) -> list[Token]:
    """ "the tools that she used": the noun before a relative clause that lacks its object."""
    if verb.dep_ != "relcl" or verb.head.pos_ not in ("NOUN", "PROPN"):
        return []
    own = children(verb, *SUBJECTS)
    taken = children(verb, "nsubjpass", "dobj", "ccomp", "xcomp", "acomp", "attr")
    taken = [token for token in taken if token.tag_ not in ("WDT", "WP")]
    if not own or taken or any(token.tag_ in QUESTION_WORDS for token in own) or own[0].lower_ == "that":
        return []
    if any(t.tag_ in ("WRB", "WP$") or t.dep_ == "mark" for t in verb.subtree if t.i < verb.i):
        return []
    stranded = [
        prep
        for prep in children(verb, "prep")
        if not any(child.tag_ not in QUESTION_WORDS for child in prep.children)
    ]
    return [] if stranded else coordinated(verb.head)


def _shared_object(verb: Token) -> list[Token]:
    """ "buys and sells shares": the object stands after the last verb."""
    if any(child.dep_ not in ("nsubj", "aux", "neg", "cc", "conj", "punct") for child in verb.children):
        return []
    right = [t for t in children(verb, "conj") if t.pos_ in VERBAL and _base(t.tag_) == _base(verb.tag_)]
    return [
        noun
        for token in right[:1]
        if not children(token, *SUBJECTS)
        for noun in children(token, "dobj")
        if _is_argument(noun)
    ]


def _base(tag: str) -> str:
    return "VB" if tag == "VBP" else tag


# ---------------------------------------------------------------- prepositions


class PrepPhrase(NamedTuple):
    """The words of a preposition and one noun after it."""

    words: Phrase
    noun: Token


def phrases_of(token: Token) -> Iterator[PrepPhrase]:
    """The prepositional phrases of a word, one for each coordinated noun."""
    for prep in children(token, "prep", "agent", "dative"):
        if prep.pos_ in ("ADP", "SCONJ", "VERB", "PART", "ADV", "ADJ"):
            yield from nouns_after(prep, ())
    for adverb in children(token, "advmod"):  # "moved back to Velden"
        for prep in children(adverb, "prep"):
            if adverb.i == prep.i - 1 and token.pos_ in VERBAL:
                yield from nouns_after(prep, (adverb,))


def nouns_after(prep: Token, before: Phrase) -> Iterator[PrepPhrase]:
    """The nouns after a preposition; "because of" and "in front of" are one, "from X to Y" are two."""
    joined = [c for c in children(prep, "prep", "pcomp") if c.i == prep.i + 1 and not list(c.children)]
    such = [child for child in prep.children if child.lower_ == "such" and child.i == prep.i - 1]
    words = (*before, *such, prep, *joined)
    nouns = children(prep, "pobj")
    for noun in nouns:
        longer = _complex(noun)
        if longer is not None:
            modifiers = [t for t in children(noun, "det", "amod") if t.i < noun.i]
            yield from nouns_after(longer, (*words, *modifiers, noun))
        elif f"{prep.lower_} {noun.lower_}" not in _DISCOURSE:
            yield from (PrepPhrase(words, one) for one in _places(noun) if _is_argument(one))
    for child in children(prep, "prep"):
        if child.i > prep.i and child not in joined:
            yield from nouns_after(child, () if nouns else words)
    for child in children(prep, "conj"):
        if child.pos_ == "ADP":
            yield from nouns_after(child, before)


def _places(noun: Token) -> list[Token]:
    """The nouns after a preposition; a town's state or country is one more: "in Velden, Nordmark"."""
    larger = [t for t in children(noun, "appos") if t.ent_type_ == noun.ent_type_ == "GPE"]
    return [*coordinated(noun), *larger]


def _complex(noun: Token) -> Token | None:
    """The second preposition of "in front of", with its noun behind it."""
    if noun.lower_ not in _COMPLEX:
        return None
    return next(
        (
            p
            for p in children(noun, "prep")
            if p.lower_ in ("of", "to", "with", "for") and children(p, "pobj")
        ),
        None,
    )
