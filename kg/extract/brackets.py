"""What a bracket after a name says of it: "(born 3 May 1950 in Drevsund)", "(1950 – 1999)".

Brackets are blanked before the parse, which they would break; here their text is read on its own, as
if it were "X was born …, died …". The relations are whatever the ontology says with the verbs
"bear", "die" and "found".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.extract.dates import read_date
from kg.extract.knowledge import FrameOf, Knowledge

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?"
_YEAR = r"(?:1\d{3}|20\d\d)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
DATE = re.compile(rf"(?:{_DAY} {_MONTH},? {_YEAR}|{_MONTH} {_DAY},? {_YEAR}|{_MONTH},? {_YEAR}|\b{_YEAR}\b)")
_LEAD = frozenset("born b d died on in c ca circa née nee about founded established est since".split())
_PLACE = re.compile(r"(?:\b(?:in|at|near)|,) ((?:[^\W\d_][\w.'’-]*)(?: [^\W\d_][\w.'’-]*)*)")
_BORN = re.compile(r"\b(?:born|b\.|birth)(?= |$)", re.IGNORECASE)
_DIED = re.compile(r"\b(?:died|d\.|death)(?= |$)|†", re.IGNORECASE)
_FOUNDED = re.compile(r"\b(?:founded|established|est\.)(?= |$)", re.IGNORECASE)
_DASH = re.compile(r" ?[–—] ?| - |(?<=\d)-(?=\d)| to ")


class Value(NamedTuple):
    """A value said in a bracket: the verb it belongs to, its characters in the source, date or place."""

    verb: str
    start: int
    end: int
    kind: str


def values(text: str, start: int, end: int) -> Iterator[Value]:
    """The dates and places of birth and death in a bracket of a text."""
    inside = text[start:end]
    for part, offset, verb in _parts(inside):
        date = DATE.search(part)
        if date is None or not _only_that(part, date):
            continue
        at = start + offset
        yield Value(verb, at + date.start(), at + date.end(), "date")
        for place in _PLACE.finditer(part):
            if place[1][0].isupper() and not DATE.search(place[1]) and not re.match(_MONTH, place[1]):
                yield Value(verb, at + place.start(1), at + place.end(1), "place")


def _only_that(part: str, date: re.Match[str]) -> bool:
    """Whether the words before a date are only those of birth or death ("born c.", "b.", "in")."""
    before = re.sub(r"[^a-z ]", " ", part[: date.start()].lower()).split()
    return all(word in _LEAD for word in before)


def _parts(inside: str) -> list[tuple[str, int, str]]:
    """The pieces of a bracket with their offsets, each with the verb it belongs to."""
    pieces: list[tuple[str, int, str]] = []
    for match in re.finditer(r"[^;]+", inside):
        piece, offset = match[0], match.start()
        dash = next((d for d in _DASH.finditer(piece) if DATE.search(piece[: d.start()])), None)
        if dash is not None and DATE.search(piece[dash.end() :]):
            pieces.append((piece[: dash.start()], offset, "bear"))
            pieces.append((piece[dash.end() :], offset + dash.end(), "die"))
        elif dash is not None and re.match(r"\W*$|present", piece[dash.end() :]):
            pieces.append((piece[: dash.start()], offset, "bear"))
        else:
            pieces.extend(_by_word(piece, offset))
    return pieces


def _by_word(piece: str, offset: int) -> list[tuple[str, int, str]]:
    """A piece without a dash: "born …" and "died …" say which it is."""
    born, died, founded = _BORN.search(piece), _DIED.search(piece), _FOUNDED.search(piece)
    found = [(piece[founded.start() :], offset + founded.start(), "found")] if founded else []
    if born:
        end = died.start() if died and died.start() > born.start() else len(piece)
        found.append((piece[born.start() : end], offset + born.start(), "bear"))
    if died:
        found.append((piece[died.start() :], offset + died.start(), "die"))
    return found


def frame_for(value: Value, know: Knowledge, type_name: str) -> FrameOf | None:
    """The relation that the ontology says with a verb and a date or place, for a thing of a class."""
    for found in know.frames.get(("verb", value.verb), []):
        prop = found.property
        fits = prop.literal if value.kind == "date" else any(know.is_a(kind, "Place") for kind in prop.range)
        if fits and not found.frame.fixed and know.ontology.is_a(type_name, prop.domain):
            return found
    return None


def edtf(text: str, value: Value) -> str | None:
    """The date of a value in EDTF."""
    time = read_date(re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text[value.start : value.end]))
    return time.edtf if time else None
