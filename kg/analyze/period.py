"""When a claim is about, as two days between which the page and ``--since`` look for it."""

from __future__ import annotations

import re

from kg.model import Qualifiers

_DATE = re.compile(r"\d{4}(?:-\d\d){0,2}")


def period(said: Qualifiers, published: str | None) -> tuple[str | None, str | None]:
    """The first and the last day, month or year that a claim tells about.

    What a sentence does not say is taken from the date of its document: news tell what is new.

    >>> period(Qualifiers(earliest="2024-06-01", latest="2024-06-30"), "2025-03-04")
    ('2024-06-01', '2024-06-30')
    >>> period(Qualifiers(start_date="2014"), "2025-03-04")
    ('2014', '2025-03-04')
    >>> period(Qualifiers(), "2025-03-04"), period(Qualifiers(time="2014/.."), None)
    (('2025-03-04', '2025-03-04'), ('2014', '2014'))
    """
    told = _DATE.findall(said.time or "") if not (said.earliest or said.latest) else []
    first = _date(said.earliest or said.start_date) or (told[0] if told else None)
    last = _date(said.latest or said.end_date) or (told[-1] if told and not said.start_date else None)
    day = _date(published)
    if first is None and last is None:
        return day, day
    if first is not None and last is None:
        last = day if day and day[: len(first)] > first else first
    return first or last, last


def _date(text: str | None) -> str | None:
    found = _DATE.match(text or "")
    return found[0] if found else None
