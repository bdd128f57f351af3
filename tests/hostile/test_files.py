"""Files and folders that are broken, hostile or no files at all: each is read, or named with its reason."""

from __future__ import annotations

import io
import os
import socket
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path

import pytest

from kg.characters import writable
from kg.cli.display import Terminal, shown, told
from kg.cli.progress import BuildProgress
from kg.errors import InputError, UsageError
from kg.limits import Limits
from kg.model import Document
from kg.readers import jsonl as jsonl_reader
from kg.readers import read, read_file, size
from kg.readers import table as table_reader

GOOD = "Halden bought Ostara in May."


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def docx(**parts: bytes) -> bytes:
    """A packed file with these parts, in names that python-docx expects."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name.replace("__", "/"), data)
    return held.getvalue()


def laughs(element: str) -> bytes:
    """XML in which a few lines stand for a gigabyte."""
    more = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise("abcdefghij"))
    return f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ha">{more}]>{element}'.encode()


BOMB = docx(**{"word__document.xml": bytes(40_000_000)})
ALIASES = "---\na: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefghi", "bcdefghij", strict=True)
)
#: Name, bytes, and the text that is read or what is said.
TABLE: list[tuple[str, str, bytes, str]] = [
    ("utf-16 with a mark", "a.txt", GOOD.encode("utf-16"), GOOD),
    ("utf-16 without a mark", "a.txt", GOOD.encode("utf-16-le"), GOOD),
    ("utf-16, big end first", "a.txt", GOOD.encode("utf-16-be"), GOOD),
    ("utf-32 with a mark", "a.txt", GOOD.encode("utf-32"), GOOD),
    (
        "invalid utf-8",
        "a.txt",
        "Zoë, Zoë, Zoë, Zoë, Zoë".encode() + b"\xc3",
        "damaged: UTF-8 text but for byte 28",
    ),
    (
        "half a character of utf-16",
        "a.txt",
        GOOD.encode("utf-16") + b"x",
        "damaged: not all of it is utf-16 (byte 58)",
    ),
    ("NUL bytes", "a.txt", b"Halden\0bought", "a binary file, not text"),
    ("only NUL", "a.txt", bytes(1000), "NUL characters, which no text has"),
    (
        "right to left and zero width",
        "a.txt",
        "\u202eHalden\u202c \u200bOstara\u200d".encode(),
        "\u202eHalden\u202c \u200bOstara\u200d",
    ),
    ("combining characters and emoji", "a.txt", "👩‍🔬 Zoe\u0301 🇳🇴".encode(), "👩‍🔬 Zoe\u0301 🇳🇴"),
    ("lone surrogates", "a.jsonl", b'{"text": "a\\ud800b \\udfff"}', "a\ufffdb \ufffd"),
    ("escape sequences", "a.txt", b"Halden\x1b[2J\x9bx", "Halden\ufffd[2J›x"),
    (
        "100,000 divs",
        "a.html",
        b"<p>" + GOOD.encode() + b"<div>" * 100_000 + b"<p>Lost?",
        "nested too deeply (2,048",
    ),
    ("1,000 divs", "a.html", b"<html><body>" + b"<div>" * 1000 + b"<p>" + GOOD.encode(), GOOD),
    (
        "100,000 divs in a feed",
        "a.rss",
        b"<rss><channel><item><description>A."
        + b"&lt;div&gt;" * 100_000
        + b"B.</description></item></channel></rss>",
        "entry 1: line 1: its elements are nested too deeply",
    ),
    (
        "a page in punycode",
        "a.html",
        b"<meta charset=punycode><p>" + "Zoë".encode("cp1252") + b" left.",
        "Zoë left.",
    ),
    ("100,000 brackets", "a.jsonl", b"[" * 100_000, "nested too deeply"),
    ("100,000 quotes of quotes", "a.md", b"> " * 100_000 + b"x", "empty"),
    ("aliases of aliases", "a.md", ALIASES.encode() + b"title: *j\n---\n" + GOOD.encode(), GOOD),
    (
        "parts of parts",
        "a.eml",
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(1200)),
        "nested too deeply",
    ),
    (
        "a billion laughs in a feed",
        "a.rss",
        laughs("<rss><channel><item><title>&j;</title></item></channel></rss>"),
        "entry 1: empty",
    ),
    (
        "another file in a feed",
        "a.rss",
        b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item>'
        b"<description>Seen: &a;</description></item></channel></rss>",
        "Seen: &a;",
    ),
    ("a bomb", "a.docx", BOMB, "40,000,000"),
    (
        "a billion laughs in a .docx",
        "a.docx",
        docx(**{"[Content_Types].xml": laughs("<Types>&j;</Types>")}),
        "damaged",
    ),
    ("a .docx cut off", "a.docx", BOMB[: len(BOMB) // 2], "damaged, encrypted or no DOCX"),
    ("a .docx that is none", "a.docx", b"\xd0\xcf\x11\xe0" + bytes(2000), "damaged, encrypted or no DOCX"),
    ("a PDF cut off", "a.pdf", b"%PDF-1.7\n1 0 obj\n<</Type/Cat", "damaged, or no PDF"),
    (
        "a PDF that refers to itself",
        "a.pdf",
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>\n"
        b"endobj\n"
        b"xref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"
        b"trailer\n<</Root 1 0 R/Size 2>>\nstartxref\n73\n%%EOF",
        "a.pdf",
    ),
    ("cells that never end", "a.csv", b'text\n"' + b"x" * 1000, "x" * 1000),
    (
        "a character set of another kind",
        "a.eml",
        b"Content-Type: text/plain; charset=hex\n\n" + GOOD.encode(),
        GOOD,
    ),
]


@pytest.mark.parametrize(
    ("name", "data", "outcome"), [row[1:] for row in TABLE], ids=[row[0] for row in TABLE]
)
def test_broken_and_hostile_files(name: str, data: bytes, outcome: str) -> None:
    Path(name).write_bytes(data)
    (found,) = read_file(Path(name), "a", name)
    if isinstance(found, Document):
        assert found.text.strip() == outcome
    elif outcome == "40,000,000":
        times = -(-40_000_000 // len(data))
        assert f"unpacked it is {times:,} times larger" in str(found)
        assert f"--limit ratio={times}" in str(found)
    else:
        assert outcome in str(found)
        assert str(found).startswith(name)


def test_an_encrypted_pdf() -> None:
    pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed (the extra claimgraph[pdf])")
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("secret", algorithm="RC4-128")
    with Path("a.pdf").open("wb") as file:
        writer.write(file)
    (found,) = read_file(Path("a.pdf"), "a", "a.pdf")
    assert str(found).startswith("a.pdf: encrypted")


def pdf(text: bytes, pages: int) -> bytes:
    """A PDF that shows one page so many times."""
    packed = zlib.compress(b"BT /F 1 Tf (%s) Tj ET\n" % text)
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (pages, b"3 0 R " * pages),
        b"<</Type/Page/Parent 2 0 R/Resources<</Font<</F %s>>>>/Contents 4 0 R>>" % font,
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed),
    ]
    body, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 5\n0000000000 65535 f \n%strailer\n<</Root 1 0 R/Size 5>>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(body),
        )
    )


def test_a_page_that_is_shown_again_and_again() -> None:
    pytest.importorskip("pypdf", reason="pypdf is not installed (the extra claimgraph[pdf])")
    Path("a.pdf").write_bytes(pdf(GOOD.encode(), 2))
    (found,) = read_file(Path("a.pdf"), "a", "a.pdf")
    assert isinstance(found, Document)
    assert found.text == f"{GOOD}\n{GOOD}"
    Path("b.pdf").write_bytes(pdf(b"Halden bought " * 20_000, 5))
    (found,) = read_file(Path("b.pdf"), "b", "b.pdf")
    assert str(found) == "b.pdf: its text is more than 100 times larger than the file, as in a bomb"


# ---------------------------------------------------------------- limits


@pytest.mark.parametrize(
    ("limits", "name", "data", "message"),
    [
        (
            Limits(file=1),
            "a.txt",
            b"x" * 1_500_000,
            "a.txt: 2 MB or more, and at most 1 are read; split it, or read it with --limit file=2",
        ),
        (
            Limits(file=1),
            "a.docx",
            docx(**{"word__document.xml": bytes(1_500_000)}),
            "a.docx, unpacked: 2 MB or more, and at most 1 are read; split it, or read it with"
            " --limit file=2",
        ),
        (
            Limits(text=20),
            "a.txt",
            GOOD.encode(),
            "a.txt: 28 characters, and at most 20 are read; split it, or read it with --limit text=28",
        ),
        (
            Limits(text=20),
            "a.jsonl",
            b'{"id": "x", "text": "Halden bought Ostara in May."}',
            "a.jsonl: 28 characters, and at most 20 are read; split it, or read it with --limit text=28",
        ),
    ],
)
def test_limits_say_what_lifts_them(limits: Limits, name: str, data: bytes, message: str) -> None:
    Path(name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        list(read(name, limits=limits))
    assert str(caught.value) == message
    lifted = Limits.of([message.rpartition(" ")[2]])
    found = list(read_file(Path(name), "a", name, lifted))
    assert not any("--limit" in str(one) for one in found if isinstance(one, InputError))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("files=3", 'no limit is called "files". Did you mean "file"?'),
        ("file", 'the limit file is "": give a number from 1 on, as in file=200'),
        ("file=0", 'the limit file is "0"'),
        ("file=-1", 'the limit file is "-1"'),
        ("file=1e9", 'the limit file is "1e9"'),
        ("text=" + "9" * 13, "the limit text is"),
        ("text=٣", "the limit text is"),
    ],
)
def test_limits_that_are_none(given: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        Limits.of([given])
    assert message in str(caught.value)


def test_100_megabytes_on_one_line() -> None:
    """It is left out after a look at its size; a file of records is not, whatever its size."""
    with Path("a.txt").open("wb") as file:
        file.truncate(100 * size.MEGABYTE + 1)
    with pytest.raises(InputError, match="101 MB or more, and at most 100 are read"):
        list(read("a.txt"))


def test_a_long_line_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl_reader, "LONGEST", 64)
    lines = [
        '{"id": "a", "text": "A"}',
        '{"id": "b", "text": "' + "b" * 500 + '"}',
        '{"id": "c", "text": "C"}',
    ]
    Path("a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    errors: list[InputError] = []
    assert [document.id for document in read("a.jsonl", errors.append)] == ["a", "c"]
    assert [str(error) for error in errors] == ["a.jsonl:2: longer than 0 MB, which no line may be"]
    monkeypatch.setattr(table_reader, "_LONGEST", 64)
    Path("a.csv").write_text("id,text\na,A\nb," + "b" * 500 + "\n", encoding="utf-8")
    errors.clear()
    assert [document.id for document in read("a.csv", errors.append)] == ["a"]
    assert [str(error) for error in errors] == ["a.csv:3: longer than 0 MB, which no line may be"]


# ---------------------------------------------------------------- no files


def test_a_folder_of_what_is_no_file() -> None:
    """Nothing is waited for: pipes, sockets, devices, links in circles, and files that are gone."""
    Path("in").mkdir()
    Path("in/good.txt").write_text(GOOD, encoding="utf-8")
    os.mkfifo("in/pipe.txt")
    os.mkfifo("in/pipe.jsonl")
    Path("in/zero.txt").symlink_to("/dev/zero")
    Path("in/self.txt").symlink_to("self.txt")
    Path("in/gone.jsonl").symlink_to("nowhere")
    Path("in/folder.txt").mkdir()
    Path("in/round").symlink_to(".")
    Path("in/up").symlink_to("..")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("in/socket.txt")
        errors: list[InputError] = []
        assert [document.id for document in read("in", errors.append)] == ["good"]
        assert BuildProgress(["in"]).total is not None
    assert sorted(str(error) for error in errors) == [
        "in/gone.jsonl: cannot be read: No such file or directory",
        "in/pipe.jsonl: a pipe, not a file; standard input is read with: -",
        "in/pipe.txt: a pipe, not a file; standard input is read with: -",
        "in/self.txt: cannot be read: Too many levels of symbolic links",
        "in/socket.txt: a socket, not a file; standard input is read with: -",
        "in/zero.txt: a device, not a file; standard input is read with: -",
    ]


def test_a_file_that_vanishes_while_others_are_read() -> None:
    for name in "abc":
        Path(f"{name}.txt").write_text(GOOD, encoding="utf-8")
    errors: list[InputError] = []
    found = read(".", errors.append)
    next(found)
    Path("b.txt").unlink()
    assert [document.id for document in found] == ["c"]
    assert [str(error) for error in errors] == ["b.txt: cannot be read: No such file or directory"]


def test_a_file_that_may_not_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.txt").write_text(GOOD, encoding="utf-8")

    def denied(*_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied", "a.txt")

    monkeypatch.setattr(Path, "open", denied)  # who runs tests as root is denied nothing
    with pytest.raises(InputError, match=r"^a\.txt: cannot be read: Permission denied$"):
        list(read("a.txt"))


# ---------------------------------------------------------------- names

NAMES = [
    "line\nbreak",
    "tab\there",
    "bell\x07",
    "clear\x1b[2J\x1b]0;title\x07",
    "eight\x9b31m",
    "right\u202etxt.exe",
    "zero\u200bwidth",
    "<script>alert(1)<",
    "quote\"'`",
    "back\\slash",
    "%s{0}{{x}}[bold]",
    "=1+1",
    "-rf",
    " space ",
    "e\u0301",
    "😀",
    "a" * 200,
    os.fsdecode(b"latin\xe9"),
    os.fsdecode(b"\xff\xfe"),
]


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_names_of_files(name: str) -> None:
    Path("in").mkdir()
    Path(f"in/{name}.txt").write_text(GOOD, encoding="utf-8")
    (document,) = read("in")
    assert document.text == GOOD
    assert document.id == writable(name)
    document.id.encode()
    Path(f"in/{name}.txt").write_bytes(b"\0")
    with pytest.raises(InputError) as caught:
        list(read("in"))
    printed = told(caught.value)
    assert not any(character in printed for character in "\x1b\x07\x9b\u202e\r\n")


def test_no_text_sends_commands_to_a_terminal() -> None:
    screen = io.StringIO()
    terminal = Terminal(screen)
    text = "".join(map(chr, [*range(0xB0), *range(0x2000, 0x2070)]))
    terminal.write(text)
    printed = screen.getvalue()
    assert len(printed) == len(text)  # one sign for each, so that columns stay
    assert [ord(c) for c in printed if (ord(c) < 32 or 127 <= ord(c) < 160) and c not in "\t\n"] == []
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") & set(printed)
    assert shown("Zoë’s 你好 مرحبا 👩‍🔬") == "Zoë’s 你好 مرحبا 👩‍🔬"
