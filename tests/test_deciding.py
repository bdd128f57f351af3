"""Decisions that people make: written down, followed at once, told where they fit nothing."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest

import kg.decisions
from kg.decisions import (
    Called,
    Decision,
    Decisions,
    Merge,
    Pin,
    Split,
    Verdict,
    add_decisions,
    load_decisions,
)
from kg.errors import UsageError
from kg.model import Extraction, Qualifiers
from kg.resolve import compare
from kg.resolve.explained import explain, named
from kg.verdicts import Verdicts
from tests.factories import ONTOLOGY, extraction
from tests.running import ROOT
from tests.test_resolve_rules import LAW, outcome, texts

HALDEN, ORIEL = Called("Halden", "Organization"), Called("Oriel", "Organization", "a")
SAID = Verdict("a", "Halden sued Oriel.", "Halden", "acquired", "Oriel", "correct", None, "denied")
ALL: list[Decision] = [Pin("Halden", "Halden", "Organization"), Merge(HALDEN, ORIEL), Split(ORIEL), SAID]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    file = tmp_path / "decisions.yaml"
    for decision in ALL:
        add_decisions(file, [decision])
    assert load_decisions(file, ONTOLOGY) == Decisions.of(iter(ALL))
    add_decisions(file, ALL)
    assert load_decisions(file, ONTOLOGY) == Decisions.of(iter(ALL))


def test_comments_and_order_stay(tmp_path: Path) -> None:
    file = tmp_path / "decisions.yaml"
    first = "# ours\nsplits:\n  - {name: Oriel, class: Organization} # why: two firms\n"
    rest = "\n# none yet\npins: []\n"
    file.write_text(first + rest, encoding="utf-8")
    add_decisions(file, [Split(HALDEN)])
    added = "  - name: Halden\n    class: Organization\n"
    assert file.read_text(encoding="utf-8") == first + added + rest
    assert load_decisions(file, ONTOLOGY).splits == (Split(HALDEN), Split(Called("Oriel", "Organization")))


def test_the_last_verdict_on_a_claim_counts(tmp_path: Path) -> None:
    file = tmp_path / "decisions.yaml"
    file.write_text("# nothing yet\n", encoding="utf-8")
    other = replace(SAID, verdict="accept", status=None)
    add_decisions(file, [SAID])
    add_decisions(file, [other])
    assert load_decisions(file, ONTOLOGY).claims == (other,)
    assert file.read_text(encoding="utf-8").startswith("# nothing yet\n")


MERGE = "merges:\n- thing: {name: Halden, class: Organization}\n  into: {name: Oriel, class: Organization}\n"
CLAIM = """claims:
- document: a
  sentence: Halden sued Oriel.
  subject: Halden
  relation: acquired
  object: Oriel
  verdict: accept
"""


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (MERGE.replace("Oriel", "Halden"), 2, "the merge puts Halden (Organization) into itself"),
        (MERGE.replace("  into: {name: Oriel, class: Organization}\n", ""), 2, 'the merge has no "into"'),
        (MERGE.replace("Oriel, class: Organization", "Oriel, class: Firm"), 3, 'no class "Firm"'),
        (MERGE.replace("{name: Oriel, class: Organization}", "Oriel"), 3, "here stand names and values"),
        ("splits:\n- {class: Organization}", 2, 'the thing has no "name"'),
        ("splits:\n- {name: A, class: Person, documents: a}", 2, 'Did you mean "document"?'),
        (CLAIM.replace("accept", "good"), 7, 'there is no verdict "good"'),
        (CLAIM.replace("relation: acquired", "relation: aquired"), 5, 'Did you mean "acquired"?'),
        (CLAIM.replace("accept", "correct"), 2, 'the verdict "correct", and no other, has "correct:'),
        (CLAIM + "  correct: {status: denied}\n", 2, 'the verdict "correct", and no other, has "correct:'),
        (CLAIM.replace("accept", "correct") + "  correct: {}\n", 8, "nothing is corrected"),
        (CLAIM.replace("accept", "correct") + "  correct: {status: true}\n", 8, "is not a text"),
        (CLAIM.replace("accept", "correct") + "  correct: {status: never}\n", 8, 'no status "never"'),
        (CLAIM.replace("  subject: Halden\n", ""), 2, 'the claim has no "subject"'),
    ],
)  # fmt: skip
def test_errors_have_file_and_line(text: str, line: int, message: str, tmp_path: Path) -> None:
    file = tmp_path / "decisions.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError) as raised:
        load_decisions(file, ONTOLOGY)
    assert str(raised.value).startswith(f"{file}:{line}: ")
    assert message in str(raised.value)


def test_what_the_readme_shows_is_read(tmp_path: Path) -> None:
    (shown,) = re.findall(r"^```yaml\n(pins:.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.M | re.S)
    file = tmp_path / "decisions.yaml"
    for text in (shown, str(kg.decisions.__doc__).partition("::\n")[2].rpartition("\n\n")[0]):
        file.write_text(textwrap.dedent(text), encoding="utf-8")
        assert len(list(load_decisions(file, LAW))) == 4


# ---- verdicts on claims -----------------------------------------------------------------------------

TEXT = extraction(
    "a",
    "Halden acquired Oriel.\nNorda is a partner of Halden.\nHalden was valued at 300.\nVesper owns Norda.",
    ("Halden", "acquired", "Oriel"),
    ("Norda", "partner_of", "Halden"),
    ("Halden", "valued_at", "xsd:decimal=300"),
    ("Norda", "parent_of", "Vesper", Qualifiers()),
)


def told(found: Extraction) -> list[tuple[str, str, float | None]]:
    return [(r.predicate, r.qualifiers.status, r.score) for r in found.relations]


def judged(sentence: str, subject: str, predicate: str, value: str, said: str, **right: str) -> Extraction:
    verdicts = Verdicts([Verdict("a", sentence, subject, predicate, value, said, **right)], ONTOLOGY)
    found = verdicts.apply(TEXT)
    assert verdicts.unused() == []
    return found


def test_a_claim_is_accepted_rejected_or_corrected() -> None:
    said = ("Halden acquired Oriel.", "halden", "acquired", "Oriel")
    before = told(TEXT)
    assert told(judged(*said, "accept")) == [("acquired", "asserted", 1.0), *before[1:]]
    assert told(judged(*said, "reject")) == before[1:]
    assert told(judged(*said, "correct", status="denied")) == [("acquired", "denied", 1.0), *before[1:]]
    assert told(judged(*said, "correct", relation="invested_in"))[0] == ("invested_in", "asserted", 1.0)


def test_symmetric_claims_values_and_inverses() -> None:
    before = told(TEXT)
    both = judged("Norda is a partner of Halden.", "Halden", "partner_of", "Norda", "reject")
    assert told(both) == [before[0], *before[2:]]
    value = judged("Halden was valued at 300.", "Halden", "valued_at", "300", "reject")
    assert told(value) == [*before[:2], before[3]]
    # The graph states the other direction of parent_of.
    inverse = judged("Vesper owns Norda.", "Vesper", "subsidiary_of", "Norda", "correct", relation="acquired")
    last = inverse.relations[-1]
    assert (last.head.name, last.predicate, getattr(last.tail, "name", "")) == ("Vesper", "acquired", "Norda")


def test_verdicts_on_what_nobody_says_are_told() -> None:
    verdict = Verdict("a", "Halden never acquired Oriel.", "Halden", "acquired", "Oriel", "reject")
    verdicts = Verdicts([verdict], ONTOLOGY)
    assert verdicts.apply(TEXT) == TEXT
    assert verdicts.unused() == [verdict]
    assert str(verdict) == "the verdict on Halden acquired Oriel in a"


# ---- why names are one thing's ------------------------------------------------------------------------

NAMED = texts(
    "The [North Sea Trust](o:a) ([NST](o:a)) rose. It met [Mira Solberg](p:m).",
    "Bad news. [NST](o:a) sold [Halden Inc](o:h). Good!",
    "[Halden](o:h) and [Halden](l:t). [Halden Research](o:r) too.",
    "[Dr Mira Solberg](p:m) sang. [Solberg](p:s) did not.",
)


def test_an_explanation_names_reasons_and_sentences() -> None:
    found = outcome(NAMED)
    documents = {known.document.id: known.document for known, _ in NAMED}
    (trust,) = explain(found, named(found, "nst"), lambda ids: [documents[id_] for id_ in sorted(ids)])
    assert [(name.name, name.reason, name.because) for name in trust.names] == [
        ("North Sea Trust", "same name", ""),
        ("NST", "another name, within a document", ""),
        ("NST", "acronym with its long form", "d0 calls it both"),
    ]
    assert [place.sentence for place in trust.names[2].places] == ["NST sold Halden Inc."]
    (halden,) = [e for e in explain(found, named(found, "Halden"), lambda _: []) if "Organ" in e.entity.type]
    assert {name.name: name.reason for name in halden.names} == {
        "Halden Inc": "same name",
        "Halden": "legal suffix",
    }
    assert {(other.entity.name, other.because) for other in halden.refused} == {
        ("Halden", "the classes exclude each other: Organization, Place")
    }
    (research,) = explain(found, named(found, "Halden Research"), lambda _: [])
    assert "no text calls it so" in {other.because for other in research.refused}


def test_an_explanation_of_a_person() -> None:
    found = outcome(NAMED)
    (mira,) = explain(found, named(found, "Mira Solberg"), lambda _: [])
    assert {name.name: name.reason for name in mira.names}["Dr Mira Solberg"] == "title"
    assert named(found, "e:Mira_Solberg") == named(found, mira.entity.iri) == [mira.entity.iri]
    assert compare([], LAW).resolution.entities == ()
