"""Whom a relative clause is about, and whose a thing is that was wronged."""

from __future__ import annotations

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import SUBJECTS, children, conjuncts, is_infinitive, surface_subjects
from kg.extract.standing import clause_of


def whole_group(token: Token, antecedent: Token) -> list[Token]:
    """ "By the sisters X and Y, who studied": all of them, where the clause stands behind the last."""
    first = antecedent
    while first.dep_ == "conj" and first.head.pos_ == "PROPN":
        first = first.head
    names = conjuncts(first)
    said = {token.head.lower_, *(child.lower_ for child in children(token.head, "aux", "auxpass"))}
    if len(names) < 2 or names[-1].i > token.i:
        return []
    if token.head.tag_ == "VBZ" or said & {"is", "was", "has"}:
        return names[-1:]
    plural = token.head.tag_ == "VBP" or bool(said & {"are", "were", "have"}) or antecedent != names[-1]
    plural = plural or _is_mutual(token.head)
    told = [*first.children, first.head, token.doc[max(0, first.left_edge.i - 1)]]
    return names if plural or any(t.tag_ == "NNS" and t.i < first.i for t in told) else []


def _is_mutual(verb: Token) -> bool:
    """ "Merged in June": what nobody does alone, and not with or to another."""
    others = [*children(verb, "dobj"), *(prep for prep in children(verb, "prep") if prep.lower_ == "with")]
    return verb.lemma_ in words("grammar.mutual") and not others


def person_beside(name: Token) -> Token:
    """Whom "who" means that the parser hung on a name: of "X, the chair of Y, who" it is X, not Y.

    Also of "X, a lawyer by training who".
    """
    if name.dep_ == "appos" and name.ent_type_ == "NORP" and name.head.ent_type_ == "PERSON":
        return name.head  # "X, a Republican who"
    prep, role = name.head, name.head.head
    person = role.head
    other = name.pos_ == "PROPN" or prep.lower_ == "by"
    inside = name.dep_ == "pobj" and other and prep.dep_ == "prep" and role.dep_ == "appos"
    return person if inside and role.pos_ == "NOUN" and person.ent_type_ == "PERSON" else name


def wronged(verb: Token) -> list[Token]:
    """ "X accused Y of copying its app", "sued Y for stealing its code": whose it is."""
    harms = verb.dep_ == "pcomp" and verb.lemma_ in words("grammar.harming")
    blaming = verb.head.head
    return surface_subjects(blaming) if harms and blaming.lemma_ in words("grammar.blaming") else []


def advised(token: Token) -> list[Token]:
    """Whose a deed is that another helps or judges, or is to give up.

    "X advised Y on its bid", "X, the adviser of Y in its bid", "X told Y to drop its bid"; "Y hired X to
    sell its unit"; "X advised Y when it bought Z".
    """
    noun = token.head
    if token.lower_ == "it" and token.dep_ == "nsubj" and noun.dep_ == "advcl":
        when = any(mark.lower_ in ("as", "when") for mark in children(noun, "mark", "advmod"))
        return children(noun.head, "dobj") if when and noun.head.lemma_ in words("grammar.helping") else []
    if token.lower_ != "its":
        return []
    clause = clause_of(token)
    if (
        is_infinitive(clause)
        and clause.dep_ in ("xcomp", "advcl")
        and clause.head.lemma_ in words("as_verbs.employer")
    ):
        return surface_subjects(clause.head)
    if noun.dep_ == "dobj":
        verb = noun.head
        ordered = verb.dep_ == "xcomp" and verb.head.lemma_ in words("grammar.object_control")
        dropped = ordered and verb.lemma_ in words("light_verbs.lose") | words("light_verbs.change")
        return children(verb.head, "dobj") if dropped else []
    if noun.dep_ != "pobj":
        return []
    above = noun.head.head
    while above.dep_ in ("dobj", "pobj") and above.lemma_.lower() not in words("grammar.advisers"):
        above = above.head if above.dep_ == "dobj" else above.head.head
        if above.pos_ in ("VERB", "AUX"):
            break
    if above.lemma_.lower() in words("grammar.advisers"):
        return [t for prep in children(above, "prep") if prep != noun.head for t in children(prep, "pobj")]
    helped = above.pos_ == "VERB" and above.lemma_ in words("grammar.advising")
    return [t for t in children(above, "dobj", "dative") if t.pos_ == "PROPN"] if helped else []


def spoken_for(token: Token) -> list[Token]:
    """ "Kestra's chief executive, X, said it would buy Y": for whom somebody speaks by office."""
    clause, told = token.head, token.dep_ in SUBJECTS and token.head.dep_ == "ccomp"
    if not told or clause.head.lemma_ not in words("attribution.verbs"):
        return []
    people = words("names.role_words") | words("transparent.people")
    sayers = [subject for subject in surface_subjects(clause.head) if subject.lower_ in people]
    return [owner for sayer in sayers for owner in children(sayer, "poss")]
