"""Preparing text: repairs that never move a character."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.text import body_words, is_headline, prepare, sentence_case

BODY = "Norvik said on Monday that Norvik had bought Tavira Foods in Oslo."

#: What a text becomes. Everything but the letters' case, line breaks and brackets stays.
PREPARED = {
    "plain": (BODY, BODY),
    "windows lines": ("One line.\r\nAnother.", "One line.\n\nAnother."),
    "old mac lines": ("One line.\rAnother.", "One line.\nAnother."),
    "unicode line separator": ("One line.\u2028Another.", "One line.\nAnother."),
    "tab": ("Name:\tNorvik", "Name: Norvik"),
    "wrapped by a lower-case word": ("Norvik said it\nhad grown.", "Norvik said it had grown."),
    "wrapped at a width": (
        "Norvik said on Monday that it had bought Tavira\nFoods and that both of them would live on in the\n"
        "Norvik name for at least another year or two.",
        "Norvik said on Monday that it had bought Tavira Foods and that both of them would live on in the "
        "Norvik name for at least another year or two.",
    ),
    "lines that are sentences": ("It rained.\nThe wind rose.", "It rained.\nThe wind rose."),
    "list items": ("Oslo\nBergen\nMalmo", "Oslo\nBergen\nMalmo"),
    "headline over its body": (
        f"Norvik Buys Rival Tavira In Record Deal\n\n{BODY}",
        f"Norvik buys rival Tavira in record deal\n\n{BODY}",
    ),
    "headline in capitals": (f"NORVIK BUYS TAVIRA FOODS\n\n{BODY}", f"Norvik buys Tavira Foods\n\n{BODY}"),
    "headline alone": ("Norvik Buys Rival Tavira In Record Deal", "Norvik Buys Rival Tavira In Record Deal"),
    "headline with odd case": (
        f"iLumen And McRae Open Oslo Shop\n\n{BODY}",
        f"iLumen and McRae open Oslo shop\n\n{BODY}",
    ),
    "headline with a possessive": (
        f"Norvik's Chief Defends Tavira Deal\n\n{BODY}",
        f"Norvik's chief defends Tavira deal\n\n{BODY}",
    ),
    "bracket after a name": ("Norvik (NRV.OL) grew.", "Norvik          grew."),
    "bracket after a word": ("The plan (a secret) failed.", "The plan (a secret) failed."),
    "bracket without a space": ("Norvik(NRV) grew.", "Norvik      grew."),
    "bracket over lines": ("Norvik (one\nTwo) grew.", "Norvik (one\nTwo) grew."),
    "nothing": ("", ""),
    "only space": (" \n\t\n", " \n \n"),
}  # fmt: skip


@pytest.mark.parametrize("name", PREPARED)
def test_prepare(name: str) -> None:
    source, wanted = PREPARED[name]
    assert prepare(source).text == wanted


LINES = {
    "two paragraphs": ("One.\n\nTwo.", ["One.", "Two."]),
    "indented": ("  One.  \n\t Two.\n", ["One.", "Two."]),
    "windows lines": ("One.\r\n\r\nTwo.\r\n", ["One.", "Two."]),
    "wrapped": ("One and\ntwo.\n\nThree.", ["One and two.", "Three."]),
}


@pytest.mark.parametrize("name", LINES)
def test_lines(name: str) -> None:
    source, wanted = LINES[name]
    prepared = prepare(source)
    assert [prepared.text[line.start : line.end] for line in prepared.lines] == wanted


def test_a_bracket_is_known_by_its_place_in_the_source() -> None:
    source = "Ines Duarte (born 1971) leads Norvik (NRV)."
    spans = prepare(source).brackets
    assert [source[start:end].strip() for start, end in spans] == ["(born 1971)", "(NRV)"]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Norvik Buys Tavira In Record Deal", True),
        ("NORVIK BUYS TAVIRA", True),
        ("Norvik Buys Tavira, Ending Months of Talks", True),
        ("Norvik Buys Tavira In Record Deal.", False),
        ("Norvik is to buy its smaller rival", False),
        ("By Nina Falk", False),
        ("Norvik", False),
        ("", False),
        ("12 March 2025", False),
    ],
)
def test_is_headline(line: str, wanted: bool) -> None:
    assert is_headline(line) is wanted


@pytest.mark.parametrize(
    "line",
    [
        "Norvik Energy bought Skagen Power",
        "- Kestrel Air sued Petrola Fuels",
        "Karin Moen met Peter Amsel",
    ],
)
def test_a_sentence_of_names_is_no_headline(line: str) -> None:
    assert not is_headline(line)


def test_body_words_are_those_with_a_capital_inside_a_sentence() -> None:
    prepared = prepare("The plant of Norvik closed. Storms came, said Moen. No storms came back.")
    assert body_words(prepared.text, prepared.lines) == {"Norvik", "Moen"}


@pytest.mark.parametrize(
    ("line", "known", "wanted"),
    [
        ("Norvik Buys Tavira", "Norvik Tavira", "Norvik buys Tavira"),
        ("NORVIK BUYS TAVIRA", "Norvik Tavira", "Norvik buys Tavira"),
        ("Norvik’s Chief Quits", "Norvik", "Norvik’s chief quits"),
        ("US Sues iLumen", "Norvik", "US sues iLumen"),
        pytest.param(
            *("STRASSE UND GRÜSSE", "Straße", "straße und grüsse"),
            marks=pytest.mark.xfail(strict=True, reason="ß is two letters in capitals"),
        ),
    ],
)
def test_sentence_case(line: str, known: str, wanted: str) -> None:
    assert sentence_case(line, frozenset(known.split())) == wanted


#: Text that is hard on offsets: line ends of all kinds, letters that change length in lower case, emoji.
HARD = st.text(
    st.one_of(
        st.characters(), st.sampled_from("\r\n\t\x0b\x0c\x1c\x85\u2028\u2029()İßŉǰ\u0345.ﬁ🎉 AaZ’'\"-")
    ),
    max_size=300,
)
WORDS = st.lists(
    st.sampled_from(
        [
            "Norvik",
            "İstanbul",
            "NORVIK’S",
            "ẞ",
            "said",
            "bought",
            "(NRV)",
            "(born 1971)",
            "In\n",
            "\r\n\r",
            "ŉorth",
        ]
    ),
    max_size=40,
).map(" ".join)


@given(HARD | WORDS)
def test_no_character_moves(source: str) -> None:
    prepared = prepare(source)
    assert len(prepared.text) == len(source)
    for line in prepared.lines:
        assert 0 <= line.start < line.end <= len(source)
        assert "\n" not in prepared.text[line.start : line.end]
    for before, after in zip(prepared.lines, prepared.lines[1:], strict=False):
        assert before.end <= after.start
    for start, end in prepared.brackets:
        assert source[start:end].strip().startswith("(")
        assert source[start:end].endswith(")")
        assert prepared.text[start:end].isspace()


@given(HARD | WORDS)
def test_only_case_space_and_brackets_change(source: str) -> None:
    prepared = prepare(source)
    blank = {i for start, end in prepared.brackets for i in range(start, end)}
    for i, (old, new) in enumerate(zip(source, prepared.text, strict=True)):
        if i not in blank and not (old.isspace() or "\x1c" <= old <= "\x1e"):
            assert old == new or old.casefold() == new.casefold() or old.lower() == new.lower()


@given(HARD | WORDS)
def test_preparing_twice_changes_nothing_more(source: str) -> None:
    once = prepare(source)
    assert prepare(source) == once


def test_no_text_is_looked_at_again_from_each_of_its_letters() -> None:
    """On one line, of brackets, of headlines: what would take hours is not waited for."""
    for piece in ("word and Name ", "Halden (HLD) ", "Halden Buys Ostara Deal\n", "HALDEN, ", "e\u0301"):
        text = piece * (200_000 // len(piece)) + "\nHalden said it bought it.\n"
        assert len(prepare(text).text) == len(text)
