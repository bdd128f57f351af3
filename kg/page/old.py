"""The places of an older page, so that a new one can keep them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from kg.errors import InputError
from kg.page.table import unpacked

Place = tuple[int, int]

_ISLAND = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)


def old_places(path: str | Path) -> dict[str, Place]:
    """Where each entity stood on a page, by IRI. Raises InputError for what is no page of ours."""
    try:
        found = _ISLAND.search(Path(path).read_text(encoding="utf-8"))
        if found is None:
            raise ValueError("it holds no data of a page")
        data = json.loads(found[1])
        iris = [row["iri"] for row in unpacked(data["entities"])]
        places = unpacked(data["places"]) if "places" in data else data["nodes"]
        return {iri: (int(row["x"]), int(row["y"])) for iri, row in zip(iris, places, strict=False)}
    except (OSError, UnicodeDecodeError, ValueError, KeyError, TypeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"{path}: no places can be read from it ({reason}); name a page of kg page"
        ) from None
