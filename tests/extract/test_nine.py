"""The nine sentences by which the extraction is known, with their qualifiers, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from kg.model import Document, Mention, Relation

if TYPE_CHECKING:
    from kg.extract import Extractor

pytestmark = pytest.mark.model


class Said(NamedTuple):
    """A relation with all that qualifies it."""

    subject: str
    predicate: str
    object: str
    status: str = "asserted"
    source: str | None = None
    time: str | None = None
    amount: str | None = None


NINE = {
    "Microsoft invested in OpenAI.": [Said("Microsoft", "invested_in", "OpenAI")],
    "Microsoft invested $10 billion in OpenAI in January 2023.": [
        Said("Microsoft", "invested_in", "OpenAI", time="2023-01", amount="USD 10000000000")
    ],
    "LinkedIn was acquired by Microsoft in 2016.": [Said("Microsoft", "acquired", "LinkedIn", time="2016")],
    "Microsoft did not acquire TikTok.": [Said("Microsoft", "acquired", "TikTok", "denied")],
    "Microsoft denied that it plans to acquire Discord.": [
        Said("Microsoft", "acquired", "Discord", "denied", "Microsoft")
    ],
    "Google may acquire HubSpot, Reuters reported.": [
        Said("Google", "acquired", "HubSpot", "possible", "Reuters")
    ],
    "OpenAI, backed by Microsoft, launched ChatGPT.": [
        Said("Microsoft", "invested_in", "OpenAI"),
        Said("OpenAI", "launched", "ChatGPT"),
    ],
    "Satya Nadella is the CEO of Microsoft.": [Said("Satya Nadella", "ceo_of", "Microsoft")],
    "Apple and Google sued Epic Games.": [
        Said("Apple", "sued", "Epic Games"),
        Said("Google", "sued", "Epic Games"),
    ],
}


def in_full(relation: Relation) -> Said:
    """A relation as a row of the table."""
    qualifiers, source = relation.qualifiers, relation.attributed_to
    amount = f"{qualifiers.currency} {qualifiers.amount}" if qualifiers.amount else None
    return Said(
        relation.head.name,
        relation.predicate,
        relation.tail.name if isinstance(relation.tail, Mention) else relation.tail.value,
        qualifiers.status,
        source.name if source else qualifiers.attributed_as_written,
        qualifiers.time,
        amount,
    )


@pytest.mark.parametrize("text", NINE)
def test_nine_sentences(extractor: Extractor, text: str) -> None:
    (found,) = extractor.extract([Document("nine", text)])
    assert sorted({in_full(relation) for relation in found.relations}) == sorted(NINE[text])


QUALIFIED = {
    "Norvik Energy bought Tavira Foods for 2.5 billion euros last year.": Said(
        "Norvik Energy", "acquired", "Tavira Foods", time="2024", amount="EUR 2500000000"
    ),
    "According to the Evening Courier, Norvik Energy plans to sell Tavira Foods in June.": Said(
        "Norvik Energy", "sold", "Tavira Foods", "planned", "Evening Courier", "2025-06"
    ),
    "Norvik Energy will buy Tavira Foods, Karin Moen said on Tuesday.": Said(
        "Norvik Energy", "acquired", "Tavira Foods", "planned", "Karin Moen"
    ),
    "As the Evening Courier reported on Monday, Norvik Energy bought Tavira Foods in 2019.": Said(
        "Norvik Energy", "acquired", "Tavira Foods", source="Evening Courier", time="2019"
    ),
    "Karin Moen has been chief executive of Tavira Foods since 2014.": Said(
        "Karin Moen", "ceo_of", "Tavira Foods", time="2014/.."
    ),
    "Karin Moen was chief executive of Tavira Foods from 2014 to 2019.": Said(
        "Karin Moen", "ceo_of", "Tavira Foods", "ended", time="2014/2019"
    ),
    "Norvik Energy bought Tavira Foods in the third quarter of 2022.": Said(
        "Norvik Energy", "acquired", "Tavira Foods", time="2022-07/2022-09"
    ),
    "Two people close to the talks said Norvik Energy could buy Tavira Foods.": Said(
        "Norvik Energy", "acquired", "Tavira Foods", "possible", "Two people"
    ),
    "The regulator fined Norvik Energy 48 million pounds.": None,
    "The Energy Authority fined Norvik Energy 48 million pounds on 3 March.": Said(
        "Energy Authority", "fined", "Norvik Energy", time="2025-03-03", amount="GBP 48000000"
    ),
}


@pytest.mark.parametrize("text", QUALIFIED)
def test_qualifiers(extractor: Extractor, text: str) -> None:
    (found,) = extractor.extract([Document("qualified", text, date="2025-03-14")])
    wanted = QUALIFIED[text]
    assert [in_full(relation) for relation in found.relations] == ([wanted] if wanted else [])


def test_a_percentage_is_no_money(extractor: Extractor) -> None:
    (found,) = extractor.extract(
        [Document("p", "Norvik Energy holds an 11.5 percent stake in Tavira Foods.")]
    )
    (relation,) = found.relations
    assert (relation.predicate, relation.qualifiers.percent, relation.qualifiers.amount) == (
        "has_stake_in",
        "11.5",
        None,
    )


def test_a_relative_date_without_a_date_of_the_document_stays_unread(extractor: Extractor) -> None:
    (found,) = extractor.extract([Document("p", "Norvik Energy bought Tavira Foods last year.")])
    (relation,) = found.relations
    assert relation.qualifiers.time is None
