"""RDF files of any syntax to quads, as a stream. Nothing is fetched, and no file can fill the memory."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast
from xml.parsers import expat

import pyoxigraph as ox

from kg.errors import InputError, UsageError, did_you_mean

#: The syntax of each suffix; that of ``.owl`` and ``.xml`` is told by the first characters.
SYNTAXES = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
    "json": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
    "xml": ox.RdfFormat.RDF_XML,
    "owl": ox.RdfFormat.RDF_XML,
}
#: What relative IRIs are relative to, where a file does not say: never the place where it lies.
BASE = "https://example.org/"
_BOM = b"\xef\xbb\xbf"
_CHUNK = 1 << 16
_LONGEST_ENTITY = 1_000


def parse(path: Path, base: str = BASE) -> Iterator[ox.Quad]:
    """The quads of a file, which may be compressed (``.ttl.gz``); blank nodes have names of this read.

    ``base`` is what relative IRIs are relative to. Raises UsageError where the suffix names no syntax,
    InputError with ``file:line`` where the file is malformed, and where its XML declares entities that grow.
    """
    with _reading(path) as (file, syntax):
        yield from ox.parse(file, format=syntax, base_iri=base)


def load(store: ox.Store, path: Path) -> None:
    """Add the quads of a file to a store; it raises what ``parse`` raises, and then a part may be there."""
    with _reading(path) as (file, syntax):
        store.bulk_load(file, format=syntax, base_iri=BASE)


@contextmanager
def _reading(path: Path) -> Iterator[tuple[IO[bytes], ox.RdfFormat]]:
    """A file to parse, and its syntax."""
    syntax = _syntax(path)
    try:
        if syntax == ox.RdfFormat.RDF_XML:
            with _opened(path) as file:
                _check_entities(path, file)
        with _opened(path) as file:
            yield cast(IO[bytes], _WithoutMark(file)), syntax
    except SyntaxError as error:
        raise _malformed(path, syntax, error) from None
    except (OSError, EOFError) as error:
        raise InputError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from None


def _syntax(path: Path) -> ox.RdfFormat:
    name = path.name.lower().removesuffix(".gz")
    suffix = name.rpartition(".")[2]
    if suffix not in SYNTAXES:
        raise UsageError(f"{path}: the suffix names no syntax of RDF. {did_you_mean(suffix, SYNTAXES)}")
    if suffix == "owl" and path.is_file():
        with _opened(path) as file:
            start = file.read(1_000).removeprefix(_BOM).lstrip()
        is_xml = start.startswith(b"<?xml") or b"<rdf:RDF" in start
        return ox.RdfFormat.RDF_XML if is_xml else ox.RdfFormat.TURTLE
    return SYNTAXES[suffix]


def _opened(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path)) if path.name.lower().endswith(".gz") else path.open("rb")


class _WithoutMark:
    """A file without the byte order mark at its beginning, which the parser does not know."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._fresh = file, True

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._file.read(size)
        if self._fresh:
            self._fresh = False
            rest = data.removeprefix(_BOM)
            data = rest or self._file.read(size)
        return data


def _check_entities(path: Path, file: IO[bytes]) -> None:
    """Refuse entities that stand for others: ten lines of them are a gigabyte of text."""

    def declared(name: str, _parameter: bool, value: str | None, *_: Any) -> None:
        if value is None or "&" in value or len(value) > _LONGEST_ENTITY:
            reason = "another file" if value is None else "other entities" if "&" in value else "a long text"
            line = parser.CurrentLineNumber
            raise InputError(f"{path}:{line}: the entity &{name}; stands for {reason}, which is not read")

    elements: list[object] = []  # declarations end where they begin
    parser = expat.ParserCreate()
    parser.EntityDeclHandler, parser.StartElementHandler = declared, lambda *found: elements.append(found)
    try:
        while not elements and (data := file.read(_CHUNK)):
            parser.Parse(data)
    except (expat.ExpatError, LookupError, ValueError):  # encodings that Python or expat do not know
        return  # the parser of RDF says what is wrong


def _malformed(path: Path, syntax: ox.RdfFormat, error: SyntaxError) -> InputError:
    reason, line = str(error.msg), error.lineno
    if line:
        reason = reason.partition(": ")[2].removesuffix(f" (line {line})")
    elif syntax == ox.RdfFormat.RDF_XML:
        line = _broken_line(path)
    if "LoadDocumentCallback" in reason:
        reason = "its @context is on the network, and nothing is fetched; write the context into the file"
    where = f"{path}:{line}" if line else str(path)
    return InputError(f"{where}: not valid {syntax.name}: {reason}")


def _broken_line(path: Path) -> int | None:
    """The line on which the XML of a file breaks off, if it is the XML that is wrong."""
    parser = expat.ParserCreate()
    try:
        with _opened(path) as file:
            parser.ParseFile(file)
    except expat.ExpatError as error:
        return error.lineno
    except (LookupError, ValueError):  # the first line names its encoding
        return 1
    return None
