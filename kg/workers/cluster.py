"""The processes of a Dask cluster, on whatever machines they are."""

from __future__ import annotations

from typing import Any

from kg.errors import KGError, UsageError
from kg.workers import Batch, Future, run

#: Seconds that a scheduler has to answer, and to find its first worker.
PATIENCE = 30


class Cluster:
    """The workers of the scheduler at an address such as ``tcp://scheduler:8786``.

    A worker that is lost loses nothing: Dask gives its batch to another.
    """

    def __init__(self, address: str, setup: bytes) -> None:
        try:
            from distributed import Client, KilledWorker
        except ImportError:
            raise UsageError(
                "Dask is not installed; install it with: pip install 'claimgraph[dask]'"
            ) from None
        self.died: tuple[type[Exception], ...] = (KilledWorker,)
        self._setup = setup
        try:
            self._client: Any = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
        except (OSError, ValueError) as error:
            raise KGError(f"{address}: no Dask scheduler answers there ({error})") from None
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            self.close()
            raise KGError(
                f"{address}: the scheduler has no worker; start one: dask worker {address}"
            ) from None

    @property
    def ahead(self) -> int:
        """Two for each worker that is there now."""
        return 2 * max(1, len(self._client.nthreads()))

    def submit(self, batch: Batch) -> Future:
        """Hand over a batch."""
        future: Future = self._client.submit(run, self._setup, batch, pure=False)
        return future

    def renew(self) -> None:
        """Nothing: a cluster starts its workers itself."""

    def close(self) -> None:
        """Leave the cluster; its workers go on for others."""
        self._client.close()
