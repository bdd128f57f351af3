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
    """Add decisions to a file, which is made where there is none; a new verdict replaces an older one.

    The file must be one that ``load_decisions`` reads.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8") if file.exists() else _HEADER
    except OSError as error:
        raise UsageError(f"{file}: the decisions cannot be read: {error.strerror or error}") from None
    for decision in decided:
        text = _with(text, *_item(decision))
    with replacing(file, "decisions") as out:
        out.write(text.encode("utf-8"))


def _with(text: str, kind: str, item: dict[str, Any]) -> str:
    """The text of a file with one more entry; all other lines stay as they are, where that can be."""
    from srsly import ruamel_yaml

    content: Any = ruamel_yaml.round_trip_load(text) or {}
    listed = content.get(kind)
    if listed and item in listed:
        return text
    older = [number for number, old in enumerate(listed or ()) if _same_claim(old, item)]
    if kind not in content:
        return f"{text.rstrip()}\n{kind}:\n{_dump([item])}"
    if not listed or older or listed.fa.flow_style():
        kept = [old for number, old in enumerate(listed or ()) if number not in older]
        content[kind] = [*kept, item]
        return _dump(content)
    return _after(text.splitlines(keepends=True), content, listed, item)


def _after(lines: list[str], content: Any, listed: Any, item: dict[str, Any]) -> str:
    """The text with an entry behind the last one of its list."""
    last, column = listed.lc.data[len(listed) - 1]
    below = (place[0] for place in content.lc.data.values())
    end = min((line for line in below if line > last), default=len(lines))
    while not lines[end - 1].strip() or lines[end - 1].startswith("#"):
        end -= 1
    if not lines[end - 1].endswith("\n"):
        lines[end - 1] += "\n"
    indent = " " * (column - len("- "))
    new = [f"{indent}{line}" for line in _dump([item]).splitlines(keepends=True)]
    return "".join((*lines[:end], *new, *lines[end:]))


def _dump(value: Any) -> str:
    from srsly import ruamel_yaml

    text = io.StringIO()
    ruamel_yaml.round_trip_dump(value, text, allow_unicode=True, width=110)
    return text.getvalue()


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
