"""A server of the sample, for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.serving import serving, write_sample


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store of the sample. Read it, do not write to it."""
    return write_sample(tmp_path_factory.mktemp("served") / "graph.db")


@pytest.fixture(scope="session")
def address(store: Path) -> Iterator[str]:
    """The address of its server."""
    with serving(store) as (address, _):
        yield address
