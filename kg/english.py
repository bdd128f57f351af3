"""The words of English that the program knows: the lists of ``ontology/english.toml`` by dotted name."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from kg.errors import OntologyError
from kg.ontology import ontology_path

#: Lists that are the union of others.
_UNIONS = {
    "light_verbs.all": ("light_verbs.gain", "light_verbs.keep", "light_verbs.lose"),
    "names.ranks": ("names.role_words", "roles.titles", "descriptions.generic_person"),
    "as_verbs.ending": ("as_verbs.ends", "as_verbs.object_ends"),
    "transparent.all": ("transparent.nouns", "transparent.people"),
}


@cache
def words(name: str) -> frozenset[str]:
    """One list.

    >>> "ltd" in words("names.legal_suffixes")
    True
    """
    return read_lists(ontology_path("english.toml"))[name]


@cache
def read_lists(path: Path) -> dict[str, frozenset[str]]:
    """All lists of a file; raises OntologyError where it is not TOML."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{path}: not valid TOML: {error}") from None
    lists: dict[str, frozenset[str]] = {}

    def walk(prefix: str, table: dict[str, object]) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                walk(f"{prefix}{key}.", value)
            elif isinstance(value, list):
                lists[f"{prefix}{key}"] = frozenset(str(word) for word in value)

    walk("", data)
    for whole, parts in _UNIONS.items():
        lists[whole] = frozenset().union(*(lists[part] for part in parts))
    return lists
