"""A build of the seeds on a Dask cluster of two real processes, one of which is killed in the middle.

``python -m tests.cluster FOLDER``; the graph goes to the folder and to a SPARQL endpoint.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from pathlib import Path
from typing import Any

import kg
from kg import workers
from kg.model import Document, Extraction
from tests.running import ROOT, sparql_server


class Killer:
    """Kills a worker that is at work, once, when the first document has come back."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.killed = 0

    def progress(self, document: Document, found: Extraction | None) -> None:  # noqa: ARG002
        """Called for each document."""
        if not self.killed:
            busy = [worker for worker, tasks in self._client.processing().items() if tasks]
            pids = self._client.run(os.getpid)
            os.kill(pids[busy[0]], signal.SIGKILL)
            self.killed = 1


def main(folder: Path) -> None:
    """What the module does."""
    from distributed import Client, LocalCluster  # an extra: tests are collected without it too

    workers.BATCH = 300  # a document each
    files = [str(path) for path in (ROOT / "seeds").iterdir()]
    random.Random(3).shuffle(files)
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
        sparql_server() as endpoint,
    ):
        killer, number = Killer(client), len(cluster.workers)
        where = cluster.scheduler_address
        sent = kg.build(files, folder, store=endpoint, dask=where, progress=killer.progress)
        print(f"killed {killer.killed} of {number} workers")
        written = kg.KnowledgeGraph.load([folder / "graph.ttl"])
        print(f"sent all that is written: {list(sent.lines()) == list(written.lines())}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
