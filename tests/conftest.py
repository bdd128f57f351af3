"""What is made once for all tests: the extractor with its model, and a build of the seeds."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.running import run_kg

if TYPE_CHECKING:
    from kg.extract import Extractor


ARGUMENTS = """--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync""".split()


# A test that is slow on a busy machine has not failed.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor of the default ontology, with the model loaded once."""
    from kg.extract import Extractor
    from kg.ontology import load_ontology

    return Extractor(load_ontology())


@pytest.fixture(scope="session")
def seeds_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``kg build seeds`` writes, built once for all workers. Read it, do not write to it.

    Each worker has a copy: who reads a store has files beside it for a while, which others would trip over.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    built = shared / "seeds-built"
    with (shared / "seeds-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            run_kg(["build", "seeds", "-o", str(shared / "seeds-new")], PYTHONHASHSEED="0")
            (shared / "seeds-new").rename(built)
    return shutil.copytree(built, own / "seeds-output")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium, best without its window, which costs half of the time; or what CHROMIUM names."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    executable = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not executable:
        pytest.skip("no chromium on this machine (apt install chromium-headless-shell, or set CHROMIUM)")
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield chromium
        chromium.close()
