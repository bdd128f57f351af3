"""Whether a fact was so on a day, as far as the texts tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.analyze.period import period
from kg.model import Claim, Fact

#: After every day that can be written.
ALWAYS = "9999"


def holds(
    fact: Fact,
    dates: Mapping[str, str | None],
    at: str | None = None,
    endings: Iterable[Claim] = (),
    statuses: Sequence[str] = ("asserted",),
) -> bool:
    """Whether some claim says by then that it is so, and none, nor any of ``endings``, later that it is over.

    What happened stays so: who bought a firm in 2016 has it in 2020. A year or month counts from its
    first day and, where something ends in it, up to its last. Without ``at`` all that is told counts.
    """
    day = at or ALWAYS
    starts = [_start(c, dates) for c in fact.claims if c.qualifiers.status in statuses and _lasts(c, day)]
    begun = [start for start in starts if start is not None and not after(start, day)]
    if not begun and not (at is None and starts):
        return False
    over = [
        end
        for claim in (*(c for c in fact.claims if c.qualifiers.status == "ended"), *endings)
        if not after(end := _end(claim, dates), day)
    ]
    return not over or after(max(begun, default=""), max(over))


def after(one: str, other: str) -> bool:
    """Whether one date is later than another, as far as both go: 2024 is not after 2024-05."""
    shared = min(len(one), len(other))
    return one[:shared] > other[:shared]


def _start(claim: Claim, dates: Mapping[str, str | None]) -> str | None:
    return period(claim.qualifiers, dates.get(claim.evidence.document))[0]


def _end(claim: Claim, dates: Mapping[str, str | None]) -> str:
    """An ending of which no time is known is the last that is told."""
    return period(claim.qualifiers, dates.get(claim.evidence.document))[1] or ALWAYS


def _lasts(claim: Claim, day: str) -> bool:
    end = claim.qualifiers.end_date
    return end is None or not after(day, end)
