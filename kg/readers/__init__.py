"""Sources to documents: files, folders, globs, addresses and standard input; one reader per format.

A reader is a function ``(path, id, source)`` that yields a Document for each text it finds, and an
InputError for each that it cannot read. It is registered in the entry-point group ``kg.readers``
under the suffix of the files that it reads.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from kg.errors import InputError
from kg.limits import USUAL, Limits
from kg.model import Document
from kg.readers.language import foreign
from kg.readers.size import MEGABYTE, check_file, check_text, too_large
from kg.readers.sources import STDIN, Paths, Source
from kg.readers.sources import sources as named_sources
from kg.readers.text import text_document

Reader = Callable[[Path, str, str], Iterator[Document | InputError]]
OnError = Callable[[InputError], None]

__all__ = ["OnError", "Paths", "Reader", "Source", "read", "read_file", "readers", "sources"]


def read(
    paths: Paths, on_error: OnError | None = None, *, private: bool = False, limits: Limits = USUAL
) -> Iterator[Document]:
    """The documents of files, folders, globs, addresses and ``-`` (standard input), in a fixed order.

    A source that cannot be read goes to ``on_error`` and the rest is read; without ``on_error``, or
    where nothing else is there to read, it is raised. An argument that names nothing raises
    UsageError before anything is read. ``private`` lets a page of the web send on to a private address.
    What is larger than ``limits`` allow is an error too.
    """
    seen: set[str] = set()
    held: list[InputError] = []  # until the first document shows that there is something to read
    for found in _documents(sources(paths), private, limits):
        if isinstance(found, Document):
            found = _wanted(found, seen, limits)
        if isinstance(found, Document):
            seen.add(found.id)
            _report(held, on_error)
            yield found
        elif on_error is None:
            raise found
        else:
            held.append(found)
            if seen:
                _report(held, on_error)
    if len(held) == 1:
        raise held[0]
    _report(held, on_error)
    if not seen:
        raise InputError("no source could be read; nothing was changed")


def _wanted(document: Document, seen: set[str], limits: Limits) -> Document | InputError:
    if document.id in seen:
        return InputError(f"{document.source}: the id {document.id!r} was read before; ids must differ")
    try:
        check_text(document.text, document.source or document.id, limits)
    except InputError as error:
        return error
    language = foreign(document.text)
    if language is not None:
        return InputError(
            f"{document.source}: {document.id!r} is in {language}, it seems; only English is read"
        )
    return document


def _report(held: list[InputError], on_error: OnError | None) -> None:
    for error in held:
        if on_error is not None:
            on_error(error)
    held.clear()


def sources(paths: Paths) -> list[Source]:
    """The files that the arguments name, each once, sorted by id."""
    return named_sources(paths, readers())


@cache
def readers() -> dict[str, EntryPoint]:
    """Where the readers are that are installed, by suffix (``".txt"``)."""
    found = sorted(entry_points(group="kg.readers"), key=lambda entry: (entry.name, entry.value))
    return {f".{entry.name}": entry for entry in found}


def _documents(found: Iterable[Source], private: bool, limits: Limits) -> Iterator[Document | InputError]:
    for source in found:
        try:
            if source.url:
                yield from _page(source, private, limits)
            elif source.path == Path(STDIN):
                yield _piped(source, limits)
            else:
                yield from read_file(source.path, source.id, source.name, limits)
        except InputError as error:  # of what could not be fetched
            yield error


def _page(source: Source, private: bool, limits: Limits) -> Iterator[Document | InputError]:
    from kg.readers.web import fetched

    with fetched(source.url, readers(), private=private, limits=limits) as path:
        yield from read_file(path, source.id, source.name, limits)


def _piped(source: Source, limits: Limits) -> Document | InputError:
    data = sys.stdin.buffer.read(limits.file * MEGABYTE + 1)
    if len(data) > limits.file * MEGABYTE:
        return too_large(source.name, len(data), "file", limits.file)
    return text_document(data, source.id, source.name)


def read_file(path: Path, id: str, source: str, limits: Limits = USUAL) -> Iterator[Document | InputError]:
    """What the reader for its suffix finds in a file, which is shown as ``source``; it never raises."""
    entry = readers().get(path.suffix.lower())
    if entry is None:
        kind = path.suffix or "a name without suffix"
        yield InputError(f"{source}: no reader for {kind}; known: {', '.join(readers())}")
        return
    try:
        reader: Reader = entry.load()
    except Exception as error:  # of a package that somebody else keeps
        yield InputError(f"{source}: the reader {entry.value} cannot be loaded ({error})")
        return
    try:
        check_file(path, source, limits)
        yield from reader(path, id, source)
    except InputError as error:
        yield error
    except OSError as error:
        yield InputError(f"{source}: cannot be read: {error.strerror or error}")
    except RecursionError:
        yield InputError(f"{source}: nested too deeply")
    except Exception as error:  # whatever a library for some format makes of a broken file
        kind = type(error).__name__
        yield InputError(f"{source}: damaged, or not what its suffix says ({kind}: {error})")
