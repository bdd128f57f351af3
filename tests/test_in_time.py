"""When things were told, what was so on a day, what changed, what is contested and what several confirm."""

from __future__ import annotations

import pytest

from kg import analyze as of
from kg.analyze import Known
from kg.claims import claims, facts
from kg.graph import KnowledgeGraph
from kg.model import Entity, Qualifiers
from kg.ontology import load_ontology
from kg.resolve import resolve
from kg.vocab import local_name
from tests.factories import extraction, fill, sample

LAW = load_ontology()


def known(*told: str, copies: dict[str, str] | None = None) -> Known:
    """``2020-01-05: Halden acquired Ostara planned`` was said on this day; ``in=2019`` is what it is about.

    Each line is a document of its own, a, b, c … in order; ``like=a`` repeats a sentence word for word.
    """
    found = []
    for number, line in enumerate(told):
        day, _, words = line.rpartition(": ")
        head, predicate, tail, *rest = (word.replace("_", " ") for word in words.split())
        predicate = predicate.replace(" ", "_")
        options = dict(word.split("=", 1) for word in rest if "=" in word)
        status = next((word for word in rest if "=" not in word), "asserted")
        year = options.get("in")
        said = Qualifiers(
            status,
            time=year,
            earliest=year and f"{year}-01-01",
            latest=year and f"{year}-12-31",
            start_date=options.get("since"),
        )
        relation = (head, predicate, f"xsd:gYear={tail}" if tail.isdigit() else tail, said)
        name = chr(ord("a") + number)
        text = f"{head} said {tail}" + (f" {name}." if "same" not in options else ".")
        date = {"date": day} if day else {}
        found.append(extraction(name, text, relation, **date))
    resolution = resolve(found, LAW)
    all_claims = [claim for one in found for claim in claims(one, resolution, LAW)]
    dates = {one.document.id: one.document.date for one in found}
    return Known(tuple(facts(all_claims, LAW)), LAW, dates, copies or {})


@pytest.mark.parametrize(
    ("told", "day", "expected"),
    [
        (["2020-05-01: Halden owns Ostara"], "2020-04", False),
        (["2020-05-01: Halden owns Ostara"], "2020-05", True),
        (["2020-05-01: Halden owns Ostara"], "2023-01-01", True),
        (["2020-05-01: Halden owns Ostara in=2016"], "2018", True),
        (["2020-05-01: Halden owns Ostara planned"], "2023", False),
        (["2020-05-01: Halden owns Ostara denied"], "2023", False),
        (["2020-05-01: Halden owns Ostara", "2022-03-01: Halden owns Ostara ended"], "2022-02-28", True),
        (["2020-05-01: Halden owns Ostara", "2022-03-01: Halden owns Ostara ended"], "2022-03-01", False),
        (["2020-05-01: Halden owns Ostara", "2022-03-01: Halden owns Ostara ended in=2021"], "2022", False),
        (["Halden owns Ostara"], "2020", False),
    ],
)
def test_what_was_so(told: list[str], day: str, expected: bool) -> None:
    found = known(*told)
    (fact,) = found.facts
    assert of.holds(fact, found.dates, day) is expected
    assert bool(of.narrowed(found.facts, {"at": day}, found.dates)) is expected


def test_timeline_by_hand() -> None:
    told = known(
        "2021-02-01: Halden owns Ostara in=2016",
        "2020-01-05: Halden owns Ostara in=2016",
        "2020-03-01: Halden sued Kestrel",
        "2019-01-01: Kestrel sued Lumen",
        "Ivo_Brandt founded Halden",
    )
    halden = next(f.subject for f in told.facts if f.subject.name == "Halden")
    found = of.timeline(told, halden)
    assert [
        (local_name(r.fact.predicate), r.first, r.last, r.reported, r.repeated, r.sources) for r in found
    ] == [
        ("owns", "2016-01-01", "2016-12-31", "2020-01-05", "2021-02-01", 2),
        ("sued", "2020-03-01", None, "2020-03-01", "2020-03-01", 1),
        ("founded", None, None, None, None, 1),
    ]
    assert [claim.evidence.document for claim in found[0].claims] == ["b", "a"]


def test_months_by_hand() -> None:
    told = known(
        "2020-01-05: Halden owns Ostara",
        "2020-01-31: Halden sued Kestrel denied",
        "2020-03: Kestrel sued Lumen",
        "2020: Kestrel sued Halden",
        "Lumen sued Halden",
    )
    assert [(m.month, m.statuses) for m in of.months(told)] == [
        ("2020-01", (("asserted", 1), ("denied", 1))),
        ("2020-03", (("asserted", 1),)),
    ]


@pytest.mark.parametrize(
    ("told", "changes"),
    [
        (["2020-01-05: X acquired Y planned", "2020-06-01: X acquired Y"], ["planned asserted"]),
        (["2020-06-01: X acquired Y", "2020-01-05: X acquired Y planned"], ["planned asserted"]),
        (["2020-01-05: X acquired Y", "2020-06-01: X acquired Y planned"], []),
        (["2020-01-05: X owns Y", "2020-06-01: X owns Y ended"], ["asserted ended"]),
        (["2020-01-05: X owns Y", "2020-01-05: X owns Y ended"], []),
        (["2020-01-05: X owns Y", "2020-06-01: X owns Y"], []),
        (
            ["2020: X owns Y planned", "2021: X owns Y", "2022: X owns Y", "2023: X owns Y ended"],
            ["planned asserted", "asserted ended"],
        ),
        (["2020-01-05: X owns Y planned in=2022", "2021-01-01: X owns Y"], ["planned asserted"]),
        (["2020-01-05: X owns Y planned", "2021-01-01: X owns Y in=2019"], []),
        (["X owns Y planned", "X owns Y"], []),
        (["2020-01-05: X owns Y planned", "2020-06-01: X owns Y denied"], ["planned denied"]),
    ],
)
def test_changes(told: list[str], changes: list[str]) -> None:
    found = of.changes(known(*told))
    assert [f"{c.before.qualifiers.status} {c.after.qualifiers.status}" for c in found] == changes
    assert all(c.earlier < c.later for c in found)


def sides(told: Known) -> list[str]:
    return [
        f"{c.kind} "
        + " ".join(f"{''.join(x.evidence.document for x in s.claims)}{s.sources}" for s in c.sides)
        for c in of.conflicts(told)
    ]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (["X owns Y", "X owns Y denied"], ["denied a1 b1"]),
        (["X owns Y planned", "X owns Y", "X owns Y denied"], ["denied ab2 c1"]),
        (["X owns Y possible", "X owns Y denied"], []),
        (["X owns Y", "X owns Y ended"], []),
        (["X founded_on 2011", "X founded_on 2012"], ["values a1 b1"]),
        (["X founded_on 2011", "X founded_on 2012 denied"], []),
        (["X founded_on 2011", "Y founded_on 2012"], []),
        (["2020: Mira_Solberg ceo_of X", "2020: Ivo_Brandt ceo_of X"], ["values b1 a1"]),
        (["2020: Mira_Solberg ceo_of X", "2021: Ivo_Brandt ceo_of X"], []),
        (["2020: Mira_Solberg ceo_of X", "2021: Ivo_Brandt ceo_of X since=2019"], ["values b1 a1"]),
        (
            ["2019: Mira_Solberg ceo_of X", "2022: Mira_Solberg ceo_of X", "2021: Ivo_Brandt ceo_of X"],
            ["values c1 ab2"],
        ),
        (
            [
                "2019: Mira_Solberg ceo_of X",
                "2020: Mira_Solberg ceo_of X ended",
                "2021: Ivo_Brandt ceo_of X since=2020-06",
            ],
            [],
        ),
        (["Mira_Solberg ceo_of X", "Ivo_Brandt ceo_of X"], []),
        (["2020: X headquartered_in Y", "2020: X headquartered_in Z"], []),
    ],
)
def test_conflicts(told: list[str], expected: list[str]) -> None:
    assert sides(known(*told)) == expected


def test_the_conflict_with_most_sources_comes_first() -> None:
    told = known("A owns B", "A owns B denied", "X owns Y", "X owns Y", "X owns Y denied", "X owns Y denied")
    assert sides(told) == ["denied cd2 ef2", "denied a1 b1"]


def test_values_of_one_sentence_or_of_other_precision_agree() -> None:
    mira, ivo = "Mira Solberg", "Ivo Brandt"
    both = extraction("a", f"{mira} and {ivo} lead X.", (mira, "ceo_of", "X"), (ivo, "ceo_of", "X"))
    years = extraction("b", "X began 2011 or 2011-05.", ("X", "founded_on", "xsd:gYear=2011"))
    months = extraction("c", "X began 2011-05.", ("X", "founded_on", "xsd:gYearMonth=2011-05"))
    found = [both, years, months]
    resolution = resolve(found, LAW)
    told = [claim for one in found for claim in claims(one, resolution, LAW)]
    assert of.conflicts(Known(tuple(facts(told, LAW)), LAW, {"a": "2020", "b": None, "c": None})) == ()


@pytest.mark.parametrize(
    ("told", "copies", "sources", "documents"),
    [
        (["X owns Y", "X owns Y"], {}, 2, 2),
        (["X owns Y", "X owns Y"], {"b": "a"}, 1, 2),
        (["X owns Y", "X owns Y", "X owns Y"], {"b": "a"}, 2, 3),
        (["X owns Y same=1", "X owns Y same=1", "X owns Y"], {}, 2, 3),
        (["X owns Y", "X owns Y denied"], {}, 1, 1),
    ],
)
def test_support(told: list[str], copies: dict[str, str], sources: int, documents: int) -> None:
    (found,) = of.support(known(*told, copies=copies))
    assert (found.sources, found.documents) == (sources, documents)


def test_support_is_that_of_the_query() -> None:
    text = "Halden acquired Ostara on Monday for three billion dollars in cash, both companies said."
    found = [
        extraction("a", text, ("Halden", "acquired", "Ostara")),
        extraction("b", text + " Well.", ("Halden", "acquired", "Ostara")),
        extraction("c", "Now Halden has Ostara.", ("Halden", "acquired", "Ostara")),
    ]
    with KnowledgeGraph.memory() as graph:
        fill(graph, found)
        (row,) = graph.query("corroboration")
        (told,) = of.support(of.known(graph))
        assert of.known(graph).copies == {"b": "a"}
    assert (told.sources, told.documents) == (2, 3)
    assert (str(row.independent), str(row.documents)) == ("2", "3")


def test_known_is_narrowed() -> None:
    with KnowledgeGraph.memory() as graph:
        fill(graph, sample())
        (fact,) = of.known(graph, relations=["uses"], statuses=["planned"]).facts
        assert isinstance(fact.object, Entity)
        assert fact.object.name == "Lumen OS"
        assert of.known(graph).dates["halden"] == "2019-07-22"
        assert len(of.known(graph, at="2020").facts) == 5
