"""What can be done beside looking: reading, paths, filters in time, focus, undo, files."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from typing import Any

import pytest

from kg.model import Entity, Fact, Literal
from kg.page import render
from tests.page.sample import sample
from tests.page.test_browser import card, press_until, wait_for

ORCHARD = "#d=Robots%20in%20the%20orchard"


def spaced(text: str) -> str:
    return " ".join(text.split())


def test_a_document_is_read_with_what_was_found_in_it(watch: Any, html: str) -> None:
    document = next(one for one in sample()[1] if one.id == "robot-harvest")
    window = watch(html)
    page = window.open(ORCHARD)
    assert spaced(page.inner_text("#card .text")) == spaced(document.text)
    assert page.locator(".text mark").count() == 20
    assert page.locator(".text .said-planned").all_inner_texts() == ["plans to use"]
    assert page.locator(".text .said-denied").all_inner_texts() == ["denied that it works with"]
    page.get_by_text("Harvester 9", exact=True).first.click()
    wait_for(page, "#e=Harvester_9")
    window.assert_quiet()


def test_a_claim_and_its_edge_light_each_other(watch: Any, html: str) -> None:
    window = watch(html)
    page = window.open(ORCHARD)
    key = "Fernhill_Foods~uses~Harvester_9"
    before = page.screenshot()
    page.locator(".text mark", has_text="uses").first.hover()
    assert page.screenshot() != before
    x, y = window.place_of(key)
    page.mouse.move(x, y)
    page.wait_for_selector(".text mark.lit")
    assert page.locator(".text mark.lit").all_inner_texts() == ["uses"]
    window.assert_quiet()


def test_a_quote_leads_to_its_place_in_the_text(watch: Any, html: str) -> None:
    page = watch(html).open("#f=Halvorsen_Energy~invested_in~Nordlys_Grid")
    page.get_by_role("button", name="A steelworks goes to court", exact=True).click()
    assert (
        page.inner_text(".sentence.here")
        == "Halvorsen Energy, which put money into Nordlys Grid, watches the case."
    )


def test_letters_beyond_the_basic_plane_shift_nothing(watch: Any) -> None:
    facts, documents = sample()
    told = {document.id: replace(document, text="😀 " + document.text) for document in documents}
    moved = [
        replace(fact, claims=tuple(replace(claim, evidence=shifted(claim.evidence)) for claim in fact.claims))
        for fact in facts
    ]
    page = watch(render(moved, told.values())).open(ORCHARD)
    assert page.locator(".text mark").first.inner_text() == "makes"
    assert page.inner_text(".text p").startswith("😀 Tidewell")


def shifted(evidence: Any) -> Any:
    names = ("start", "end", "trigger_start", "trigger_end")
    return replace(evidence, **{name: getattr(evidence, name) + 2 for name in names})


WAYS = [
    ("#p=Verity_Airlines~GridPilot", ["4 steps", "lent to and invested in", "Another way"]),
    ("#p=Nordlys_Grid~Halvorsen_Energy", ["1 step", "put money into|invested"]),
    ("#p=Nordlys_Grid~Nordlys_Grid", ["Both ends are the same"]),
    ("#p=Verity_Airlines~GridPilot&no-relation=invested_in,partner_of,uses,supplies", ["step|No chain"]),
]


def test_paths_show_the_evidence_of_each_step(watch: Any, html: str) -> None:
    window = watch(html)
    window.open()
    for fragment, said in WAYS:
        text = card(window.go(fragment))
        assert all(re.search(part, text) for part in said), fragment
    window.assert_quiet()


def test_search_card_neighbour_evidence_and_path_by_keyboard_alone(watch: Any, html: str) -> None:
    window = watch(html)
    page = window.open()
    page.keyboard.press("/")
    page.keyboard.type("verity air")
    page.keyboard.press("Enter")
    wait_for(page, "#e=Verity_Airlines")
    press_until(page, "Marlow Street Bank")
    page.keyboard.press("Enter")
    press_until(page, "asserted")
    page.keyboard.press("Enter")
    assert page.locator("#card blockquote mark").count() > 0
    page.keyboard.press("u")
    wait_for(page, "#e=Marlow_Street_Bank")
    page.keyboard.press("p")
    page.keyboard.type("gridp")
    page.keyboard.press("Enter")
    wait_for(page, "#p=Marlow_Street_Bank~GridPilot")
    assert "3 steps" in card(page)
    window.assert_quiet()


def test_a_path_can_end_with_a_click_on_the_map(watch: Any, html: str) -> None:
    page = watch(html).open("#e=Verity_Airlines")
    page.get_by_role("button", name="Path to").click()
    at = page.evaluate("claimgraph.map.nodeAt(claimgraph.state.idOf('e', 'Priya_Raman'))")
    page.locator("#canvas").click(position=at)
    wait_for(page, "#p=Verity_Airlines~Priya_Raman")


def test_time_chooses_claims_and_the_link_keeps_it(watch: Any, html: str) -> None:
    window = watch(html)
    page = window.open("#from=2025-06&to=2025-12")
    assert page.inner_text("#shown") == "29 of 40 entities · 38 of 80 facts shown"
    page.get_by_label("From").fill("0")
    wait_for(page, "#to=2025-12")
    page.get_by_label("From").press("ArrowRight")
    assert "from=2019-04" in page.url
    page.get_by_role("button", name="Show everything again").click()
    assert page.inner_text("#shown") == "40 of 40 entities · 80 of 80 facts shown"
    window.assert_quiet()


def test_counts_are_those_of_the_other_filters(watch: Any, html: str) -> None:
    page = watch(html).open("#no-status=planned,possible,denied,ended")
    rows = page.get_by_label("Status of a relation").get_by_role("listitem")
    counts = [row.split("\n") for row in rows.all_inner_texts()]
    assert [row[-1] for row in counts if row[0] == "denied"] == ["3"]  # that many would come back
    assert "67 of 80 facts" in page.inner_text("#shown")


def test_focus_expand_hide_and_undo(watch: Any, html: str) -> None:
    window = watch(html)
    page = window.open("#e=Verity_Airlines")
    shown = lambda: page.inner_text("#shown").split(" · ")[0]  # noqa: E731
    page.keyboard.press("f")
    focused = shown()
    assert focused == "6 of 40 entities"
    page.locator("#card .entity", has_text="Greyfield Motors").first.click()
    page.keyboard.press("x")
    assert int(shown().split()[0]) > 6
    page.keyboard.press("u")
    assert shown() == focused
    page.keyboard.press("h")
    assert shown() != focused
    page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
    assert shown() != focused  # the link has it
    page.get_by_role("button", name="Show everything again").click()
    page.keyboard.press("Control+z")
    assert "hidden=Greyfield_Motors" in page.url
    window.assert_quiet()


@pytest.mark.parametrize(
    ("fact", "parts"),
    [
        (
            "Quillon_Systems~acquired~Lantern_Health",
            ["Says so", "wants to buy", "Says otherwise", "is buying"],
        ),
        ("Kestrel_Mining~supplies~Ostrava_Steelworks", ["Says so", "Says it has ended"]),
    ],
)
def test_conflicts_show_both_sentences(watch: Any, html: str, fact: str, parts: list[str]) -> None:
    window = watch(html)
    page = window.open("#f=" + fact)
    places = [card(page).index(part) for part in parts]
    assert places == sorted(places)
    page.locator("#card .entity").first.click()
    assert page.locator("#card .conflict blockquote").count() == 2
    window.assert_quiet()


def saved(page: Any, kind: str) -> str:
    page.get_by_text("Export", exact=True).click()
    with page.expect_download() as download:
        page.locator(f"[data-kind={kind}]").click()
    data: bytes = download.value.path().read_bytes()
    assert download.value.suggested_filename == "Northern-industry." + kind
    return data.decode("utf-8-sig" if kind != "png" else "latin-1")


def test_what_is_seen_can_be_saved(watch: Any, html: str) -> None:
    window = watch(html)
    page = window.open()
    rows = list(csv.DictReader(io.StringIO(saved(page, "csv"))))
    assert len(rows) == 84
    claims = {claim.iri: claim for fact in sample()[0] for claim in fact.claims}
    assert all(row["sentence"] == claims[row["claim_iri"]].evidence.text for row in rows)
    assert len(json.loads(saved(page, "json"))) == 84
    assert saved(page, "png").startswith("\x89PNG")
    drawing = saved(page, "svg")
    assert drawing.count("<text") == 40
    assert not re.search(r"<(?!/?(svg|rect|path|circle|polygon|text)\b)|\son\w+=|href|url\(", drawing)
    window.open("#e=Verity_Airlines")
    chosen = list(csv.DictReader(io.StringIO(saved(page, "csv"))))
    assert chosen
    assert all("Verity Airlines" in (row["subject"], row["object"]) for row in chosen)


def test_a_table_computes_nothing(watch: Any) -> None:
    facts, documents = sample()
    first = next(fact for fact in facts if isinstance(fact.object, Entity))
    formulas = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", '="a",b']
    made = []
    for text in formulas:
        named = Entity("x:n" + text, text, "x:T")
        claim = replace(first.claims[0], subject=named)
        made.append(Fact(named, "x:p", Literal(text, "xsd:string", text), (claim,)))
    table = watch(render(made, documents)).open()
    rows = csv.DictReader(io.StringIO(table.evaluate("claimgraph.files.csv(claimgraph.data.facts)")))
    cells = [(row["subject"], row["object"]) for row in rows]
    assert sorted(cells) == sorted(("'" + text, "'" + text) for text in formulas)
