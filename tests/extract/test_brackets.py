"""What a bracket after a name says: dates and places of birth and death, by verb and place in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.brackets import edtf, values

#: Bracket → the verb, the words and the date in EDTF ("" for a place) of each value.
BRACKETS = {
    "(born 12 May 1971)": [("bear", "12 May 1971", "1971-05-12")],
    "(born May 12, 1971)": [("bear", "May 12, 1971", "1971-05-12")],
    "(born 1971)": [("bear", "1971", "1971")],
    "(b. 1971)": [("bear", "1971", "1971")],
    "(born c. 1971)": [("bear", "1971", "1971")],
    "(born 12 May 1971 in Porto)": [("bear", "12 May 1971", "1971-05-12"), ("bear", "Porto", "")],
    "(born 12 May 1971, Porto, Portugal)": [
        ("bear", "12 May 1971", "1971-05-12"),
        ("bear", "Porto", ""),
        ("bear", "Portugal", ""),
    ],
    "(born 1901; died 1978)": [("bear", "1901", "1901"), ("die", "1978", "1978")],
    "(born 1901, died 4 June 1978 in Lisbon)": [
        ("bear", "1901", "1901"),
        ("die", "4 June 1978", "1978-06-04"),
        ("die", "Lisbon", ""),
    ],
    "(1901–1978)": [("bear", "1901", "1901"), ("die", "1978", "1978")],
    "(1901 - 1978)": [("bear", "1901", "1901"), ("die", "1978", "1978")],
    "(3 May 1901 – 4 June 1978)": [
        ("bear", "3 May 1901", "1901-05-03"),
        ("die", "4 June 1978", "1978-06-04"),
    ],
    "(1971–)": [("bear", "1971", "1971")],
    "(1971–present)": [("bear", "1971", "1971")],
    "(d. 1978)": [("die", "1978", "1978")],
    "(NRV.OL)": [],
    "(right)": [],
    "(1978)": [],
    "(in 1978)": [],
    "(elected 1978)": [],
    "(from 2001 to 2004)": [],
    "(chief executive 2001–2004)": [],
    "(in office 2001-2004)": [],
    "(Norvik, 2001–2004)": [],
    "()": [],
}
_REASON = "the second date of a range counts as death where the first is refused as birth"
_FAIL = dict.fromkeys(
    ("(from 2001 to 2004)", "(chief executive 2001–2004)", "(in office 2001-2004)", "(Norvik, 2001–2004)"),
    _REASON,
)


def rows() -> list[object]:
    """The brackets; those that do not hold today are expected to fail."""
    return [
        pytest.param(text, marks=pytest.mark.xfail(strict=True, reason=_FAIL[text]) if text in _FAIL else ())
        for text in BRACKETS
    ]


@pytest.mark.parametrize("bracket", rows())
def test_brackets(bracket: str) -> None:
    text = f"Ines Duarte {bracket} left."
    start = text.index("(")
    found = [
        (value.verb, text[value.start : value.end], edtf(text, value) if value.kind == "date" else "")
        for value in values(text, start, start + len(bracket))
    ]
    assert found == BRACKETS[bracket]


PIECES = st.lists(
    st.sampled_from(
        "born b. died d. † in c. 1971 12 May – - ; , to Porto New York present 99 née nee".split(" ")
    )
)


@given(PIECES.map(" ".join) | st.text(max_size=60))
def test_any_bracket_has_values_inside_it(inside: str) -> None:
    text = f"Ada ({inside})"
    for value in values(text, 4, len(text)):
        assert 4 <= value.start < value.end <= len(text)
        assert value.verb in ("bear", "die")
        assert value.kind in ("date", "place")
        edtf(text, value)
