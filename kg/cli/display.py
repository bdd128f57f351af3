"""What a person sees: progress, summaries, tables, error lines. Results go to standard output, all
else to standard error, so that output can be piped."""

from __future__ import annotations

import csv
import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.errors import KGError, UsageError
from kg.model import STATUSES, Extraction

if TYPE_CHECKING:
    from rich.progress import Progress

    from kg.analyze import Analysis
    from kg.graph import KnowledgeGraph, Rows
    from kg.ontology import Ontology

SECONDS_BETWEEN_LINES = 2.0


def error_line(error: KGError) -> None:
    """One line on standard error."""
    print(f"kg: {' '.join(str(error).splitlines())}", file=sys.stderr)


class BuildProgress:
    """How far a build is: a bar on a terminal, now and then a plain line elsewhere."""

    def __init__(self) -> None:
        self.documents = self.words = self.rejected = 0
        self.skipped: list[KGError] = []
        self.started = self.said = time.monotonic()
        self.bar: Progress | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self.bar = _bar()
            self.task = self.bar.add_task("Starting", total=None)
            self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()

    def update(self, extraction: Extraction) -> None:
        """Count a document that is done."""
        self.documents += 1
        self.words += len(extraction.document.text.split())
        self.rejected += len(extraction.rejections)
        now = time.monotonic()
        if self.bar is not None:
            self.bar.update(self.task, description=self.line())
        elif now - self.said >= SECONDS_BETWEEN_LINES:
            self.said = now
            print(self.line(), file=sys.stderr, flush=True)

    def skip(self, error: KGError) -> None:
        """Say at once that a source is left out; the summary repeats how many."""
        self.skipped.append(error)
        if self.bar is not None:
            self.bar.console.print(f"kg: skipped {error}", markup=False, highlight=False, soft_wrap=True)
        else:
            print(f"kg: skipped {error}", file=sys.stderr)

    def line(self) -> str:
        """``4 documents, 1,310 words, 870 words/s``."""
        seconds = max(time.monotonic() - self.started, 0.001)
        read = f"{_count(self.documents, 'document')}, {_count(self.words, 'word')}"
        return f"{read}, {self.words / seconds:,.0f} words/s"


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def summary(graph: KnowledgeGraph, progress: BuildProgress, output: Path) -> None:
    """What a build found, and where it is."""
    claims = list(graph.claims())
    by_status = Counter(claim.qualifiers.status for claim in claims)
    found = ", ".join(f"{by_status[status]:,} {status}" for status in STATUSES if by_status[status])
    entities = sum(1 for _ in graph.entities())
    print(f"Read {progress.line()}.")
    things = f"{_count(entities, 'entity', 'entities')} and {_count(len(claims), 'claim')}"
    print(f"Found {things}: {found}." if found else f"Found {things}.")
    if progress.rejected:
        print(f"Rejected {_count(progress.rejected, 'candidate')} that the ontology does not allow.")
    if progress.skipped:
        print(f"Skipped {_count(len(progress.skipped), 'source')} (see above).")
    print(f"\n  {output / 'graph.html'}   the page: open it in a browser")
    print(f"  {output / 'graph.ttl'}    the graph as Turtle")
    print(f"  {output / 'graph.db'}     the store: try  kg query evidence --store {output / 'graph.db'}")


def extraction(found: Extraction, ontology: Ontology, *, jsonl: bool) -> None:
    """The relations of a document, as JSON lines or to read."""
    from kg.records import records

    lines = list(records(found, ontology))
    if jsonl:
        for record in lines:
            print(json.dumps(record, ensure_ascii=False))
        return
    print(f"{found.document.id}: {_count(len(lines), 'relation')}")
    for record in lines:
        for line in _readable(record):
            print(line)
    sys.stdout.flush()


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


def query_text(given: str) -> str:
    """The query that an argument means: standard input's, a file's, a shipped one's, or its own."""
    from kg.graph import shipped_queries

    if given == "-":
        if sys.stdin.isatty():
            raise UsageError('no query; give one, as in: kg query "SELECT * { ?s ?p ?o } LIMIT 5"')
        return sys.stdin.read()
    if given.endswith((".rq", ".sparql")):
        try:
            return Path(given).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(
                f"{given}: the query cannot be read: {getattr(error, 'strerror', None) or error}"
            ) from None
    shipped = shipped_queries()
    return shipped[given].text if given in shipped else given


def answer(rows: Rows, format: str) -> None:
    """The rows of a query."""
    header = [str(variable) for variable in rows.variables]
    cells = [["" if value is None else str(value) for value in row] for row in rows]
    if format == "json":
        print(
            json.dumps([dict(zip(header, row, strict=True)) for row in cells], ensure_ascii=False, indent=1)
        )
    elif format == "csv":
        csv.writer(sys.stdout).writerows([header, *cells])
    else:
        _table(header, cells)


def measures(analysis: Analysis, top: int) -> None:
    """The measures of a graph."""


def wrote(file: Path) -> None:
    """Where a result is."""
    print(f"Wrote {file}")


def _table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Piped tables are not cut to a terminal's width.
    console = Console() if sys.stdout.isatty() else Console(width=10_000)
    table = Table(*header, box=None, pad_edge=False, header_style="bold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
