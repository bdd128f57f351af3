"""The pages to read (report, diff, ontology) in a browser: readable, and nothing runs or is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.diff import diff
from kg.diff import render as render_diff
from kg.documentation import contents as documented
from kg.documentation import load_figures
from kg.documentation import render as render_ontology
from kg.look.claims import Links
from kg.model import Claim, Document, Entity, Fact, Literal
from kg.ontology import load_ontology, ontology_path
from kg.page import render as render_page
from kg.report import render as render_report
from kg.report.contents import contents
from tests.page.sample import sample
from tests.page.test_hostile import PAYLOADS, hostile
from tests.test_report import told

WIDTHS = {"light": 1200, "dark": 1200, "narrow": 390}
AXE = {("report", "light"), ("report", "dark"), ("diff", "light")}


class Told:
    """Facts and documents as a graph that can be compared."""

    def __init__(self, facts: list[Fact], documents: list[Document]) -> None:
        self._facts, self._documents = facts, documents

    def facts(self) -> list[Fact]:
        return self._facts

    def claims(self) -> list[Claim]:
        return [claim for fact in self._facts for claim in fact.claims]

    def entities(self) -> list[Entity]:
        ends = (end for fact in self._facts for end in (fact.subject, fact.object))
        return sorted({end.iri: end for end in ends if isinstance(end, Entity)}.values(), key=lambda e: e.iri)

    def hashes(self) -> dict[str, str]:
        return {document.id: document.sha256 for document in self._documents}


def later(facts: list[Fact]) -> list[Fact]:
    """Every third fact is gone, every third planned."""
    kept = []
    for number, fact in enumerate(facts):
        said = [replace(c, qualifiers=replace(c.qualifiers, status="planned")) for c in fact.claims]
        kept += [[], [fact], [replace(fact, claims=tuple(said))]][number % 3]
    return kept


def pages(facts: list[Fact], documents: list[Document]) -> dict[str, str]:
    found = diff(Told(facts, documents[1:]), Told(later(facts), documents))
    law = load_ontology()
    return {
        "report": render_report(
            contents(told(facts, documents), documents, Links("graph.html", facts)), PAYLOADS[0], "graph.html"
        ),
        "diff": render_diff(found, old=PAYLOADS[1], new=PAYLOADS[4]),
        "ontology": render_ontology(documented(law, load_figures(ontology_path()))),
    }


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return pages(*sample())


@pytest.mark.browser
@pytest.mark.parametrize("name", ["report", "diff", "ontology"])
def test_a_page_is_readable_and_asks_for_nothing(name: str, made: dict[str, str], watch: Any) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    for look, width in WIDTHS.items():
        window = watch(made[name], width=width, scheme="dark" if look == "dark" else "light")
        page = window.page
        page.goto(window.file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        window.assert_quiet()
        if (name, look) in AXE:
            start = made[name].index('<meta http-equiv="Content-Security-Policy"')
            window.file.write_text(
                made[name][:start] + made[name][made[name].index(">", start) + 1 :], "utf-8"
            )
            page.goto(window.file.as_uri())
            found = axe.Axe().run(page).response["violations"]
            assert not [(one["id"], [node["html"][:120] for node in one["nodes"][:3]]) for one in found]


@pytest.mark.browser
def test_nothing_hostile_runs(watch: Any) -> None:
    both = [hostile(payload, number) for number, payload in enumerate(PAYLOADS)]
    facts, documents = [f for some, _ in both for f in some], [d for _, some in both for d in some]
    made = pages(facts, documents)
    for name in ("report", "diff"):
        html = made[name].replace("Content-Security-Policy", "Without-Policy")
        window = watch(html)
        window.page.goto(window.file.as_uri())
        window.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        window.page.wait_for_timeout(100)
        assert window.page.evaluate("window.ran") is None
        assert (
            window.page.locator("script, img, iframe, object, video, base, form, style ~ style").count() == 0
        )
        assert all(
            link.startswith(("graph.html#", "#")) or link == "graph.html"
            for link in window.page.eval_on_selector_all(
                "main a", "(all) => all.map((a) => a.getAttribute('href'))"
            )
        )
        window.assert_quiet()


@pytest.mark.browser
def test_a_link_of_the_report_opens_that_very_card(watch: Any) -> None:
    facts, documents = sample()
    links = Links("", facts)
    window = watch(render_page(facts, documents))
    wanted = [next(f for f in facts if isinstance(f.object, kind)) for kind in (Entity, Literal)]
    for fact in wanted:
        page = window.open(links.fact(fact))
        shown = page.locator("#card").inner_text()
        assert fact.subject.name in shown
        assert " ".join(fact.claims[0].evidence.text.split()) in " ".join(shown.split())
    page = window.open(links.entity(facts[0].subject.iri))
    assert page.locator("#card h2").inner_text().strip() == facts[0].subject.name
    window.assert_quiet()


def test_what_our_sources_say_is_safe() -> None:
    folder = Path(load_ontology.__code__.co_filename).parent
    for path in (*folder.glob("look/*"), *folder.glob("diff/*.j2"), *folder.glob("report/*.j2")):
        if path.suffix in (".j2", ".css"):
            text = path.read_text(encoding="utf-8")
            assert "|safe" not in text
            assert "style=" not in text
            assert "@import" not in text
            assert "url(" not in text
