"""Readers: what is read, what it is called, and what is said of what cannot be read."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.characters import writable
from kg.errors import InputError, UsageError
from kg.model import Document
from kg.readers import read, readers, sources
from kg.readers.language import foreign
from kg.readers.text import text_document


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(files: dict[str, str | bytes]) -> None:
    for name, content in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


KNOWN = ".atom, .csv, .docx, .eml, .htm, .html, .jsonl, .markdown, .md, .pdf, .rss, .tsv, .txt"
NO_TEXT = 'no "text"; a record is {"text": …, "id"?, "title"?, "date"?, "author"?, "source"?}'

ARTICLES: dict[str, str | bytes] = {
    "in/b.txt": "B",
    "in/a.txt": "A",
    "in/sub/a.TXT": "sub A",
    "in/.hidden.txt": "no",
    "in/.git/x.txt": "no",
    "in/notes.xyz": "no",
}


@pytest.mark.parametrize(
    ("paths", "ids", "names"),
    [
        ("in", ["a", "b", "sub/a"], ["in/a.txt", "in/b.txt", "in/sub/a.TXT"]),
        ("in/", ["a", "b", "sub/a"], ["in/a.txt", "in/b.txt", "in/sub/a.TXT"]),
        ("./in/b.txt", ["b"], ["in/b.txt"]),
        (["in/b.txt", "in/a.txt", "in"], ["a", "b", "sub/a"], ["in/a.txt", "in/b.txt", "in/sub/a.TXT"]),
        ("in/*.txt", ["a", "b"], ["in/a.txt", "in/b.txt"]),
        ("in/**/*.TXT", ["sub/a"], ["in/sub/a.TXT"]),
        (["in/a.txt", "in/sub"], ["in/a.txt", "in/sub/a.TXT"], ["in/a.txt", "in/sub/a.TXT"]),
    ],
)
def test_what_arguments_name(paths: str | list[str], ids: list[str], names: list[str]) -> None:
    write(ARTICLES)
    documents = list(read(paths))
    assert [d.id for d in documents] == ids
    assert [d.source for d in documents] == names


def test_order_of_arguments_does_not_matter() -> None:
    write(ARTICLES)
    assert list(read(["in/sub", "in/b.txt"])) == list(read([Path("in/b.txt"), Path("in/sub")]))


def test_no_absolute_path_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(ARTICLES)
    (tmp_path / "elsewhere").mkdir()
    inside = list(read(tmp_path / "in"))
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert list(read(tmp_path / "in")) == list(read("../in")) == inside


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Line\r\nnext\rlast\n", "Line\r\nnext\rlast\n"),
        ("\ufeffAfter a mark", "After a mark"),
        ("  spaces \t kept  ", "  spaces \t kept  "),
        ("emoji 🙂 and a\u2028separator", "emoji 🙂 and a\u2028separator"),
        ("page one\fpage two\x07", "page one\npage two\ufffd"),
    ],
)
def test_text_is_kept_exactly(content: str, text: str) -> None:
    write({"a.txt": content})
    assert [d.text for d in read("a.txt")] == [text]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_text_comes_back(text: str) -> None:
    found = text_document(text.encode(), "a", "a.txt")
    expected = writable(text.removeprefix("\ufeff"))
    assert (
        isinstance(found, InputError)
        if not expected.strip()
        else found == Document("a", expected, source="a.txt")
    )


@given(st.binary())
def test_any_bytes_are_a_document_or_an_error(data: bytes) -> None:
    assert isinstance(text_document(data, "a", "a.txt"), Document | InputError)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"PK\x03\x04\0\0", "a.txt: a binary file, not text"),
        (
            "a.txt",
            "Zoë\nand Zoë, Zoë, Zoë and Zoë".encode() + b"\xff",
            "a.txt: damaged: UTF-8 text but for byte 34 (line 2); save it as UTF-8 again",
        ),
        ("a.txt", b"", "a.txt: empty"),
        ("a.txt", b" \n\t", "a.txt: empty"),
        ("a.jsonl", b"\n", "a.jsonl: empty"),
        ("a.jsonl", b'\n{"id": 1}', f"a.jsonl:2: {NO_TEXT}"),
        ("a.jsonl", b'{"id": true, "text": "x"}', 'a.jsonl:1: "id" is neither a string nor a number'),
        ("a.jsonl", b"[1]", 'a.jsonl:1: not an object; a line is {"text": …}'),
        (
            "a.jsonl",
            b'{"id": 1, ',
            "a.jsonl:1: not JSON (column 11: Expecting property name enclosed in double quotes)",
        ),
        (
            "a.jsonl",
            b"\xff\n",
            "a.jsonl:1: not UTF-8 (byte 0 of the line), which JSON must be",
        ),
        (
            "a.jsonl",
            b'{"id": 1, "text": "x", "date": "soon"}',
            "a.jsonl:1: \"date\" is 'soon', not an ISO date such as 2025-06-17",
        ),
        ("a.jsonl", b'{"id": 1, "text": "x", "title": 3}', 'a.jsonl:1: "title" is not a string'),
        ("a.jsonl", b'{"id": 1, "text": "a\\u0000b"}', "a.jsonl:1: NUL characters, which no text has"),
        ("a.jsonl", b"[" * 100_000, "a.jsonl:1: nested too deeply"),
        ("a.xyz", b"text", f"a.xyz: no reader for .xyz; known: {KNOWN}"),
        ("a", b"text", f"a: no reader for a name without suffix; known: {KNOWN}"),
    ],
)
def test_what_cannot_be_read_says_why(name: str, content: bytes, message: str) -> None:
    write({name: content})
    with pytest.raises(InputError) as caught:
        list(read(name))
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("paths", "error", "message"),
    [
        ("nowhere.txt", UsageError, "nowhere.txt: no such file or folder"),
        ("*.nothing", UsageError, "*.nothing: no file matches"),
        ("empty", InputError, f"empty: no file in this folder can be read; known: {KNOWN}"),
    ],
)
def test_arguments_that_name_nothing(paths: str, error: type[Exception], message: str) -> None:
    Path("empty").mkdir()
    with pytest.raises(error) as caught:
        list(read(paths))
    assert str(caught.value) == message


def test_the_rest_is_read() -> None:
    write(
        {
            "in/a.txt": b"\0",
            "in/b.txt": "B",
            "in/c.jsonl": '{"id": "c1", "text": "one"}\n{\n{"id": "c2", "text": "two"}\n',
        }
    )
    Path("in/d.txt").symlink_to("gone")
    failures: list[InputError] = []
    documents = list(read("in", failures.append))
    assert [d.id for d in documents] == ["b", "c1", "c2"]
    assert [str(f).split(": ")[0] for f in failures] == ["in/a.txt", "in/c.jsonl:2", "in/d.txt"]
    assert str(failures[-1]) == "in/d.txt: cannot be read: No such file or directory"


def test_nothing_to_read_is_an_error() -> None:
    write({"a.txt": b"\0", "b.txt": b""})
    failures: list[InputError] = []
    with pytest.raises(InputError, match="no source could be read; nothing was changed"):
        list(read(["a.txt", "b.txt"], failures.append))
    assert [str(f) for f in failures] == ["a.txt: a binary file, not text", "b.txt: empty"]
    with pytest.raises(InputError, match=r"^a.txt: a binary file, not text$"):
        list(read("a.txt", failures.append))


def test_records() -> None:
    line = (
        '{"id": 7, "text": "T\\ud800", "title": "Title", "date": "2025-06-17T08:00:00Z",'
        ' "source": "https://a.example/x"}'
    )
    write({"a.jsonl": line})
    expected = Document("7", "T\N{REPLACEMENT CHARACTER}", "Title", "2025-06-17", "https://a.example/x")
    assert list(read("a.jsonl")) == [expected]


def test_ids_differ() -> None:
    write({"a.jsonl": '{"id": "x", "text": "1"}\n{"id": "x", "text": "2"}'})
    failures: list[InputError] = []
    assert [d.text for d in read("a.jsonl", failures.append)] == ["1"]
    assert str(failures[0]) == "a.jsonl: the id 'x' was read before; ids must differ"


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO("Zoë left.".encode()))
    monkeypatch.setattr("sys.stdin", stream)
    assert list(read("-")) == [Document("stdin", "Zoë left.", source="stdin")]


def test_a_link_loop_ends() -> None:
    write({"in/a.txt": "A"})
    Path("in/again").symlink_to(".")
    assert [s.id for s in sources("in")] == ["a"]


def test_registered() -> None:
    assert ", ".join(readers()) == KNOWN


GERMAN = (
    "Der Konzern hat am Montag in München mitgeteilt, dass er das junge Unternehmen übernehmen will, sobald"
    " die Behörden zugestimmt haben. Der Kaufpreis wurde nicht genannt."
)
JAPANESE = "同社は月曜日に新しい工場を北海道に建設すると発表した。投資額は明らかにしていない。" * 4
ABSTRACT = " The group said on Monday that it would buy the young company, which was founded in 2019."


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (GERMAN, "German"),
        (JAPANESE, "Japanese"),
        ("Le groupe a annoncé mardi que ses usines en Belgique seront fermées avant l'été." * 2, "French"),
        (GERMAN + ABSTRACT, None),  # mixed: some of it can be read
        ("Deutsche Telekom buys Süddeutsche Zeitung Verlag stake", None),
        ("Volkswagen AG, Österreichische Volksbanken, Crédit Agricole, Banco Santander, Grupo Prisa", None),
        ("MUNICH, 12 MARCH 2024 " * 6, None),
        ("0 1 2 3 4 5 6 7 8 9 " * 20, None),
        ("The Frankfurter Allgemeine Zeitung and the Süddeutsche Zeitung are newspapers." + ABSTRACT, None),
        (ABSTRACT, None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert foreign(text) == language


def test_a_text_in_another_language_is_reported_and_left_out() -> None:
    write({"de.txt": GERMAN, "en.txt": ABSTRACT})
    errors: list[InputError] = []
    assert [document.id for document in read(".", errors.append)] == ["en"]
    assert [str(error) for error in errors] == ["de.txt: 'de' is in German, it seems; only English is read"]
    with pytest.raises(InputError, match="German"):
        list(read("de.txt"))


def test_a_folder_that_cannot_be_read_is_not_an_empty_one(monkeypatch: pytest.MonkeyPatch) -> None:
    write(ARTICLES)

    def denied(path: str) -> object:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr("os.scandir", denied)  # who runs tests as root is denied nothing
    with pytest.raises(InputError, match=r"^in: the folder cannot be read: Permission denied$"):
        sources("in")


def test_an_empty_argument_is_not_the_folder() -> None:
    write(ARTICLES)
    with pytest.raises(UsageError, match="empty argument"):
        sources("")
