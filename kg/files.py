"""Files that are whole or not there: the one way in which this package writes them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import KGError, StoreError


@contextmanager
def replacing(path: Path, what: str = "file") -> Iterator[IO[bytes]]:
    """A file that takes the place of ``path`` when it is complete; a failure leaves what was there."""
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb", buffering=1 << 20) as file:
            yield file
        Path(temporary).chmod(0o644)  # mkstemp makes it private, and a graph is made to be shared
        Path(temporary).replace(path)
    except OSError as error:
        raise KGError(f"{path}: the {what} cannot be written ({error.strerror or error})") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


@contextmanager
def reported(what: str) -> Iterator[None]:
    """What the system refuses, such as more of a disk that is full, as a StoreError; also a decorator.

    >>> with reported("the graph cannot be written"):
    ...     raise OSError(28, "No space left on device", "/data/graph.db")
    Traceback (most recent call last):
    kg.errors.StoreError: the graph cannot be written (No space left on device: /data/graph.db)
    """
    try:
        yield
    except OSError as error:
        reason = f"{error.strerror}: {error.filename}" if error.filename else error.strerror or str(error)
        # Only of a temporary file the system tells no name, because it has none.
        hint = "" if error.filename or not error.errno else f"; is there space in {tempfile.gettempdir()}?"
        raise StoreError(f"{what} ({reason}){hint}") from None
