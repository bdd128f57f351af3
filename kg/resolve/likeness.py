"""Names that differ in one letter, found without comparing all with all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zlib import crc32

import numpy as np
from rapidfuzz.distance import OSA

#: Shorter words are others, not misspelled ones: "Ames" and "Amos".
SHORTEST = 6


def one_letter_apart(names: Mapping[int, str]) -> list[tuple[int, int]]:
    """The pairs of names that differ by one letter, or by two that changed places, within one long word.

    The deletion neighbourhood of each name is sorted, so that time and space grow with its letters
    (W. Garbe, "SymSpell", 2012).

    >>> one_letter_apart({1: "kolmar steel", 2: "kollmar steel", 3: "kolmar steal", 4: "halden"})
    [(1, 2)]
    """
    numbers, hashes = _variants(names)
    order = np.lexsort((numbers, hashes))
    numbers, hashes = numbers[order], hashes[order]
    starts = np.flatnonzero(np.concatenate(([True], hashes[1:] != hashes[:-1], [True])))
    found: set[tuple[int, int]] = set()
    for begin in np.flatnonzero(np.diff(starts) > 1).tolist():
        alike = sorted(set(numbers[starts[begin] : starts[begin + 1]].tolist()))
        found.update(
            (one, other)
            for i, one in enumerate(alike)
            for other in alike[i + 1 :]
            if (one, other) not in found
        )
    return sorted(pair for pair in found if _misspelled(names[pair[0]], names[pair[1]]))


def _variants(names: Mapping[int, str]) -> tuple[np.ndarray, np.ndarray]:
    """Hashes of each name and of what is left of it without one letter of a long word."""
    numbers: list[int] = []
    hashes: list[int] = []
    for number, name in names.items():
        for variant in _shortened(name):
            numbers.append(number)
            hashes.append(crc32(variant.encode("utf-8", "surrogatepass")))
    return np.array(numbers, dtype=np.int64), np.array(hashes, dtype=np.int64)


def _shortened(name: str) -> Iterator[str]:
    at = 0
    long = False
    for word in name.split(" "):
        if len(word) >= SHORTEST - 1:
            long = True
            for i in range(at + 1, at + len(word)):
                yield name[:i] + name[i + 1 :]
        at += len(word) + 1
    if long:
        yield name


def _misspelled(one: str, other: str) -> bool:
    """Whether one word differs, in one letter; its first letter and its digits are seldom mistaken."""
    pairs = [(a, b) for a, b in zip(one.split(), other.split(), strict=False) if a != b]
    if len(one.split()) != len(other.split()) or len(pairs) != 1:
        return False
    a, b = pairs[0]
    letters = a.isalpha() and b.isalpha() and a[0] == b[0] and max(len(a), len(b)) >= SHORTEST
    return letters and OSA.distance(a, b, score_cutoff=1) == 1
