"""Sources to documents: files, folders, globs and standard input; one reader per format.

A reader is a function ``(path, id, source)`` that yields a Document for each text it finds, and an
InputError for each that it cannot read. It is registered in the entry-point group ``kg.readers``
under the suffix of the files that it reads.
"""

from __future__ import annotations

import glob
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path, PurePath

from kg.characters import writable
from kg.errors import InputError, UsageError
from kg.model import Document
from kg.readers.language import foreign
from kg.readers.text import text_document

Reader = Callable[[Path, str, str], Iterator[Document | InputError]]
OnError = Callable[[InputError], None]
Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. ``id`` is the path below the argument that named it, without suffix; ``name``
    the path to show: relative, never absolute."""

    path: Path
    id: str
    name: str


def read(paths: Paths, on_error: OnError | None = None) -> Iterator[Document]:
    """The documents of files, folders, globs and ``-`` (standard input), in a fixed order.

    A source that cannot be read goes to ``on_error`` and the rest is read; without ``on_error``, or
    where nothing else is there to read, it is raised. An argument that names nothing raises
    UsageError before anything is read.
    """
    seen: set[str] = set()
    held: list[InputError] = []  # until the first document shows that there is something to read
    for found in _documents(sources(paths)):
        if isinstance(found, Document):
            found = _wanted(found, seen)
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


def _wanted(document: Document, seen: set[str]) -> Document | InputError:
    if document.id in seen:
        return InputError(f"{document.source}: the id {document.id!r} was read before; ids must differ")
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
    arguments = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    found: dict[Path, Source] = {}
    for argument in arguments:
        for source in _named_by(os.fspath(argument)):
            found.setdefault(Path(os.path.abspath(source.path)), source)
    ids = Counter(source.id for source in found.values())
    # Two folders may hold a file of one name: then the path that the user sees tells them apart.
    clear = (
        replace(s, id=s.name) if ids[s.id] > 1 and s.path.suffix != ".jsonl" else s for s in found.values()
    )
    return sorted(clear, key=lambda source: (source.id, source.name))


@cache
def readers() -> dict[str, Reader]:
    """The registered readers by suffix (``".txt"``). Loading one is cheap; using it may not be."""
    return {
        f".{entry.name}": entry.load()
        for entry in sorted(entry_points(group="kg.readers"), key=lambda e: e.name)
    }


def _documents(found: Iterable[Source]) -> Iterator[Document | InputError]:
    for source in found:
        if source.path == Path(STDIN):
            yield text_document(sys.stdin.buffer.read(), source.id, source.name)
            continue
        suffix = source.path.suffix
        reader = readers().get(suffix.lower())
        if reader is None:
            kind = suffix or "a name without suffix"
            yield InputError(f"{source.name}: no reader for {kind}; known: {', '.join(readers())}")
            continue
        try:
            yield from reader(source.path, source.id, source.name)
        except OSError as error:
            yield InputError(f"{source.name}: cannot be read: {error.strerror or error}")


def _named_by(argument: str) -> Iterator[Source]:
    """The files that one argument names."""
    path = Path(argument)
    if not argument.strip():
        raise UsageError('an empty argument names no file; "." is the folder you are in')
    if argument == STDIN:
        yield Source(path, "stdin", "stdin")
    elif path.is_dir():
        files = sorted(_files_below(path))
        if not files:
            raise InputError(f"{argument}: no {' or '.join(readers())} file in this folder")
        yield from (_source(file, path) for file in files)
    elif os.path.lexists(path):
        yield _source(path, path.parent)
    elif glob.has_magic(argument):
        fixed = Path(*_before_magic(path))
        matches = sorted(Path(match) for match in glob.glob(argument, recursive=True))
        if not matches:
            raise UsageError(f"{argument}: no file matches")
        yield from (_source(match, fixed) for match in matches if not match.is_dir())
    else:
        raise UsageError(f"{argument}: no such file or folder")


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=_unlisted):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and PurePath(name).suffix.lower() in readers():
                yield Path(parent, name)


def _unlisted(error: OSError) -> None:
    raise InputError(f"{error.filename}: the folder cannot be read: {error.strerror}") from None


def _before_magic(path: Path) -> Iterator[str]:
    for part in path.parts:
        if glob.has_magic(part):
            return
        yield part


def _source(path: Path, base: Path) -> Source:
    below = path.relative_to(base)
    absolute, here = Path(os.path.abspath(path)), Path.cwd()
    # Outside the working directory only the argument's own name is kept, so that no output depends on
    # where a checkout lies.
    if absolute.is_relative_to(here):
        shown = absolute.relative_to(here)
    else:
        shown = Path(Path(os.path.abspath(base)).name, below)
    document_id = below.with_suffix("").as_posix()
    return Source(path, writable(document_id), writable(shown.as_posix()))
