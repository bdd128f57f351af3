"""Names that the recogniser cut, made whole, for ontologies without a lexicon of their own.

Encyclopedias write persons with nicknames and letters ("Karin \"Kari\" Holt, OBE"), armies and parties
with whose they are ("People's Guard", "Reform Party of the Isle of Hale"), species in Latin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.extract.capitals import is_capital
from kg.extract.foreign import value_table
from kg.extract.knowledge import Knowledge
from kg.extract.lexicon import Lexicon
from kg.extract.names import NameSpan

#: Those whose a body is by its name: "People's Guard".
_OWNERS = frozenset(("people", "women", "men", "children", "workers", "farmers", "king", "queen"))
_QUOTES = ('"', "“", "”")
_NUMERALS = frozenset("II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI".split())
_LATIN = re.compile(
    r"[a-z]{2,}(?:us|um|is|ens|ans|ii|ae|ica|ata|ana|ina|osa|ula|oides|ea|ia|ra|ta|sa|la|na|ma)"
)
_NICKNAME = re.compile(r"(.+?) [\"“]\s*([^\"”]+?)\s*[\"”] (.+)")


def whole_names(doc: Doc, spans: Iterable[NameSpan], know: Knowledge) -> Iterator[NameSpan]:
    """The names of a document, those whole that were cut; letters after a name left out."""
    joined = _with_nicknames(doc, _of_owners(doc, list(spans), know))
    kept: list[NameSpan] = []
    for span in _without_letters(doc, joined):
        if span.label == "PERSON" and _hyphenated(doc, span):
            span = span._replace(end=span.end + 2)
        last = kept[-1] if kept else None
        if last is not None and (_is_code(doc, last, span) or _is_of(doc, last, span, know)):
            kept[-1] = NameSpan(last.start, span.end, last.label if last.label != "GPE" else "ORG")
        elif last is None or span.start >= last.end:
            kept.append(span)
    yield from _binomials(doc, kept) if know.has_species else kept


# ---------------------------------------------------------------- persons


def called(form: str, lexicon: Lexicon) -> str:
    """What a person with a nickname in quotation marks is called: by it, where it is a given name."""
    found = _NICKNAME.fullmatch(form)
    if not found:
        return form
    given, nickname, family = found.groups()
    usual = lexicon.is_first_name(nickname)
    return f"{nickname} {family.split()[-1]}" if usual else f"{given} {family}"


def _with_nicknames(doc: Doc, spans: list[NameSpan]) -> list[NameSpan]:
    """Given names, nickname and family name as one: 'Karin "Kari" Holt'."""
    for token in doc:
        if token.text not in _QUOTES or token.i + 3 >= len(doc) or not token.i:
            continue
        close = next((i for i in (token.i + 2, token.i + 3) if doc[i].text in _QUOTES), 0)
        if (
            not close
            or close + 1 >= len(doc)
            or not (_personal(token.nbor(-1)) and _personal(doc[close + 1]))
        ):
            continue
        start, end = token.i, close + 1
        while start > token.sent.start and _personal(doc[start - 1]):
            start -= 1
        while end < len(doc) and (_personal(doc[end]) or doc[end].lower_ in ("van", "von", "de", "der")):
            end += 1
        if any(t.ent_type_ == "PERSON" for t in doc[start:end]):
            spans = [span for span in spans if span.end <= start or span.start >= end]
            spans = sorted([*spans, NameSpan(start, end, "PERSON")])
    return spans


def _personal(token: Token) -> bool:
    return is_capital(token) and token.ent_type_ in ("", "PERSON") and not _is_letters(token)


def _is_letters(token: Token) -> bool:
    """Letters for an honour after a name: "OBE", "KCB"."""
    text = token.text
    capitals = sum(char.isupper() for char in text)
    short = text.isalpha() and 2 <= len(text) <= 7 and text not in _NUMERALS
    return short and capitals > 1 and text[0].isupper() and text[-1].isupper()


def _without_letters(doc: Doc, spans: Iterable[NameSpan]) -> Iterator[NameSpan]:
    """Persons without the letters after their names, and no letters as names of their own."""
    until = 0
    for span in spans:
        if span.end <= until:
            continue
        if span.label == "PERSON":
            end = span.end
            while end - span.start > 2 and _is_letters(doc[end - 1]):
                end -= 1
            span = span._replace(end=end)
            until = after_letters(doc, end) if end - span.start > 1 else 0
        yield span


def unlettered(doc: Doc, span: NameSpan) -> NameSpan:
    """A name of which no more is known without two or more groups of letters at its end: "Moe, OBE FRS"."""
    end = span.end
    while end - span.start > 2 and _is_letters(doc[end - 1]):
        end -= 1
    return span._replace(end=end) if span.end - end > 1 else span


def after_letters(doc: Doc, index: int) -> int:
    """Where the letters after a name end: ", KCB, OBE"."""
    while index < len(doc):
        step = 2 if doc[index].text == "," and index + 1 < len(doc) else 1
        if not _is_letters(doc[index + step - 1]):
            return index
        index += step
    return index


def without_rank(doc: Doc, span: NameSpan, know: Knowledge) -> NameSpan:
    """A name without the rank or office before it, which the ontology has a class for: "Admiral Ida Vane"."""
    ranks = know.ranks
    for end in range(min(span.start + 3, span.end - 1), span.start, -1) if ranks else ():
        words = doc[span.start : end].text.lower()
        of = doc[end].lower_ in ("of", "-", ":") or doc[end].is_punct
        if value_table(know).get(words) in ranks and is_capital(doc[end]) and not of:
            return span._replace(start=end, label=span.label or "PERSON")
    return span


def _hyphenated(doc: Doc, span: NameSpan) -> bool:
    """Whether a hyphen and a word written small go on with a name of two words: "Kim Jae-won"."""
    end = span.end
    if end + 1 >= len(doc) or doc[end].text != "-" or doc[end - 1].whitespace_ or doc[end].whitespace_:
        return False
    after = doc[end + 2] if end + 2 < len(doc) else None
    alone = after is None or after.pos_ not in ("NOUN", "PROPN", "ADJ")
    return span.end - span.start > 1 and doc[end + 1].text.isalpha() and doc[end + 1].text.islower() and alone


# ---------------------------------------------------------------- bodies


def _is_generic(token: Token, know: Knowledge) -> bool:
    """Whether a name is only the noun for what it is, after an adjective written large: "Kestral Alps"."""
    before = token.nbor(-1) if token.i > token.sent.start else None
    if before is None or not is_capital(before) or before.ent_type_ != "NORP" or before.is_sent_start:
        return False
    kind = know.ontology.noun_types.get(token.lower_, "")
    return bool(kind) and know.ontology.kinds.get(kind) != "Person"


def _of_owners(doc: Doc, spans: list[NameSpan], know: Knowledge) -> list[NameSpan]:
    """ "People's Guard": with whose it is, where the recogniser had it as one name."""
    kept: list[NameSpan] = []
    for span in spans:
        last = kept[-1] if kept else None
        between = [token.text for token in doc[last.end : span.start]] if last is not None else []
        one = last is not None and doc[last.start].ent_iob_ == "B" and doc[last.start].ent_type_ == "ORG"
        if last is not None and last.end == span.start:
            same = one and all(t.ent_iob_ == "I" for t in doc[last.start + 1 : span.end])
            kept[-1:] = [last._replace(end=span.end, label="ORG")] if same else [last, span]
        elif len(span_words := doc[span.start : span.end]) == 1 and _is_generic(span_words[0], know):
            kept.append(span._replace(start=span.start - 1))
        elif last is not None and between in (["'s"], ["’s"]) and doc[last.end - 1].lower_ in _OWNERS:
            kept[-1] = last._replace(end=span.end, label="ORG")
        else:
            kept.append(span)
    return kept


def _is_code(doc: Doc, last: NameSpan, span: NameSpan) -> bool:
    """Whether the second of two names side by side is the number of the first."""
    code = doc[span.start].text
    follows = span.start == last.end and last.label != "PERSON"
    return follows and code.isupper() and any(char.isdigit() for char in code)


def _is_of(doc: Doc, last: NameSpan, span: NameSpan, know: Knowledge) -> bool:
    """Whether a name says whose the organisation before it is: "Party of the …"."""
    between = [token.lower_ for token in doc[last.end : span.start]]
    head = doc[last.end - 1].lower_
    named = head in ("party", "guild", "academy", "order")
    return between in (["of"], ["of", "the"]) and (
        named or know.lexicon.has("names.organization_words", head)
    )


# ---------------------------------------------------------------- peoples


def peoples(doc: Doc, know: Knowledge) -> Iterator[NameSpan]:
    """Peoples by one word in the plural ("the Tatars"), where an ontology has a class of them."""
    for ent in doc.ents if know.has_peoples else ():
        if ent.label_ == "NORP" and len(ent) == 1 and ent[0].tag_ in ("NNPS", "NNS"):
            yield NameSpan(ent.start, ent.end, "NORP")


# ---------------------------------------------------------------- species


def _binomials(doc: Doc, spans: list[NameSpan]) -> Iterator[NameSpan]:
    """Species with both their Latin words; in brackets the genus alone, which is a name of its own."""
    taken = {index: span for span in spans for index in range(span.start, span.end)}
    found: dict[int, NameSpan] = {}
    for token in doc[: len(doc) - 1]:
        if is_binomial(token):
            bracket = token.i > 0 and doc[token.i - 1].text == "("
            taken.pop(token.i, None)
            found[token.i] = NameSpan(token.i, token.i + (1 if bracket else 2), "")
    starts = set(found)
    yield from sorted([*found.values(), *(s for s in spans if starts.isdisjoint(range(s.start, s.end)))])


def is_binomial(token: Token) -> bool:
    """Whether a word and the next are the Latin name of a species: "Vulpes vulpes"."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if after is None or not token.text.isalpha() or not token.text.istitle() or len(token) < 3:
        return False
    bracket = token.i > 0 and token.nbor(-1).text == "("
    if bracket and token.i + 2 < len(token.doc) and after.text.isalpha() and after.text.islower():
        return token.nbor(2).text in (")", ",") or token.nbor(2).text.islower()
    known = token.ent_type_ in ("PERSON", "GPE", "DATE") and not bracket
    if token.is_sent_start or known or after.pos_ in ("VERB", "AUX", "ADV", "PRON"):
        return False
    return bool(_LATIN.fullmatch(after.text))
