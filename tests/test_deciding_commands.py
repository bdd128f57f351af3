"""Deciding at the command line, on the graph of the seeds."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.cli.decided import given
from kg.deciding import explain_name, explained, merge, split
from kg.decisions import Called, Merge, Split, load_decisions
from kg.errors import StoreError, UsageError
from kg.ontology import load_ontology
from tests.running import KG, run_kg

pytestmark = [pytest.mark.model, pytest.mark.slow]
MICROSOFT, ORACLE = Called("Microsoft", "Organization"), Called("Oracle", "Organization")


@pytest.fixture
def output(seeds_output: Path, tmp_path: Path) -> Path:
    shutil.copytree(seeds_output, tmp_path / "output")
    return tmp_path / "output"


def test_decisions_name_what_they_mean(seeds_output: Path) -> None:
    assert merge("e:Oracle", "microsoft", seeds_output) == [Merge(ORACLE, MICROSOFT)]
    own = Called("Microsoft", "Organization", "tiktok-oracle")
    assert split("Microsoft", seeds_output, ["tiktok-oracle"]) == [Split(own)]
    (found,) = explain_name("Microsoft", seeds_output)
    assert found.names[0].documents == 3
    assert all("Microsoft" in place.sentence for place in found.names[0].places)


def test_what_cannot_be_decided_is_told(seeds_output: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="are one thing already: Microsoft"):
        merge("Microsoft", "e:Microsoft", seeds_output)
    with pytest.raises(UsageError, match=r'nothing is called "Microsof"\. Did you mean "Microsoft"'):
        explain_name("Microsof", seeds_output)
    with pytest.raises(UsageError, match=r"put together with no other name; .* --document: illumina|nvidia"):
        split("Microsoft", seeds_output)
    with pytest.raises(UsageError, match='no document has "Nobody"'):
        split("Nobody", seeds_output)
    with pytest.raises(UsageError, match='illumina-grail has no "Microsoft"'):
        split("Microsoft", seeds_output, ["illumina-grail"])
    with pytest.raises(StoreError, match="there is no graph in it"):
        explained(tmp_path)
    with pytest.raises(UsageError, match="give a claim and what is right"):
        given((), (), ["5d0c7a1e"])


@pytest.mark.parametrize("command", ["merge Oracle Microsoft", "split Oracle", "review", "resolve"])
def test_a_graph_that_is_at_an_endpoint(output: Path, command: str) -> None:
    shutil.rmtree(output / "graph.db")  # as a build with --store leaves the folder
    done = run_kg(command.split(), cwd=output.parent, code=1)
    assert done.stderr.startswith("kg: output: its graph was sent to an endpoint")
    assert "write them into decisions.yaml" in done.stderr


def test_later_writes_it_down_only(output: Path) -> None:
    before = (output / "graph.ttl").read_bytes()
    folder = output.parent
    done = run_kg(["merge", "Oracle", "Microsoft", "--later"], cwd=folder)
    assert done.stdout == "Wrote decisions.yaml\n"
    assert load_decisions(folder / "decisions.yaml", load_ontology()).merges == (Merge(ORACLE, MICROSOFT),)
    assert (output / "graph.ttl").read_bytes() == before
    run_kg(["split", "Microsoft", "--document", "tiktok-oracle"], cwd=folder)  # follows both
    after = (output / "graph.ttl").read_bytes()
    assert b"dcterms:isReplacedBy" in after
    run_kg(["remove", "illumina-grail"], cwd=folder)
    assert b"dcterms:isReplacedBy" in (output / "graph.ttl").read_bytes()


def test_review_on_a_terminal(output: Path) -> None:
    ids = [line.split()[0] for line in run_kg(["review"], cwd=output.parent).stdout.splitlines()[::3]]
    answers = "what?\ns\nc\nnever\nc\ndenied\nq\n"
    master, slave = pty.openpty()
    os.write(master, answers.encode())
    with subprocess.Popen([str(KG), "review"], cwd=output.parent, stdin=slave, stdout=slave, stderr=slave):
        os.close(slave)
        said = b""
        while True:
            try:
                said += os.read(master, 4096)
            except OSError:  # it has ended
                break
    os.close(master)
    assert 'there is no status or relation "never"' in said.decode()
    (verdict,) = load_decisions(output.parent / "decisions.yaml", load_ontology()).claims
    assert (verdict.verdict, verdict.status) == ("correct", "denied")
    left = run_kg(["review"], cwd=output.parent).stdout
    assert ids[0] in left
    assert ids[1] not in left
