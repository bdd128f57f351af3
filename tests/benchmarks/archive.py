"""An archive of made-up short news, and what a build of it takes: time, memory, bytes.

``python -m tests.benchmarks.archive 2000 FOLDER`` writes the documents as FOLDER/news.jsonl;
with ``--build JOBS`` it builds them and prints words a second, peak memory and sizes.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
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


def build(path: Path, output: Path, *options: str) -> tuple[float, float, float, str]:
    """Seconds of a build, peak megabytes of its parent, processor seconds of all, and what it printed."""
    begun = time.monotonic()
    command = [sys.executable, "-c", _CHILD, "build", str(path), "-o", str(output), *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    peak, used = map(float, done.stderr.rsplit("\n", 2)[-2].split())
    return time.monotonic() - begun, peak, used, done.stdout


_CHILD = """
import resource, sys
from kg.cli import app
try:
    app(prog_name="kg")
finally:
    mine, theirs = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    used = (mine.ru_utime, mine.ru_stime, theirs.ru_utime, theirs.ru_stime)
    print(mine.ru_maxrss / 1024, sum(used), file=sys.stderr)
"""


def main() -> None:
    """What the module does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("documents", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--build", type=int, nargs="*", metavar="JOBS")
    given = parser.parse_args()
    path = given.folder / "news.jsonl"
    words = write(given.documents, path)
    print(f"{given.documents:,} documents, {words:,} words: {path}")
    for jobs in given.build or ():
        output = given.folder / f"out-{jobs}"
        seconds, peak, used, told = build(
            path, output, "--no-page", "--profile", "--fresh", "--jobs", str(jobs)
        )
        size = sum(file.stat().st_size for file in output.rglob("*") if file.is_file())
        print(
            f"jobs {jobs}: {seconds:.0f} s, {words / seconds:,.0f} words/s,"
            f" {given.documents / seconds:.1f} documents/s, {words / used:,.0f} words a processor second,"
            f" parent {peak:.0f} MB, written {size / 1e6:.0f} MB"
        )
        print(told)


if __name__ == "__main__":
    main()
