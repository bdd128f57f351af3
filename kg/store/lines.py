"""Lines of N-Triples in order, in bounded memory: beyond a million triples they are sorted in parts."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from io import BufferedReader, BytesIO, RawIOBase
from itertools import chain, compress, islice
from operator import ne
from tempfile import TemporaryFile
from typing import IO, Any

#: Lines of about this many bytes are sorted at once: somewhat more than a million triples.
PART = 256 << 20
#: The buffer of a file that is written or read in one go: the engine's own pieces are small.
BUFFER = 1 << 20
#: How many chunks are joined at once: most are short, and each way from Python to the engine costs.
_AT_ONCE = 64

Key = Callable[[bytes], bytes]


def sorted_lines(file: IO[bytes], key: Key | None = None, part: int = PART) -> Iterator[bytes]:
    """The lines of a file in the order of their bytes or keys; those that are equal come once.

    The file is read to its end before this returns.
    """
    lines = sorted(file.readlines(part), key=key)
    more = file.readlines(part)
    if not more:  # no step of Python for each line: there may be a million
        return compress(lines, map(ne, lines, chain((b"",), lines)))
    parts = [_written(lines)]
    while more:
        parts.append(_written(sorted(more, key=key)))
        more = file.readlines(part)
    return _merged(parts, key)


def _written(lines: list[bytes]) -> IO[bytes]:
    file = TemporaryFile(buffering=BUFFER)  # noqa: SIM115 (it is closed when it was merged)
    file.writelines(lines)
    file.seek(0)
    return file


def _merged(parts: list[IO[bytes]], key: Key | None) -> Iterator[bytes]:
    with ExitStack() as open_files:
        for file in parts:
            open_files.enter_context(file)
        last = b""
        for line in heapq.merge(*parts, key=key):
            if line != last:
                yield line
            last = line


def differences(old: Iterator[bytes], new: Iterator[bytes]) -> Iterator[tuple[bool, bytes]]:
    """What two sorted sequences do not share: each line with whether it is of the new one.

    >>> list(differences(iter([b"a", b"b"]), iter([b"b", b"c"])))
    [(False, b'a'), (True, b'c')]
    """
    left, right = next(old, None), next(new, None)
    while left is not None or right is not None:
        if right is None or (left is not None and left < right):
            yield False, left or b""
            left = next(old, None)
        elif left is None or right < left:
            yield True, right
            right = next(new, None)
        else:
            left, right = next(old, None), next(new, None)


def as_file(chunks: Iterable[bytes]) -> IO[bytes]:
    """Chunks of bytes as a file, from which the engine reads small pieces."""
    return BufferedReader(_Chunks(chunks), BUFFER)


class _Chunks(RawIOBase):
    """Chunks of bytes as a file without a buffer."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks, self._open = iter(chunks), BytesIO()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as the chunks that are open go; 0 at the end."""
        while not (size := self._open.readinto(buffer)):
            chunks = list(islice(self._chunks, _AT_ONCE))
            if not chunks:
                break
            self._open = BytesIO(b"".join(chunks))
        return size
