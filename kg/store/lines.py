"""Lines of N-Triples in order, in bounded memory: beyond a million triples they are sorted in parts."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from io import BytesIO, RawIOBase
from tempfile import TemporaryFile
from typing import IO, cast

#: Lines of about this many bytes are sorted at once: somewhat more than a million triples.
PART = 256 << 20
_PIECE = 1 << 20

Key = Callable[[bytes], bytes]


def sorted_lines(file: IO[bytes], key: Key | None = None, part: int = PART) -> Iterator[bytes]:
    """The lines of a file in the order of their bytes or keys; those that are equal come once."""
    lines = sorted(file.readlines(part), key=key)
    more = file.readlines(part)
    if not more:
        yield from _once(iter(lines))
        return
    with ExitStack() as open_files:
        parts = []
        while lines:
            written = open_files.enter_context(TemporaryFile())
            written.writelines(lines)
            written.seek(0)
            parts.append(written)
            lines, more = sorted(more, key=key), file.readlines(part)
        yield from _once(heapq.merge(*parts, key=key))


def _once(lines: Iterator[bytes]) -> Iterator[bytes]:
    last = b""
    for line in lines:
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
    """Chunks of bytes as a file to read from, in pieces that are worth the way to the engine."""
    return cast(IO[bytes], _Chunks(_joined(chunks)))


def _joined(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are worth the way from Python to the engine."""
    waiting: list[bytes] = []
    size = 0
    for chunk in chunks:
        waiting.append(chunk)
        size += len(chunk)
        if size >= _PIECE:
            yield b"".join(waiting)
            waiting, size = [], 0
    yield b"".join(waiting)


class _Chunks(RawIOBase):
    """Chunks of bytes as a file to read from."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks, self._open = chunks, BytesIO()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes; none at the end."""
        while not (found := self._open.read(size)):
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            self._open = BytesIO(chunk)
        return found
