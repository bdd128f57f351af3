"""How ``kg analyze``, ``kg path`` and ``kg profile`` print what a graph knows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from kg.cli.display import count, table
from kg.cli.trusted import claim_lines, triple_line

if TYPE_CHECKING:
    from kg.analyze import Analysis, Overview, Path, Profile
    from kg.analyze.profile import Told
    from kg.model import Entity, Fact


def analysis(sums: Overview, found: Analysis, top: int | None) -> None:
    """The sums, the most central entities and the communities; without ``top`` all of it as JSON."""
    from kg.analyze import SAMPLE

    if top is None:
        _print_json(
            {
                "overview": asdict(sums),
                "entities": [asdict(m) | {"entity": _entity(m.entity)} for m in found.measures],
                "betweenness_estimated": len(found.measures) > SAMPLE,
                "communities": [[_entity(entity) for entity in group] for group in found.communities],
            }
        )
        return
    print(
        f"{count(sums.entities, 'entity', 'entities')}, {count(sums.facts, 'fact')},"
        f" {count(sums.claims, 'claim')} in {count(sums.documents, 'document')}"
    )
    if sums.first:
        print(f"from {sums.first} to {sums.last}")
    print(
        f"asserted and planned facts connect {sums.density:.2%} of the pairs of {sums.connected:,} entities"
    )
    _measures(found, top)
    if len(found.measures) > SAMPLE:
        print(f"\nBetweenness is estimated from {SAMPLE} of {len(found.measures):,} entities.")


def _measures(analysis: Analysis, top: int) -> None:
    """The most central entities, and the largest communities by their most central members."""
    entities = count(len(analysis.measures), "entity", "entities")
    communities = count(len(analysis.communities), "community", "communities")
    print(f"{entities} in {communities} and {count(len(analysis.components), 'component')}\n")
    header = ("entity", "links", "PageRank", "betweenness", "community")
    rows = [
        (m.entity.name, str(m.degree), f"{m.pagerank:.3f}", f"{m.betweenness:.3f}", str(m.community + 1))
        for m in analysis.measures[:top]
    ]
    table(header, rows)
    print()
    for number in range(min(top, len(analysis.communities))):
        members = [m.entity.name for m in analysis.measures if m.community == number]
        more = f" and {len(members) - top} more" if len(members) > top else ""
        print(f"community {number + 1}: {', '.join(members[:top])}{more}")


def paths(found: Sequence[Path], *, as_json: bool) -> None:
    """The paths, each a line of names and then its steps; or that there is none."""
    if as_json:
        _print_json([[_step(step.start, step.end, step.facts) for step in path.steps] for path in found])
        return
    if not found:
        print("Nothing connects the two. Claims of more statuses may: --status asserted,planned,possible")
    for number, path in enumerate(found):
        ends = [path.steps[0].start, *(step.end for step in path.steps)]
        print(f"{chr(10) if number else ''}{' – '.join(end.name for end in ends)}")
        for fact in (fact for step in path.steps for fact in step.facts):
            print("\n".join(_fact_lines(fact)))


def profiles(found: Sequence[Profile], *, as_json: bool) -> None:
    """A heading for each thing, then its facts by relation."""
    if as_json:
        _print_json([_profile(profile) for profile in found])
        return
    for number, profile in enumerate(found):
        print(
            "\n".join(_profile_lines(profile)) if number == 0 else "\n" + "\n".join(_profile_lines(profile))
        )


def _profile_lines(profile: Profile) -> Iterator[str]:
    from kg.vocab import local_name

    entity = profile.entity
    aliases = f", also {', '.join(entity.aliases)}" if entity.aliases else ""
    facts = sum(len(group.told) for group in profile.groups)
    yield f"{entity.name}  ({local_name(entity.type)}{aliases})"
    yield f"{count(facts, 'fact')} in {count(len(profile.documents), 'document')}"
    for group in profile.groups:
        name = local_name(group.predicate)
        yield f"\n… {name} {entity.name}" if group.inward else f"\n{entity.name} {name} …"
        for told in group.told:
            yield from _fact_lines(told.fact, told)


def _fact_lines(fact: Fact, told: Told | None = None) -> Iterator[str]:
    when = dict.fromkeys(day for day in (told.first, told.last) if day) if told else {}
    details = "; ".join(part for part in (", ".join(fact.statuses), " to ".join(when)) if part)
    yield f"  {triple_line(fact.subject, fact.predicate, fact.object)}  ({details})"
    for claim in fact.claims:
        yield from claim_lines(claim, 2)


def _profile(profile: Profile) -> dict[str, object]:
    from kg.vocab import local_name

    return {
        **_entity(profile.entity),
        "class": local_name(profile.entity.type),
        "aliases": list(profile.entity.aliases),
        "documents": list(profile.documents),
        "relations": [
            {
                "relation": local_name(group.predicate),
                "inward": group.inward,
                "facts": [{"first": t.first, "last": t.last, **_fact(t.fact)} for t in group.told],
            }
            for group in profile.groups
        ],
    }


def _step(start: Entity, end: Entity, facts: Sequence[Fact]) -> dict[str, object]:
    return {"start": _entity(start), "end": _entity(end), "facts": [_fact(fact) for fact in facts]}


def _fact(fact: Fact) -> dict[str, object]:
    from kg.why import claim_record

    claims = [claim_record(claim) for claim in fact.claims]
    ends = {name: claims[0][name] for name in ("subject", "predicate", "object")}
    return {**ends, "statuses": list(fact.statuses), "claims": claims}


def _entity(entity: Entity) -> dict[str, object]:
    return {"name": entity.name, "iri": entity.iri}


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
