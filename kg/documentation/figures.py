"""The measured figures of an ontology's relations: what ``kg evaluate --json`` printed on gold of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import OntologyError


@dataclass(frozen=True, slots=True)
class Score:
    """Claims found and right, found and wrong, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right; None where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """The share of gold that was found; None where gold has none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of each relation by name, and of all; ``about`` says on what they were measured."""

    articles: int
    total: Score
    relations: Mapping[str, Score] = field(default_factory=dict)
    about: str = ""


def figures_path(ontology: Path) -> Path:
    """Where the figures of an ontology file are.

    >>> figures_path(Path("my.ttl")).name
    'my.figures.json'
    """
    return ontology.with_name(f"{ontology.stem}.figures.json")


def load_figures(ontology: Path) -> Figures | None:
    """The figures beside an ontology file, if there are any; OntologyError where they are none."""
    path = figures_path(ontology)
    if not path.is_file():
        return None
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        relations = {str(name): _score(counts) for name, counts in data["relations"].items()}
        return Figures(int(data["articles"]), _score(data["total"]), relations, str(data.get("about", "")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        message = "these are no figures; make them with: kg evaluate GOLD --ontology FILE.ttl --json"
        raise OntologyError(f"{path}: {message} > {path.name}") from None


def _score(counts: Mapping[str, Any]) -> Score:
    return Score(int(counts["right"]), int(counts["wrong"]), int(counts["missed"]))
