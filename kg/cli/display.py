"""What a person sees: progress, summaries, tables, error lines. Results go to standard output, all
else to standard error, so that output can be piped."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.errors import KGError
from kg.model import STATUSES, Extraction

if TYPE_CHECKING:
    from rich.progress import Progress

    from kg.analyze import Analysis
    from kg.graph import KnowledgeGraph
    from kg.ontology import Ontology

SECONDS_BETWEEN_LINES = 2.0


def error_line(error: KGError | str) -> None:
    """What went wrong, on standard error: one line, and for a query the place in it."""
    print(f"kg: {error}", file=sys.stderr)


class BuildProgress:
    """How far a build is: a bar on a terminal, now and then a plain line elsewhere."""

    def __init__(self, paths: Sequence[str]) -> None:
        from kg.readers import sources

        found = sources(paths)
        # A file of records holds any number of documents: then the bar only shows that work goes on.
        self.total = len(found) if all(source.path.suffix != ".jsonl" for source in found) else None
        self.documents = self.words = self.rejected = 0
        self.ids: list[str] = []  # of the documents
        self.skipped: list[KGError] = []
        self.started = self.said = time.monotonic()
        self.bar: Progress | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self.bar = _bar()
            self.task = self.bar.add_task("Starting", total=self.total)
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
        self.ids.append(extraction.document.id)
        self.words += len(extraction.document.text.split())
        self.rejected += len(extraction.rejections)
        now = time.monotonic()
        if self.bar is not None:
            self.bar.update(self.task, description=self.line(), completed=self.documents)
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

    @property
    def seconds(self) -> float:
        """Since the start; never nothing."""
        return max(time.monotonic() - self.started, 0.001)

    @property
    def read(self) -> str:
        """``4 documents, 1,310 words``."""
        return f"{_count(self.documents, 'document')}, {_count(self.words, 'word')}"

    def line(self) -> str:
        """``4 documents, 1,310 words, 870 words/s``."""
        return f"{self.read}, {self.words / self.seconds:,.0f} words/s"


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


def summary(graph: KnowledgeGraph, progress: BuildProgress, output: Path) -> None:
    """What a build found, and where it is."""
    claims = list(graph.claims())
    by_status = Counter(claim.qualifiers.status for claim in claims)
    found = ", ".join(f"{by_status[status]:,} {status}" for status in STATUSES if by_status[status])
    entities = sum(1 for _ in graph.entities())
    print(f"Read {progress.read} in {progress.seconds:.1f} s.")
    things = f"{_count(entities, 'entity', 'entities')} and {_count(len(claims), 'claim')}"
    print(f"Found {things}: {found}." if found else f"Found {things}.")
    if progress.rejected:
        print(f"Rejected {_count(progress.rejected, 'candidate')} that the ontology does not allow.")
    if progress.skipped:
        print(f"Skipped {_count(len(progress.skipped), 'source')} (see above).")
    wrong = len(graph.validate(progress.ids).violations)
    if wrong:
        what = "it" if wrong == 1 else "them"
        print(f"Warning: {_count(wrong, 'violation')} of the shapes; see {what} with  kg validate")
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
    # a relation is found once for each mention of its things; a person reads it once
    told = list(dict.fromkeys("\n".join(_readable(record)) for record in lines))
    print(f"{found.document.id}: {_count(len(told), 'relation')}")
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


def measures(analysis: Analysis, top: int) -> None:
    """The most central entities, and the largest communities by their most central members."""
    entities = _count(len(analysis.measures), "entity", "entities")
    communities = _count(len(analysis.communities), "community", "communities")
    print(f"{entities} in {communities} and {_count(len(analysis.components), 'component')}\n")
    header = ("entity", "links", "PageRank", "betweenness", "community")
    rows = [
        (m.entity.name, str(m.degree), f"{m.pagerank:.3f}", f"{m.betweenness:.3f}", str(m.community + 1))
        for m in analysis.measures[:top]
    ]
    table(header, rows)
    print()
    for number in range(min(top, len(analysis.communities))):
        members = [m.entity.name for m in analysis.measures if m.community == number]
        more = f" and {len(members) - top} more" if len(members) > top else ""
        print(f"community {number + 1}: {', '.join(members[:top])}{more}")


def wrote(file: Path) -> None:
    """Where a result is."""
    print(f"Wrote {file}")


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows under a header, in columns."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    # Only a terminal has a width to fit into; elsewhere nothing is cut or wrapped.
    console = Console() if sys.stdout.isatty() else Console(width=100_000, color_system=None)
    grid = Table(box=None, pad_edge=False, header_style="bold")
    for name in header:
        grid.add_column(Text(name), overflow="fold")
    for row in rows:
        grid.add_row(*(Text(cell) for cell in row))
    with console.capture() as capture:
        console.print(grid)
    print("\n".join(line.rstrip() for line in capture.get().splitlines()))


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
