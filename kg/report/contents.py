"""What a report shows, as plain rows in a fixed order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.analyze import Analysis, Overview, analyze, overview
from kg.analyze.period import period
from kg.duplicates import copies
from kg.look.claims import Links, Shown
from kg.look.names import words
from kg.model import STATUSES, Claim, Document, Entity, Fact

#: How many rows a table or chart has.
TOP = 12
#: How many facts stand behind a row of a table.
BEHIND = 3
#: How many columns a chart of time has at most.
COLUMNS = 48


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
    community: int
    facts: int
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Community:
    """Things that belong together, the most central first."""

    number: int
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
    """Facts that have something in common: how many there are, and the first of them."""

    name: str
    title: str
    about: str
    count: int
    shown: tuple[Shown, ...]


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


def contents(facts: Sequence[Fact], documents: Iterable[Document], links: Links, top: int = TOP) -> Contents:
    """What the report of these facts shows; ``links`` lead to the interactive page."""
    known = sorted(documents, key=lambda document: document.id)
    repeated = copies(known)
    dates = {document.id: document.date for document in known}
    strongest = sorted(facts, key=lambda fact: _strength(fact, repeated))
    found, sums = analyze(facts), overview(facts, dates)
    relations = _relations(strongest, links)
    return Contents(
        sums=sums,
        charts=tuple(c for c in _charts(facts, dates, found, relations, top) if c.rows or c.columns),
        central=tuple(_central(found, strongest, links, top)),
        connected=len(found.measures),
        estimated=found.sampled is not None,
        communities=tuple(_communities(found, links, top)),
        in_communities=len(found.communities),
        sections=tuple(_sections(strongest, dates, repeated, links, top)),
        relations=tuple(relations),
        sources=tuple(_sources(facts, known, repeated, top)),
        in_documents=len(known),
    )


def _strength(fact: Fact, repeated: Mapping[str, str]) -> tuple[int, int, int]:
    """The order of facts: those of the most sources first, copies counted once; facts come sorted."""
    return (-_independent(fact, repeated), -len(fact.claims), STATUSES.index(fact.status))


def _independent(fact: Fact, repeated: Mapping[str, str]) -> int:
    documents = {claim.evidence.document for claim in fact.claims}
    return len({repeated.get(document, document) for document in documents})


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


def _charts(
    facts: Iterable[Fact],
    dates: Mapping[str, str | None],
    found: Analysis,
    relations: Sequence[Relation],
    top: int,
) -> Iterable[Chart]:
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
    yield from _timed(claims, dates)
    scores = [claim.score for claim in claims if claim.score is not None]
    if scores:
        tenths = Counter(min(int(score * 10), 9) for score in scores)
        steps = [(f"{tenth / 10:.1f}", tenths[tenth]) for tenth in range(11)]
        about = "Claims by score, the probability that a claim is right."
        yield Chart("How sure the claims are", about, columns=steps, edges=True)


def _of(what: str, number: int, top: int, them: str) -> str:
    return f"{what[0].upper()}{what[1:]}, of {number} {them}." if number > top else ""


def _timed(claims: Iterable[Claim], dates: Mapping[str, str | None]) -> Iterable[Chart]:
    """The claims by month, or by year where there would be too many months or none is said."""
    begun = [period(claim.qualifiers, dates.get(claim.evidence.document))[0] for claim in claims]
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
            measures.community + 1,
            len(about[entity.iri]),
            tuple(links.shown(fact) for fact in about[entity.iri][:BEHIND]),
        )


def _communities(found: Analysis, links: Links, top: int) -> Iterable[Community]:
    members: dict[int, list[Entity]] = defaultdict(list)
    for measures in found.measures:
        members[measures.community].append(measures.entity)
    for number, group in sorted(members.items())[:top]:
        named = tuple((entity.name, links.entity(entity.iri)) for entity in group[:top])
        yield Community(number + 1, len(group), named)


def _sections(
    facts: Sequence[Fact],
    dates: Mapping[str, str | None],
    repeated: Mapping[str, str],
    links: Links,
    top: int,
) -> Iterable[Section]:
    def section(name: str, title: str, about: str, chosen: Sequence[Fact]) -> Section:
        return Section(name, title, about, len(chosen), tuple(links.shown(fact) for fact in chosen[:top]))

    disputed = [fact for fact in facts if "denied" in fact.statuses and len(fact.statuses) > 1]
    several = [fact for fact in facts if _independent(fact, repeated) > 1]
    planned = sorted((f for f in facts if f.status == "planned"), key=lambda f: _last(f, dates), reverse=True)
    yield section("disputed", "Disputed", "What one sentence says and another denies.", disputed)
    yield section(
        "corroborated",
        "Said by several sources",
        "Facts of more than one document, those of the most first; copies of one text count once.",
        several,
    )
    yield section("planned", "Planned", "What is meant to become so, the latest first.", planned)


def _last(fact: Fact, dates: Mapping[str, str | None]) -> str:
    """The last time that a claim of the fact is about."""
    ends = [period(claim.qualifiers, dates.get(claim.evidence.document))[1] for claim in fact.claims]
    return max((end for end in ends if end), default="")


def _sources(
    facts: Iterable[Fact], documents: Sequence[Document], repeated: Mapping[str, str], top: int
) -> Iterable[Source]:
    claims = Counter(claim.evidence.document for fact in facts for claim in fact.claims)
    titles = {document.id: document.title or document.id for document in documents}
    for document in sorted(documents, key=lambda document: (-claims[document.id], document.id))[:top]:
        first = titles.get(repeated.get(document.id, ""), "")
        yield Source(titles[document.id], document.date or "", claims[document.id], first)
