"""``kg evaluate``: what counts as right, wrong and missed, on hand-made gold; then a real run."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.evaluate import Evaluation, compare, evaluate, load_gold, parse_gold
from kg.evaluate import gold as gold_format
from kg.model import STATUSES, Account, Document, Evidence, Extraction, Literal, Mention, Qualifiers, Relation
from kg.ontology import Ontology, load_ontology
from tests.running import run_kg

THINGS = {"Halden": 0, "Halden Motors": 0, "Marlow": 1, "Corvane": 2, "Ida Moe": 3}


@cache
def law() -> Ontology:
    return load_ontology()


def mention(name: str) -> Mention:
    number = THINGS.get(name, 9)
    return Mention(number, number + 1, name, "Organization", name, number)


def relation(said: str) -> Relation:
    """``Halden sued Marlow denied time=2019`` as a relation; an object of digits is a value."""
    names = "|".join(sorted(THINGS, reverse=True))
    statuses = "|".join(STATUSES)
    found = re.fullmatch(rf"({names}) (\w+) ([^=]+?)(?: ({statuses}))?((?: \w+=\S+)*)", said)
    assert found is not None
    subject, predicate, value, status, options = found.groups()
    given = dict(option.split("=") for option in options.split())
    speaker = given.pop("by", None)
    qualifiers = Qualifiers(status=status or "asserted", **given)
    tail = Literal(value, "xsd:gYear") if value[0].isdigit() else mention(value)
    evidence = Evidence("a", said, 0, len(said), predicate, 0, 1, f"construction {predicate}")
    return Relation(
        predicate,
        predicate,
        mention(subject),
        tail,
        qualifiers,
        evidence,
        mention(speaker) if speaker else None,
    )


def judged(gold: str, *said: str, more: str = "", names: tuple[str, ...] = ()) -> Evaluation:
    (article,) = parse_gold(f"- {{id: a, text: t, gold: [{gold}]{more}}}", "gold.yaml")
    mentions = tuple(mention(name) for name in names)
    found = Extraction(Document("a", "t"), mentions, tuple(relation(line) for line in said))
    return compare([(article, Account(found, (), ()))], law())


SUED = "[Halden, sued, Marlow, asserted]"
# gold, what was found, further keys of the article → right, wrong, missed, right status, kinds of findings
CASES: dict[str, tuple[str, list[str], str, tuple[int, int, int, int], list[str]]] = {
    "found": (SUED, ["Halden sued Marlow"], "", (1, 0, 0, 1), []),
    "twice is once": (SUED, ["Halden sued Marlow", "Halden sued Marlow"], "", (1, 0, 0, 1), []),
    "missed": (SUED, [], "", (0, 0, 1, 0), ["miss"]),
    "false": ("", ["Halden sued Marlow"], "", (0, 1, 0, 0), ["false"]),
    "turned round": (SUED, ["Marlow sued Halden"], "", (0, 1, 1, 0), ["false", "miss"]),
    "wrong status": (SUED, ["Halden sued Marlow planned"], "", (1, 0, 0, 0), ["status"]),
    "one wrong status of two": (
        SUED,
        ["Halden sued Marlow", "Halden sued Marlow denied"],
        "",
        (1, 0, 0, 0),
        ["status"],
    ),
    "status that is ok": (
        SUED,
        ["Halden sued Marlow", "Halden sued Marlow denied"],
        ", ok: [[Halden, sued, Marlow, denied]]",
        (1, 0, 0, 1),
        [],
    ),
    "two statuses in gold": (
        f"{SUED}, [Halden, sued, Marlow, ended]",
        ["Halden sued Marlow ended"],
        "",
        (1, 0, 0, 1),
        [],
    ),
    "alias": (SUED, ["Halden Motors sued Marlow"], ", aliases: {Halden: [Halden Motors]}", (1, 0, 0, 1), []),
    "articles and possessives": (
        '["the Halden", sued, "Marlow\'s", asserted]',
        ["Halden sued Marlow"],
        "",
        (1, 0, 0, 1),
        [],
    ),
    "symmetric": (
        "[Marlow, merged_with, Halden, asserted]",
        ["Halden merged_with Marlow"],
        "",
        (1, 0, 0, 1),
        [],
    ),
    "inverse": ("[Halden, customer_of, Marlow, asserted]", ["Marlow supplies Halden"], "", (1, 0, 0, 1), []),
    "entailed": (
        "[Ida Moe, ceo_of, Marlow, asserted]",
        ["Ida Moe works_for Marlow"],
        "",
        (0, 0, 1, 0),
        ["miss"],
    ),
    "ok": ("", ["Halden sued Marlow"], ", ok: [[Halden, sued, Marlow, any]]", (0, 0, 0, 0), []),
    "ok with another status": (
        "",
        ["Halden sued Marlow"],
        ", ok: [[Halden, sued, Marlow, denied]]",
        (0, 1, 0, 0),
        ["false"],
    ),
    "ok with every object": (
        "",
        ["Halden sued Marlow"],
        ', ok: [[Halden, sued, "*", any]]',
        (0, 0, 0, 0),
        [],
    ),
    "ok, symmetric": (
        "",
        ["Marlow merged_with Halden"],
        ', ok: [[Halden, merged_with, "*", any]]',
        (0, 0, 0, 0),
        [],
    ),
    "ok entails gold": (
        "[Ida Moe, works_for, Marlow, asserted]",
        ["Ida Moe ceo_of Marlow"],
        ", ok: [[Ida Moe, ceo_of, Marlow, any]]",
        (0, 0, 0, 0),
        [],
    ),
    "more exact date": (
        '[Halden, founded_on, "2011", asserted]',
        ["Halden founded_on 2011-05"],
        "",
        (1, 0, 0, 1),
        [],
    ),
    "less exact date": (
        '[Halden, founded_on, "2011-05", asserted]',
        ["Halden founded_on 2011"],
        "",
        (0, 1, 1, 0),
        ["false", "miss"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_counts(name: str) -> None:
    gold, said, more, figures, kinds = CASES[name]
    result = judged(gold, *said, more=more)
    total = result.total
    assert (total.right, total.wrong, total.missed, total.status_right) == figures
    assert [finding.kind for finding in result.findings] == kinds


def test_a_thing_with_the_names_of_two_is_a_wrong_merge() -> None:
    result = judged(SUED, "Halden sued Marlow", names=("Marlow", "Halden"))
    assert result.total.right == 1
    both = parse_gold(f"- {{id: a, text: t, gold: [{SUED}]}}", "gold.yaml")[0]
    one = Mention(0, 1, "Marlow", "Organization", "Marlow", 0)  # the number of Halden
    found = Extraction(Document("a", "t"), (one,), (relation("Halden sued Corvane"),))
    (merge, miss) = compare([(both, Account(found, (), ()))], law()).findings
    assert (merge.kind, miss.kind) == ("merge", "miss")


@pytest.mark.parametrize(
    ("wanted", "said", "right"),
    [
        ("{time: '2019'}", "Halden sued Marlow time=2019", 1),
        ("{time: '2019'}", "Halden sued Marlow time=2019-06", 1),
        ("{time: 2019-06}", "Halden sued Marlow time=2019", 0),
        ("{amount: USD 20000000}", "Halden sued Marlow amount=20000000 currency=USD", 1),
        ("{amount: 11 %}", "Halden sued Marlow percent=11", 1),
        ("{attributed_to: the Ida Moe}", "Halden sued Marlow by=Corvane", 0),
        ("{attributed_to: the Corvane}", "Halden sued Marlow by=Corvane", 1),
        ("{attributed_to: Corvane, time: '2019'}", "Halden sued Marlow by=Corvane", 1),
    ],
)
def test_qualifiers(wanted: str, said: str, right: int) -> None:
    result = judged(f"[Halden, sued, Marlow, asserted, {wanted}]", said)
    asked = wanted.count(":")
    assert (result.total.qualifiers_asked, result.total.qualifiers_right) == (asked, right)
    assert [finding.kind for finding in result.findings] == ["qualifier"] * (asked - right)


def test_figures_by_relation_and_construction() -> None:
    gold = f"{SUED}, [Halden, acquired, Marlow, asserted], [Halden, owns, Corvane, asserted]"
    result = judged(gold, "Halden sued Marlow", "Halden acquired Corvane", "Halden owns Corvane denied")
    assert {name: (c.right, c.wrong, c.missed) for name, c in result.relations.items()} == {
        "sued": (1, 0, 0),
        "acquired": (0, 1, 1),
        "owns": (1, 0, 0),
    }
    assert {name: c.precision for name, c in result.constructions.items()} == {
        "construction sued": 1.0,
        "construction acquired": 0.0,
        "construction owns": 1.0,
    }
    total = result.total
    assert (total.precision, total.recall, total.f1, total.status_accuracy) == (2 / 3, 2 / 3, 2 / 3, 0.5)
    plain = result.as_json()
    assert json.loads(json.dumps(plain)) == plain
    assert plain["total"]["f1"] == 0.6667  # type: ignore[index]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {id: a", "gold.yaml:1: not valid YAML or JSON"),
        ("id: a", "gold.yaml: gold is a list of articles"),
        ("- {id: a, text: t}", r"article 1 \(a\): id and gold must be there"),
        ("- {id: a, gold: [], text: t, golds: []}", 'unknown key "golds". Did you mean "gold"?'),
        ("- {id: a, gold: []}", "one of text and file must be there"),
        ("- {id: a, gold: [], file: gone.txt}", "the text gone.txt cannot be read"),
        ("- {id: a, gold: [[x, sued, y]], text: t}", r"article 1 \(a\), gold 1: a claim is \[subject"),
        ("- {id: a, gold: [[x, sued, y, denid]], text: t}", 'no status "denid". Did you mean "denied"?'),
        ("- {id: a, gold: [[x, sued, y, any, {when: 1}]], text: t}", "qualifiers are time, amount"),
        ("- {id: a, gold: [], text: t}\n- {id: a, gold: [], text: t}", 'two articles have the id "a"'),
    ],
)
def test_malformed_gold_is_an_error_with_its_place(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        parse_gold(text, "gold.yaml")


def test_a_relation_that_the_ontology_does_not_have() -> None:
    articles = parse_gold("- {id: a, text: t, gold: [[x, aquired, y, any]]}", "gold.yaml")
    with pytest.raises(InputError, match='article a: the ontology has no relation "aquired"'):
        evaluate(articles, law())


def test_the_documented_example_can_be_read(tmp_path: Path) -> None:
    documented = re.search(r"::\n\n((?:    .*\n|\n)+)", gold_format.__doc__ or "")
    assert documented is not None
    body = documented[1].replace("      file: texts/orchard.txt", "      #")
    (tmp_path / "one.yaml").write_text(body, encoding="utf-8")
    (article,) = load_gold(tmp_path)  # a folder is all its files
    assert article.document.date == "2025-06-02"
    assert article.gold[0].qualifiers == {"amount": "USD 20000000"}
    assert len(article.ok[0].statuses) == 5


@pytest.mark.model
def test_why_claims_were_missed() -> None:
    text = (
        "Brightwater Capital fined Marlow Foods. Brightwater Capital sued a baker of Corvane Systems. "
        "Maria Jensen acquired Sam Okoro. Sam Okoro praised Maria Jensen. Halden Motors began near Oslo."
    )
    claims = [
        ["Brightwater Capital", "fined", "Corvane Systems", "any"],
        ["Brightwater Capital", "sued", "Corvane Systems", "any"],
        ["Maria Jensen", "acquired", "Sam Okoro", "any"],
        ["Marlow Foods", "sued", "Corvane Systems", "any"],
        ["Nobody", "sued", "Corvane Systems", "any"],
        ["Halden Motors", "founded_on", "1999", "any"],
    ]
    row = {"id": "a", "text": text, "gold": claims}
    result = evaluate(parse_gold(json.dumps([row]), "gold.json"), law())
    missed = {(f.subject, f.predicate): (f.cause, f.detail) for f in result.findings if f.kind == "miss"}
    assert missed["Brightwater Capital", "fined"][0] == "no frame fits"
    assert missed["Brightwater Capital", "sued"] == (
        "frame silent",
        'lex:verb "sue": the object "a baker" stands for no name',
    )
    assert missed["Maria Jensen", "acquired"][0] == "rejected"
    assert missed["Marlow Foods", "sued"] == ("names never in one sentence", "")
    assert missed["Nobody", "sued"] == ("name not seen", "Nobody")
    assert missed["Halden Motors", "founded_on"] == ("names never in one sentence", "")
    assert sum(result.causes.values()) == result.total.missed == 6


@pytest.mark.model
def test_a_real_run(tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text(
        "Brightwater Capital plans to acquire Marlow Foods. Marlow Foods sued Corvane Systems in 2019.\n"
    )
    gold = [
        ["Brightwater Capital", "acquired", "Marlow", "planned"],
        ["Marlow", "sued", "Corvane Systems", "denied", {"time": "2019"}],
        ["Marlow", "fined", "Corvane Systems", "asserted"],
    ]
    article = {"id": "a", "file": "text.txt", "aliases": {"Marlow": ["Marlow Foods"]}, "gold": gold}
    (tmp_path / "gold.json").write_text(json.dumps([article], indent="\t"), encoding="utf-8")
    shown = run_kg(["evaluate", "gold.json", "--show"], cwd=tmp_path).stdout
    assert "a: miss: Marlow —fined→ Corvane Systems  (wanted: asserted; no frame fits)" in shown
    assert "a: status: Marlow Foods —sued→ Corvane Systems  (asserted, wanted: denied; verb)" in shown
    assert re.search(r"cause of misses +claims\nno frame fits +1\n", shown)
    assert "precision 1.000  recall 0.667  F1 0.800\nstatus accuracy 0.500  qualifiers 1 of 1" in shown
    plain = json.loads(run_kg(["evaluate", "gold.json", "--json"], cwd=tmp_path).stdout)
    assert plain["total"]["f1"] == 0.8
    assert [finding["kind"] for finding in plain["findings"]] == ["status", "miss"]
    assert plain["constructions"]["verb"]["right"] == 1
    failed = run_kg(["evaluate", "gone.yaml"], cwd=tmp_path, code=1)
    assert failed.stderr == "kg: gone.yaml: cannot be read: No such file or directory\n"
