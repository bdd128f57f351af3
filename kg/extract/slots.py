"""The words in the slots of a verb's clause: who does it, what to, and what is behind each preposition."""

from __future__ import annotations

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import (
    agents,
    all_conjuncts,
    children,
    conjuncts,
    has_relative,
    is_infinitive,
    is_passive,
    logical_objects,
    logical_subjects,
    prepositions,
    receivers,
    stranded,
    surface_subjects,
)
from kg.extract.nominals import possessors


def verb_slots(verb: Token) -> dict[str, list[Token]]:
    """All slots of a verb. Prepositional phrases count from both attachments, the verb's and its object's.

    The model hangs about a quarter of the phrases that belong to the verb on the direct object.
    """
    slots: dict[str, list[Token]] = {"subj": logical_subjects(verb), "obj": logical_objects(verb)}
    slots["subj"] = slots["subj"] or _getter(verb)
    slots["obj" if is_passive(verb) else "subj"] += _echoes(verb)
    direct = children(verb, "dobj", "nsubjpass", "attr", "oprd")
    passive_subject = [t for t in direct if t.dep_ == "nsubjpass" and not _is_share(t)]
    for holder in [
        verb,
        *[t for t in direct if t not in passive_subject],
        *children(verb, "prt", "acomp", "advmod"),
    ]:
        for name, token in prepositions(holder):
            key = name if holder == verb or name != "of" else "+of"
            slots.setdefault(key, []).append(token)
        slots.setdefault("+of", []).extend(_before(holder) if holder != verb else [])
    phrases = [prep for above in (verb, *direct) for prep in children(above, "prep")]
    for holder in [p for prep in phrases for p in children(prep, "pobj")]:
        for name, token in prepositions(holder):
            slots.setdefault(f"+{name}", []).append(token)
        slots.setdefault("+of", []).extend(_before(holder))
    _add_stranded(verb, slots)
    for name, token in (pair for doer in agents(verb) for pair in prepositions(doer)):
        if name == "from" and token.pos_ == "PROPN":  # "was hired by X from Y"
            slots.setdefault(name, []).append(token)
    given = receivers(verb)
    if given and slots["obj"] and given[0] not in slots["obj"]:  # "gave X a fine": a fine to X
        slots.setdefault("to", []).extend(all_conjuncts(given))
    if is_passive(verb) and children(verb, "dobj"):  # "was awarded a contract by X"
        slots.setdefault("to", []).extend(all_conjuncts(children(verb, "nsubjpass")))
    if verb.lemma_ in words("kin.living"):
        slots["subj"] += _household(verb)
    _add_times_and_places(verb, slots)
    _add_shared(verb, slots)
    named = [c for c in children(verb, "advcl", "xcomp", "ccomp") if is_infinitive(c) and _is_name(c)]
    if named:  # "sell X to Repsol", which the parser took for a verb
        slots.setdefault("to", []).extend(named)
    slots["?"] = _beneficiaries(verb)
    return slots


def _echoes(verb: Token) -> list[Token]:
    """Who did the same: "X sued Y, as did Z", "and so has Z", "X was fined, as was Z"."""
    clauses = children(verb, "advcl", "conj", "parataxis")
    if (
        verb.dep_ == "ccomp"
        and verb.head.i > verb.i
        and any(t.text == ";" for t in children(verb.head, "punct"))
    ):
        clauses.append(verb.head)  # "X sued Y; so has Z"
    return [
        who
        for clause in clauses
        if clause.lemma_ in (("be", "have") if is_passive(verb) else ("do", "have"))
        and clause.tag_ in ("VBD", "VBZ", "VBP")
        and {child.lower_ for child in clause.children if child.i < clause.i} & {"as", "so"}
        and {child.dep_ for child in clause.children}
        <= {"advmod", "mark", "nsubj", "nsubjpass", "punct", "cc", "ccomp"}
        for who in all_conjuncts(children(clause, "nsubj", "nsubjpass"))
        if who.pos_ == "PROPN"
    ]


def _before(noun: Token) -> list[Token]:
    """What may stand behind a noun with "of": its owner, "a $3 billion valuation", "the Kestra board"."""
    owners = [o for o in children(noun, "poss", "nummod") if o.dep_ == "poss" or o.ent_type_ == "MONEY"]
    if not owners and noun.lemma_.lower() in words("implicit.things"):
        owners = [name for name in children(noun, "compound", "nmod") if name.pos_ == "PROPN"]
    return [t for owner in owners for t in conjuncts(owner)]


def _getter(participle: Token) -> list[Token]:
    """ "Its music app, Orbix, launched in 2018": whose it is did so; not of "its rival, Orbix"."""
    name, listed = participle.head, participle.lemma_ in words("grammar.getting")
    if not listed or participle.dep_ != "acl" or not is_passive(participle):
        return []
    noun = name.head if name.dep_ == "appos" else name
    owners = possessors(noun) if noun.lemma_.lower() in words("grammar.gotten") or noun.ent_type_ else []
    return owners if noun.pos_ == "NOUN" else []


def _household(verb: Token) -> list[Token]:
    """ "Lives in Oslo with her husband, X, and her mother, Y": they do too."""
    beside = [t for name, t in prepositions(verb) if name == "with"]
    return [t for t in beside if t.lemma_.lower() in words("kin.nouns") and children(t, "poss")]


def _is_share(noun: Token) -> bool:
    """ "40 percent of Y is held by X"."""
    return noun.ent_type_ == "PERCENT" or noun.lemma_.lower() in words("implicit.holdings")


def _is_name(word: Token) -> bool:
    return word.text[:1].isupper() and word.ent_type_ in ("ORG", "PERSON", "GPE")


def _add_times_and_places(verb: Token, slots: dict[str, list[Token]]) -> None:
    """Phrases on a date ("born on 3 May 1950 in Drevsund"), dates without a preposition, "where", "there"."""
    phrases = [p for prep in children(verb, "prep") for p in children(prep, "pobj")]
    days = children(verb, "npadvmod")
    for day in [*phrases, *days]:
        if day.ent_type_ != "DATE":
            continue
        if day in days:
            slots.setdefault("on", []).append(day)
        for name, token in prepositions(day):
            slots.setdefault(name, []).append(token)
    for where in children(verb, "advmod"):
        if where.lower_ in ("where", "there"):  # "has its headquarters there"
            for name in ("in", "at", "to"):
                slots.setdefault(name, [where])


def _add_stranded(verb: Token, slots: dict[str, list[Token]]) -> None:
    """What the preposition at the end of a relative clause is of: "the cells it depends on"."""
    if verb.dep_ == "relcl" and [t.tag_ for t in slots["obj"]] == ["WDT"]:  # "firms that X invests in"
        for prep in stranded(verb):
            slots.setdefault(prep.lower_, []).extend(slots["obj"])
    if verb.dep_ == "relcl" and not has_relative(verb):
        for prep in stranded(verb):
            slots.setdefault(prep.lower_, []).append(verb.head)
        for name, token in prepositions(verb.head):
            slots.setdefault(name, []).append(token)


def _add_shared(verb: Token, slots: dict[str, list[Token]]) -> None:
    """What a verb shares with the next one: "lives and works in Drevsund", "was born and raised there"."""
    after = next((c for c in children(verb, "conj") if c.pos_ == "VERB" and c.i > verb.i), None)
    if after is not None and is_passive(after) == is_passive(verb):
        between = verb.doc[verb.i + 1 : after.i]
        if all(token.dep_ in ("cc", "advmod", "prt", "punct") for token in between):
            for name, tokens in verb_slots(after).items():
                if (name != "subj" or is_passive(verb)) and not slots.get(name):
                    slots[name] = tokens
    alone = verb.dep_ == "conj" or verb.lemma_ in ("retire", "graduate")
    alone = alone and not children(verb, "auxpass", "agent", "nsubjpass")
    if alone and is_passive(verb) and not slots["subj"]:  # "was born in Drevsund and settled in Halden"
        slots["subj"] = all_conjuncts(surface_subjects(verb))


def _beneficiaries(verb: Token) -> list[Token]:
    """Who gets what a participle describes: "X raised cash in a round led by Y"."""
    noun = verb.head
    if verb.dep_ != "acl" or not is_passive(verb):
        return []
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ in ("pobj", "dobj") and governor.pos_ == "VERB":
        return logical_subjects(governor)
    return []
