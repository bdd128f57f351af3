"""Builds on a disk that is full: ``python -m tests.store.full FOLDER STEP``.

It mounts a small file system at FOLDER, for which it needs a mount namespace of its own, and lets more
and more kilobytes free, a STEP each time, until a build succeeds: at first the output is there, then the
temporary files are. What it prints is what the builds said.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

import kg.export
import kg.page.html
import kg.reason  # noqa: F401 (imported once, for all builds)
from kg.errors import KGError
from kg.graph import KnowledgeGraph
from kg.place import Place
from tests.benchmarks.data import extractions
from tests.factories import ONTOLOGY
from tests.store.ready import FOUND, files, made, names

OLD = [FOUND["a", 0], FOUND["b", 0]]
NEW = list(extractions(12))
WRITTEN = ["corpus.sqlite", "graph.db", "graph.html", "graph.ttl"]


def mount(folder: Path, kilobytes: int, *options: str) -> None:
    """Let the file system at a folder have so many kilobytes."""
    size = ",".join([*options, f"size={kilobytes}k"])
    subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", folder], check=True)


def used(folder: Path) -> int:
    """The kilobytes that are used."""
    there = os.statvfs(folder)
    return (there.f_blocks - there.f_bfree) * there.f_frsize // 1024


def said(work: Callable[[], object]) -> str:
    """What a process of its own says when it has done some work: nothing, or what is wrong."""
    out, into = os.pipe()
    process = os.fork()
    if not process:
        try:
            work()
        except KGError as error:
            os.write(into, f"{type(error).__name__} {error}".encode())
        except BaseException:
            os.write(into, traceback.format_exc().encode())
        os._exit(0)
    os.close(into)
    with os.fdopen(out, "rb") as pipe:
        text = pipe.read().decode()
    _, status = os.waitpid(process, 0)
    return text if status == 0 else f"ended by {status}"


def check(out: Path, before: dict[str, bytes]) -> None:
    """The earlier graph is there as it was, for readers too, and nothing else but the corpus."""
    assert files(out) == before
    assert [name for name in names(out) if not name.startswith("corpus.sqlite-")] == WRITTEN
    with KnowledgeGraph.open(out / "graph.db", ONTOLOGY) as graph:
        assert graph.hashes().keys() == {one.document.id for one in OLD}


def build(out: Path, small: Path, step: int) -> None:
    """Build until there is space enough; each failure leaves what was there."""
    assert said(lambda: made(Place(out), OLD).close()) == ""
    before, free, complaint = files(out), 0, "none yet"
    while complaint:
        mount(small, max(used(small), 4) + free, "remount")
        complaint = said(lambda: made(Place(out), NEW).close())
        print(complaint.replace(str(small), "") or "complete")
        if complaint:
            wrong = said(lambda: check(out, before))
            assert not wrong, wrong
        free += step
    mount(small, 100_000, "remount")
    assert names(out) == WRITTEN


def main(small: Path, step: int) -> None:
    """What the module does."""
    small.mkdir()
    mount(small, 100_000)
    out, whole, other = (small / "out", small.with_name("whole"), small.with_name("other"))
    assert said(lambda: made(Place(whole), [*OLD, *NEW]).close()) == ""
    build(out, small, step)
    assert files(out) == files(whole)
    mount(small, 100_000, "remount", "ro")
    print(said(lambda: made(Place(out), OLD, version="2").close()).replace(str(small), ""))
    print(said(lambda: KnowledgeGraph.open(out / "graph.db").query("evidence").texts) or "can be asked")
    assert files(out) == files(whole)
    mount(small, 100_000, "remount", "rw")
    shutil.rmtree(out)
    tempfile.tempdir = str(small)
    build(other, small, 3 * step)
    assert files(other) == files(whole)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
