"""A disk that is full, or read-only: the earlier graph stays as it is, and the next build completes it.

The disk is a small file system in memory, in a mount namespace; where the system allows none, they skip.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import KG, ROOT
from tests.serve.serving import write_sample

APART = ["unshare", "--map-root-user", "--mount"]
#: Kilobytes; ``make soak`` takes small steps.
STEP = 20 if "KILLS" in os.environ else 300
NO_SPACE = "No space left on device"
#: What is said while the output is full, while it is read-only, and while temporary files are not possible.
OUTPUT = (
    rf"StoreError /out/graph\.db: the store cannot be written \(.*{NO_SPACE}.*\)",
    r"StoreError /out/corpus\.sqlite: the corpus cannot be \w+ \((database or disk is full|disk I/O error)\)",
    rf"StoreError the graph cannot be written \(.*{NO_SPACE}.*\)",
    rf"KGError /out/graph\.db\.building/\.graph\.\w+: the (file|page) cannot be written \({NO_SPACE}\)",
)
READ_ONLY = r"StoreError /out/graph\.db: the store cannot be written \(.*Read-only file system.*\)"
TEMPORARY = rf"StoreError the triples cannot be put in order \({NO_SPACE}\); is there space in .*\?"


@pytest.fixture(autouse=True)
def _namespace(tmp_path: Path) -> None:
    mount = [*APART, "mount", "-t", "tmpfs", "tmpfs", tmp_path]
    if not shutil.which("unshare") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("this system lets nobody mount a file system in a namespace (unshare --mount)")


@pytest.mark.slow
def test_a_disk_that_is_full(tmp_path: Path) -> None:
    command = [*APART, sys.executable, "-m", "tests.store.full", tmp_path / "small", str(STEP)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    output, _, rest = done.stdout.partition("complete\n")
    for line in output.splitlines():
        assert any(re.fullmatch(form, line) for form in OUTPUT), line
    assert len(output.splitlines()) >= 5
    read_only, asked, *temporary, last = rest.splitlines()
    assert re.fullmatch(READ_ONLY, read_only)
    assert (asked, last) == ("can be asked", "complete")
    assert temporary
    assert all(re.fullmatch(TEMPORARY, line) for line in temporary)


FULL = """
set -e; mount -t tmpfs -o size=3m tmpfs small; cp -r graph.db small/graph.db; cd small
dd if=/dev/zero of=rest bs=1k status=none 2>/dev/null || true
set +e; timeout 60 $0 "$@" --store graph.db; code=$?
ls -A; exit $code
"""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ("export a.ttl", "a.ttl: the file cannot be written (No space left on device)"),
        ("query evidence -o a.csv", "a.csv: the answer cannot be written (No space left on device)"),
        ("import ../a.ttl", "graph.db: the store cannot be written (IO error: No space left on device"),
    ],
)
def test_commands_on_a_disk_that_is_full(arguments: str, says: str, tmp_path: Path) -> None:
    write_sample(tmp_path / "graph.db")
    (tmp_path / "a.ttl").write_text("<x:o> a <https://schema.org/Organization> .", encoding="utf-8")
    (tmp_path / "small").mkdir()
    done = subprocess.run(
        [*APART, "bash", "-c", FULL, KG, *arguments.split()],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"kg: {says}")
    assert done.stdout.split() == ["graph.db", "rest"]


@pytest.mark.parametrize("command", ["query evidence", "--version"])
def test_an_output_that_is_full(command: str, tmp_path: Path) -> None:
    (tmp_path / "output").mkdir()
    write_sample(tmp_path / "output" / "graph.db")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [KG, *command.split()], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (1, "kg: No space left on device\n")
