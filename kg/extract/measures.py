"""Time and amount of a proposition: the dates and sums that hang on its clauses."""

from __future__ import annotations

import re
from typing import NamedTuple

from spacy.tokens import Span, Token

from kg.english import words
from kg.extract.amounts import read_money, read_percent
from kg.extract.clauses import is_infinitive
from kg.extract.dates import Time, read_date
from kg.extract.snapshot import recognised
from kg.extract.state import sentence_of

_SINCE = frozenset(("since", "from", "effective"))
_UNTIL = frozenset(("until", "till", "to", "through"))


#: Above these a clause tells of another event, with a time of its own.
#: What says when a thing was decided, not when it is done.
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday today week yesterday".split())
_OTHER_EVENT = ("ccomp", "csubj", "acl", "advcl", "relcl")


class When(NamedTuple):
    """A time with its words; ``side`` is "since", "until" or "" for a point in time."""

    time: Time
    text: str
    side: str


def times(
    chain: tuple[Token, ...], extra: list[Token], issued: str | None, future: bool, sayers: frozenset[str]
) -> list[When]:
    """The dates of a clause: of the trigger first, then of what governs it, but not of who says so."""
    found: list[When] = []
    for token in (*extra, *chain):
        if token.lemma_ in sayers and token != chain[0]:
            break
        if token in chain[1:] and (_judges(token) or _tells_another_event(chain[chain.index(token) - 1])):
            break
        for span in _dates_below(token):
            today = span.text.lower() == "today"
            if _of_a_source(span, token, sayers) or (today and chain[0].tag_ in ("VBZ", "VBP")):
                continue
            when = token.dep_ == "relcl" and token.head in span
            if _of_another_sum(span) or (token == chain[0] and _of_decision(span, token)):
                continue
            for date, side in _sides(span) if not when else [(span.text, "")]:
                ahead = (future and token.tag_ != "VBD") or (side == "since" and _begins(chain[0]))
                ahead = ahead or is_scheduled(token)
                time = read_date(date, issued, ahead)
                if time is not None:
                    found.append(When(time, span.text, side))
        if found:
            break
    return found


def _of_decision(span: Span, event: Token) -> bool:
    """ "Approved its purchase of Y on Monday", "last week": the parser hangs the day on the purchase."""
    day = span[-1].lower_ in _DAYS
    return (
        day and event.pos_ == "NOUN" and any(map(_judges, list(event.ancestors)[:4])) and span.start > event.i
    )


def _judges(word: Token) -> bool:
    """ "Cleared its purchase of Y on Monday": the purchase was not on Monday."""
    return any(
        word.lemma_ in words(of)
        for of in ("judging.verbs", "judging.nouns", "judging.backing", "transparent.judging")
    )


def is_scheduled(verb: Token) -> bool:
    """ "Takes over on 1 July", "is joining in June": what is told in the present and dated is to come."""
    aux = [child.tag_ for child in verb.children if child.dep_ in ("aux", "auxpass")]
    present = verb.tag_ in ("VBZ", "VBP") or (verb.tag_ == "VBG" and bool({"VBZ", "VBP"} & {*aux}))
    return present and verb.lemma_ in words("status.scheduled.verbs")


def _begins(verb: Token) -> bool:
    """ "Named X chief from May", "hired X to run Y from May": what somebody is named to is yet to begin."""
    given = verb.head if is_infinitive(verb) and verb.dep_ in ("xcomp", "advcl") else verb
    return given.lemma_ in words("as_verbs.employer")


def _of_another_sum(span: Span) -> bool:
    """ "Worth $640 million, up from $210 million two years ago": when it was the other sum."""
    doc, last = span.doc, span.start - 1
    if last < 1 or doc[last].ent_type_ not in ("MONEY", "PERCENT"):
        return False
    first = last
    while first and doc[first].ent_type_ == doc[last].ent_type_ and doc[first].ent_iob_ == "I":
        first -= 1
    return first > 0 and doc[first - 1].lower_ in ("from", "than")


def _tells_another_event(verb: Token) -> bool:
    """Whether what stands above has a time of its own; not so in "will go in May and will be replaced"."""
    if verb.lemma_ in words("as_verbs.succeeding") and verb.tag_ == "VBG":
        return False  # "became its chairman in May, succeeding X"
    if verb.dep_ == "conj":
        return not all(any(c.tag_ == "MD" for c in v.children) for v in (verb, verb.head))
    return verb.dep_ in _OTHER_EVENT


def _dates_below(token: Token) -> list[Span]:
    """The date expressions that hang on a word directly or by a preposition."""
    found = recognised(sentence_of(token))
    spans = [ent for ent in found if ent.label_ == "DATE" or _is_year_before_noun(ent)]
    when = token.head if token.dep_ == "relcl" and any(c.lower_ == "when" for c in token.children) else None
    return [span for span in spans if _hangs_on(span.root, token) or (when is not None and when in span)]


def _is_year_before_noun(span: Span) -> bool:
    """ "its 2027 trucks", "the 2024 election": a year that the recogniser takes for a number."""
    noun = span.root.head
    definite = any(c.dep_ == "poss" or c.lower_ == "the" for c in noun.children)
    return span.label_ == "CARDINAL" and bool(re.fullmatch(r"(?:19|20)\d\d", span.text)) and definite


def _of_a_source(span: Span, token: Token, sayers: frozenset[str]) -> bool:
    """Whether a date follows the source without a comma: "As reported by X earlier this month, …"."""
    first = sentence_of(token).start
    before = span.doc[span.start - 1] if span.start > first else None
    said = before.nbor(-1).lemma_ in sayers if before is not None and before.i > first else False
    if before is not None and said and before.lower_ == "on" and before.i < token.i:
        return True  # "said on Thursday it would buy"
    while before is not None and before != token and before.head != before:
        if before.lemma_ in sayers and before.i < span.start:
            return True
        before = before.head
    return False


def _hangs_on(root: Token, token: Token) -> bool:
    for _ in range(3):
        if root.head == token:
            return root.dep_ in (
                "npadvmod",
                "advmod",
                "prep",
                "pobj",
                "nmod",
                "compound",
                "nummod",
                "dep",
                "advcl",
                "poss",
                "oprd",
            )
        steps = (
            root.head.dep_ in ("prep", "pobj", "npadvmod", "advmod", "pcomp", "amod")
            or root.head.pos_ == "ADP"
            or root.head.lower_ == "effective"  # "named X chief, effective 1 May"
        )
        role = root.dep_ in ("nmod", "compound") and root.head.head.lower_ == "until"
        if not steps or role:  # "X, until last year head of Y, will": when the role was
            return False
        root = root.head
    return False


_RANGE = re.compile(r"(?i)^(?:from |between )?(.+?) ?(?:–|—|-| to | until | and | through ) ?(.+)$")


def _sides(span: Span) -> list[tuple[str, str]]:
    """The words of a date with the side they bound: "1951 to 1960" is a since and an until."""
    match = _RANGE.match(span.text)
    years = [part for part in (match[1], match[2]) if re.search(r"\d{4}$", part)] if match else []
    if len(years) == 2:
        return [(years[0], "since"), (years[1], "until")]
    return [(span.text, _side(span))]


def _side(span: Span) -> str:
    before = span.root
    for _ in range(2):
        before = before.head
        if before.lower_ in _SINCE:
            return "since"
        if before.lower_ in _UNTIL:
            return "until"
        if before.pos_ in ("VERB", "AUX"):
            break
    return ""


def is_over(whens: list[When], anchor: Token, issued: str | None) -> bool:
    """ "Ran the company until 2009", "worked there from 2001 to 2004": a past state with an end.

    Also "X, its chief executive until 2009".
    """
    ends = [when.time.latest for when in whens if when.side == "until"]
    beside = anchor.pos_ in ("NOUN", "PROPN", "ADJ") and anchor.dep_ in ("appos", "conj")
    past = anchor.tag_ in ("VBD", "VBN") or beside
    return bool(ends) and past and (issued is None or ends[0] <= issued)


def edtf(whens: list[When]) -> str | None:
    """EDTF: a point, or an interval that is open where nothing is said."""
    since = next((w.time.edtf for w in whens if w.side == "since"), None)
    until = next((w.time.edtf for w in whens if w.side == "until"), None)
    if since or until:
        return f"{since or '..'}/{until or '..'}"
    return whens[0].time.edtf if whens else None


class Sum(NamedTuple):
    """Money (decimal, currency) or a percentage."""

    amount: str | None
    currency: str | None
    percent: str | None


def amount(tokens: list[Token]) -> Sum:
    """The first sum of money and the first percentage that hang on the words of a proposition.

    Of "from 12% to 18%" the second.
    """
    money, percent = None, None
    for token in tokens:
        for ent in recognised(sentence_of(token)):
            if (ent.label_ in _SUMS or _has_sign(ent)) and _belongs(ent, token):
                text = _with_unit(ent)
                money = money or read_money(text)
                percent = percent or read_percent(text)
    return Sum(money.amount if money else None, money.currency if money else None, percent)


_SUMS = ("MONEY", "PERCENT", "CARDINAL", "QUANTITY")


def _has_sign(ent: Span) -> bool:
    """ "Fined Kestra £9 million": the recogniser takes both for one name."""
    return ent.label_ == "ORG" and any(token.is_currency for token in ent.doc[ent.start : ent.end])


def _with_unit(ent: Span) -> str:
    """The words of a sum with the sign before it and the currency or percent sign after it."""
    start, end = ent.start, ent.end
    doc = ent.doc
    if start > 0 and (doc[start - 1].is_currency or doc[start - 1].text in ("US$", "A$", "C$", "HK$")):
        start -= 1
    if end < len(doc) and (doc[end].text in ("%", "percent") or doc[end].pos_ == "NOUN"):
        end += 1
    if start > 0 and doc[start - 1].lower_ == "from":  # "from 12% to 18%"
        start = next((i + 1 for i in range(start, end - 1) if doc[i].lower_ == "to"), start)
    return doc[start:end].text


def _belongs(ent: Span, token: Token) -> bool:
    """Whether a sum is the object, modifier or "for"-phrase of a word."""
    root = ent.root
    if token.dep_ == "nsubj" and token.head.lemma_ == "be" and root.head.head == token.head:
        return ent.label_ == "PERCENT" and root.head.lower_ == "with"  # "its top shareholder is X, with 22%"
    if token.dep_ == "acl" and root == token.head and root.dep_ in ("attr", "acomp"):
        return ent.label_ == "PERCENT"  # "is 23 percent owned by"
    if ent.label_ == "PERCENT" and root.dep_ == "nsubjpass" and root.head == token:
        return True  # "40 percent of Y is held by X"
    for _ in range(3):
        if root == token:
            return True
        if root.dep_ in ("nsubj", "nsubjpass", "conj", "relcl", "advcl", "appos", "ccomp", "parataxis"):
            return False
        root = root.head.head if root.head.lower_ == "of" else root.head  # "a fine of 3 million euros"
    return root == token
