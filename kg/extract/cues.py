"""Cues of grammar and discourse that speak for or against a mention as what a pronoun stands for.

A cue is a short text ("clause own subject"); its weight is data (``ontology/coreference.toml``). Each
function below is one family of cues. What concerns a pronoun alone is found once for all its candidates
(``Pronoun``), what concerns a mention alone once for all the pronouns behind it (``Standing``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.clauses import all_conjuncts, surface_subjects
from kg.extract.discourse import Discourse
from kg.extract.standing import PERSONAL, Seen, Standing, bound, clause_of, role_of
from kg.extract.state import sentence_of

#: How many of the latest mentions tell what the text is about at a pronoun.
_LATELY = 12
_LINKS = frozenset("advcl ccomp conj relcl xcomp pcomp".split())
_SAYING = frozenset(
    "add announce ask believe claim explain feel know note say state tell think write".split()
)


class Lately(NamedTuple):
    """The latest mentions that are of the sort that a pronoun can mean, counted by thing."""

    times: Counter[int]
    pronominal: Counter[int]
    rivals: int


class Pronoun(NamedTuple):
    """A pronoun: where it stands, the verbs above it, who does what its clause tells, what came lately."""

    token: Token
    wanted: str
    role: str
    sentence: int
    above: dict[int, str]
    quoted: bool
    subjects: frozenset[int]
    preposition: str
    opens: bool
    passive: bool
    also: bool
    says: bool
    lately: Lately


def read_pronoun(token: Token, wanted: str, discourse: Discourse) -> Pronoun:
    """What can be said of a pronoun before it is compared with the mentions."""
    verb = clause_of(token)
    subjects = frozenset(s.i for s in all_conjuncts(surface_subjects(verb)) if s.i != token.i)
    governed = token.head if token.dep_ == "poss" else token
    words = {child.lower_ for child in verb.children}
    return Pronoun(
        token,
        wanted,
        "owner" if token.dep_ == "poss" else role_of(token),
        discourse.sentence[token.i],
        _governing(token),
        discourse.in_quotes(token),
        subjects,
        governed.head.lower_ if governed.dep_ == "pobj" else "",
        not any(token.doc[i].is_alpha for i in range(sentence_of(token).start, token.i)),
        any(child.dep_ == "auxpass" for child in verb.children),
        not words.isdisjoint(("also", "then", "later")),
        verb.lemma_ in _SAYING,
        _lately(discourse.sentence[token.i], wanted, discourse),
    )


def _lately(here: int, wanted: str, discourse: Discourse) -> Lately:
    person = wanted != "thing"
    near = [
        seen
        for seen in discourse.seen[-40:]
        if here - seen.sentence <= 1 and discourse.is_person(seen.entity) == person
    ]
    start = len(discourse.seen) - _LATELY
    times = Counter(seen.entity for seen in near if seen.order >= start)
    pronominal = Counter(seen.entity for seen in near if seen.order >= start and seen.kind == "pronoun")
    return Lately(times, pronominal, len({seen.entity for seen in near}))


def _governing(token: Token) -> dict[int, str]:
    """The verbs above a word, each with how the clause below hangs on it; its own clause is "own"."""
    verb = clause_of(token)
    found = {verb.i: "own"}
    while verb.head != verb:
        link = verb.dep_
        verb = verb.head if verb.head.pos_ in ("VERB", "AUX") else clause_of(verb)
        if verb.i in found:
            break
        found[verb.i] = link if link in _LINKS else "above"
    return found


def cues(pronoun: Pronoun, seen: Seen, discourse: Discourse) -> Iterator[str]:
    """What speaks for and against a mention before the pronoun."""
    distance = pronoun.sentence - seen.sentence
    place = ("same", "previous")[distance] if distance < 2 else "far"
    yield f"distance {min(distance, 4)}"
    if pronoun.wanted == "thing":
        yield from _of_things(pronoun, seen, place, discourse)
        return
    yield from _grammar(pronoun, seen, discourse)
    yield from _place(pronoun, seen, place, discourse)
    yield from _standing(discourse.standing(seen), place)
    yield from _focus(pronoun, seen, place, discourse)
    yield from _topic(pronoun, seen, discourse)


def _grammar(pronoun: Pronoun, seen: Seen, discourse: Discourse) -> Iterator[str]:
    """How the clause of the pronoun and that of the mention hang together."""
    role = pronoun.role
    if pronoun.sentence == seen.sentence:
        link = pronoun.above.get(seen.clause, "apart")
        yield f"clause {link} {seen.role}"
        yield f"clause {link} for {role}"
        yield f"words apart {min(3, (pronoun.token.i - seen.token.i) // 4)} {role}"
    else:
        yield f"words apart {role}"
    if seen.token.i in pronoun.subjects:
        yield "understood subject"
        yield f"understood subject for {role}"
    elif pronoun.sentence == seen.sentence and pronoun.subjects:
        yield f"another is subject for {role}"
    if bound(pronoun.token, seen):
        yield f"bound {role}"
    if pronoun.quoted != discourse.in_quotes(seen.token):
        yield f"across quotes {seen.role}"


def _of_things(pronoun: Pronoun, seen: Seen, place: str, discourse: Discourse) -> Iterator[str]:
    """The few cues that weigh for "it" too: what the last clauses were about, in which role."""
    role, number = pronoun.role, seen.entity
    yield f"{seen.role} {place}"
    yield f"{role} to {seen.role} {'same' if place == 'same' else 'before'}"
    if seen.subject and seen.token.head.dep_ == "ROOT":
        yield f"main subject {place} for {role}"
    if place == "same":
        link = pronoun.above.get(seen.clause, "apart")
        yield f"clause {link} {seen.role}"
        yield f"clause {link} for {role}"
    if bound(pronoun.token, seen):
        yield f"bound {role}"
    if seen.token.dep_ == "conj":
        yield "second of a list"
    sort = "person" if discourse.is_person(number) else "thing"
    if discourse.last_subject.get(sort) == number:
        yield f"last subject {role}"
    if discourse.latest.get(number) == seen.order:
        yield "latest mention"
    chain = discourse.last_pronoun.get(PERSONAL.get(pronoun.token.lower_, "thing"))
    if chain is not None and chain.entity == number:
        yield "last pronoun"
    if discourse.frequency[number] == discourse.most_named:
        yield "named most"
    if seen.opens:
        yield "opens a sentence"


def _place(pronoun: Pronoun, seen: Seen, place: str, discourse: Discourse) -> Iterator[str]:
    """The role of the mention, under what the pronoun's clause is."""
    if seen.subject and seen.token.head.dep_ == "ROOT":
        yield f"main subject {place}"
    if seen.token.dep_ == "conj":
        yield "second of a list"
    if pronoun.opens:
        main = discourse.standing(seen).clause == "ROOT"
        yield f"opens {seen.role} {place}"
        yield f"opens {'main' if main else 'low'} {seen.role} {place}"
    if pronoun.also:
        yield f"also {seen.role} {place}"
    if pronoun.says:
        yield f"says {seen.role} {place}"
    if pronoun.passive:
        yield f"is done to {seen.role} {place}"


def _standing(standing: Standing, place: str) -> Iterator[str]:
    """How deep and in what kind of clause the mention stands, and how it is written."""
    yield f"depth {standing.depth} {place}"
    yield f"in {standing.clause} {place}"
    if standing.preposition:
        yield f"after {standing.preposition} {place}"
    if standing.passive:
        yield f"passive {standing.passive} {place}"
    if standing.written:
        yield f"{standing.written} {place}"


def _focus(pronoun: Pronoun, seen: Seen, place: str, discourse: Discourse) -> Iterator[str]:
    """Whether the last clauses and sentences were about a thing."""
    number = seen.entity
    sort = "person" if discourse.is_person(number) else "thing"
    if discourse.last_subject.get(sort) == number:
        yield f"last subject {pronoun.role}"
    yield from _chain(pronoun, number, discourse)
    yield f"rivals {min(pronoun.lately.rivals, 4)} {place}"
    if discourse.latest.get(number) == seen.order:
        yield "latest mention"
        yield f"latest mention {seen.role} {place}"
    others = discourse.persons_in.get(seen.sentence, [])
    if others and others[-1] == number:
        yield f"last in sentence {place}"
    if others and all(other == number for other in others):
        yield f"alone in sentence {place}"


def _chain(pronoun: Pronoun, number: int, discourse: Discourse) -> Iterator[str]:
    """Whether the latest pronouns and mentions were of a thing."""
    lately = pronoun.lately
    chain = discourse.last_pronoun.get(PERSONAL.get(pronoun.token.lower_, "thing"))
    if chain is not None and chain.entity == number:
        yield f"last pronoun {min(pronoun.sentence - chain.sentence, 2)} {pronoun.role}"
    elif chain is not None:
        yield "not the last pronoun"
    if lately.times:
        yield f"lately {int(4.99 * lately.times[number] / lately.times.total())} of 4"
        if lately.times[number] == max(lately.times.values()):
            yield "lately most"
    yield f"pronouns lately {min(lately.pronominal[number], 3)}"


def _topic(pronoun: Pronoun, seen: Seen, discourse: Discourse) -> Iterator[str]:
    """Whether the document is about a thing, before the pronoun and behind it."""
    number = seen.entity
    often = discourse.frequency[number]
    yield f"named {min(often, 5)} times"
    yield f"part of text {int(4.99 * often / max(often, discourse.persons_named, 1))} of 4"
    yield f"mostly subject {int(3.99 * discourse.subject_share(number))} of 3"
    if seen.kind != "pronoun":
        yield "named again" if seen.order > discourse.first[number] else "named now"
    if often == discourse.most_named:
        yield "named most"
    if discourse.seen[0].entity == number:
        yield "named first"
    if seen.opens:
        yield "opens a sentence"
    behind = [n for n in discourse.names_in.get(pronoun.sentence, ()) if n.entity == number]
    if any(name.token.i > pronoun.token.i for name in behind):
        yield "named later in sentence"
    following = [n for n in discourse.names_in.get(pronoun.sentence + 1, ()) if n.entity == number]
    if following:
        yield "named in next sentence"
    if any(name.subject for name in following):
        yield "subject of next sentence"


def later_cues(pronoun: Pronoun, seen: Seen) -> Iterator[str]:
    """What speaks for a name behind the pronoun in its sentence: "When she resigned, Ida Moe said …"."""
    link = pronoun.above.get(seen.clause, "apart")
    yield f"later {link} {seen.role}"
    yield f"later {pronoun.role}"
    yield f"later bound {bound(pronoun.token, seen)}"
