"""Pages of the web, from real servers on this machine."""

from __future__ import annotations

import gzip
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import suppress
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from urllib3.util.connection import create_connection

from kg.errors import InputError, UsageError
from kg.limits import Limits
from kg.readers import read, web

PACKED = {"Content-Type": "text/plain", "Content-Encoding": "gzip"}
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
    "/large": (200, {"Content-Type": "text/plain"}, b"x" * 1_000_001),
    "/packed": (200, PACKED, gzip.compress(b"Halden bought Ostara.")),
    "/bomb": (200, PACKED, gzip.compress(bytes(200_000_000), 1)),
    "/bombs": (200, {**PACKED, "Content-Encoding": "gzip, gzip"}, gzip.compress(gzip.compress(bytes(10**7)))),
    "/half": (200, PACKED, gzip.compress(b"Halden bought Ostara.")[:-9]),
    "/brotli": (200, {**PACKED, "Content-Encoding": "br"}, b"x"),
    "/punycode": (200, {"Content-Type": "text/plain; charset=punycode"}, b"Halden bought Ostara."),
    "/login": (302, {"Location": "http://user:secret@127.0.0.1:1/"}, b""),
    "/ftp": (302, {"Location": "ftp://127.0.0.1/x"}, b""),
    "/script": (302, {"Location": "javascript:alert(1)"}, b""),
    "/port": (302, {"Location": "http://127.0.0.1:99999/"}, b""),
    "/moved": (302, {"Location": "/plain"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/file": (302, {"Location": "file:///etc/hostname"}, b""),
    "/metadata": (302, {"Location": "http://169.254.169.254/latest"}, b""),
}


#: What clients have said.
HOSTS: list[str] = []
HEADERS: list[Message] = []


class Pages(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        HOSTS.append(self.headers["Host"])
        HEADERS.append(self.headers)
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
        ("/packed", "/packed", "Halden bought Ostara."),
        ("/punycode", "/punycode", "Halden bought Ostara."),
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
        ("/large", "larger than 1 MB; save it and give the file, or use --limit page=2"),
        ("/bomb", "larger than 1 MB; save it and give the file, or use --limit page=2"),
        ("/bombs", "the answer is packed as gzip, gzip, which was not asked for"),
        ("/half", "the answer is not complete"),
        ("/brotli", "the answer is packed as br, which was not asked for"),
        ("/ftp", "it sends on to ftp://127.0.0.1/x, and only http and https are read"),
        ("/script", "it sends on to javascript:alert(1), and only http and https are read"),
        ("/port", "cannot be fetched (Failed to parse: http://127.0.0.1:99999/)"),
        ("/loop", "it sends on more than 5 times"),
        ("/file", "it sends on to file:///etc/hostname, and only http and https are read"),
    ],
)
def test_what_cannot_be_had_says_why(server: str, path: str, why: str) -> None:
    with pytest.raises(InputError) as caught:
        list(read(server + path, private=True, limits=Limits(page=1)))
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


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://a.example/x", "only addresses that begin with http:// or https:// are read"),
        ("file:///etc/hostname", "only addresses that begin with http:// or https:// are read"),
        ("gopher://a.example/", "only addresses that begin with http:// or https:// are read"),
        ("http:///x", "only addresses that begin with http:// or https:// are read"),
        ("http://a.example/\x1b[2J", "only addresses that begin with http:// or https:// are read"),
        ("http://[::1", "this is no web address"),
        ("http://a.example:99999/", "this is no web address"),
        ("http://user:secret@a.example/", "a.example: an address with a name and password"),
    ],
)
def test_other_addresses_are_a_wrong_call(url: str, why: str) -> None:
    with pytest.raises(UsageError) as caught:
        list(read(url))
    assert why in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("192.0.43.7", True),
        ("2606:4700:4700::1111", True),
        ("127.0.0.1", False),
        ("127.8.8.8", False),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1", False),
        ("fc00::1", False),
        ("ff02::1", False),
        ("::ffff:127.0.0.1", False),
        ("2002:7f00:1::", False),
        ("64:ff9b::7f00:1", False),
        ("64:ff9b::c000:2b07", True),
    ],
)
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert web.is_public(address) is public


def test_a_name_is_looked_up_once(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that is public when it is checked, and this machine when it is connected to."""
    port = int(server.rpartition(":")[2])
    asked: list[str] = []
    look_up = socket.getaddrinfo

    def rebinding(host: str, *rest: object, **more: object) -> object:
        asked.append(host)
        number = "192.0.43.7" if asked.count("rebinds.example") == 1 else "127.0.0.1"
        return look_up(number if host == "rebinds.example" else host, *rest, **more)  # type: ignore[arg-type]

    connected: list[object] = []

    def refusing(address: object, *_: object, **__: object) -> object:
        connected.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr("socket.getaddrinfo", rebinding)
    where = f"http://rebinds.example:{port}/plain"
    monkeypatch.setitem(ANSWERS, "/rebinding", (302, {"Location": where}, b""))
    connect = create_connection
    monkeypatch.setattr(
        "urllib3.util.connection.create_connection",
        lambda place, *rest, **more: (connect if place[1] != port or place[0] == "127.0.0.1" else refusing)(
            place, *rest, **more
        ),
    )
    with pytest.raises(InputError, match="Connection refused"):
        list(read(server + "/rebinding"))
    assert asked.count("rebinds.example") == 1
    assert connected == [("192.0.43.7", port)]


def test_a_checked_address_is_asked_by_its_name(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    port = server.rpartition(":")[2]
    monkeypatch.setattr(web, "_checked", lambda *_: "127.0.0.1")
    monkeypatch.setitem(ANSWERS, "/named", (302, {"Location": f"http://named.example:{port}/plain"}, b""))
    HOSTS.clear()
    assert [document.text for document in read(server + "/named")] == ["Halden bought Ostara."]
    assert [server.removeprefix("http://"), f"named.example:{port}"] == HOSTS


def test_a_server_that_sends_a_byte_now_and_then() -> None:
    """Neither in its head nor in its body is it waited for longer than is allowed for all of it."""
    for head in (b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"):
        with socket.create_server(("127.0.0.1", 0)) as listening:
            stop = threading.Event()
            Thread(target=trickle, args=(listening, head, stop), daemon=True).start()
            address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
            with pytest.raises(InputError, match=r"not complete after 1 s; .* --limit seconds=2"):
                list(read(address, limits=Limits(seconds=1)))
            stop.set()


def trickle(listening: socket.socket, head: bytes, stop: threading.Event) -> None:
    connection, _ = listening.accept()
    with connection, suppress(OSError):
        connection.recv(1 << 16)
        connection.sendall(head)
        while not stop.wait(0.05):
            connection.sendall(b"x")


def test_passwords_of_netrc_are_not_sent(
    server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    list(read(server + "/plain"))
    assert HEADERS[-1].get("Authorization") is None


def test_the_rest_is_read(server: str) -> None:
    errors: list[InputError] = []
    assert [d.text for d in read([server + "/gone", server + "/plain"], errors.append)] == [
        "Halden bought Ostara."
    ]
    assert len(errors) == 1
