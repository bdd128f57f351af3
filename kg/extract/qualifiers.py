"""Status, source, time and amount of a proposition, read from the clauses above its trigger.

Scope matters: the climb goes from the trigger through what governs it ("denied that it plans to
acquire") and stops where another assertion begins (a relative clause, a clause of its own). Denied
beats planned and possible, and these beat ended. The cues are data (``ontology/english.toml``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Token

from kg.english import words
from kg.extract.attribution import is_wish, speakers_of
from kg.extract.clauses import children, has_own_auxiliary, is_infinitive, with_particle
from kg.extract.endings import gives_up, hangs, is_halted, is_under_review, leads_on
from kg.extract.groups import is_unsure
from kg.extract.knowledge import Knowledge
from kg.extract.lasting import TIMES, is_to_come
from kg.extract.lists import top_of_list
from kg.extract.negation import after_nor, has_none, negates
from kg.extract.state import sentence_of
from kg.extract.unsettled import (
    came_to_nothing,
    follows_on,
    inverted,
    is_aim,
    is_hired_for,
    is_offered,
    is_open_end,
    is_over_negation,
    is_picked,
    is_silent,
    judgement,
    listed,
)

_GOVERNED = (
    "xcomp",
    "ccomp",
    "pcomp",
    "csubj",
    "csubjpass",
    "acl",
    "advcl",
    "conj",
    "prep",
    "attr",
    "acomp",
    "oprd",
    "dep",
)
_NOMINAL = ("dobj", "nsubjpass", "nsubj", "pobj", "appos", "attr")
#: Words between a phrase and its word: "is going to", "once chief executive".
_INSIDE_PHRASE = ("aux", "auxpass", "advmod", "amod", "compound", "nmod", "det")
_LONGEST_PHRASE = 4


#: What a deed is when somebody did, wants to, tried to or did not stop it.
_AS_FAR = {"asserted": "denied", "ended": "denied", "planned": "planned", "possible": "planned", "denied": ""}


class Reading(NamedTuple):
    """The status of a proposition, the tokens that name its source, and the clauses it was read from."""

    status: str
    speakers: tuple[Token, ...]
    chain: tuple[Token, ...]


def read_clause(anchor: Token, know: Knowledge, granted: bool = False, noun: Token | None = None) -> Reading:
    """Status and source of what a word says, climbing from it.

    ``granted``: the sentence takes it for granted ("accused its backer, X"), so that only cues on
    the word itself count. ``noun`` is the predicate noun of a copula: "is a former chief of X".
    """
    found = _Found()
    if noun is not None and noun != anchor:
        found.take(noun, set(_predicate_cues(noun, know)), "")
    if noun is not None and has_none(anchor):
        found.take(anchor, {"denied"}, "")
    speakers: tuple[Token, ...] = ()
    done = None if granted else _completing(anchor, know)
    chain = [anchor] if granted else [anchor, *_chain(done, know)] if done else list(_chain(anchor, know))
    settled = anchor.pos_ in ("NOUN", "PROPN") and is_definite(anchor) and done is None
    for step, token in enumerate(chain):
        reaches = step < 2 or not settled or token.lemma_.lower() in know.lexicon["status.open_nouns"]
        cues = set(_own_cues(token, know)) if reaches and _counts(chain, step, settled) else set()
        if step and is_over_negation(chain[step - 1], know):
            cues.discard("denied")
        governs = step > 0 and reaches and chain[step - 1].dep_ != "conj"
        governing = _governor_cue(token, chain[step - 1], know) if governs else ""
        governing = (gives_up(chain[: step + 1], know) if step > 1 and settled else "") or governing
        if governs and is_halted(chain[step - 1], token, know):
            governing, cues = _as_far(token, know), set()
        else:
            governing = _weakened(governing, token, settled, know)
        governing = "denied" if came_to_nothing(governing, chain[: step + 1], know) else governing
        governing = "possible" if step and is_silent(governing, chain[step - 1], know) else governing
        found.take(token, cues, governing)
        speakers = speakers or tuple(speakers_of(token, chain[step - 1] if step else None, know))
    status = found.status
    if status == "planned" and any(verb.lemma_ in words("status.lasting.verbs") for verb in chain[:2]):
        status = "asserted"  # "will remain chairman", "will continue to use"
    return Reading(status, speakers, tuple(chain))


def _as_far(halts: Token, know: Knowledge) -> str:
    """How far a deed is that somebody did, may or would not stop."""
    modal = any(child.tag_ == "MD" for child in halts.children)
    return "planned" if modal else _AS_FAR[read_clause(halts, know).status]


def _weakened(governing: str, token: Token, settled: bool, know: Knowledge) -> str:
    """What a governing word says of the word below it where it is itself not asserted."""
    if governing == "denied" and read_clause(token, know).status == "possible":
        return "possible"  # "may abandon its bid"
    if governing == "ended" and settled and read_clause(token, know).status != "asserted":
        return ""  # "plans to sell its stake" and "did not sell its stake": it is still there
    return governing


def _completing(event: Token, know: Knowledge) -> Token | None:
    """The verb that says how far an event has come: "its purchase of X is expected to close"."""
    verb = event.head
    if event.pos_ != "NOUN" or event.dep_ not in ("nsubj", "nsubjpass", "dobj"):
        return None
    below = children(verb, "xcomp") if event.dep_ != "dobj" else []
    completing = know.lexicon["status.completing.verbs"]
    return next((word for word in (verb, *below) if _with_particles(word) & completing), None)


@dataclass(slots=True)
class _Found:
    """The cues met on the climb, the nearest first."""

    modality: str = ""
    denied: bool = False
    ended: bool = False
    asked: bool = False
    dropped: bool = False

    def take(self, token: Token, cues: set[str], governing: str) -> None:
        """Add the cues of one step and what its word says of the one below."""
        wanted = governing in ("planned", "possible")
        self.dropped = self.dropped or (wanted and "ended" in cues)  # "had once planned to"
        modal = next((child.lower_ for child in token.children if child.tag_ == "MD"), "")
        negated = "denied" in cues and not self.asked
        if governing == "denied" and negated:  # who does not deny it leaves it open
            self.modality = self.modality or "possible"
        elif governing == "denied":
            self.denied = not self.denied
        elif negated and modal not in ("may", "might"):
            self.denied = True
        for cue in (
            "possible" if governing == "possible" else "",
            *sorted(cues & {"planned", "possible"}),
            governing,
        ):
            if cue in ("planned", "possible") and not self.modality:
                self.modality = cue
        if "asked" in (*cues, governing):
            self.modality, self.asked = "possible", True
        self.ended = self.ended or "ended" in cues or governing == "ended"

    @property
    def status(self) -> str:
        """Denied beats planned and possible; what will end is there still."""
        if self.denied or self.dropped:
            return "denied"
        if self.ended:
            return "asserted" if self.modality else "ended"
        return self.modality or "asserted"


def _counts(chain: list[Token], step: int, settled: bool) -> bool:
    """Whether the auxiliaries and adverbs of a step say something about the trigger.

    Not those of a coordinated finite verb, nor those around a noun that the sentence takes for
    granted ("may end its dependence on X" does not doubt the dependence).
    """
    if step == 0:
        return True
    below = chain[step - 1]
    if below.dep_ == "conj" and (below.tag_ != "VB" or has_own_auxiliary(below)):
        return False
    return below.pos_ in ("VERB", "AUX", "ADJ", "ADP") or below.dep_ in ("nsubjpass", "attr") or not settled


def is_definite(noun: Token) -> bool:
    """Whether a noun is taken for granted: "its stake", "the merger"; but who "wants the post" has none."""
    articles = () if noun.lemma_ in words("roles.posts") else ("the", "this", "these", "that")
    return any(child.dep_ == "poss" or child.lower_ in articles for child in noun.children)


def _chain(anchor: Token, know: Knowledge) -> Iterator[Token]:
    """The words whose scope a trigger is in, from itself upward."""
    token = anchor
    for _ in range(12):
        yield token
        head = token.head
        if head == token or not _goes_on(token, head, know):
            return
        token = head


def _goes_on(token: Token, head: Token, know: Knowledge) -> bool:
    """Whether what is said of the head holds of the word below it."""
    dep = token.dep_
    if dep == "ccomp" and any(word.text == ";" for word in token.doc[token.i : head.i]):
        return False  # "X owns Y; both declined to comment"
    if dep == "relcl":
        unsure = head.dep_ == "attr" and is_unsure(head.head)  # "X was not the firm that bought Y"
        return unsure or is_infinitive(token) or head.lemma_.lower() in know.lexicon["attribution.nouns"]
    if dep == "compound":  # "merger talks"
        return head.lemma_ in know.lexicon["status.carrying.nouns"]
    if dep == "conj":
        return not children(token, "nsubj", "nsubjpass") or head.pos_ not in ("VERB", "AUX")
    if dep == "acl":
        that = "that" in _mark(token)  # "suggestions that X had bought Y"
        return that or token.tag_ == "VB" or head.lemma_.lower() in know.lexicon["attribution.nouns"]
    if dep == "advcl":
        return token.tag_ in ("VB", "VBG") or bool(_mark(token) & {"if", "unless", "whether"})
    if token.pos_ in ("NOUN", "PROPN") and dep in _NOMINAL:
        acts = dep == "nsubj" and head.pos_ == "VERB" and token.lemma_ in words("grammar.unions")
        return not acts and head.pos_ in ("VERB", "AUX", "ADP", "NOUN", "SCONJ")
    aside = dep == "prep" and head.pos_ == "PROPN"  # "X, with offices in Y, may sell Z"
    aside |= dep == "ccomp" and token.i < head.i and head.pos_ == "AUX"  # "X owns Y, so it must be rich"
    return (dep in _GOVERNED and not aside) or (dep == "advmod" and leads_on(token, know))


def _mark(verb: Token) -> set[str]:
    return {child.lower_ for child in children(verb, "mark", "advmod")}


def _own_cues(token: Token, know: Knowledge) -> Iterator[str]:
    """Cues on a word itself: auxiliaries, negation, adverbs, adjectives, conjunctions, a question mark."""
    lexicon = know.lexicon
    for child in token.children:
        if negates(child):
            yield "denied"
        elif child.dep_ == "aux" and child.tag_ == "MD":
            yield (
                "planned" if child.lemma_.lower() in ("will", "shall", "'ll", "wo") else _would(child, token)
            )
        elif child.dep_ in ("advmod", "amod", "npadvmod", "mark"):
            cues = listed(child, ("adverbs", "adjectives"), lexicon.status)
            lasts = token.lemma_.lower() in lexicon["roles.lasting"]  # "the late founder"
            yield from (
                c for c in cues if not (c == "planned" and _is_past(token)) and not (c == "ended" and lasts)
            )
            if child.lower_ == "then" and token.dep_ == "appos":  # "X, then a unit of Y"
                yield "ended"
        elif child.dep_ == "prep" and token.pos_ == "PROPN":  # "X, formerly of Y"
            for adverb in children(child, "advmod"):
                yield from listed(adverb, ("adverbs",), lexicon.status)
        elif child.dep_ in ("compound", "nmod") and child.left_edge.dep_ == "amod":  # "former Kestra boss"
            yield from listed(child.left_edge, ("adjectives",), lexicon.status)
    if after_nor(token):
        yield "denied"
    yield from _phrase_cues(token, lexicon.phrases)
    if token.pos_ in ("VERB", "AUX"):
        yield from _verb_form_cues(token, know)
    over = token.pos_ == "NOUN" and lexicon.status.get(("nouns", token.lemma_.lower())) == "ended"
    lasts = token.lemma_.lower() in lexicon["roles.lasting"]  # "an alumnus"
    ex = any(_is_ex(word) for word in (token, *children(token, "compound", "nmod", "amod", "poss")))
    if ex or (over and not lasts):
        yield "ended"


def _predicate_cues(noun: Token, know: Knowledge) -> Iterator[str]:
    """What adjectives say of what somebody is, also of the second in "a former chief and founder of X"."""
    top = top_of_list(noun)
    bare = not children(noun, "det", "amod")
    said = top.dep_ in ("attr", "oprd") or (top.dep_ == "pobj" and top.head.lower_ == "as")
    for word in dict.fromkeys((noun, top)) if said else ():
        if word == noun or bare:
            for adjective in children(word, "amod", "compound"):
                yield from listed(adjective, ("adjectives",), know.lexicon.status)
            if _is_ex(word):
                yield "ended"


def _is_past(verb: Token) -> bool:
    """ "Eventually bought", "was soon sold": what is told of the past is no plan."""
    aux = [child.tag_ for child in children(verb, "aux", "auxpass")]
    return verb.tag_ == "VBD" or (verb.tag_ == "VBN" and "VBD" in aux and "TO" not in aux)


def _is_ex(token: Token) -> bool:
    """ "ex-chief", "ex-Kestra chief"."""
    return token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).lower_ == "ex"


def _phrase_cues(token: Token, phrases: Mapping[str, str]) -> Iterator[str]:
    """Cues of several words before a verb, its subject or a noun: "no longer", "instead of", "in case"."""
    doc, first = token.doc, sentence_of(token).start
    inner = token.i
    while inner > first and doc[inner - 1].head == token and doc[inner - 1].dep_ in _INSIDE_PHRASE:
        inner -= 1
    ends = {
        *range(inner, token.i + 1),
        *(word.left_edge.i for word in children(token, "nsubj", "nsubjpass", "attr")),
    }
    for end in sorted(ends):
        words = [word.lower_ for word in doc[max(first, end - _LONGEST_PHRASE) : end]]
        for start in range(len(words)):
            found = phrases.get(" ".join(words[start:]))
            if found:
                yield found
                break


def _would(aux: Token, verb: Token) -> str:
    """ "would" after "said" is the future of a plan, "would have" did not happen; the rest leaves it open."""
    if aux.lower_ in ("would", "'d", "’d", "should") and verb.tag_ == "VBN" and _has_have(aux, verb):
        return "denied"
    if aux.lower_ in ("would", "'d", "’d") and verb.dep_ == "ccomp" and verb.head.tag_ == "VBD":
        return "planned"
    return "possible"


def _has_have(aux: Token, verb: Token) -> bool:
    return any(child.lower_ in ("have", "'ve", "’ve") and child.i > aux.i for child in children(verb, "aux"))


def _verb_form_cues(verb: Token, know: Knowledge) -> Iterator[str]:
    marks = _mark(verb)
    yield from inverted(verb)
    if marks & {"if", "unless", "whether"}:
        yield "asked"
    infinitive = is_infinitive(verb) and not is_picked(verb, know)
    told = verb.dep_ == "relcl" and know.lexicon.status.get(("nouns", verb.head.lemma_.lower()))
    if (
        infinitive
        and verb.dep_ in ("ROOT", "advcl", "relcl", "ccomp")
        and not told
        and not follows_on(verb, know)
    ):
        yield "planned"
    if verb.dep_ == "advcl" and verb.tag_ in ("VBZ", "VBP") and marks & TIMES and is_to_come(verb.head):
        yield "planned"
    if infinitive and any(c.lower_ == "to" and c.i > 0 and c.nbor(-1).lower_ == "yet" for c in verb.children):
        yield "denied"
    if infinitive and is_aim(verb, know):
        yield "planned"
    if verb.dep_ == "ROOT" and sentence_of(verb).text.rstrip(" \"'”’").endswith("?"):
        yield "asked"


def _governor_cue(token: Token, below: Token, know: Knowledge) -> str:
    """The status that a word gives to what it governs: "plans", "denied", "talks", "likely"."""
    nominal = below.pos_ in ("NOUN", "PROPN")
    undone = nominal and below.lemma_.lower() in know.lexicon["status.unfinished.nouns"]
    phrases = _with_particles(token) if nominal and token.pos_ in ("VERB", "AUX") else set()
    lost = phrases & know.lexicon["light_verbs.lose"]
    if lost or (phrases & know.lexicon["status.ended.intransitive"] and below.dep_ == "nsubj"):
        return "denied" if undone else "ended"
    if nominal and token.lemma_ in know.lexicon["status.pending.verbs"]:
        return "planned"
    if undone and (token.lemma_ in know.lexicon["status.pending.views"] or hangs(token, below)):
        return "planned"
    if nominal and is_under_review(below, token, know):
        return "planned"
    if is_wish(token, below, know):
        return "asked"
    if is_hired_for(below) or is_offered(below):
        return "planned" if below.pos_ == "VERB" else "possible"
    if token.lower_ == "used" and below.dep_ == "xcomp":
        return "ended"
    above = judgement(token, below, know)
    if above:
        return above
    kinds = {
        "VERB": ("verbs", "adjectives") if token.tag_ == "VBN" else ("verbs",),
        "AUX": ("verbs",),
        "NOUN": ("nouns",),
        "ADJ": ("adjectives",),
    }.get(token.pos_, ())
    lemma = token.lemma_.lower()
    particles = [child.lower_ for child in children(token, "prt")]
    particles += [below.lower_] if below.dep_ in ("prep", "advmod") else []  # "is thinking of selling"
    for kind in kinds:
        for phrase in (*(f"{lemma} {particle}" for particle in particles), lemma):
            found = know.lexicon.status.get((kind, phrase))
            agreed = undone and lemma == "agree"  # "agreed the sale of X"
            granted = nominal and is_definite(below) and found in ("possible", "planned") and not agreed
            if found and not granted:
                return found
    return "possible" if is_open_end(token, below) and not is_picked(below, know) else ""


def _with_particles(verb: Token) -> set[str]:
    """A verb with its particle, whatever the parser takes it for: "fell through last year", "go ahead"."""
    bare = [p for p in children(verb, "prep") if all(c.ent_type_ == "DATE" for c in p.children)]
    bare += children(verb, "advmod")
    return {with_particle(verb), *(f"{verb.lemma_} {particle.lower_}" for particle in bare)}
