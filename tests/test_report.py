"""The report: its figures are the graph's, its charts are plain drawings, its links lead into the page."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.analyze import Known, analyze, changes, conflicts, known, months, overview
from kg.diff import diff
from kg.diff import render as render_diff
from kg.documentation import document
from kg.errors import KGError
from kg.graph import KnowledgeGraph
from kg.look.claims import Links, value
from kg.model import Document, Fact, Qualifiers
from kg.report import page_beside, render, report
from kg.report.charts import bars, columns
from kg.report.contents import Contents, contents
from tests.factories import ONTOLOGY, extraction, fill, sample_graph
from tests.page.sample import sample
from tests.running import ROOT
from tests.test_diff import old


def shown(graph: KnowledgeGraph) -> Contents:
    return contents(known(graph), graph.documents(), Links(None, ()))


def told(facts: list[Fact], documents: list[Document]) -> Known:
    return Known(tuple(facts), ONTOLOGY, {document.id: document.date for document in documents})


def made(top: int = 12) -> Contents:
    facts, documents = sample()
    return contents(told(facts, documents), documents, Links("graph.html", facts), top)


def test_the_figures_are_those_of_the_graph() -> None:
    facts, documents = sample()
    found = made()
    assert found.sums == overview(facts, {document.id: document.date for document in documents})
    measures = {m.entity.name: m for m in analyze(facts).measures}
    for row in found.central:
        assert (row.links, row.pagerank) == (measures[row.name].degree, measures[row.name].pagerank)
    claims = [claim for fact in facts for claim in fact.claims]
    assert sum(sum(row.statuses.values()) for row in found.relations) == len(claims)
    assert {chart.title for chart in found.charts} >= {"Claims by relation", "Things by class"}
    by_status = Counter(claim.qualifiers.status for claim in claims)
    assert sum((Counter(row.statuses) for row in found.relations), Counter()) == by_status
    assert sum(source.claims for source in found.sources) == len(claims)


def test_disputes_changes_and_months_are_those_of_the_analysis() -> None:
    lines = "Halden will buy Ostara.\nHalden bought Ostara.\nHalden denied buying Ostara."
    said = [
        extraction(
            str(n), line, ("Halden", "acquired", "Ostara", Qualifiers(status=status)), date=f"2024-0{n}-01"
        )
        for n, (line, status) in enumerate(
            zip(lines.split("\n"), ("planned", "asserted", "denied"), strict=True), 1
        )
    ]
    with fill(KnowledgeGraph.memory(ONTOLOGY), said) as graph:
        found, everything = shown(graph), known(graph)
    sections = {section.name: section for section in found.sections}
    assert sections["disputed"].count == len(conflicts(everything)) == 1
    assert [side.statuses for side in sections["disputed"].groups[0]] == [
        ("asserted", "planned"),
        ("denied",),
    ]
    assert sections["changed"].count == len(changes(everything)) == 2
    assert [claim.status for claim in sections["changed"].groups[0][0].told] == ["asserted", "denied"]
    (chart,) = (chart for chart in found.charts if chart.title == "Claims by month of report")
    assert chart.columns == [(month.month, len(month.claims)) for month in months(everything)]


def test_charts_are_sorted_and_no_longer_than_asked() -> None:
    for chart in made(top=3).charts:
        lengths = [sum(parts.values()) for _, parts in chart.rows]
        assert lengths == sorted(lengths, reverse=True)
        assert len(lengths) <= 3
    assert made(top=3).connected > len(made(top=3).central) == 3


def test_every_row_has_its_sentences() -> None:
    found = made()
    texts = {document.id: document.text for document in sample()[1]}
    behind = [fact for row in (*found.central, *found.relations) for fact in row.shown]
    behind += [fact for section in found.sections for group in section.groups for fact in group]
    assert behind
    for claim in (claim for fact in behind for claim in fact.told):
        assert texts[claim.document][claim.start : claim.end] == claim.before + claim.trigger + claim.after
    assert all(fact.told for fact in behind)


def test_sources_that_repeat_another_are_no_corroboration() -> None:
    text = "Halden invested in Ostara.\n" + "It is a long story that both of the papers tell. " * 3
    said = [extraction(id_, text, ("Halden", "invested_in", "Ostara")) for id_ in "ab"]
    other = extraction("c", "Halden invested in Kestrel Labs.", ("Halden", "invested_in", "Kestrel Labs"))
    longer = "On Monday and quite late Halden invested in Kestrel Labs."
    more = extraction(
        "d",
        longer,
        ("Halden", "invested_in", "Kestrel Labs"),
    )
    with fill(KnowledgeGraph.memory(ONTOLOGY), [*said, other, more]) as graph:
        found = shown(graph)
    (section,) = (s for s in found.sections if s.name == "corroborated")
    assert [fact.object for (fact,) in section.groups] == ["Kestrel Labs"]
    assert [source.copy_of for source in found.sources if source.title in "ab"] == ["", "a"]


@pytest.mark.parametrize(
    ("times", "title", "first", "last", "count"),
    [
        (("2024-11-03", "2025-02"), "Claims by month", "2024-11", "2025-02", 4),
        (("2019", "2024-11-03"), "Claims by year", "2019", "2024", 6),
        (("1830", "2024"), "Claims by year", "1977", "2024", 48),
    ],
)
def test_time_is_told_by_month_or_by_year(
    times: tuple[str, ...], title: str, first: str, last: str, count: int
) -> None:
    lines = [f"Halden sells to Ostara{n}." for n, _ in enumerate(times)]
    relations = [
        ("Halden", "supplies", f"Ostara{n}", Qualifiers(earliest=time, latest=time))
        for n, time in enumerate(times)
    ]
    with fill(KnowledgeGraph.memory(ONTOLOGY), [extraction("a", "\n".join(lines), *relations)]) as graph:
        found = shown(graph)
    (chart,) = (chart for chart in found.charts if chart.title in ("Claims by month", "Claims by year"))
    assert (chart.title, chart.columns[0][0], chart.columns[-1][0]) == (title, first, last)
    assert len(chart.columns) == count
    earlier = re.search(r"Before \d+: (\d+)", chart.about)
    assert sum(number for _, number in chart.columns) + int(earlier[1] if earlier else 0) == len(times)


def test_a_chart_is_a_plain_drawing() -> None:
    hostile = "</text><script>$x^2$</script>\x00\ud800" + "long " * 30
    drawing = str(
        bars([(hostile, {"asserted": 3, "denied": 1}), ("b", {"asserted": 1})], "n", ("asserted", "denied"))
    )
    for svg in (
        drawing,
        str(columns([("2024", 2), ("2025", 1)], "m")),
    ):
        for element in ElementTree.fromstring(svg).iter():
            assert element.tag in {"svg", "g", "defs", "path", "use", "text", "clipPath", "rect"}
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"]
            assert all(link.startswith("#") for link in (element.get("href", "#"),))
    words = ["".join(element.itertext()) for element in ElementTree.fromstring(drawing).iter("text")]
    assert words[0].startswith("</text><script>$x^2$</script>")
    assert words[0].endswith("…")
    assert words[1:] == ["4", "b", "1"]
    assert "var(--denied)" in drawing


def test_a_link_names_what_the_page_names() -> None:
    facts, _ = sample()
    links = Links("../my graph.html", facts)
    (fact,) = (f for f in facts if value(f.object) == "Cobalt & Pine")
    assert links.entity(fact.subject.iri) == "../my%20graph.html#e=Halvorsen_Energy"
    assert links.fact(fact).startswith("../my%20graph.html#f=Halvorsen_Energy~")
    assert Links(None, facts).entity(fact.subject.iri) == Links(None, facts).fact(fact) == ""


def test_the_page_is_found_beside_the_store(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    store = str(tmp_path / "out" / "graph.db")
    assert page_beside(store, tmp_path / "report.html") is None
    (tmp_path / "out" / "graph.html").write_text("page", encoding="utf-8")
    assert page_beside(store, tmp_path / "report.html") == "out/graph.html"
    assert page_beside(store, tmp_path / "out" / "report.html") == "graph.html"
    assert page_beside(store, tmp_path / "other" / "report.html") == "../out/graph.html"
    assert page_beside("http://localhost:1/", tmp_path / "report.html") is None


def test_it_is_the_same_bytes_in_every_process(tmp_path: Path) -> None:
    code = (
        "import sys; from tests.factories import sample_graph; from kg.report import report\n"
        "from kg.diff import diff, render, write\n"
        "from tests.test_diff import old\n"
        "from kg.documentation import document\n"
        "report(sample_graph(), sys.argv[1]); write(render(diff(old(), sample_graph())), sys.argv[2])\n"
        "document(sys.argv[3], 'tests/domains/museum.ttl')"
    )
    other = [tmp_path / f"{name}-4711.html" for name in ("report", "diff", "ontology")]
    command = [sys.executable, "-c", code, *map(str, other)]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "4711"}, check=True)
    here = report(sample_graph(), tmp_path / "report.html").read_bytes()
    assert here == other[0].read_bytes()
    assert render_diff(diff(old(), sample_graph())).encode() == other[1].read_bytes()
    page = document(tmp_path / "ontology.html", ROOT / "tests" / "domains" / "museum.ttl")
    assert page.read_bytes() == other[2].read_bytes()


def test_an_empty_graph_has_a_report() -> None:
    html = render(contents(told([], []), [Document("a", "Nothing.")], Links(None, ())), "Nothing", None)
    assert "The graph has no claim." in html


def test_without_matplotlib_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(KGError, match=r"pip install 'claimgraph\[report\]'"):
        bars([("a", {"accent": 1})], "n")
