"""Processes on this machine that extract."""

from __future__ import annotations

from kg.processes import BrokenProcessPool, Processes
from kg.workers import Batch, Future, run


class Pool:
    """So many processes, each with a model of its own."""

    died: tuple[type[Exception], ...] = (BrokenProcessPool,)

    def __init__(self, jobs: int, setup: bytes) -> None:
        self._jobs, self._setup = jobs, setup
        self._processes = Processes(jobs)

    @property
    def ahead(self) -> int:
        """Two for each: one under way, one waiting."""
        return 2 * self._jobs

    def submit(self, batch: Batch) -> Future:
        """Hand over a batch."""
        try:
            return self._processes.submit(run, self._setup, batch)
        except BrokenProcessPool:  # a process died while none was waited for
            self.renew()
            return self._processes.submit(run, self._setup, batch)

    def renew(self) -> None:
        """New processes in the place of the old ones."""
        self.close()
        self._processes = Processes(self._jobs)

    def close(self) -> None:
        """End them; what is under way is wanted by nobody."""
        self._processes.close()
