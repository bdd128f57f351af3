"""Graphs with too many entities to draw at once: groups that open where they stand."""

from __future__ import annotations

from typing import Any

import pytest

from kg.page import render
from kg.page.contents import contents
from kg.page.drawing import drawing
from tests.page.sample import sample


@pytest.fixture
def html(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr("kg.page.drawing.DRAWN", 30)
    return render(*sample(), title="Northern industry")


def test_bubbles_stand_where_their_members_do() -> None:
    page = contents(*sample())
    small, large = drawing(page), drawing(page, most=30)
    rows = large.groups["places"]["rows"]
    columns = large.groups["places"]["columns"]
    places = [(row[columns.index("x")], row[columns.index("y")]) for row in rows]
    assert places == [(node["x"], node["y"]) for node in small.nodes]
    assert len(large.nodes) == len({row[columns.index("community")] for row in rows})
    assert {end for edge in large.edges for end in (edge["from"], edge["to"])} <= {
        node["id"] for node in large.nodes
    }


def test_a_group_opens_and_closes(watch: Any, html: str) -> None:
    window = watch(html)
    page = window.open()
    bubbles = page.evaluate("claimgraph.data.groups.length")
    assert "each bubble is a group" in page.inner_text("#card")
    assert page.evaluate("claimgraph.map.nodes().length") == 0
    before = page.evaluate("claimgraph.map.positions()")
    at = page.evaluate("claimgraph.map.nodeAt('g0')")
    page.locator("#canvas").click(position=at)
    assert page.locator("#card h2").inner_text().startswith("Around ")
    members = page.evaluate("claimgraph.data.groups[0].members.length")
    assert page.evaluate("claimgraph.map.nodes().length") == members
    assert page.evaluate("claimgraph.map.edges().length") > 0
    after = page.evaluate("claimgraph.map.positions()")
    assert all(after[name] == place for name, place in before.items() if name != "g0")
    assert len(after) == bubbles - 1 + members
    page.get_by_role("button", name="Close the group").click()
    assert page.evaluate("claimgraph.map.nodes().length") == 0
    page.keyboard.press("u")
    assert page.evaluate("claimgraph.map.nodes().length") == members
    window.assert_quiet()


@pytest.mark.parametrize(
    ("fragment", "entity"),
    [("#e=FrostLine", "Type_K_battery"), ("#p=Verity_Airlines~GridPilot", "Ostrava_Steelworks")],
)
def test_a_selection_is_drawn_beside_closed_groups(watch: Any, html: str, fragment: str, entity: str) -> None:
    window = watch(html)
    page = window.open(fragment)
    shown = page.evaluate("claimgraph.map.nodes().map(({ id }) => claimgraph.data.entities[id].key)")
    assert entity in shown
    assert len(shown) < 12
    window.assert_quiet()
