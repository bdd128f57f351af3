"""Who takes part beside those that the verb names: "raised $40 million, with X also taking part"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import all_conjuncts, children


def add_participants(verb: Token, slots: dict[str, list[Token]]) -> None:
    """Count who takes part among those who led the round, or from whom the money came."""
    for prep in verb.children:
        if prep.lower_ != "with" or prep.dep_ != "prep":
            continue
        for gerund in children(prep, "pcomp"):
            thing = [child.lower_ for child in children(gerund, "dobj")]
            if gerund.lower_ in ("participating", "investing") or (
                gerund.lower_ == "taking" and "part" in thing
            ):
                slots.setdefault("subj" if verb.lemma_ == "lead" else "from", []).extend(
                    all_conjuncts(children(gerund, "nsubj"))
                )
