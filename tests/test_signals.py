"""Ctrl-C, SIGTERM and SIGKILL: what a command does, what it leaves, and what becomes of its processes.

``make soak`` interrupts every long command, at many moments.
"""

from __future__ import annotations

import json
import os
import random
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.running import KG, ROOT, run_kg
from tests.serve.serving import write_sample
from tests.serve.test_limits import children, ticks, wait_until

SOAK = "KILLS" in os.environ
FOR_EVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?l ?c"
ENDS = {signal.SIGINT: (130, "kg: interrupted\n"), signal.SIGTERM: (143, "kg: terminated\n")}


def begin(command: str, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(KG), *shlex.split(command)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed,
    )


def heed() -> None:
    """Heed SIGINT, which what a shell runs in the background ignores."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def has_used(process: subprocess.Popen[str], seconds: float) -> Callable[[], bool]:
    """Whether a process has used so much processor time, or has ended."""
    wanted = seconds * os.sysconf("SC_CLK_TCK")
    return lambda: process.poll() is not None or ticks(process.pid) >= wanted


@pytest.mark.parametrize("query", [FOR_EVER, SORTED] if SOAK else [FOR_EVER])
@pytest.mark.parametrize("number", ENDS)
def test_a_query_that_the_engine_does_not_end(query: str, number: signal.Signals, tmp_path: Path) -> None:
    write_sample(tmp_path / "graph.db")
    with begin(f"query '{query}' --store graph.db", tmp_path) as process:
        wait_until(has_used(process, 0.7))
        process.send_signal(number)
        assert (process.wait(timeout=30), process.stderr.read()) == ENDS[number]  # type: ignore[union-attr]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
def test_no_process_outlives_its_parent(number: signal.Signals) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.hasty"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=heed,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        begun = children(process.pid)
        assert len(begun) >= 2
        process.send_signal(number)
        process.wait(timeout=20)
        wait_until(
            lambda: not any(Path(f"/proc/{child}/cmdline").exists() and is_ours(child) for child in begun)
        )


def is_ours(process: int) -> bool:
    """Whether a process is alive, and not another one that has its number."""
    try:
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def state(output: Path) -> list[bytes | str]:
    """What is in a folder: Turtle, page, and the documents of the store."""
    documents = run_kg(["query", "documents", "--store", str(output / "graph.db")]).stdout
    return [(output / "graph.ttl").read_bytes(), (output / "graph.html").read_bytes(), documents]


LONG = (
    "build many.jsonl -o out",
    "build many.jsonl -o out -j 2",
    "extract many.jsonl",
    "explain many.jsonl -o explained.html",
    "remove a -o out",
    "export export.ttl --store out/graph.db",
    "export export.jsonld --store out/graph.db",
    "page -o page.html --store out/graph.db",
    "import export.nt --store other.db",
    "validate --store out/graph.db",
    "verify --store out/graph.db",
    "analyze --store out/graph.db",
    "check",
)


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("command", LONG if SOAK else [])
def test_every_long_command(command: str, tmp_path: Path) -> None:
    """It ends with a line; files are whole or not there, and the graph that was there is as it was."""
    many = [
        {"id": str(n), "text": f"Microsoft invested ${n} million in OpenAI in 2019. " * 40} for n in range(40)
    ]
    lines = "".join(json.dumps(document) + "\n" for document in many)
    (tmp_path / "many.jsonl").write_text(lines, encoding="utf-8")
    (tmp_path / "a.txt").write_text("Microsoft invested in OpenAI in 2019.", encoding="utf-8")
    run_kg(["build", "a.txt", "-o", "out"], cwd=tmp_path)
    run_kg(["export", "export.nt", "--store", "out/graph.db"], cwd=tmp_path)
    shutil.copytree(tmp_path / "out", tmp_path / "kept")
    moments = random.Random(command).sample([0.9, 1.2, 1.6, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0], 6)
    for seconds, number in zip(moments, [*ENDS] * 3, strict=True):
        with begin(command, tmp_path) as process:
            wait_until(has_used(process, 0.8), 120)
            with suppress(AssertionError):  # with --jobs it is others that work
                wait_until(has_used(process, seconds), 15)
            process.send_signal(number)
            code, said = process.wait(timeout=120), process.stderr.read()  # type: ignore[union-attr]
        kept, now = state(tmp_path / "kept"), state(tmp_path / "out")
        same = [before == after for before, after in zip(kept, now, strict=True)]
        assert len(set(same)) == 1, f"{command}, {number}: the files and the store say different things"
        if not all(same):  # it was complete before
            shutil.rmtree(tmp_path / "out")
            shutil.copytree(tmp_path / "kept", tmp_path / "out")
        if code not in (0, 1, -number):  # all was done, or Python itself was at its end
            assert (code, said.splitlines()[-1:]) == (ENDS[number][0], [ENDS[number][1].strip()])
        assert "Traceback" not in said
        here = {path.name for path in (*tmp_path.iterdir(), *(tmp_path / "out").iterdir())}
        assert not [name for name in here if name.startswith(".") or name.endswith((".building", ".old"))]
