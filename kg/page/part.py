"""A part of a graph: around one entity, the most important, of some statuses, since a date."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypedDict

from kg.analyze.period import period
from kg.errors import KGError, UsageError, did_you_mean
from kg.model import STATUSES, Claim, Entity, Fact

_DAY = re.compile(r"\d{4}(-\d\d){0,2}")


class Part(TypedDict, total=False):
    """What to keep of a graph; all that is given must hold.

    ``around`` an entity by name or IRI, with all that is up to ``depth`` steps away (2); the ``top``
    entities with the most facts; claims of these ``statuses``; claims about the time ``since`` a date.
    With ``layout_from``, an older page, whatever is on both stands where it stood.
    """

    around: str
    depth: int
    top: int
    statuses: Sequence[str]
    since: str
    layout_from: str | Path


def part(
    facts: Iterable[Fact], dates: Mapping[str, str | None], wanted: Part, centre: Collection[str] = ()
) -> list[Fact]:
    """The facts that are wanted, with those of their claims that are.

    ``dates`` are those of the documents by id, ``centre`` the IRIs that ``around`` means. Raises
    UsageError for what nobody can mean and KGError where nothing is left.
    """
    _check(wanted)
    kept = _told(facts, dates, wanted.get("statuses", ()), wanted.get("since", ""))
    if "around" in wanted:
        kept = _among(kept, _near(kept, set(centre), wanted.get("depth", 2)))
    if "top" in wanted:
        kept = _among(kept, _most_told(kept, wanted["top"]))
    if not kept:
        raise KGError("no claim fits all that is asked for, so there is nothing to show; ask for less")
    return kept


def described(wanted: Part) -> str:
    """The part in words, for the page itself.

    >>> described({"around": "OpenAI", "statuses": ("asserted", "planned")})
    'Only a part of the graph: around OpenAI (2 steps), asserted or planned.'
    """
    words = []
    if "around" in wanted:
        depth = wanted.get("depth", 2)
        words.append(f"around {wanted['around']} ({depth} {'step' if depth == 1 else 'steps'})")
    if "top" in wanted:
        words.append(f"the {wanted['top']} entities with the most facts")
    if wanted.get("statuses"):
        words.append(" or ".join(wanted["statuses"]))
    if wanted.get("since"):
        words.append(f"since {wanted['since']}")
    return f"Only a part of the graph: {', '.join(words)}." if words else ""


def _check(wanted: Part) -> None:
    unknown = next((name for name in wanted.get("statuses", ()) if name not in STATUSES), None)
    if unknown is not None:
        raise UsageError(f'no status is called "{unknown}". {did_you_mean(unknown, STATUSES)}')
    if wanted.get("depth", 1) < 1 or wanted.get("top", 1) < 1:
        raise UsageError("depth and top count from 1")
    since = wanted.get("since", "")
    if since and not _DAY.fullmatch(since):
        raise UsageError(f'since is "{since}", which is no date; write it as 2024, 2024-06 or 2024-06-30')


def _told(
    facts: Iterable[Fact], dates: Mapping[str, str | None], statuses: Sequence[str], since: str
) -> list[Fact]:
    """The facts with only those claims that have a status and a time that is asked for."""

    def fits(claim: Claim) -> bool:
        _, last = period(claim.qualifiers, dates.get(claim.evidence.document))
        return (not statuses or claim.qualifiers.status in statuses) and (not since or _reaches(last, since))

    kept = (replace(fact, claims=tuple(filter(fits, fact.claims))) for fact in facts)
    return [fact for fact in kept if fact.claims]


def _reaches(last: str | None, since: str) -> bool:
    """Whether a time that ends so is not all before a day; both can be a year, a month or a day."""
    return last is not None and last >= since[: len(last)]


def _ends(fact: Fact) -> list[str]:
    return [end.iri for end in (fact.subject, fact.object) if isinstance(end, Entity)]


def _near(facts: Sequence[Fact], reached: set[str], depth: int) -> set[str]:
    for _ in range(depth):
        reached = reached | {iri for fact in facts if reached & set(_ends(fact)) for iri in _ends(fact)}
    return reached


def _most_told(facts: Sequence[Fact], number: int) -> set[str]:
    told = Counter(iri for fact in facts for iri in set(_ends(fact)))
    return set(sorted(told, key=lambda iri: (-told[iri], iri))[:number])


def _among(facts: Sequence[Fact], iris: set[str]) -> list[Fact]:
    return [fact for fact in facts if iris.issuperset(_ends(fact))]
