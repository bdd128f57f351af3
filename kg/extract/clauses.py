"""Clause analysis: who fills which slot of a verb.

Independent of any domain. The slots of a verb are ``subj``, ``obj`` (also the subject of a passive)
and its prepositions; those of nouns are in ``nominals``. Each construction is one small function from
a token to tokens.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from spacy.tokens import Token

from kg.english import words
from kg.extract.amounts import is_currency
from kg.extract.fronted import is_told_before, subject_behind
from kg.extract.opening import is_before_its_verb

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_EVERYBODY = frozenset("all anybody anyone everybody everyone everything nobody none nothing".split())
_SUMS = ("MONEY", "PERCENT", "CARDINAL", "QUANTITY")


def children(token: Token, *deps: str) -> list[Token]:
    """The children of a token with one of the given dependencies."""
    return [child for child in token.children if child.dep_ in deps]


def conjuncts(token: Token) -> list[Token]:
    """A token and what is coordinated with it to its right."""
    found = [token, *_along_with(token)]
    for child in token.children:
        if child.dep_ == "conj" and token.lower_ in _EVERYBODY:
            continue  # "everyone but A"
        if child.dep_ == "conj" and children(child, "case") and not _shares_owner(token):
            continue  # "A and Finland's B": the country is B's
        # "A, B and C": the parser may take B for an apposition of A
        listed = child.dep_ == "appos" and child.pos_ == token.pos_ == "PROPN" and children(child, "conj")
        if child.dep_ == "conj" or listed:
            found.extend(conjuncts(child))
    return found


def _along_with(name: Token) -> list[Token]:
    """ "A, along with B, sued", "A, together with B, sued": B did so too."""
    if name.pos_ != "PROPN":
        return []
    preps = [below for prep in children(name, "prep") for below in (prep, *children(prep, "prep"))]
    beside = [prep for prep in preps if prep.lower_ == "with" and prep.i > name.i]
    return [
        other
        for prep in beside
        if prep.i > 1 and prep.nbor(-1).lower_ in ("along", "together") and prep.nbor(-2).text == ","
        for other in children(prep, "pobj")
        if other.pos_ == "PROPN"
    ]


def _shares_owner(token: Token) -> bool:
    """Whether a possessive is of two: "A and B's merger", but not "A and Finland's B"."""
    return token.dep_ == "poss" and token not in _before_a_country(token.head)


def _before_a_country(token: Token) -> list[Token]:
    """ "A and Finland's B": the parser makes both A and the country owners of B; A stands beside B."""
    owners = [c for c in children(token, "poss") if not children(c, "case")]
    return [
        owner
        for owner in owners
        if any(children(other, "case") and other.ent_type_ == "GPE" for other in children(owner, "conj"))
    ]


def all_conjuncts(tokens: list[Token]) -> list[Token]:
    """The tokens with all that is coordinated with them, in the order of the text."""
    if not tokens:
        return []
    tokens = [*(first for token in tokens for first in _before_a_country(token)), *tokens]
    found = {found.i: found for token in tokens for found in conjuncts(token)}
    return [found[i] for i in sorted(found)]


# ---------------------------------------------------------------- verbs


def is_passive(verb: Token) -> bool:
    """Whether a verb form is passive, also a participle after its noun ("a firm backed by X")."""
    if children(verb, "nsubjpass", "auxpass"):
        return True
    if verb.tag_ != "VBN" or children(verb, "aux", "nsubj"):
        return False
    if verb.dep_ in ("acl", "advcl", "amod", "ccomp", "oprd", "prep"):
        return True
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return is_passive(verb.head)
    if verb.dep_ not in ("ROOT", "relcl", "acomp", "nsubj", "csubj"):  # "is 30 percent owned by" is an acomp
        return False
    return bool(children(verb, "agent")) or subject_behind(verb) is not None


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """The subject of a verb as it is said or understood from the clause above, without conjuncts."""
    own = _own_subjects(verb)
    if own or depth > 6:
        return own
    head = verb.head
    if verb.dep_ == "acomp" and is_passive(verb):
        return surface_subjects(head, depth + 1)
    if verb.dep_ == "conj" and head.pos_ in ("VERB", "AUX"):
        return surface_subjects(head, depth + 1)
    if verb.dep_ in ("acl", "relcl") and head.pos_ in ("NOUN", "PROPN", "PRON", "NUM"):
        participle = verb.dep_ == "acl" and verb.tag_ in ("VBG", "VBN", "VBD") and not is_infinitive(verb)
        return [head] if participle else _purpose_subjects(verb, depth)
    if verb.dep_ == "xcomp" and head.pos_ in ("VERB", "AUX"):
        return _controllers(verb) or surface_subjects(head, depth + 1)
    if verb.dep_ == "xcomp" and head.pos_ in ("ADJ", "NOUN"):
        return surface_subjects(head.head, depth + 1) if head.head != head else []
    if verb.dep_ in ("advcl", "ccomp", "dep", "prep") and head.pos_ in ("VERB", "AUX"):
        understood = _controllers(verb) or surface_subjects(head, depth + 1)
        return understood if verb.tag_ in ("VBG", "VBN", "VB") else []
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        governor = head.head
        if governor.pos_ in ("VERB", "AUX"):
            # "kept X from buying", "fined X for fixing prices"
            blamed = head.lower_ in ("for", "of") and governor.lemma_ in words("grammar.blaming")
            kept = children(governor, "dobj") if head.lower_ == "from" or blamed else []
            return kept or surface_subjects(governor, depth + 1)
        if governor.dep_ == "pobj" and governor.head.head.pos_ in ("VERB", "AUX"):
            governor = governor.head  # "is in talks about buying"
        owner = children(governor, "poss")
        return owner or (
            surface_subjects(governor.head, depth + 1) if governor.head.pos_ in ("VERB", "AUX") else []
        )
    return []


def _own_subjects(verb: Token) -> list[Token]:
    """The subjects of a verb itself; the parser may find none, or take a participle before it for one."""
    own = children(verb, *SUBJECTS)
    if len(own) == 1 and is_told_before(own[0]):
        behind = subject_behind(own[0])
        return [behind] if behind is not None else own
    if not own and verb.tag_ == "VBN":
        behind = subject_behind(verb)
        return [behind] if behind is not None else []
    if not own and verb.dep_ == "ROOT" and verb.tag_ in ("VBZ", "VBD"):  # a modifier that no verb can have
        own = [c for c in verb.lefts if c.pos_ == "PROPN" and (c.dep_ == "compound" or is_before_its_verb(c))]
    return own


def _controllers(verb: Token) -> list[Token]:
    """The object above that does it: "named X its chair, succeeding Y", "lent X $3 million to buy Y"."""
    above, infinitive = verb.head, is_infinitive(verb)
    if verb.dep_ == "xcomp" and not is_passive(above):
        controls = above.lemma_ in words("grammar.object_control") or _takes_time(above)
        if controls and children(above, "dobj"):
            return children(above, "dobj")
    if infinitive and above.lemma_ in words("grammar.giving"):
        return _given(above)
    told = verb.dep_ == "advcl" and (verb.tag_ == "VBG" or infinitive)
    hires = told and above.lemma_ in words("as_verbs.employer")
    return children(above, "dobj", "nsubjpass") if hires else []


def _given(verb: Token) -> list[Token]:
    """Who is given something: "lent X money", "lent money to X", "paid X"."""
    if is_passive(verb):
        return []
    people = [t for t in children(verb, "dobj") if t.pos_ == "PROPN"]
    return receivers(verb) or [t for name, t in prepositions(verb) if name == "to"] or people


def _takes_time(verb: Token) -> bool:
    """ "It took X two years to buy Y": X bought it."""
    return verb.lemma_ in ("cost", "take") and any(t.lower_ == "it" for t in children(verb, "nsubj"))


def is_indefinite(noun: Token) -> bool:
    """ "A unit of Y": a common noun with "a"."""
    return noun.pos_ == "NOUN" and any(child.lower_ in ("a", "an") for child in noun.children)


def has_own_auxiliary(verb: Token) -> bool:
    """ "Did not buy X but will open", "but does use": the second verb has an auxiliary of its own."""
    return any(aux.tag_ == "MD" or (aux.lemma_ == "do" and aux.tag_ != "VB") for aux in children(verb, "aux"))


def is_infinitive(verb: Token) -> bool:
    """Whether "to" stands before a verb, in the passive too ("to be bought")."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in verb.children)


def _purpose_subjects(verb: Token, depth: int) -> list[Token]:
    """ "plans to buy", "its decision to sell": who has the noun is who does it."""
    noun = verb.head
    owners = children(noun, "poss")
    owners = owners or [t for name, t in prepositions(noun) if name == "of" and t.ent_type_ == "ORG"]
    if owners and (is_infinitive(verb) or children(noun, "poss")):
        return owners  # "its plan to buy Y", "the plan of X to buy Y"
    if noun.dep_ in ("dobj", "attr", "pobj") and is_infinitive(verb):
        governor = noun.head if noun.dep_ != "pobj" else noun.head.head
        while governor.pos_ in ("ADV", "ADP") and governor.dep_ in ("prep", "advmod"):  # "away from a deal"
            governor = governor.head
        if governor.lemma_ in words("grammar.giving") and _given(governor):
            return _given(governor)  # "gave X a contract to build Y"
        if governor.pos_ in ("VERB", "AUX"):
            return surface_subjects(governor, depth + 1)
    return []


def agents(verb: Token) -> list[Token]:
    """By whom a passive says that it is done, without conjuncts."""
    by = [b for agent in children(verb, "agent") for b in (agent, *children(agent, "conj"))]
    shares = [c for c in children(verb, "conj") if c.ent_type_ == "PERCENT"]  # "60% owned by X and 40% by Y"
    by += [prep for share in shares for prep in children(share, "prep") if prep.lower_ == "by"]
    return [pobj for agent in by for pobj in children(agent, "pobj")]


def logical_subjects(verb: Token) -> list[Token]:
    """Who does it: the subject, or the agent of a passive; conjuncts included."""
    if not is_passive(verb):
        return all_conjuncts(surface_subjects(verb))
    doers = all_conjuncts(agents(verb))
    behind = subject_behind(verb) if len(doers) > 1 else None
    return [doer for doer in doers if doer != behind] or _accusers(verb)


def _accusers(verb: Token) -> list[Token]:
    """ "Was accused of fraud by X": the agent hangs on what somebody is accused of."""
    if verb.lemma_ not in words("judging.verbs"):
        return []
    deeds = [
        deed
        for prep in children(verb, "prep")
        for deed in children(prep, "pobj", "pcomp")
        if prep.lower_ == "of"
    ]
    agents = [by for deed in deeds for by in children(deed, "prep", "agent") if by.lower_ == "by"]
    return all_conjuncts([p for by in agents for p in children(by, "pobj") if p.pos_ == "PROPN"])


def logical_objects(verb: Token) -> list[Token]:
    """What it is done to: the direct object, the subject of a passive, the noun before a reduced relative."""
    if is_passive(verb):
        return all_conjuncts(surface_subjects(verb))
    direct = children(verb, "dobj") or [c for c in children(verb, "ccomp") if c.pos_ in ("NOUN", "PROPN")]
    given, fined = receivers(verb), [name for token in direct for name in _run_into(token)]
    found = fined or [t for t in direct if not (given and _is_sum(t))] or given
    top = verb.head if verb.dep_ == "xcomp" else verb  # "an operator it has stopped using"
    if not found and top.dep_ == "relcl" and not has_relative(top):
        found = [top.head] if not stranded(verb) else []
    return all_conjuncts(found)


def receivers(verb: Token) -> list[Token]:
    """Who is given something without a preposition: "gave X a fine"."""
    return [token for token in children(verb, "dative") if token.pos_ != "ADP"]


def is_given(share: Token) -> bool:
    """ "Gave Y a stake in Z": a share that is no longer the giver's."""
    return share.lemma_.lower() in words("implicit.holdings") and bool(receivers(share.head))


def _is_sum(noun: Token) -> bool:
    """Whether a noun is a sum of money or a number, as the recogniser or the words say."""
    return noun.ent_type_ in _SUMS or (is_currency(noun.lower_) and bool(children(noun, "nummod")))


def _run_into(total: Token) -> list[Token]:
    """The name that a sum of money was run into: "fined Kestra Group 48 million euros"."""
    numbers = [c for c in total.lefts if c.like_num or c.ent_type_ in _SUMS]
    if not numbers or not (_is_sum(total) or total.pos_ in ("NOUN", "NUM")):
        return []
    names = [token for c in total.lefts for token in (*c.lefts, c) if token.pos_ == "PROPN"]
    before = [name for name in names if name.i < numbers[0].i]  # not "bought 20 Kestra trucks"
    return before[-1:]


def has_relative(verb: Token) -> bool:
    """Whether a relative pronoun stands in the clause of a verb."""
    return any(token.tag_ in ("WDT", "WP", "WP$", "WRB") for token in verb.subtree if token.i < verb.i)


def stranded(verb: Token) -> list[Token]:
    """Prepositions without an object ("the cells it depends on")."""
    return [prep for prep in children(verb, "prep") if not list(prep.children)]


def with_particle(verb: Token) -> str:
    """The lemma of a verb with its particle ("give up")."""
    return " ".join([verb.lemma_.lower(), *(child.lower_ for child in children(verb, "prt"))])


def is_listed(verb: Token, verbs: Container[str]) -> bool:
    """Whether a list has a verb, alone or with its particle."""
    return verb.lemma_ in verbs or with_particle(verb) in verbs


def prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """The prepositions below a word with their objects; conjuncts included."""
    for prep in token.children:
        if prep.dep_ in ("prep", "dative", "agent") and prep.pos_ in ("ADP", "SCONJ", "VERB", "PART", "ADV"):
            yield from _objects_of(prep)


def dated_prepositions(token: Token) -> Iterator[tuple[str, Token]]:
    """The prepositions below a word, and those hung on a date among them: "on 3 May to Y"."""
    for name, below in prepositions(token):
        yield name, below
        if below.ent_type_ == "DATE":
            yield from prepositions(below)


def _objects_of(prep: Token) -> Iterator[tuple[str, Token]]:
    name = prep.lower_
    for child in prep.children:
        if child.dep_ == "pobj":
            for token in conjuncts(child):
                yield name, token
                again = children(token, "prep") if token != child else []  # "chips from X and steel from Y"
                yield from (p for below in again if below.lower_ == name for p in _objects_of(below))
        elif child.dep_ == "pcomp" and child.lower_ in ("known", "called"):  # "with what was then known as X"
            what = any(c.lower_ == "what" for c in child.children)
            yield from ((name, t) for _, t in (prepositions(child) if what else ()) if t.pos_ == "PROPN")
        elif child.dep_ == "prep" or (child.dep_ == "conj" and child.pos_ == "ADP"):
            yield from _objects_of(child)
