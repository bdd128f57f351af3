"""What ended a state or is still to come: "until its collapse in 2016", "a post she gave up"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import children, prepositions, with_particle

_UNTIL = ("until", "till")
#: What a clause begins with that says when.
TIMES = frozenset(("when", "once", "after", "until", "before"))
_NOW = frozenset(("lately", "now", "recently", "then"))


def closing(anchor: Token, role: Token) -> Token | None:
    """The word of the event that ended what a past verb or a role noun says, or None."""
    if anchor == role and role.pos_ == "NOUN":
        return _sold(role)
    if anchor.tag_ == "VB" and anchor.dep_ in ("advcl", "xcomp") and anchor.head.tag_ == "VBD":
        return _given_up(role)  # "came home to be governor, a post she gave up in 2015"
    past = anchor.tag_ in ("VBD", "VBN") and not children(anchor, "neg")
    return (_until(anchor) or _before(anchor) or _given_up(role) or _undone(anchor)) if past else None


def _undone(verb: Token) -> Token | None:
    """ "Used X for years but dropped it", "opened a plant in X and closed it": the second verb."""
    if verb.lemma_ not in words("endings.undone.states"):
        return None
    for after in children(verb, "conj"):
        it = any(t.lower_ in ("it", "them") for t in children(after, "dobj"))
        told = after.tag_ in ("VBD", "VBN") and not children(after, "neg", "nsubj")
        if it and told and with_particle(after) in words("endings.undone.verbs"):
            return after
    return None


def _sold(noun: Token) -> Token | None:
    """ "Sold its Y unit", "completed the sale of its stake in Y": the verb."""
    verb, wanted = noun.head, "endings.selling.verbs"
    if noun.dep_ == "pobj" and verb.lower_ == "of" and verb.head.lemma_ in words("endings.selling.nouns"):
        noun, verb, wanted = verb.head, verb.head.head, "status.completing.verbs"
    now = {"MD", "TO", "VBZ", "VBP"} if noun.dep_ == "nsubjpass" else {"MD", "TO"}
    has = any(aux.lower_ in ("has", "have") for aux in children(verb, "aux"))
    ahead = (
        any(aux.tag_ in now for aux in children(verb, "aux", "auxpass")) and not has
    )  # "is sold in Europe"
    done = verb.tag_ in ("VBD", "VBN") and not ahead
    sold = noun.dep_ in ("dobj", "nsubjpass") and with_particle(verb) in words(wanted)
    return verb if sold and done and not children(verb, "neg") else None


def _before(verb: Token) -> Token | None:
    """ "Worked at X before joining Y", "was at X before she founded Y": what came after."""
    has = any(aux.lower_ in ("has", "have") for aux in children(verb, "aux"))
    if has or (verb.lemma_ not in words("status.lasting.states") and not _began_career(verb)):
        return None
    before = [prep for prep in children(verb, "prep") if prep.lower_ == "before"]
    joined = [clause for prep in before for clause in children(prep, "pcomp")]
    told = [c for c in children(verb, "advcl") if any(m.lower_ == "before" for m in children(c, "mark"))]
    return next(iter([*joined, *told]), None)


def _began_career(verb: Token) -> bool:
    return verb.lemma_ in ("begin", "start") and any(t.lower_ == "career" for t in children(verb, "dobj"))


def is_to_come(verb: Token) -> bool:
    """ "Will leave when X succeeds him": what is told beside it is still to come."""
    return any(aux.lower_ in ("will", "'ll", "’ll", "wo") for aux in children(verb, "aux"))


def is_spent(verb: Token) -> bool:
    """ "Spent ten years at Y", "had been chairman", "ran Y for ten years": over, unless "has spent"."""
    if children(verb, "neg"):
        return False
    if verb.dep_ == "pcomp" and verb.head.lower_ == "after":  # "led X after running Y"
        return verb.lemma_ in words("status.lasting.states")
    if verb.dep_ == "relcl" and verb.tag_ == "VBD" and verb.head.head.lower_ == "from":
        return any(c.lower_ == "where" for c in verb.children)  # "joined from X, where she was chief"
    began = verb.head if verb.dep_ == "dobj" else verb
    if _began_career(began) and began.tag_ == "VBD" and not children(began, "conj"):
        return True  # but "began her career at X and became its chief"
    had = any(aux.lower_ == "had" for aux in children(verb, "aux"))
    past = verb.tag_ == "VBD" and verb.lemma_ in words("status.lasting.states")
    if past and verb.lemma_ != "be" and any(map(_is_span, prepositions(verb))):
        return True
    # "had worked at X", "had been working at X"
    if had and verb.tag_ in ("VBN", "VBG") and verb.lemma_ in words("status.lasting.states"):
        return True
    return (verb.lemma_ == "spend" and verb.tag_ == "VBD") or (verb.lower_ == "been" and had)


def _is_span(phrase: tuple[str, Token]) -> bool:
    """ "For twelve years", "before that"."""
    name, when = phrase
    lasted = name == "for" and when.lemma_.lower() in words("status.lasting.spans")
    return lasted or (name in ("before", "to") and when.lower_ == "that")


def _until(verb: Token) -> Token | None:
    """ "Ran it until its collapse", "ran it until he retired"; not "until he retires"."""
    named = [
        event for name, event in prepositions(verb) if name in _UNTIL and event.pos_ in ("NOUN", "PROPN")
    ]
    events = [event for event in named if event.ent_type_ not in ("DATE", "TIME") or _is_season(event, verb)]
    last = len(verb.doc) - 1
    until = [p for p in children(verb, "prep") if p.lower_ in _UNTIL and p.i < last]  # "until now"
    if verb.lemma_ in words("as_verbs.succeeding"):  # "was succeeded by X, until then at Y"
        until = []
    events += [prep.nbor(1) for prep in until if prep.nbor(1).lower_ in _NOW]
    clauses = [c for c in children(verb, "advcl") if any(m.lower_ in _UNTIL for m in children(c, "mark"))]
    if any(
        aux.lower_ in ("has", "have") for aux in children(verb, "aux")
    ):  # "has fined X for hiding it until"
        events, clauses = [event for event in events if event.lower_ in _NOW], []
    return next((event for event in (*events, *clauses) if event.tag_ not in ("VBZ", "VBP", "VB")), None)


def _is_season(event: Token, verb: Token) -> bool:
    """ "Worked there until Christmas": a time without a number, which nothing can be before."""
    numbered = any(word.text[0].isdigit() for word in event.subtree)
    return not numbered and verb.lemma_ in words("status.lasting.states")


def _given_up(role: Token) -> Token | None:
    """ "Was chairman of Y, a post he gave up in May", "a job she held until 2015"."""
    for post in role.subtree:
        if post.dep_ != "appos" or post.lemma_.lower() not in words("roles.posts"):
            continue
        for clause in children(post, "relcl"):
            if with_particle(clause) in words("roles.leaving"):
                return clause
            kept = clause.lemma_ in words("roles.holding") and clause.tag_ in ("VBD", "VBN")
            if kept and any(p.lower_ in _UNTIL for p in children(clause, "prep")):
                return clause
    return None
