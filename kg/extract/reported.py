"""Who a clause below a verb is about: a slot of verb frames of its own."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import all_conjuncts, children, is_passive


def add_reported(verb: Token, slots: dict[str, list[Token]]) -> None:
    """Who a clause below is about: "alleged that Y copied it", "is looking into whether Y did"."""
    below = [
        *children(verb, "ccomp"),
        *(c for prep in children(verb, "prep") for c in children(prep, "pcomp")),
    ]
    for clause in below:
        marks = {mark.lower_ for mark in children(clause, "mark")}
        if not is_passive(clause):  # who was wronged is not who did it
            name = "whether" if marks & {"whether", "if"} else "that"
            slots.setdefault(name, []).extend(all_conjuncts(children(clause, "nsubj")))
