"""Where everything stands: communities, a force layout inside each, packed apart.

Pure functions of the graph's structure, without chance: the same graph has the same integer places.
Nodes are numbered in order of importance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]

LETTER = 3.6  # half the width of a letter of a label at full size
LONGEST = 20  # letters of a label that are given room
PART = 400  # a community above this is laid out in parts: the force layout is quadratic
MARGIN = 46.0  # between communities
MANY = 60  # communities that are arranged with more care than time
STRETCHES = (0.0, 0.2, 0.4, 0.7, 1.0)  # of the arrangement sideways that are tried
ASPECT = 1.1  # of the map beside its panels


@dataclass(frozen=True, slots=True)
class Node:
    """What the layout must know of a node: its label needs room too."""

    label: str
    size: int


@dataclass(frozen=True, slots=True)
class Layout:
    """Integer places, and for each node its community (-1 for a node without links) and the part of it
    in which it stands: a large community has several."""

    places: list[tuple[int, int]]
    communities: list[int]
    parts: list[int]


def layout(
    nodes: Sequence[Node], links: Sequence[tuple[int, int]], old: Mapping[int, tuple[int, int]] | None = None
) -> Layout:
    """Place all nodes; those that have an ``old`` place keep it, and the others settle beside them.

    >>> layout([Node("a", 9), Node("b", 9)], [(0, 1)]).communities
    [0, 0]
    """
    if not nodes:
        return Layout([], [], [])
    groups, community = _communities(len(nodes), links)
    rooms = np.array([_room(node) for node in nodes])
    places = np.zeros((len(nodes), 2))
    parts = [0] * len(nodes)
    for n, members in enumerate(groups):
        for member in members:
            parts[member] = n
    own = _own_links(links, parts, len(groups))
    for members, pairs in zip(groups, own, strict=True):
        places[members] = _inside(members, pairs, rooms[members])
    _pack(groups, links, places, rooms)
    places -= (places.min(axis=0) + places.max(axis=0)) / 2
    if old:
        _settle(places, rooms, links, old)
    return Layout([(round(x), round(y)) for x, y in places.tolist()], community, parts)


def bends(links: Sequence[tuple[int, int]]) -> list[float]:
    """How far each link bows out, so that parallel links fan out; 0 is straight, the sign is the side.

    >>> bends([(0, 1), (1, 0), (2, 3)])
    [-0.12, -0.12, 0.0]
    """
    parallel: dict[tuple[int, int], list[int]] = defaultdict(list)
    for n, (a, b) in enumerate(links):
        parallel[min(a, b), max(a, b)].append(n)
    bend = [0.0] * len(links)
    for (low, high), numbers in parallel.items():
        for k, n in enumerate(numbers):
            if low == high:  # a loop: its turn around the node
                bend[n] = round(k / len(numbers), 3)
                continue
            side = k - (len(numbers) - 1) / 2
            # seen from the other end, the same side has the other sign
            direction = 1 if links[n][0] == low else -1
            bend[n] = round(max(-1.0, min(1.0, 0.24 * side)) * direction, 3) + 0.0
    return bend


def _settle(
    places: Points, rooms: Points, links: Sequence[tuple[int, int]], old: Mapping[int, tuple[int, int]]
) -> None:
    """Put the known nodes back, and move each new one as its known neighbours were moved, to free ground."""
    before = places.copy()
    done = sorted(old)
    places[done] = [old[n] for n in done]
    near: dict[int, list[int]] = defaultdict(list)
    for a, b in links:
        for new, known in ((a, b), (b, a)):
            if new not in old and known in old:
                near[new].append(known)
    for n in range(len(places)):
        if n in old:
            continue
        guides = near[n] or sorted(old)
        target = before[n] + (places[guides] - before[guides]).mean(axis=0)
        for spot in target + _spiral(2000, float(rooms[n].max())):
            if not (np.abs(places[done] - spot) < rooms[done] + rooms[n]).all(axis=1).any():
                break
        places[n] = spot
        done.append(n)


def _room(node: Node) -> tuple[float, float]:
    """Half the width and height of a node with its label below."""
    return max(node.size, LETTER * min(len(node.label), LONGEST)) + 10.0, node.size + 15.0


def _communities(count: int, links: Sequence[tuple[int, int]]) -> tuple[list[list[int]], list[int]]:
    """Groups of nodes, the largest first; those without links stand together."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(count))
    for a, b in sorted((min(link), max(link)) for link in links if link[0] != link[1]):
        weight = graph.edges[a, b]["weight"] + 1 if graph.has_edge(a, b) else 1
        graph.add_edge(a, b, weight=weight)
    alone = sorted(nx.isolates(graph))
    graph.remove_nodes_from(alone)
    found = nx.community.louvain_communities(graph, seed=1) if graph else []
    groups = sorted((sorted(group) for group in found), key=lambda group: (-len(group), group))
    community = [-1] * count
    for n, group in enumerate(groups):
        for member in group:
            community[member] = n
    parts = [group[k : k + PART] for group in [*groups, alone] for k in range(0, len(group), PART)]
    return parts, community


def _own_links(
    links: Sequence[tuple[int, int]], parts: Sequence[int], count: int
) -> list[list[tuple[int, int]]]:
    """The links within each part."""
    own: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for a, b in links:
        if a != b and parts[a] == parts[b]:
            own[parts[a]].append((a, b))
    return own


def _inside(members: Sequence[int], links: Sequence[tuple[int, int]], rooms: Points) -> Points:
    """The places of one community around its most important member."""
    index = {member: n for n, member in enumerate(members)}
    pairs = sorted({(index[a], index[b]) for a, b in links})
    ideal = float(rooms.sum(axis=1).mean()) * 1.2  # the names of links need room too
    return _separate(_lay_flat(_spring(_spiral(len(members), ideal), pairs, ideal)), rooms)


def _lay_flat(places: Points) -> Points:
    """Turn a group so that its longest reach is sideways, as its labels and the screen are."""
    if len(places) < 2:
        return places
    centred = places - places.mean(axis=0)
    x, y = centred.T
    angle = 0.5 * np.arctan2(2 * (x * y).sum(), (x * x).sum() - (y * y).sum())
    cos, sin = np.cos(angle), np.sin(angle)
    return np.column_stack([x * cos + y * sin, y * cos - x * sin])


def _spiral(count: int, step: float) -> Points:
    """A sunflower: the first in the middle, the others around it in order."""
    turn = np.arange(count) * np.pi * (3 - np.sqrt(5))
    reach = step * np.sqrt(np.arange(count))
    return np.column_stack([reach * np.cos(turn), reach * np.sin(turn)])


def _spring(places: Points, pairs: Sequence[tuple[int, int]], ideal: float, rounds: int = 120) -> Points:
    """Fruchterman and Reingold's forces, cooling down; gravity keeps loose parts near."""
    near, far = np.array(pairs, dtype=np.intp).reshape(-1, 2).T
    x, y = places.T.copy()
    for k in range(rounds):
        across, along = np.subtract.outer(x, x), np.subtract.outer(y, y)
        push = np.maximum(across * across + along * along, 1.0)
        np.divide(ideal**2, push, out=push)
        force = [np.einsum("ij,ij->i", axis, push) for axis in (across, along)]
        spans = x[near] - x[far], y[near] - y[far]
        pull = np.hypot(*spans) / ideal
        for axis, span, place in zip(force, spans, (x, y), strict=True):
            axis -= np.bincount(near, span * pull, len(x)) - np.bincount(far, span * pull, len(x))
            axis -= 0.08 * place
        length = np.maximum(np.hypot(*force), 1e-9)
        step = np.minimum(length, ideal * (1 - k / rounds)) / length
        x, y = x + force[0] * step, y + force[1] * step
    return np.column_stack([x, y])


def _separate(places: Points, rooms: Points, rounds: int = 80) -> Points:
    """Push overlapping rooms apart along the axis where they overlap least."""
    axes = places.T.copy()
    needs = [np.add.outer(room, room) for room in rooms.T]
    order = np.arange(len(places))
    before = np.where(order[:, None] < order[None, :], -1.0, 1.0)  # the side for equal places
    for _ in range(rounds):
        aparts = [np.subtract.outer(axis, axis) for axis in axes]
        overlaps = [need - np.abs(apart) for need, apart in zip(needs, aparts, strict=True)]
        clash = np.minimum(*overlaps) > 0.5
        np.fill_diagonal(clash, val=False)
        if not clash.any():
            break
        one, other = np.nonzero(clash)
        sideways = overlaps[0][one, other] < overlaps[1][one, other]
        for axis, apart, overlap, chosen in zip(axes, aparts, overlaps, (sideways, ~sideways), strict=True):
            pair = one[chosen], other[chosen]
            side = np.where(apart[pair] == 0, before[pair], np.sign(apart[pair]))
            push = np.bincount(pair[0], side * overlap[pair], len(axis))
            axis += push / np.maximum(np.bincount(pair[0], minlength=len(axis)), 1) * 0.55
    return axes.T.copy()


def _pack(
    groups: Sequence[Sequence[int]], links: Sequence[tuple[int, int]], places: Points, rooms: Points
) -> None:
    """Move the communities, as boxes, near those they have links with, without overlap."""
    group_of = {member: n for n, group in enumerate(groups) for member in group}
    boxes = np.zeros((len(groups), 2))
    for n, members in enumerate(groups):
        low = (places[members] - rooms[members]).min(axis=0)
        high = (places[members] + rooms[members]).max(axis=0)
        places[members] -= (low + high) / 2
        boxes[n] = (high - low) / 2 + MARGIN / 2
    pairs = sorted({(group_of[a], group_of[b]) for a, b in links if group_of[a] != group_of[b]})
    centres = _arrange(boxes, pairs)
    for n, members in enumerate(groups):
        places[members] += centres[n]
    _mirror(groups, links, places, centres)


def _arrange(boxes: Points, pairs: Sequence[tuple[int, int]]) -> Points:
    """The centres of boxes, in the one of a few arrangements that is most nearly as wide as screens are."""
    mean = boxes.mean(axis=0)
    found: list[tuple[float, Points]] = []
    for stretch in STRETCHES if len(boxes) <= 2 * MANY else STRETCHES[-2:-1]:
        shape = np.array([(mean[0] / mean[1]) ** stretch, 1.0])  # wide boxes, taken as they are, get stacked
        centres = _draw_together(boxes / shape, pairs) * shape
        width, height = (centres + boxes).max(axis=0) - (centres - boxes).min(axis=0)
        found.append((abs(float(np.log(width / height / ASPECT))), centres))
    return min(found, key=lambda one: one[0])[1]


def _draw_together(boxes: Points, pairs: Sequence[tuple[int, int]]) -> Points:
    ideal = float(boxes.sum(axis=1).mean())
    centres = _spring(_spiral(len(boxes), ideal), pairs, ideal)
    if len(boxes) > MANY:  # loose ones fly far from a crowd
        far = np.maximum(np.linalg.norm(centres, axis=1), 1.0)
        centres *= np.minimum(1.0, np.quantile(far, 0.8) / far)[:, None]
    for _ in range(60 if len(boxes) <= MANY else 16):
        centres = _separate(centres * 0.93, boxes, rounds=15)
    return _separate(centres, boxes, rounds=400)


def _mirror(
    groups: Sequence[Sequence[int]], links: Sequence[tuple[int, int]], places: Points, centres: Points
) -> None:
    """Mirror each community so that its links to the others are short."""
    outside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    group_of = {member: n for n, group in enumerate(groups) for member in group}
    for a, b in links:
        if group_of[a] != group_of[b]:
            outside[group_of[a]].append((a, b))
            outside[group_of[b]].append((b, a))
    for n in sorted(outside) * 2:
        own = np.array([a for a, _ in outside[n]])
        far = places[[b for _, b in outside[n]]] - centres[n]
        near = places[own] - centres[n]
        flips = [np.array(flip) for flip in ((1, 1), (-1, 1), (1, -1), (-1, -1))]
        lengths = [float(np.linalg.norm(near * flip - far, axis=1).sum()) for flip in flips]
        best = flips[lengths.index(min(lengths))]
        places[groups[n]] = (places[groups[n]] - centres[n]) * best + centres[n]
