"""A front of a SPARQL endpoint that does to one request what networks and servers do."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import requests

#: What may become of a request: it never arrives; it is done and its answer is lost, or comes only in
#: part; the server, or what stands before it, says that it is not ready.
FAULTS = ("not received", "answer lost", "answer cut off", "reset", "503", "502")


class Front(ThreadingHTTPServer):
    """Forwards to an endpoint; to the requests in ``faulty``, counted from 0, a fault happens."""

    daemon_threads = True

    def __init__(self, endpoint: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.endpoint = endpoint
        self.address = f"http://127.0.0.1:{self.server_port}/"
        self.will("", range(0))

    def will(self, fault: str, faulty: range, before: Callable[[int], None] = lambda _: None) -> None:
        """Count from here on, and let this happen to these requests; ``before`` is called for each."""
        self.fault, self.faulty, self.before = fault, faulty, before
        self.requests: list[bytes] = []

    def blocks(self) -> list[int]:
        """The numbers of the requests that have triples to insert or delete."""
        return [number for number, body in enumerate(self.requests) if b" DATA {\n" in body]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Front

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        number = len(self.server.requests)
        self.server.requests.append(body)
        self.server.before(number)
        fault = self.server.fault if number in self.server.faulty else ""
        if fault.isdigit():
            self._answer(int(fault), "text/plain", b"not now")
        elif fault in ("not received", "reset"):
            self._hang_up(reset=fault == "reset")
        else:
            headers = {name: self.headers[name] for name in ("content-type", "accept")}
            try:
                where = self.server.endpoint + self.path[1:]
                answer = requests.post(where, body, headers=headers, timeout=20)
            except requests.ConnectionError:
                self._hang_up()
                return
            if fault == "answer lost":
                self._hang_up()
            else:
                cut = max(1, len(answer.content) // 2) if fault else 0
                self._answer(answer.status_code, answer.headers.get("content-type", ""), answer.content, cut)

    def _answer(self, code: int, kind: str, body: bytes, cut: int = 0) -> None:
        self.send_response(code)
        self.send_header("content-type", kind)
        if code != 204:
            self.send_header("content-length", str(len(body)))
        if cut:  # also of an answer without a body, whose head never ends
            self.wfile.write(b"".join(self._headers_buffer))
            self._headers_buffer.clear()
            if body:
                self.wfile.write(b"\r\n" + body[:-cut])
            self._hang_up()
            return
        self.end_headers()
        self.wfile.write(body)

    def _hang_up(self, *, reset: bool = False) -> None:
        self.close_connection = True
        if reset:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def front(endpoint: str) -> Iterator[Front]:
    """A front of an endpoint, on the loopback interface."""
    server = Front(endpoint)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()
