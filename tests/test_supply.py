"""What claimgraph is made of: locked, licensed, and quiet on the network."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.licences import TABLE, is_compatible, licence, needed, rows
from tests.offline import COMMANDS
from tests.running import ROOT


def test_every_dependency_may_be_used_under_mit() -> None:
    found = {name: licence(package) for name, package in needed("pdf", "docx", "dask").items()}
    assert len(found) > 50
    assert {name: said for name, said in found.items() if not is_compatible(said)} == {}


@pytest.mark.parametrize(
    ("expression", "compatible"),
    [("GPL-3.0-only", False), ("MIT AND GPL-3.0-only", False), ("GPL-3.0-only OR MIT", True), ("", False)],
)
def test_what_is_compatible(expression: str, compatible: bool) -> None:
    assert is_compatible(expression) is compatible


def test_the_licences_are_listed() -> None:
    """On Linux; elsewhere a few packages more or less are needed."""
    listed = set(TABLE.read_text(encoding="utf-8").splitlines())
    assert set(rows()) <= listed, "write the list anew: python -m tests.licences"


def test_all_that_runs_is_locked() -> None:
    """By version and hash: ``make demo`` and ``make test`` install nothing else."""
    for file, extras in (("requirements.txt", ()), ("requirements-dev.txt", ("pdf", "docx", "dask"))):
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        locked = {line.partition("==")[0].lower() for line in lines if line[:1].isalnum()}
        assert needed(*extras).keys() <= locked
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = [
        line.partition("$(PIP) install ")[2] for line in makefile.splitlines() if "$(PIP) install" in line
    ]
    locked_ways = ("--require-hashes", "--no-deps --no-build-isolation -e .")
    assert all(line.startswith(locked_ways) for line in installs)


@pytest.mark.model
def test_nothing_asks_the_network(tmp_path: Path) -> None:
    """Where the system lets us, in a network namespace in which there is nothing, not even loopback."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("Microsoft invested in OpenAI in 2019.", encoding="utf-8")
    apart = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*apart, "true"], check=False).returncode:
        apart = []
    done = subprocess.run(
        [*apart, sys.executable, "-m", "tests.offline"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout.splitlines() == [*(f"{command}: 0" for command in COMMANDS), "tried: []"]
