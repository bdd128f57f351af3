"""What the arguments of a command name: files, folders, globs, standard input and addresses."""

from __future__ import annotations

import glob
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from kg.characters import writable
from kg.errors import InputError, UsageError

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]

STDIN = "-"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read. ``id`` is the path below the argument that named it, without suffix; ``name``
    the path to show: relative, never absolute. A page of the web has a ``url``, which is its name too."""

    path: Path
    id: str
    name: str
    url: str = ""


def sources(paths: Paths, suffixes: Collection[str]) -> list[Source]:
    """The files that the arguments name, each once, sorted by id; of folders those with these suffixes."""
    arguments = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
    found: dict[str, Source] = {}
    for argument in arguments:
        for source in _named_by(os.fspath(argument), suffixes):
            found.setdefault(source.url or os.path.abspath(source.path), source)
    ids = Counter(source.id for source in found.values())
    # Two folders may hold a file of one name: then the path that the user sees tells them apart.
    clear = (replace(source, id=source.name) if ids[source.id] > 1 else source for source in found.values())
    return sorted(clear, key=lambda source: (source.id, source.name))


def _named_by(argument: str, suffixes: Collection[str]) -> Iterator[Source]:
    """The files that one argument names."""
    path = Path(argument)
    if not argument.strip():
        raise UsageError('an empty argument names no file; "." is the folder you are in')
    if argument == STDIN:
        yield Source(path, "stdin", "stdin")
    elif "://" in argument:
        yield _page(argument)
    elif path.is_dir():
        files = sorted(_files_below(path, suffixes))
        if not files:
            raise InputError(f"{argument}: no file in this folder can be read; known: {', '.join(suffixes)}")
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


def _page(url: str) -> Source:
    """A page of the web; its id is its host and path."""
    try:
        parts = urlsplit(url)
        known = parts.scheme.lower() in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError as error:
        raise UsageError(f"{url}: this is no web address ({error})") from None
    if not known or writable(url) != url or " " in url:
        raise UsageError(f"{url}: only addresses that begin with http:// or https:// are read")
    if "@" in parts.netloc:
        raise UsageError(f"{parts.hostname}: an address with a name and password would be in the graph")
    path = PurePath(parts.path.rstrip("/")).with_suffix("") if parts.path.strip("/") else ""
    query = f"?{parts.query}" if parts.query else ""
    return Source(Path(), writable(f"{parts.netloc}{path}{query}"), url, url)


def _files_below(folder: Path, suffixes: Collection[str]) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder, onerror=_unlisted):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and PurePath(name).suffix.lower() in suffixes:
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
