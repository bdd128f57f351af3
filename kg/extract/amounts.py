"""Amounts of money and shares, as numbers in canonical form; currencies from CLDR."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from babel import Locale
from babel.numbers import get_currency_name

_SCALES = {
    "hundred": 100,
    "thousand": 10**3,
    "million": 10**6,
    "billion": 10**9,
    "trillion": 10**12,
    "k": 10**3,
}
_SCALES |= {"m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12, "crore": 10**7, "lakh": 10**5}
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()
_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)"
_WORDED = r"\b(?P<number>{}|half a|a)\b".format("|".join(_SMALL[1:]))
_SCALED = r"[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|crore|lakh|bn|mn|tn|[kmb])?\b"
_AMOUNTS = [re.compile(number + _SCALED, re.I) for number in (_NUMBER, _WORDED)]
_SHARE = r"[\s-]?(?:%|per ?cent\b|percent(?:age points?)?\b)"
_PERCENTS = [re.compile(number + _SHARE, re.I) for number in (_NUMBER, _WORDED)]
#: Names and signs that stand alone for the currency that they mostly mean.
_COMMON = {
    "US$": "USD", "C$": "CAD", "S$": "SGD", "Rs": "INR", "dollar": "USD", "pound": "GBP", "euro": "EUR",
    "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "won": "KRW", "rupee": "INR", "franc": "CHF",
    "rouble": "RUB", "ruble": "RUB", "reais": "BRL", "kronor": "SEK", "crowns": "SEK", "zloty": "PLN",
    "rand": "ZAR", "shekel": "ILS", "forint": "HUF", "baht": "THB", "rupiah": "IDR", "ringgit": "MYR",
    "naira": "NGN", "hryvnia": "UAH", "riyal": "SAR", "dirham": "AED",
}  # fmt: skip


class Money(NamedTuple):
    """A decimal without exponent in a currency of ISO 4217."""

    amount: str
    currency: str


@cache
def _currencies() -> tuple[tuple[str, str], ...]:
    """Signs, codes and names of currencies with their codes, longest first."""
    locale = Locale("en")
    table: dict[str, str] = {
        str(symbol): str(code)
        for code, symbol in locale.currency_symbols.items()
        if not symbol.isascii() or "$" in symbol
    }
    table.pop("¤", None)
    for code, name in locale.currencies.items():
        for sign in (code, name.lower(), get_currency_name(code, count=2, locale="en").lower()):
            table.setdefault(str(sign), str(code))
    table |= _COMMON | {f"{name}s": code for name, code in _COMMON.items() if name.islower()}
    return tuple(sorted(table.items(), key=lambda item: (-len(item[0]), item)))


def read_money(text: str) -> Money | None:
    """The amount and currency that words mean, or None.

    >>> read_money("more than $1.5 billion")
    Money(amount='1500000000', currency='USD')
    >>> read_money("95 million euros").currency
    'EUR'
    """
    match = next((m for pattern in _AMOUNTS if (m := pattern.search(text))), None)
    if match is None:
        return None
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    currency = _currency(rest)
    if currency is None:
        return None
    return Money(
        canonical(_value(match["number"]) * _SCALES.get((match["scale"] or "").lower(), 1)), currency
    )


@cache
def _currency_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all signs, codes and names, and their codes; names are in lower case."""
    table = dict(_currencies())
    signs = [re.escape(sign) for sign, _ in _currencies() if not (sign[0].isalnum() and sign[-1].isalnum())]
    words = [re.escape(sign) for sign, _ in _currencies() if sign[0].isalnum() and sign[-1].isalnum()]
    return re.compile(rf"{'|'.join(signs)}|(?<![A-Za-z])(?:{'|'.join(words)})(?![A-Za-z])"), table


@cache
def is_currency(word: str) -> bool:
    """Whether a word names a currency: "pounds"."""
    return _currency(word) is not None


def _currency(text: str) -> str | None:
    """The code of the currency that is written in a text: codes in capitals, names in any case.

    The longer one counts: "Canadian dollars" are no dollars.
    """
    pattern, table = _currency_words()
    found = [match[0] for form in (text, text.lower()) if (match := pattern.search(form))]
    return table[max(found, key=len)] if found else None


def read_percent(text: str) -> str | None:
    """The number before a percent sign or word, or None.

    >>> read_percent("an 11% stake"), read_percent("23.50 percent")
    ('11', '23.5')
    """
    match = next((m for pattern in _PERCENTS if (m := pattern.search(text))), None)
    return canonical(_value(match["number"])) if match else None


def _value(number: str) -> Decimal:
    lower = number.lower()
    if lower in ("a", "half a"):
        return Decimal(1) if lower == "a" else Decimal("0.5")
    return Decimal(_SMALL.index(lower)) if lower in _SMALL else Decimal(number.replace(",", ""))


def canonical(value: Decimal) -> str:
    """A decimal without exponent and trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
