"""Pages fetched from the web: http and https only, within limits of size and time.

What the user names is asked, wherever it is. What a page sends on to is not the user's choice: its
address is looked up once, must be public, and is the one that is connected to.
"""

from __future__ import annotations

import codecs
import ipaddress
import socket
import tempfile
import time
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from email.message import Message
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies, select_proxy
from urllib3.exceptions import HTTPError

from kg.errors import InputError
from kg.limits import USUAL, Limits
from kg.readers.encoding import as_text
from kg.readers.size import MEGABYTE

#: Seconds: to connect, and between two pieces of an answer.
CONNECT, SILENCE = 10, 20
REDIRECTS = 5
_PIECE = 1 << 16
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "message/rfc822": ".eml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}


#: The suffix of an answer, its encoding where the server names it, and what it is.
_Answer = tuple[str, str | None, bytes]


@contextmanager
def fetched(
    url: str, suffixes: Collection[str], *, private: bool = False, limits: Limits = USUAL
) -> Iterator[Path]:
    """A file with what an address answers, under the suffix of its kind; it is removed again.

    Raises InputError, with the reason, where it cannot be had. It is not followed to addresses that are
    not public, unless ``private``.
    """
    done: SimpleQueue[_Answer | Exception] = SimpleQueue()
    arguments = (done, url, suffixes, private, limits)
    # A server may send a byte now and then for ever, and no library has a limit for all of it together:
    # a thread that is not done in time is left behind, and ends with the next byte or with the program.
    Thread(target=_fetch, args=arguments, daemon=True).start()
    try:
        found = done.get(timeout=limits.seconds)
        if isinstance(found, Exception):
            raise found
        suffix, charset, data = found
    except Empty:
        raise InputError(f"{url}: {_late(limits)}") from None
    except requests.Timeout:
        raise InputError(f"{url}: no answer within {SILENCE} s") from None
    except (requests.RequestException, HTTPError) as error:
        raise InputError(f"{url}: cannot be fetched ({_reason(error)})") from None
    except ValueError as error:
        raise InputError(f"{url}: {error}") from None
    if charset is not None:
        data = _marked(data, charset)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"page{suffix}")
        path.write_bytes(data)
        yield path


def _fetch(
    done: SimpleQueue[_Answer | Exception], url: str, suffixes: Collection[str], private: bool, limits: Limits
) -> None:
    end = time.monotonic() + limits.seconds
    try:
        with _answer(url, private, end) as answer:
            if not answer.ok:
                raise ValueError(f"the server answers {answer.status_code} {answer.reason}")
            suffix, charset = _kind(answer, suffixes)
            done.put((suffix, charset, _body(answer, limits, end)))
    except Exception as error:  # whoever waits for it raises it
        done.put(error)


def _late(limits: Limits) -> str:
    return f"not complete after {limits.seconds} s; wait longer with --limit seconds={2 * limits.seconds}"


def _answer(url: str, private: bool, end: float) -> requests.Response:
    """The answer of the last address that it sends on to."""
    address = None
    for _ in range(REDIRECTS + 1):
        answer = _asked(url, address)
        if not answer.is_redirect:
            return answer
        answer.close()
        if time.monotonic() > end:
            raise requests.Timeout
        url = urljoin(url, answer.headers["location"])
        address = _checked(url, private)
    raise ValueError(f"it sends on more than {REDIRECTS} times")


def _asked(url: str, address: str | None) -> requests.Response:
    """What a URL answers, at the address of its host that was checked, if one was."""
    headers = {"User-Agent": f"claimgraph/{version('claimgraph')}", "Accept-Encoding": "gzip"}
    with requests.Session() as session:
        session.auth = _without_login
        if address is not None:
            parts = urlsplit(str(requests.Request("GET", url).prepare().url))
            headers["Host"] = parts.netloc.rpartition("@")[2]
            session.mount("https://", _Named(str(parts.hostname)))
            host = f"[{address}]" if ":" in address else address
            url = parts._replace(netloc=f"{host}:{parts.port}" if parts.port else host).geturl()
        return session.get(
            url, timeout=(CONNECT, SILENCE), stream=True, allow_redirects=False, headers=headers
        )


def _without_login(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Nothing: passwords of ~/.netrc are for programs that the user sends to a server."""
    return request


class _Named(HTTPAdapter):
    """Connects to an address, and expects the certificate of a name."""

    def __init__(self, name: str) -> None:
        self._name = name
        super().__init__()

    def init_poolmanager(self, *given: Any, **options: Any) -> None:
        """The pool of connections, which know the name."""
        super().init_poolmanager(*given, server_hostname=self._name, assert_hostname=self._name, **options)


def _checked(url: str, private: bool) -> str | None:
    """The address to connect to; None where any will do. ValueError where a page must not send on to it."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"it sends on to {url}, and only http and https are read")
    if private:
        return None
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM)
    except OSError as error:
        raise ValueError(f"it sends on to {url}, which is not known ({error.strerror})") from None
    addresses = [str(place[0]).partition("%")[0] for *_, place in found]
    if not all(map(is_public, addresses)):
        raise ValueError(f"it sends on to {url}, a private address; --allow-private follows it")
    if select_proxy(url, get_environ_proxies(url)):
        return None  # a proxy looks names up itself
    return min(addresses, key=lambda address: ":" in address)  # IPv4 reaches from everywhere


def is_public(address: str) -> bool:
    """Whether an address belongs to the internet, also what it stands for in it.

    >>> is_public("192.0.43.7"), is_public("10.0.0.1"), is_public("64:ff9b::7f00:1")
    (True, False, False)
    """
    known = ipaddress.ip_address(address)
    if not known.is_global or known.is_multicast:
        return False
    if isinstance(known, ipaddress.IPv4Address):
        return True
    inner = known.ipv4_mapped or known.sixtofour or (known.teredo or (None, None))[1]
    if known in _NAT64:
        inner = ipaddress.IPv4Address(int(known) & 0xFFFFFFFF)
    return inner is None or is_public(str(inner))


def _kind(answer: requests.Response, suffixes: Collection[str]) -> tuple[str, str | None]:
    """The suffix that tells the reader, and the encoding of what is text."""
    header = Message()
    header["content-type"] = answer.headers.get("content-type", "")
    kind = header.get_content_type() if answer.headers.get("content-type") else ""
    own = PurePosixPath(urlsplit(answer.url).path).suffix.lower()
    suffix = _SUFFIXES.get(kind, own)
    if kind == "text/plain" and own in suffixes:
        suffix = own  # servers that do not know a suffix call it plain text
    if suffix not in suffixes:
        raise ValueError(f"no reader for {kind or suffix or 'an answer of no kind'}")
    charset = header.get_content_charset()
    return suffix, charset if kind.startswith("text/") else None


def _body(answer: requests.Response, limits: Limits, end: float) -> bytes:
    packed = answer.headers.get("content-encoding", "identity").strip().lower()
    if packed not in ("gzip", "x-gzip", "identity", ""):
        raise ValueError(f"the answer is packed as {packed}, which was not asked for")
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 16) if "gzip" in packed else None
    most, data = limits.page * MEGABYTE, bytearray()
    while len(data) <= most:
        if time.monotonic() > end:
            raise ValueError(_late(limits))
        piece = answer.raw.read1(_PIECE, decode_content=False)
        if not piece:
            break
        try:
            data += unpack.decompress(piece, most + 1 - len(data)) if unpack else piece
        except zlib.error as error:
            raise ValueError(f"the answer is damaged ({error})") from None
    if len(data) > most:
        raise ValueError(
            f"larger than {limits.page} MB; save it and give the file, or use --limit page={2 * limits.page}"
        )
    if unpack is not None and not unpack.eof:
        raise ValueError("the answer is not complete")
    return bytes(data)


def _marked(data: bytes, charset: str) -> bytes:
    """Text as UTF-8 with a mark, so that the encoding which the server names counts."""
    text = as_text(data, charset)
    return data if text is None else codecs.BOM_UTF8 + text.encode()


def _reason(error: BaseException) -> str:
    while inner := error.__cause__ or error.__context__:
        error = inner
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
