"""What "where" stands for: the organisation right before it ("at the Lund Institute, where she taught")."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extract.knowledge import Knowledge
from kg.extract.state import LocalEntity, Named, mention_at


def where_antecedent(where: Token, at: dict[int, Named]) -> Named | None:
    """The name right before a relative "where"; None for a "where" that asks."""
    before = where.i - 1
    comma = before >= 0 and where.doc[before].text == ","
    relative = where.tag_ == "WRB" and where.lower_ == "where" and (comma or where.head.dep_ == "relcl")
    while before >= 0 and (where.doc[before].text == "," or where.doc[before].is_space):
        before -= 1
    mention = at.get(before) if relative else None
    return mention if mention is not None and mention.kind == "name" else None


def where_mentions(
    doc: Doc, entities: list[LocalEntity], named: list[Named], know: Knowledge
) -> Iterator[Named]:
    """Each "where" that stands for an organisation; of "Hale College in Drevsund, where" the college."""
    if "Organization" not in know.ontology.types:
        return
    at = mention_at(named)
    for token in doc:
        mention = where_antecedent(token, at) if token.lower_ == "where" else None
        if mention is None:
            continue
        while _of_class(mention, "Place", entities, know):
            outer = _before(mention, doc, at)
            if outer is None:
                break
            mention = outer
        if _of_class(mention, "Organization", entities, know):
            yield Named(token.i, token.i + 1, mention.entities, "pronoun")


def _of_class(mention: Named, kind: str, entities: list[LocalEntity], know: Knowledge) -> bool:
    return all(know.is_a(entities[number].type, kind) for number in mention.entities)


def _before(mention: Named, doc: Doc, at: dict[int, Named]) -> Named | None:
    """What stands before a place in a chain: "the Lund Institute in Drevsund", "Hale College, Drevsund"."""
    joined = mention.start > 1 and doc[mention.start - 1].lower_ in (",", "in", "at")
    outer = at.get(mention.start - 2) if joined else None
    return outer if outer is not None and outer.kind == "name" else None
