"""Commands in a process that has no network: ``python -m tests.offline``, in some folder with texts.

Whatever asks for an address, or connects to one, fails; what was tried is printed.
"""

from __future__ import annotations

import contextlib
import io
import shlex
import sys

from kg.cli import main

COMMANDS = (
    "build texts -o out",
    "query investments --store out/graph.db",
    "page -o page.html --store out/graph.db",
    *(f"export export.{suffix} --store out/graph.db" for suffix in ("ttl", "jsonld", "graphml")),
    "import export.ttl --store again.db",
    "validate --store out/graph.db",
    "analyze --store out/graph.db",
)
_REFUSED = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.connect",
            "socket.sendto", "urllib.Request", "http.client.connect", "ftplib.connect")  # fmt: skip
tried: list[str] = []


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Forbid what goes to the network."""
    if event in _REFUSED:
        tried.append(f"{event} {arguments[1:]}")
        raise OSError(f"no network: {event}")


def run(command: str) -> str:
    """The exit code of a command, or why it has none; what it printed where that is not 0."""
    sys.argv = ["kg", *shlex.split(command)]
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            main()
    except SystemExit as end:
        return f"{end.code or 0}" if not end.code else f"{end.code} {said.getvalue()}"
    return "0"


if __name__ == "__main__":
    sys.addaudithook(refuse)
    for command in COMMANDS:
        print(f"{command}: {run(command)}")
    print("tried:", tried)
