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

from tests.warm import command

ROOT = Path(__file__).parent.parent
KG = Path(sys.executable).with_name("kg")


def run_kg(
    arguments: Sequence[str], *, cwd: Path = ROOT, stdin: str = "", code: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """A ``kg`` process, which must end with the given exit code.

    It is started anew where a variable of the environment is given, and forked from a warm one otherwise.
    """
    done = subprocess.run(
        [str(KG if environment else command()), *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done


def free_port() -> int:
    """A port of the loopback interface that nobody uses."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def sparql_server(data: Path | None = None, port: int | None = None) -> Iterator[str]:
    """The address of an Oxigraph server on the loopback interface, in memory or with data in a folder.

    At the end it is killed, not asked to end.
    """
    port = port or free_port()
    program = Path(sys.executable).with_name("oxigraph")
    where = [] if data is None else ["--location", str(data)]
    command = [program, "serve", *where, "--bind", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
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
        process.kill()
        process.wait()
