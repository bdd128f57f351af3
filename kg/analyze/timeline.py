"""When things were told, when they were so, and what changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from kg.analyze.holding import ALWAYS, after
from kg.analyze.known import Known
from kg.analyze.period import period
from kg.claims import claim_order
from kg.model import STATUSES, Claim, Entity, Fact

#: Of several statuses on one day the one that tells most.
_STRENGTH = ("ended", "asserted", "planned", "possible", "denied")
#: What is news about a fact: a later mention of an old plan is none.
_NEWS = frozenset(
    {
        *((plan, become) for plan in ("planned", "possible") for become in ("asserted", "denied", "ended")),
        ("possible", "planned"),
        ("asserted", "denied"),
        ("asserted", "ended"),
        ("denied", "asserted"),
        ("ended", "asserted"),
    }
)


@dataclass(frozen=True, slots=True)
class Month:
    """The claims in the documents of a month."""

    month: str
    claims: tuple[Claim, ...]

    @property
    def statuses(self) -> tuple[tuple[str, int], ...]:
        """How many claims have each status, in the order of ``STATUSES``."""
        told = [claim.qualifiers.status for claim in self.claims]
        return tuple((status, told.count(status)) for status in STATUSES if status in told)


@dataclass(frozen=True, slots=True)
class Report:
    """A fact of one status and one time, with who told it.

    ``first`` and ``last`` are when it was or is to be so, by its sentences, or where they do not say the day
    of the first report; ``reported`` and ``repeated`` the days of the first and the last document.
    ``claims`` come in the order in which they were published.
    """

    fact: Fact
    status: str
    first: str | None
    last: str | None
    reported: str | None
    repeated: str | None
    sources: int
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that was told with one status and later with another: two claims, and when each was so."""

    fact: Fact
    before: Claim
    after: Claim
    earlier: str
    later: str


def months(known: Known) -> tuple[Month, ...]:
    """The claims by the month of their documents; those of documents without a date are in none."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for fact in known.facts:
        for claim in fact.claims:
            day = known.reported(claim)
            if day and len(day) >= len("2024-06"):
                found[day[: len("2024-06")]].append(claim)
    return tuple(Month(month, tuple(sorted(found[month], key=claim_order))) for month in sorted(found))


def timeline(known: Known, entity: Entity) -> tuple[Report, ...]:
    """All that is told of an entity in the order of time; what has no date comes last."""
    about = [
        fact for fact in known.facts if entity.iri in (fact.subject.iri, getattr(fact.object, "iri", ""))
    ]
    told = [report for fact in about for report in _reports(known, fact)]
    return tuple(sorted(told, key=lambda r: (r.first or r.last or ALWAYS, claim_order(r.claims[0]))))


def changes(known: Known) -> tuple[Change, ...]:
    """What became true, was given up, denied or ended, in the order of time.

    A plan is of the day when it was told, all else of the time when it is said to be so. Of several
    claims of one day the one that tells most counts.
    """
    found = [change for fact in known.facts for change in _changes(known, fact)]
    return tuple(sorted(found, key=lambda change: (change.later, claim_order(change.after))))


def _reports(known: Known, fact: Fact) -> Iterator[Report]:
    groups: dict[tuple[str, str | None, str | None], list[Claim]] = defaultdict(list)
    for claim in fact.claims:
        groups[claim.qualifiers.status, *period(claim.qualifiers, None)].append(claim)
    for (status, first, last), claims in groups.items():
        ordered = tuple(sorted(claims, key=lambda c: (known.reported(c) or ALWAYS, claim_order(c))))
        days = [day for claim in ordered if (day := known.reported(claim))]
        start, end = (first, last) if first or last else (min(days, default=None), None)
        yield Report(
            fact,
            status,
            start,
            end,
            min(days, default=None),
            max(days, default=None),
            known.sources(ordered),
            ordered,
        )


def _changes(known: Known, fact: Fact) -> Iterator[Change]:
    days = sorted(_strongest(known, fact.claims).items())
    for (earlier, before), (later, now) in pairwise(days):
        statuses = before.qualifiers.status, now.qualifiers.status
        if statuses in _NEWS and after(later, earlier):
            yield Change(fact, before, now, earlier, later)


def _strongest(known: Known, claims: Iterable[Claim]) -> dict[str, Claim]:
    """By day the claim that tells most."""
    found: dict[str, Claim] = {}
    for claim in sorted(claims, key=claim_order):
        status = claim.qualifiers.status
        planned = status in ("planned", "possible")
        day = (known.reported(claim) if planned else None) or known.period(claim)[0]
        if day and (day not in found or _strength(claim) < _strength(found[day])):
            found[day] = claim
    return found


def _strength(claim: Claim) -> int:
    return _STRENGTH.index(claim.qualifiers.status)
