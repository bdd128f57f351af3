"""Lines in order, in any amount of memory."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.store.lines import as_file, differences, sorted_lines

lines = st.lists(st.binary(max_size=6).map(lambda line: line.replace(b"\n", b"") + b"\n"), max_size=30)


@given(lines, st.integers(1, 40), st.sampled_from([None, bytes.swapcase]))
def test_lines_are_sorted_in_parts_of_any_size(given_lines: list[bytes], part: int, key: object) -> None:
    file = BytesIO(b"".join(given_lines))
    assert list(sorted_lines(file, key, part)) == sorted(set(given_lines), key=key)  # type: ignore[arg-type, type-var]


@given(lines, lines)
def test_differences_are_those_of_sets(old: list[bytes], new: list[bytes]) -> None:
    found = list(differences(iter(sorted(set(old))), iter(sorted(set(new)))))
    assert {line for is_new, line in found if is_new} == set(new) - set(old)
    assert {line for is_new, line in found if not is_new} == set(old) - set(new)
    assert len(found) == len(set(old) ^ set(new))


@pytest.mark.parametrize("sizes", [[], [0], [3, 0, 5], [1_500_000, 10, 2_000_000]])
def test_chunks_are_a_file(sizes: list[int]) -> None:
    chunks = [bytes([65 + number]) * size for number, size in enumerate(sizes)]
    file, read = as_file(chunks), b""
    while piece := file.read(4096):
        assert len(piece) <= 4096
        read += piece
    assert read == b"".join(chunks)
