"""The nouns of the program: one frozen type for each stage, plain strings and numbers only.

Offsets count Unicode code points into ``Document.text``; ``end`` is exclusive.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

#: What a claim says of its fact, from "it is so" to "it is no longer so".
STATUSES = ("asserted", "planned", "possible", "denied", "ended")


@dataclass(frozen=True, slots=True)
class Document:
    """A source text as it was read.

    ``date`` is the ISO date of publication where it is known, ``source`` a relative path or URL, ``url``
    the address that a page names as its own. Title and author are not read by the extraction.
    """

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None
    author: str | None = None
    url: str | None = None

    @property
    def sha256(self) -> str:
        """The hash of text and metadata, in hex: equal hashes give equal claims."""
        parts = [self.id, self.title or "", self.date or "", self.source or "", self.text]
        if self.author or self.url:
            parts += [self.author or "", self.url or ""]
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of text that names something.

    ``type`` is the name of an ontology class, ``name`` the normal form of the thing's best name in
    the document, "" where the document never names it; ``entity`` is the number of the thing within
    the document (equal numbers are one thing); ``kind`` is ``name``, ``pronoun``, ``description``,
    ``demonym`` or ``implicit`` (not said in the sentence: the span is the nearest earlier mention).
    """

    start: int
    end: int
    text: str
    type: str
    name: str
    entity: int
    kind: str = "name"

    @property
    def called(self) -> str:
        """What to call the thing: its name, or the words themselves where the text never names it."""
        return self.name or self.text


@dataclass(frozen=True, slots=True)
class Literal:
    """A value in canonical form: a date, a year, an amount of money, a string.

    ``datatype`` is a prefixed name such as ``xsd:gYear``; money is ``xsd:decimal`` with a currency.
    """

    value: str
    datatype: str
    text: str = ""
    start: int = 0
    end: int = 0
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """Status, source, time and amount of one claim.

    ``time`` is EDTF (``2019``, ``2024-06``, ``2014/..``); ``earliest`` and ``latest`` are the ISO
    dates that bound an event; ``start_date`` and ``end_date`` those of a state ("CEO since 2014"),
    as far as they are said. ``amount`` is a decimal without exponent in ``currency`` (ISO 4217);
    ``percent`` a decimal.
    """

    status: str = "asserted"
    attributed_as_written: str | None = None
    time: str | None = None
    time_as_written: str | None = None
    earliest: str | None = None
    latest: str | None = None
    start_date: str | None = None
    end_date: str | None = None
    amount: str | None = None
    currency: str | None = None
    percent: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One quoted sentence: ``text`` equals the document's text from ``start`` to ``end``.

    The trigger is the span of words inside the sentence that says the relation; ``construction``
    names the way it is said, for measuring.
    """

    document: str
    text: str
    start: int
    end: int
    trigger: str
    trigger_start: int
    trigger_end: int
    construction: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """A proposition mapped to an ontology property, still between mentions.

    ``predicate`` is the property's name, or for an open relation the phrase itself.
    """

    predicate: str
    phrase: str
    head: Mention
    tail: Mention | Literal
    qualifiers: Qualifiers
    evidence: Evidence
    attributed_to: Mention | None = None
    score: float | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class Rejection:
    """A candidate that the ontology refused, and why."""

    predicate: str
    head: str
    tail: str
    reason: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that the extraction pass found in one document.

    ``mentions`` are those that relations can use; ``guesses`` are all, each pronoun with its best guess.
    ``endless`` are sentences too long to be searched: the character where each begins, and its words.
    """

    document: Document
    mentions: tuple[Mention, ...] = ()
    relations: tuple[Relation, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    guesses: tuple[Mention, ...] = ()
    endless: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Filler:
    """The words in one slot of a proposition, and the names of the things that they stand for.

    ``slot`` is ``subj``, ``obj``, a preposition, or of a noun ``is``, ``poss``, ``mod`` or ``have``.
    """

    slot: str
    text: str
    things: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrameUse:
    """A frame that fitted the words of a proposition, and what became of it.

    ``outcome`` is ``said`` (a relation), ``rejected`` (by the ontology) or ``silent``; ``reason`` why.
    """

    predicate: str
    frame: str
    construction: str
    outcome: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Proposition:
    """What one verb, noun or adjective says of others, before the ontology is asked.

    ``uses`` are the frames that took it; where there is none, ``reason`` says why.
    """

    kind: str
    trigger: str
    start: int
    end: int
    fillers: tuple[Filler, ...] = ()
    uses: tuple[FrameUse, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """An extraction with what led to it; spans are sentences, and pronouns that stand for nothing known."""

    extraction: Extraction
    sentences: tuple[tuple[int, int], ...]
    propositions: tuple[Proposition, ...]
    unresolved: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Entity:
    """The thing with an IRI. ``type`` is the IRI of its class, ``aliases`` its other names, sorted.

    ``replaces`` are the IRIs that things had before somebody said that they are this one.
    """

    iri: str
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence says so: a subject, a predicate (an IRI) and an object with their evidence."""

    iri: str
    subject: Entity
    predicate: str
    object: Entity | Literal
    qualifiers: Qualifiers
    evidence: Evidence
    attributed_to: Entity | None = None
    score: float | None = None
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A subject, predicate and object with all the claims that support, deny or end it."""

    subject: Entity
    predicate: str
    object: Entity | Literal
    claims: tuple[Claim, ...] = field(default=())

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses of its claims, in the order of ``STATUSES``."""
        found = {claim.qualifiers.status for claim in self.claims}
        return tuple(status for status in STATUSES if status in found)

    @property
    def status(self) -> str:
        """The strongest of its statuses: a fact that someone asserts is asserted."""
        return self.statuses[0]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which entity each mention of a set of documents is; only those that take part in a relation.

    ``lookup`` goes from a document's id and the number of the thing within it (``Mention.entity``);
    ``lone`` are the IRIs of things that no other document can share, because they have no full name;
    ``unused`` are the decisions that fit nothing.
    """

    entities: tuple[Entity, ...]
    lookup: Mapping[tuple[str, int], Entity]
    base_iri: str
    lone: frozenset[str] = frozenset()
    unused: tuple[str, ...] = ()

    def entity(self, document: Document, mention: Mention) -> Entity:
        """The entity that a mention of this document names."""
        return self.lookup[document.id, mention.entity]


@dataclass(frozen=True, slots=True)
class Run:
    """What made the claims; ``ontology`` is the SHA-256 of its files.

    ``options`` are those that change the result: no paths, no times, no numbers of workers.
    """

    version: str
    model: str
    ontology: str
    options: tuple[tuple[str, str], ...] = ()

    @property
    def id(self) -> str:
        """Eight hex digits over all of it: equal runs have equal ids."""
        parts = (self.version, self.model, self.ontology, *(f"{k}={v}" for k, v in sorted(self.options)))
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:8]
