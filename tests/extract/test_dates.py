"""Dates as they are written: their normal form, the days that bound them, never more than is said."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.dates import dateline, read_date

#: The document is of a Wednesday.
ISSUED = "2025-06-18"

COMPLETE = {
    "2019": "2019",
    "in 2019": "2019",
    "since 1998": "1998",
    "early 2019": "2019",
    "late in 2019": "2019",
    "mid-2019": "2019",
    "by the end of 2019": "2019",
    "as early as 2012": "2012",
    "around 1950": "1950",
    "January 2023": "2023-01",
    "in January, 2023": "2023-01",
    "Jan. 2023": "2023-01",
    "late September 2023": "2023-09",
    "Sept. 2023": "2023-09",
    "3 May 1950": "1950-05-03",
    "May 3, 1950": "1950-05-03",
    "the 3rd of May 1950": "1950-05-03",
    "Monday, 3 March 2025": "2025-03-03",
    "2025-03-03": "2025-03-03",
    "the 1990s": "199X",
    "the third quarter of 2022": "2022-07/2022-09",
    "Q4 2022": "2022-10/2022-12",
    "the 1st quarter of 2020": "2020-01/2020-03",
}


@pytest.mark.parametrize("words", COMPLETE)
def test_a_complete_date_needs_no_document(words: str) -> None:
    found = read_date(words)
    assert found is not None
    assert found.edtf == COMPLETE[words]
    assert read_date(words, ISSUED) == found


RELATIVE = {
    "last year": "2024",
    "this year": "2025",
    "next year": "2026",
    "earlier this year": "2025",
    "later this year": "2025",
    "two years ago": "2023",
    "last month": "2025-05",
    "next month": "2025-07",
    "last week": "2025-06-09/2025-06-15",
    "yesterday": "2025-06-17",
    "today": "2025-06-18",
    "tomorrow": "2025-06-19",
    "on Monday": "2025-06-16",
    "Wednesday": "2025-06-18",
    "last Thursday": "2025-06-12",
    "in May": "2025-05",
    "June 3": "2025-06-03",
    "on 2 May": "2025-05-02",
    "last October": "2024-10",
    "the first quarter of this year": "2025-01/2025-03",
}


@pytest.mark.parametrize("words", RELATIVE)
def test_a_relative_date_is_read_against_the_document(words: str) -> None:
    found = read_date(words, ISSUED)
    assert found is not None
    assert found.edtf == RELATIVE[words]
    assert read_date(words) is None


FUTURE = {"in September": "2025-09", "on Friday": "2025-06-20", "next spring": None, "in May": "2026-05"}


@pytest.mark.parametrize("words", FUTURE)
def test_what_is_planned_lies_ahead(words: str) -> None:
    found = read_date(words, ISSUED, future=True)
    assert (found.edtf if found else None) == FUTURE[words]


@pytest.mark.parametrize(
    "words",
    ["", "the", "two years", "a decade", "three months later", "at 58", "years", "soon", "a few days earlier",
     "Summer", "the year", "99 percent", "daily", "the weekend", "Christmas"],
)  # fmt: skip
def test_what_is_no_date(words: str) -> None:
    assert read_date(words, ISSUED) is None


def test_bounds() -> None:
    assert read_date("February 2024")[1:] == ("2024-02-01", "2024-02-29")  # type: ignore[index]
    assert read_date("the 1990s")[1:] == ("1990-01-01", "1999-12-31")  # type: ignore[index]
    assert read_date("Q1 2023")[1:] == ("2023-01-01", "2023-03-31")  # type: ignore[index]


DATELINES = {
    "17 June 2025\n\nNorvik grew.": "2025-06-17",
    "Norvik Grows\nBy Nina Falk, June 17, 2025\n\nText.": "2025-06-17",
    "OSLO, 17 June 2025 – Norvik grew by a tenth, it said in its report to the shareholders.": "2025-06-17",
    "2025-06-17\nText.": "2025-06-17",
    "Norvik was founded on 17 June 1925 by two brothers who had left the army a year before that.": None,
    "One.\nTwo.\nThree.\nFour.\n17 June 2025": None,
    "June 2025\nText.": None,
    "31 June 2025\nText.": None,
    "": None,
}


@pytest.mark.parametrize("text", DATELINES)
def test_dateline(text: str) -> None:
    assert dateline(text) == DATELINES[text]


PIECES = st.lists(
    st.sampled_from(
        "in on by since last this next two ago early the of end quarter Q1 Q5 first fifth May Sept. 3 31 32"
        " 1999 2024 99999 0 week month year years decade 1990s Monday today later th - / , . 12:30 BC".split()
    ),
    max_size=7,
).map(" ".join)


@given(PIECES | st.text(max_size=40), st.none() | st.dates().map(str), st.booleans())
def test_any_words_are_a_date_or_none(words: str, issued: str | None, future: bool) -> None:
    found = read_date(words, issued, future)
    if found is not None:
        earliest, latest = map(datetime.date.fromisoformat, found[1:])
        assert earliest <= latest
        assert found.edtf
    assert read_date(words, issued, future) == found


@given(st.dates(min_value=datetime.date(1500, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_day_is_read_back(day: datetime.date) -> None:
    for written in (f"{day:%B} {day.day}, {day.year}", f"{day.day} {day:%B} {day.year}"):
        found = read_date(written)
        assert found is not None
        assert found.edtf == day.isoformat()


@given(st.text(max_size=200))
def test_any_text_has_a_dateline_or_none(text: str) -> None:
    found = dateline(text)
    assert found is None or datetime.date.fromisoformat(found)
