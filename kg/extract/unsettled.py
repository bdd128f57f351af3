"""Purposes that were reached, and talks that came to nothing."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import children, is_infinitive, is_passive
from kg.extract.knowledge import Knowledge
from kg.extract.negation import after_nor


def follows_on(verb: Token, know: Knowledge) -> bool:
    """ "Left to start a rival": with verbs of leaving and going the purpose was reached."""
    main = verb.head
    return (
        verb.dep_ == "advcl"
        and main.tag_ in ("VBD", "VBN")
        and main.lemma_ in know.lexicon["status.reached.verbs"]
    )


def is_aim(verb: Token, know: Knowledge) -> bool:
    """ "Is to buy", "sued to stop", "is leaving to head Y": an end that is not reached yet."""
    main, lexicon = verb.head, know.lexicon
    present = main.tag_ == "VBG" and any(c.dep_ == "aux" and c.tag_ in ("VBZ", "VBP") for c in main.children)
    leaving = present and main.lemma_ in lexicon["status.reached.verbs"]
    return verb.dep_ == "xcomp" and (leaving or main.lemma_ in lexicon["status.purpose.verbs"])


def is_picked(verb: Token, know: Knowledge) -> bool:
    """ "Was the first to buy", "the only bank to invest": who does so has done it."""
    to = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ == "to"), verb)
    before = verb.doc[to.i - 1] if to.i else verb
    near = [before, *before.children] if before.pos_ in ("ADJ", "NOUN", "PROPN", "NUM") else []
    if verb.dep_ == "relcl":  # "the first bank of the country to buy"
        near += verb.head.children
    return any(word.lower_ in know.lexicon["status.picking.words"] for word in near)


def inverted(verb: Token) -> Iterator[str]:
    """ "Had X bought Y, it would be", "should X buy Y": a condition without "if"."""
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    before = [
        c for c in verb.children if c.dep_ == "aux" and subject is not None and c.i < subject.left_edge.i
    ]
    if verb.dep_ == "advcl" and before:
        yield "denied" if before[0].lower_ == "had" else "asked"


def is_hired_for(verb: Token) -> bool:
    """ "Hired a bank to sell its unit": the bank is to do so; who is hired to run a firm runs it."""
    hires = verb.head.lemma_ in words("as_verbs.employer") and verb.dep_ in ("xcomp", "advcl")
    hired = children(verb.head, "dobj", "nsubjpass") if hires and is_infinitive(verb) else []
    return any(t.ent_type_ != "PERSON" for t in hired)


def is_offered(post: Token) -> bool:
    """ "Was offered the post of chief executive"."""
    return post.head.lemma_ == "offer" and post.lemma_ in words("roles.posts")


def is_given_up(verb: Token, know: Knowledge) -> bool:
    """ "Tried to buy X but walked away", "wanted to buy X before backing out": it never did."""
    if verb.tag_ not in ("VBD", "VBN"):
        return False
    turns = [c for c in children(verb, "conj") if any(cc.lower_ == "but" for cc in children(verb, "cc"))]
    before = [verb, *(p for above in (verb, *children(verb, "xcomp")) for p in children(above, "prep"))]
    turns += [c for p in before for c in children(p, "advcl", "pcomp") if c.nbor(-1).lower_ == "before"]
    return any(_comes_to_nothing(turn, know) for turn in turns if turn.i > verb.i)


def _comes_to_nothing(turn: Token, know: Knowledge) -> bool:
    others = children(turn, "nsubj", "nsubjpass", "dobj")
    if children(turn, "xcomp", "ccomp", "neg") or any(other.pos_ != "PRON" for other in others):
        return False
    particles = (child.lower_ for child in children(turn, "prt", "advmod", "prep"))
    phrases = (turn.lemma_, *(f"{turn.lemma_} {particle}" for particle in particles))
    return any(know.lexicon.status.get(("verbs", phrase)) == "denied" for phrase in phrases)


def came_to_nothing(governing: str, chain: list[Token], know: Knowledge) -> bool:
    """Whether what ends is talks about it: "talks about a merger broke down"."""
    about = chain[-2] if len(chain) > 2 else None
    talks = about is not None and about.pos_ == "NOUN" and about.lemma_ in know.lexicon["status.open_nouns"]
    return talks and governing == "ended"


def is_silent(governing: str, below: Token, know: Knowledge) -> bool:
    """ "Declined to comment on reports that X": who does not speak of it leaves it open."""
    return governing == "denied" and below.lemma_ in know.lexicon["status.silent.verbs"]


def is_open_end(noun: Token, below: Token) -> bool:
    """ "Has money to buy X": what a noun is for is not done; "the first to buy X" did."""
    return (
        noun.pos_ == "NOUN"
        and below.dep_ == "acl"
        and below.tag_ == "VB"
        and any(child.lower_ == "to" for child in below.children)
    )


def is_over_negation(below: Token, know: Knowledge) -> bool:
    """ "Is not likely to", "can neither confirm nor deny it": denied once, not twice."""
    return below.lemma_ in know.lexicon["status.odds.adjectives"] or after_nor(below)


def listed(word: Token, kinds: tuple[str, ...], status: dict[tuple[str, str], str]) -> Iterator[str]:
    most = word.tag_ in ("JJS", "RBS")  # "its latest phone" is no phone of the late founder
    for kind in kinds:
        found = status.get((kind, word.lower_)) or (not most and status.get((kind, word.lemma_.lower())))
        if found:
            yield found


def judgement(token: Token, below: Token, know: Knowledge) -> str:
    """ "Is believed to have bought", "the reports that X bought it are false"."""
    lexicon = know.lexicon
    undone = is_infinitive(below) or below.lemma_.lower() in lexicon["status.unfinished.nouns"]
    if undone and is_given_up(token, know):
        return "denied"
    said = is_passive(token) or token.lemma_ in lexicon["status.believed.claiming"]
    if below.dep_ == "xcomp" and token.lemma_ in lexicon["status.believed.verbs"] and said:
        return "possible"
    if token.lemma_ != "be" or below.dep_ not in ("nsubj", "nsubjpass", "csubj"):
        return ""
    cues = (cue for word in children(token, "acomp") for cue in listed(word, ("adjectives",), lexicon.status))
    return next(cues, "")


def is_alternative(side: Token) -> bool:
    """ "X or Y will buy it", "either X or Y bought it": one of the two; "X or Y is a town" has two names."""
    first = side.head if side.dep_ == "conj" else side
    joined = any(child.lower_ == "or" for child in children(first, "cc")) and bool(children(first, "conj"))
    either = any(child.lower_ == "either" for child in first.children)
    ahead = any(child.tag_ == "MD" for child in first.head.children)
    return joined and (either or ahead) and first.head.lower_ not in ("as", "like", "including", "in")
