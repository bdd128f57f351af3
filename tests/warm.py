"""``kg`` without the time that it takes to start, for tests of what commands do.

A process in which everything is imported and the model is loaded forks one for each command: with its own
folder, environment and standard streams. ``python -m tests.warm SOCKET`` is that process.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import shlex
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

ROOT = Path(__file__).parent.parent
#: What the commands import when they are called, besides our own modules.
IMPORTED = "babel.numbers dateparser networkx pyshacl pyvis.network rich.progress srsly trafilatura".split()
#: A process with threads is not to fork; and commands are to warn of nothing.
WARM = {"OPENBLAS_NUM_THREADS": "1", "PYTHONWARNINGS": "error"}
#: What hands a command over, and ends as it ended. It imports next to nothing.
CLIENT = """
import json, os, socket, sys
server = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
server.connect(sys.argv[1])
asked = {"arguments": sys.argv[2:], "folder": os.getcwd(), "environment": dict(os.environ)}
socket.send_fds(server, [json.dumps(asked).encode()], [0, 1, 2])
sys.exit(int(server.recv(100) or 70))
"""


@cache
def command() -> Path:
    """The program ``kg`` of the process that is warm; it is started where it does not run yet."""
    folder = Path(tempfile.mkdtemp(prefix="kg-"))
    address = folder / "socket"
    start = [sys.executable, "-m", "tests.warm", str(address)]
    process = subprocess.Popen(start, cwd=ROOT, env={**os.environ, **WARM})
    atexit.register(_end, process)
    while not address.exists():
        assert process.poll() is None, "the process that is to be warm has ended"
        time.sleep(0.02)
    client = shlex.join([sys.executable, "-I", "-S", "-c", CLIENT, str(address)])
    program = folder / "kg"
    program.write_text(f'#!/bin/sh\nexec {client} "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return program


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def serve(address: str) -> None:
    """Fork a process for each command that comes in."""
    _prepare()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    listener.bind(address + ".new")
    listener.listen(100)
    Path(address + ".new").rename(address)  # it is there when it answers
    gc.freeze()
    running = 0
    while True:
        client, _ = listener.accept()
        asked, streams, _, _ = socket.recv_fds(client, 1_000_000, 3)
        if not os.fork():
            listener.close()
            client.send(str(_run(json.loads(asked), streams)).encode())
            os._exit(0)
        running += 1
        for used in (client.detach(), *streams):
            os.close(used)
        while running and os.waitpid(-1, os.WNOHANG)[0]:
            running -= 1


def _prepare() -> None:
    """Import all, and give the first extractor of a process the model that is loaded already."""
    import kg
    from kg import extract

    for name in (*IMPORTED, *(module.name for module in walk_packages(kg.__path__, "kg."))):
        import_module(name)
    load, ready = extract.load_model, [extract.load_model(extract.DEFAULT_MODEL)]

    def load_model(name: str) -> Any:
        return ready.pop() if ready and name == extract.DEFAULT_MODEL else load(name)

    extract.load_model = load_model


def _run(asked: dict[str, Any], streams: list[int]) -> int:
    """The exit code of a command."""
    from kg.cli import main

    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout = os.fdopen(0, encoding="utf-8"), os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8", buffering=1, errors="backslashreplace")
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = ["kg", *asked["arguments"]]
    try:
        main()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


if __name__ == "__main__":
    serve(sys.argv[1])
