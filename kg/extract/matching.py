"""Which of its frames a verb may be read by, and those that it shares with the verb above it."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Token

from kg.english import words
from kg.extract.amounts import is_currency
from kg.extract.clauses import children, is_infinitive, is_passive, prepositions, with_particle
from kg.extract.knowledge import FrameOf, Knowledge
from kg.extract.nominals import possessors
from kg.extract.parts import counted
from kg.frames import Frame

_COMPLEMENTS = ("prt", "dobj", "acomp", "advmod", "oprd", "attr", "nsubjpass", "npadvmod", "prep")

#: How many words before a round of funding was told of, for who "also took part".
_ROUND = 80


def begun(verb: Token, know: Knowledge) -> list[FrameOf]:
    """ "X will start selling Y": frames of the verb above that have the gerund as a fixed word."""
    if verb.dep_ != "xcomp" or verb.tag_ != "VBG":
        return []
    above = know.frames.get(("verb", verb.head.lemma_.lower()), [])
    return [item for item in above if verb.lower_ in item.frame.fixed]


def apt(matched: list[FrameOf], verb: Token, slots: dict[str, list[Token]]) -> list[FrameOf]:
    """The frames by which a verb may be read, of those that fit its words."""
    if is_infinitive(verb) and verb.head.lemma_ in words("as_verbs.employer") and verb.lemma_ == "sell":
        return []  # "hired a bank to sell Y": it is not the bank's
    if verb.lemma_ == "sell" and _to_customers(verb):
        return []
    existential = verb.lemma_ == "be" and children(verb, "expl")  # "there were no talks with X"
    behind = verb.lower_ == "leaving" and any(p.lower_ == "as" for p in children(verb, "prep"))
    if behind and verb.dep_ == "advcl":  # "sold out, leaving X as the owner"
        return []
    if existential or _acquits(verb) or _sells_share(verb):
        return []
    told = _heirs_only(_transitive(matched), verb) if slots["obj"] else matched
    told = _unmoved(told) if verb.lemma_ in words("grammar.moving") and children(verb, "dobj") else told
    return [i for i in _without_result(told, verb, slots) if not _is_of_another(i, verb)]


def _to_customers(verb: Token) -> bool:
    """ "Sells Orbix to its two customers, X and Y": they buy some, not all of it."""
    return any(
        name == "to" and t.lemma_ in ("client", "consumer", "customer") for name, t in prepositions(verb)
    )


def _sells_share(verb: Token) -> bool:
    """ "Took a stake in Y and sold it": it is the stake."""
    it = any(t.lower_ == "it" for t in children(verb, "dobj"))
    had = children(verb.head, "dobj") if it and verb.dep_ == "conj" else []
    return any(thing.lemma_.lower() in words("implicit.holdings") for thing in had)


def _acquits(verb: Token) -> bool:
    """ "Cleared X of fixing prices": that is no approval."""
    holders = [verb, *(t for t in children(verb, "dobj", "nsubjpass") if t.pos_ == "PROPN")]
    of = [prep for holder in holders for prep in children(holder, "prep") if prep.lower_ == "of"]
    return verb.lemma_ == "clear" and any(c.pos_ in ("NOUN", "VERB") for prep in of for c in prep.children)


def belongs(token: Token, frame: Frame, verb: Token) -> bool:
    """Whether an of-phrase is of a word of the frame: not "won approval for its purchase of Y"."""
    top = token
    while top.dep_ == "conj":
        top = top.head
    holder = top.head.head if top.dep_ == "pobj" else verb
    if holder.ent_type_ == "PERSON" and top.head.lower_ == "of":  # "appointed X of Y to its board"
        return False
    far = holder.dep_ == "pobj" and holder.lemma_ in words("offers.deals")
    return not far or not {holder.lemma_.lower(), holder.lower_}.isdisjoint(frame.fixed)


def _unmoved(matched: list[FrameOf]) -> list[FrameOf]:
    """Without where somebody goes: "moved her savings from X to Y"."""
    return [
        i for i in matched if i.frame.fixed or i.frame.subject != "subj" or i.property.domain != ("Person",)
    ]


def _transitive(matched: list[FrameOf]) -> list[FrameOf]:
    """Without the intransitive reading of what has an object: who "started X in 1972" did not start then."""
    told = {(i.property.name, i.frame.object) for i in matched if i.frame.subject == "obj"}
    return [
        i
        for i in matched
        if i.frame.fixed or i.frame.subject != "subj" or (i.property.name, i.frame.object) not in told
    ]


def is_of_a_merger(verb: Token) -> bool:
    """ "X merged with Y to form Z": neither of them alone has founded Z, nor is it yet to be."""
    return (
        verb.lemma_ in ("create", "form")
        and is_infinitive(verb)
        and verb.head.lemma_ in words("grammar.merging")
    )


def is_hired(verb: Token) -> bool:
    """ "X was taken on by Y": hired, where "Y takes on X" may be said of rivals."""
    return verb.lemma_ == "take" and with_particle(verb) == "take on" and is_passive(verb)


def _heirs_only(matched: list[FrameOf], verb: Token) -> list[FrameOf]:
    """Without the subject where another takes over: who "replaced X with Y" did not do so."""
    if verb.lemma_ not in words("grammar.replacing"):
        return matched
    told = {i.property.name for i in matched if i.frame.subject == "with"}
    return [i for i in matched if i.frame.subject != "subj" or i.property.name not in told]


def _without_result(matched: list[FrameOf], verb: Token, slots: dict[str, list[Token]]) -> list[FrameOf]:
    """ "X merged with Y into Z": Z is what became of both."""
    both = verb.lemma_ in words("grammar.merging") and slots.get("with")
    return [i for i in matched if "into" not in (i.frame.subject, i.frame.object)] if both else matched


def _is_of_another(item: FrameOf, verb: Token) -> bool:
    """ "X is selling Y's stake in Z": the stake that the frame speaks of is Y's."""
    if item.frame.subject != "subj" or item.frame.object in ("obj", "of"):
        return False
    things = [t for t in children(verb, "dobj") if t.lemma_.lower() in item.frame.fixed]
    return any(owner.pos_ != "PRON" for thing in things for owner in possessors(thing))


def looked_into(word: Token, objects: list[Token], know: Knowledge) -> list[Token]:
    """ "Is investigating X's prices", "an inquiry into X's use of data": into X; not "into X's lawyer"."""
    if word.lemma_.lower() not in words("grammar.looking_into"):
        return objects
    found: list[Token] = []
    for thing in objects:
        person = know.is_a(know.ontology.noun_types.get(thing.lemma_.lower(), ""), "Person")
        owners = possessors(thing) if thing.pos_ == "NOUN" and not person else []
        found += [owner for owner in owners if owner.pos_ != "PRON"] or [thing]
    return found


def blamed(verb: Token, objects: list[Token]) -> list[Token]:
    """ "Sued X, accusing its former supplier of theft": X."""
    told = verb.head if verb.dep_ == "advcl" and verb.tag_ == "VBG" else None
    if told is None or verb.lemma_ not in words("grammar.blaming") or told.lemma_ != "sue":
        return objects
    whose = [t for thing in objects for t in possessors(thing) if thing.pos_ == "NOUN" and t.pos_ == "PRON"]
    return children(told, "dobj") if whose and len(objects) == 1 else objects


def _holds_share(frame: Frame, objects: list[Token], verb: Token) -> bool:
    """ "X owns 45 percent each", "the rest is held by X": of what is said elsewhere."""
    in_which = [t for p in children(verb, "prep") for t in children(p, "pobj") if t.tag_ in ("WDT", "WP")]
    if (
        frame.object != "of"
        or in_which
        or not (verb.lemma_ == "have" or verb.lemma_ in words("implicit.holding_verbs"))
    ):
        return False  # "Y, in which X holds 20%"
    shares = [t for t in objects if t.lemma_.lower() in words("implicit.shares") or t.text == "%"]
    below = [whole for share in shares for name, whole in prepositions(share) if name != "with"]
    bare = all(t.lemma_ in words("implicit.equity") and not possessors(t) for t in below)
    bare = bare and (bool(below) or verb.lemma_ != "have")  # "has 40 percent" may be of a market
    return bool(shares) and shares == objects and bare and not any(children(t, "prep") for t in below)


def leaves_unsaid(
    item: FrameOf, slots: dict[str, list[Token]], verb: Token, said: set[str], know: Knowledge
) -> bool:
    """ "The round was led by X", "X will join the board": whose it is stands elsewhere."""
    if not slots["subj"] or item.frame.subject != "subj" or item.frame.object in ("obj", "subj"):
        return False
    if _holds_share(item.frame, slots["obj"], verb):
        return True
    if item.property.name in said:
        return False
    known = know.lexicon["implicit.things"].intersection(item.frame.fixed)
    below = [t for p in children(verb, "prep") for t in children(p, "pobj")]
    things = [*children(verb, "dobj", "nsubjpass"), *below] if known else []
    things = [thing for thing in things if thing.lemma_.lower() in known]
    return any(
        (thing.lower_ == "charge" or any(child.lower_ == "the" for child in thing.children))
        and not any(name.pos_ == "PROPN" for name in children(thing, "compound", "nmod"))
        and all(below.lower_ in ("directors", "trustees") for _, below in prepositions(thing))
        for thing in things
    )


def joined(verb: Token, found: list[FrameOf]) -> FrameOf | None:
    """ "X put in $5 million", "Y also took part": a frame of the round that was told of before."""
    before = verb.doc[max(0, verb.i - _ROUND) : verb.i]
    told = any(t.lower_ in words("implicit.rounds") for t in before)
    if not told or any(p.lower_ in ("in", "into") for p in children(verb, "prep")):
        return None
    things = children(verb, "dobj")
    if verb.lemma_ == "participate" or (verb.lemma_ == "take" and [t.lower_ for t in things] == ["part"]):
        wanted = "round"
    elif any(_is_sum(thing) for thing in things):
        wanted = "$"
    else:
        return None
    return next((item for item in found if wanted in item.frame.fixed and not item.frame.ends), None)


def _is_sum(noun: Token) -> bool:
    return noun.ent_type_ == "MONEY" or is_currency(noun.lower_)


def keeps_some(verb: Token) -> bool:
    """ "Sold part of its stake": what is left of it is still held."""
    parts = [t for t in children(verb, "dobj") if counted(t) != t and t.lower_ != "all"]
    return any(child.dep_ == "poss" for part in parts for child in counted(part).children)


def fixed_words(verb: Token) -> set[str]:
    """Lemmas of the words that may be fixed parts of a verb frame: particles, objects, complements.

    Never those of names: who buys Skagen Power does not buy power.
    """
    found: set[str] = set()
    open_ = words("status.possible.nouns")
    for child in verb.children:
        if child.dep_ in _COMPLEMENTS and child.pos_ != "VERB":
            beside = [below for below in child.children if below.dep_ in ("pobj", "compound", "amod")]
            # "got a seat on the board"; but who has an option on 20 percent does not have these
            phrases = children(child, "prep") if child.dep_ == "dobj" and child.lemma_ not in open_ else []
            beside += [p for prep in phrases for p in (prep, *children(prep, "pobj"))]
            said = [word for word in (child, *beside) if word.pos_ != "PROPN" or word.text == "IPO"]
            found |= {form for word in said for form in (word.lemma_.lower(), word.lower_)}
            found |= {"%" for word in said if word.ent_type_ == "PERCENT"}
            if child.dep_ in ("dobj", "nsubjpass") and _is_goods(counted(child)):
                found.add("something")
            if child.ent_type_ == "MONEY" or (children(child, "nummod") and is_currency(child.lower_)):
                found.add("$")
        elif child.dep_ in ("xcomp", "advcl") and is_infinitive(child):  # "order Y pay fine"
            found |= {child.lemma_.lower(), *(thing.lemma_.lower() for thing in children(child, "dobj"))}
    if verb.lemma_ in words("grammar.providing"):  # "provided Y with chips"
        given = [t for name, t in prepositions(verb) if name == "with"]
        found |= {"something" for thing in given if _is_goods(counted(thing))}
    if verb.dep_ in ("relcl", "acl"):
        found.add(verb.head.lemma_.lower())
    return found


def _is_goods(noun: Token) -> bool:
    """Whether a noun is what one trades in: "chips", "its chips", "lithium"; not "a plant", nor "shares"."""
    listed = noun.tag_ == "NNS" or (noun.tag_ == "NN" and not children(noun, "det"))
    return listed and not noun.ent_type_ and noun.lemma_ not in words("grammar.no_goods")


@lru_cache(maxsize=1)  # all frames of a word ask
def lemmas_near(token: Token) -> set[str]:
    """The lemmas of a word, of what hangs on it, and of the phrases below."""
    near = [token, *(c for child in token.children for c in (child, *child.children))]
    near += [below for c in near if c.dep_ == "prep" for below in c.children]  # "cleared X of fraud"
    near += [token.head] if token.dep_ == "dobj" else []  # "gave birth"
    return {word.lemma_.lower() for word in near if word.pos_ != "PROPN"}
