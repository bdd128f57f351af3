"""How ``kg path`` and ``kg profile`` print what a graph knows, and what all such commands print alike."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from kg.cli.display import count, when
from kg.cli.trusted import claim_lines, triple_line
from kg.model import Claim, Entity, Fact

if TYPE_CHECKING:
    from kg.analyze import Path, Profile
    from kg.analyze.profile import Told


def paths(found: Sequence[Path], *, as_json: bool) -> None:
    """The paths, each a line of names and then its steps; or that there is none."""
    if as_json:
        print_json([[_step(step.start, step.end, step.facts) for step in path.steps] for path in found])
        return
    if not found:
        print("Nothing connects the two. Claims of more statuses may: --status asserted,planned,possible")
    for number, path in enumerate(found):
        ends = [path.steps[0].start, *(step.end for step in path.steps)]
        print(f"{chr(10) if number else ''}{' – '.join(end.name for end in ends)}")
        for fact in (fact for step in path.steps for fact in step.facts):
            print("\n".join(fact_lines(fact)))


def profiles(found: Sequence[Profile], *, as_json: bool) -> None:
    """A heading for each thing, then its facts by relation."""
    if as_json:
        print_json([_profile(profile) for profile in found])
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
            yield from fact_lines(told.fact, told)


def fact_lines(fact: Fact, told: Told | None = None) -> Iterator[str]:
    """A fact to read, with when it was so and all its sentences."""
    time = when(told.first, told.last) if told else ""
    details = "; ".join(part for part in (", ".join(fact.statuses), time) if part)
    yield f"  {triple_line(fact.subject, fact.predicate, fact.object)}  ({details})"
    for claim in fact.claims:
        yield from claim_lines(claim, 2)


def _profile(profile: Profile) -> dict[str, object]:
    from kg.vocab import local_name

    return {
        **entity_record(profile.entity),
        "class": local_name(profile.entity.type),
        "aliases": list(profile.entity.aliases),
        "documents": list(profile.documents),
        "relations": [
            {
                "relation": local_name(group.predicate),
                "inward": group.inward,
                "facts": [{"first": t.first, "last": t.last, **fact_record(t.fact)} for t in group.told],
            }
            for group in profile.groups
        ],
    }


def _step(start: Entity, end: Entity, facts: Sequence[Fact]) -> dict[str, object]:
    return {
        "start": entity_record(start),
        "end": entity_record(end),
        "facts": [fact_record(fact) for fact in facts],
    }


def fact_record(fact: Fact, most: int | None = None) -> dict[str, object]:
    """A fact for programs, with its claims, or so many at ``most``."""
    from kg.why import claim_record

    claims = [claim_record(claim) for claim in fact.claims[:most]]
    ends = {name: claims[0][name] for name in ("subject", "predicate", "object")}
    told = {} if most is None else {"claims_in_all": len(fact.claims)}
    return {**ends, "statuses": list(fact.statuses), "claims": claims, **told}


def entity_record(entity: Entity) -> dict[str, object]:
    """An entity for programs."""
    return {"name": entity.name, "iri": entity.iri}


def plain(value: object, most: int | None = None) -> Any:
    """A finding for programs: its fields by name, facts and claims with their sentences.

    Of facts, and of the claims of a fact, so many at ``most``, and how many there are.
    """
    from kg.why import claim_record

    if isinstance(value, Entity):
        return entity_record(value)
    if isinstance(value, Claim):
        return claim_record(value)
    if isinstance(value, Fact):
        return fact_record(value, most)
    if is_dataclass(value):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        found = {name: plain(part, most) for name, part in named.items()}
        facts = named.get("facts")
        return found | {"facts_in_all": len(facts)} if most and isinstance(facts, tuple) else found
    if isinstance(value, (tuple, list)):
        kept = value[:most] if value and isinstance(value[0], Fact) else value
        return [plain(part, most) for part in kept]
    if isinstance(value, dict):
        return {name: plain(part, most) for name, part in value.items()}
    return str(value) if isinstance(value, Decimal) else value


def print_json(value: object) -> None:
    """A value for programs."""
    print(json.dumps(value, ensure_ascii=False, indent=2))
