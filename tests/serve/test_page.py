"""The query page in a browser that can reach nothing but the server."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.graph import KnowledgeGraph
from kg.queries import shipped_queries
from kg.vocab import BASE_IRI, NEWS, RDF, RDFS
from tests.factories import ONTOLOGY, extraction, fill
from tests.page.test_hostile import PAYLOADS
from tests.serve.serving import FOR_EVER, serving

PAGE = Path(__file__).parents[2] / "kg" / "serve" / "page"
#: Everything but the server itself is out of reach, as without a network.
WATCH = """window.violations = [];
    addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective), true);"""


class Window:
    """A window on the page, with everything suspicious that happened in it."""

    def __init__(self, page: Any, address: str) -> None:
        self.page, self.address = page, address
        self.seen: list[str] = []
        page.on("console", lambda message: self.seen.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.seen.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (self.seen.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("popup", lambda popup: self.seen.append(f"popup: {popup.url}"))
        page.route(lambda url: not url.startswith((address, "data:", "blob:")), self._refuse)
        page.add_init_script(WATCH)

    def _refuse(self, route: Any) -> None:
        self.seen.append(f"request: {route.request.url}")
        route.abort()

    def open(self, fragment: str = "") -> Any:
        """Open the page and wait for what it shows first."""
        self.page.goto("about:blank")
        self.page.goto(self.address + fragment)
        self.page.wait_for_selector("#queries a[aria-current]", state="attached")
        return self.page

    def answered(self) -> Any:
        """Wait until a query was answered, or was not."""
        self.page.wait_for_selector("#stop", state="hidden")
        self.page.wait_for_function(
            "() => !document.getElementById('status').textContent.startsWith('Running')"
        )
        return self.page

    def rows(self) -> list[str]:
        """The records of the answer, each as one text."""
        texts = self.page.locator("#answer tbody").all_inner_texts()
        return [re.sub(r"\s+", " ", text).strip() for text in texts]

    def assert_quiet(self, *expected: str) -> None:
        """Nothing was asked of others, nothing failed, and the policy had nothing to refuse."""
        assert [said for said in self.seen if not any(words in said for words in expected)] == []
        assert self.page.evaluate("window.violations") == []


@pytest.fixture
def window(browser: Any, address: str) -> Iterator[Any]:
    """Opens windows: ``window(width=390)`` is a Window on the page of the sample."""
    contexts = []

    def start(place: str = address, width: int = 1366, scheme: str = "light") -> Window:
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Window(context.new_page(), place)

    yield start
    for context in contexts:
        context.close()


pytestmark = pytest.mark.browser


def test_a_shipped_query_is_one_click_away(window: Any) -> None:
    here = window()
    page = here.open()
    assert page.locator("#queries a").count() == len(shipped_queries()) + 1
    page.click("#queries a:has-text('Denied')")
    # The address changes first and the page follows it: until then it shows the answer before.
    page.wait_for_selector("#queries a[aria-current]:has-text('Denied')")
    here.answered()
    assert here.rows() == ["Kestrel Labs acquired Ostara halden 0 Kestrel Labs denied buying Ostara."]
    assert page.inner_text("#status").startswith("1 row in ")
    here.assert_quiet()


def test_parameters_names_and_the_way_back(window: Any) -> None:
    here = window()
    page = here.open("#q=investments")
    here.answered()
    assert len(here.rows()) == 2
    page.fill("#field-investor", "northwind bank")
    page.press("#field-investor", "Enter")
    page.wait_for_function("() => document.querySelectorAll('#answer tbody').length === 1")
    assert page.url.endswith("#q=investments&investor=northwind+bank")
    assert "VALUES ?s { <https://example.org/kg/entity/Northwind_Bank> }" in page.input_value("#sparql")
    page.click("#answer a:has-text('Kestrel Labs')")
    page.wait_for_function("() => document.getElementById('title').textContent.startsWith('Everything')")
    here.answered()
    assert page.input_value("#field-entity") == "Kestrel Labs"
    assert any("ceo_of" in row for row in here.rows())
    assert page.get_attribute("#downloads a", "href").endswith("Kestrel_Labs")
    page.go_back()
    page.wait_for_function("() => document.querySelectorAll('#answer tbody').length === 1")
    assert page.input_value("#field-investor") == "northwind bank"
    here.assert_quiet()


def test_names_are_suggested(window: Any) -> None:
    here = window()
    page = here.open("#q=about")
    assert page.evaluate("document.activeElement.id") == "field-entity"
    page.keyboard.type("kestr")
    page.wait_for_selector("#field-entity-names option[value='Kestrel Labs']", state="attached")
    here.assert_quiet()


def test_a_query_of_ones_own_by_keyboard(window: Any) -> None:
    here = window()
    page = here.open("#q=own")
    page.focus("#sparql")
    page.keyboard.press("Control+a")
    page.keyboard.type("SELECT ?who { ?who news:invested_in ?what } ORDER BY ?who")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#answer tbody")
    assert here.rows() == ["e:Halden", "e:Northwind_Bank"]
    page.locator("#answer a").first.press("Enter")
    page.wait_for_function("() => document.getElementById('field-entity')?.value.endsWith('Halden')")
    here.answered()
    assert here.rows()
    here.assert_quiet()


def test_a_shipped_query_that_was_changed_is_ones_own(window: Any) -> None:
    here = window()
    page = here.open("#q=denied")
    here.answered()
    page.click("#source summary")
    page.fill("#sparql", "ASK { ?s ?p ?o }")
    page.click("#run")
    page.wait_for_selector(".truth")
    assert page.inner_text(".truth") == "Yes"
    assert "q=own" in page.url
    here.assert_quiet()


def test_errors_are_shown_where_they_are(window: Any) -> None:
    here = window()
    page = here.open("#q=own&sparql=SELECT%20*%20%7B%0A%20%20%3Fs%20nwes%3Ax%20%3Fo%0A%7D")
    page.wait_for_selector("#error:not([hidden])")
    assert 'Did you mean "news"?' in page.inner_text("#error")
    place = "[document.activeElement.id, document.activeElement.selectionStart]"
    assert page.evaluate(place) == ["sparql", len("SELECT * {\n  ?s ")]
    here.open("#q=about&entity=Kestl+Labs")
    page.wait_for_selector("#error:not([hidden])")
    assert page.inner_text("#error") == 'nothing is called "Kestl Labs". Did you mean "Kestrel Labs"?'
    here.assert_quiet("400 (Bad Request)")


def test_triples_and_downloads(window: Any) -> None:
    here = window()
    page = here.open("#q=neighbourhood&entity=Halden")
    here.answered()
    assert "e:Halden" in page.inner_text(".triples")
    assert "@prefix owl:" not in page.inner_text(".triples")
    here.open("#q=investments")
    here.answered()
    with page.expect_download() as found:
        page.click("#downloads button:has-text('CSV')")
    assert found.value.suggested_filename == "investments.csv"
    assert found.value.path().read_text(encoding="utf-8").startswith("investor,company,")
    here.assert_quiet()


def test_a_query_can_be_stopped(window: Any) -> None:
    here = window()
    page = here.open("#q=own")
    page.fill("#sparql", FOR_EVER)
    page.click("#run")
    page.click("#stop")
    page.wait_for_function("() => document.getElementById('status').textContent === 'Stopped.'")
    here.assert_quiet()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fragment", ["#q=evidence", "#q=own", "#q=paths&from=Halden&to=Ostara"])
def test_it_fits_a_telephone(window: Any, fragment: str, scheme: str) -> None:
    here = window(width=390, scheme=scheme)
    page = here.open(fragment)
    here.answered()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not page.locator("#choose[open]").count()
    here.assert_quiet()


def test_the_map_is_beside_it(window: Any) -> None:
    here = window()
    page = here.open("#q=about&entity=Kestrel+Labs")
    here.answered()
    page.click("#downloads a")
    page.wait_for_selector("html[data-ready]", state="attached")
    page.wait_for_selector("#card h2:has-text('Kestrel Labs')")


def test_nothing_hostile_runs(window: Any, tmp_path: Path) -> None:
    """Whatever names, sentences and IRIs hold is shown as text."""
    payloads = [text for text in PAYLOADS if text.isprintable()]
    with KnowledgeGraph.create(tmp_path / "graph.db", ONTOLOGY) as graph:
        fill(graph, [extraction("a", "Halden bought Ostara.", ("Halden", "acquired", "Ostara"))])
        ends = [ox.NamedNode(f"{BASE_IRI}entity/{name}") for name in ("Halden", "Ostara")]
        for number, payload in enumerate(payloads):
            node = ox.NamedNode(f"javascript:window.ran={number}")
            label = ox.Literal(payload, language="en")
            graph.engine.add(ox.Quad(ends[0], ox.NamedNode(RDFS.label), label))
            graph.engine.add(ox.Quad(node, ox.NamedNode(RDFS.label), label))
            graph.engine.add(ox.Quad(node, ox.NamedNode(RDF.type), ox.NamedNode(NEWS.Bank)))
        graph.commit()
    with serving(tmp_path / "graph.db") as (address, _):
        here = window(address)
        for fragment in (
            "#q=evidence",
            "#q=entities",
            "#q=own&sparql=SELECT+*+{+?__proto__+rdfs:label+?constructor+}",
        ):
            page = here.open(fragment)
            here.answered()
            assert len(here.rows()) >= len(payloads)
            for link in page.locator("#answer a").all()[:5]:
                assert link.get_attribute("href").startswith("#q=")
        page = here.open("#q=own&sparql=CONSTRUCT+WHERE+{+?s+rdfs:label+?l+}")
        here.answered()
        assert payloads[0] in page.inner_text(".triples")
        here.open("#" + "&".join(f"q={payload}&sparql={payload}" for payload in payloads[:5]))
        assert page.evaluate("window.ran") is None
        here.assert_quiet("400 (Bad Request)")


@pytest.mark.parametrize("file", sorted(PAGE.glob("*.js")), ids=lambda file: file.name)
def test_the_scripts_make_no_markup_from_strings(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    forbidden = (
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|ContextualFragment|\beval\(|new Function"
    )
    assert not re.search(forbidden, text)
    assert not re.search(r"https?://", text)
    assert len(text.splitlines()) <= 400
