"""Text as it will be parsed: the same length as the source, so that every offset holds.

A line of news may be a headline or a caption without a full stop, headlines capitalise their words,
and brackets and datelines break the parse. Each is repaired by replacing characters one for one;
what is quoted is always taken from the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_WORD = re.compile(r"[^\W_][\w'’.&-]*")
_PARAGRAPH = re.compile(r"[^\n\r]*(?:\r\n|\n|\r|$)")
_BRACKET = re.compile(r"(?<=[\w.]) ?\(([^()\n]{1,120})\)")
_DATELINE = re.compile(
    r"(?m)^[ \t]*[A-Z][A-Z.'-]+(?:[ /][A-Z][A-Z.'-]+){0,3}(?:, [A-Z][a-z]+)?"
    r"(?:,? [A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?)?"
    r"(?: ?\([\w .]{2,20}\))? ?(?:[-–—]{1,2}) (?=[A-Z\"“])"
)
#: Two lines or more; only from the beginning of a line, or one long line takes hours.
_BLOCK = re.compile(r"(?m)^[^\n]++(?:\n[^\n]++)+")
_SMALL = frozenset(
    "a an the and or but nor of in on at to for from by with as is are was were be been its it his her their"
    " this that into over after amid under up out off vs via than says said will not no".split()
)
_FINAL = (".", "!", "?", "”", '"', "…", "。")


class Line(NamedTuple):
    """A stretch of text that no sentence crosses; ``headline`` when its words are capitalised."""

    start: int
    end: int
    headline: bool


class Prepared(NamedTuple):
    """The text to parse, its lines, and the spans of the brackets that were blanked."""

    text: str
    lines: tuple[Line, ...]
    brackets: tuple[tuple[int, int], ...]


def prepare(source: str) -> Prepared:
    """The text with soft line breaks joined, brackets blanked and headlines in sentence case.

    >>> prepare("Acme Buys Bolt In Cash Deal\\nAcme said it bought Bolt.").text.splitlines()[0]
    'Acme buys Bolt in cash deal'
    """
    text = re.sub(
        r"\r\n?|[\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]",
        lambda m: "\n" * len(m[0]) if m[0] != "\t" else " ",
        source,
    )
    text = _join_wrapped(text)
    text = _DATELINE.sub(lambda match: " " * len(match[0]), text)
    spans = _lines(text)
    lines = tuple(
        Line(s, e, is_headline(text[s:e]) or (number == 0 and len(spans) > 1 and _is_title(text[s:e])))
        for number, (s, e) in enumerate(spans)
    )
    brackets = tuple(m.span() for m in _BRACKET.finditer(text) if _after_name(text, m.start()))
    text = _replaced(text, ((start, end, " " * (end - start)) for start, end in brackets))
    known = body_words(text, lines)
    headlines = [line for line in lines if line.headline and known]
    text = _replaced(text, ((s, e, _recased(text[s:e], known)) for s, e, _ in headlines))
    return Prepared(text, lines, brackets)


def _replaced(text: str, replacements: Iterable[tuple[int, int, str]]) -> str:
    """A text with other words in some places, which follow one another."""
    pieces, at = [], 0
    for start, end, words in replacements:
        pieces += [text[at:start], words]
        at = end
    return "".join((*pieces, text[at:]))


def _recased(body: str, known: frozenset[str]) -> str:
    first = len(body) if is_headline(body) else len(body.split()[0])
    return sentence_case(body[:first], known) + body[first:]


def _lines(text: str) -> list[tuple[int, int]]:
    """The spans of the lines that are not blank, without the space around them."""
    spans = []
    for match in re.finditer(r"[^\n]+", text):
        body = match[0].strip()
        if body:
            start = match.start() + match[0].index(body[0])
            spans.append((start, start + len(body)))
    return spans


def _join_wrapped(text: str) -> str:
    """Line breaks inside a hard-wrapped paragraph become spaces."""
    out = list(text)
    for block in _BLOCK.finditer(text):
        rows = [(m.start() + block.start(), m[0]) for m in re.finditer(r"[^\n]+", block[0])]
        lengths = [len(row.rstrip()) for _, row in rows[:-1]]
        wrapped = (
            len(rows) > 2 and min(lengths) > 44 and max(lengths) < 101 and max(lengths) - min(lengths) < 26
        )
        for (start, row), (_, after) in pairwise(rows):
            goes_on = not row.rstrip().endswith(_FINAL) and after.lstrip()[:1].islower()
            if wrapped or goes_on:
                out[start + len(row)] = " "
    return "".join(out)


def is_headline(line: str) -> bool:
    """Whether a line is set as a headline: no full stop at its end and nearly all words capitalised.

    >>> is_headline("Chip Maker To Buy Rival In Record Deal"), is_headline("Acme is to buy Bolt")
    (True, False)
    """
    if line.endswith((".", ",", ";", "?", "!", '."', ".”")):
        return False
    if any(len(word) > 2 and word.islower() and word not in _SMALL for word in _WORD.findall(line)):
        return False
    words = [word for word in _WORD.findall(line) if word.lower() not in _SMALL and not word[0].isdigit()]
    capital = sum(word[0].isupper() for word in words)
    return len(words) >= 3 and capital >= 0.8 * len(words)


def _is_title(line: str) -> bool:
    """Whether the first line of several is a headline that is written as a sentence is, without its stop."""
    return not line.endswith((*_FINAL, ",", ";", ":")) and len(line.split()) >= 4


def body_words(text: str, lines: tuple[Line, ...]) -> frozenset[str]:
    """The words that running text writes with a capital inside a sentence, or always at its start."""
    found: set[str] = set()
    first: set[str] = set()
    small: set[str] = set()
    for line in lines:
        if line.headline:
            continue
        body = text[line.start : line.end]
        for match in _WORD.finditer(body):
            before = _before(body, match.start())
            if not match[0][0].isupper():
                small.add(_bare(match[0]))
            elif before and before not in ".!?:":
                found.add(_bare(match[0]))
            elif match[0].lower() not in _SMALL:
                first.add(_bare(match[0]))
    return frozenset(found | {word for word in first if word.lower() not in small})


def _before(body: str, at: int) -> str:
    """The character before a place that is neither a space nor opens something; "" at the beginning."""
    while at and body[at - 1] in " \"'“‘(":
        at -= 1
    return body[at - 1 : at]


def _bare(word: str) -> str:
    return re.sub(r"['’]s?$", "", word).rstrip(".")


def sentence_case(line: str, known: frozenset[str]) -> str:
    """A headline with every word in lower case that the body does not write with a capital."""
    folded = _folded(known)
    shouting = line.isupper()

    def recase(match: re.Match[str]) -> str:
        word, bare = match[0], _bare(match[0])
        if bare in known or (not shouting and any(c.isupper() or c.isdigit() for c in bare[1:])):
            return word
        form = folded.get(bare.casefold()) if shouting else None
        lowered = (form + word[len(form) :].lower()) if form else word.lower()
        return lowered if len(lowered) == len(word) else word

    return _WORD.sub(recase, line)


@lru_cache(maxsize=1)
def _folded(known: frozenset[str]) -> dict[str, str]:
    """The words of a text by how they are compared, made once for all its headlines."""
    return {word.casefold(): word for word in sorted(known)}


def _after_name(text: str, start: int) -> bool:
    """Whether the word before an offset begins with a capital."""
    before = re.search(r"[\w.'’-]+$", text[max(0, start - 40) : start])
    return bool(before) and before[0][0].isupper() if before else False
