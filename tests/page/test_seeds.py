"""The page of the seeds, as ``make demo`` writes it: the two relations it is shown for can be clicked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.mark.model
@pytest.mark.browser
@pytest.mark.parametrize(
    ("fact", "trigger"),
    [("Microsoft~invested_in~OpenAI", "invested"), ("OpenAI~uses~Google_Cloud", "use")],
)
def test_a_click_leads_to_the_sentence(watch: Any, seeds_output: Path, fact: str, trigger: str) -> None:
    window = watch((seeds_output / "graph.html").read_text(encoding="utf-8"))
    page = window.open()
    window.click_fact(fact)
    page.wait_for_selector("#card blockquote")
    quote = page.locator("#card blockquote").first.inner_text()
    assert page.locator("#card blockquote mark").first.inner_text() == trigger
    sources = [
        path.read_text(encoding="utf-8") for path in (Path(__file__).parents[2] / "seeds").glob("*.txt")
    ]
    assert any(quote in " ".join(text.split()) for text in sources)
    window.assert_quiet()
