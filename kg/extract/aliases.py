"""Other names that a text gives a thing: "the Lund Institute (LI)", "Karin Moe, known as Kaja".

What stands in a bracket was blanked before the parse, so it is read here from the characters of the
source; other names in the running text are spans like all names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extract.lexicon import Lexicon
from kg.extract.names import CONNECTORS, NameSpan
from kg.extract.state import brackets_of

_QUOTED = re.compile(r"[\"“”‘«](.+?)[\"”’»]")
_LABEL = re.compile(r"([^\W\d_]+(?: [^\W\d_]+)?): ?")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1dff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufefc]")
_PRONOUNCED = re.compile(r"[/\[\]ˈ\d]")
_LONGEST = 8  # words


class Alias(NamedTuple):
    """Another name: the name it goes with, its words, and its characters in the source."""

    of: NameSpan
    words: str
    start: int
    end: int


def bracketed(doc: Doc, spans: list[NameSpan], lexicon: Lexicon) -> list[Alias]:
    """The names inside the brackets that stand right after names."""
    ends = {doc[span.end - 1].idx + len(doc[span.end - 1]): span for span in spans}
    found: list[Alias] = []
    for start, end, words in brackets_of(doc):
        before = next((ends[at] for at in range(start, start - 3, -1) if at in ends), None)
        if before is not None:
            name = doc[before.start : before.end].text
            opening = words.index("(") + 1
            for first, last in names_inside(words[opening:-1], name, lexicon):
                at = start + opening + first
                found.append(
                    Alias(
                        before, words[opening + first : opening + last], at, end - len(words) + opening + last
                    )
                )
    return found


def names_inside(inside: str, name: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Where other names of a thing stand in a bracket after its name.

    They are quoted, are led by "also known as" or the name of a language, are in another script than
    ours, or are the initials of the name, or what the name is the initials of.
    """
    for match in re.finditer(r"[^;,]+", inside):
        part = match[0]
        start, led = _led(part, lexicon)
        quoted = _QUOTED.fullmatch(part[start:].strip())
        words = quoted[1] if quoted else part[start:].strip()
        place = match.start() + part.index(words, start) if words else 0
        spoken_of = _is_name(words, lexicon) if led or quoted else _stands_for(words, name)
        if words and spoken_of and not _PRONOUNCED.search(part):
            yield place, place + len(words)


def _led(part: str, lexicon: Lexicon) -> tuple[int, bool]:
    """Where the name begins in a part of a bracket, and whether words before it say that it is a name."""
    label = _LABEL.match(part.lstrip())
    if label is not None and any(_is_language(word, lexicon) for word in label[1].split()):
        return len(part) - len(part.lstrip()) + label.end(), True
    if part.split()[:1] == ["born"] and len(part.split()) < 3:
        return 0, False  # a place: "(born Drevsund, 1950)"
    start, led = 0, False
    for word in re.finditer(r"[^\s:]+:?", part):
        lower = word[0].lower().rstrip(":,")
        if lower not in lexicon["names.also_words"] and lower not in lexicon["names.also_fillers"]:
            break
        led = led or lower in lexicon["names.also_words"]
        start = word.end()
    return start, led


def _is_language(word: str, lexicon: Lexicon) -> bool:
    return lexicon.is_demonym(word) or lexicon.has("names.languages", word)


def _is_name(words: str, lexicon: Lexicon) -> bool:
    """Whether words are written as a name: capitals, or another script; no date, no pronunciation."""
    parts = words.split()
    if not 0 < len(parts) <= _LONGEST or _OTHER_SCRIPT.search(words):
        return 0 < len(parts) <= _LONGEST
    plain = [part for part in parts if part.lower() not in CONNECTORS]
    capital = all(part.lstrip("\"'“‘")[:1].isupper() for part in plain) and parts[0][:1].isupper()
    return bool(plain) and capital and not any(part.lower() in lexicon["calendar"] for part in plain)


def _stands_for(words: str, name: str) -> bool:
    """Whether words without an introduction name the same thing: by its initials, or in another script.

    >>> _stands_for("LIB", "Lund Institute of Biology"), _stands_for("Lund Institute", "LI")
    (True, True)
    >>> _stands_for("D-Texas", "Karin Moe"), _stands_for("CEO", "Karin Moe")
    (False, False)
    """
    if _OTHER_SCRIPT.search(words):
        return not _OTHER_SCRIPT.search(name)
    return is_acronym(words, name) or (" " not in name and is_acronym(name, words))


def is_acronym(short: str, long: str) -> bool:
    """Whether a word of capitals is made of the first letters of a name, all or nearly all of them."""
    letters = re.sub(r"[^\w]", "", short)
    capitals = sum(letter.isupper() for letter in letters)
    if " " in short or len(letters) < 2 or not letters.isalpha() or 2 * capitals <= len(letters):
        return False
    initials = [
        word[0] for word in re.findall(r"\w+", long) if word[0].isupper() or word.lower() in CONNECTORS
    ]
    first = [letter for letter in initials if letter.isupper()]
    at, hits = 0, 0
    for letter in letters.upper():
        found = next((i for i in range(at, len(initials)) if initials[i].upper() == letter), None)
        if found is not None:
            at, hits = found + 1, hits + 1
    return (
        len(first) > 1
        and letters[0].upper() == first[0]
        and hits >= max(min(len(letters), 3), len(letters) - 1)
    )


def spoken(doc: Doc, spans: list[NameSpan], lexicon: Lexicon) -> Iterator[tuple[NameSpan, NameSpan]]:
    """Pairs of names of one thing: "Karin Moe, also known as Kaja or Kai", "Orbix, formerly Kestra Labs".

    The name that it has now comes first.
    """
    first: NameSpan | None = None
    for before, after in pairwise(sorted(spans)):
        between = [token.lower_ for token in doc[before.end : after.start] if token.text.strip(" \"“”'‘’")]
        if first is not None and between in (["or"], ["and"]):
            yield first, after
        elif _introduces(between, first is not None, lexicon) and _may_be_one(before, after, between, doc):
            first = first or before
            yield (after, before) if "now" in between else (first, after)
        else:
            first = None


def _introduces(between: list[str], goes_on: bool, lexicon: Lexicon) -> bool:
    """Whether the words between two names say that the second is another name of the first."""
    words = between[1:] if between[:1] == [","] else between
    words = words[1:] if goes_on and words[:1] == ["and"] else words
    known = lexicon["names.also_words"] | lexicon["names.also_fillers"]
    led = set(words) & lexicon["names.also_words"] - {"or", "also"}
    return bool(led) and (words != between or "known" in led) and all(word in known for word in words)


def _may_be_one(before: NameSpan, after: NameSpan, between: list[str], doc: Doc) -> bool:
    """Whether two names can be one thing's: of one label, and no "formerly Orbix's chief"."""
    sides = {label for label in (before.label, after.label) if label in ("PERSON", "ORG")}
    if before.end == before.start + 1:  # the recogniser takes most new names for persons'
        sides -= {"PERSON"}
    ends = (
        after.end >= len(doc) or doc[after.end].is_space or doc[after.end].pos_ in ("PUNCT", "CCONJ", "AUX")
    )
    return "known" in between or (len(sides) < 2 and ends)


def repeated(doc: Doc, spans: Iterable[NameSpan], aliases: list[Alias]) -> list[NameSpan]:
    """The names of a document with the further places where a name from a bracket stands."""
    taken = {index for span in spans for index in range(span.start, span.end)}
    forms = {tuple(alias.words.split()) for alias in aliases}
    found = list(spans)
    for token in doc if forms else ():
        for words in sorted(forms, key=lambda words: (-len(words), words)):
            end = token.i + len(words)
            free = not any(index in taken for index in range(token.i, end))
            if free and tuple(t.text for t in doc[token.i : end]) == words:
                found.append(NameSpan(token.i, end, ""))
                taken.update(range(token.i, end))
    return sorted(found)
