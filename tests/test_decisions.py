"""The decisions file: what it may say, and errors that name file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.decisions import Decisions, Pin, load_decisions
from kg.errors import UsageError
from tests.factories import ONTOLOGY

GOOD = """
# why: the car maker was first
pins:
  - iri: e:Ford
    name: Ford Motor Company
    class: Organization
  - {iri: "https://example.org/kg/entity/Solberg", name: Solberg, class: news:Person, document: 2024-01}
"""


def load(text: str, folder: Path) -> Decisions:
    path = folder / "decisions.yaml"
    path.write_text(text, encoding="utf-8")
    return load_decisions(path, ONTOLOGY)


def test_pins(tmp_path: Path) -> None:
    ford = Pin("Ford", "Ford Motor Company", "Organization")
    assert load(GOOD, tmp_path).pins == (ford, Pin("Solberg", "Solberg", "Person", "2024-01"))


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "pins:\n", "pins: []\n"])
def test_nothing_is_decided(text: str, tmp_path: Path) -> None:
    assert load(text, tmp_path) == Decisions()
    assert load(text, tmp_path).sha256 == ""


def test_only_what_is_said_counts(tmp_path: Path) -> None:
    reordered = "pins:\n" + "".join(
        f"- {{class: {kind}, name: {name}, iri: {iri}{own}}}\n"
        for iri, name, kind, own in (
            ("e:Solberg", "Solberg", "Person", ", document: '2024-01'"),
            ("e:Ford", "Ford Motor Company", "Organization", ""),
        )
    )
    assert load(reordered, tmp_path).sha256 == load(GOOD, tmp_path).sha256
    assert load(GOOD.replace("e:Ford", "e:Fiat"), tmp_path).sha256 != load(GOOD, tmp_path).sha256


PIN = "pins:\n- {iri: e:Ford, name: Ford, class: Organization}\n"


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("pin:\n  - a", 1, '"pin" is not known. Did you mean "pins"?'),
        ("\nmerge: []", 2, '"merge" is not known. Did you mean "merges"?'),
        ("- a\n- b", 1, "here stand names and values: pins: …"),
        ("pins: e:Ford", 1, '"pins" is a list'),
        ("pins:\n- e:Ford", 2, "here stand names and values: iri: …, name: …"),
        ("pins:\n- iri: e:Ford\n  name: Ford", 2, 'the pin has no "class"'),
        (PIN + "- {name: Fiat, class: Organization}", 3, 'the pin has no "iri"'),
        (PIN.replace("Organization", "Organisation"), 2, 'no class "Organisation". Did you mean "Organiz'),
        (PIN.replace("e:Ford", "Ford"), 2, '"Ford" is no IRI of an entity; one looks like e:Ford'),
        (PIN.replace("e:Ford", "e:Ford Inc."), 2, 'is no IRI of an entity; one looks like e:Ford_Inc'),
        (PIN.replace("e:Ford", "http://x.example/Ford"), 2, "one looks like e:Ford"),
        (PIN.replace("name: Ford", "name: [Ford]"), 2, '"name" is not a text'),
        (PIN.replace("name: Ford", "name: true"), 2, '"name" is not a text'),
        (PIN.replace("name: Ford", 'name: ""'), 2, '"name" is not a text'),
        (PIN.replace("name", "label"), 2, '"label" is not known.'),
        ("pins:\n- {iri: e:Ford", 2, "not YAML: "),
        ("pins: []\npins: []", 2, "not YAML: "),
        ("pins:\n\t- a", 2, "not YAML: "),
        ("[" * 1000, 1, "nested too deeply"),
        (PIN.replace("class", "document: 2024-01-02, class"), 2, "is not a text; put it in quotes"),
    ],
)  # fmt: skip
def test_errors_have_file_and_line(text: str, line: int, message: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        load(text, tmp_path)
    assert str(raised.value).startswith(f"{tmp_path / 'decisions.yaml'}:{line}: ")
    assert message in str(raised.value)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none.yaml: the decisions cannot be read: No such file"):
        load_decisions(tmp_path / "none.yaml", ONTOLOGY)
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\0")
    with pytest.raises(UsageError, match="not UTF-8 text"):
        load_decisions(tmp_path / "binary.yaml", ONTOLOGY)
