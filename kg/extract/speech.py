"""Who "I" and "we" are inside a quotation: the one who is quoted, or the organisation spoken for."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.descriptions import led_by
from kg.extract.discourse import Discourse, speaking
from kg.extract.state import Named

ONE = frozenset(("i", "me", "my", "mine", "myself"))
MANY = frozenset(("we", "us", "our", "ours", "ourselves"))


def first_person(discourse: Discourse, known: dict[int, Named]) -> Iterator[Named]:
    """The first-person pronouns of the document's quotations; ``known`` are the mentions by token."""
    for start, end in discourse.quotations:
        inside = [token for token in discourse.doc[start:end] if token.lower_ in ONE or token.lower_ in MANY]
        speaker = _speaker(start, end, discourse, known) if inside else None
        if speaker is None:
            continue
        for token in inside:
            number = speaker if token.lower_ in ONE else _spoken_for(speaker, discourse)
            if number is not None and discourse.is_person(number) == (token.lower_ in ONE):
                yield Named(token.i, token.i + 1, (number,), "pronoun")


def _speaker(start: int, end: int, discourse: Discourse, known: dict[int, Named]) -> int | None:
    """Who is quoted."""
    subject = speaking(discourse.doc, start, end, discourse.know.lexicon["attribution.verbs"])
    mention = known.get(subject.i) if subject is not None else None
    return mention.entities[0] if mention is not None and len(mention.entities) == 1 else None


def _spoken_for(speaker: int, discourse: Discourse) -> int | None:
    """The organisation that says we."""
    if not discourse.is_person(speaker):
        return speaker if discourse.of_class(speaker, "Organization") else None
    led = led_by(speaker, discourse)
    return led[0] if len(led) == 1 else None
