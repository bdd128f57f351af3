"""The measured quality does not fall: F1 on the shipped gold stays within 0.02 of what was reached."""

from pathlib import Path

import pytest

from kg.evaluate import evaluate, load_gold
from kg.ontology import load_ontology

#: F1 reached when it was last raised. Raise it with the extraction; never lower it to pass.
REACHED = {"dev": 0.80, "held_out": 0.699}


@pytest.mark.model
@pytest.mark.parametrize("half", sorted(REACHED))
def test_f1_does_not_fall(half: str) -> None:
    articles = load_gold(str(Path(__file__).parent / half))
    assert evaluate(articles, load_ontology()).total.f1 >= REACHED[half] - 0.02
