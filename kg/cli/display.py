"""What a person sees: progress, summaries, tables, error lines. Results go to standard output, all
else to standard error, so that output can be piped."""

from __future__ import annotations

import json
import sys
from calendar import monthrange
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from kg.errors import InputError, KGError
from kg.model import Extraction

if TYPE_CHECKING:
    from rich.console import Console

    from kg.ontology import Ontology

SECONDS_BETWEEN_LINES = 2.0


#: Signs for what a terminal would obey instead of show: commands, and the turning of lines round.
_SHOWN = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"} | {0x7F: 0x2421}
_SHOWN |= dict.fromkeys([*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD)


def shown(text: object) -> str:
    """A text as it is safe on a terminal: what comes from a file may hold anything.

    >>> shown("a\\x1b[2Jb")
    'a␛[2Jb'
    """
    return str(text).translate(_SHOWN)


class Terminal:
    """Standard output to a terminal, to which no text can send commands."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write what is safe to be shown."""
        return self.stream.write(shown(text))

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


def console() -> Console:
    """For tables and colours: only a terminal has a width to fit into; elsewhere nothing is cut."""
    from rich.console import Console

    if isinstance(sys.stdout, Terminal):
        return Console(file=sys.stdout.stream)
    return Console(width=100_000, color_system=None)


def error_line(error: KGError | str) -> None:
    """What went wrong, on standard error: one line, and for a query the place in it."""
    print(f"kg: {told(error)}", file=sys.stderr)


def told(error: KGError | str) -> str:
    """An error as it is printed: that of a source on one line, whatever its name is."""
    text = shown(error)
    return text.replace("\n", "␊") if isinstance(error, InputError) else text


def extraction(found: Extraction, ontology: Ontology, *, jsonl: bool) -> None:
    """The relations of a document, as JSON lines or to read."""
    from kg.records import records

    lines = list(records(found, ontology))
    if jsonl:
        for record in lines:
            print(json.dumps(record, ensure_ascii=False))
        return
    # a relation is found once for each mention of its things; a person reads it once
    told = list(dict.fromkeys("\n".join(_readable(record)) for record in lines))
    print(f"{found.document.id}: {count(len(told), 'relation')}")
    for text in told:
        print(text)
    sys.stdout.flush()


def coreference(found: Extraction) -> None:
    """What each mention of a document stands for, as a JSON line."""
    from kg.records import coreference

    print(json.dumps(coreference(found), ensure_ascii=False))


def _readable(record: dict[str, object]) -> Iterable[str]:
    def name(part: str) -> str:
        value = record[part]
        return str(value["name"]) if isinstance(value, dict) else ""

    said_by = f"says {name('attributed_to')}" if record["attributed_to"] else None
    details = [str(part) for part in (record["status"], record["time"], record["amount"], said_by) if part]
    yield f"  {name('subject')} —{name('predicate')}→ {name('object')}  ({', '.join(details)})"
    evidence = record["evidence"]
    if isinstance(evidence, dict):
        yield f"      “{' '.join(str(evidence['text']).split())}”"


def wrote(file: Path) -> None:
    """Where a result is."""
    print(f"Wrote {file}")


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows under a header, in columns."""
    from rich.table import Table
    from rich.text import Text

    printer = console()
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for name in header:
        grid.add_column(Text(name), overflow="fold")
    for row in rows:
        grid.add_row(*(Text(shown(cell)) for cell in row))
    with printer.capture() as capture:
        printer.print(grid)
    print("\n".join(line.rstrip() for line in capture.get().splitlines()), file=printer.file)


def when(first: str | None, last: str | None) -> str:
    """From when to when, a whole year or month as such; "" where neither is known.

    >>> when("2019-01-01", "2019-12-31"), when("2024-02-01", "2024-02-29"), when("2014", "2025-03-04")
    ('2019', '2024-02', '2014 to 2025-03-04')
    """
    if first and last and first.endswith("-01"):
        year, month = first[:4], first[:7]
        if (first[5:], last) == ("01-01", f"{year}-12-31"):
            return year
        if last[:7] == month and last[8:] == str(monthrange(int(year), int(month[5:]))[1]):
            return month
    return " to ".join(dict.fromkeys(day for day in (first, last) if day))


def count(number: int, one: str, many: str = "") -> str:
    """``1 claim``, ``1,200 claims``."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
