"""Why the extraction says what it says: sentence by sentence, and as one page that opens offline."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import jinja2

from kg.extract import Extractor
from kg.extract.account import accounts
from kg.files import replacing
from kg.model import Account, Document, Literal, Mention, Proposition, Rejection, Relation
from kg.ontology import Ontology
from kg.records import amount

__all__ = ["Explanation", "Piece", "Said", "SentenceView", "explain", "render", "write"]

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence: plain, a mention of things, or a pronoun that stands for nothing known."""

    text: str
    mentions: tuple[Mention, ...] = ()
    unresolved: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """A relation in words: its sides by name, and its qualifiers as they are printed."""

    subject: str
    predicate: str
    object: str
    status: str
    details: tuple[tuple[str, str], ...]
    trigger: str
    construction: str


@dataclass(frozen=True, slots=True)
class SentenceView:
    """A sentence with all that was seen in it."""

    text: str
    pieces: tuple[Piece, ...]
    mentions: tuple[Mention, ...]
    unresolved: tuple[str, ...]
    propositions: tuple[Proposition, ...]
    said: tuple[Said, ...]
    rejections: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A document, sentence by sentence."""

    document: Document
    sentences: tuple[SentenceView, ...]


def explain(
    documents: Iterable[Document], ontology: Ontology, *, model: str | None = None
) -> Iterator[Explanation]:
    """What the extraction saw in each document: mentions, propositions, relations, and what it refused."""
    for account in accounts(Extractor(ontology, model), documents):
        views = tuple(_view(account, start, end) for start, end in account.sentences)
        yield Explanation(account.extraction.document, views)


def render(explanations: Iterable[Explanation], title: str = "Why these claims") -> str:
    """The explanations as one HTML page without scripts."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    html = environment.get_template("template.html").render(explanations=list(explanations), title=title)
    # Text may hold lone surrogates, which no encoding can carry.
    return html.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def write(explanations: Iterable[Explanation], path: str | Path) -> Path:
    """Write the page to a file; an older file stays whole until the new one is complete."""
    target = Path(path)
    content = render(explanations)
    with replacing(target, "page") as file:
        file.write(content.encode("utf-8"))
    return target


def _view(account: Account, start: int, end: int) -> SentenceView:
    """What belongs to the sentence between two characters."""
    extraction = account.extraction
    text = extraction.document.text
    mentions = tuple(
        dict.fromkeys(sorted((m for m in extraction.mentions if start <= m.start < end), key=_position))
    )
    unresolved = tuple(span for span in account.unresolved if start <= span[0] < end)
    relations = [r for r in extraction.relations if start <= r.evidence.trigger_start < end]
    return SentenceView(
        " ".join(text[start:end].split()),
        tuple(_pieces(text, start, end, mentions, unresolved)),
        mentions,
        tuple(text[first:last] for first, last in unresolved),
        tuple(p for p in account.propositions if start <= p.start < end),
        tuple(dict.fromkeys(_said(relation) for relation in relations)),
        tuple(dict.fromkeys(r for r in extraction.rejections if start <= r.evidence.trigger_start < end)),
    )


def _position(mention: Mention) -> tuple[int, int, str, int]:
    return mention.start, -mention.end, mention.name, mention.entity


def _pieces(
    text: str,
    start: int,
    end: int,
    mentions: tuple[Mention, ...],
    unresolved: tuple[tuple[int, int], ...],
) -> Iterator[Piece]:
    """The sentence cut at its mentions; of two that overlap the first and longer one is kept."""
    spans = [
        (m[0], m[1], tuple(found))
        for m, found in groupby(mentions, key=lambda mention: (mention.start, mention.end))
    ]
    spans += [(first, last, ()) for first, last in unresolved]
    at = start
    for first, last, found in sorted(spans, key=lambda span: (span[0], -span[1])):
        if first < at:
            continue
        if first > at:
            yield Piece(text[at:first])
        yield Piece(text[first:last], found, unresolved=not found)
        at = last
    if at < end:
        yield Piece(text[at:end])


def _said(relation: Relation) -> Said:
    """A relation in words."""
    qualifiers, tail = relation.qualifiers, relation.tail
    speaker = relation.attributed_to.called if relation.attributed_to else qualifiers.attributed_as_written
    details = (("time", qualifiers.time), ("amount", amount(qualifiers)), ("according to", speaker))
    return Said(
        relation.head.called,
        relation.predicate,
        tail.text or tail.value if isinstance(tail, Literal) else tail.called,
        qualifiers.status,
        tuple((name, value) for name, value in details if value),
        relation.evidence.trigger,
        relation.evidence.construction,
    )
