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

from kg.english import words
from kg.extract.clauses import all_conjuncts, children, surface_subjects
from kg.extract.cues import Pronoun, cues, later_cues, read_pronoun
from kg.extract.discourse import WINDOW, Discourse
from kg.extract.standing import bound, clause_of, is_in_subject
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
def weights(sort: str = "cues") -> dict[str, float]:
    """The weight of each cue for persons; of those for "it" with ``sort`` "things"."""
    data = tomllib.loads(ontology_path("coreference.toml").read_text(encoding="utf-8"))
    return {str(cue): float(weight) for cue, weight in data[sort].items()}


def probabilities(
    candidates: list[Candidate], without: tuple[str, ...] = (), sort: str = "cues"
) -> dict[int, float]:
    """How probable each thing is, summed over its mentions; ``without`` are cues to leave out."""
    table = {**weights(sort), **dict.fromkeys(without, 0.0)} if without else weights(sort)
    sums = [sum(table.get(cue, 0.0) * value for cue, value in c.features.items()) for c in candidates]
    top = max(sums, default=0.0)
    mass: dict[int, float] = {}
    for candidate, total in zip(candidates, sums, strict=True):
        mass[candidate.entity] = mass.get(candidate.entity, 0.0) + math.exp(total - top)
    whole = sum(mass.values())
    return {entity: round(part / whole, 4) for entity, part in mass.items()}


def candidates(token: Token, wanted: str, discourse: Discourse) -> list[Candidate]:
    """The mentions that a pronoun may go back to; ``wanted`` is "m", "f" or "thing"."""
    if wanted == "thing" and _says_of_itself(token, discourse):
        return []
    pronoun = read_pronoun(token, wanted, discourse)
    fits: dict[int, Features | None] = {}
    found: list[Candidate] = []
    for seen in reversed(discourse.seen[-WINDOW:]):
        if pronoun.sentence - seen.sentence > _FARTHEST:
            break
        if seen.entity not in fits:
            reports = wanted == "thing" and seen.entity in discourse.reporters
            fits[seen.entity] = None if reports else _fitting(seen.entity, wanted, discourse)
        fitting = fits[seen.entity]
        if fitting is None or (wanted == "thing" and _is_listed(seen.token, discourse)):
            continue
        said = dict.fromkeys(cues(pronoun, seen, discourse), 1.0)
        found.append(Candidate(seen.entity, {**said, **fitting}))
    if token.dep_ == "poss" and token.head.dep_ == "attr":  # "X, a former Y manager, is its chief": neither
        own = {s.entity for s in discourse.seen[-WINDOW:] if is_in_subject(s.token, token.head.head)}
        found = [candidate for candidate in found if candidate.entity not in own]
    others = {discourse.speaker(token), *_judges(token, discourse), *_doers(pronoun, discourse)}
    others |= _described(token, discourse) if wanted == "thing" else set()
    found = [candidate for candidate in found if candidate.entity not in others]
    if wanted != "thing":
        found += _later(pronoun, wanted, discourse)
    if found:
        found.append(Candidate(NOBODY, {"nobody": 1.0, f"nobody {pronoun.role}": 1.0}))
    return found


def _says_of_itself(token: Token, discourse: Discourse) -> bool:
    """ "The airline, which is owned by X, said it would": it is the airline, which has no name here."""
    verb = token.head.head
    inside = token.dep_ == "nsubj" and token.head.dep_ == "ccomp" and verb.lemma_ in words("classes.saying")
    sayers = children(verb, "nsubj") if inside else []
    kinds = discourse.know.ontology.noun_types
    firms = [t for t in sayers if t.tag_ == "NN" and kinds.get(t.lemma_.lower()) == "Organization"]
    return any(not discourse.entities_at([firm]) and not children(firm, "appos") for firm in firms)


def _is_listed(name: Token, discourse: Discourse) -> bool:
    """Whether a name is one of several: "units made by X and Y. Its chief" is of neither."""
    others = [name.head] if name.dep_ == "conj" else children(name, "conj")
    beside = discourse.entities_at([t for t in others if t.pos_ == "PROPN"])
    return name.pos_ == "PROPN" and not set(beside) <= set(discourse.entities_at([name]))


def _described(token: Token, discourse: Discourse) -> set[int]:
    """ "X, its rival, has grown": not X; but "X, its subsidiary Y and Z" is a list."""
    noun = token.head
    role = noun.dep_ == "appos" and noun.lemma_ in discourse.know.ontology.noun_types
    listed = children(noun, "appos", "conj") or children(noun.head, "conj")
    return set(discourse.entities_at([noun.head])) if role and not listed else set()


def _doers(pronoun: Pronoun, discourse: Discourse) -> set[int]:
    """ "Kestra denied that it plans to buy it", "X, which holds 4% of its shares": not who does so."""
    others = is_of_shares(pronoun.token) or is_ordered(pronoun.token)
    if pronoun.wanted != "thing" or not (pronoun.role == "object" or others):
        return set()
    return set(discourse.entities_at(pronoun.token.doc[i] for i in pronoun.subjects))


def is_of_shares(token: Token) -> bool:
    """Whether a possessive tells whose shares somebody holds: "holds 4 percent of its shares"."""
    noun = token.head
    if token.dep_ != "poss" or noun.lemma_ not in words("grammar.shares"):
        return False
    part = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    return part.dep_ == "dobj" and part.head.lemma_ in words("grammar.holding")


def is_ordered(token: Token) -> bool:
    """Whether a possessive tells whose products somebody orders: "ordered 40 of its T90 trucks"."""
    noun = token.head
    if token.dep_ != "poss" or not any(word.pos_ == "PROPN" for word in token.doc[token.i + 1 : noun.i + 1]):
        return False
    part = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "of" else noun
    some = part != noun and part.head.lemma_ in words("grammar.holding")  # "bought 40 of its T90 trucks"
    return part.dep_ == "dobj" and (some or part.head.lemma_ in words("grammar.ordering"))


def _judges(token: Token, discourse: Discourse) -> set[int]:
    """ "The agency opened an investigation into its merger": not the agency's own, unless it says so."""
    own = token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "own"
    lexicon = discourse.know.lexicon
    clause = clause_of(token)
    if clause.lemma_ in lexicon["judging.receiving"]:  # "won approval from X for its merger": not X's
        deeds = [d for d in children(clause, "dobj") if d.lemma_.lower() in lexicon["judging.nouns"]]
        phrases = [
            p for above in (clause, *deeds) for p in children(above, "prep") if p.lower_ in ("by", "from")
        ]
        return set(discourse.entities_at([t for p in phrases for t in children(p, "pobj")] if deeds else []))
    for above in token.ancestors if token.dep_ == "poss" and not own else ():
        verb = above.pos_ in ("VERB", "AUX")
        deeds = [above, *children(above, "dobj")] if verb else [above]
        if any(
            d.lemma_.lower() in lexicon["judging.verbs" if d.pos_ == "VERB" else "judging.nouns"]
            for d in deeds
        ):
            subjects = all_conjuncts(surface_subjects(above if verb else clause_of(above)))
            return set(discourse.entities_at(subjects))
        if verb:
            break
    return set()


def _later(pronoun: Pronoun, wanted: str, discourse: Discourse) -> Iterator[Candidate]:
    """The names behind the pronoun in its sentence."""
    for seen in discourse.names_in.get(pronoun.sentence, ()):
        after = seen.token.i > pronoun.token.i and not bound(pronoun.token, seen)
        fitting = _fitting(seen.entity, wanted, discourse) if after else None
        if fitting is not None:
            yield Candidate(seen.entity, {**dict.fromkeys(later_cues(pronoun, seen), 1.0), **fitting})


def _fitting(number: int, wanted: str, discourse: Discourse) -> Features | None:
    """The cues of class and gender; None where the thing cannot be meant."""
    entity = discourse.entities[number]
    if wanted == "thing":
        return None if entity.type in ("", "Person", "Place") else {f"a {entity.type}": 1.0}
    known = discourse.gender(number)
    family = len(entity.name.split()) == 1 and not known.told
    if known.sex not in ("", wanted) and not family:
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
