"""Where the names of a document are: the recogniser's spans, mended, and what it missed.

The statistical recogniser takes headlines for organisations and misses names whose words it has
not seen. A name found once is a name everywhere in the document, and a run of capitalised words
inside a sentence is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Span, Token

from kg.extract.authorities import is_authority, join_authorities
from kg.extract.capitals import is_bare_name, is_beside_a_name, is_capital, is_second_half, may_be_name
from kg.extract.first_words import (
    again,
    before_noun,
    is_before_participle,
    is_before_role,
    is_coined,
    is_coined_word,
    is_of_a_science,
    is_people,
)
from kg.extract.genitives import own_genitives
from kg.extract.hyphens import whole
from kg.extract.lexicon import Lexicon
from kg.extract.opening import is_subject
from kg.extract.state import brackets_of, in_headline

NAME_LABELS = frozenset("PERSON ORG GPE LOC FAC PRODUCT WORK_OF_ART EVENT LAW NORP".split())
CONNECTORS = frozenset(
    "of the for de la le del della di da dos van von der den ter al bin ibn y e zu".split()
)

_JUNIOR = ("Jr.", "Sr.", "Jr", "Sr")
#: A number before one of these is no part of the name before it.
_COUNTED = ("%", "per", "percent", "pc", "million", "billion", "trillion", "bn")
_QUOTES = ('"', "“", "”", "'", "‘", "’")
_SMALL = frozenset("the a an its his her their this that in on at for and".split())


class NameSpan(NamedTuple):
    """Tokens that are a name, with the recogniser's label ("" when it found none)."""

    start: int
    end: int
    label: str


def find_names(doc: Doc, lexicon: Lexicon) -> list[NameSpan]:
    """The names of a document, in order, without overlaps."""
    taken: dict[int, NameSpan] = {}
    for span in doc.ents:
        if span.label_ in NAME_LABELS and not in_headline(span[0]):
            start = span.start - (span.label_ == "NORP" and _is_of_a_party(span[0], lexicon))
            _add(taken, _cleaned(doc, start, span.end, span.label_, lexicon))
    for start, end in _capital_runs(doc, taken, lexicon):
        _add(taken, _cleaned(doc, start, end, "", lexicon))
    join_authorities(doc, taken, lexicon)
    _drop_topics(doc, taken, lexicon)
    _join_persons(doc, taken)
    _join_firms(doc, taken, lexicon)
    _join_hyphens(doc, taken, lexicon)
    _join_genitives(doc, taken)
    _add(taken, _repeated(doc, taken))
    return sorted(span for span in set(taken.values()) if doc[span.start].lemma_ != "round")  # "its Series B"


def find_demonyms(doc: Doc, names: list[NameSpan], lexicon: Lexicon) -> list[NameSpan]:
    """The adjectives of places before a noun ("a French painter"); also "is a Dane", "is French"."""
    taken = {index for span in names for index in range(span.start, span.end)}
    return [
        NameSpan(token.i, token.i + 1, "DEMONYM")
        for token in doc
        if token.orth in lexicon.demonym_ids
        and token.i not in taken
        and (
            token.dep_ in ("amod", "compound", "nmod", "conj")
            or (token.dep_ in ("attr", "appos") and any(c.lower_ in ("a", "an") for c in token.lefts))
            or (token.dep_ == "acomp" and token.head.lemma_ == "be")
            or is_before_participle(token)
        )
    ]


def _is_of_a_party(token: Token, lexicon: Lexicon) -> bool:
    """ "The Social Democrats", of which the recogniser takes "Democrats" alone; not "German Democrats"."""
    before = token.nbor(-1) if token.i else token
    joined = before.head == token and before.tag_ == "NNP" and before.dep_ == "compound"
    return joined and is_capital(before) and not lexicon.is_demonym(before.text) and not before.ent_type_


def _add(taken: dict[int, NameSpan], spans: Iterable[NameSpan]) -> None:
    for span in list(spans):
        if not any(index in taken for index in range(span.start, span.end)):
            taken.update(dict.fromkeys(range(span.start, span.end), span))


def _cleaned(doc: Doc, start: int, end: int, label: str, lexicon: Lexicon) -> Iterator[NameSpan]:
    """The names inside a span: cut at commas, small words, possessives and role words, then trimmed."""
    piece: list[int] = []
    for index in range(start, end):
        token = doc[index]
        joined = token.lower_ in ("and", ",") and label == "ORG" and is_authority(doc, start, end, lexicon)
        if joined or _inside(token, piece, doc, end, lexicon):
            piece.append(index)
            continue
        yield from _trimmed(doc, piece, label, lexicon)
        piece = []
    yield from _trimmed(doc, piece, label, lexicon)


def _inside(token: Token, piece: list[int], doc: Doc, end: int, lexicon: Lexicon) -> bool:
    """Whether a name that has begun may go on over a token (or begin with it)."""
    text, lower = token.text, token.lower_
    following = doc[token.i + 1] if token.i + 1 < end else None
    dash = text in ("-", "–") and bool(token.whitespace_) and token.i > 0 and bool(token.nbor(-1).whitespace_)
    if token.is_space or dash or text in ('"', "“", "”", "(", ")", ":", ";"):  # "Oslo - Kestra has"
        return False
    if text == ",":
        return (
            bool(piece)
            and following is not None
            and (following.lower_.rstrip(".") in lexicon["names.legal_suffixes"] or following.text in _JUNIOR)
        )
    if text in ("'s", "’s") or (text in ("'", "’") and token.tag_ == "POS"):
        return (
            bool(piece) and following is not None and lexicon.has("names.possessive_tails", following.lower_)
        )
    if lower == "of" and len(piece) == 1 and token.ent_type_ == "ORG" and is_coined_word(doc[piece[0]]):
        return _is_body(doc[piece[0]], lexicon)  # not "TotalEnergies of France"
    if is_capital(token) or is_second_half(token):
        return not _is_role_word(token, piece, lexicon)
    if lower in CONNECTORS or text in ("&", "-", "+", "/", ".", "'", "’", "–"):
        return (
            bool(piece)
            and following is not None
            and (is_capital(following) or following.lower_ in CONNECTORS or is_second_half(following))
        )
    named = token.tag_ == "NNP" or token.ent_type_ in ("ORG", "PRODUCT")
    begins = named and text[:1].isdigit() and text[-1].isalpha()  # "49ers Enterprises"
    counts = following is not None and following.lower_ in _COUNTED  # "Siemens 5 per cent"
    number = (token.like_num or text[:1].isdigit()) and text != "one" and not counts
    return begins or (bool(piece) and number)


def _is_role_word(token: Token, piece: list[int], lexicon: Lexicon) -> bool:
    """Titles and roles ("Chief Executive", "CEO", "Mr") are no part of a name, unless "General Motors"."""
    lower = token.lower_.rstrip(".")
    if lower in lexicon["names.titles"] and not (piece and lower in lexicon["names.role_words"]):
        return not piece and token.i + 1 < len(token.doc)
    return lower in lexicon["names.role_words"] and token.text != token.text.lower()


def _trimmed(doc: Doc, piece: list[int], label: str, lexicon: Lexicon) -> Iterator[NameSpan]:
    """The piece without articles, numbers and small words at its ends; nothing when no name is left."""
    while piece and (
        not _can_begin(doc[piece[0]], len(piece), lexicon)
        or (label == "PERSON" and is_people(doc[piece[0]], len(piece), lexicon))
    ):
        piece = piece[1:]
    while piece and not _can_end(doc[piece[-1]], lexicon):
        piece = piece[:-1]
    if not piece:
        return
    words = [doc[i] for i in piece]
    bare = doc[piece[0] : piece[-1] + 1].text
    if lexicon.has("names.not_names", bare) or (len(bare) < 2 and not bare.isalpha()):
        return
    if all(lexicon.has("names.not_names", word.text) or not is_capital(word) for word in words):
        return
    group = label == "NORP" and len(piece) == 1 and not words[0].is_oov  # an unknown word is a name
    group = group or (len(piece) == 1 and words[0].tag_ == "JJ" and lexicon.is_demonym(bare))
    subject = len(piece) == 1 and is_subject(words[0])
    group = group and not (is_bare_name(words[0], lexicon) or subject)
    if group or _is_descent(bare, lexicon):
        return
    first = len(piece) == 1 and words[0].is_sent_start
    common = first and (words[0].tag_ in ("NN", "NNS", "JJ", "RB") or before_noun(words[0]))
    known = label == "ORG" and words[0].tag_ == "NNP"  # "Harvard professor", not "Hotel worker"
    known = known or is_before_role(words[0], lexicon) or subject
    common = common and not known and not is_coined(words[0])
    if common and label not in ("PERSON", "GPE") and not (again(words[0]) or is_beside_a_name(words[0])):
        return
    yield NameSpan(piece[0], piece[-1] + 1, label)


def _is_descent(words: str, lexicon: Lexicon) -> bool:
    """ "German-Jewish", "British/Canadian": adjectives of peoples, no name."""
    parts = re.split(r" ?[-–/] ?", words)
    return len(parts) > 1 and any(lexicon.is_demonym(p) for p in parts) and all(p.isalpha() for p in parts)


def _can_begin(token: Token, length: int, lexicon: Lexicon) -> bool:
    if token.lower_ in _SMALL or (length > 1 and token.lower_ in lexicon["months"]):
        return False
    if length > 1 and (lexicon.has("names.not_first", token.lower_) or _is_of_firms(token, lexicon)):
        return False
    return is_capital(token) or (
        token.text[:1].isdigit() and length > 1 and token.ent_type_ not in ("DATE", "MONEY")
    )


def _is_body(token: Token, lexicon: Lexicon) -> bool:
    return any(lexicon.has(f"names.{words}_words", token.lower_) for words in ("authority", "organization"))


def _is_of_firms(token: Token, lexicon: Lexicon) -> bool:
    """ "Steelmakers X and Y": a plural that says what the names behind it are."""
    firm = token.lower_.removesuffix("s")
    known = firm.endswith("maker") or lexicon.has("descriptions.generic_organization", firm)
    return bool(token.is_sent_start) and firm != token.lower_ and known


def _can_end(token: Token, lexicon: Lexicon) -> bool:
    """A name ends with a capitalised word, or with a number that counts nothing ("95 million")."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    own = token.i > 0 and token.head == token.nbor(-1) and token.head.pos_ == "PROPN"  # "the Orbix 4 phone"
    counts = (
        after is not None and not own and (after.lower_ in lexicon["numbers.scales"] or after.pos_ == "NOUN")
    )
    worded = is_capital(token) or is_second_half(token)
    return worded or (token.text[:1].isdigit() and not counts)


def _capital_runs(doc: Doc, taken: dict[int, NameSpan], lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Runs of capitalised words that the recogniser left, in sentences."""
    start: int | None = None
    for token in doc:
        fits = (
            token.i not in taken
            and is_capital(token)
            and not in_headline(token)
            and may_be_name(token, lexicon)
        )
        if not fits and start is not None:
            joins = token.i not in taken and not token.is_sent_start and _joins(token, lexicon)
            if not joins:
                yield start, token.i
                start = None
        elif fits and start is None:
            start = token.i
        elif fits and token.is_sent_start and start is not None:
            yield start, token.i
            start = token.i
    if start is not None:
        yield start, len(doc)


def _joins(token: Token, lexicon: Lexicon) -> bool:
    """Whether a run of capitalised words goes on over "&" or a number: "Orbix 4", not "Orbix 4 million"."""
    return token.text == "&" or (token.like_num and _can_end(token, lexicon))


def _drop_topics(doc: Doc, taken: dict[int, NameSpan], lexicon: Lexicon) -> None:
    """Take out what is no name but a subject or rank: "Professor of Physics", "an Engagement Manager"."""
    for span in set(taken.values()):
        root = doc[span.start : span.end].root
        if _is_rank(root, lexicon) or (_is_topic(doc, span, root, lexicon) and not again(root)):
            for index in range(span.start, span.end):
                del taken[index]


def _is_rank(root: Token, lexicon: Lexicon) -> bool:
    """Whether words are what somebody is: "a Technical Fellow"."""
    article = any(child.dep_ == "det" and child.lower_ in ("a", "an") for child in root.children)
    return article and lexicon.has("names.ranks", root.lower_)


def _is_topic(doc: Doc, span: NameSpan, root: Token, lexicon: Lexicon) -> bool:
    """Whether common words by a role noun say what the role is about.

    The recogniser does not know them, or they are words for what one studies or does.
    """
    if is_of_a_science(root):
        return True
    role = root.head.head if root.dep_ == "pobj" and root.head.lower_ in ("of", "in", "for") else root.head
    before = root.dep_ in ("compound", "nmod", "amod") and is_capital(role)  # not "a Fine Gael politician"
    beside = (before or root.dep_ == "pobj") and lexicon.has("names.ranks", role.lower_)
    words = doc[span.start : span.end]
    field = lexicon["names.fields"] | CONNECTORS | {"&", "-", "'s"}
    known = not span.label or all(token.lower_ in field for token in words)
    return beside and known and all(doc.vocab[token.lower_].has_vector for token in words)


def _join_persons(doc: Doc, taken: dict[int, NameSpan]) -> None:
    """Two adjacent spans of a person are one name ("Jean-Luc" "Moreau"), also over a nickname or "Jr."."""
    for span in sorted(set(taken.values())):
        start = _over_nickname(doc, span.end)
        after = taken.get(start)
        if after is None or span.label != "PERSON" or after.label not in ("PERSON", ""):
            continue
        words = span.end - span.start + after.end - start
        if span == taken.get(span.start) and doc[start].sent == doc[span.start].sent and words <= 4:
            joined = NameSpan(span.start, after.end, "PERSON")
            taken.update(dict.fromkeys(range(joined.start, joined.end), joined))


def _join_firms(doc: Doc, taken: dict[int, NameSpan], lexicon: Lexicon) -> None:
    """ "ABP Noord", "Sable Bank", of which the recogniser saw the last word."""
    for span in sorted(set(taken.values())):
        before = taken.get(span.start - 1)
        if before is not None and _is_surname(doc, before, span, lexicon):
            taken.update(
                dict.fromkeys(range(before.start, span.end), NameSpan(before.start, span.end, "ORG"))
            )
        if before is None or before.label in ("ORG", "NORP"):
            continue
        given = span.label == "PERSON" and span.end == span.start + 1  # "DNB Liv"
        if span.label != "ORG" and not (given and doc[before.start].is_upper and len(doc[before.start]) > 1):
            continue
        kind = all(lexicon.has("names.organization_words", word.lower_) for word in doc[slice(*span[:2])])
        if (kind or (doc[before.start].is_upper and not before.label)) and all(
            word.dep_ == "compound" and span.start <= word.head.i < span.end
            for word in doc[before.start : before.end]
        ):
            joined = NameSpan(before.start, span.end, "ORG")
            taken.update(dict.fromkeys(range(joined.start, joined.end), joined))


def _is_surname(doc: Doc, firm: NameSpan, other: NameSpan, lexicon: Lexicon) -> bool:
    """ "Lockheed | Martin", of which the recogniser makes a firm and its product."""
    single = firm.end - firm.start == other.end - other.start == 1 and doc[firm.start].dep_ == "compound"
    labels = (firm.label, other.label) == ("ORG", "PRODUCT")
    return single and labels and lexicon.is_first_name(doc[other.start].text)


def _join_hyphens(doc: Doc, taken: dict[int, NameSpan], lexicon: Lexicon) -> None:
    """What hyphens tie to a name is of it."""
    for span in sorted(set(taken.values())):
        start, end = whole(doc, span.start, span.end, lexicon)
        beside = {taken[index] for index in range(start, end) if index in taken}
        if (start, end) != span[:2] and all(start <= other.start and other.end <= end for other in beside):
            taken.update(dict.fromkeys(range(start, end), NameSpan(start, end, span.label)))


def _join_genitives(doc: Doc, taken: dict[int, NameSpan]) -> None:
    """ "Sotheby's" is a name with its genitive."""
    spans = sorted(set(taken.values()))
    for start, end in own_genitives(doc, [(span.start, span.end) for span in spans]):
        joined = NameSpan(start, end + 1, taken[start].label)
        taken.update(dict.fromkeys(range(start, end + 1), joined))


def _over_nickname(doc: Doc, end: int) -> int:
    """Where a name goes on: after 'Karin "Kaja"', "Karin (Kaja)" or "Karin Moe,"; else the end itself."""
    here = doc[end : end + 4]
    if len(here) > 1 and here[0].text == "," and here[1].text in _JUNIOR:
        return end + 1
    if len(here) == 4 and here[0].text in _QUOTES and here[2].text in _QUOTES and is_capital(here[1]):
        return end + 3
    if len(here) > 1 and here[0].is_space and here[1].pos_ == "PROPN":
        for bracket in brackets_of(doc):
            if bracket.start - 1 <= here[0].idx + 1 <= bracket.end:
                words = bracket.words.strip(" ()").strip("\"“”'‘’")
                return end + 1 if words.isalpha() and words.istitle() else end
    return end


def _repeated(doc: Doc, taken: dict[int, NameSpan]) -> Iterator[NameSpan]:
    """Further places where a name of the document stands, headlines included; longest first."""
    known: dict[tuple[str, ...], int] = {}
    for span in sorted(set(taken.values())):
        words = tuple(token.text for token in doc[span.start : span.end])
        known.setdefault(words, span.end - span.start)
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(known, key=lambda w: (-len(w), w)):
        by_first.setdefault(words[0], []).append(words)
    for token in doc:
        for words in by_first.get(token.text, ()):
            end = token.i + len(words)
            free = all(index not in taken for index in range(token.i, end))
            if free and tuple(t.text for t in doc[token.i : end]) == words:
                yield NameSpan(token.i, end, "")
                break


def surface(doc: Doc, span: NameSpan) -> str:
    """The words of a name with single spaces between them."""
    found: Span = doc[span.start : span.end]
    return " ".join(found.text.split())
