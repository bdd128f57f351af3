"""Places: whole numbers, nothing over another, the same every time."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.page.layout import Layout, Node, bends, layout

NODES = [Node(f"Company number {n}", 9 + n % 20) for n in range(60)]
LINKS = [(n, (n * 7 + 1) % 60) for n in range(60)] + [(0, n) for n in range(1, 20)]


@pytest.mark.parametrize(
    ("count", "links"), [(0, []), (1, []), (1, [(0, 0)]), (3, []), (2, [(0, 1), (1, 0)])]
)
def test_small_graphs_have_places(count: int, links: list[tuple[int, int]]) -> None:
    placed = layout(NODES[:count], links)
    assert len(placed.places) == len(placed.communities) == count
    assert len(set(placed.places)) == count


@settings(max_examples=12, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=60))
def test_signs_never_cover_one_another(links: list[tuple[int, int]]) -> None:
    nodes = NODES[:25]
    placed = layout(nodes, links)
    assert placed == layout(nodes, links)
    assert not covering(placed, nodes)


def covering(placed: Layout, nodes: list[Node]) -> list[tuple[int, int]]:
    """Pairs of nodes whose signs overlap."""
    return [
        (a, b)
        for a, (ax, ay) in enumerate(placed.places)
        for b, (bx, by) in enumerate(placed.places[:a])
        if max(abs(ax - bx), abs(ay - by)) < nodes[a].size + nodes[b].size
    ]


def test_a_larger_graph_is_about_as_wide_as_a_screen() -> None:
    placed = layout(NODES, LINKS)
    assert not covering(placed, NODES)
    width, height = (max(axis) - min(axis) for axis in zip(*placed.places, strict=True))
    assert 0.6 < width / height < 2.5


def test_links_of_a_community_are_together() -> None:
    two_rings = [(n, (n + 1) % 8) for n in range(8)] + [(8 + n, 8 + (n + 1) % 8) for n in range(8)] + [(0, 8)]
    placed = layout(NODES[:17], two_rings)
    assert placed.communities[16] == -1
    assert set(placed.communities[:8]).isdisjoint(placed.communities[8:16])


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([(0, 1)], [0.0]),
        ([(0, 1), (0, 1)], [-0.12, 0.12]),
        ([(0, 1), (1, 0)], [-0.12, -0.12]),  # the other way round, the same sign is the other side
        ([(0, 1), (0, 1), (1, 0)], [-0.24, 0.0, -0.24]),
        ([(2, 2), (2, 2)], [0.0, 0.5]),
    ],
)
def test_parallel_links_fan_out(links: list[tuple[int, int]], expected: list[float]) -> None:
    assert bends(links) == expected
