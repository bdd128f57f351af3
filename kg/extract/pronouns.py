"""What pronouns stand for: every mention is a candidate, and cues of grammar and discourse weigh it.

The weights are data (``ontology/coreference.toml``), fitted by ``tests/benchmarks/fit_coref.py``. A
thing's probability is the share of its mentions in the exponentials of the sums of cues: it is the
reference's confidence.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from spacy.tokens import Token

from kg.extract.discourse import PERSONAL, WINDOW, Discourse, Seen, bound, clause_of, role_of
from kg.ontology import ontology_path

NEUTRAL = frozenset(("it", "its", "itself"))
PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
#: The candidate that stands for what no mention names.
NOBODY = -1
_FARTHEST = 8

Features = dict[str, float]


class Candidate(NamedTuple):
    """A mention that a pronoun may go back to, with its cues."""

    entity: int
    features: Features


@cache
def weights() -> dict[str, float]:
    """The weight of each cue."""
    data = tomllib.loads(ontology_path("coreference.toml").read_text(encoding="utf-8"))
    return {str(cue): float(weight) for cue, weight in data["cues"].items()}


def probabilities(candidates: list[Candidate], without: tuple[str, ...] = ()) -> dict[int, float]:
    """How probable each thing is, summed over its mentions; ``without`` are cues to leave out."""
    table = {**weights(), **dict.fromkeys(without, 0.0)} if without else weights()
    sums = [sum(table.get(cue, 0.0) * value for cue, value in c.features.items()) for c in candidates]
    top = max(sums, default=0.0)
    mass: dict[int, float] = {}
    for candidate, total in zip(candidates, sums, strict=True):
        mass[candidate.entity] = mass.get(candidate.entity, 0.0) + math.exp(total - top)
    whole = sum(mass.values())
    return {entity: round(part / whole, 4) for entity, part in mass.items()}


def candidates(token: Token, wanted: str, discourse: Discourse) -> list[Candidate]:
    """The mentions that a pronoun may go back to; ``wanted`` is "m", "f" or "thing"."""
    here = discourse.sentence[token.i]
    above = _governing(token)
    role = "owner" if token.dep_ == "poss" else role_of(token)
    found: list[Candidate] = []
    between: dict[int, None] = {}
    for seen in reversed(discourse.seen[-WINDOW:]):
        if here - seen.sentence > _FARTHEST:
            break
        fitting = _fitting(seen.entity, wanted, discourse)
        if fitting is None:
            continue
        between.setdefault(seen.entity)
        rank = list(between).index(seen.entity)
        cues = _cues(token, role, above, seen, here, discourse)
        found.append(Candidate(seen.entity, {**cues, **fitting, f"others between {min(rank, 4)}": 1.0}))
    for seen in discourse.names_in.get(here, ()) if wanted != "thing" else ():
        fitting = _fitting(seen.entity, wanted, discourse) if seen.token.i > token.i else None
        if fitting is not None:
            found.append(Candidate(seen.entity, {**_later_cues(token, role, above, seen), **fitting}))
    if found:
        found.append(Candidate(NOBODY, {"nobody": 1.0, f"nobody {role}": 1.0}))
    return found


def _governing(token: Token) -> dict[int, str]:
    """The verbs above a word, each with how the clause below hangs on it; its own clause is "own"."""
    verb = clause_of(token)
    found = {verb.i: "own"}
    while verb.head != verb:
        link = verb.dep_
        verb = verb.head if verb.head.pos_ in ("VERB", "AUX") else clause_of(verb)
        if verb.i in found:
            break
        found[verb.i] = link if link in ("advcl", "ccomp", "conj", "relcl", "xcomp", "pcomp") else "above"
    return found


def _cues(
    token: Token, role: str, above: dict[int, str], seen: Seen, here: int, discourse: Discourse
) -> Features:
    """What speaks for and against a mention before the pronoun."""
    distance = here - seen.sentence
    kind = "pronoun" if seen.kind == "pronoun" else "name"
    place = ("same", "previous")[distance] if distance < 2 else "far"
    cues = [
        f"distance {min(distance, 4)}",
        f"distance {min(distance, 2)} {seen.role} {role}",
        f"{kind} {place}",
        f"{seen.role} {place}",
    ]
    if discourse.in_quotes(token) != discourse.in_quotes(seen.token):
        cues.append(f"across quotes {seen.role}")
    if seen.token.head.dep_ == "ROOT" and seen.role == "subject":
        cues.append(f"main subject {place}")
    cues.append(f"{role} to {seen.role} {'same' if distance == 0 else 'before'}")
    if distance == 0:
        link = above.get(clause_of(seen.token).i, "apart")
        cues += [f"clause {link} {seen.role}", f"clause {link} {role}", f"clause {link} {seen.role} {role}"]
    cues.append(f"words between {min((token.i - seen.token.i).bit_length(), 7)}")
    if bound(token, seen):
        cues.append(f"bound {role}")
    if seen.token.dep_ == "conj":
        cues.append("second of a list")
    if discourse.last_subject.get("person" if discourse.is_person(seen.entity) else "thing") == seen.entity:
        cues.append(f"last subject {role}")
    chain = discourse.last_pronoun.get(PERSONAL.get(token.lower_, "thing"))
    if chain is not None and chain.entity == seen.entity:
        cues.append(f"last pronoun {min(here - chain.sentence, 2)} {role}")
    elif chain is not None:
        cues.append("not the last pronoun")
    cues += _topic(seen, discourse)
    return dict.fromkeys(cues, 1.0)


def _topic(seen: Seen, discourse: Discourse) -> Iterator[str]:
    """Whether the document is about a thing."""
    often = discourse.frequency[seen.entity]
    yield f"named {min(often, 5)} times"
    if seen.kind != "pronoun":
        yield "named again" if seen.order > discourse.first[seen.entity] else "named now"
    if often == discourse.most_named:
        yield "named most"
    if discourse.seen[0].entity == seen.entity:
        yield "named first"
    if seen.order < 0 or seen.token.is_sent_start or seen.token.i == seen.token.sent.start:
        yield "opens a sentence"


def _later_cues(token: Token, role: str, above: dict[int, str], seen: Seen) -> Features:
    """What speaks for a name behind the pronoun: "When she resigned, Ida Moe said …"."""
    verb = clause_of(seen.token).i
    link = above.get(verb, "apart")
    return dict.fromkeys(
        (f"later {link} {seen.role}", f"later {role}", f"later bound {bound(token, seen)}"), 1.0
    )


def _fitting(number: int, wanted: str, discourse: Discourse) -> Features | None:
    """The cues of class and gender; None where the thing cannot be meant."""
    entity = discourse.entities[number]
    if wanted == "thing":
        return None if entity.type in ("", "Person", "Place") else {f"a {entity.type}": 1.0}
    known = discourse.gender(number)
    single = len(entity.name.split()) == 1
    if known.sex not in ("", wanted) and not single:
        return None
    if discourse.is_person(number):
        cues: Features = {"a person": 1.0}
    elif known.given:
        cues = {"a given name": 1.0}
    elif discourse.may_be_person(number):
        cues = {f"perhaps a person {entity.type}": 1.0}
    else:
        return None
    cues[f"gender {'same' if known.sex == wanted else 'other' if known.sex else 'open'}"] = 1.0
    cues["gender of vectors"] = known.leaning if wanted == "f" else -known.leaning
    cues[f"name of {min(len(entity.name.split()), 3)} words"] = 1.0
    if not discourse.is_named(number):
        cues["nameless"] = 1.0
    return cues
