"""Data, script and style in one HTML document, rendered by pyvis from our own template."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
import pyvis.network
from markupsafe import Markup

from kg import look
from kg.model import STATUSES, Document, Fact
from kg.page.contents import Contents, contents
from kg.page.drawing import Drawing, drawing
from kg.page.inferred import Reasoned
from kg.page.old import Place
from kg.page.table import Row, packed

HERE = Path(__file__).parent
VIS = Path(pyvis.network.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
#: Classic scripts under one namespace, in the order of their needs: modules cannot import one
#: another inside one file.
SCRIPTS = (
    "data dom look state lights labels overlay map search claims reading inference path timeline filters "
    "card files main"
).split()
TABLE_ROWS = 2000  # claims in the table for readers without JavaScript
KEYS = (
    ("/", "search"),
    ("↓ ↑", "walk through suggestions, the card or the filters"),
    ("Enter", "open what is chosen"),
    ("Esc", "close the card"),
    ("U", "undo"),
    ("F", "focus: only this one and its neighbours"),
    ("X", "expand: its neighbours too"),
    ("H", "hide it"),
    ("P", "path from here to another"),
    ("← → ↑ ↓ + − 0", "on the map: move, zoom, show all"),
    ("T", "light or dark"),
)
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {"hover": True, "selectConnectedEdges": False, "keyboard": False, "tooltipDelay": 10**6},
}


def render(
    facts: Iterable[Fact],
    documents: Iterable[Document],
    *,
    title: str = "Knowledge graph",
    labels: Mapping[str, str] | None = None,
    note: str = "",
    old: Mapping[str, Place] | None = None,
    reasoned: Reasoned | None = None,
) -> str:
    """The page as one HTML string that asks the network for nothing.

    ``labels`` gives types and predicates (by IRI) other names than their local names; ``note`` says of
    what it is a part, ``old`` where entities (by IRI) are to stay, ``reasoned`` what follows by which axioms.
    """
    page = contents(facts, documents, labels, reasoned)
    drawn = drawing(page, old)
    net, counts = _network(drawn), _counts(page, drawn.placed)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    scripts, style = [_library(), _own_script()], look.palette() + look.read(HERE / "style.css")
    environment.globals.update(
        title=title,
        keys=KEYS,
        page=page,
        table=_table(page),
        counts=counts,
        policy=look.policy(style, scripts),
        scripts=[Markup(script) for script in scripts],
        style=Markup(style),
        texts=_json(page.texts),
        island=partial(_island, {"title": title, "note": note, "counts": counts, **drawn.groups}, page),
    )
    net.templateEnv, net.path = environment, "template.html.j2"
    html: str = net.generate_html()
    return look.encodable(html)


def _network(drawn: Drawing) -> Any:
    """What is drawn as a pyvis network with places."""
    net = pyvis.network.Network(directed=True, cdn_resources="in_line")
    net.options = OPTIONS
    # Filled directly: add_node and add_edge look through all that is there.
    net.nodes, net.edges = drawn.nodes, drawn.edges
    return net


def _counts(page: Contents, placed: int) -> Row:
    dates = sorted(document["date"] for document in page.documents if "date" in document)
    return {
        "documents": len(page.documents),
        "words": sum(document["words"] for document in page.documents),
        "entities": len(page.entities),
        "facts": len(page.facts),
        "claims": len(page.claims),
        "told": sum(entity["facts"] > 0 for entity in page.entities),
        "drawn": placed,
        "from": dates[0] if dates else None,
        "to": dates[-1] if dates else None,
    }


def _table(page: Contents) -> list[Row]:
    """One row for each claim, for readers without JavaScript."""
    return [_table_row(page, claim) for claim in page.claims[:TABLE_ROWS]]


def _table_row(page: Contents, claim: Row) -> Row:
    fact, text = page.facts[claim["fact"]], claim.get("text")
    if text is None:
        text = page.texts[claim["document"]][claim["start"] : claim["end"]] if page.texts else ""
    if "object" in fact:
        target = page.entities[fact["object"]]["name"]
    else:
        target = fact["value"].get("text") or fact["value"].get("value", "")
    return {
        "subject": page.entities[fact["subject"]]["name"],
        "predicate": page.predicates[fact["predicate"]]["label"],
        "object": target,
        "status": STATUSES[claim["status"]],
        "text": text,
        "document": page.documents[claim["document"]]["title"],
        "start": claim["start"],
        "end": claim["end"],
    }


def _island(about: Row, page: Contents, nodes: list[Row], edges: list[Row], options: str) -> Markup:
    """All data as JSON inside a script element that is never run."""
    data = {
        **about,
        "statuses": STATUSES,
        "nodes": nodes,
        "edges": edges,
        "options": json.loads(options),
        "types": page.types,
        "predicates": page.predicates,
        "documents": packed(page.documents),
        "entities": packed(page.entities),
        "facts": packed(page.facts),
        "claims": packed(page.claims),
        "inferred": packed(page.inferred),
    }
    return _json(data)


def _json(data: object) -> Markup:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # "</script>" and "<!--" would end the element


def _library() -> str:
    """The vis-network bundle that pyvis ships with its licence, without the line that names its map."""
    bundle = look.read(VIS).partition("//# sourceMappingURL")[0].rstrip()
    return f"/*!\n{look.read(HERE / 'vis-network.LICENSE.txt')}*/\n{bundle}\n"


def _own_script() -> str:
    return "".join(look.read(HERE / "js" / f"{name}.js") for name in SCRIPTS)
