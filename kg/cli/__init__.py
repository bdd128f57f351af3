"""The command line: strings to library calls. Only this package prints."""

from __future__ import annotations

import sys
from typing import TextIO, cast

from typer.models import CommandInfo

from kg.cli import ask as ask  # its commands register themselves
from kg.cli import building as building
from kg.cli import deciding as deciding
from kg.cli import insight as insight
from kg.cli import pages as pages
from kg.cli import quality as quality
from kg.cli import transfer as transfer
from kg.cli import trust as trust
from kg.cli.commands import app
from kg.cli.display import Terminal, error_line
from kg.cli.signals import ENDED, watch
from kg.errors import KGError
from kg.garbage import collect_rarely

#: The commands as the help lists them: from a text to its graph, asking it, giving it away, trusting it.
ORDER = (
    "build remove resolve merge split review extract explain query serve why path profile timeline owners"
    " conflicts analyze diff report page export import validate verify check ontology evaluate"
).split()

__all__ = ["app", "main"]


def _place(command: CommandInfo) -> int:
    return ORDER.index(str(command.name or getattr(command.callback, "__name__", "")))


app.registered_commands.sort(key=_place)


def main() -> None:
    """Run a command; an error of ours is one line on standard error and its exit code."""
    watch()
    collect_rarely()
    # Redirected output is UTF-8 everywhere, whatever the locale: names are not ASCII.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if sys.stdout.isatty():
        sys.stdout = cast(TextIO, Terminal(sys.stdout))
    try:
        app(prog_name="kg")
    except KGError as error:
        error_line(error)
        sys.exit(error.exit_code)
    except OSError as error:  # what the system refuses, at a place where nobody expects it
        error_line(f"{error.strerror or error}{f': {error.filename}' if error.filename else ''}")
        sys.exit(KGError.exit_code)
    except SystemExit as end:
        if end.code in ENDED:
            error_line(ENDED[end.code])
        raise
