"""Open propositions as relations: slots in the sentence's own words, with qualifiers and evidence."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.assemble import Assembler
from kg.extract.measures import When, amount, times
from kg.extract.openie import Proposition, propositions
from kg.extract.phrases import Phrase
from kg.extract.qualifiers import Reading, read_clause
from kg.model import Evidence, Mention, Qualifiers, Relation

#: The number of a thing that the document does not know: a phrase without a name.
UNNAMED = -1


def open_relations(assembler: Assembler) -> Iterator[Relation]:
    """The open propositions of a document; what assembles its relations knows its text and things."""
    sayers = assembler.know.lexicon["attribution.verbs"]
    for proposition in propositions(assembler.doc, sayers):
        reading = read_clause(
            proposition.anchor, assembler.know, granted=proposition.construction == "including"
        )
        phrase = written(proposition.relation, assembler.document.text)
        speaker, words = _speaker(assembler, reading)
        yield Relation(
            predicate=phrase,
            phrase=phrase,
            head=_slot(assembler, proposition.subject),
            tail=_slot(assembler, proposition.object),
            qualifiers=_qualifiers(assembler, proposition, reading, words),
            evidence=_evidence(assembler, proposition),
            attributed_to=speaker,
            open=True,
        )


def written(phrase: Phrase, text: str) -> str:
    """The words of a phrase as the text has them; one space where words between them are left out."""
    parts: list[str] = []
    for token, after in zip(phrase, [*phrase[1:], None], strict=True):
        end = token.idx + len(token)
        parts.append(text[token.idx : end])
        if after is not None:
            parts.append(text[end : after.idx] if after.i == token.i + 1 else " ")
    return " ".join("".join(parts).split())


def top_of(phrase: Phrase) -> Token:
    """The word of a phrase on which the others hang."""
    return next((token for token in phrase if token.head == token or token.head not in phrase), phrase[0])


def _slot(assembler: Assembler, phrase: Phrase) -> Mention:
    """A slot with the thing it names, where its head is part of a name, pronoun or description."""
    text = written(phrase, assembler.document.text)
    last = phrase[-1]
    start, end = phrase[0].idx, last.idx + len(last)
    named = assembler.reader.at.get(top_of(phrase).i)
    if named is None or len(named.entities) != 1:
        return Mention(start, end, text, "", text, UNNAMED, "description")
    entity = assembler.reader.entities[named.entities[0]]
    return Mention(start, end, text, entity.type, entity.name, named.entities[0], named.kind)


def _qualifiers(
    assembler: Assembler, proposition: Proposition, reading: Reading, words: str | None
) -> Qualifiers:
    future = reading.status in ("planned", "possible")
    sayers = assembler.know.lexicon["attribution.verbs"]
    whens = times(reading.chain, [], assembler.issued, future, sayers)
    first: When | None = whens[0] if whens else None
    total = amount([proposition.anchor, top_of(proposition.object)])
    return Qualifiers(
        status=reading.status,
        attributed_as_written=words,
        time=first.time.edtf if first and not first.side else None,
        time_as_written=first.text if first else None,
        amount=total.amount,
        currency=total.currency,
        percent=total.percent,
    )


def _speaker(assembler: Assembler, reading: Reading) -> tuple[Mention | None, str | None]:
    """Who says so, as a thing of the document where it is one, and in the words of the text."""
    for token in reading.speakers:
        for argument in assembler.reader.arguments(token)[:1]:
            mention = assembler.mention(argument)
            return mention, mention.text
    for token in reading.speakers[:1]:
        return None, written(tuple(token.doc[token.left_edge.i : token.i + 1]), assembler.document.text)
    return None, None


def _evidence(assembler: Assembler, proposition: Proposition) -> Evidence:
    """The sentence, with the verb as the trigger."""
    text, anchor = assembler.document.text, proposition.anchor
    first, last = anchor.sent[0], anchor.sent[-1]
    start, end = first.idx, last.idx + len(last)
    quote = text[start:end]
    start, end = start + len(quote) - len(quote.lstrip()), end - (len(quote) - len(quote.rstrip()))
    trigger = text[anchor.idx : anchor.idx + len(anchor)]
    return Evidence(
        assembler.document.id,
        text[start:end],
        start,
        end,
        trigger,
        anchor.idx,
        anchor.idx + len(anchor),
        f"open {proposition.construction}",
    )
