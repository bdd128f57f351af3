"""A folder with every format, broken files among them: the rest is built, and it can be verified."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.graph import KnowledgeGraph
from tests.running import run_kg
from tests.test_formats import HTML, MAIL, MARKDOWN, RSS, TABLE, pdf, word

SAID = "Halden Group acquired Ostara in 2019. Mira Solberg is the chief executive of Ostara."
FILES: dict[str, bytes] = {
    "a/plain.txt": SAID.encode("utf-16"),
    "a/again.txt": SAID.upper().replace("HALDEN", "Halden").encode(),
    "b/deep/page.html": HTML.format(charset="utf-8").encode(),
    "b/note.md": MARKDOWN.encode(),
    "b/print.pdf": pdf("Kestrel Labs acquired Quill Media in 2020."),
    "b/word.docx": word(),
    "rows.csv": TABLE.encode(),
    "lines.jsonl": b'{"id": "one", "text": "Lumen Bank sued Sable Foods."}\n{"text": 3}\n',
    "mail.eml": MAIL.replace(b"{type}", b"text/plain") + b"Cobalt Energy acquired Juniper Labs.",
    "feed.rss": RSS.encode(),
    "broken/locked.pdf": pdf("Secret.", password="x"),
    "broken/cut.docx": word()[:4000],
    "broken/empty.html": b"",
    "broken/binary.txt": b"\x89PNG\0\0",
    "broken/columns.csv": b"body\nx\n",
}
SKIPPED = """Skipped 7 sources:
  in/broken/binary.txt: a binary file, not text
  in/broken/columns.csv: no column "text"; it has: body. Columns that are read: id, text, title, date,\
 author, source, url
  in/broken/cut.docx: damaged, encrypted or no DOCX (Package not found at 'in/broken/cut.docx')
  in/broken/empty.html: empty
  in/broken/locked.pdf: encrypted with a password; save it without one and try again
  in/feed.rss: entry 2: empty
  in/lines.jsonl:2: no "text"; a record is {"text": …, "id"?, "title"?, "date"?, "author"?, "source"?}
"""


@pytest.mark.model
@pytest.mark.slow
def test_a_folder_with_everything(tmp_path: Path) -> None:
    for name, data in FILES.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    done = run_kg(["build", "in", "-o", "out", "--no-page", "--strict", "--profile"], cwd=tmp_path, code=1)
    assert SKIPPED in done.stdout
    assert "2 documents repeat another; they count as one source:\n  a/plain repeats a/again\n" in done.stdout
    assert "the page" not in done.stdout
    assert {"extract", "resolve", "Turtle"} <= {line.split("  ")[0] for line in done.stdout.splitlines()}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "corpus.sqlite",
        "graph.db",
        "graph.ttl",
    ]
    with KnowledgeGraph.open(tmp_path / "out" / "graph.db") as graph:
        ids = [document.id for document in graph.documents()]
        digits = next(id_ for id_ in ids if id_.startswith("rows/"))
        assert sorted(ids) == sorted(
            [
                "a/again",
                "a/plain",
                "b/deep/page",
                "b/note",
                "b/print",
                "b/word",
                digits,
                "one",
                "mail",
                "quill-1",
            ]
        )
        assert graph.validate().violations == ()
        (print_,) = (document for document in graph.documents() if document.id == "b/print")
        assert (print_.title, print_.author, print_.date) == ("The deal", "Ida Roth", "2024-03-05")
        assert [claim.object.name for claim in graph.claims("Kestrel Labs", "acquired")] == ["Quill Media"]
    verified = run_kg(["verify", "--store", "out/graph.db"], cwd=tmp_path).stdout
    assert "source files: 10 unchanged, 0 changed, 0 not found\nverified\n" in verified
