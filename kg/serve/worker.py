"""One process that answers queries from a store; its server may end it at any moment.

It reads a question a line from standard input and writes, for each, a line that says what the answer
is, and then the answer's bytes. Long answers go to a file. It cannot write to the store, a query
cannot reach the network, and memory, time and the length of answers are bounded.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from io import RawIOBase
from pathlib import Path
from typing import IO, Any

from kg.errors import KGError, QueryError, RefusedError, StoreError, UsageError
from kg.parameters import named, prepare
from kg.serve.limits import MEGABYTE, confine, is_swollen
from kg.serve.negotiation import ROWS, TRIPLES, choose
from kg.serve.protocol import Question, Reply, RequestError
from kg.sparql import Answer, refuse_service, run
from kg.store import Engine, is_address, open_to_read
from kg.vocab import prefixes

#: Answers up to this many bytes are sent through the pipe, longer ones as a file.
IN_MEMORY = 1 << 20
_GRACE = 2  # seconds after which a worker ends by itself, should nobody end it


class TooLongError(Exception):
    """The answer has more bytes than are allowed."""


class Sink(RawIOBase):
    """Takes an answer: bytes in memory at first, a file from IN_MEMORY on, and no more than ``most``."""

    def __init__(self, file: Path, most: int) -> None:
        self._path, self._most = file, most
        self._pieces: list[bytes] = []
        self._file: IO[bytes] | None = None
        self.length = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Take more bytes, or raise TooLongError."""
        self.length += len(data)
        if self.length > self._most:
            raise TooLongError
        if self._file is None and self.length > IN_MEMORY:
            self._path.parent.mkdir(exist_ok=True)  # systems clear away what lies about for days
            self._file = self._path.open("wb")
            self._file.writelines(self._pieces)
            self._pieces.clear()
        if self._file is None:
            self._pieces.append(bytes(data))
        else:
            self._file.write(data)
        return len(data)

    def finish(self, media_type: str) -> Reply:
        """The answer that was written."""
        if self._file is None:
            return Reply(200, media_type, b"".join(self._pieces))
        self._file.close()
        return Reply(200, media_type, file=str(self._path))

    def discard(self) -> None:
        """Forget what was written."""
        if self._file is not None:
            self._file.close()
            self._path.unlink(missing_ok=True)


class Worker:
    """Answers from the store at a path or address; one that was built anew is opened by itself."""

    def __init__(self, store: str, folder: Path, megabytes: int) -> None:
        self._place, self._folder, self._most = store, folder, megabytes * MEGABYTE
        self._answered = 0
        self._open()

    def _open(self) -> None:
        self._identity = self._found()
        self._engine: Engine
        self._engine, mark = open_to_read(self._place)
        self._prefixes = prefixes(mark.base)

    def _found(self) -> tuple[int, int] | None:
        if is_address(self._place):
            return None
        try:
            status = os.stat(self._place)  # noqa: PTH116 (at every question: 1 microsecond, not 4)
        except OSError:
            return None  # between two stores: the earlier one is still open
        return status.st_dev, status.st_ino

    def answer(self, message: Mapping[str, Any]) -> Reply:
        """The reply to a message: a query of the protocol, or values for the parameters of a query."""
        found = self._found()
        if found is not None and found != self._identity:
            self._open()
        try:
            if "parameters" in message:
                return self._prepared(message["query"], message["parameters"])
            question = Question(message["query"], tuple(message["default"]), tuple(message["named"]))
            return self._answer(question, message["accept"])
        except RequestError as refusal:
            return Reply(refusal.status, body=_encoded(refusal.message))
        except TooLongError:
            most = self._most // MEGABYTE
            return Reply(403, body=_encoded(f"the answer has more than {most} MB; add a LIMIT"))
        except StoreError as error:
            return Reply(503, body=_encoded(str(error)))
        except OSError as error:
            return Reply(503, body=_encoded(f"the answer cannot be kept: {error.strerror or error}"))
        except RefusedError as error:
            return Reply(403, body=_encoded(str(error)))
        except (QueryError, UsageError) as error:
            return Reply(400, body=_encoded(str(error)))

    def _prepared(self, query: str, parameters: Mapping[str, str]) -> Reply:
        text = prepare(named(query), parameters, self._engine, self._prefixes)
        return Reply(200, "text/plain", _encoded(text))

    def _answer(self, question: Question, accept: str) -> Reply:
        refuse_service(question.query, self._prefixes)
        graphs = (question.default_graphs, question.named_graphs)
        found = run(self._engine, question.query, self._prefixes, graphs=graphs if any(graphs) else None)
        available = TRIPLES if found.kind == "CONSTRUCT" else ROWS
        media_type = choose(accept, available)
        if media_type is None:
            raise RequestError(406, f"the answer of {found.kind} comes as {', '.join(available)}")
        return self._written(found, media_type, available[media_type])

    def _written(self, found: Answer, media_type: str, format: str) -> Reply:
        self._answered += 1
        sink = Sink(self._folder / f"{os.getpid()}-{self._answered}", self._most)
        try:
            found.write(sink, format)
            return sink.finish(media_type)
        except BaseException:
            sink.discard()
            raise


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def send(reply: Reply, *, last: bool) -> None:
    """Write a reply: a line about it, and its bytes."""
    head = {
        "status": reply.status,
        "media_type": reply.media_type,
        "file": reply.file,
        "length": len(reply.body),
        "last": last,
    }
    sys.stdout.buffer.write(json.dumps(head).encode("ascii") + b"\n" + reply.body)
    sys.stdout.buffer.flush()


def main(store: str, folder: str, seconds: int, limit: int, memory: int) -> None:
    """Answer questions until there are no more, or until half of the memory was needed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends its workers
    try:
        worker = Worker(store, Path(folder), limit)
    except KGError as error:
        send(Reply(503, body=_encoded(str(error))), last=True)
        return
    confine(memory)
    send(Reply(200), last=False)
    for line in sys.stdin.buffer:
        signal.alarm(seconds + _GRACE)
        reply = worker.answer(json.loads(line))
        signal.alarm(0)
        last = is_swollen(memory)
        send(reply, last=last)
        if last:
            return


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *(int(number) for number in sys.argv[3:6]))
