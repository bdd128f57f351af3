"""The worker processes of a server: a question goes to one that is idle, and one that takes too long,
or too much memory, is ended and another takes its place. The engine cannot be told to stop, a process can.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import shutil
import signal
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Coroutine, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from kg.errors import KGError, StoreError
from kg.serve.limits import Limits
from kg.serve.protocol import Reply, RequestError

#: How many questions may wait for a worker, and how many long answers may be on their way.
WAITING, LONG_ANSWERS = 512, 16
_LINE = 1 << 22
_PAUSE = 1.0  # seconds before a worker that could not begin is tried again
_PATIENCE = 1.0  # seconds that a worker gets when nobody wants its answer any more


class WorkerDiedError(Exception):
    """A worker ended in the middle of its work."""


class _Worker:
    """The server's side of a worker process."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.last = False

    @classmethod
    async def start(cls, store: str, folder: Path, limits: Limits) -> _Worker:
        """A worker that has opened the store; a StoreError says why it could not."""
        numbers = (str(number) for number in (limits.seconds, limits.answer, limits.memory))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", "kg.serve.worker", store, str(folder), *numbers),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            limit=_LINE,
        )
        worker = cls(process)
        try:
            ready = await worker._reply()
        except BaseException:
            worker.kill()
            raise
        if ready.status != 200:
            raise StoreError(ready.body.decode("utf-8"))
        return worker

    async def ask(self, message: Mapping[str, Any]) -> Reply:
        """The reply to a message. Raises WorkerDiedError."""
        if self.process.stdin is None:
            raise WorkerDiedError
        try:
            self.process.stdin.write(json.dumps(message).encode("ascii") + b"\n")
            await self.process.stdin.drain()
        except ConnectionError:
            raise WorkerDiedError from None
        return await self._reply()

    async def _reply(self) -> Reply:
        if self.process.stdout is None:
            raise WorkerDiedError
        try:
            head = json.loads(await self.process.stdout.readline() or "null")
            if head is None:
                raise WorkerDiedError
            body = await self.process.stdout.readexactly(head["length"])
        except (asyncio.IncompleteReadError, ConnectionError):
            raise WorkerDiedError from None
        self.last = head["last"]
        return Reply(head["status"], head["media_type"], body, head["file"])

    def kill(self) -> None:
        """End the process, whatever it does."""
        with suppress(ProcessLookupError):
            self.process.kill()


class Pool:
    """So many workers on one store. Made by ``open_pool``."""

    def __init__(self, store: str, limits: Limits, size: int, folder: Path) -> None:
        self.limits, self.size = limits, size
        self._store, self._folder = store, folder
        self._workers: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._free = asyncio.Semaphore(0)
        self._waiting = 0
        self._long = asyncio.Semaphore(LONG_ANSWERS)
        self._tasks: set[asyncio.Task[None]] = set()
        self._broken = ""

    async def ask(self, message: Mapping[str, Any]) -> Reply:
        """The reply of a worker; a long one is a file until ``release``. Raises RequestError (503)."""
        worker = await self._take()
        job = asyncio.create_task(worker.ask(message))
        try:
            reply = await asyncio.wait_for(asyncio.shield(job), self.limits.seconds)
        except asyncio.CancelledError:
            self._spawn(self._abandon(worker, job))
            raise
        except TimeoutError:
            job.add_done_callback(_forget)
            self._replace(worker)
            raise RequestError(
                503, f"the query takes more than {self.limits.seconds} s and was ended"
            ) from None
        except WorkerDiedError:
            self._replace(worker)
            crashed = await worker.process.wait() == -signal.SIGSEGV
            reason = "is nested too deeply" if crashed else f"needs more than {self.limits.memory} MB"
            raise RequestError(503, f"the query was ended: it {reason}, it seems") from None
        if reply.file is not None:
            try:
                await self._long.acquire()
            except asyncio.CancelledError:
                Path(reply.file).unlink(missing_ok=True)
                self._put_back(worker)
                raise
        self._put_back(worker)
        return reply

    def release(self, reply: Reply) -> None:
        """Forget a reply that was sent."""
        if reply.file is not None:
            Path(reply.file).unlink(missing_ok=True)
            self._long.release()

    async def _take(self) -> _Worker:
        if not self._workers and self._broken:
            raise RequestError(503, self._broken)
        if self._waiting >= WAITING:
            raise RequestError(503, f"{WAITING} queries are waiting already; try again later")
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.seconds):
                await self._free.acquire()
        except TimeoutError:
            raise RequestError(503, self._broken or "all workers are busy; try again later") from None
        finally:
            self._waiting -= 1
        worker = self._idle.pop()
        if worker.process.returncode is None:
            return worker
        self._replace(worker)  # somebody has ended it while it had nothing to do
        return await self._take()

    def _put_back(self, worker: _Worker) -> None:
        if worker.last:
            self._replace(worker)
        else:
            self._idle.append(worker)
            self._free.release()

    def _replace(self, worker: _Worker) -> None:
        worker.kill()
        self._workers.discard(worker)
        for file in self._folder.glob(f"{worker.process.pid}-*"):
            file.unlink(missing_ok=True)
        self._spawn(self._begin())

    async def _begin(self) -> None:
        """Add a worker, as soon as one can begin; what fails once may have been somebody's kill."""
        for failures in itertools.count(1):
            try:
                await self.add()
                return
            except StoreError as error:
                reason = str(error)
            except (WorkerDiedError, OSError) as error:
                reason = f"no process can be started to answer queries ({error or 'it ended at once'})"
            if failures > 1:
                self._broken = reason
            await asyncio.sleep(_PAUSE)

    async def add(self) -> None:
        """Add a worker. Raises StoreError, WorkerDiedError or OSError."""
        worker = await _Worker.start(self._store, self._folder, self.limits)
        self._workers.add(worker)
        self._broken = ""
        self._put_back(worker)

    async def _abandon(self, worker: _Worker, job: asyncio.Task[Reply]) -> None:
        """Take a worker back whose answer nobody wants; if it does not end soon, it is ended."""
        try:
            reply = await asyncio.wait_for(job, _PATIENCE)
        except (TimeoutError, WorkerDiedError):
            self._replace(worker)
            return
        if reply.file is not None:
            Path(reply.file).unlink(missing_ok=True)
        self._put_back(worker)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End all workers."""
        for task in self._tasks:
            task.cancel()
        for worker in self._workers:
            worker.kill()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.process.wait() for worker in self._workers))


def _forget(job: asyncio.Task[Reply]) -> None:
    if not job.cancelled():
        job.exception()


@asynccontextmanager
async def open_pool(store: str, limits: Limits, size: int | None = None) -> AsyncIterator[Pool]:
    """A pool with one worker for each processor, two at least. Raises StoreError."""
    folder = Path(tempfile.mkdtemp(prefix="claimgraph-"))
    pool = Pool(store, limits, size or max(2, os.cpu_count() or 1), folder)
    try:
        try:
            await asyncio.gather(*(pool.add() for _ in range(pool.size)))
        except WorkerDiedError:
            raise KGError("the processes that answer queries end at once; is --memory enough?") from None
        yield pool
    finally:
        await pool.close()
        shutil.rmtree(folder, ignore_errors=True)
