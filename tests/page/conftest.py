"""A browser that is offline, and that reports whatever a page does that it should not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.page import render
from tests.page.sample import sample

WATCH = """
    window.violations = [];
    document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""


class Watched:
    """A page of the browser with everything suspicious that happened on it."""

    def __init__(self, page: Any, file: Path) -> None:
        self.page = page
        self.file = file
        self.seen: list[str] = []
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.seen.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.seen.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("popup", lambda popup: self.seen.append(f"popup: {popup.url}"))
        page.on("request", self._on_request)
        page.add_init_script(WATCH)

    def _on_console(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.seen.append(f"console: {message.text}")

    def _on_request(self, request: Any) -> None:
        if request.url.split("#")[0] != self.file.as_uri() and not request.url.startswith("data:"):
            self.seen.append(f"request: {request.url}")

    def open(self, fragment: str = "") -> Any:
        """Open the file and wait until the map is drawn."""
        self.page.goto("about:blank")
        self.page.goto(self.file.as_uri() + fragment)
        self.page.wait_for_selector("html[data-ready]", state="attached")
        return self.page

    def go(self, fragment: str) -> Any:
        """Follow a link within the open page."""
        self.page.evaluate(
            """(hash) => new Promise((resolve) => {
                window.addEventListener("hashchange", () => setTimeout(resolve), { once: true });
                location.hash = hash;
            })""",
            fragment,
        )
        return self.page

    def click_fact(self, fact: str) -> None:
        """Click an edge on the canvas."""
        self.page.mouse.click(*self.place_of(fact))

    def place_of(self, fact: str) -> tuple[float, float]:
        """A point on an edge near its middle, where no other edge is nearer."""
        x, y = self.page.evaluate(
            """(key) => {
                const { state, map } = claimgraph;
                const id = state.idOf("f", key);
                const isFree = (at) => JSON.stringify(map.hitAt(at)) === JSON.stringify({ kind: "f", id });
                const at = [0.5, 0.4, 0.6, 0.3, 0.7].map((t) => map.pointOn(id, t)).find(isFree);
                const box = document.getElementById("canvas").getBoundingClientRect();
                return [at.x + box.x, at.y + box.y];
            }""",
            fact,
        )
        return x, y

    def assert_quiet(self) -> None:
        """Nothing was asked for, nothing failed, and the policy had nothing to refuse."""
        assert self.seen == []
        assert self.page.evaluate("window.violations") == []


@pytest.fixture(scope="session")
def html() -> str:
    """The page of the sample."""
    return render(*sample(), title="Northern industry")


@pytest.fixture
def watch(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Opens HTML in a window without a network: ``watch(html, width=390)`` is a ``Watched``."""
    contexts = []

    def start(html: str, width: int = 1366, height: int = 800, scheme: str = "light") -> Watched:
        file = tmp_path / "page.html"
        file.write_bytes(html.encode("utf-8"))
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            offline=True,
            reduced_motion="reduce",
        )
        contexts.append(context)
        return Watched(context.new_page(), file)

    yield start
    for context in contexts:
        context.close()
