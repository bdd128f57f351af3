"""The figures of an evaluation, and the differences behind them, as plain values."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Counts:
    """Claims found and in gold, found and wrong, and missed; how many of the first have the right status."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    status_right: int = 0
    qualifiers_asked: int = 0
    qualifiers_right: int = 0

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of gold that was found."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    @property
    def status_accuracy(self) -> float:
        """The share of what is right whose every status is right."""
        return _share(self.status_right, self.right)

    def as_json(self) -> dict[str, float | int]:
        """The figures for a file: rounded, so that they are compared as they are read."""
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "status_accuracy": round(self.status_accuracy, 4),
            "right": self.right,
            "wrong": self.wrong,
            "missed": self.missed,
            "qualifiers_asked": self.qualifiers_asked,
            "qualifiers_right": self.qualifiers_right,
        }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference: a ``miss``, a ``false`` claim, a wrong ``merge``, ``status`` or ``qualifier``.

    A miss has a ``cause``, which is counted, and its ``detail``.
    """

    kind: str
    document: str
    subject: str
    predicate: str
    object: str
    found: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    construction: str = ""
    cause: str = ""
    detail: str = ""
    evidence: str = ""

    def as_json(self) -> dict[str, str | list[str]]:
        """The finding for a file, without the fields that say nothing."""
        fields = {name: getattr(self, name) for name in self.__slots__}
        return {name: list(v) if isinstance(v, tuple) else v for name, v in fields.items() if v}


@dataclass(slots=True)
class Evaluation:
    """The figures of a gold file: in all, by relation, by construction, and the causes of misses."""

    articles: int = 0
    total: Counts = field(default_factory=Counts)
    relations: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    constructions: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))
    causes: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """All of it as plain values, in a fixed order."""
        return {
            "articles": self.articles,
            "total": self.total.as_json(),
            "relations": _by_name(self.relations),
            "constructions": {
                name: {"precision": round(c.precision, 4), "right": c.right, "wrong": c.wrong}
                for name, c in sorted(self.constructions.items())
            },
            "causes": {name: self.causes[name] for name in sorted(self.causes)},
            "findings": [finding.as_json() for finding in self.findings],
        }


def _by_name(counts: Mapping[str, Counts]) -> dict[str, object]:
    return {name: counts[name].as_json() for name in sorted(counts)}
