"""What is no file, or larger than may be read: looked at before it is read."""

from __future__ import annotations

import stat
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from kg.errors import InputError
from kg.limits import Limits

#: Files that are read line by line may be of any length.
STREAMED = frozenset((".csv", ".jsonl", ".tsv"))
MEGABYTE = 1_000_000
#: Less than this, unpacked, is no bomb however small it was packed.
_SMALL = 10 * MEGABYTE


def check_file(path: Path, source: str, limits: Limits) -> None:
    """Raise an InputError where a path is no file, or one that is larger than it may be."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise InputError(f"{source}: {_kind(found.st_mode)}, not a file; standard input is read with: -")
    if path.suffix.lower() in STREAMED:
        return
    if found.st_size > limits.file * MEGABYTE:
        raise too_large(source, found.st_size, "file", limits.file)
    _check_packed(path, source, found.st_size, limits)


def check_text(text: str, source: str, limits: Limits) -> None:
    """Raise an InputError where a document is longer than it may be."""
    if len(text) > limits.text:
        raise InputError(
            f"{source}: {len(text):,} characters, and at most {limits.text:,} are read; split it, or "
            f"read it with --limit text={len(text)}"
        )


def too_large(source: str, size: int, name: str, limit: int) -> InputError:
    """The error of so many bytes where a limit of megabytes holds."""
    needed = -(-size // MEGABYTE)
    return InputError(
        f"{source}: {needed:,} MB or more, and at most {limit:,} are read; split it, or read it with"
        f" --limit {name}={needed}"
    )


def _check_packed(path: Path, source: str, size: int, limits: Limits) -> None:
    """Bombs are small files with much in them; what a packed file says of its sizes is all that is read."""
    try:
        with path.open("rb") as file:
            if file.read(4) != b"PK\3\4":
                return
        with ZipFile(path) as packed:
            unpacked = sum(part.file_size for part in packed.infolist())
    except (BadZipFile, NotImplementedError, ValueError):
        return  # its reader says what is wrong with it
    if unpacked > limits.file * MEGABYTE:
        raise too_large(f"{source}, unpacked", unpacked, "file", limits.file)
    if unpacked > max(_SMALL, limits.ratio * size):
        times = -(-unpacked // size)
        raise InputError(
            f"{source}: unpacked it is {times:,} times larger, and it may be {limits.ratio:,} times; "
            f"if it is no bomb, read it with --limit ratio={times}"
        )


def _kind(mode: int) -> str:
    kinds = (
        (stat.S_ISDIR, "a folder"),
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
    )
    return next((name for test, name in kinds if test(mode)), "a device")
