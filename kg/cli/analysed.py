"""How ``kg analyze`` prints: what stands out, a section for each question; all of it for programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.cli.display import count, table
from kg.cli.told import plain, print_json

if TYPE_CHECKING:
    from kg.analyze import Analysis, Known, Overview, Partners, Suggestion, Support
    from kg.model import Entity, Fact

#: How many of the facts behind a finding, and of the claims of each, are printed for programs.
_MOST = 5
#: How many pairs of co-investors are looked into.
_PAIRS = 50
#: How many names of a row are printed.
_NAMES = 4


@dataclass(frozen=True, slots=True)
class Findings:
    """All that ``kg analyze`` tells."""

    sums: Overview
    network: Analysis
    support: tuple[Support, ...]
    partners: tuple[Partners, ...]
    suggestions: tuple[Suggestion, ...]


def findings(known: Known, statuses: Sequence[str] = (), backend: str | None = None) -> Findings:
    """Everything there is to tell; plans connect too, unless other statuses are asked for."""
    from kg import analyze as of

    connecting = tuple(statuses) or of.CONNECTING
    return Findings(
        of.overview(known.facts, known.dates, connecting),
        of.analyze(known.facts, connecting, backend=backend, ontology=known.ontology),
        of.support(known),
        of.co_investors(of.holdings(known))[:_PAIRS],
        of.suggestions(known.facts, known.ontology, connecting),
    )


def analysis(found: Findings, top: int | None) -> None:
    """The sections with so many rows each; without ``top`` all of it as JSON."""
    if top is None:
        print_json(_records(found))
        return
    _sums(found)
    _central(found.network, top)
    _communities(found.network, top)
    _brokers(found.network, top)
    _triads(found.network, top)
    _partners(found.partners, top)
    _suggestions(found.suggestions, top)
    if found.network.sampled:
        entities = f"{found.network.sampled:,} of {len(found.network.measures):,} entities"
        print(f"\nBetweenness is estimated from {entities}, always the same ones.")
    if found.network.measures:
        print("\nThe sentences behind a row: kg path A B, kg profile NAME, or --format json.")


def _sums(found: Findings) -> None:
    sums, network = found.sums, found.network
    print(
        f"{count(sums.entities, 'entity', 'entities')}, {count(sums.facts, 'fact')},"
        f" {count(sums.claims, 'claim')} in {count(sums.documents, 'document')}"
    )
    if sums.first:
        print(f"from {sums.first} to {sums.last}")
    several = sum(told.sources > 1 for told in found.support)
    asserted = count(len(found.support), "asserted fact")
    print(f"of {asserted}, {several:,} told by two or more independent sources")
    print(f"{sums.density:.2%} of the pairs of {sums.connected:,} connected entities have a link")
    entities = count(len(network.measures), "entity", "entities")
    communities = count(len(network.communities), "community", "communities")
    print(f"{entities} in {communities} and {count(len(network.components), 'component')}")


def _central(network: Analysis, top: int) -> None:
    _heading("Most central", "important is whom important ones point to; k-core: the tight inside")
    header = ("entity", "links", "PageRank", "betweenness", "k-core", "community")
    rows = [
        (
            m.entity.name,
            str(m.degree),
            f"{m.pagerank:.3f}",
            f"{m.betweenness:.3f}",
            str(m.core),
            str(m.community + 1),
        )
        for m in network.measures[:top]
    ]
    table(header, rows)


def _communities(network: Analysis, top: int) -> None:
    _heading("Communities", "more links among each other than to the rest")
    rows = [
        (str(number), group.name, f"{len(group.entities):,}", f"{len(group.facts):,}")
        for number, group in enumerate(network.communities[:top], 1)
    ]
    table(("", "named after", "entities", "facts"), rows)


def _brokers(network: Analysis, top: int) -> None:
    if network.brokers:
        _heading(
            "Brokers", "on the shortest ways between others; low constraint: its neighbours are strangers"
        )
        rows = [
            (
                b.entity.name,
                f"{b.betweenness:.3f}",
                f"{b.constraint:.3f}",
                str(b.parts),
                _ends(b.entity, b.facts),
            )
            for b in network.brokers[:top]
        ]
        table(("entity", "betweenness", "constraint", "parts without it", "leads to"), rows)
    if network.bridges:
        _heading("Bridges", "links that alone hold two sides together")
        table(
            ("link", "entities behind it", "relations"),
            [
                (f"{b.start.name} – {b.end.name}", f"{b.apart:,}", _relations(b.facts))
                for b in network.bridges[:top]
            ],
        )


def _triads(network: Analysis, top: int) -> None:
    found = network.triads
    if found.count:
        closed = f"{found.closed:.1%} of all pairs of neighbours are linked themselves"
        _heading(f"Triads: {found.count:,}", f"three that are all linked, the best told first; {closed}")
        rows = [
            (_names(triad.entities), str(triad.claims), _relations(triad.facts)) for triad in found.best[:top]
        ]
        table(("entities", "claims of a link, at least", "relations"), rows)


def _partners(partners: Sequence[Partners], top: int) -> None:
    if partners:
        _heading("Co-investors", "who have parts of the same things")
        rows = [(_names(pair.entities), _names(pair.common)) for pair in partners[:top]]
        table(("investors", "both in"), rows)


def _suggestions(suggestions: Sequence[Suggestion], top: int) -> None:
    if suggestions:
        _heading("Suggestions", "no text tells these links: they share neighbours, so look into them")
        rows = [
            (f"{s.start.name} ? {s.end.name}", f"{s.score:.2f}", _names(s.common), ", ".join(s.relations[:3]))
            for s in suggestions[:top]
        ]
        table(("pair", "Adamic–Adar", "both linked to", "possible relations"), rows)


def _heading(name: str, about: str) -> None:
    print(f"\n{name} ({about})")


def _names(entities: Sequence[Entity]) -> str:
    more = f" and {len(entities) - _NAMES:,} more" if len(entities) > _NAMES else ""
    return ", ".join(entity.name for entity in entities[:_NAMES]) + more


def _ends(entity: Entity, facts: Iterable[Fact]) -> str:
    from kg.model import Entity as Thing

    pairs = [(fact.subject, fact.object) for fact in facts]
    others = [other if one == entity else one for one, other in pairs]
    return _names([other for other in others if isinstance(other, Thing)])


def _relations(facts: Iterable[Fact]) -> str:
    from kg.vocab import local_name

    named = sorted({local_name(fact.predicate) for fact in facts})
    return ", ".join(named[:_NAMES]) + (" …" if len(named) > _NAMES else "")


def _records(found: Findings) -> dict[str, object]:
    from collections import Counter

    network = found.network
    by_sources = Counter(str(told.sources) for told in found.support)
    parts = {
        "overview": found.sums,
        "facts_by_sources": {n: by_sources[n] for n in sorted(by_sources, key=int)},
        "betweenness_sampled": network.sampled,
        "entities": network.measures,
        "communities": network.communities,
        "brokers": network.brokers,
        "bridges": network.bridges,
        "triads": network.triads,
        "co_investors": found.partners,
        "suggestions": found.suggestions,
    }
    return {name: plain(part, most=_MOST) for name, part in parts.items()}
