"""Gold: articles with every claim that a careful reader finds in them, as YAML or JSON by hand.

A file is a list of articles::

    - id: orchard                     # unique in the file
      date: 2025-06-02                # of publication, where times are to be resolved (optional)
      file: texts/orchard.txt         # the text, relative to this file; or write it here:
      text: |
        Brightwater plans to buy Marlow Foods for $20 million, its chairman said.
      aliases:                        # further names of one thing (optional)
        Marlow Foods: [Marlow]
      gold:                           # subject, relation, object, status, qualifiers (optional)
        - [Brightwater, acquired, Marlow Foods, planned, {amount: "USD 20000000"}]
      ok:                             # defensible too: counted neither way (optional)
        - [Brightwater, has_stake_in, "*", any]

A relation is a property of the ontology by its name, a status one of asserted, planned, possible,
denied and ended. Under ``ok`` the status ``any`` stands for all of them and ``*`` as the object for
every object. An object that is a value is written in quotes in its normal form: ``"2016"``,
``"USD 20000000"``. Qualifiers are ``time`` (EDTF), ``amount`` (``USD 20000000``, ``11 %``) and
``attributed_to`` (a name). A JSON file holds the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg.errors import InputError, did_you_mean
from kg.model import STATUSES, Document

QUALIFIERS = ("time", "amount", "attributed_to")
SUFFIXES = (".json", ".yaml", ".yml")
ANY = "any"
EVERY = "*"
_KEYS = ("id", "date", "file", "text", "aliases", "gold", "ok")


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim as gold writes it; ``statuses`` are those that are right."""

    subject: str
    predicate: str
    object: str
    statuses: frozenset[str]
    qualifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Article:
    """A text with its gold: ``gold`` claims are wanted, ``ok`` ones are counted neither way."""

    document: Document
    aliases: Mapping[str, tuple[str, ...]]
    gold: tuple[GoldClaim, ...]
    ok: tuple[GoldClaim, ...]


def load_gold(path: str | Path) -> tuple[Article, ...]:
    """The articles of a gold file, or of all gold files in a folder.

    Raises InputError with the article and the claim where a file is malformed.
    """
    file = Path(path)
    if file.is_dir():
        files = sorted(found for found in file.rglob("*") if found.suffix in SUFFIXES)
        if not files:
            raise InputError(f"{file}: no {', '.join(SUFFIXES)} file in this folder")
        return tuple(article for found in files for article in load_gold(found))
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{file}: cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise InputError(f"{file}: not UTF-8 text") from None
    return parse_gold(text, str(file), file.parent)


def parse_gold(text: str, name: str, folder: Path = Path()) -> tuple[Article, ...]:
    """The articles of a gold text; ``name`` is what errors call it, ``folder`` where its texts lie."""
    rows = _rows(text, name)
    if not isinstance(rows, list) or not rows:
        raise InputError(f"{name}: gold is a list of articles, each with id, text and gold")
    articles = tuple(_article(row, f"{name}: article {number}", folder) for number, row in enumerate(rows, 1))
    seen: set[str] = set()
    for article in articles:
        if article.document.id in seen:
            raise InputError(f'{name}: two articles have the id "{article.document.id}"')
        seen.add(article.document.id)
    return articles


def _rows(text: str, name: str) -> Any:
    """The file as plain values. YAML is read by srsly, which spaCy brings; it stumbles at JSON's tabs."""
    with suppress(ValueError):
        return json.loads(text)
    try:
        from srsly import yaml_loads

        return yaml_loads(text)
    except Exception as error:  # srsly wraps the reader's own errors, and lets others through
        cause = error.__cause__ or error.__context__ or error
        mark = getattr(cause, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark is not None else name
        reason = getattr(cause, "problem", None) or str(cause).splitlines()[0]
        raise InputError(f"{where}: not valid YAML or JSON: {reason}") from None


def _article(row: object, where: str, folder: Path) -> Article:
    if not isinstance(row, dict):
        raise InputError(f"{where}: not a mapping with id, text and gold")
    where = f"{where} ({row['id']})" if row.get("id") is not None else where
    for key in sorted(map(str, set(row) - set(_KEYS))):
        raise InputError(f'{where}: unknown key "{key}". {did_you_mean(key, _KEYS)}')
    if row.get("id") is None or row.get("gold") is None:
        raise InputError(f"{where}: id and gold must be there; an article without claims has gold: []")
    aliases = row.get("aliases") or {}
    if not isinstance(aliases, dict) or not all(isinstance(names, list) for names in aliases.values()):
        raise InputError(f"{where}: aliases map a name to a list of names")
    date = None if row.get("date") is None else str(row["date"])
    return Article(
        Document(str(row["id"]), _text(row, where, folder), date=date),
        {str(name): tuple(map(str, others)) for name, others in aliases.items()},
        _claims(row, "gold", where),
        _claims(row, "ok", where),
    )


def _text(row: dict[str, Any], where: str, folder: Path) -> str:
    if ("text" in row) == ("file" in row):
        raise InputError(f"{where}: one of text and file must be there")
    if "text" in row:
        return str(row["text"])
    try:
        return (folder / str(row["file"])).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(f"{where}: the text {row['file']} cannot be read: {reason}") from None


def _claims(row: dict[str, Any], key: str, where: str) -> tuple[GoldClaim, ...]:
    claims = row.get(key) or []
    if not isinstance(claims, list):
        raise InputError(f"{where}: {key} is a list of claims")
    return tuple(_claim(claim, f"{where}, {key} {number}") for number, claim in enumerate(claims, 1))


def _claim(row: object, where: str) -> GoldClaim:
    if not isinstance(row, list) or len(row) not in (4, 5):
        raise InputError(f"{where}: a claim is [subject, relation, object, status], then its qualifiers")
    subject, predicate, value, status = map(str, row[:4])
    if status not in (*STATUSES, ANY):
        raise InputError(f'{where}: no status "{status}". {did_you_mean(status, (*STATUSES, ANY))}')
    qualifiers = row[4] if len(row) == 5 else {}
    if not isinstance(qualifiers, dict) or set(qualifiers) - set(QUALIFIERS):
        raise InputError(f"{where}: qualifiers are {', '.join(QUALIFIERS)}")
    return GoldClaim(
        subject,
        predicate,
        value,
        frozenset(STATUSES if status == ANY else (status,)),
        {name: str(given) for name, given in sorted(qualifiers.items())},
    )
