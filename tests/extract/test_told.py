"""Who says it, when it was and how much, as the real model reads it: a table of sentences of one claim."""

from __future__ import annotations

import pytest

from kg.extract import Extractor
from kg.model import Document

pytestmark = pytest.mark.model

# text; who says so; when (EDTF); how much, as "USD 5" or "18 %"
ROWS = [
    ("Norvik Group bought Velora Motors, the Daily Post reported, citing two people close to the deal.",
     "Daily Post", "", ""),
    ("Norvik Group is in talks with Velora Motors, Reuters reported on Monday, citing its sources.",
     "Reuters", "", ""),
    ("Norvik Group raised its stake in Velora Motors from 12% to 18%.", "", "", "18 %"),
    ("Between 2010 and 2014 Karin Moe ran Tarn Bank.", "", "2010/2014", ""),
    ("Norvik Group cut its holding in Velora Motors to 4.9 percent, the Oslo Stock Exchange said.",
     "Oslo Stock Exchange", "", "4.9 %"),
    ("Norvik Group, which made a profit of $3 billion last year, has bought Velora Motors.", "", "", ""),
    ("Norvik Group reported a loss of $40 million after writing down its 2019 purchase of Velora Motors.",
     "Norvik Group", "2019", ""),
    ("The sale of Norvik Group's stake in Velora Motors was completed in January.", "", "../2025-01", ""),
    ("Arne Lind will leave Norvik Group in May.", "", "", ""),
    ("Tarn Bank lent Norvik Group $300 million in 2020 to buy Velora Motors.", "", "", ""),
    ("Norvik Group has been a customer of Tarn Bank since 1987.", "", "1987/..", ""),
    ("Norvik Group will stop making the Orbix in 2026.", "", "", ""),
    ("Norvik Group used Oracle from 2010 but dropped it in 2015.", "", "2010/2015", ""),
    ("40 percent of Norvik Group is held by Velora Motors.", "", "", "40 %"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "who", "when", "amount"), ROWS)
def test_what_is_told_of_a_claim(extractor: Extractor, text: str, who: str, when: str, amount: str) -> None:
    found = set()
    for relation in extractor.one(Document("t", text, date="2025-03-14")).relations:  # one for each mention
        said, source = relation.qualifiers, relation.attributed_to
        sum_ = (
            f"{said.currency} {said.amount}" if said.amount else f"{said.percent} %" if said.percent else ""
        )
        name = source.name if source else said.attributed_as_written or ""
        found.add((name, said.time or "", sum_))
    assert found == {(who, when, amount)}
