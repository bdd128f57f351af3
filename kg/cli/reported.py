"""How ``kg timeline``, ``kg owners`` and ``kg conflicts`` print: each row with its sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.cli.display import count, table, when
from kg.cli.told import plain, print_json
from kg.cli.trusted import claim_lines, triple_line

if TYPE_CHECKING:
    from kg.analyze import Chain, Change, Conflict, Holding, Known, Month, Partners, Report, Support
    from kg.model import Claim, Entity, Fact


@dataclass(frozen=True, slots=True)
class History:
    """The reports about a thing, and which of them changed something."""

    entity: Entity
    reports: tuple[Report, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Ownership:
    """Who owns a thing, what it owns, and with whom it has parts of the same."""

    entity: Entity
    owners: tuple[Chain, ...]
    owned: tuple[Chain, ...]
    co_investors: tuple[Partners, ...]


def history(known: Known, entity: Entity) -> History:
    """What is told of a thing in the order of time."""
    from kg.analyze import changes, timeline

    about = tuple(change for change in changes(known) if entity in (change.fact.subject, change.fact.object))
    return History(entity, timeline(known, entity), about)


def ownership(known: Known, entity: Entity, at: str | None, statuses: Sequence[str]) -> Ownership:
    """What is told of a thing's owners and holdings."""
    from kg.analyze import co_investors, holdings, owned, owners

    held = holdings(known, at, statuses)
    return Ownership(entity, owners(held, entity), owned(held, entity), co_investors(held, entity))


def histories(found: Sequence[History], *, as_json: bool) -> None:
    """A block for each thing: its reports in the order of time, then what changed."""
    if as_json:
        print_json(plain(found))
        return
    for one in found:
        print(f"{one.entity.name}: {count(len(one.reports), 'report')}")
        for report in one.reports:
            print("\n".join(_report_lines(report)))
        _print_changes(one.changes, f"\nWhat changed for {one.entity.name}")


def of_all(months: Sequence[Month], changes: Sequence[Change], top: int | None) -> None:
    """The claims by month, and the latest changes; without ``top`` all as JSON."""
    if top is None:
        by_month = [
            {
                "month": month.month,
                "claims": len(month.claims),
                "statuses": dict(month.statuses),
                "iris": [claim.iri for claim in month.claims],
            }
            for month in months
        ]
        print_json({"months": by_month, "changes": plain(changes)})
        return
    if not months:
        print("No document has a date, so no claim is of a month.")
    else:
        rows = [(m.month, f"{len(m.claims):,}", _statuses(m.statuses)) for m in months]
        table(("month", "claims", ""), rows)
    _print_changes(
        changes[-top:], f"\nChanges of status, the latest {min(top, len(changes))} of {len(changes):,}"
    )


def owners(found: Sequence[Ownership], top: int | None) -> None:
    """So many chains up and down, and partners, with the sentences of them; without ``top`` all as JSON."""
    if top is None:
        print_json(plain(found))
        return
    for one in found:
        name = one.entity.name
        _print_chains(f"Who owns {name}", one.owners, top)
        _print_chains(f"What {name} owns", one.owned, top)
        partners = one.co_investors
        if partners:
            print(f"With whom {name} has parts of the same{_first(partners, top)}")
        for pair in partners[:top]:
            print(f"  {pair.entities[1].name}: {', '.join(thing.name for thing in pair.common)}")
        if not (one.owners or one.owned or partners):
            print(f"No text tells that {name} owns anything, or is owned by anyone.")
            continue
        chains = (*one.owners[:top], *one.owned[:top])
        facts = {id(f): f for chain in chains for h in chain.holdings for f in h.facts}
        facts |= {id(fact): fact for pair in partners[:top] for fact in pair.facts}
        print("The sentences")
        for fact in facts.values():
            print("\n".join(_sentences(fact, fact.claims)))


def conflicts(found: Sequence[Conflict], support: Sequence[Support], top: int | None) -> None:
    """Each contradiction with its sides and their sentences, then what most sources tell."""
    if top is None:
        print_json({"conflicts": plain(found), "support": plain(support)})
        return
    print(f"{count(len(found), 'conflict')}{_first(found, top)}")
    for conflict in found[:top]:
        print("\n".join(_conflict_lines(conflict)))
    several = [told for told in support if told.sources > 1]
    print(f"\n{count(len(several), 'fact')} of two or more independent sources{_first(several, top)}")
    for told in several[:top]:
        fact = told.fact
        where = f"{told.sources} sources, {count(told.documents, 'document')}"
        print(f"  {triple_line(fact.subject, fact.predicate, fact.object)}  ({where})")


def _first(found: Sequence[object], top: int) -> str:
    return f", of which the first {top}" if len(found) > top else ""


def _statuses(statuses: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{many:,} {status}" for status, many in statuses)


def _report_lines(report: Report) -> Iterator[str]:
    fact = report.fact
    published = when(report.reported, report.repeated)
    time = when(report.first, report.last) or "no date"
    told = f"{count(report.sources, 'source')}{f', {published}' if published else ''}"
    yield f"{time}  {triple_line(fact.subject, fact.predicate, fact.object)}  ({report.status}; {told})"
    yield from claim_lines(report.claims[0], 1)
    if len(report.claims) > 1:
        yield f"  and {count(len(report.claims) - 1, 'claim')} more"


def _print_changes(changes: Sequence[Change], heading: str) -> None:
    if changes:
        print(heading)
    for change in changes:
        statuses = f"{change.before.qualifiers.status} → {change.after.qualifiers.status}"
        fact = change.fact
        print(f"{change.later}  {triple_line(fact.subject, fact.predicate, fact.object)}  ({statuses})")
        for claim in (change.before, change.after):
            print("\n".join(claim_lines(claim, 1)))


def _print_chains(heading: str, chains: Sequence[Chain], top: int) -> None:
    if chains:
        print(f"{heading}{_first(chains, top)}")
    for chain in chains[:top]:
        names = "".join(f"{_step(holding)} {holding.held.name}" for holding in chain.holdings)
        print(f"  {chain.holdings[0].owner.name}{names}{_share(chain)}")


def _step(holding: Holding) -> str:
    percent = f" {holding.percent}%" if holding.percent is not None else ""
    return f" —{'owns' if holding.control else 'has a part'}{percent}→"


def _share(chain: Chain) -> str:
    notes = ["comes back to itself"] if chain.circle else []
    if chain.percent is not None and len(chain.holdings) > 1:
        notes.append(f"{'' if chain.whole else 'at most '}{chain.percent:f}% in all")
    return f"  ({', '.join(notes)})" if notes else ""


def _conflict_lines(conflict: Conflict) -> Iterator[str]:
    first = conflict.sides[0].fact
    if conflict.kind == "denied":
        sides = " against ".join(count(side.sources, "source") for side in conflict.sides)
        yield f"\nsaid and denied: {triple_line(first.subject, first.predicate, first.object)}  ({sides})"
    else:
        yield "\ntwo values, where one can be right"
    for side in conflict.sides:
        yield from _sentences(side.fact, side.claims, count(side.sources, "source"))


def _sentences(fact: Fact, claims: Sequence[Claim], note: str = "") -> Iterator[str]:
    note = f"  ({note})" if note else ""
    yield f"  {triple_line(fact.subject, fact.predicate, fact.object)}{note}"
    for claim in claims[:3]:
        yield from claim_lines(claim, 2)
    if len(claims) > 3:
        yield f"    and {count(len(claims) - 3, 'claim')} more"
