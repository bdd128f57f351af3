"""What ``kg query`` reads and prints."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.display import table, wrote
from kg.errors import UsageError, did_you_mean
from kg.files import replacing

if TYPE_CHECKING:
    from kg.sparql import Answer

_BY_SUFFIX = {"srj": "json", "srx": "xml", "owl": "rdf"}


def query_text(given: str) -> str:
    """What an argument means: standard input's query, a file's, the name of a shipped one, or itself."""
    from kg.queries import shipped_queries

    piped = sys.stdin.read() if given == "-" and not sys.stdin.isatty() else ""
    if given == "-" or not given.strip():
        if piped.strip():
            return piped
        raise UsageError('no query; give one, as in: kg query "SELECT * { ?s ?p ?o } LIMIT 5"')
    if given.endswith((".rq", ".sparql")) or os.path.isfile(given):  # noqa: PTH113 (a query is no path)
        return _read(Path(given))
    if re.fullmatch(r"[\w-]+", given) and given not in shipped_queries():
        hint = did_you_mean(given, shipped_queries())
        raise UsageError(f'no shipped query is called "{given}". {hint}')
    return given


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not UTF-8 text"
        raise UsageError(f"{file}: the query cannot be read: {reason}") from None


def values(given: Iterable[str]) -> dict[str, str]:
    """The parameters of ``--set name=value``."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f'--set takes NAME=VALUE, as in --set company=OpenAI, and not "{text}"')
        if name.strip() in found:
            raise UsageError(f"--set gives {name.strip()} two values")
        found[name.strip()] = value
    return found


def listing() -> None:
    """The shipped queries: what each answers, and its parameters."""
    from kg.queries import PARAMETER_TYPES, shipped_queries

    for query in shipped_queries().values():
        print(f"{query.name}\n    {query.description}")
        for parameter in query.parameters:
            default = f" = {parameter.default}" if parameter.default else ""
            kind = f"{parameter.type}, required" if parameter.required else f"{parameter.type}{default}"
            print(f"      {parameter.name} ({kind}): {parameter.description}")
    print("\nGive a parameter with --set, as in: kg query about --set entity=OpenAI\nIts value is, for")
    for name, meaning in PARAMETER_TYPES.items():
        print(f"      {name}: {meaning}")


def show(answer: Answer, format: str | None, output: Path | None) -> None:
    """The answer to a query: printed, or written to a file whose suffix says the format."""
    if output is not None:
        suffix = output.suffix.removeprefix(".")
        data = answer.serialize(format or _BY_SUFFIX.get(suffix, suffix))
        with replacing(output, "answer") as file:
            file.write(data)
        wrote(output)
        return
    chosen = format or ("ttl" if answer.kind == "CONSTRUCT" else "table")
    if chosen == "table":
        table(answer.variables, answer.texts)
    else:
        text = answer.serialize(chosen).decode("utf-8")
        print(text, end="" if text.endswith("\n") else "\n")


def serving(address: str) -> None:
    """Where a graph is served."""
    print(f"Serving at {address}")
    print(f"  {address}         ask it in a browser")
    print(f"  {address}sparql   the SPARQL 1.1 endpoint, read-only")
    print(f"  {address}graph    the graph page")
    if not re.match(r"http://(127\.|localhost|\[::1\])", address):
        print("Whoever can reach this machine can read the graph.")
    print("Stop with Ctrl-C.", flush=True)


def served() -> None:
    """The end of it."""
    print("Stopped.")
