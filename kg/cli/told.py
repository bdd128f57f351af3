"""How ``kg path`` and ``kg profile`` print what a graph knows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kg.cli.display import count
from kg.cli.trusted import claim_lines, triple_line

if TYPE_CHECKING:
    from kg.analyze import Path, Profile
    from kg.analyze.profile import Told
    from kg.model import Entity, Fact


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
