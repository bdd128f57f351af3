"""Processes on this machine. They are spawned, not forked, so that they work alike on every system."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from kg.workers import Batch, Future, run


class Pool:
    """So many processes, each with a model of its own."""

    died: tuple[type[Exception], ...] = (BrokenProcessPool,)

    def __init__(self, jobs: int, setup: bytes) -> None:
        self._jobs, self._setup = jobs, setup
        self._executor = self._started()

    def _started(self) -> ProcessPoolExecutor:
        context = get_context("spawn")
        # The end that is never written to closes when this process lets go of it, or dies.
        self._held, self._leash = context.Pipe(duplex=False)
        return ProcessPoolExecutor(self._jobs, context, _begin, (self._held,))

    @property
    def ahead(self) -> int:
        """Two for each: one under way, one waiting."""
        return 2 * self._jobs

    def submit(self, batch: Batch) -> Future:
        """Hand over a batch."""
        try:
            return self._executor.submit(run, self._setup, batch)
        except BrokenProcessPool:  # a process died while none was waited for
            self.renew()
            return self._executor.submit(run, self._setup, batch)

    def renew(self) -> None:
        """New processes in the place of the old ones."""
        self.close()
        self._executor = self._started()

    def close(self) -> None:
        """End them; what is under way is wanted by nobody."""
        self._leash.close()
        self._executor.shutdown(cancel_futures=True)
        self._held.close()


def _begin(held: Connection) -> None:
    """What a process does first."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends the others
    threading.Thread(target=_end_with, args=(held,), daemon=True).start()


def _end_with(held: Connection) -> None:
    with suppress(EOFError, OSError):
        held.recv_bytes()
    os._exit(1)
