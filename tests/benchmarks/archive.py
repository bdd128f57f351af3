"""An archive of made-up short news, and what a build of it takes: time, memory, bytes.

    python -m tests.benchmarks.archive 20000 FOLDER --build 2
    python -m tests.benchmarks.archive 5000 FOLDER --build 1 2 --peer --again

writes the documents as FOLDER/news.jsonl and builds them once for each number of processes: words a second,
memory and seconds for each thousand documents (which must not grow), sizes, and the stages. ``--peer`` runs
the bare pipeline (``nlp.pipe``) over the same texts with as many processes, ``--again`` builds once more
what has not changed, and ``--resolve`` tells what the resolver's index takes for each entity.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

_FIRST = "Anna Bruno Carla Dario Elena Felix Greta Hugo Irene Jonas Klara Lukas Mira Nils Olga Paul".split()
_LAST = "Solberg Brandt Keane Adler Okafor Moreau Lindqvist Tanaka Petrov Novak Haddad Costa Weiss".split()
_STEM = "Halden Ostara Kestrel Quill Lumen Northwind Verity Cobalt Sable Juniper Orchid Falcon".split()
_KIND = "Systems Group Labs Energy Foods Motors Bank Pharma Networks Logistics Media Robotics".split()
_CITY = "Oslo Lisbon Vienna Dublin Tallinn Zurich Chicago Toronto Osaka Nairobi".split()
_GOOD = "batteries bread satellites vaccines trucks software turbines sensors ferries medicines".split()


def _company(drawn: random.Random) -> str:
    return f"{drawn.choice(_STEM)} {drawn.choice(_KIND)}"


def _person(drawn: random.Random) -> str:
    return f"{drawn.choice(_FIRST)} {drawn.choice(_LAST)}"


def _sentences(drawn: random.Random) -> Iterator[str]:
    a, b, c, who, other = _company(drawn), _company(drawn), _company(drawn), _person(drawn), _person(drawn)
    city, good = drawn.choice(_CITY), drawn.choice(_GOOD)
    year, sum_ = drawn.randint(1990, 2024), drawn.randint(2, 90)
    told = [
        f"{a}, a maker of {good} based in {city}, said on Monday that it would buy {b} for ${sum_} million.",
        f"{b} was founded in {year} by {who}, who will stay for two years after the deal is closed.",
        f"{other}, the chief executive of {a}, called the price fair and said that no jobs would be lost.",
        f"{c} had invested ${sum_} million in {b} in {year} and owned about a tenth of its shares.",
        f"Analysts in {city} expected that {c} would make an offer of its own, but it denied any such plan.",
        f"Last year {a} sold its {good} business to {c} after a long dispute over patents with {b}.",
        f"{who} has been on the board of {a} since {year}, and {other} joined it from {c}.",
        f"The regulators may still stop the takeover of {b} by {a}, a person who knows of the talks said.",
        f"{a} and {c} have been partners since {year} and supply {good} to customers in {city}.",
    ]
    yield from drawn.sample(told, 6)


def documents(number: int, seed: int = 7) -> Iterator[dict[str, str]]:
    """So many records of about a hundred words; the first ones are the same whatever the number."""
    drawn = random.Random(seed)
    for n in range(number):
        text = " ".join(_sentences(drawn))
        yield {"id": f"news-{n:06}", "text": text, "date": f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}"}


def write(number: int, path: Path) -> int:
    """Write so many documents as JSON lines; how many words they have."""
    path.parent.mkdir(parents=True, exist_ok=True)
    words = 0
    with path.open("w", encoding="utf-8") as file:
        for record in documents(number):
            words += len(record["text"].split())
            file.write(json.dumps(record) + "\n")
    return words


@dataclass
class Run:
    """What a process took: seconds, its peak megabytes, processor seconds with its children, its output.

    ``marks`` are documents read, seconds and megabytes, from time to time.
    """

    seconds: float = 0.0
    peak: float = 0.0
    used: float = 0.0
    told: str = ""
    marks: list[tuple[int, float, float]] = field(default_factory=list)

    def thousands(self) -> Iterator[tuple[int, float, float]]:
        """Documents, seconds for the last thousand, and megabytes then; the first has the start in it."""
        before, since = 0, 0.0
        for documents, seconds, memory in self.marks:
            if documents - before >= 1_000:
                yield documents, (seconds - since) / (documents - before) * 1_000, memory
                before, since = documents, seconds


def run(code: str, *arguments: str) -> Run:
    """A Python process, watched."""
    done, begun = Run(), time.monotonic()
    command = [sys.executable, "-c", code + _TOLD, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        assert process.stdout is not None
        for line in process.stderr:
            if read := re.match(r"([\d,]+) documents?, ", line):
                memory = Path(f"/proc/{process.pid}/statm").read_text(encoding="ascii").split()[1]
                mark = (int(read[1].replace(",", "")), time.monotonic() - begun, int(memory) * 4096 / 1e6)
                done.marks.append(mark)
        done.told = process.stdout.read()
    if process.returncode:
        raise SystemExit(f"{line}{done.told}")
    done.seconds, (done.peak, done.used) = time.monotonic() - begun, map(float, line.split())
    return done


_TOLD = """
import resource, sys
mine, theirs = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
used = (mine.ru_utime, mine.ru_stime, theirs.ru_utime, theirs.ru_stime)
print(mine.ru_maxrss * 1024 / 1e6, sum(used), file=sys.stderr)
"""
_BUILD = """
from kg.cli import main
if __name__ == "__main__":
    try:
        main()
    except SystemExit as end:
        if end.code:
            raise
"""
_PEER = """
import json, sys, time
from kg.extract import DEFAULT_MODEL, load_model
if __name__ == "__main__":
    texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")]
    nlp = load_model(DEFAULT_MODEL)
    begun = time.monotonic()
    for doc in nlp.pipe(texts, n_process=int(sys.argv[2])):
        pass
    print(time.monotonic() - begun)
"""
_RESOLVE = """
import sys, tracemalloc
from pathlib import Path
from kg.corpus import Corpus
from kg.graph import KnowledgeGraph
from kg.recipe import Recipe
from kg.update import resolved
folder, recipe = Path(sys.argv[1]), Recipe.make()
with KnowledgeGraph.open(folder / "graph.db") as graph:
    hashes = graph.hashes()
with Corpus(folder / "corpus.sqlite", recipe.maker) as corpus:
    tracemalloc.start()
    found = resolved(corpus, hashes, recipe)
    print(len(hashes), len(found.entities), len(found.lookup), *tracemalloc.get_traced_memory())
"""


def build(path: Path, output: Path, jobs: int) -> Run:
    """A build, without a page."""
    options = ("-o", str(output), "--no-page", "--profile", "--fresh", "--jobs", str(jobs))
    return run(_BUILD, "build", str(path), *options)


def main() -> None:
    """What the module does."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--build", type=int, nargs="*", default=(), metavar="JOBS")
    for name in ("peer", "again", "resolve"):
        parser.add_argument(f"--{name}", action="store_true")
    given = parser.parse_args()
    path = given.folder / "news.jsonl"
    words = write(given.documents, path)
    print(f"{given.documents:,} documents, {words:,} words: {path}")
    for jobs in given.build:
        output = given.folder / f"out-{jobs}"
        built = build(path, output, jobs)
        show(built, jobs, given.documents, words, output)
        if given.peer:
            alone = float(run(_PEER, str(path), str(jobs)).told)
            share = alone / built.seconds
            print(f"  bare nlp.pipe: {words / alone:,.0f} words/s; the build has {share:.2f} of that speed")
        if given.again:
            again = build(path, output, jobs)
            print(f"  built again: {again.seconds:.1f} s, {built.seconds / again.seconds:.0f} times faster")
        if given.resolve:
            resolve(output)


def show(built: Run, jobs: int, documents: int, words: int, output: Path) -> None:
    """Print what a build took."""
    size = sum(file.stat().st_size for file in output.rglob("*") if file.is_file())
    print(
        f"jobs {jobs}: {built.seconds:.0f} s, {words / built.seconds:,.0f} words/s,"
        f" {documents / built.seconds:.1f} documents/s, {words / built.used:,.0f} words a processor second,"
        f" parent {built.peak:.0f} MB, written {size / 1e6:.0f} MB"
    )
    for read, seconds, memory in built.thousands():
        print(f"  {read:7,} documents: {seconds:6.1f} s for a thousand, parent {memory:.0f} MB")
    print(built.told)


def resolve(output: Path) -> None:
    """Print what the resolver holds when it has seen all documents."""
    documents, entities, mentions, size, peak = map(int, run(_RESOLVE, str(output)).told.split())
    print(
        f"  resolver: {entities:,} entities, {mentions:,} mentions of {documents:,} documents; it holds"
        f" {size / 1e6:.0f} MB, at most {peak / 1e6:.0f} MB: {peak / entities:,.0f} bytes an entity,"
        f" {peak / mentions:,.0f} a mention"
    )


if __name__ == "__main__":
    main()
