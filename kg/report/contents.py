"""What a report shows, as plain rows in a fixed order."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.analyze import Analysis, Known, Overview, analyze, changes, conflicts, months, overview, support
from kg.analyze import Community as Group
from kg.look.claims import Links, Shown
from kg.look.names import words
from kg.model import STATUSES, Claim, Document, Entity, Fact

#: How many rows a table or chart has.
TOP = 12
#: How many facts stand behind a row of a table.
BEHIND = 3
#: How many columns a chart of time has at most.
COLUMNS = 48
_MONTH = re.compile(r"\d{4}-\d\d")

#: A fact with the claims of it that matter.
Side = tuple[Fact, Sequence[Claim]]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a picture shows: bars with parts, or columns."""

    title: str
    about: str
    rows: Sequence[tuple[str, Mapping[str, int]]] = ()
    series: tuple[str, ...] = ()
    columns: Sequence[tuple[str, int]] = ()
    edges: bool = False


@dataclass(frozen=True, slots=True)
class Central:
    """A thing with its measures, and the best attested of what is said of it."""

    name: str
    kind: str
    link: str
    links: int
    pagerank: float
    betweenness: float
    facts: int
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Community:
    """Things that belong together: what they are called together, and each with its link."""

    name: str
    size: int
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """How often a relation is said, and the best attested of its facts."""

    name: str
    facts: int
    statuses: Mapping[str, int]
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """What has something in common: how many there are, and the first of them, each of one or more facts."""

    name: str
    title: str
    about: str
    count: int
    groups: tuple[tuple[Shown, ...], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A document, how many claims it makes, and of which other it is a copy."""

    title: str
    date: str
    claims: int
    copy_of: str


@dataclass(frozen=True, slots=True)
class Contents:
    """All that is on the page."""

    sums: Overview
    charts: tuple[Chart, ...]
    central: tuple[Central, ...]
    connected: int
    estimated: bool
    communities: tuple[Community, ...]
    in_communities: int
    sections: tuple[Section, ...]
    relations: tuple[Relation, ...]
    sources: tuple[Source, ...]
    in_documents: int


def contents(known: Known, documents: Iterable[Document], links: Links, top: int = TOP) -> Contents:
    """What the report of a graph shows; ``links`` lead to its interactive page."""
    held = sorted(documents, key=lambda document: document.id)
    strongest = sorted(known.facts, key=lambda fact: _strength(fact, known))
    found, sums = analyze(known.facts, ontology=known.ontology), overview(known.facts, known.dates)
    relations = _relations(strongest, links)
    charts = _charts(known, found, relations, top)
    return Contents(
        sums=sums,
        charts=tuple(chart for chart in charts if chart.rows or chart.columns),
        central=tuple(_central(found, strongest, links, top)),
        connected=len(found.measures),
        estimated=found.sampled is not None,
        communities=tuple(_community(group, links, top) for group in found.communities[:top]),
        in_communities=len(found.communities),
        sections=tuple(_sections(known, links, top)),
        relations=tuple(relations),
        sources=tuple(_sources(known, held, top)),
        in_documents=len(held),
    )


def _strength(fact: Fact, known: Known) -> tuple[int, int, int]:
    """The order of facts: those of the most sources first, copies counted once; facts come sorted."""
    return (-known.sources(fact.claims), -len(fact.claims), STATUSES.index(fact.status))


def _relations(facts: Iterable[Fact], links: Links) -> list[Relation]:
    """The relations, those of the most claims first."""
    told: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        told[fact.predicate].append(fact)
    rows = [
        Relation(
            words(predicate),
            len(said),
            Counter(claim.qualifiers.status for fact in said for claim in fact.claims),
            tuple(links.shown(fact) for fact in said[:BEHIND]),
        )
        for predicate, said in sorted(told.items())
    ]
    return sorted(rows, key=lambda row: (-sum(row.statuses.values()), row.name))


def _charts(known: Known, found: Analysis, relations: Sequence[Relation], top: int) -> Iterable[Chart]:
    facts = known.facts
    claims = [claim for fact in facts for claim in fact.claims]
    entities = {e.iri: e for f in facts for e in (f.subject, f.object) if isinstance(e, Entity)}
    kinds = Counter(words(entity.type) for entity in entities.values())
    central = sorted(found.measures, key=lambda m: (-m.degree, -m.pagerank, m.entity.iri))
    said = [status for status in STATUSES if any(row.statuses[status] for row in relations)]
    yield Chart(
        "Claims by relation",
        _of("the most frequent relations", len(relations), top, "relations"),
        [(row.name, row.statuses) for row in relations[:top]],
        tuple(said),
    )
    ordered = sorted(kinds.items(), key=lambda kind: (-kind[1], kind[0]))
    yield Chart("Things by class", "", [(name, {"accent": count}) for name, count in ordered[:top]])
    yield Chart(
        "The best connected things",
        "How many others a thing is connected with by asserted and planned facts.",
        [(m.entity.name, {"accent": m.degree}) for m in central[:top]],
    )
    yield from _published(known)
    yield from _timed(known)
    scores = [claim.score for claim in claims if claim.score is not None]
    if scores:
        tenths = Counter(min(int(score * 10), 9) for score in scores)
        steps = [(f"{tenth / 10:.1f}", tenths[tenth]) for tenth in range(11)]
        about = "Claims by score, the probability that a claim is right."
        yield Chart("How sure the claims are", about, columns=steps, edges=True)


def _of(what: str, number: int, top: int, them: str) -> str:
    return f"{what[0].upper()}{what[1:]}, of {number} {them}." if number > top else ""


def _published(known: Known) -> Iterable[Chart]:
    """The claims by the month of their documents, where there are several months."""
    told = {month.month: len(month.claims) for month in months(known) if _MONTH.fullmatch(month.month)}
    if len(told) > 1:
        names = _between(min(told), max(told))[-COLUMNS:]
        steps = [(name, told.get(name, 0)) for name in names]
        yield Chart("Claims by month of report", "By the dates of the documents.", columns=steps)


def _timed(known: Known) -> Iterable[Chart]:
    """The claims by month, or by year where there would be too many months or none is said."""
    begun = [known.period(claim)[0] for fact in known.facts for claim in fact.claims]
    days = sorted(day for day in begun if day)
    if not days:
        return
    monthly = all(len(day) >= 7 for day in days) and _months(days[0], days[-1]) <= COLUMNS
    counts = Counter(day[: 7 if monthly else 4] for day in days)
    names = _between(days[0][:7] if monthly else days[0][:4], max(counts))[-COLUMNS:]
    earlier = sum(count for name, count in counts.items() if name < names[0])
    before = f" Before {names[0]}: {earlier:,}." if earlier else ""
    about = "What a claim is about, not when it was said; where no time is said, the date of its document."
    steps = [(name, counts[name]) for name in names]
    yield Chart(f"Claims by {'month' if monthly else 'year'}", about + before, columns=steps)


def _months(first: str, last: str) -> int:
    return (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7]) + 1


def _between(first: str, last: str) -> list[str]:
    """All years or months from one to another.

    >>> _between("2023-11", "2024-01"), _between("2019", "2020")
    (['2023-11', '2023-12', '2024-01'], ['2019', '2020'])
    """
    if len(first) == 4:
        return [str(year) for year in range(int(first), int(last) + 1)]
    start = int(first[:4]) * 12 + int(first[5:7]) - 1
    return [f"{(start + n) // 12:04}-{(start + n) % 12 + 1:02}" for n in range(_months(first, last))]


def _central(found: Analysis, facts: Iterable[Fact], links: Links, top: int) -> Iterable[Central]:
    """The most central things; facts come the best attested first."""
    about: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        for iri in dict.fromkeys(e.iri for e in (fact.subject, fact.object) if isinstance(e, Entity)):
            about[iri].append(fact)
    for measures in found.measures[:top]:
        entity = measures.entity
        yield Central(
            entity.name,
            words(entity.type),
            links.entity(entity.iri),
            measures.degree,
            measures.pagerank,
            measures.betweenness,
            len(about[entity.iri]),
            tuple(links.shown(fact) for fact in about[entity.iri][:BEHIND]),
        )


def _community(group: Group, links: Links, top: int) -> Community:
    named = tuple((entity.name, links.entity(entity.iri)) for entity in group.entities[:top])
    return Community(group.name, len(group.entities), named)


def _sections(known: Known, links: Links, top: int) -> Iterable[Section]:
    def section(name: str, title: str, about: str, groups: Sequence[Sequence[Side]]) -> Section:
        shown = (tuple(links.shown(fact, claims) for fact, claims in group) for group in groups[:top])
        return Section(name, title, about, len(groups), tuple(shown))

    disputed = [[(side.fact, side.claims) for side in conflict.sides] for conflict in conflicts(known)]
    changed = [[(change.fact, (change.before, change.after))] for change in reversed(changes(known))]
    several = [[(one.fact, one.claims)] for one in support(known) if one.sources > 1]
    planned = sorted((f for f in known.facts if f.status == "planned"), key=lambda f: _last(f, known))
    about = "What one sentence says and another denies, and several values of what has one."
    yield section("disputed", "Disputed", about, disputed)
    about = "What was told and later came true, was given up, denied or ended, the latest first."
    yield section("changed", "What has changed", about, changed)
    about = "Facts of more than one source, those of the most first; copies of one text count once."
    yield section("corroborated", "Said by several sources", about, several)
    about = "What is meant to become so, the latest first."
    yield section("planned", "Planned", about, [[(fact, fact.claims)] for fact in reversed(planned)])


def _last(fact: Fact, known: Known) -> str:
    """The last time that a claim of the fact is about."""
    return max((end for claim in fact.claims if (end := known.period(claim)[1])), default="")


def _sources(known: Known, documents: Sequence[Document], top: int) -> Iterable[Source]:
    claims = Counter(claim.evidence.document for fact in known.facts for claim in fact.claims)
    titles = {document.id: document.title or document.id for document in documents}
    for document in sorted(documents, key=lambda document: (-claims[document.id], document.id))[:top]:
        first = titles.get(known.copies.get(document.id, ""), "")
        yield Source(titles[document.id], document.date or "", claims[document.id], first)
