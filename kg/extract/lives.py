"""What persons are called whose names a text gives in full, for ontologies without a lexicon of their own.

An encyclopedia opens a life with all the names that somebody was given ("Ida Marie Moe (born 1950) is");
elsewhere she is Ida Moe. A patronymic is left out wherever it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc

from kg.extract.capitals import is_capital
from kg.extract.knowledge import Knowledge
from kg.extract.lexicon import Lexicon
from kg.extract.names import NameSpan
from kg.extract.state import brackets_of
from kg.extract.whole import after_letters
from kg.ontology import ontology_path
from kg.words import load_words

_PATRONYMIC = re.compile(r"[A-Z]\w+(?:[oey]v[iy]ch|[oei]vna|ichna)")
_LIFE = re.compile(r"\bborn\b|\bdied\b|\b1\d{3}\b.+\b[12]\d{3}\b")
_GIVEN = re.compile(r"[A-Z][^\W\d_]*[a-z'’-]+[^\W\d_]*")
_PARTICLES = frozenset(
    "Al Ben Bin Da Das De Del Della Den Der Di Dos Du El Ibn La Le Mac Mc Ten Ter Van Von".split()
)

#: Small words that stand in titles and never in the name of a person.
_IN_TITLES = frozenset(
    "who whom that is are was were at on in for with from to down up a an not my your".split()
)


def usual_names(doc: Doc, spans: Iterable[NameSpan], forms: list[str], know: Knowledge) -> dict[str, str]:
    """The full names of a document with what their persons are called."""
    if not know.ontology.kinds:
        return {}
    found: dict[str, str] = {}
    for span, form in zip(spans, forms, strict=True):
        words = form.split()
        if span.label not in ("PERSON", "") or len(words) < 3:
            continue
        rest = [word for word in words[1:-1] if not _PATRONYMIC.fullmatch(word)]
        if _opens_life(doc, span):
            shorter = _said_shorter(form, forms)
            if shorter:
                found[form] = shorter
                continue
            if _all_given(words[0], rest, know.lexicon):
                rest = []
        if len(rest) + 2 < len(words):
            found[form] = " ".join((words[0], *rest, words[-1]))
    times = Counter(found.values())  # "Ida Marie Moe" and "Ida Sofie Moe" are two
    return {form: usual for form, usual in found.items() if times[usual] == 1}


def _opens_life(doc: Doc, span: NameSpan) -> bool:
    """Whether a bracket that says when somebody lived stands right behind a name."""
    last = doc[after_letters(doc, span.end) - 1]
    end = last.idx + len(last)
    told = any(start - end in (0, 1) and _LIFE.search(words) for start, _, words in brackets_of(doc))
    before = doc[doc[span.start].sent.start : span.start]  # "Major-General Ida Marie Moe, CB (1860 - 1915)"
    return told and all(is_capital(token) or token.is_punct for token in before)


def _said_shorter(form: str, forms: list[str]) -> str:
    """What the text itself calls a person further on by some of the names: "Ida Moe" of Ida Marie Moe."""
    words = form.split()
    for other in forms:
        said = other.split()
        known = iter(words)
        if 1 < len(said) < len(words) and all(word in known for word in said):
            return other
    return ""


def _all_given(first: str, middle: list[str], lexicon: Lexicon) -> bool:
    """Whether the words before the last of a name are given names, written in full."""
    plain = all(_GIVEN.fullmatch(word) and word not in _PARTICLES for word in (first, *middle))
    known = [
        bool(lexicon.is_first_name(word) or lexicon.first_name_gender(word)) for word in (first, *middle)
    ]
    titled = first.lower() in lexicon["names.titles"] or first.lower() in lexicon["names.role_words"]
    return plain and not titled and (known[0] or all(known[1:]))


# ---------------------------------------------------------------- what is no person


def is_no_person(label: str, form: str, know: Knowledge) -> bool:
    """Without a lexicon: whether what is called a person is none: "Orrin 901 FC", "Girl Who Runs"."""
    words = form.split()
    if label != "PERSON" or not know.ontology.kinds:
        return False
    return any(word.lower() in _IN_TITLES for word in words[1:]) or any(word.isdigit() for word in words)


def is_of_things(last: str, know: Knowledge) -> bool:
    """Without a lexicon: whether a name ends with a noun for persons in the plural or an abstract noun."""
    if not know.ontology.kinds:
        return False
    lower = last.lower()
    plural = lower.endswith("s") and know.ontology.noun_types.get(lower[:-1]) == "Person"
    abstract = lower.endswith(("tion", "ness", "ment"))
    return plural or (abstract and lower in load_words(ontology_path("derive.toml").parent).above)
