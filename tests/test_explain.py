"""``kg explain``: what each sentence shows, through the real model; the page on hostile text."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from kg.errors import KGError
from kg.explain import Explanation, Piece, SentenceView, render, write
from kg.extract import Extractor
from kg.extract.account import accounts
from kg.model import Account, Document, FrameUse, Mention, Proposition
from tests.running import run_kg

TEXT = (
    "Brightwater Capital, which backed Halden Motors in 2019, plans to acquire Marlow Foods. "
    "Brightwater Capital's chief executive, Maria Jensen, thanked Sam Okoro in Oslo. "
    "Sam Okoro acquired Maria Jensen.\n"
)


@pytest.fixture(scope="module")
def account(extractor: Extractor) -> Account:
    (found,) = accounts(extractor, [Document("a", TEXT)])
    return found


def proposition(account: Account, trigger: str) -> Proposition:
    (found,) = (p for p in account.propositions if p.trigger == trigger)
    return found


@pytest.mark.model
def test_the_account_has_what_the_extraction_has(account: Account, extractor: Extractor) -> None:
    (extraction,) = extractor.extract([Document("a", TEXT)])
    assert account.extraction == extraction
    assert [TEXT[start:end] for start, end in account.sentences] == re.findall(r"[A-Z].*?\.(?=\s)", TEXT)
    for found in account.propositions:
        assert TEXT[found.start : found.end] == found.trigger


@pytest.mark.model
@pytest.mark.parametrize(
    ("trigger", "fillers"),
    [
        ("backed", {"subj": "Brightwater Capital", "obj": "Halden Motors"}),
        ("acquire", {"subj": "Brightwater Capital", "obj": "Marlow Foods"}),
        ("chief executive", {"is": "Maria Jensen", "poss": "Brightwater Capital"}),
        ("thanked", {"obj": "Sam Okoro", "in": "Oslo"}),
    ],
)
def test_who_fills_the_slots(trigger: str, fillers: dict[str, str], account: Account) -> None:
    found = {filler.slot: filler.things for filler in proposition(account, trigger).fillers}
    assert {slot: found.get(slot) for slot in fillers} == {slot: (thing,) for slot, thing in fillers.items()}


@pytest.mark.model
def test_which_frame_took_a_proposition_or_why_none_did(account: Account) -> None:
    assert proposition(account, "acquire").uses == (
        FrameUse("acquired", 'lex:verb "acquire"', "verb xcomp", "said"),
    )
    assert proposition(account, "thanked").reason == 'no frame has the verb "thank"'
    refused = [use for use in proposition(account, "acquired").uses if use.predicate == "acquired"]
    assert [use.outcome for use in refused] == ["rejected"]
    assert "Sam Okoro is Person, acquired wants" in refused[0].reason


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "trigger", "reason"),
    [
        ("Halden Motors sued Halden Motors.", "sued", "both sides are Halden Motors"),
        ("Halden Motors sued a baker.", "sued", 'the object "a baker" stands for no name'),
        ("Halden Motors joined forces.", "joined", 'works_for is blocked by lex:not "join force"'),
    ],
)
def test_why_a_frame_is_silent(text: str, trigger: str, reason: str, extractor: Extractor) -> None:
    (found,) = accounts(extractor, [Document("a", text)])
    assert not found.extraction.relations
    said = proposition(found, trigger)
    assert re.search(reason, " ".join((said.reason, *(use.reason for use in said.uses))))


@pytest.mark.model
def test_pronouns_without_an_antecedent_are_listed(extractor: Extractor) -> None:
    text = "They praised Oslo."
    (found,) = accounts(extractor, [Document("a", text)])
    assert [text[start:end] for start, end in found.unresolved] == ["They"]


@pytest.mark.model
def test_on_the_command_line(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    lines = run_kg(["explain", "a.txt"], cwd=tmp_path).stdout.splitlines()
    assert lines[0] == "a"
    for line in (
        "  @ which = Brightwater Capital (Organization, pronoun)",
        "  > acquire (verb)  subj: Brightwater Capital  obj: Marlow Foods",
        '      + acquired by lex:verb "acquire", verb xcomp',
        "  = Brightwater Capital —acquired→ Marlow Foods  (planned)  by “acquire”, verb xcomp",
        '      · no frame has the verb "thank"',
    ):
        assert line in lines
    assert any(line.startswith("  x Sam Okoro —acquired→ Maria Jensen  ") for line in lines)
    assert run_kg(["explain", "a.txt", "-o", "why.html"], cwd=tmp_path).stdout == "Wrote why.html\n"
    page = (tmp_path / "why.html").read_text(encoding="utf-8")
    assert "no frame has the verb &#34;thank&#34;" in page
    again = run_kg(["explain", "a.txt", "-o", "again.html"], cwd=tmp_path, PYTHONHASHSEED="7")
    assert again.returncode == 0
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == page


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}


HOSTILE = "</title><script>alert(1)</script><img src=x onerror=alert(1)>\" onload='x' \ud800 {{ 7 * 7 }}"


def hostile() -> Explanation:
    mention = Mention(0, 1, HOSTILE, HOSTILE, HOSTILE, 0)
    view = SentenceView(
        HOSTILE,
        (Piece(HOSTILE, (mention,)), Piece(HOSTILE), Piece(HOSTILE, (), unresolved=True)),
        (mention,),
        (HOSTILE,),
        (
            Proposition(
                HOSTILE, HOSTILE, 0, 1, (), (FrameUse(HOSTILE, HOSTILE, HOSTILE, "said", HOSTILE),), HOSTILE
            ),
        ),
        (),
        (),
    )
    return Explanation(Document(HOSTILE, HOSTILE), (view,))


def test_text_is_never_markup_on_the_page() -> None:
    page = render([hostile()], HOSTILE)
    tags = Tags()
    tags.feed(page)
    assert tags.seen.isdisjoint({"script", "img", "iframe"})
    assert tags.attributes <= {
        "lang",
        "charset",
        "http-equiv",
        "content",
        "name",
        "rel",
        "href",
        "class",
        "title",
    }
    assert "{{ 7 * 7 }}" in page
    assert page.encode("utf-8")


def test_the_page_asks_the_network_for_nothing() -> None:
    page = render([hostile()])
    assert not re.findall(r"""(?:href|src)=["'](?!data:)|url\(|@import""", page.replace(HOSTILE, ""))
    assert "default-src 'none'" in page


def test_a_page_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(KGError, match="the page cannot be written"):
        write([], tmp_path / "folder")
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]
