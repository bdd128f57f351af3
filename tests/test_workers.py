"""Workers: what comes back, in which order, and what becomes of documents that fail or kill a process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ModelError, UsageError
from kg.model import Document
from kg.workers import Failed, Workers, batches
from tests.factories import ONTOLOGY
from tests.hasty import Hasty
from tests.running import ROOT


def documents(*texts: str) -> list[Document]:
    return [Document(f"d{n}", text, source=f"{n}.txt") for n, text in enumerate(texts)]


LONG = "word " * 600  # two of them make a batch


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_order_is_kept_and_a_failure_is_one_documents(jobs: int) -> None:
    given = documents(LONG, LONG, "raise", *[LONG] * 5, "last")
    found = list(Workers(jobs).extract(Hasty(ONTOLOGY), iter(given)))
    assert [one.document for one in found] == given
    failed = [one.error for one in found if isinstance(one, Failed)]
    assert [str(error) for error in failed] == ["2.txt: the extraction failed (ValueError: no such word)"]


def test_a_document_that_kills_its_process_is_left_out() -> None:
    given = documents(LONG, LONG, "kill", LONG)
    found = list(Workers(2).extract(Hasty(ONTOLOGY), given))
    assert [one.document for one in found] == given
    reason = "the process that read it died, twice; is there enough memory?"
    failed = [str(one.error) for one in found if isinstance(one, Failed)]
    assert failed == [f"2.txt: {reason}"]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_model_that_is_missing_ends_it_all(jobs: int) -> None:
    with pytest.raises(ModelError, match="no such model"):
        list(Workers(jobs).extract(Hasty(ONTOLOGY), documents("unfit")))


def test_only_a_few_documents_are_under_way() -> None:
    taken = 0

    def endless() -> object:
        nonlocal taken
        while True:
            taken += 1
            yield Document(str(taken), LONG)

    found = Workers(2).extract(Hasty(ONTOLOGY), endless())
    for _ in range(20):
        next(found)
    found.close()  # type: ignore[attr-defined]
    assert taken < 30


def test_nothing_to_read_starts_no_process() -> None:
    assert list(Workers(10_000).extract(Hasty(ONTOLOGY), [])) == []


@pytest.mark.parametrize(
    ("jobs", "dask", "message"),
    [(0, None, "jobs is 0"), (2, "tcp://127.0.0.1:1", "give one of them")],
)
def test_wrong_numbers(jobs: int, dask: str | None, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        Workers(jobs, dask)


@given(st.lists(st.integers(1, 30), max_size=30), st.integers(1, 40))
def test_batches(lengths: list[int], words: int) -> None:
    given = [Document(str(n), " ".join(["w"] * length)) for n, length in enumerate(lengths)]
    found = list(batches(given, words))
    assert [document for batch in found for document in batch] == given
    assert all(len(batch) == 1 or sum(d.text.count("w") for d in batch) <= words for batch in found)


@pytest.mark.model
@pytest.mark.slow
def test_a_dask_worker_killed_in_the_middle(seeds_output: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed (the extra claimgraph[dask])")
    command = [sys.executable, "-m", "tests.cluster", str(tmp_path / "out")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "killed 1 of 2 workers\nsent all that is written: True\n"
    for name in ("graph.ttl", "graph.html"):
        assert (tmp_path / "out" / name).read_bytes() == (seeds_output / name).read_bytes(), name


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(UsageError, match=r"pip install 'claimgraph\[dask\]'"):
        list(Workers(dask="tcp://127.0.0.1:1").extract(Hasty(ONTOLOGY), documents("x")))
