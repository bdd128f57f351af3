"""Markdown: its words without its marks; title, date and author from front matter, if there is any."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.model import Document
from kg.readers.encoding import decode
from kg.readers.record import record_document

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


def read_markdown(path: Path, id: str, source: str) -> Iterator[Document | InputError]:
    """One document: the file. Blocks of code are left out."""
    try:
        text = decode(path.read_bytes())
        front = _FRONT.match(text)
        said = _front_matter(front[1]) if front else {}
        body, title = _words(text[front.end() :] if front else text)
        yield record_document({"title": title, **said, "id": id, "text": body}, id, source)
    except ValueError as error:
        yield InputError(f"{source}: {error}")


def _front_matter(text: str) -> dict[str, object]:
    import srsly

    try:
        found = srsly.yaml_loads(text)
    except Exception as error:  # of the YAML library, which has errors of many kinds
        raise ValueError(f"the front matter is no YAML ({str(error).splitlines()[0]})") from None
    if not isinstance(found, dict):
        return {}
    # A date is written as ISO does. Lists are no title, and may hold themselves a billion times over.
    known = {key: found.get(key) for key in ("title", "date", "author", "url")}
    return {key: str(value) for key, value in known.items() if isinstance(value, str | int | datetime.date)}


def _words(text: str) -> tuple[str, str | None]:
    """The text of each block on a line of its own, and the first heading of the first level."""
    from markdown_it import MarkdownIt

    blocks: list[str] = []
    title = None
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.type == "inline":
            blocks.append("".join(map(_said, token.children or ())).strip())
            if title is None and before is not None and before.tag == "h1":
                title = blocks[-1]
    return "\n\n".join(block for block in blocks if block), title


def _said(token: Token) -> str:
    if token.type in ("text", "code_inline", "image"):
        return token.content
    return {"softbreak": " ", "hardbreak": "\n"}.get(token.type, "")
