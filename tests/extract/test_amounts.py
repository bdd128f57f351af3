"""Sums of money and shares, as decimals without exponent."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.amounts import canonical, read_money, read_percent

MONEY = {
    "$1 billion": ("1000000000", "USD"),
    "more than $1.5 billion": ("1500000000", "USD"),
    "US$ 20 million": ("20000000", "USD"),
    "$3bn": ("3000000000", "USD"),
    "$3.25m": ("3250000", "USD"),
    "$40,000": ("40000", "USD"),
    "$1,234,567.89": ("1234567.89", "USD"),
    "€95 million": ("95000000", "EUR"),
    "95 million euros": ("95000000", "EUR"),
    "EUR 95 million": ("95000000", "EUR"),
    "£48m": ("48000000", "GBP"),
    "48 million pounds": ("48000000", "GBP"),
    "300 billion yen": ("300000000000", "JPY"),
    "¥300 billion": ("300000000000", "JPY"),
    "C$12 million": ("12000000", "CAD"),
    "A$12 million": ("12000000", "AUD"),
    "HK$5 billion": ("5000000000", "HKD"),
    "2 billion Swiss francs": ("2000000000", "CHF"),
    "10 crore rupees": ("100000000", "INR"),
    "five million dollars": ("5000000", "USD"),
    "half a billion dollars": ("500000000", "USD"),
    "a million dollars": ("1000000", "USD"),
    "a $2 billion deal": ("2000000000", "USD"),
    "$2-billion": ("2000000000", "USD"),
    "3 million Swedish kronor": ("3000000", "SEK"),
    "3 million Norwegian kroner": ("3000000", "NOK"),
    "40 million zlotys": ("40000000", "PLN"),
}


@pytest.mark.parametrize("words", MONEY)
def test_money(words: str) -> None:
    assert read_money(words) == MONEY[words]


@pytest.mark.parametrize(
    "words",
    ["", "$", "two shops", "1999", "3 million people", "dollars", "a lot of money", "11 %", "12 tonnes"],
)
def test_what_is_no_money(words: str) -> None:
    assert read_money(words) is None


PERCENT = {
    "an 11% stake": "11",
    "23.50 percent": "23.5",
    "49 per cent": "49",
    "0.5 percentage points": "0.5",
    "five percent": "5",
    "a 100% rise": "100",
}


@pytest.mark.parametrize("words", PERCENT)
def test_percent(words: str) -> None:
    assert read_percent(words) == PERCENT[words]


@pytest.mark.parametrize("words", ["", "%", "percent", "11 points", "$11"])
def test_what_is_no_percent(words: str) -> None:
    assert read_percent(words) is None


@given(st.decimals(min_value=0, max_value=10**15, allow_nan=False, allow_infinity=False))
def test_a_canonical_number_keeps_its_value(value: Decimal) -> None:
    text = canonical(value)
    assert Decimal(text) == value
    assert "E" not in text.upper()
    assert not (text.endswith("0") and "." in text)


PIECES = st.lists(
    st.sampled_from(
        "$ € £ ¥ US$ C$ euros dollars pounds yen half five 2.5 1,000 1,,0 0 million bn m k crore % percent"
        " per cent . , - of stake".split()
    ),
    max_size=6,
).map(" ".join)


@given(PIECES | st.text(max_size=30))
def test_any_words_are_a_sum_or_none(words: str) -> None:
    money, percent = read_money(words), read_percent(words)
    if money is not None:
        assert Decimal(money.amount) >= 0
        assert len(money.currency) == 3
    if percent is not None:
        assert Decimal(percent) >= 0
