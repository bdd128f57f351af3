"""Whose a role is: "Y's CEO", "the CEO of Y", "Y CEO Ida Moe", "a professor of physics at Y"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.english import words
from kg.extract import posts
from kg.extract.appointed import appointed
from kg.extract.clauses import (
    SUBJECTS,
    children,
    conjuncts,
    is_passive,
    logical_objects,
    logical_subjects,
    prepositions,
)
from kg.extract.groups import counted_by
from kg.extract.lists import top_of_list
from kg.extract.nominals import bearers, noun_prepositions, possessors, role_anchor
from kg.extract.state import sentence_of


def role_owners(noun: Token, start: int, light_verbs: frozenset[str], preposition: str) -> list[Token]:
    """Whose the role is: "Y's CEO", "the CEO of Y", "Y CEO Ida Moe"; shared by coordinated roles."""
    listed = conjuncts(top_of_list(noun))
    group = [t for t in listed if t.pos_ in ("NOUN", "PROPN") and t.ent_type_ != "PERSON"]
    unsaid: list[Token] = []  # "a Danish chemist": the people is no employer
    for role in [noun, *[t for t in group if t != noun]]:
        first = start if role == noun else role.i
        phrases = [p for p in noun_prepositions(role, light_verbs) if p[1] != noun and not _is_time(p[1])]
        owners = _of_phrases(phrases, preposition)
        found = possessors(role) + _names_before(role, first) + shared_possessor(role) + owners
        if any(token.ent_type_ != "NORP" for token in found):
            return found + (_other_parent(noun) if owners else [])
        unsaid = unsaid or found
    top = top_of_list(noun)
    elsewhere = _joined_as(top) or posts.places(noun) or _behind_bearer(noun) or _clause_place(noun)
    return unsaid + (elsewhere or _rivalled(noun) or _survived(top))


def _survived(kin: Token) -> list[Token]:
    """ "X is survived by a son, Y", "X leaves a wife, Y": the one who died."""
    if kin.lemma_.lower() not in words("kin.nouns"):
        return []
    verb = kin.head.head if kin.dep_ == "pobj" and kin.head.dep_ == "agent" else kin.head
    if verb.lemma_ == "survive" and is_passive(verb):
        return children(verb, "nsubjpass")
    return children(verb, "nsubj") if verb.lemma_ == "leave" and kin.dep_ == "dobj" else []


def _other_parent(child: Token) -> list[Token]:
    """ "The daughter of X and his wife, Y": Y's too, though the parser lists the two women."""
    beside = children(child, "conj") if child.lemma_.lower() in words("kin.children") else []
    spouses = [s for s in beside if s.lemma_.lower() in words("kin.spouses") and children(s, "poss")]
    return [name for spouse in spouses for name in children(spouse, "appos") if name.pos_ == "PROPN"]


def is_no_owner(token: Token) -> bool:
    """Whose a role is not: "chief in January", "took over as chief from Ida Moe"."""
    heir = token.ent_type_ == "PERSON" and token.dep_ == "pobj" and token.head.lower_ == "from"
    return heir or token.ent_type_ in ("DATE", "TIME")


def respective(role: Token, construction: str, bearer: Token, owners: list[Token]) -> list[Token]:
    """ "X's and Y's chairmen, A and B": A is X's, and B is Y's."""
    if construction != "named" or role.tag_ != "NNS" or len(owners) < 2:
        return owners
    names = [name for said, name in bearers(role) if said == "named"]
    return [owners[names.index(bearer)]] if len(names) == len(owners) and bearer in names else owners


def mutual(role: Token) -> list[Token]:
    """ "Rivals X and Y cut prices", "the two partners, X and Y, will drill": each other's."""
    name = role.head if role.dep_ in ("compound", "nmod", "amod") else role
    listed = children(role, "appos") if name == role else [name]
    names = conjuncts(listed[0]) if listed and name.dep_ in SUBJECTS else []
    return names if len(names) > 1 and all(n.pos_ == "PROPN" for n in names) else []


def _behind_bearer(noun: Token) -> list[Token]:
    """ "Director Ida Moe of Kestra": the role before the name is at what stands behind the name."""
    names = [noun.head] if noun.dep_ in ("compound", "nmod", "amod") else []
    names += [t for t in children(noun, "appos") if t.left_edge.i == noun.i + 1]  # no comma between
    people = [t for t in names if t.ent_type_ == "PERSON" and t.i > noun.i]
    if any(children(prep, "advmod") for t in people for prep in children(t, "prep")):
        return []  # "director Ida Moe, formerly of Kestra"
    phrases = [p for t in people for p in prepositions(t)]
    return [token for word, token in phrases if word in ("of", "at", "from") and token.pos_ == "PROPN"]


def _is_time(token: Token) -> bool:
    """ "Chief executive at the end of the year"."""
    return token.ent_type_ in ("DATE", "TIME")


def _rivalled(noun: Token) -> list[Token]:
    """ "X bought smaller rival Y", "rival Y undercut X", "X bought Y, a rival": a rival of the other."""
    if noun.lemma_.lower() not in words("roles.mutual"):
        return []
    name = noun.head if noun.dep_ in ("appos", "compound", "nmod", "amod") else noun
    verb = name.head.head if name.dep_ == "pobj" else name.head
    if verb.lemma_ not in words("roles.mutual_verbs"):
        return []
    if name.head.dep_ == "agent":  # "Y was bought by X, a rival"
        return children(verb, "nsubjpass")
    objects = [*children(verb, "dobj"), *(t for _, t in prepositions(verb))]
    if name.dep_ == "nsubj":
        return children(verb, "dobj")
    return logical_subjects(verb) if name in objects else []


def _of_phrases(phrases: list[tuple[str, Token]], preposition: str) -> list[Token]:
    """Which phrases of a role say whose it is: "professor of physics at Y", "a partner in Y".

    The place where comes before the subject, and what has a name before what has none.
    """
    order = [(preposition, "at") if preposition == "of" else (preposition,), ("of",)]
    if preposition == "at":
        order += [("for",), ("with",), ("in",), ("from",)]
    # who took over as chief "from X" is not X's, who was replaced "with X" neither
    phrases = [(n, token) for n, token in phrases if n not in ("from", "with") or token.ent_type_ != "PERSON"]
    groups = [[token for name, token in phrases if name in names] for names in order]
    named = [group for group in groups[2:] if any(t.pos_ == "PROPN" for t in group)]
    first = next((group for group in groups[:2] if group), [])
    if first and (groups[0] or not named or any(_is_definite(token) for token in first)):
        return first
    return named[0] if named else first


def _is_definite(noun: Token) -> bool:
    """Whether a noun can stand for a known thing: a name, a pronoun, "the firm"; not "physics"."""
    known = any(child.dep_ == "poss" or child.lower_ in ("the", "this", "that") for child in noun.children)
    return known or noun.pos_ in ("PROPN", "PRON")


def _joined_as(top: Token) -> list[Token]:
    """ "X joined Y as chief executive", "Y appointed X chief executive": the role is at Y."""
    named = appointed(top)
    if named is not None:
        return logical_subjects(named.verb)
    counting = counted_by(top)
    if counting is not None:
        return logical_subjects(counting)
    verb = top.head.head if top.dep_ == "pobj" and top.head.lower_ in ("as", "to") else top.head
    if verb.pos_ != "VERB" or top.dep_ not in ("pobj", "oprd", "dobj"):
        return []
    if verb.lemma_ in words("as_verbs.at_object"):
        return logical_objects(verb)
    employs = verb.lemma_ in words("as_verbs.employer") and (top.dep_ != "dobj" or is_passive(verb))
    return logical_subjects(verb) if employs else []


def _clause_place(noun: Token) -> list[Token]:
    """ "Y, where X was chief engineer", "at Y X was chief engineer": the role is where the clause is."""
    verb = role_anchor(noun)
    if verb == noun:
        return []
    where = [child for child in children(verb, "advmod") if child.lower_ == "where"]
    own = [prep for prep in children(verb, "prep") if prep.lower_ == "at"]
    spells = words("roles.spells")  # "after a decade at Y"
    own = [prep for prep in own if not prep.i or prep.nbor(-1).lemma_ not in spells]
    return where or [place for prep in own for place in children(prep, "pobj") if place.pos_ == "PROPN"]


def shared_possessor(role: Token) -> list[Token]:
    """ "its smaller rival Skyfleet": the possessive may hang on the name after the role."""
    if role.dep_ in ("amod", "compound", "nmod") and role.head.i > role.i:
        return [child for child in children(role.head, "poss") if child.i < role.i]
    return []


def _names_before(role: Token, start: int) -> list[Token]:
    """The name right before a role word, whichever word of the title the parser hung it on."""
    if start == 0 or appointed(role):
        return []
    before = role.doc[start - 1]
    if before.is_space and start > 1:  # a blanked bracket
        before = role.doc[start - 2]
    whole = before.head.head
    if (
        before.dep_ == "pobj"
        and whole.dep_ in ("compound", "nmod")
        and whole.ent_type_ == before.ent_type_ != ""
    ):
        before = whole  # "a University of Oslo graduate"
    if before.text == "-" or before.dep_ not in (
        "compound",
        "nmod",
        "amod",
        "poss",
        "nsubj",
        "npadvmod",
        "dep",
        "dative",
    ):
        return []
    above = before.dep_ == "dative" and before.head in role.ancestors  # "hired Orbix boss Ida Moe"
    attached = above or before.head in (role, role.head) or before.head.i in range(start, role.i + 1)
    if _is_time(before):
        return []
    first = before.i == sentence_of(before).start
    if first and before.dep_ == "amod" and not before.ent_type_:  # "Other investors include X"
        return []
    named = before.text[:1].isupper() or any(char.isupper() for char in before.text[1:3])
    return [before] if before.pos_ in ("PROPN", "ADJ", "NOUN") and attached and named else []
