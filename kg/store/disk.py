"""Oxigraph stores on disk. A store is never changed in place: a new one is built beside it, under
the engine's own lock, and takes its place at the end. So readers see a finished store, and a failed
build changes nothing.
"""

from __future__ import annotations

import gc
import json
import re
import shutil
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.vocab import BASE_IRI

#: The version of the shape of a store; a store of another version is built again.
FORMAT = 1
_MARK = "claimgraph.json"
_ATTEMPTS, _PAUSE = 3, 0.05
#: How the engine says that another process, or this one, holds the store; paths may hold any word.
_IN_USE = re.compile("lock hold by|While lock file")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a store says of itself: the base IRI of its data, and the hash of what it was made of."""

    base: str = BASE_IRI
    state: str = ""


def open_finished(path: Path) -> tuple[ox.Store, Mark]:
    """A finished store, read-only, and what it says of itself."""
    for _ in range(_ATTEMPTS - 1):  # a build may be putting another in its place at this moment
        try:
            return _open(path)
        except StoreError:
            time.sleep(_PAUSE)
    return _open(path)


def _open(path: Path) -> tuple[ox.Store, Mark]:
    folder = path if path.exists() else _beside(path, "old")
    if not folder.exists():
        raise StoreError(f"{path}: there is no store; build one with: kg build PATHS -o {path.parent}")
    mark = _read_mark(path, folder)
    try:
        return ox.Store.read_only(str(folder)), mark
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{path}: the store cannot be read ({error}); build it again with --fresh") from None


def exists(path: Path) -> bool:
    """Whether a finished store is there."""
    return path.exists() or _beside(path, "old").exists()


def begin(path: Path) -> ox.Store:
    """An empty store beside ``path``, to be swapped in; a second writer gets a StoreError."""
    _check_replaceable(path)
    building = drafts(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        store = _locked(path, building)
        store.clear()  # what a killed build has left
        for rest in building.glob(".*"):
            rest.unlink()
        if path.exists():
            shutil.rmtree(_beside(path, "old"), ignore_errors=True)
    except (OSError, RuntimeError) as error:
        discard(path)
        reason = getattr(error, "strerror", None) or error
        raise StoreError(f"{path}: the store cannot be written ({reason})") from None
    return store


def drafts(path: Path) -> Path:
    """The folder of the store that was begun. Files whose names begin with a dot may be drafted in it:
    they go when it is discarded or begun again."""
    return _beside(path, "building")


def swap_in(path: Path, mark: Mark) -> None:
    """Put the built store, which must be closed, in the place of the earlier one."""
    old, building = _beside(path, "old"), drafts(path)
    try:
        written = json.dumps({**asdict(mark), "format": FORMAT}, sort_keys=True)
        (building / _MARK).write_text(written + "\n", encoding="utf-8")
        if path.exists():
            shutil.rmtree(old, ignore_errors=True)
            path.rename(old)
        building.rename(path)
    except OSError as error:
        raise StoreError(f"{path}: the new store cannot be put in its place ({error})") from None
    shutil.rmtree(old, ignore_errors=True)


def discard(path: Path) -> None:
    """Remove a store that was begun and is not wanted."""
    shutil.rmtree(drafts(path), ignore_errors=True)


def _beside(path: Path, what: str) -> Path:
    return path.with_name(f"{path.name}.{what}")


def _read_mark(path: Path, folder: Path) -> Mark:
    try:
        mark = json.loads((folder / _MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        mark = None
    if not isinstance(mark, dict):
        raise StoreError(f"{path}: this is not a store of claimgraph (no readable {_MARK} in it)")
    found = mark.get("format")
    if found != FORMAT:
        raise StoreError(
            f"{path}: the store has format {found}, and this version reads {FORMAT}; "
            "build it again with --fresh"
        )
    return Mark(str(mark.get("base", BASE_IRI)), str(mark.get("state", "")))


def _check_replaceable(path: Path) -> None:
    if path.parent.exists() and not path.parent.is_dir():
        raise StoreError(f"{path.parent}: this is a file, and the output is a folder; choose another path")
    foreign = path.is_file() or (path.is_dir() and any(path.iterdir()) and not (path / _MARK).exists())
    if foreign:
        raise StoreError(f"{path}: this is not a store of claimgraph and is left alone; choose another path")


def _locked(path: Path, building: Path) -> ox.Store:
    with suppress(OSError, RuntimeError):
        return ox.Store(str(building))
    gc.collect()  # a build of this process that failed may have left its store in the frames of an error
    try:
        return ox.Store(str(building))
    except (OSError, RuntimeError) as error:
        if _IN_USE.search(str(error)):
            raise StoreError(
                f"{path}: the store is in use, another build is writing it; try again when that has ended"
            ) from None
        if not building.exists():
            raise
    shutil.rmtree(building)  # the damaged rest of a killed build
    return ox.Store(str(building))
