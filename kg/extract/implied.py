"""What a phrase leaves to the context: "Founder Ida Moe said", "the round was led by X", "a French rival"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.english import words
from kg.extract.arguments import Argument, Reader
from kg.extract.candidate import Candidate
from kg.extract.clauses import SUBJECTS, children, logical_subjects
from kg.extract.focus import implicit_owner
from kg.extract.lexicon import Lexicon

#: How a noun has a bearer right beside it.
_BESIDE = ("named noun", "title noun", "apposition noun")
#: What may stand around an office that leaves unsaid whose it is: "the chief executive since 2019".
_AROUND = frozenset(("the", "since", "until"))
#: Who is called one of these among the backers of a firm is one of its own: "existing backer X".
_STANDING = frozenset(("current", "early", "existing", "longtime", "previous"))
#: The one of many: "the largest shareholder is X", "X is the main supplier".
_FOREMOST = frozenset(
    "biggest chief controlling dominant largest leading main majority only principal sole".split()
)


def owner_of(candidate: Candidate, reader: Reader) -> Argument | None:
    """The organisation in focus for a candidate that names none, where its words let it go unsaid."""
    if candidate.objects or not _may_be_unsaid(candidate, reader):
        return None
    owner = implicit_owner(candidate, reader)
    others = _left(candidate, reader) | _against(candidate, reader) | _ran(candidate, reader)
    return None if owner is not None and owner.entity in others else owner


def _left(candidate: Candidate, reader: Reader) -> set[int]:
    """ "Chief executive Ida Moe, formerly of Kestra": she is no longer there."""
    phrases = [prep for who in candidate.subjects for prep in children(who, "prep")]
    firms = [firm for prep in phrases if children(prep, "advmod") for firm in children(prep, "pobj")]
    return {argument.entity for firm in firms for argument in reader.arguments(firm)}


def _ran(candidate: Candidate, reader: Reader) -> set[int]:
    """ "The new chairman, X, ran Y for six years": he is not Y's chairman."""
    verbs = [who.head for who in candidate.subjects if who.dep_ in SUBJECTS]
    verbs += [role.head for who in candidate.subjects for role in (who.head,) if role.dep_ in SUBJECTS]
    past = [v for v in verbs if v.tag_ == "VBD" and v.lemma_ in words("status.lasting.states")]
    things = [t for verb in past if verb.lemma_ != "be" for t in children(verb, "dobj")]
    return {argument.entity for thing in things for argument in reader.arguments(thing)}


def _against(candidate: Candidate, reader: Reader) -> set[int]:
    """ "X called for the removal of chairman Ida Moe": whoever does that is not her firm."""
    found: set[int] = set()
    for who in candidate.subjects:
        above = next((t for t in who.ancestors if t.pos_ in ("VERB", "AUX")), None)
        if above is not None and above.lemma_ in words("implicit.against") and who.dep_ not in SUBJECTS:
            found |= {a.entity for doer in logical_subjects(above) for a in reader.arguments(doer)}
    return found


def _may_be_unsaid(candidate: Candidate, reader: Reader) -> bool:
    lexicon, doc, construction = reader.know.lexicon, reader.doc, candidate.construction
    title = doc[candidate.trigger[0] : candidate.trigger[1]]
    head = title[-1]
    lemma = head.lemma_.lower()
    if construction == "implied verb":
        return True
    if construction == "event light verb":
        return lemma in lexicon["implicit.holdings"]
    if head.tag_ == "NNS" and construction in ("members noun", "subject copula noun", *_BESIDE[:2]):
        return lemma in lexicon["roles.focus_groups"]
    standing = candidate.trigger[0] > 0 and doc[candidate.trigger[0] - 1].lower_ in _STANDING
    if standing and construction in _BESIDE[:2] and lemma in lexicon["roles.focus_groups"]:
        return True
    if construction in ("copula noun", "subject copula noun") and _is_foremost(head, lexicon):
        return True
    if any(child.lower_ == "another" for child in head.children):  # "X is another backer"
        bare = not any(child.dep_ in ("prep", "poss", "relcl", "acl", "compound") for child in head.children)
        return bare and lemma in lexicon["roles.focus_groups"]
    indefinite = any(child.lower_ in ("a", "an") for child in head.children)
    if construction in _BESIDE and lemma in lexicon["roles.mutual"]:
        return indefinite
    if construction == "apposition noun" and lemma in lexicon["roles.focus_groups"]:  # "X, an early backer,"
        return indefinite and not any(child.dep_ in ("prep", "relcl", "acl") for child in head.children)
    if construction == "title noun" or _is_office(candidate, doc):
        phrase = " ".join([*(t.lower_ for t in title[:-1]), lemma])
        return phrase in lexicon["roles.focus"]
    return False


def _is_foremost(noun: Token, lexicon: Lexicon) -> bool:
    """ "The largest shareholder is X", "X is the owner": not "the main supplier of batteries"."""
    said = {child.lower_ for child in noun.children}
    group = noun.lemma_.lower() in lexicon["roles.focus_groups"]
    below = [c for c in noun.children if c.lower_ != "with"]
    whole = not any(c.dep_ in ("prep", "poss", "relcl", "acl", "compound") for c in below)
    return whole and "the" in said and (noun.lemma_ == "owner" or (group and not said.isdisjoint(_FOREMOST)))


def _is_office(candidate: Candidate, doc: Doc) -> bool:
    """ "Will become chairman", "stepped down as chairman", "X, the chairman, said": of whom is unsaid."""
    said = ("copula noun", "subject copula noun", "as noun", "apposition noun", "named noun")
    if candidate.construction not in said:
        return False
    title = doc[candidate.trigger[0] : candidate.trigger[1]]
    inside = ["compound", "amod", "nmod", "cc", "conj", "punct"]
    inside += ["appos"] if candidate.construction == "named noun" else []  # "the chairman, X, said"
    return all(
        (c.dep_ in inside and (c.pos_ != "PROPN" or c.dep_ in ("conj", "appos"))) or c.lower_ in _AROUND
        for word in title
        for c in word.children
    )
