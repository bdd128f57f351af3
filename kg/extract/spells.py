"""Where somebody was before: "became chief of X after a decade at Y", "joined X following a stint at Y"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.english import words
from kg.extract.candidate import Candidate
from kg.extract.capitals import is_capital
from kg.extract.clauses import all_conjuncts, children, surface_subjects
from kg.extract.knowledge import Knowledge


def spell_candidates(noun: Token, know: Knowledge) -> Iterator[Candidate]:
    """The places of a spell that a clause says to be over; the frames are those of "stint"."""
    prep = noun.head
    if noun.lemma_ not in words("roles.spells") or prep.lower_ not in ("after", "following"):
        return
    verb = prep.head
    while verb.pos_ in ("NOUN", "PROPN") and verb.head != verb:  # "was named chief after a decade at"
        verb = verb.head
    subjects = all_conjuncts(surface_subjects(verb)) if verb.pos_ in ("VERB", "AUX") else []
    for item in know.frames.get(("event", "stint"), []) if subjects else []:
        behind = noun.nbor(1) if noun.i + 1 < len(noun.doc) else noun  # the parser may hang it on the verb
        places = children(behind, "pobj") if behind.lower_ == item.frame.object else []
        if any(is_capital(place) for place in places):
            span = (noun.i, noun.i + 1)
            yield Candidate(item, subjects, places, span, noun, "event adverbial", True, granted=True)
