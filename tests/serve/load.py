"""Many clients of a server at once, in one thread: what each is answered, and how long that takes."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

#: What is counted in the place of a status where there was no answer.
NONE = 0


@dataclass
class Load:
    """What became of the requests: statuses, and the seconds that each answer took."""

    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    took: float = 0.0

    @property
    def rate(self) -> float:
        """Answers in a second."""
        return len(self.seconds) / self.took

    def percentile(self, part: int) -> float:
        """The milliseconds within which so many of a hundred answers came."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) * part // 100, len(ordered) - 1)]


def request(address: str, query: str) -> bytes:
    """A GET request of a SPARQL endpoint that keeps the connection open."""
    parts = urlsplit(address)
    head = f"GET {parts.path}?query={quote(query, safe='')} HTTP/1.1\r\nHost: {parts.netloc}\r\n"
    return f"{head}Accept: application/sparql-results+json\r\n\r\n".encode()


def posted(address: str, query: str) -> bytes:
    """The same as a POST request."""
    parts, body = urlsplit(address), query.encode()
    head = f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Content-Type: application/sparql-query\r\n\r\n".encode() + body


def load(
    address: str,
    queries: Iterable[str],
    *,
    clients: int,
    number: int,
    way: Callable[[str, str], bytes] = request,
) -> Load:
    """So many requests, from so many clients, each of which waits for its answer before it asks again."""
    requests = itertools.cycle([way(address, query) for query in queries])
    found, begun = Load(), time.perf_counter()
    with ThreadPoolExecutor(1) as own:  # a browser of another test may have left its loop in this thread
        own.submit(asyncio.run, _all(address, itertools.islice(requests, number), clients, found)).result()
    found.took = time.perf_counter() - begun
    return found


async def _all(address: str, requests: Iterable[bytes], clients: int, found: Load) -> None:
    rest = iter(requests)
    await asyncio.gather(*(_client(address, rest, found) for _ in range(clients)))


async def _client(address: str, rest: Iterable[bytes], found: Load) -> None:
    parts = urlsplit(address)
    writer = None
    for asked in rest:
        begun = time.perf_counter()
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
            writer.write(asked)
            status, stays = await _answer(reader)
        except (OSError, asyncio.IncompleteReadError):
            status, stays = NONE, False
        found.statuses[status] += 1
        found.seconds.append(time.perf_counter() - begun)
        if writer is not None and not stays:
            writer.close()
            writer = None
    if writer is not None:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """The status of an answer that is read to its end, and whether the connection stays open."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
    fields = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
    if "content-length" in fields:
        await reader.readexactly(int(fields["content-length"]))
    else:
        while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return int(head[0].split()[1]), fields.get("connection") != "close"
