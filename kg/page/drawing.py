"""What is drawn: every entity while they are not too many, otherwise the groups that they form.

The place of each entity is settled in both cases, so that a group that is opened moves nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.page.contents import Contents, Link
from kg.page.layout import Layout, Node, bends, layout
from kg.page.old import Place
from kg.page.table import Row, packed

DRAWN = 5_000  # entities that are drawn at once; above, their groups
PLACED = 50_000  # entities that have a place; the others are found by search
BONDS = 4  # lines from each group to those it has most to do with
SMALLEST, LARGEST = 9, 27  # half the width of a node


@dataclass(frozen=True, slots=True)
class Drawing:
    """Nodes and edges for pyvis, and what the script needs to open groups (empty where there are none)."""

    nodes: list[Row]
    edges: list[Row]
    placed: int
    groups: Row = field(default_factory=dict)


def drawing(page: Contents, old: Mapping[str, Place] | None = None, most: int | None = None) -> Drawing:
    """Place the entities, the ``old`` ones where they were; above ``most`` (5,000) groups are drawn."""
    placed = [entity for entity in page.entities[:PLACED] if entity["facts"]]  # who only speaks has no place
    links = [link for link in page.links if max(link[1:]) < len(placed)]
    ends = [(subject, object_) for _, subject, object_ in links]
    chains = [link for link in page.chains if max(link[1:]) < len(placed)]
    sizes = _sizes([entity["facts"] for entity in placed])
    kept = {n: old[entity["iri"]] for n, entity in enumerate(placed) if entity["iri"] in old} if old else {}
    found = layout([Node(e["name"], size) for e, size in zip(placed, sizes, strict=True)], ends, kept)
    drawn = links + chains  # what is inferred moves nothing
    curves = bends([(subject, object_) for _, subject, object_ in drawn])
    if len(placed) > (DRAWN if most is None else most):
        return _groups(found, sizes, links, dict(zip((fact for fact, _, _ in drawn), curves, strict=True)))
    nodes = [{"id": n, **row} for n, row in enumerate(_rows(found, sizes, found.communities))]
    edges = [
        {"id": fact, "from": subject, "to": object_, "bend": bend}
        for (fact, subject, object_), bend in zip(drawn, curves, strict=True)
    ]
    return Drawing(nodes, edges, len(placed))


def _rows(found: Layout, sizes: Sequence[int], communities: Sequence[int]) -> list[Row]:
    return [
        {"x": x, "y": y, "size": size, "community": community}
        for (x, y), size, community in zip(found.places, sizes, communities, strict=True)
    ]


def _groups(
    found: Layout, sizes: Sequence[int], links: Sequence[Link], curves: Mapping[int, float]
) -> Drawing:
    """A bubble for each group, on the ground that its members stand on."""
    members: dict[int, list[int]] = defaultdict(list)
    for n, part in enumerate(found.parts):
        members[part].append(n)
    bonds = Counter(
        (min(a, b), max(a, b))
        for a, b in ((found.parts[subject], found.parts[object_]) for _, subject, object_ in links)
        if a != b
    )
    places = {
        "places": packed(_rows(found, sizes, found.parts)),
        "bends": {str(fact): bend for fact, bend in curves.items() if bend},
    }
    nodes = [{"id": f"g{part}", **_bubble(found, members[part])} for part in sorted(members)]
    edges = [
        {"id": f"b{n}", "from": f"g{a}", "to": f"g{b}", "count": bonds[a, b]}
        for n, (a, b) in enumerate(_strongest(bonds))
    ]
    return Drawing(nodes, edges, len(sizes), places)


def _bubble(found: Layout, members: Sequence[int]) -> Row:
    xs, ys = zip(*(found.places[n] for n in members), strict=True)
    (left, right), (top, bottom) = (min(xs), max(xs)), (min(ys), max(ys))
    reach = min(right - left, bottom - top) / 2 + LARGEST
    return {"x": round((left + right) / 2), "y": round((top + bottom) / 2), "size": round(reach)}


def _strongest(bonds: Counter[tuple[int, int]]) -> list[tuple[int, int]]:
    """The bonds that are among the strongest of at least one of their groups."""
    drawn: Counter[int] = Counter()
    kept = []
    for pair in sorted(bonds, key=lambda pair: (-bonds[pair], pair)):
        if min(drawn[pair[0]], drawn[pair[1]]) < BONDS:
            drawn.update(pair)
            kept.append(pair)
    return sorted(kept)


def _sizes(counts: list[int]) -> list[int]:
    """Half the width of each node: its area grows with the number of facts."""
    most = max(counts, default=1)
    return [
        round(SMALLEST + (LARGEST - SMALLEST) * ((count - 1) / max(most - 1, 1)) ** 0.5) for count in counts
    ]
