"""A difference as one page that opens offline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kg.claims import facts
from kg.diff.compare import Change, Difference, Shift
from kg.look import sheet
from kg.look.claims import Links, Shown
from kg.look.names import local_name, words
from kg.model import Entity, Fact
from kg.ontology import Ontology

HERE = Path(__file__).parent
#: How many facts and things of a kind the page lists; it says how many more there are.
MOST = 300
#: The fields that differ, as people call them.
FIELDS = {
    "attributed_to": "who says so",
    "attributed_as_written": "who says so, in the text",
    "time": "when",
    "time_as_written": "when, in the text",
    "earliest": "not before",
    "latest": "not after",
    "start_date": "since",
    "end_date": "until",
}
_LINKS = Links(None, ())  # two graphs have two pages, and which of them has what is not known


@dataclass(frozen=True, slots=True)
class Line:
    """What a field was, and what it is."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A fact with what has changed in it."""

    fact: Shown
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Facts of one kind: how many there are, and the first of them."""

    name: str
    about: str
    count: int
    shown: Sequence[Changed]


def render(found: Difference, ontology: Ontology | None = None, *, old: str = "", new: str = "") -> str:
    """The difference as an HTML page; ``old`` and ``new`` are what the graphs are called."""
    return sheet(
        HERE,
        "template.html.j2",
        title="What has changed",
        old=old,
        new=new,
        found=found,
        sections=list(_sections(found, ontology)),
        things=_things(found),
        renamed=[
            (rename.name, local_name(rename.old), local_name(rename.new)) for rename in found.renamed[:MOST]
        ],
        reworded=[(entity.name, _lines(shifts)) for entity, shifts in found.reworded[:MOST]],
        most=MOST,
    )


def _sections(found: Difference, ontology: Ontology | None) -> Iterable[Section]:
    became = [
        Changed(_LINKS.shown(one.new), (Line("status", one.old.status, one.new.status),))
        for one in found.facts[:MOST]
    ]
    yield Section("status", "Facts that have another status", len(found.facts), became)
    changed = [Changed(_alone(change), _lines(change.shifts)) for change in found.changed[:MOST]]
    yield Section("changed", "Sentences that are read in another way", len(found.changed), changed)
    for name, about, claims in (
        ("added", "What is said now and was not", found.added),
        ("removed", "What was said and is no longer", found.removed),
    ):
        told = facts(claims, ontology)
        yield Section(name, about, len(told), [Changed(_LINKS.shown(fact), ()) for fact in told[:MOST]])


def _alone(change: Change) -> Shown:
    """The fact of one claim."""
    claim = change.new
    return _LINKS.shown(Fact(claim.subject, claim.predicate, claim.object, (claim,)))


def _lines(shifts: Iterable[Shift]) -> tuple[Line, ...]:
    return tuple(
        Line(FIELDS.get(shift.field, shift.field), _value(shift, shift.old), _value(shift, shift.new))
        for shift in shifts
    )


def _value(shift: Shift, value: str | None) -> str:
    if value is None:
        return "nothing"
    return words(value) if shift.field in ("class", "attributed_to") else value


def _things(found: Difference) -> list[tuple[str, int, list[tuple[str, tuple[str, ...]]]]]:
    """The things that came and went by class, then those that have other names."""
    return [
        ("added", len(found.entities_added), _by_class(found.entities_added)),
        ("removed", len(found.entities_removed), _by_class(found.entities_removed)),
    ]


def _by_class(entities: Sequence[Entity]) -> list[tuple[str, tuple[str, ...]]]:
    ordered = sorted(entities[:MOST], key=lambda entity: (words(entity.type), entity.name, entity.iri))
    groups = groupby(ordered, key=lambda entity: words(entity.type))
    return [(kind, tuple(entity.name for entity in members)) for kind, members in groups]
