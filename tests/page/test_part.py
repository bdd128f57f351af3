"""Pages of a part of a graph, and pages in notebooks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from kg.errors import KGError
from kg.graph import KnowledgeGraph
from kg.model import Document, Entity, Fact
from kg.ontology import Ontology
from kg.page import Page, make_page, render
from kg.page.old import old_places
from kg.page.part import Part, part
from kg.sparql import Answer
from tests.page.sample import sample

EMPTY = KnowledgeGraph.memory()
FACTS, DOCUMENTS = sample()
DATES = {document.id: document.date for document in DOCUMENTS}


class Graph:
    """The least that a page asks of a graph."""

    def facts(self) -> list[Fact]:
        """Those of the sample."""
        return FACTS

    def documents(self) -> list[Document]:
        """Those of the sample."""
        return DOCUMENTS

    def find(self, name: str) -> list[Entity]:
        """By name."""
        return [fact.subject for fact in FACTS if fact.subject.name == name][:1]

    @property
    def ontology(self) -> Ontology:
        """The default one."""
        return EMPTY.ontology

    def query(self, sparql: str) -> Answer:
        """Of what it infers: nothing."""
        return EMPTY.query(sparql)


def names(facts: list[Fact]) -> set[str]:
    """Whatever the facts are about."""
    return {end.name for fact in facts for end in (fact.subject, fact.object) if isinstance(end, Entity)}


@pytest.mark.parametrize(
    ("wanted", "facts"),
    [
        ({}, 80),
        ({"statuses": ("denied",)}, 3),
        ({"statuses": ("denied", "ended")}, 8),
        ({"since": "2026"}, 3),
        ({"since": "2025-11-12"}, 3),
        ({"top": 2}, 3),
        ({"top": 2, "statuses": ("asserted",)}, 2),
    ],
)
def test_a_part_has_what_is_asked_for(wanted: Part, facts: int) -> None:
    assert len(part(FACTS, DATES, wanted)) == facts


def test_around_reaches_as_far_as_it_says() -> None:
    centre = {"https://example.org/kg/entity/FrostLine"}
    steps = [
        names(part(FACTS, DATES, {"around": "FrostLine", "depth": depth}, centre)) for depth in (1, 2, 3)
    ]
    assert steps[0] == {"FrostLine", "Type K battery", "Greyfield Motors"}
    assert steps[0] < steps[1] < steps[2]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"statuses": ("plannned",)}, 'Did you mean "planned"'),
        ({"since": "yesterday"}, "write it as 2024, 2024-06"),
        ({"top": 0}, "count from 1"),
        ({"since": "2999"}, "no claim fits"),
    ],
)
def test_what_cannot_be_shown_is_said(wanted: Part, said: str) -> None:
    with pytest.raises(KGError, match=said):
        part(FACTS, DATES, wanted)


def test_a_page_of_a_part_has_its_documents_and_says_so(watch: Any) -> None:
    page = watch(make_page(Graph(), "Frost", {"around": "FrostLine", "depth": 1}).html).open()
    assert "Only a part of the graph: around FrostLine (1 step)." in page.inner_text("#card")
    assert "1 document" in page.inner_text("#card")


#: The policy that VS Code gives to the outputs of a notebook where it gives one (enableCsp); it puts them
#: in as markup from a string. JupyterLab has none.
VS_CODE = """default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval'; style-src 'unsafe-inline';
    img-src https: http: data:; font-src https:; connect-src https:; child-src https: data:"""


@pytest.mark.parametrize("policy", ["", VS_CODE], ids=["jupyter", "vscode"])
def test_a_notebook_shows_it_in_a_frame_of_its_own(watch: Any, policy: str) -> None:
    shown = Page(render(FACTS, DOCUMENTS, title='"A" & <B>'))._repr_html_()
    assert re.search(r'<iframe srcdoc="[^"]*" sandbox="allow-scripts allow-downloads" ', shown)
    rule = f'<meta http-equiv="Content-Security-Policy" content="{policy}">' if policy else ""
    window = watch(f"<!DOCTYPE html>{rule}<div id=output></div>")
    window.page.goto(window.file.as_uri())
    window.page.evaluate("(html) => { document.getElementById('output').innerHTML = html; }", shown)
    inner = window.page.frame_locator("iframe")
    inner.locator("html[data-ready]").wait_for(state="attached")
    assert window.seen == []
    assert inner.locator("#card .row").count() > 8
    inner.locator("#card .row", has_text="Lantern Health").first.click()
    assert "no. 3 of 40" in inner.locator("#card").inner_text()
    inner.locator("#undo").click()
    assert "What the texts say" in inner.locator("#card").inner_text()
    window.assert_quiet()


def test_an_older_page_keeps_its_places(tmp_path: Path) -> None:
    old = make_page(Graph(), "Old", {"statuses": ("asserted", "planned")}, tmp_path / "old.html")
    before = old_places(tmp_path / "old.html")
    make_page(Graph(), "New", {"layout_from": tmp_path / "old.html"}, tmp_path / "new.html")
    after = old_places(tmp_path / "new.html")
    assert len(before) < len(after) == 40
    assert {iri: after[iri] for iri in before} == before
    assert len(set(after.values())) == 40
    assert old.html != (tmp_path / "new.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text", ["", "<html>", '<script type="application/json" id="data">{}</script>', "\xff"]
)
def test_what_is_no_page_has_no_places(tmp_path: Path, text: str) -> None:
    (tmp_path / "old.html").write_bytes(text.encode("latin-1"))
    with pytest.raises(KGError, match=r"old\.html: no places can be read"):
        old_places(tmp_path / "old.html")
