"""What the components leave on a Doc for one another: plain tuples in ``doc.user_data``.

Plain tuples and not objects, because spaCy serialises user data when it hands Docs between
processes. Everything here counts tokens; character offsets come at the end of the pass.
"""

from __future__ import annotations

from typing import NamedTuple, cast

from spacy.tokens import Doc, Span, Token

_ENTITIES, _NAMED, _LINES, _BRACKETS = "kg_entities", "kg_named", "kg_lines", "kg_brackets"
_BRACKET_NAMES = "kg_bracket_names"


class LocalEntity(NamedTuple):
    """A thing of one document: its best name there, its class ("" when unknown), its other names.

    ``weight`` is the weight of the evidence for the class.
    """

    name: str
    type: str
    aliases: tuple[str, ...]
    weight: int = 0

    @property
    def is_nameless(self) -> bool:
        """Whether the text never names it: "(he)"; but "(4120) Orbix" and "(Not) Again" are names."""
        return self.name.startswith("(") and self.name.endswith(")") and self.name.count("(") == 1


class Bracket(NamedTuple):
    """A bracket that was blanked before the parse: its characters in the source, and what they say."""

    start: int
    end: int
    words: str


class BracketName(NamedTuple):
    """A name inside a bracket: the thing it names, and its characters in the source."""

    entity: int
    start: int
    end: int


class Named(NamedTuple):
    """A mention: tokens from ``start`` to ``end`` (exclusive) stand for the entities of ``entities``.

    ``kind`` is ``name``, ``pronoun``, ``description`` or ``demonym``; a plural mention has several entities.
    A pronoun of which it is not sure enough what it stands for has its best ``guess``, beside no entities
    or a thing without a name; ``score`` is the probability of the best.
    """

    start: int
    end: int
    entities: tuple[int, ...]
    kind: str
    score: float = 1.0
    guess: tuple[int, ...] = ()


def set_entities(doc: Doc, entities: list[LocalEntity]) -> None:
    """Keep the document's entities; a mention's numbers index this list."""
    doc.user_data[_ENTITIES] = [tuple(entity) for entity in entities]


def entities_of(doc: Doc) -> list[LocalEntity]:
    """The document's entities."""
    rows = cast(list[tuple[str, str, list[str], int]], doc.user_data.get(_ENTITIES, []))
    return [LocalEntity(name, kind, tuple(aliases), weight) for name, kind, aliases, weight in rows]


def set_named(doc: Doc, named: list[Named]) -> None:
    """Keep the document's mentions, in the order of the text."""
    doc.user_data[_NAMED] = [tuple(mention) for mention in sorted(named)]


def named_of(doc: Doc) -> list[Named]:
    """The document's mentions that relations can use, in the order of the text."""
    return [mention for mention in _mentions(doc) if mention.entities]


def guessed_of(doc: Doc) -> list[Named]:
    """All mentions with the best guess at what each stands for, in the order of the text."""
    return [mention._replace(entities=mention.guess or mention.entities) for mention in _mentions(doc)]


def _mentions(doc: Doc) -> list[Named]:
    rows = cast(list[tuple[int, int, list[int], str, float, list[int]]], doc.user_data.get(_NAMED, []))
    return [Named(row[0], row[1], tuple(row[2]), row[3], row[4], tuple(row[5])) for row in rows]


def mention_at(named: list[Named]) -> dict[int, Named]:
    """Which mention each token belongs to."""
    return {index: mention for mention in named for index in range(mention.start, mention.end)}


def set_headlines(doc: Doc, spans: list[tuple[int, int]]) -> None:
    """Keep the character spans of the headlines."""
    doc.user_data[_LINES] = [tuple(span) for span in spans]


def in_headline(token: Token) -> bool:
    """Whether a token stands in a headline."""
    spans = cast("list[tuple[int, int]]", token.doc.user_data.get(_LINES, []))
    return bool(spans) and any(start <= token.idx < end for start, end in spans)


def sentence_of(token: Token) -> Span:
    """The sentence of a token."""
    return token.sent


def set_brackets(doc: Doc, brackets: list[Bracket]) -> None:
    """Keep the brackets that were blanked before the parse."""
    doc.user_data[_BRACKETS] = [tuple(bracket) for bracket in brackets]


def brackets_of(doc: Doc) -> list[Bracket]:
    """The brackets that were blanked, in the order of the text."""
    rows = cast(list[tuple[int, int, str]], doc.user_data.get(_BRACKETS, []))
    return [Bracket(*row) for row in rows]


def set_bracket_names(doc: Doc, names: list[BracketName]) -> None:
    """Keep the names inside brackets: no token of the Doc stands for them."""
    doc.user_data[_BRACKET_NAMES] = [tuple(name) for name in names]


def bracket_names_of(doc: Doc) -> list[BracketName]:
    """The names inside brackets, in the order of the text."""
    rows = cast(list[tuple[int, int, int]], doc.user_data.get(_BRACKET_NAMES, []))
    return [BracketName(*row) for row in rows]
