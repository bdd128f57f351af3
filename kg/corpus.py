"""The corpus: the documents of a graph with what was found in each, so that none is read twice.

It is a SQLite file beside the store. A row is written as soon as its document is read, so that a build
that was killed resumes there. What is in it can be made again: the store, not the corpus, says which
documents a graph has.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import fields
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from kg.errors import StoreError
from kg.model import Document, Evidence, Extraction, Literal, Mention, Qualifiers, Relation

#: What is kept beside the store, so that no document is read twice.
CORPUS = "corpus.sqlite"

#: The version of its tables and of what they hold; a corpus of another version is emptied.
FORMAT = 1
_APPLICATION = 0x6B676331  # "kgc1": what tells a corpus from other SQLite files

_TABLES = """
CREATE TABLE IF NOT EXISTS extraction (
    sha256 TEXT, maker TEXT, document TEXT NOT NULL, found TEXT NOT NULL, PRIMARY KEY (sha256, maker)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recipe (option TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""


class Corpus:
    """Extractions by the hash of their document, made by one ``maker`` (see ``pipeline.Recipe``).

    Without a path it is a temporary file. Close it, or use ``with``.
    """

    def __init__(self, path: Path | None, maker: str) -> None:
        self.path, self.maker = path, maker
        try:
            self._rows = sqlite3.connect(path or "", isolation_level=None)
            self._prepare()
        except sqlite3.OperationalError as error:
            raise StoreError(f"{path}: the corpus cannot be opened ({error})") from None
        except sqlite3.Error as error:
            raise _damaged(path, error) from None

    def _prepare(self) -> None:
        (application,) = self._rows.execute("PRAGMA application_id").fetchone()
        (version,) = self._rows.execute("PRAGMA user_version").fetchone()
        (tables,) = self._rows.execute("SELECT COUNT(*) FROM sqlite_master").fetchone()
        if tables and application != _APPLICATION:
            raise sqlite3.DatabaseError("a database of another program")
        # A killed process loses nothing, a power cut at most the last documents.
        self._rows.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;")
        self._rows.execute("PRAGMA secure_delete = ON")  # a text that is removed is gone
        if tables and version != FORMAT:
            self._rows.executescript("DROP TABLE IF EXISTS extraction; DROP TABLE IF EXISTS recipe;")
        self._rows.executescript(
            f"{_TABLES} PRAGMA application_id = {_APPLICATION}; PRAGMA user_version = {FORMAT};"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; one in which nothing was written goes."""
        try:
            query = "SELECT EXISTS (SELECT 1 FROM extraction) OR EXISTS (SELECT 1 FROM recipe)"
            (written,) = self._row(query)
        finally:
            self._rows.close()
        if self.path is not None and not written:
            self.path.unlink(missing_ok=True)

    def __contains__(self, sha256: object) -> bool:
        return sha256 in self._read

    @cached_property
    def _read(self) -> set[str]:
        """The hashes of the documents that this maker has read."""
        with self._reported("read"):
            found = self._rows.execute("SELECT sha256 FROM extraction WHERE maker = ?", (self.maker,))
            return {sha256 for (sha256,) in found}

    def _row(self, query: str, *values: object) -> Any:
        with self._reported("read"):
            return self._rows.execute(query, values).fetchone()

    def add(self, extraction: Extraction) -> None:
        """Keep what was found in a document: its mentions and relations."""
        document = extraction.document
        row = (document.sha256, self.maker, _dump(_values(document)), _dump(_pack(extraction)))
        with self._reported():
            self._rows.execute("INSERT OR REPLACE INTO extraction VALUES (?, ?, ?, ?)", row)
        self._read.add(document.sha256)

    def document(self, sha256: str) -> Document | None:
        """The document with this hash, whoever has read it; None where it is not there."""
        query = "SELECT document FROM extraction WHERE sha256 = ? LIMIT 1"
        row = self._row(query, sha256)
        return None if row is None else Document(*self._decoded(row[0]))

    def extractions(self, hashes: Iterable[str]) -> Iterator[Extraction]:
        """What was found in the documents with these hashes, in the same order, one at a time."""
        query = "SELECT document, found FROM extraction WHERE sha256 = ? AND maker = ?"
        for sha256 in hashes:
            document, found = self._row(query, sha256, self.maker)
            yield _unpack(Document(*self._decoded(document)), self._decoded(found))

    def documents(self, hashes: Collection[str]) -> Documents:
        """The documents with these hashes, to be read any number of times."""
        return Documents(self, hashes)

    def keep(self, hashes: Iterable[str], recipe: Mapping[str, str | None]) -> None:
        """Forget all other documents, and what others have made; note how the graph was made."""
        kept = set(hashes)
        with self._reported(), self._rows:
            self._rows.execute("BEGIN")
            self._rows.execute("CREATE TEMP TABLE kept (sha256 TEXT PRIMARY KEY)")
            self._rows.executemany("INSERT INTO kept VALUES (?)", ((sha256,) for sha256 in kept))
            self._rows.execute(
                "DELETE FROM extraction WHERE maker <> ? OR sha256 NOT IN (SELECT sha256 FROM kept)",
                (self.maker,),
            )
            self._rows.execute("DROP TABLE kept")
            self._rows.execute("DELETE FROM recipe")
            self._rows.executemany("INSERT INTO recipe VALUES (?, ?)", sorted(recipe.items()))
        self._read.intersection_update(kept)

    def _decoded(self, text: str) -> Any:
        try:
            return json.loads(text)
        except ValueError as error:
            raise _damaged(self.path, error) from None

    @contextmanager
    def _reported(self, work: str = "written") -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise StoreError(f"{self.path}: the corpus cannot be {work} ({error})") from None
        except sqlite3.Error as error:
            raise _damaged(self.path, error) from None


def _damaged(path: Path | None, error: Exception) -> StoreError:
    return StoreError(
        f"{path}: this is no corpus of claimgraph, or it is damaged ({error}); "
        "move it away, and the documents are read again"
    )


def recorded(path: Path) -> dict[str, str | None]:
    """The recipe that the corpus at a path remembers; empty where there is none."""
    if not path.exists():
        return {}
    with closing(sqlite3.connect(path)) as rows, suppress(sqlite3.Error):
        return dict(rows.execute("SELECT option, value FROM recipe ORDER BY option"))
    return {}


def built_with(store: str | Path) -> dict[str, str]:
    """The ontology, model and decisions that the build of a store was given; files only while they are there.

    >>> built_with("nowhere/graph.db")
    {}
    """
    known = recorded(Path(store).parent / CORPUS)  # beside an address there is no file
    given = {name: value for name, value in known.items() if value is not None}
    files = ("ontology", "decisions")
    return {
        name: given[name]
        for name in (*files, "model")
        if name in given and (name not in files or Path(given[name]).is_file())
    }


class Documents(Collection[Document]):
    """Documents of a corpus, read one at a time."""

    def __init__(self, corpus: Corpus, hashes: Collection[str]) -> None:
        self._corpus, self._hashes = corpus, hashes

    def __iter__(self) -> Iterator[Document]:
        for sha256 in self._hashes:
            document = self._corpus.document(sha256)
            if document is not None:
                yield document

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, document: object) -> bool:
        return isinstance(document, Document) and document.sha256 in self._hashes


def _dump(value: Any) -> str:
    return json.dumps(value, separators=(",", ":"))  # in ASCII, so that a lone surrogate is no error


def _pack(extraction: Extraction) -> list[Any]:
    """Mentions and relations as plain lists: values in the order of the fields."""
    return [
        [_values(mention) for mention in extraction.mentions],
        [_pack_relation(relation) for relation in extraction.relations],
    ]


def _pack_relation(relation: Relation) -> list[Any]:
    speaker = relation.attributed_to
    return [
        relation.predicate,
        relation.phrase,
        _values(relation.head),
        isinstance(relation.tail, Literal),
        _values(relation.tail),
        _values(relation.qualifiers),
        _values(relation.evidence),
        None if speaker is None else _values(speaker),
        relation.score,
        relation.open,
    ]


def _unpack(document: Document, found: Any) -> Extraction:
    mentions, relations = found
    return Extraction(
        document,
        tuple(Mention(*values) for values in mentions),
        tuple(_unpack_relation(values) for values in relations),
    )


def _unpack_relation(values: Any) -> Relation:
    predicate, phrase, head, literal, tail, said, evidence, speaker, score, is_open = values
    return Relation(
        predicate,
        phrase,
        Mention(*head),
        Literal(*tail) if literal else Mention(*tail),
        Qualifiers(*said),
        Evidence(*evidence),
        None if speaker is None else Mention(*speaker),
        score,
        is_open,
    )


def _values(value: Document | Mention | Literal | Qualifiers | Evidence) -> list[Any]:
    return [getattr(value, field.name) for field in fields(value)]
