"""How far a build is, for the person who waits for it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from kg.cli.display import count, told
from kg.errors import KGError
from kg.model import Document, Extraction

if TYPE_CHECKING:
    from rich.progress import Progress

    from kg.readers import Source

SECONDS_BETWEEN_LINES = 2.0
#: The suffixes of files that hold many documents.
RECORDS = (".atom", ".csv", ".rss", ".tsv")


class BuildProgress:
    """How far a build is: a bar on a terminal, now and then a plain line elsewhere."""

    def __init__(self, paths: Sequence[str]) -> None:
        from kg.readers import sources

        self.total = _total(sources(paths))
        self.done = self.documents = self.words = self.rejected = 0
        self.ids: list[str] = []  # of the documents that were read
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

    def update(self, document: Document, found: Extraction | None) -> None:
        """Count a document that is done; nothing is found in it where it was not read again."""
        self.done += 1
        if found is not None:
            self.documents += 1
            self.ids.append(document.id)
            self.words += len(document.text.split())
            self.rejected += len(found.rejections)
        now = time.monotonic()
        if self.bar is not None:
            total = None if self.total is None else max(self.total, self.done)
            self.bar.update(self.task, description=self.line(), completed=self.done, total=total)
        elif found is not None and now - self.said >= SECONDS_BETWEEN_LINES:
            self.said = now
            print(self.line(), file=sys.stderr, flush=True)

    def skip(self, error: KGError) -> None:
        """Say at once that a source is left out; the summary repeats how many."""
        self.skipped.append(error)
        line = f"kg: skipped {told(error)}"
        if self.bar is not None:
            self.bar.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            print(line, file=sys.stderr)

    @property
    def seconds(self) -> float:
        """Since the start; never nothing."""
        return max(time.monotonic() - self.started, 0.001)

    @property
    def read(self) -> str:
        """``4 documents, 1,310 words``."""
        return f"{count(self.documents, 'document')}, {count(self.words, 'word')}"

    def line(self) -> str:
        """``4 documents, 1,310 words, 870 words/s``."""
        return f"{self.read}, {self.words / self.seconds:,.0f} words/s"


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

    columns = (
        BarColumn(),
        TextColumn("{task.description}", markup=False),
        TimeElapsedColumn(),
        TextColumn("left:"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)


def _total(found: Iterable[Source]) -> int | None:
    """How many documents there are; None where only reading tells: then the bar shows that work goes on."""
    total = 0
    for source in found:
        if source.path.suffix in RECORDS:
            return None
        if source.path.suffix == ".jsonl" and not source.url:
            with suppress(OSError):  # whoever reads it says why it cannot be read
                total += _lines(source.path)
        else:
            total += 1
    return total


def _lines(path: Path) -> int:
    """The lines of a file; none of what is no file, where reading might wait for ever."""
    if not path.is_file():
        return 0
    with path.open("rb") as file:
        return sum(piece.count(b"\n") for piece in iter(lambda: file.read(1 << 20), b""))
