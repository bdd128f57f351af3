"""Pages of the web, from real servers on this machine."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.errors import InputError, UsageError
from kg.readers import read, web

ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/news/deal.html": (
        200,
        {"Content-Type": "text/html; charset=cp1252"},
        b"<p>The Caf\xe9 grew.</p>",
    ),
    "/plain": (200, {"Content-Type": "text/plain"}, b"Halden bought Ostara."),
    "/table.csv": (200, {"Content-Type": "text/plain"}, b"text,id\nHalden bought Ostara.,7\n"),
    "/image": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/gone": (404, {"Content-Type": "text/html"}, b"<p>Nothing here.</p>"),
    "/large": (200, {"Content-Type": "text/plain"}, b"x" * 100_000),
    "/moved": (302, {"Location": "/plain"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/file": (302, {"Location": "file:///etc/hostname"}, b""),
    "/metadata": (302, {"Location": "http://169.254.169.254/latest"}, b""),
}


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = ANSWERS[self.path]
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.mark.parametrize(
    ("path", "id_", "text"),
    [
        ("/news/deal.html", "/news/deal", "The Café grew."),
        ("/plain", "/plain", "Halden bought Ostara."),
        ("/table.csv", None, "Halden bought Ostara."),
    ],
)
def test_pages_are_read(server: str, path: str, id_: str | None, text: str) -> None:
    (document,) = read(server + path)
    assert (document.text, document.source) == (text, server + path)
    assert document.id == (server.removeprefix("http://") + id_ if id_ else "7")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("/image", "no reader for image/png"),
        ("/gone", "the server answers 404 Not Found"),
        ("/large", "larger than 0 MB; save it and give the file"),
        ("/loop", "it sends on more than 5 times"),
        ("/file", "it sends on to file:///etc/hostname, and only http and https are read"),
    ],
)
def test_what_cannot_be_had_says_why(
    server: str, path: str, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web, "LARGEST", 50_000)
    with pytest.raises(InputError) as caught:
        list(read(server + path, private=True))
    assert str(caught.value) == f"{server}{path}: {why}"


def test_a_page_may_not_send_on_to_a_private_address(server: str) -> None:
    for path in ("/moved", "/metadata"):
        with pytest.raises(InputError, match="a private address; --allow-private follows it"):
            list(read(server + path))
    assert [document.text for document in read(server + "/moved", private=True)] == ["Halden bought Ostara."]


def test_a_server_that_is_not_there_or_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), Pages) as silent:
        address = f"http://127.0.0.1:{silent.server_address[1]}/"
        monkeypatch.setattr(web, "SILENCE", 0.2)
        with pytest.raises(InputError, match=r"no answer within 0\.2 s"):
            list(read(address))
    with pytest.raises(InputError, match=r"cannot be fetched \(.*[Cc]onnection refused"):
        list(read(address))


def test_other_addresses_are_a_wrong_call() -> None:
    with pytest.raises(UsageError, match=r"ftp://a\.example/x: only addresses that begin with http"):
        list(read("ftp://a.example/x"))


def test_the_rest_is_read(server: str) -> None:
    errors: list[InputError] = []
    assert [d.text for d in read([server + "/gone", server + "/plain"], errors.append)] == [
        "Halden bought Ostara."
    ]
    assert len(errors) == 1
