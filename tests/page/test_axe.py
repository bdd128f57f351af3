"""What axe-core finds against the page in each of its states: nothing."""

from __future__ import annotations

from typing import Any

import pytest

axe_api = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")

NOTHING = "() => null"
SEARCH = """() => {
    const input = document.getElementById("search");
    input.focus();
    input.value = "b";
    input.dispatchEvent(new Event("input"));
}"""
STATES = {
    "overview": ("", NOTHING),
    "conflict": ("#f=Quillon_Systems~acquired~Lantern_Health", NOTHING),
    "reading": ("#d=Robots%20in%20the%20orchard", NOTHING),
    "path": ("#p=Verity_Airlines~GridPilot", NOTHING),
    "filtered": ("#from=2025-06&no-type=Place&focus=Verity_Airlines&e=Verity_Airlines", NOTHING),
    "searching": ("", SEARCH),
    "keys": ("", "() => document.getElementById('help').showModal()"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("width", "scheme", "states"),
    [
        (1366, "light", "overview conflict reading path filtered searching keys"),
        (1366, "dark", "overview conflict reading"),
        (390, "light", "overview"),
    ],
)
def test_axe_finds_nothing(watch: Any, html: str, width: int, scheme: str, states: str) -> None:
    start = html.index('<meta http-equiv="Content-Security-Policy"')  # axe comes as a script
    window = watch(html[:start] + html[html.index(">", start) + 1 :], width=width, scheme=scheme)
    found = {}
    for state in states.split():
        fragment, script = STATES[state]
        page = window.open(fragment)
        page.evaluate(script)
        results = axe_api.Axe().run(page)
        found[state] = [
            (violation["id"], [node["html"][:120] for node in violation["nodes"][:3]])
            for violation in results.response["violations"]
        ]
    assert not {state: violations for state, violations in found.items() if violations}
