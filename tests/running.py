"""Real processes for tests: ``kg``, and a SPARQL endpoint."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).parent.parent
KG = Path(sys.executable).with_name("kg")


def run_kg(
    arguments: Sequence[str], *, cwd: Path = ROOT, stdin: str = "", code: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """A real ``kg`` process, which must end with the given exit code."""
    done = subprocess.run(
        [str(KG), *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


@contextmanager
def sparql_server() -> Iterator[str]:
    """The address of an Oxigraph server on the loopback interface, in memory."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(sys.executable).with_name("oxigraph")
    process = subprocess.Popen([program, "serve", "--bind", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(200):
            try:
                requests.get(address, timeout=1).close()
                break
            except requests.ConnectionError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait()
