"""Decisions put into their file, which keeps its order and its comments."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.decisions.types import Called, Decision, Merge, Pin, Split
from kg.errors import UsageError
from kg.files import replacing

_HEADER = "# What people have decided of this graph: builds read it. The README says what may stand here.\n"


def add_decisions(path: str | Path, decided: Iterable[Decision]) -> None:
    """Add decisions to a file, which is made where there is none; what says the contrary is taken out.

    The file must be one that ``load_decisions`` reads.
    """
    from srsly import ruamel_yaml

    file = Path(path)
    try:
        there = file.read_text(encoding="utf-8") if file.exists() else _HEADER
    except OSError as error:
        raise UsageError(f"{file}: the decisions cannot be read: {error.strerror or error}") from None
    content: Any = ruamel_yaml.round_trip_load(there) or {}
    for decision in decided:
        kind, item = _item(decision)
        listed = content.setdefault(kind, [])
        if listed is None:
            listed = content[kind] = []
        listed[:] = [old for old in listed if not _same_claim(old, item)]
        if item not in listed:
            listed.append(item)
    text = io.StringIO()
    ruamel_yaml.round_trip_dump(content, text, allow_unicode=True, width=110)
    head = there if not there.strip(" \n") or _is_comment(there) else ""
    with replacing(file, "decisions") as out:
        out.write((head + text.getvalue()).encode("utf-8"))


def _is_comment(text: str) -> bool:
    """Whether a file holds nothing but comments, which the reader of YAML would lose."""
    return all(line.lstrip().startswith("#") or not line.strip() for line in text.splitlines())


def _item(decision: Decision) -> tuple[str, dict[str, Any]]:
    """The list that a decision stands in, and how it is written there."""
    if isinstance(decision, Pin):
        return "pins", {"iri": f"e:{decision.slug}", **_called(decision.thing)}
    if isinstance(decision, Merge):
        return "merges", {"thing": _called(decision.thing), "into": _called(decision.into)}
    if isinstance(decision, Split):
        return "splits", _called(decision.thing)
    said = {
        "document": decision.document,
        "sentence": decision.sentence,
        "subject": decision.subject,
        "relation": decision.predicate,
        "object": decision.object,
        "verdict": decision.verdict,
    }
    right = {"relation": decision.relation, "status": decision.status}
    corrected = {key: value for key, value in right.items() if value is not None}
    return "claims", {**said, "correct": corrected} if corrected else said


def _called(thing: Called) -> dict[str, str]:
    found = {"name": thing.name, "class": thing.type}
    return {**found, "document": thing.document} if thing.document is not None else found


def _same_claim(old: Any, new: dict[str, Any]) -> bool:
    """Whether an entry is an earlier verdict on the same claim."""
    keys = ("document", "sentence", "subject", "relation", "object")
    return "verdict" in new and all(old.get(key) == new[key] for key in keys)
