"""Pages fetched from the web: http and https only, within limits of size and time."""

from __future__ import annotations

import codecs
import ipaddress
import socket
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from email.message import Message
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin, urlsplit

import requests

from kg.errors import InputError

LARGEST = 20 << 20
#: Seconds: to connect, between two pieces of an answer, and for all of it.
CONNECT, SILENCE, ALL = 10, 20, 60
REDIRECTS = 5

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


@contextmanager
def fetched(url: str, suffixes: Collection[str], *, private: bool = False) -> Iterator[Path]:
    """A file with what an address answers, under the suffix of its kind; it is removed again.

    Raises InputError, with the reason, where it cannot be had. It is not followed to addresses that are
    not public, unless ``private``.
    """
    try:
        answer = _answer(url, private)
        with answer:
            if not answer.ok:
                raise ValueError(f"the server answers {answer.status_code} {answer.reason}")
            suffix, charset = _kind(answer, suffixes)
            data = _body(answer)
    except requests.Timeout:
        raise InputError(f"{url}: no answer within {SILENCE} s") from None
    except requests.RequestException as error:
        raise InputError(f"{url}: cannot be fetched ({_reason(error)})") from None
    except ValueError as error:
        raise InputError(f"{url}: {error}") from None
    if charset is not None:
        data = _marked(data, charset)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"page{suffix}")
        path.write_bytes(data)
        yield path


def _answer(url: str, private: bool) -> requests.Response:
    """The answer of the last address that it sends on to."""
    where = url
    for _ in range(REDIRECTS + 1):
        answer = requests.get(
            where,
            timeout=(CONNECT, SILENCE),
            stream=True,
            allow_redirects=False,
            headers={"User-Agent": f"claimgraph/{version('claimgraph')}"},
        )
        if not answer.is_redirect:
            return answer
        answer.close()
        where = urljoin(where, answer.headers["location"])
        _check(where, private)
    raise ValueError(f"it sends on more than {REDIRECTS} times")


def _check(url: str, private: bool) -> None:
    """ValueError where a page must not send on to this address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"it sends on to {url}, and only http and https are read")
    if private:
        return
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 80, type=socket.SOCK_STREAM)
    except OSError as error:
        raise ValueError(f"it sends on to {url}, which is not known ({error.strerror})") from None
    for *_, address in found:
        if not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_global:
            raise ValueError(f"it sends on to {url}, a private address; --allow-private follows it")


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


def _body(answer: requests.Response) -> bytes:
    data, end = bytearray(), time.monotonic() + ALL
    for piece in answer.iter_content(1 << 16):
        data += piece
        if len(data) > LARGEST:
            raise ValueError(f"larger than {LARGEST >> 20} MB; save it and give the file")
        if time.monotonic() > end:
            raise ValueError(f"not complete after {ALL} s; save it and give the file")
    return bytes(data)


def _marked(data: bytes, charset: str) -> bytes:
    """Text as UTF-8 with a mark, so that the encoding which the server names counts."""
    try:
        return codecs.BOM_UTF8 + data.decode(charset).encode()
    except (LookupError, UnicodeDecodeError):
        return data


def _reason(error: requests.RequestException) -> str:
    inner: BaseException = error
    while inner.__cause__ or inner.__context__:
        inner = inner.__cause__ or inner.__context__ or inner
    return getattr(inner, "strerror", None) or str(inner) or type(error).__name__
