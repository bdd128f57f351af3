"""Readers of each format: text, title, date, author and address, and what is said of broken files."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter

from kg.errors import InputError
from kg.model import Document
from kg.readers import read, read_file
from kg.readers.encoding import decode
from kg.readers.text import unwrapped

HTML = """<html><head><meta charset="{charset}"><title>Halden buys Ostara | The Quill</title>
<meta name="author" content="Ida Roth"><meta property="article:published_time" content="2024-03-05T10:00:00Z">
<link rel="canonical" href="https://quill.example/halden"></head><body>
<nav><ul><li><a href="/">Home</a></li><li><a href="/s">Sport</a></li></ul></nav>
<article><h1>Halden buys Ostara</h1><p>Halden bought <b>Ostara</b> – the Café chain.</p>
<p>Mira Solberg leads <a href="/o">Ostara</a>.</p></article>
<footer>All rights reserved.</footer></body></html>"""
ARTICLE = "Halden buys Ostara\nHalden bought Ostara – the Café chain.\nMira Solberg leads Ostara."
MARKDOWN = """---
title: The deal
date: 2024-03-05
author: Ida Roth
---
# Halden buys Ostara

Halden *bought*
[Ostara](https://o.example) in `2019`.

- Mira Solberg leads Ostara.

```sh
rm -r /
```
"""
MAIL = b"""From: Ida Roth <ida@quill.example>\r
Subject: =?utf-8?q?The_Caf=C3=A9_deal?=\r
Date: Tue, 05 Mar 2024 23:10:00 +0100\r
Content-Type: {type}; charset=iso-8859-1\r
Content-Transfer-Encoding: quoted-printable\r
\r
"""
RSS = """<rss version="2.0"><channel><title>Quill</title>
<item><title>Halden buys &amp;amp; sells</title><link>https://quill.example/1</link><guid>quill-1</guid>
<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate>
<description>&lt;p&gt;Halden bought &lt;b&gt;Ostara&lt;/b&gt;.&lt;/p&gt;</description></item>
<item><title>No text</title><guid>quill-2</guid></item></channel></rss>"""


def pdf(*pages: str, password: str = "") -> bytes:
    """A PDF with these lines on its pages, as a printer would write it."""
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{3 + 2 * n} 0 R" for n in range(len(pages)))
    parts.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    for n, page in enumerate(pages):
        shown = "".join(f"({line}) Tj 0 -14 Td " for line in page.splitlines())
        stream = f"BT /F1 12 Tf 72 720 Td {shown}ET".encode()
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {4 + 2 * n} 0 R"
            f" /Resources << /Font << /F1 {font} >> >> >>".encode()
        )
        parts.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, part) for n, part in enumerate(parts, 1))
    trailer = b"trailer << /Root 1 0 R /Size 99 >>\nstartxref\n0\n%%EOF"
    writer = PdfWriter(clone_from=io.BytesIO(out + trailer))
    writer.add_metadata({"/Title": "The deal", "/Author": "Ida Roth", "/CreationDate": "D:20240305101500Z"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()


def word() -> bytes:
    made = docx.Document()
    made.add_paragraph("Halden bought Ostara.")
    cells = made.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "Ostara", "$3 billion"
    made.add_paragraph("Mira Solberg leads Ostara.")
    made.core_properties.title, made.core_properties.author = "The deal", "Ida Roth"
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


WRAPPED = (
    "The Halden Group said on Monday that it would\nbuy the food com-\npany Ostara for three billion dollars"
    " in\ncash.\nMira Solberg leads Ostara."
)
JOINED = (
    "The Halden Group said on Monday that it would buy the food company Ostara for three billion dollars in"
    " cash.\nMira Solberg leads Ostara."
)
DEAL = {"title": "The deal", "author": "Ida Roth"}
QUILL = {"title": "Halden buys Ostara", "author": "Ida Roth", "url": "https://quill.example/halden"}


@pytest.mark.parametrize(
    ("name", "data", "text", "said"),
    [
        ("a.html", HTML.format(charset="utf-8").encode(), ARTICLE, {**QUILL, "date": "2024-03-05"}),
        ("a.htm", HTML.format(charset="cp1252").encode("cp1252"), ARTICLE, {**QUILL, "date": "2024-03-05"}),
        ("a.html", b"<p>Halden bought <i>Ostara</i>.</p>", "Halden bought Ostara.", {}),
        (
            "a.md",
            MARKDOWN.encode(),
            "Halden buys Ostara\n\nHalden bought Ostara in 2019.\n\nMira Solberg leads Ostara.",
            {**DEAL, "date": "2024-03-05"},
        ),
        ("a.markdown", b"# Ostara\r\n\r\nIt grew.", "Ostara\n\nIt grew.", {"title": "Ostara"}),
        (
            "a.eml",
            MAIL.replace(b"{type}", b"text/plain") + b"The caf=E9 chain Ostara was bought.",
            "The café chain Ostara was bought.",
            {"title": "The Café deal", "date": "2024-03-05", "author": "Ida Roth"},
        ),
        (
            "a.eml",
            MAIL.replace(b"{type}", b"text/html") + b"<p>The <b>caf=E9</b> chain was bought.</p>",
            "The café chain was bought.",
            {"title": "The Café deal", "date": "2024-03-05", "author": "Ida Roth"},
        ),
        ("a.pdf", pdf(WRAPPED, "Page two."), f"{JOINED}\nPage two.", {**DEAL, "date": "2024-03-05"}),
        ("a.docx", word(), "Halden bought Ostara.\nOstara | $3 billion\nMira Solberg leads Ostara.", DEAL),
    ],
)
def test_one_document_a_file(tmp_path: Path, name: str, data: bytes, text: str, said: dict[str, str]) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert list(read(path)) == [Document("a", text, source=f"{tmp_path.name}/{name}", **said)]


TABLE = (
    'Text;Title;Date;Author;Url\n"Halden; bought\nOstara.";The deal;2024-03-05;Ida Roth;https://q.example/1\n'
)
ROW = Document(
    "", "Halden; bought\nOstara.", "The deal", "2024-03-05", "a", "Ida Roth", "https://q.example/1"
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", TABLE.encode()),
        ("a.csv", TABLE.encode("utf-16")),
        ("a.tsv", TABLE.replace(";", "\t").replace("Halden\t", "Halden;").encode("utf-8-sig")),
        (
            "a.jsonl",
            b'{"text": "Halden; bought\\nOstara.", "title": "The deal", "date": "2024-03-05",'
            b' "author": "Ida Roth", "url": "https://q.example/1"}',
        ),
    ],
)
def test_records_are_named_by_what_they_say(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (found,) = read(tmp_path / name)
    folder, _, digits = found.id.partition("/")
    assert (folder, len(digits)) == ("a", 10)
    expected = {field: getattr(ROW, field) for field in ("text", "title", "date", "author", "url")}
    assert {field: getattr(found, field) for field in expected} == expected
    before = found.id
    other = TABLE.split("\n")[0].encode() + b"\nAnother came first.;;;;\n" + TABLE.split("\n", 1)[1].encode()
    if name == "a.csv" and data == TABLE.encode():
        (tmp_path / name).write_bytes(other)
        assert before in [document.id for document in read(tmp_path / name)]


def test_feed(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(RSS)
    errors: list[InputError] = []
    source = f"{tmp_path.name}/a.rss"
    assert list(read(tmp_path / "a.rss", errors.append)) == [
        Document(
            "quill-1",
            "Halden bought Ostara.",
            "Halden buys & sells",
            "2024-03-05",
            source,
            url="https://quill.example/1",
        )
    ]
    assert [str(error) for error in errors] == [f"{source}: entry 2: empty"]


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("a.html", b"<html><body></body></html>", "no text on this page"),
        ("a.html", b"", "empty"),
        ("a.md", b"---\ntitle: [\n---\nText", "the front matter is no YAML"),
        ("a.md", b"```\ncode\n```\n", "empty"),
        (
            "a.csv",
            b"body,headline\nx,y\n",
            'no column "text"; it has: body, headline. Columns that are read: id',
        ),
        ("a.csv", b"", "empty"),
        ("a.csv", b"text\n", "empty: no row below the header"),
        ("a.csv", b"text,date\nx,soon\n", "row 2: \"date\" is 'soon', not an ISO date such as 2025-06-17"),
        ("a.csv", b"text\nx,y\n", "row 2: 2 cells, and the header has 1: is a quote missing?"),
        ("a.csv", b"PK\x03\x04\0\0", "a binary file, not text"),
        ("a.pdf", pdf("Secret.", password="x"), "encrypted with a password; save it without one"),
        ("a.pdf", pdf("", ""), "no text in it: scanned pages need a text layer first (OCR)"),
        ("a.pdf", pdf("Cut off.")[:300], "damaged, or no PDF ("),
        ("a.pdf", b"", "damaged, or no PDF ("),
        ("a.docx", word()[:5000], "damaged, encrypted or no DOCX ("),
        ("a.docx", b"no zip", "damaged, encrypted or no DOCX ("),
        ("a.eml", b"", "no mail, or one without text"),
        ("a.eml", b"Subject: x\r\nContent-Type: image/png\r\n\r\nx", "no mail, or one without text"),
        ("a.rss", b"<html>no feed</html>", "no feed, or one without entries"),
    ],
)
def test_what_is_broken_says_why(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    (found,) = read_file(path, "a", name)
    assert isinstance(found, InputError)
    assert str(found).startswith(f"{name}: {why}"), str(found)
    assert "\n" not in str(found)


@pytest.mark.parametrize(
    ("suffix", "module", "message"),
    [
        ("pdf", "pypdf", "a.pdf: PDF needs pypdf; install it with: pip install 'claimgraph[pdf]'"),
        ("docx", "docx", "a.docx: DOCX needs python-docx; install it with: pip install 'claimgraph[docx]'"),
    ],
)
def test_a_missing_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, module: str, message: str
) -> None:
    monkeypatch.setitem(sys.modules, module, None)  # what Python does where it is not installed
    path = tmp_path / f"a.{suffix}"
    path.touch()
    assert [str(found) for found in read_file(path, "a", path.name)] == [message]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Zoë left Ostara.", "utf-8"),
        ("Zoë left Ostara.", "utf-8-sig"),
        ("Zoë left Ostara.", "latin-1"),
        ("“Zoë’s café” – €5", "cp1252"),
        ("Zoë left Ostara.", "utf-16"),
        ("Zoë left Ostara.", "utf-16-le"),
        ("Zoë left Ostara.", "utf-16-be"),
        ("Zoë left Ostara.", "utf-32"),
        ("Компания объявила в понедельник, что купит завод в Казани за десять миллионов рублей.", "cp1251"),
    ],
)
def test_encodings_are_detected(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WRAPPED, JOINED),
        ("Ostara\nHalden\nKestrel", "Ostara\nHalden\nKestrel"),
        ("", ""),
        ("One.\n\n\n\nTwo.", "One.\n\nTwo."),
    ],
)
def test_lines_of_a_paragraph_are_joined(text: str, expected: str) -> None:
    assert unwrapped(text) == expected
