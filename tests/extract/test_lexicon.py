"""The English word lists: none that no code reads, none twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import english
from kg.extract.lexicon import load_lexicon
from kg.ontology import load_ontology, ontology_path

CODE = "\n".join(
    path.read_text(encoding="utf-8") for path in sorted(Path(english.__file__).parent.rglob("*.py"))
)
LISTS = english.read_lists(ontology_path("english.toml"))
STATUSES = ("ended", "planned", "possible", "denied")
KINDS = ("verbs", "nouns", "adjectives", "adverbs", "phrases")
#: Lists whose names are put together in the code.
BY_PATTERN = {
    *(name for name in LISTS if name.startswith("naming.")),
    *(f"status.{status}.{kind}" for status in STATUSES for kind in KINDS),
    *(f"gender.{sex}_{kind}" for sex in ("male", "female") for kind in ("names", "nouns", "titles")),
}


@pytest.mark.parametrize("name", sorted(LISTS))
def test_every_list_is_read(name: str) -> None:
    assert name in BY_PATTERN or f'"{name}"' in CODE


def test_one_status_for_a_phrase() -> None:
    seen: dict[str, str] = {}
    for status in STATUSES:
        for phrase in LISTS[f"status.{status}.phrases"]:
            assert seen.setdefault(phrase, status) == status


@pytest.mark.parametrize(
    ("name", "sex"),
    [
        ("Karin", "f"),
        ("Owen", "m"),
        ("Hettie", "f"),
        ("Wilfred", "m"),
        ("Kim", ""),
        ("Velora", ""),
        ("Harmony", ""),
    ],
)
def test_the_sex_of_a_given_name(name: str, sex: str) -> None:
    assert load_lexicon(load_ontology()).first_name_gender(name) == sex


def test_the_derived_names_are_new_and_in_order() -> None:
    rows = ontology_path("given_names.tsv").read_text(encoding="utf-8").splitlines()[2:]
    names = [row.split("\t")[0] for row in rows]
    assert names == sorted(set(names))
    assert not set(names) & (LISTS["gender.male_names"] | LISTS["gender.female_names"])
