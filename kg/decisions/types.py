"""The kinds of decisions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass

from kg.vocab import short_hash

#: What a person may say of a claim.
VERDICTS = ("accept", "reject", "correct")


@dataclass(frozen=True, slots=True)
class Called:
    """The things of a name and class: those of all documents, or that of one."""

    name: str
    type: str
    document: str | None = None

    def __str__(self) -> str:
        return f"{self.name} ({self.type})" + (f" of {self.document}" if self.document else "")


@dataclass(frozen=True, slots=True)
class Pin:
    """The thing of this name and class has this IRI, of which ``slug`` is the last part.

    With a ``document`` it is the thing of this document alone.
    """

    slug: str
    name: str
    type: str
    document: str | None = None

    @property
    def thing(self) -> Called:
        """What is pinned."""
        return Called(self.name, self.type, self.document)

    def __str__(self) -> str:
        return f"the pin of {self.thing} to e:{self.slug}"


@dataclass(frozen=True, slots=True)
class Merge:
    """A thing is another one, and has its name and IRI."""

    thing: Called
    into: Called

    def __str__(self) -> str:
        return f"the merge of {self.thing} into {self.into}"


@dataclass(frozen=True, slots=True)
class Split:
    """Things that no rule puts together with others: of another name, or with a document of another."""

    thing: Called

    def __str__(self) -> str:
        return f"the split of {self.thing}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person says of the claim of a sentence; ``relation`` and ``status`` are what it should say.

    Names are those that the document has, and an object may be a value. A sentence is known by its words,
    wherever it stands in the document.
    """

    document: str
    sentence: str
    subject: str
    predicate: str
    object: str
    verdict: str
    relation: str | None = None
    status: str | None = None

    def __str__(self) -> str:
        return f"the verdict on {self.subject} {self.predicate} {self.object} in {self.document}"


Decision = Pin | Merge | Split | Verdict


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided, sorted."""

    pins: tuple[Pin, ...] = ()
    merges: tuple[Merge, ...] = ()
    splits: tuple[Split, ...] = ()
    claims: tuple[Verdict, ...] = ()

    @classmethod
    def of(cls, decided: Iterator[Decision]) -> Decisions:
        """The decisions, without repetition and in order."""
        found = sorted(set(decided), key=_order)
        return cls(
            tuple(d for d in found if isinstance(d, Pin)),
            tuple(d for d in found if isinstance(d, Merge)),
            tuple(d for d in found if isinstance(d, Split)),
            tuple(d for d in found if isinstance(d, Verdict)),
        )

    def __iter__(self) -> Iterator[Decision]:
        yield from self.pins
        yield from self.merges
        yield from self.splits
        yield from self.claims

    @property
    def sha256(self) -> str:
        """The hash of what it says, "" where that is nothing; how the file is laid out does not count."""
        said = [f"{type(decision).__name__}\x1e{_order(decision)}" for decision in self]
        return short_hash(64, *said) if said else ""


def _order(decision: Decision) -> str:
    return "\x1f".join(str(part) for part in _flat(astuple(decision)))


def _flat(values: tuple[object, ...]) -> Iterator[str]:
    for value in values:
        if isinstance(value, tuple):
            yield from _flat(value)
        else:
            yield "" if value is None else f"={value}"
