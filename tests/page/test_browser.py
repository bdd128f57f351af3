"""What a person can do on the page, in a browser without a network."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kg.model import Entity, Fact, Literal
from kg.page import render

INVESTED = "Halvorsen_Energy~invested_in~Nordlys_Grid"
DISPUTED = "Quillon_Systems~acquired~Lantern_Health"


def wait_for(page: Any, fragment: str) -> None:
    """Wait until the address ends like this: the browser tells of its changes a little later."""
    page.wait_for_url(re.compile(re.escape(fragment) + "$"), timeout=5000)


def card(page: Any) -> str:
    text: str = page.inner_text("#card")
    return text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 390])
def test_it_opens_quietly_and_says_what_was_read(watch: Any, html: str, width: int, scheme: str) -> None:
    window = watch(html, width=width, scheme=scheme)
    page = window.open()
    assert page.title() == "Northern industry"
    assert "5 documents with 728 words, 4 Mar 2025 to 11 Nov 2025." in card(page)
    assert "40 entities and 80 facts from 84 claims." in card(page)
    assert page.inner_text("#shown") == "40 of 40 entities · 80 of 80 facts shown"
    assert page.evaluate("document.documentElement.scrollWidth") == width
    window.assert_quiet()


def test_clicking_an_edge_shows_its_sentences(watch: Any, html: str) -> None:
    window = watch(html)
    page = window.open()
    window.click_fact(INVESTED)
    wait_for(page, "#f=" + INVESTED)
    quotes = page.locator("#card blockquote")
    assert quotes.all_inner_texts() == [
        "Halvorsen Energy invested $400 million in Nordlys Grid in January, its largest bet so far.",
        "Halvorsen Energy, which put money into Nordlys Grid, watches the case.",
    ]
    assert page.locator("#card mark").all_inner_texts() == ["invested $400 million in", "put money into"]
    text = card(page)
    for part in (
        "400 million USD",
        "in January (2025-01)",
        "Halvorsen bets on the northern grid",
        "characters 0–90",
    ):
        assert part in text
    window.assert_quiet()


def test_loops_and_parallel_edges_can_be_clicked(watch: Any, html: str) -> None:
    window = watch(html)
    page = window.open()
    for key in ("Lantern_Health~sued~Lantern_Health", DISPUTED, "Nordlys_Grid~supplies~Halvorsen_Energy"):
        page.click("#fit")
        window.click_fact(key)
        wait_for(page, "#f=" + key)
    window.assert_quiet()


def test_clicking_a_node_opens_its_card(watch: Any, html: str) -> None:
    window = watch(html)
    page = window.open()
    at = page.evaluate("claimgraph.map.nodeAt(claimgraph.state.idOf('e', 'Halvorsen_Energy'))")
    page.locator("#canvas").click(position=at)
    text = card(page)
    for part in (
        "Also called Halvorsen, Halvorsen Energi AS",
        "founded on",
        "2004",
        "$2.3 billion (2.3 billion USD)",
    ):
        assert part in text
    assert "← has stake in" in re.sub(r"\s+", " ", text)
    page.keyboard.press("Escape")
    assert "What the texts say" in card(page)
    window.assert_quiet()


def press_until(page: Any, text: str) -> None:
    """Walk down the card until the focus is on what begins with a text."""
    for _ in range(60):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.innerText").strip().startswith(text):
            return
    raise AssertionError(f"no way to {text!r} by arrow keys")


FOUND = {
    "tomas": "Tomás Aguilar",
    "MSB": "Marlow Street Bank",
    "health": "Lantern Health",
    "zzz": "Nothing is named",
    "marlow street bank": "Marlow Street Bank",
    "co": "Cobalt & Pine",
}


def test_search_forgives_case_accents_and_aliases(watch: Any, html: str) -> None:
    page = watch(html).open()
    for typed, first in FOUND.items():
        page.keyboard.press("/")
        page.keyboard.type(typed)
        assert page.locator("#suggestions li").first.inner_text().strip().startswith(first), typed
        page.keyboard.press("Escape")


def test_filters_hide_and_count(watch: Any, html: str) -> None:
    window = watch(html)
    page = window.open()
    page.get_by_role("button", name="Only denied").click(force=True)
    assert page.inner_text("#shown") == "5 of 40 entities · 3 of 80 facts shown"
    page.get_by_label("Status of a relation").get_by_role("button", name="all").click()
    page.get_by_role("checkbox", name="Place").uncheck()
    assert page.inner_text("#shown").startswith("34 of 40")
    page.get_by_label("Relations").get_by_role("button", name="none").click()
    assert page.inner_text("#shown") == "0 of 40 entities · 0 of 80 facts shown"
    window.assert_quiet()


@pytest.mark.parametrize(
    ("fragment", "expected"),
    [
        ("#e=Lantern_Health", "no. 3 of 40"),
        ("#e=https%3A%2F%2Fexample.org%2Fkg%2Fentity%2FLantern_Health", "no. 3 of 40"),
        ("#f=" + DISPUTED, "The sentences differ: planned, denied."),
        ("#d=Robots%20in%20the%20orchard", "seeds/robot-harvest.txt"),
        ("#e=nobody", "What the texts say"),
        ("#e=%", "What the texts say"),
    ],
)
def test_links_restore_the_selection(watch: Any, html: str, fragment: str, expected: str) -> None:
    window = watch(html)
    assert expected in card(window.open(fragment))
    window.assert_quiet()


def test_the_back_button_goes_back(watch: Any, html: str) -> None:
    page = watch(html).open("#e=Lantern_Health")
    page.evaluate("location.hash = '#e=Nordlys_Grid'")
    page.wait_for_function("document.querySelector('#card h2').innerText.includes('Nordlys')")
    page.go_back()
    page.wait_for_function("document.querySelector('#card h2').innerText.includes('Lantern')")


def test_positions_do_not_move(watch: Any, html: str) -> None:
    page = watch(html).open()
    before = page.evaluate("claimgraph.map.positions()")
    page.wait_for_timeout(400)
    page.click("#theme")
    assert page.evaluate("claimgraph.map.positions()") == before


@pytest.mark.parametrize("count", [0, 1])
def test_empty_and_one_entity_graphs_open_with_a_message(watch: Any, count: int) -> None:
    literal = Fact(Entity("x:a", "Alone", "x:Firm"), "x:founded_on", Literal("2004", "xsd:gYear", "2004"))
    window = watch(render([literal][:count], []))
    page = window.open()
    expected = ["There is nothing to show", "What is known about this one is on its card"]
    assert expected[count] in page.inner_text("#message")
    window.assert_quiet()


def test_without_javascript_there_is_a_table(browser: Any, html: str) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.set_content(html)
    assert page.locator("noscript tbody tr").count() == 84
    assert "wants to buy" in page.inner_text("noscript")
    context.close()
