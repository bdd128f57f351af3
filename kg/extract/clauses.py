"""Clause analysis: who fills which slot of a verb, noun or adjective.

Independent of any domain. Slots are ``subj``, ``obj`` (also the subject of a passive), the
prepositions, and for nouns ``is`` (the bearer: "X is the CEO"), ``poss``, ``mod`` ("the X unit") and
``have`` (who has, signs or makes it). Each construction is one small function from a token to tokens.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OBJECT_CONTROL = frozenset(
    "hire ask urge help lead allow force enable let make order require tell persuade convince invite appoint name elect"
    " expect permit prompt push encourage instruct".split()
)


def children(token: Token, *deps: str) -> list[Token]:
    """The children of a token with one of the given dependencies."""
    return [child for child in token.children if child.dep_ in deps]


def conjuncts(token: Token) -> list[Token]:
    """A token and what is coordinated with it to its right."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found.extend(conjuncts(child))
    return found


def all_conjuncts(tokens: list[Token]) -> list[Token]:
    """The tokens with all that is coordinated with them, in the order of the text."""
    found = {found.i: found for token in tokens for found in conjuncts(token)}
    return [found[i] for i in sorted(found)]


# ---------------------------------------------------------------- verbs


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive, also a participle after its noun ("a firm backed by X")."""
    if children(verb, "nsubjpass", "auxpass"):
        return True
    if verb.tag_ != "VBN" or children(verb, "aux", "nsubj"):
        return False
    if verb.dep_ in ("acl", "advcl", "amod", "ccomp", "oprd"):
        return True
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return is_passive(verb.head)
    return verb.dep_ in ("ROOT", "relcl") and bool(children(verb, "agent"))


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The subject of a verb as it is said or understood from the clause above, without conjuncts."""
    own = children(verb, *SUBJECTS)
    if own or depth > 6:
        return own
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return surface_subjects(head, depth + 1)
    if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        return (
            [head] if verb.dep_ == "acl" and verb.tag_ in ("VBG", "VBN") else _purpose_subjects(verb, depth)
        )
    if verb.dep_ == "xcomp" and head.pos_ in ("VERB", "AUX"):
        objects = children(head, "dobj")
        if objects and head.lemma_ in _OBJECT_CONTROL and not is_passive(head):
            return objects
        return surface_subjects(head, depth + 1)
    if verb.dep_ == "xcomp" and head.pos_ in ("ADJ", "NOUN"):
        return surface_subjects(head.head, depth + 1) if head.head != head else []
    if verb.dep_ in ("advcl", "ccomp", "dep") and head.pos_ in ("VERB", "AUX"):
        return surface_subjects(head, depth + 1) if verb.tag_ in ("VBG", "VBN", "VB") else []
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        governor = head.head
        if governor.pos_ in ("VERB", "AUX"):
            return surface_subjects(governor, depth + 1)
        owner = children(governor, "poss")
        return owner or (
            surface_subjects(governor.head, depth + 1) if governor.head.pos_ in ("VERB", "AUX") else []
        )
    return []


def _purpose_subjects(verb: Token, depth: int) -> list[Token]:
    """ "plans to buy", "its decision to sell": who has the noun is who does it."""
    noun = verb.head
    owners = children(noun, "poss")
    if owners:
        return owners
    if noun.dep_ in ("dobj", "attr", "pobj") and verb.tag_ == "VB":
        governor = noun.head if noun.dep_ != "pobj" else noun.head.head
        if governor.pos_ in ("VERB", "AUX"):
            return surface_subjects(governor, depth + 1)
    return []


def logical_subjects(verb: Token) -> list[Token]:
    """Who does it: the subject, or the agent of a passive; conjuncts included."""
    if is_passive(verb):
        return all_conjuncts([p for agent in children(verb, "agent") for p in children(agent, "pobj")])
    return all_conjuncts(surface_subjects(verb))


def logical_objects(verb: Token) -> list[Token]:
    """What it is done to: the direct object, the subject of a passive, the noun before a reduced relative."""
    if is_passive(verb):
        return all_conjuncts(surface_subjects(verb))
    found = children(verb, "dobj", "dative")
    found = [token for token in found if token.dep_ == "dobj"] or [t for t in found if t.pos_ != "ADP"]
    if not found and verb.dep_ == "relcl" and not _has_relative(verb):
        found = [verb.head] if not _stranded(verb) else []
    if (
        not found
        and verb.dep_ == "conj"
        and verb.head.pos_ == "VERB"
        and not children(verb, "prep", "ccomp", "xcomp")
    ):
        return []
    return all_conjuncts(found)


def _has_relative(verb: Token) -> bool:
    """Whether a relative pronoun stands in the clause of a verb."""
    return any(token.tag_ in ("WDT", "WP", "WP$", "WRB") for token in verb.subtree if token.i < verb.i)


def _stranded(verb: Token) -> list[Token]:
    """Prepositions without an object ("the cells it depends on")."""
    return [prep for prep in children(verb, "prep") if not list(prep.children)]


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """The prepositions below a word with their objects; conjuncts included."""
    for prep in token.children:
        if prep.dep_ in ("prep", "dative", "agent") and prep.pos_ in ("ADP", "SCONJ", "VERB", "PART", "ADV"):
            yield from _objects_of(prep)


def _objects_of(prep: Token) -> Iterator[tuple[str, Token]]:
    name = prep.lower_
    for child in prep.children:
        if child.dep_ == "pobj":
            for token in conjuncts(child):
                yield name, token
        elif child.dep_ == "prep" or (child.dep_ == "conj" and child.pos_ == "ADP"):
            yield from _objects_of(child)


def verb_slots(verb: Token) -> dict[str, list[Token]]:
    """All slots of a verb. Prepositional phrases count from both attachments, the verb's and its object's.

    The model hangs about a quarter of the phrases that belong to the verb on the direct object.
    """
    slots: dict[str, list[Token]] = {"subj": logical_subjects(verb), "obj": logical_objects(verb)}
    direct = children(verb, "dobj", "nsubjpass", "attr", "oprd")
    passive_subject = [t for t in direct if t.dep_ == "nsubjpass"]
    for holder in [
        verb,
        *[t for t in direct if t not in passive_subject],
        *children(verb, "prt", "acomp", "advmod"),
    ]:
        for name, token in prepositions(holder):
            if holder == verb or name != "of":
                slots.setdefault(name, []).append(token)
    for holder in [p for prep in children(verb, "prep") for p in children(prep, "pobj")]:
        for name, token in prepositions(holder):
            slots.setdefault(f"+{name}", []).append(token)
    if verb.dep_ == "relcl" and not _has_relative(verb):
        for prep in _stranded(verb):
            slots.setdefault(prep.lower_, []).append(verb.head)
        noun = verb.head
        for name, token in prepositions(noun):
            slots.setdefault(name, []).append(token)
    slots["?"] = _beneficiaries(verb)
    return slots


def _beneficiaries(verb: Token) -> list[Token]:
    """Who gets what a participle describes: "X raised cash in a round led by Y", "X uses steel supplied by Y"."""
    noun = verb.head
    if verb.dep_ != "acl" or not is_passive(verb):
        return []
    governor = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.dep_ in ("pobj", "dobj") and governor.pos_ == "VERB":
        return logical_subjects(governor)
    return []


def fixed_words(verb: Token) -> set[str]:
    """Lemmas of the words that may be fixed parts of a verb frame: particles, objects, complements."""
    found: set[str] = set()
    for child in verb.children:
        if child.dep_ in ("prt", "dobj", "acomp", "advmod", "oprd", "attr", "nsubjpass", "npadvmod", "prep"):
            found |= {child.lemma_.lower(), child.lower_}
            for below in child.children:
                if below.dep_ in ("pobj", "compound", "amod"):
                    found |= {below.lemma_.lower(), below.lower_}
    if verb.dep_ in ("relcl", "acl"):
        found |= {verb.head.lemma_.lower()}
    return found


# ---------------------------------------------------------------- nouns


def possessors(noun: Token) -> list[Token]:
    """ "X's rival", "its rival"."""
    return all_conjuncts(children(noun, "poss"))


def modifiers(noun: Token) -> list[Token]:
    """Names before a noun: "the OpenAI chief executive"; the nearest compound only."""
    return [
        child
        for child in noun.children
        if child.dep_ in ("compound", "nmod", "amod") and child.pos_ == "PROPN"
    ]


def bearers(noun: Token) -> Iterator[tuple[str, Token]]:
    """Who is the noun, with the construction that says so."""
    for name, construction in BEARERS:
        found = list(construction(noun))
        alone = name == "title" and noun.tag_ not in ("NNS", "NNPS")
        for token in found if alone else all_conjuncts(found):
            if token in found or token.pos_ == found[0].pos_:
                yield name, token


def copula(noun: Token) -> Iterator[Token]:
    """X is, became, remains the noun."""
    top = _top_of_list(noun)
    if top.dep_ == "attr" and top.head.lemma_ in ("be", "become", "remain"):
        yield from surface_subjects(top.head)


def _top_of_list(noun: Token) -> Token:
    """The first of coordinated predicate nouns ("a chemist, a laureate and a member of Y")."""
    while noun.dep_ == "conj" and noun.head.pos_ in ("NOUN", "PROPN") and noun.head.i < noun.i:
        noun = noun.head
    return noun


def apposition(noun: Token) -> Iterator[Token]:
    """X, the noun."""
    top = _top_of_list(noun)
    if top.dep_ == "appos" and top.head.pos_ in ("PROPN", "NOUN"):
        yield top.head


def named_after(noun: Token) -> Iterator[Token]:
    """Its noun, X; its noun X."""
    yield from children(noun, "appos")
    if noun.dep_ == "conj" and not children(noun, "appos"):
        return
    for child in conjuncts(noun)[1:]:
        if child.pos_ == "NOUN":
            yield from children(child, "appos")


def title(noun: Token) -> Iterator[Token]:
    """Noun X: a role right before a person's name ("founder and chief executive Ida Moe")."""
    top = _top_of_list(noun)
    if (
        top.dep_ in ("compound", "nmod", "amod", "dep", "npadvmod")
        and top.head.pos_ == "PROPN"
        and top.head.i > noun.i
    ):
        yield top.head
        return
    for token in noun.doc[noun.i + 1 : min(noun.i + 9, noun.sent.end)]:
        if token.ent_type_ == "PERSON":
            yield _name_head(token)
            return
        joins = token.lower_ in ("and", ",", "&", "-") or (
            token.pos_ in ("NOUN", "PROPN", "ADJ") and not token.ent_type_
        )
        if not joins or (noun.i + 1 == token.i and token.text == ","):
            return


def _name_head(token: Token) -> Token:
    """The last word of the recogniser's name that a word begins."""
    last = token
    while last.i + 1 < len(token.doc) and last.nbor(1).ent_iob_ == "I":
        last = last.nbor(1)
    return last


def as_phrase(noun: Token) -> Iterator[Token]:
    """X serves as the noun; Y hired X as its noun."""
    top = _top_of_list(noun)
    if top.dep_ == "pobj" and top.head.lower_ == "as":
        verb = top.head.head
        if verb.pos_ == "NOUN" and verb.dep_ == "dobj":
            verb = verb.head
        if verb.pos_ in ("VERB", "AUX"):
            objects = logical_objects(verb) if verb.lemma_ not in ("serve", "work", "act") else []
            yield from objects or surface_subjects(verb)
        elif verb.pos_ == "PROPN":
            yield verb


def object_predicate(noun: Token) -> Iterator[Token]:
    """Y named X its noun; X was named the noun."""
    top = _top_of_list(noun)
    if top.dep_ == "oprd" and top.head.pos_ == "VERB":
        yield from logical_objects(top.head)
    if (
        top.dep_ == "dobj"
        and top.head.lemma_ in ("name", "appoint", "elect", "make")
        and is_passive(top.head)
    ):
        yield from surface_subjects(top.head)


def members(noun: Token) -> Iterator[Token]:
    """Its nouns include X and Y; nouns such as X."""
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "include":
        yield from children(noun.head, "dobj")
    for prep in children(noun, "prep"):
        if prep.lower_ in ("including", "like") or (
            prep.lower_ == "as" and [c for c in prep.children if c.lower_ == "such"]
        ):
            yield from children(prep, "pobj")


def labelled(noun: Token) -> Iterator[Token]:
    """X's Y platform, its Y service: the name before the noun is what the noun is."""
    if children(noun, "poss"):
        yield from (child for child in children(noun, "compound", "nmod", "amod") if child.text[:1].isupper())


def adverbial_subjects(noun: Token) -> list[Token]:
    """After months of nouns, X and Y …: who takes part is the subject of the clause."""
    top = noun
    while top.dep_ == "pobj" and top.head.dep_ == "prep":
        if top.head.head.pos_ in ("VERB", "AUX"):
            return all_conjuncts(surface_subjects(top.head.head)) if top.head.lower_ != "of" else []
        top = top.head.head
    return []


BEARERS = (
    ("copula", copula),
    ("apposition", apposition),
    ("named", named_after),
    ("title", title),
    ("as", as_phrase),
    ("predicate", object_predicate),
    ("members", members),
    ("labelled", labelled),
)


def holders(noun: Token, light_verbs: frozenset[str]) -> Iterator[tuple[Token, Token]]:
    """Who has, signs, makes the noun, with the verb: "X signed an agreement", "the stake X will keep"."""
    top = _top_of_list(noun)
    verb: Token | None = None
    if top.dep_ in ("dobj", "nsubjpass") and top.head.lemma_ in light_verbs:
        verb = top.head
    elif top.dep_ == "pobj" and top.head.dep_ == "prep" and top.head.head.lemma_ in light_verbs:
        verb = top.head.head
    if verb is not None:
        for token in logical_subjects(verb) if top.dep_ != "pobj" else all_conjuncts(surface_subjects(verb)):
            yield token, verb
    for clause in children(noun, "relcl"):
        if clause.lemma_ in light_verbs and not _has_relative(clause):
            for token in logical_subjects(clause):
                yield token, clause


def noun_prepositions(noun: Token, light_verbs: frozenset[str]) -> Iterator[tuple[str, Token]]:
    """The phrases of a noun, also those that hang on its conjuncts or on its light verb."""
    own = list(prepositions(noun))
    yield from own
    group = [t for t in conjuncts(_top_of_list(noun)) if t != noun and t.pos_ == "NOUN"]
    if not own:
        for other in group:
            if other.i > noun.i:
                yield from prepositions(other)
    top = _top_of_list(noun)
    if top.dep_ in ("dobj", "nsubjpass", "nsubj") and top.head.lemma_ in light_verbs:
        yield from ((name, token) for name, token in prepositions(top.head) if name not in ("by", "in", "of"))
        if top.dep_ != "nsubj":
            yield from ((name, token) for name, token in prepositions(top.head) if name == "in")
    for clause in children(noun, "relcl"):
        if clause.lemma_ in light_verbs:
            yield from prepositions(clause)


def role_owners(noun: Token, start: int, light_verbs: frozenset[str], preposition: str) -> list[Token]:
    """Whose the role is: "Y's CEO", "the CEO of Y", "Y CEO Ida Moe"; shared by coordinated roles."""
    group = [t for t in conjuncts(_top_of_list(noun)) if t.pos_ in ("NOUN", "PROPN")]
    for role in [noun, *[t for t in group if t != noun]]:
        first = start if role == noun else role.i
        found = possessors(role) + _names_before(role, first) + shared_possessor(role)
        found += [
            t for name, t in noun_prepositions(role, light_verbs) if name in (preposition, "of") and t != noun
        ]
        if found:
            return found
    return []


def shared_possessor(role: Token) -> list[Token]:
    """ "its smaller rival Skyfleet": the possessive may hang on the name after the role."""
    if role.dep_ in ("amod", "compound", "nmod") and role.head.i > role.i:
        return [child for child in children(role.head, "poss") if child.i < role.i]
    return []


def _names_before(role: Token, start: int) -> list[Token]:
    """The name right before a role word, whichever word of the title the parser hung it on."""
    if start == 0:
        return []
    before = role.doc[start - 1]
    if before.is_space and start > 1:  # a blanked bracket
        before = role.doc[start - 2]
    if before.text == "-" or before.dep_ not in (
        "compound",
        "nmod",
        "amod",
        "poss",
        "nsubj",
        "npadvmod",
        "dep",
    ):
        return []
    attached = before.head in (role, role.head) or before.head.i in range(start, role.i + 1)
    return [before] if before.pos_ in ("PROPN", "ADJ", "NOUN") and attached else []


def role_anchor(noun: Token) -> Token:
    """The verb that says who has a role ("was named", "serves as", "is"), or the noun itself."""
    top = _top_of_list(noun)
    if top.dep_ in ("attr", "oprd"):
        return top.head
    if top.dep_ == "pobj" and top.head.lower_ == "as":
        verb = top.head.head
        if verb.pos_ == "NOUN" and verb.head.pos_ in ("VERB", "AUX"):
            verb = verb.head
        return verb if verb.pos_ in ("VERB", "AUX") else noun
    if top.dep_ == "nsubj" and top.head.lemma_ == "include":
        return top.head
    return noun
