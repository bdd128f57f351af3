"""The gold is sound, there is enough of it, and README.md counts it as it is."""

from dataclasses import replace
from pathlib import Path

import pytest

from kg.evaluate import parse_gold
from kg.ontology import load_ontology
from tests.gold.count import all_problems, problems, tables

SOUND = """
- id: mill
  text: Ada Brook founded the Weir Mill in 1990, Oskar Lind told The Herald.
  aliases: {Weir Mill: [the Weir Mill]}
  gold:
    - [Ada Brook, founded, Weir Mill, asserted, {time: "1990", attributed_to: Oskar Lind}]
"""


def test_gold_is_sound_and_enough() -> None:
    assert all_problems() == []


def test_readme_counts_the_gold_as_it_is() -> None:
    assert tables() in (Path(__file__).parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("founded, Weir", "founds, Weir", "no such relation"),
        ("- [Ada Brook", "- [Ida Brook", "Ida Brook does not stand in the text"),
        ("attributed_to: Oskar Lind", "attributed_to: Oskar", None),
        ("attributed_to: Oskar Lind", "attributed_to: Lin", "Lin does not stand in the text"),
        ('"1990"', '"in 1990"', "time is not in its normal form"),
        ("asserted", "any", "gold has one status"),
        (
            "[the Weir Mill]",
            "[the Weir Mill], Ada Brook: [the Weir Mill]",
            "the Weir Mill: a name of two things",
        ),
        ("Weir Mill, asserted", "Weir, asserted", None),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, said: str | None) -> None:
    (article,) = parse_gold(SOUND.replace(old, new), "mill.yaml")
    found = list(problems(article, load_ontology()))
    assert not found if said is None else any(said in problem for problem in found)


def test_a_claim_stands_there_once() -> None:
    (article,) = parse_gold(SOUND, "mill.yaml")
    (problem,) = problems(replace(article, gold=article.gold * 2), load_ontology())
    assert problem == "Ada Brook founded Weir Mill: twice"
