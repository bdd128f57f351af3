"""Clauses without their verb: each name takes its own date and sum, and nobody else's."""

from __future__ import annotations

import pytest

from kg.extract import Extractor
from kg.model import Document, Mention

pytestmark = pytest.mark.model

# text; subject relation object, when (EDTF), how much
ROWS = [
    ("Norvik Group bought Pellworm Foods in 2019 and Tarn Bank in 2021.",
     {"Norvik Group acquired Pellworm Foods 2019", "Norvik Group acquired Tarn Bank 2021"}),
    ("Norvik Group acquired Pellworm Foods in 2019, Velora Motors in 2020 and Tarn Bank in 2021.",
     {"Norvik Group acquired Pellworm Foods 2019", "Norvik Group acquired Velora Motors 2020",
      "Norvik Group acquired Tarn Bank 2021"}),
    ("Norvik Group bought Pellworm Foods for $2 million and Tarn Bank for $3 million.",
     {"Norvik Group acquired Pellworm Foods 2000000", "Norvik Group acquired Tarn Bank 3000000"}),
    ("Karin Moe founded Norvik Group in 2001 and Velora Motors in 2010.",
     {"Karin Moe founded Norvik Group 2001", "Karin Moe founded Velora Motors 2010",
      "Norvik Group founded_on 2001", "Velora Motors founded_on 2010"}),
    ("Norvik Group was founded in 2001 and Velora Motors in 2010.",
     {"Norvik Group founded_on 2001", "Velora Motors founded_on 2010"}),
    ("Norvik Group founded Pellworm Foods in 2019 and Tarn Bank two years later.",
     {"Norvik Group founded Pellworm Foods 2019", "Norvik Group founded Tarn Bank",
      "Pellworm Foods founded_on 2019"}),
    ("Karin Moe was chief executive of Norvik Group from 2001 to 2010 and of Velora Motors from 2012.",
     {"Karin Moe ceo_of Norvik Group 2001/2010", "Karin Moe ceo_of Velora Motors 2012/.."}),
    ("Norvik Group opened offices in Oslo in 2010 and in Paris in 2014.",
     {"Norvik Group operates_in Oslo 2010", "Norvik Group operates_in Paris 2014"}),
    ("Norvik Group invested $2 million in Pellworm Foods and $3 million in Tarn Bank.",
     {"Norvik Group invested_in Pellworm Foods 2000000", "Norvik Group invested_in Tarn Bank 3000000"}),
    ("Pellworm Foods raised $2 million from Tarn Bank in 2019 and $3 million from Norvik Group in 2021.",
     {"Tarn Bank invested_in Pellworm Foods 2019 2000000",
      "Norvik Group invested_in Pellworm Foods 2021 3000000"}),
    ("Norvik Group is 60% owned by Tarn Bank and 40% by Velora Motors.",
     {"Tarn Bank has_stake_in Norvik Group 60 %", "Velora Motors has_stake_in Norvik Group 40 %"}),
    ("Tarn Bank owns 60% of Norvik Group and Velora Motors 40%.",
     {"Tarn Bank has_stake_in Norvik Group 60 %", "Velora Motors has_stake_in Norvik Group 40 %"}),
    ("Tarn Bank has a 60 percent stake in Norvik Group and Velora Motors the rest.",
     {"Tarn Bank has_stake_in Norvik Group 60 %", "Velora Motors has_stake_in Norvik Group"}),
    ("Norvik Group raised $27 million from Tarn Bank; Velora Motors kept a 4 percent stake in Norvik Group.",
     {"Tarn Bank invested_in Norvik Group 27000000", "Velora Motors has_stake_in Norvik Group 4 %"}),
    ("Pellworm Foods's main shareholders are Norvik Group with 40% and Tarn Bank with 30%.",
     {"Norvik Group has_stake_in Pellworm Foods 40 %", "Tarn Bank has_stake_in Pellworm Foods 30 %"}),
    ("Norvik Group was valued at $3 billion in 2019 and Tarn Bank at $4 billion.",
     {"Norvik Group valued_at 3000000000", "Tarn Bank valued_at 4000000000"}),
    ("Norvik Group bought Pellworm Foods in 2019 and Tarn Bank sued Velora Motors in 2021.",
     {"Norvik Group acquired Pellworm Foods 2019", "Tarn Bank sued Velora Motors 2021"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_each_name_has_its_own(extractor: Extractor, text: str, wanted: set[str]) -> None:
    found = set()
    for relation in extractor.one(Document("t", text, date="2025-03-14")).relations:
        said, tail = relation.qualifiers, relation.tail
        sum_ = said.amount or (f"{said.percent} %" if said.percent else "")
        object_ = tail.name if isinstance(tail, Mention) else tail.value
        time = said.time if isinstance(tail, Mention) else ""
        words = (relation.head.name, relation.predicate, object_, time, sum_)
        found.add(" ".join(word for word in words if word))
    assert found == wanted
