"""The graph page of a store: the one that its build wrote beside it, or one made when it is asked for."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL
from pathlib import Path

from kg.serve.limits import confine
from kg.serve.protocol import RequestError
from kg.store import is_address

#: Seconds that making a page may take.
SECONDS = 180


class GraphPage:
    """Where the page of a store is. It is made once, and again when the store was built anew."""

    def __init__(self, store: str, folder: Path, megabytes: int) -> None:
        self._store, self._made, self._megabytes = store, folder / "graph.html", megabytes
        self._of: tuple[int, int] | None = None
        self._lock = asyncio.Lock()

    async def file(self) -> Path:
        """The file of the page. Raises RequestError (503) where none can be made."""
        written = Path(self._store).parent / "graph.html"
        if not is_address(self._store) and written.is_file():
            return written
        async with self._lock:
            now = self._identity()
            if not self._made.exists() or now != self._of:
                await self._make()
                self._of = now
        return self._made

    def _identity(self) -> tuple[int, int] | None:
        if is_address(self._store) or not Path(self._store).exists():
            return None
        status = Path(self._store).stat()
        return status.st_dev, status.st_ino

    async def _make(self) -> None:
        arguments = (self._store, str(self._made), str(self._megabytes))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "kg.serve.graph_page", *arguments),
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=DEVNULL,
        )
        try:
            code = await asyncio.wait_for(process.wait(), SECONDS)
        except BaseException as error:
            process.kill()
            if isinstance(error, TimeoutError):
                message = f"the page was not ready within {SECONDS} s; write it with: kg page"
                raise RequestError(503, message) from None
            raise
        if code != 0:
            raise RequestError(503, "the page cannot be made; see why with: kg page -o graph.html")


def main(store: str, target: str, megabytes: int) -> None:
    """Write the page of a store."""
    from kg.graph import KnowledgeGraph

    confine(megabytes)
    with KnowledgeGraph.open(store) as graph:
        graph.page(target)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
