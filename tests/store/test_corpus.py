"""The corpus: what goes in comes out, and nothing else stays."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpus import Corpus, built_with, recorded
from kg.errors import StoreError
from kg.model import Document, Evidence, Extraction, Literal, Mention, Qualifiers, Relation
from tests.factories import sample

text = st.text(max_size=8) | st.sampled_from(["\ud83d", "Łódź 🎉", 'a "b" \\'])
number = st.integers(0, 10_000)
maybe_text = st.none() | text
documents = st.builds(Document, text, text, maybe_text, maybe_text, maybe_text)
mentions = st.builds(Mention, number, number, text, text, text, number, text)
literals = st.builds(Literal, text, text, text, number, number, maybe_text)
qualifiers = st.builds(Qualifiers, text, *[maybe_text] * 10)
evidence = st.builds(Evidence, text, text, number, number, text, number, number, text)
relations = st.builds(
    Relation,
    text,
    text,
    mentions,
    mentions | literals,
    qualifiers,
    evidence,
    st.none() | mentions,
    st.none() | st.floats(0, 1),
    st.booleans(),
)
extractions = st.builds(
    Extraction,
    documents,
    st.lists(mentions, max_size=3).map(tuple),
    st.lists(relations, max_size=3).map(tuple),
)


@given(extractions)
def test_what_goes_in_comes_out(found: Extraction) -> None:
    with Corpus(None, "maker") as corpus:
        corpus.add(found)
        assert list(corpus.extractions([found.document.sha256])) == [found]
        assert list(corpus.documents([found.document.sha256])) == [found.document]


def test_what_another_has_found_is_not_known(tmp_path: Path) -> None:
    first, second, third = sample()
    with Corpus(tmp_path / "corpus", "one") as corpus:
        corpus.add(first)
        corpus.add(second)
    with Corpus(tmp_path / "corpus", "two") as corpus:
        hashes = [one.document.sha256 for one in (first, second, third)]
        assert [sha256 in corpus for sha256 in hashes] == [False, False, False]
        assert corpus.document(hashes[0]) == first.document
        assert corpus.document(hashes[2]) is None
        corpus.add(replace(second, relations=()))
        corpus.add(third)
        assert [one.relations for one in corpus.extractions(hashes[1:2])] == [()]
        corpus.keep(hashes[2:], {"ontology": "my.ttl", "model": None})
        assert [corpus.document(sha256) for sha256 in hashes] == [None, None, third.document]


def test_it_remembers_how_the_graph_was_made(tmp_path: Path) -> None:
    path = tmp_path / "corpus.sqlite"
    assert recorded(path) == {}
    with Corpus(path, "one") as corpus:
        corpus.keep([], {"ontology": "my.ttl", "model": "m", "min_score": None})
    assert recorded(path) == {"ontology": "my.ttl", "model": "m", "min_score": None}
    assert built_with(tmp_path / "graph.db") == {"model": "m"}
    (tmp_path / "none.sqlite").write_text("none", encoding="utf-8")
    assert recorded(tmp_path / "none.sqlite") == {}


def test_a_file_in_which_nothing_was_written_goes(tmp_path: Path) -> None:
    Corpus(tmp_path / "corpus", "one").close()
    assert list(tmp_path.iterdir()) == []


def test_another_version_is_emptied(tmp_path: Path) -> None:
    with Corpus(tmp_path / "corpus", "one") as corpus:
        corpus.add(sample()[0])
    rows = sqlite3.connect(tmp_path / "corpus")
    rows.execute("PRAGMA user_version = 99")
    rows.close()
    with Corpus(tmp_path / "corpus", "one") as corpus:
        assert sample()[0].document.sha256 not in corpus


@pytest.mark.parametrize("place", range(0, 40_000, 4096))
def test_a_file_that_is_damaged(place: int, tmp_path: Path) -> None:
    """Wherever: what is found is right, or there is an error of ours, which says what to do."""
    found = [
        replace(one, document=replace(one.document, id=f"{one.document.id} {n}" * 40))
        for one in sample()
        for n in range(9)
    ]
    with Corpus(tmp_path / "corpus", "one") as corpus:
        for one in found:
            corpus.add(one)
    data = bytearray((tmp_path / "corpus").read_bytes())
    assert len(data) > place + 600
    data[place + 90 : place + 600] = bytes(510)
    (tmp_path / "corpus").write_bytes(data)
    with suppress(StoreError), Corpus(tmp_path / "corpus", "one") as corpus:
        for one in found:
            if one.document.sha256 in corpus:
                assert list(corpus.extractions([one.document.sha256])) == [one]
            corpus.document(one.document.sha256)
        corpus.keep([], {})


@pytest.mark.parametrize("content", [b"Dear diary, " * 400, None])
def test_a_file_of_somebody_else_is_left_alone(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "corpus"
    if content is None:
        rows = sqlite3.connect(path)
        rows.execute("CREATE TABLE recipes (cake TEXT)")
        rows.close()
    else:
        path.write_bytes(content)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=r"no corpus of claimgraph, or it is damaged .*; move it away"):
        Corpus(path, "one")
    assert path.read_bytes() == before
