"""A writer that is killed at any moment: readers find a finished graph, and the next build completes it.

``make soak`` kills more often (KILLS, BUILD_KILLS).
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from tests.factories import ONTOLOGY
from tests.running import ROOT
from tests.store.ready import TARGETS, files, names, whole, write

KILLS = int(os.environ.get("KILLS", "40"))
BUILD_KILLS = int(os.environ.get("BUILD_KILLS", "2"))
WRITTEN = ["corpus.sqlite", "graph.db", "graph.html", "graph.ttl"]


#: What a writer needs, so that it is killed while it writes and not while it imports.
IMPORTED = ["tests.store.ready", "kg.export", "kg.page.html", "kg.reason"]


class Writer:
    """Forks processes that write from one in which all is imported and no store was ever open."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(IMPORTED)

    def start(self, folder: Path, target: int) -> multiprocessing.process.BaseProcess:
        """A process that writes one of the sets."""
        process = self._context.Process(target=write, args=(str(folder), target))
        process.start()
        return process


def identity(folder: Path) -> list[tuple[str, str]]:
    """The documents of the finished graph in a folder, which must be readable and whole."""
    if not (folder / "graph.db").exists() and not (folder / "graph.db.old").exists():
        return []
    with KnowledgeGraph.open(folder / "graph.db", ONTOLOGY) as graph:
        assert {claim.evidence.document for claim in graph.claims()} <= graph.hashes().keys()
        return sorted(graph.hashes().items())


def expected(target: int) -> list[tuple[str, str]]:
    return sorted((one.document.id, one.document.sha256) for one in TARGETS[target])


@pytest.mark.slow
def test_a_writer_killed_at_any_moment(tmp_path: Path) -> None:
    folder, writer, drawn = tmp_path / "out", Writer(), random.Random(4)
    right = [whole(documents, tmp_path / "whole") for documents in TARGETS]
    writer.start(folder, 0).join()  # the first one starts the server too
    begun = time.monotonic()
    writer.start(folder, 1).join()
    seconds, last, kills, completed = time.monotonic() - begun, 1, 0, 0
    while kills < KILLS or completed < len(TARGETS):
        target = (last + 1) % len(TARGETS)
        process = writer.start(folder, target)
        process.join(drawn.uniform(0, seconds) if kills < KILLS else None)
        if process.exitcode is None:
            process.kill()
            process.join()
            kills += 1
            assert identity(folder) in (expected(last), expected(target))
        if process.exitcode == 0:
            assert files(folder) == right[target]
            assert names(folder) == WRITTEN
            assert identity(folder) == expected(target)
            last, completed = target, completed + 1
        else:
            assert process.exitcode == -signal.SIGKILL


@pytest.mark.model
@pytest.mark.slow
def test_a_build_killed_at_any_moment(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.store.killed", str(tmp_path), str(BUILD_KILLS)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stdout == f"killed {BUILD_KILLS}\n"
    assert names(tmp_path / "out") == WRITTEN
    assert files(tmp_path / "out") == files(tmp_path / "once")
