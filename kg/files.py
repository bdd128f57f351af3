"""Files that are whole or not there: the one way in which this package writes them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from kg.errors import KGError


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
