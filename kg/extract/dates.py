"""Dates as they are written, as EDTF with the days that bound them; never more precise than said.

``dateparser`` reads the words, this module cuts off what it does not know ("early", "by the end of")
and keeps the precision. EDTF: Extended Date/Time Format, Library of Congress, 2019.
"""

from __future__ import annotations

import calendar
import datetime
import re
from functools import lru_cache
from typing import NamedTuple

from dateparser.date import DateDataParser

_MONTHS = [name.lower() for name in calendar.month_name[1:]]
_DAYS = [name.lower() for name in calendar.day_name]
_LEAD = re.compile(
    r"^(?:(?:in|on|at|by|of|from|until|till|since|during|for|around|about|as early as|before|after|early"
    r"|earlier|late|later|mid|the|its|end|beginning|start|middle|close)\b[\s-]*)+",
    re.I,
)
_NEAREST = re.compile(r"^(?:last|this|next|past) (?=(?:{}))".format("|".join(_DAYS + _MONTHS)))
_QUARTER = re.compile(
    r"(?:(first|second|third|fourth|[1-4])(?:st|nd|rd|th)? quarter|q([1-4]))(?: of)?,?"
    r" (\d{4}|this year|last year)"
)
_HALF = re.compile(r"(first|second) half(?: of)?,? (\d{4}|this year|last year|next year)")
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_RELATIVE = re.compile(r"\b(?:last|this|next|ago|yesterday|today|tomorrow)\b")
_FULL = re.compile(r"\b(?:1[5-9]|20)\d\d\b")


class Time(NamedTuple):
    """A date in EDTF with the first and the last day that it can mean (ISO)."""

    edtf: str
    earliest: str
    latest: str


def _day(date: datetime.date) -> Time:
    return Time(date.isoformat(), date.isoformat(), date.isoformat())


def _month(year: int, month: int) -> Time:
    last = calendar.monthrange(year, month)[1]
    return Time(f"{year:04}-{month:02}", f"{year:04}-{month:02}-01", f"{year:04}-{month:02}-{last:02}")


def _year(year: int) -> Time:
    return Time(f"{year:04}", f"{year:04}-01-01", f"{year:04}-12-31")


def _week(date: datetime.date) -> Time:
    monday = date - datetime.timedelta(days=date.weekday())
    sunday = monday + datetime.timedelta(days=6)
    return Time(f"{monday}/{sunday}", monday.isoformat(), sunday.isoformat())


@lru_cache(maxsize=20_000)
def read_date(text: str, issued: str | None = None, future: bool = False) -> Time | None:
    """The date that words mean, or None where they mean none.

    ``issued`` is the ISO date of the document: without it "last year" and "June" stay unread.
    ``future``: an incomplete date lies after the document ("will leave in June"), else before.

    >>> read_date("in January 2023").edtf
    '2023-01'
    >>> read_date("last year", "2025-06-17").edtf
    '2024'
    >>> read_date("last year") is None
    True
    """
    words = " ".join(text.lower().replace(",", " ").split())
    core = _LEAD.sub("", words).strip()
    quarter, half = _QUARTER.search(words), _HALF.search(words)
    if quarter:
        return _read_quarter(quarter, issued)
    if half:
        return _months(read_date(half[2], issued), *((1, 6) if half[1] == "first" else (7, 12)))
    decade = re.fullmatch(r"(\d{3})0s", core)
    if decade:
        first = int(decade[1]) * 10
        return Time(f"{decade[1]}X", f"{first}-01-01", f"{first + 9}-12-31")
    if re.fullmatch(r"(?:1[5-9]|20)\d\d", core):
        return _year(int(core))
    if not core or (
        re.search(r"\b(?:later|earlier|old|years?|months?|weeks?|days?|decades?)$", core)
        and not _RELATIVE.search(core)
    ):
        return None
    return _parsed(core, issued, future)


def _read_quarter(match: re.Match[str], issued: str | None) -> Time | None:
    number = _ORDINAL.get(match[1] or "") or int(match[1] or match[2])
    return _months(read_date(match[3], issued), number * 3 - 2, number * 3)


def _months(year: Time | None, from_month: int, to_month: int) -> Time | None:
    """Some months of a year as an interval."""
    if year is None:
        return None
    number = int(year.edtf[:4])
    first, last = _month(number, from_month), _month(number, to_month)
    return Time(f"{first.edtf}/{last.edtf}", first.earliest, last.latest)


def _parsed(core: str, issued: str | None, future: bool) -> Time | None:
    """What dateparser makes of it, at the precision of the words."""
    complete = bool(_FULL.search(core))
    if not complete and issued is None:
        return None
    base = datetime.date.fromisoformat(issued) if issued else datetime.date(2000, 1, 1)
    weekday = core.split()[-1] in _DAYS
    named = any(month[:3] in core for month in _MONTHS)
    if not complete and not weekday and not named and not _RELATIVE.search(core):
        return None
    nearest = _NEAREST.match(core)
    core = _NEAREST.sub("", core)
    if nearest is not None and not nearest[0].startswith("this"):
        future = nearest[0].startswith("next")
    if weekday and not future:
        base += datetime.timedelta(days=1)  # "on Monday" in a text of a Monday is that day
    found = _parser(base.isoformat(), future).get_date_data(core.replace(".", ""))
    if found.date_obj is None:
        return None
    date = found.date_obj.date()
    if found.period == "day":
        return _day(date)
    if found.period == "week":
        return _week(date)
    return _month(date.year, date.month) if found.period == "month" else _year(date.year)


@lru_cache(maxsize=512)
def _parser(base: str, future: bool) -> DateDataParser:
    settings = {
        "RELATIVE_BASE": datetime.datetime.fromisoformat(base),
        "PREFER_DATES_FROM": "future" if future else "past",
        "PREFER_DAY_OF_MONTH": "first",
    }
    return DateDataParser(languages=["en"], settings=settings)


_NAMED = "|".join([*(m.capitalize() for m in _MONTHS), *(m[:3].capitalize() for m in _MONTHS), "Sept"])
_DATELINE = re.compile(
    rf"\b(?:\d{{1,2}} (?:{_NAMED})\.?,? \d{{4}}|(?:{_NAMED})\.? \d{{1,2}},? \d{{4}}|\d{{4}}-\d\d-\d\d)\b"
)


def dateline(text: str) -> str | None:
    """The ISO date of an article whose first lines give one ("17 June 2025" alone or in a byline)."""
    rows = [row.strip() for row in text.splitlines() if row.strip()][:4]
    for row in rows:
        match = _DATELINE.search(row)
        if (
            match
            and "(" not in row[: match.start()]
            and (  # "Karin Moe (3 May 1950 - 4 June 2010) was"
                len(row) - len(match[0]) < 45
                or (match.start() < 40 and re.match(r"\s*[-–—(:]|$", row[match.end() :]))
            )
        ):
            found = read_date(match[0])
            if found is not None and len(found.edtf) == 10:
                return found.edtf
    return None
