"""Nouns that say relations: who bears them, has them, and whose they are.

``is`` is the bearer ("X is the chief executive", "its rival, X"), the owner stands as possessive, as a
modifier or behind a preposition (``owners``). Each construction is one small function from a noun to
tokens.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from spacy.tokens import Token

from kg.english import words
from kg.extract import posts
from kg.extract.appointed import appointed, is_named_by, predecessors
from kg.extract.apposed import behind_the_owner, beside, is_behind_the_verb, is_make, names_the_owner
from kg.extract.clauses import (
    SUBJECTS,
    agents,
    all_conjuncts,
    children,
    conjuncts,
    has_relative,
    is_given,
    is_indefinite,
    is_listed,
    is_passive,
    logical_objects,
    logical_subjects,
    prepositions,
    surface_subjects,
)
from kg.extract.groups import among, grouping_verb, members, until_lately
from kg.extract.lists import role_above, top_of_list
from kg.extract.state import sentence_of


def possessors(noun: Token) -> list[Token]:
    """ "X's rival", "its rival"; not "an Alzheimer's drug", "a master's degree": of what sort it is."""
    articles = [child for child in children(noun, "det") if child.lower_ in ("a", "an")]
    owners = [o for o in children(noun, "poss") if o.lemma_ not in words("grammar.degrees")]
    owners = [owner for owner in owners if not any(a.i < owner.left_edge.i for a in articles)]
    near = owner_right_before(noun) if noun.text[:1].isupper() and owners else None
    return all_conjuncts(owners) if near is None or near in owners else [near]


def owner_right_before(name: Token) -> Token | None:
    """ "OpenAI's ChatGPT and Anthropic's Claude": the possessive that stands before a name is its own."""
    first = name.i
    while first and name.doc[first - 1].dep_ == "compound" and name.doc[first - 1].head == name:
        first -= 1
    said = first > 1 and name.doc[first - 1].tag_ == "POS"
    return name.doc[first - 2] if said else None


def modifiers(noun: Token) -> list[Token]:
    """Names before a noun: "the OpenAI chief executive"; the nearest compound only."""
    return [child for child in children(noun, "compound", "nmod", "amod") if child.pos_ == "PROPN"]


#: Constructions in which a singular noun has one bearer: "X, a unit of Y, and Z" says nothing of Z.
_ONE_BEARER = ("title", "apposition", "copula", "named", "listed", "fronted")


@lru_cache(maxsize=1)  # all frames of a noun ask
def bearers(noun: Token) -> tuple[tuple[str, Token], ...]:
    """Who is the noun, with the construction that says so."""
    return tuple(_bearers(noun))


def _bearers(noun: Token) -> Iterator[tuple[str, Token]]:
    for name, construction in BEARERS:
        found = list(construction(noun))
        alone = name in _ONE_BEARER and noun.tag_ not in ("NNS", "NNPS")
        for token in found if alone else all_conjuncts(found):
            if token in found or token.pos_ == found[0].pos_ or children(token, "appos"):
                yield name, token


def copula(noun: Token) -> Iterator[Token]:
    """X is, became, remains the noun; X is a painter, and the noun."""
    top = top_of_list(noun)
    verb = top.head
    is_it = verb.lower_ == "acting" and top.dep_ == "dobj"  # "has been acting chief of Y"
    if verb.lemma_ in ("be", "become", "remain"):
        is_it = top.dep_ == "attr" or (top.dep_ == "conj" and children(verb, "attr") != [] and top.i > verb.i)
    if is_it:
        yield from surface_subjects(verb)


def apposition(noun: Token) -> Iterator[Token]:
    """X, the noun: the name right before the comma, for the parser may hang it on one further off."""
    top = top_of_list(noun)
    if top.dep_ != "appos" or top.head.pos_ not in ("PROPN", "NOUN") or appointed(top) or is_named(noun):
        return
    yield from beside(top)


def is_named(noun: Token) -> bool:
    """ "It will not sell X, its chairman, Y, said": the chairman is Y, whatever stands before."""
    own = children(noun, "poss") and children(noun, "appos")
    return any(name.ent_type_ == "PERSON" and name.head == noun for name in own or [])


def named_after(noun: Token) -> Iterator[Token]:
    """Its noun, X; its noun X; its noun and noun, X."""
    own = children(noun, "appos") or _subject_after(noun) or list(behind_the_owner(noun))
    own = [name for name in own if not (names_the_owner(noun, name) or is_behind_the_verb(noun, name))]
    # "her son, her second husband, Y": two people; "the Oslo carrier, a unit of Y": no name
    kin = noun.lemma_ in words("kin.nouns")
    own = [n for n in own if not (kin and n.lemma_ in words("kin.nouns")) and not is_indefinite(n)]
    yield from own if noun.tag_ == "NNS" else own[:1]  # "the French firm X and the Danish brewer Y"
    if noun.dep_ == "conj" and not own and noun.head.pos_ == "NOUN":  # "its founder and chairman, X"
        behind = noun.right_edge.i + (1 if noun.right_edge.text == "," else 2)
        yield from (t for t in children(noun.head, "appos") if t.ent_type_ and t.left_edge.i == behind)
    if noun.dep_ == "conj" or (own and noun.lemma_ in words("kin.nouns")):
        return
    for child in conjuncts(noun)[1:]:
        kinship = kin or child.lemma_ in words("kin.nouns")
        if child.pos_ == "NOUN" and not (
            kinship and children(child, "poss")
        ):  # "its founder and his wife, Y"
            yield from children(child, "appos")


def _subject_after(noun: Token) -> list[Token]:
    """The name right behind a noun that the parser takes for a second subject: "a native of Y, X joined"."""
    start = noun.right_edge.i + 1
    if noun.dep_ not in SUBJECTS or start + 1 >= len(noun.doc):
        return []
    start += noun.doc[start].text == ","
    twins = [t for t in children(noun.head, *SUBJECTS) if t.pos_ == "PROPN" and t.left_edge.i == start]
    return twins[:1]


def title(noun: Token) -> Iterator[Token]:
    """Noun X: a role right before a person's name ("founder and chief executive Ida Moe")."""
    top = top_of_list(noun)
    modifies = top.dep_ in ("compound", "nmod", "amod", "dep", "npadvmod")
    if modifies and top.head.pos_ == "PROPN" and top.head.i > noun.i:
        yield top.head
        return
    for token in noun.doc[noun.i + 1 : min(noun.i + 9, sentence_of(noun).end)]:
        if token.ent_type_ == "PERSON":
            if token.nbor(-1).pos_ != "CCONJ":  # "X is the chief executive and Y the treasurer"
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
    top = top_of_list(noun)
    if top.dep_ == "pobj" and (top.head.lower_ == "as" or _is_promotion(top.head)):
        verb = top.head.head
        if verb.pos_ == "NOUN" and verb.dep_ == "dobj":
            verb = verb.head
        if verb.lemma_ in words("as_verbs.learning"):
            return
        if verb.lemma_ in words("as_verbs.succeeding") and is_passive(verb):
            yield from logical_subjects(verb)  # "was followed as its chief by X"
        elif verb.pos_ in ("VERB", "AUX"):
            left = verb.lower_ == "leaving" and verb.dep_ == "advcl"  # "sold out, leaving X as the owner"
            objects = logical_objects(verb) if left or verb.lemma_ not in words("as_verbs.subject") else []
            yield from objects or surface_subjects(verb)
        elif verb.pos_ == "PROPN":
            yield verb


def _is_promotion(prep: Token) -> bool:
    return prep.lower_ == "to" and prep.head.lemma_ in ("promote", "elevate", "appoint", "name", "elect")


def object_predicate(noun: Token) -> Iterator[Token]:
    """Y named X its noun; X was named the noun."""
    top = top_of_list(noun)
    named = appointed(top)
    if named is not None:
        yield named.name
    elif top.dep_ == "oprd" and top.head.pos_ == "VERB":
        yield from logical_objects(top.head)
    made = top.dep_ == "dobj" and top.head.lemma_ in ("name", "appoint", "elect", "make")
    if made and is_passive(top.head):
        yield from surface_subjects(top.head)


def labelled(noun: Token) -> Iterator[Token]:
    """X's Y platform, its Y service: the name before the noun is what the noun is."""
    if children(noun, "poss"):
        named = children(noun, "compound", "nmod", "amod")
        yield from (name for name in named if name.text[:1].isupper() and not is_make(name, noun))


def adverbial_subjects(noun: Token) -> Iterator[tuple[str, Token, Token]]:
    """After months of nouns, X and Y …: who takes part is the subject of the clause.

    With the construction and the word that says so: "X and Y are in talks" says it with its verb.
    """
    top = noun
    while top.dep_ == "pobj" and top.head.dep_ == "prep":
        verb = top.head.head
        if verb.pos_ in ("VERB", "AUX"):
            said = ("adverbial", noun) if verb.lemma_ not in ("be", "remain") else ("predicate", verb)
            if top.head.lower_ != "of":
                yield from ((said[0], token, said[1]) for token in all_conjuncts(surface_subjects(verb)))
            return
        top = verb


def subject_copula(noun: Token) -> Iterator[Token]:
    """Y's noun is X."""
    if noun.dep_ == "nsubj" and noun.head.lemma_ == "be":
        ahead = (noun.head, *children(noun.head, "xcomp"))  # "is to be X"
        told = (t for verb in ahead if verb.lemma_ == "be" for t in children(verb, "attr"))
        yield from (child for child in told if child.pos_ in ("PROPN", "NOUN"))


def fronted(noun: Token) -> Iterator[Token]:
    """A noun of Y, X did; as a noun of Y, X did."""
    top = noun.head if noun.dep_ == "pobj" and noun.head.lower_ == "as" else noun
    verb = top.head
    first = top.left_edge.i == sentence_of(noun).start and noun.i < verb.i
    if first and top.dep_ in ("advcl", "npadvmod", "dep", "prep", "nmod") and verb.pos_ in ("VERB", "AUX"):
        end = top.right_edge.i + 1
        if end < verb.i and noun.doc[end].text == ",":
            yield from surface_subjects(verb)


def listed(noun: Token) -> Iterator[Token]:
    """X is a noun at Y, a noun at Z; X was born in Y, the noun of Z.

    The parser takes the second noun for an apposition of Y.
    """
    name, prep = noun.head, noun.head.head
    if noun.dep_ != "appos" or children(noun, "appos") or name.ent_type_ == "PERSON" or name.dep_ != "pobj":
        return
    offered = prep.lower_ not in ("in", "at")  # "an offer from Y, a firm"
    if prep.dep_ != "agent" and prep.head.pos_ == "VERB" and not offered:
        yield from logical_objects(prep.head) if is_passive(prep.head) else surface_subjects(prep.head)
        return
    above = role_above(name)
    above = above if above is not None and above.lower_ in words("names.ranks") else None
    for construction in (copula, apposition, as_phrase, title) if above is not None else ():
        found = list(construction(above)) if above is not None else []
        if found:
            yield from found
            return


def post(noun: Token) -> Iterator[Token]:
    """X holds the post of noun."""
    yield from posts.holders(noun)


BEARERS = (
    ("copula", copula),
    ("apposition", apposition),
    ("named", named_after),
    ("title", title),
    ("as", as_phrase),
    ("post", post),
    ("predicate", object_predicate),
    ("members", members),
    ("among", among),
    ("until", until_lately),
    ("labelled", labelled),
    ("subject copula", subject_copula),
    ("fronted", fronted),
    ("listed", listed),
    ("predecessor", predecessors),
)


def holders(noun: Token, light_verbs: frozenset[str]) -> Iterator[tuple[Token, Token]]:
    """Who has, signs, makes the noun, with the verb: "X signed an agreement", "the stake X will keep"."""
    top = top_of_list(noun)
    verb: Token | None = None
    yield from _buyers(top, light_verbs)
    if top.dep_ in ("dobj", "nsubjpass") and is_listed(top.head, light_verbs) and not is_given(top):
        verb = top.head
    elif top.dep_ == "pobj" and top.head.lower_ != "of" and is_listed(top.head.head, light_verbs):
        verb = top.head.head if not children(top.head.head, "dobj") else None  # "opened an inquiry into"
    if verb is not None:
        for token in logical_subjects(verb) if top.dep_ != "pobj" else all_conjuncts(surface_subjects(verb)):
            yield token, verb
    elif top.dep_ == "pobj" and top.head.lower_ in ("at", "in"):  # "makes its drugs at a plant in Y"
        verb = top.head.head.head if top.head.head.dep_ == "dobj" else top.head.head
        indefinite = not any(c.dep_ == "poss" or c.lower_ == "the" for c in noun.children)
        if indefinite and verb.lemma_ in words("grammar.producing") and not is_passive(verb):
            yield from ((token, verb) for token in logical_subjects(verb))
    for clause in children(noun, "relcl"):
        if is_listed(clause, light_verbs) and not has_relative(clause):
            yield from ((token, clause) for token in logical_subjects(clause))
    for clause in _participles(noun):
        if is_listed(clause, light_verbs):
            yield from ((token, clause) for token in all_conjuncts(agents(clause)))


def _participles(noun: Token) -> list[Token]:
    """ "A fine imposed by X", "a fine on Y imposed by X": the parser hangs the participle on Y."""
    names = [p for prep in children(noun, "prep") for p in children(prep, "pobj") if p.pos_ == "PROPN"]
    legal = words("light_verbs.legal")
    far = [c for name in names for c in children(name, "acl") if c.lemma_ in legal]
    return [clause for clause in (*children(noun, "acl"), *far) if clause.tag_ == "VBN"]


def _buyers(noun: Token, light_verbs: frozenset[str]) -> Iterator[tuple[Token, Token]]:
    """Whose "purchase of a stake" it is, with the purchase."""
    transfer = noun.head.head
    if noun.dep_ != "pobj" or noun.head.lower_ != "of" or transfer.lemma_ not in words("grammar.transfers"):
        return
    owners = possessors(transfer) or [holder for holder, _ in holders(transfer, light_verbs)]
    yield from ((owner, transfer) for owner in owners)


def noun_prepositions(noun: Token, light_verbs: frozenset[str]) -> Iterator[tuple[str, Token]]:
    """The phrases of a noun, also those that hang on its conjuncts or on its light verb."""
    own = list(prepositions(noun))
    yield from own
    yield from _hung_lower(own)
    parties = [token for name, token in own if name == "of" and token.pos_ == "PROPN"]
    if len(parties) == 1:  # "the merger of X and its rival Y": the parser joins Y to the merger
        yield from (("of", c) for c in children(noun, "conj") if c.pos_ == "PROPN" and c.i > parties[0].i)
    group = [t for t in conjuncts(top_of_list(noun)) if t != noun and t.pos_ == "NOUN"]
    if not own:
        for other in group:
            if other.i > noun.i:
                yield from prepositions(other)
    top = top_of_list(noun)
    if top.dep_ in ("nsubj", "nsubjpass") and top.head.lemma_ in words("grammar.lying"):
        yield from prepositions(top.head)
    if top.dep_ in ("dobj", "nsubjpass", "nsubj") and top.head.lemma_ in light_verbs:
        yield from ((name, token) for name, token in prepositions(top.head) if name not in ("by", "in", "of"))
        if top.dep_ != "nsubj":
            yield from ((name, token) for name, token in prepositions(top.head) if name == "in")
    else:
        yield from _hung_higher(noun)
    for clause in children(noun, "relcl"):
        if is_listed(clause, light_verbs):
            yield from prepositions(clause)


#: What a noun's phrases are followed by that the parser hangs on the name in them.
_LOWER = {"of": ("with", "by", "to"), "by": ("against", "into", "on", "with")}


def _hung_lower(own: Iterable[tuple[str, Token]]) -> Iterator[tuple[str, Token]]:
    """The phrase that hangs on the name before it: "the merger of X with Y", "a suit by X against Y".

    Or on the subject of a deal: "a contract for six flights with X".
    """
    own = list(own)
    for name, token in own:
        after = _LOWER.get(name, ()) if token.pos_ == "PROPN" else ()
        yield from ((other, below) for other, below in prepositions(token) if other in after)
        if name in ("for", "on", "over") and token.pos_ == "NOUN" and all(n != "with" for n, _ in own):
            yield from (p for p in prepositions(token) if p[0] == "with" and p[1].pos_ == "PROPN")


def _hung_higher(noun: Token) -> Iterator[tuple[str, Token]]:
    """The phrase right behind a noun that the parser hung on the verb: "reduce its dependence on X"."""
    end = noun.right_edge.i + 1
    after = noun.doc[end] if end < sentence_of(noun).end else None
    if after is not None and after.dep_ == "prep" and after.head in noun.ancestors:
        yield from (
            (name, token) for name, token in prepositions(after.head) if token.head in (after, after.head)
        )


def role_anchor(noun: Token) -> Token:
    """The verb that says who has a role ("was named", "serves as", "is"), or the noun itself."""
    top = top_of_list(noun)
    if top.dep_ in ("attr", "oprd"):
        return top.head
    named = appointed(top)
    if named is not None:
        return named.verb
    if top.dep_ == "pobj" and top.head.lower_ == "as":
        verb = top.head.head
        if verb.pos_ == "NOUN" and verb.head.pos_ in ("VERB", "AUX"):
            verb = verb.head
        return verb if verb.pos_ in ("VERB", "AUX") else noun
    naming = top.dep_ == "nsubj" and top.head.lemma_ == "be" and is_named_by(top.head)
    if naming or (top.dep_ == "nsubj" and top.head.lemma_ == "include"):
        return next((t for t in children(top.head, "xcomp") if t.lemma_ == "be"), top.head)
    return posts.anchor_of(noun) or grouping_verb(top) or noun
