"""How a relation is said, from its name alone: frames out of the labels of any ontology.

"director" gives "X's director, Y", "Y directed X", "X was directed by Y"; "date of birth" gives
"X was born on Y". The words come from ``ontology/derive.toml`` (edited by hand) and from two small
tables made from WordNet. Classes get a *kind* of name from their labels in the same way.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from kg.frames import PREPOSITIONS, Frame, parse_frame

#: The kinds of names that the entity recogniser can tell apart, with its labels for each.
KIND_LABELS = {
    "Person": ("PERSON",),
    "Organization": ("ORG",),
    "Place": ("GPE", "LOC", "FAC"),
    "Product": ("WORK_OF_ART", "PRODUCT"),
}
#: Where the names of the kinds in schema.org are others.
SCHEMA_NAMES = {"Product": "CreativeWork"}
_DEPTH = 4  # steps up in the table of nouns; further up everything is an entity
_ALTERNATIVES = re.compile(r"\s*(?:,|/| or | and/or )\s*")


def may_be(kind: str, wanted: str) -> bool:
    """Whether a name of a kind ("" when nothing is known) may belong to a class of a kind.

    Titles of works are what the recogniser mistakes most; members of a class of values ("value":
    languages, ranks) are common words and no names at all.
    """
    if wanted == "value":
        return kind == ""
    if wanted == "Product":
        return kind in ("", "Product", "Organization")
    return kind in ("", wanted) or (wanted == "" and kind != "Person")


class Derived(NamedTuple):
    """What a label gives: frames, frames of the other direction, and whether the values are dates."""

    frames: tuple[Frame, ...] = ()
    inverse: tuple[Frame, ...] = ()
    dates: bool = False


@dataclass(frozen=True)
class Words:
    """The tables of words; see ``derive.toml``."""

    data: dict[str, Any]
    agents: dict[str, tuple[str, ...]]
    events: dict[str, tuple[str, ...]]
    verbs: frozenset[str]
    above: dict[str, str]

    def chain(self, noun: str) -> list[str]:
        """A noun and the more general ones above it, the nearest first."""
        found = [noun]
        while len(found) <= _DEPTH and self.above.get(found[-1], noun) not in found:
            found.append(self.above[found[-1]])
        return found

    def verb(self, participle: str) -> str:
        """The verb of a past participle; "" when the word is none.

        >>> load_words(Path("ontology")).verb("published")
        'publish'
        """
        irregular = self.data["participles"].get(participle)
        if irregular:
            return str(irregular)
        if not participle.endswith("ed"):
            return ""
        stem = participle[:-2]
        stems = [stem, stem + "e", stem[:-1] if stem[-1:] == stem[-2:-1] else "", stem[:-1] + "y"]
        return next((verb for verb in stems if verb in self.verbs), "")


@cache
def load_words(folder: Path) -> Words:
    """The tables in the ontology folder."""
    data = tomllib.loads((folder / "derive.toml").read_text(encoding="utf-8"))
    rows = _rows(folder / "derivations.tsv")
    verbs = {row[2] for row in rows} | set(data["participles"].values())
    above = {row[0]: row[1] for row in _rows(folder / "nouns.tsv")}
    agents, events = (_verbs_of(kind, rows) for kind in ("agent", "event"))
    return Words(data, agents, events, frozenset(verbs), above)


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _verbs_of(kind: str, rows: list[list[str]]) -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for found, noun, verb in rows:
        if found == kind:
            table[noun] = (*table.get(noun, ()), verb)
    return table


# ---------------------------------------------------------------- labels


def plain_label(label: str) -> str:
    """A label or local name as lower-case words.

    >>> plain_label("placeOfBirth"), plain_label("has_part (of)")
    ('place of birth', 'has part')
    """
    text = re.sub(r"\([^)]*\)", " ", label).replace("_", " ")
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return " ".join(text.lower().split())


def singular(noun: str) -> str:
    """A noun of a label in the singular, where English is regular."""
    if noun.endswith("ies") and len(noun) > 4 and noun != "series":
        return noun[:-3] + "y"
    return noun[:-1] if noun.endswith("s") and not noun.endswith(("ss", "us", "is", "series")) else noun


def kind_of(labels: Iterable[str], words: Words) -> str:
    """The kind of names that a class of these labels has, its own label first; "" when nothing tells.

    >>> kind_of(["sports club"], load_words(Path("ontology")))
    'Organization'
    """
    kinds = words.data["kinds"]
    for label in map(plain_label, labels):
        for phrase in (label, *_tails(label)):
            for step, noun in enumerate(words.chain(singular(phrase))):
                vague = step > 0 and noun in kinds["vague"]
                found = "" if vague else next((kind for kind in KIND_LABELS if noun in kinds[kind]), "")
                if found:
                    return found
    return ""


def is_value(label: str, words: Words) -> bool:
    """Whether the members of a class are common words: languages, instruments, ranks."""
    return plain_label(label) in words.data["values"]


def is_whole_kind(label: str, kind: str, words: Words) -> bool:
    """Whether a class is all of a kind: "human" is every person."""
    return plain_label(label) in words.data["classes"].get(kind.lower(), ())


def nouns_of_kinds(words: Words) -> dict[str, str]:
    """The kind of each common noun of the tables that has one."""
    found = {noun: kind_of([noun], words) for noun in sorted(words.above)}
    return {noun: kind for noun, kind in found.items() if kind}


def class_nouns(label: str, words: Words) -> tuple[str, ...]:
    """The common nouns that denote a member of a class, from its label ("football club" → club)."""
    plain = plain_label(label)
    tail = plain.split()[-1] if plain else ""
    named = words.data["nouns"].get(plain, ())
    return tuple(dict.fromkeys((plain, singular(tail), *named))) if plain else ()


def _tails(label: str) -> Iterator[str]:
    """The shorter ends of a phrase; of "head of state" its head noun."""
    head = re.split(r" (?:of|for|in) ", label)[0].split()
    for start in range(1, len(head)):
        yield " ".join(head[start:])
    if " ".join(head) != label:
        yield " ".join(head)


# ---------------------------------------------------------------- properties


class Slots(NamedTuple):
    """What is known of a property beside its label: the kinds of its two sides ("" unknown)."""

    domain: str
    range: str
    free: bool  # whether no range is stated
    dates: bool  # whether the range is a datatype or class of dates


def derive(label: str, slots: Slots, words: Words) -> Derived:
    """The frames of a property from its label and the kinds of its sides."""
    plain = plain_label(label)
    if slots.dates or (slots.free and _says_date(plain, words)):
        return Derived(tuple(_unique(_date_frames(plain, words))), (), True)
    forward: list[tuple[str, str]] = []
    backward: list[tuple[str, str]] = []
    for phrase in _phrases(plain):
        known = _known_ways(phrase, words)
        if known is not None:
            _from_ways(known, forward, backward)
            if known.get("whole"):
                continue
        _from_words(phrase, slots, words, forward, backward)
    return Derived(tuple(_unique(_parsed(forward))), tuple(_unique(_parsed(backward))))


def _phrases(plain: str) -> list[str]:
    """The alternatives of a label: "discoverer or inventor", "languages spoken, written or signed"."""
    return [phrase for phrase in _ALTERNATIVES.split(plain) if phrase]


def _known_ways(phrase: str, words: Words) -> dict[str, Any] | None:
    """The entry of the table of ways for a phrase, or for the part of it that names the relation."""
    table: dict[str, dict[str, Any]] = words.data["ways"]
    tokens = [t for t in phrase.split() if t not in ("the", "a", "is", "was", "has")] or phrase.split()
    tries = [phrase, " ".join(tokens), " ".join([*tokens[:-1], singular(tokens[-1])])]
    tries += [" ".join(tokens[start:]) for start in range(1, len(tokens))]
    tries += [" ".join(tokens[:end]) for end in range(len(tokens) - 1, 0, -1)]
    return next((table[text] for text in tries if text in table), None)


def _from_ways(
    entry: dict[str, Any], forward: list[tuple[str, str]], backward: list[tuple[str, str]]
) -> None:
    for kind in ("verb", "event", "adjective", "compound", "noun"):
        forward.extend((kind, text) for text in entry.get(kind, ()))
    forward.extend(("noun", f"{noun} by") for noun in entry.get("by", ()))
    if entry.get("origin"):
        forward.append(("origin", "Y X"))
    if entry.get("kind"):
        forward.append(("class", "*"))
    forward.extend(("label", text) for text in entry.get("label", ()))
    backward.extend(("noun", text) for text in (*entry.get("has", ()), *entry.get("noun_y", ())))


def _from_words(
    phrase: str,
    slots: Slots,
    words: Words,
    forward: list[tuple[str, str]],
    backward: list[tuple[str, str]],
) -> None:
    """The frames that the grammar of the phrase gives."""
    tokens = [t for t in phrase.split() if t not in ("is", "was", "are", "be", "the", "a", "an")]
    if not tokens:
        return
    if tokens[0] in ("has", "have", "had") and len(tokens) > 1:
        tokens = tokens[1:]
    preposition = tokens[-1] if len(tokens) > 1 and tokens[-1] in PREPOSITIONS else ""
    verb = words.verb(tokens[0])
    if verb and preposition:
        forward.extend(_participle_frames(verb, tokens[1:-1], preposition, words))
    elif preposition:
        forward.extend(_before_preposition(tokens, preposition, words))
    elif len(tokens) == 1 and (verb or _finite(tokens[0], words)):
        forward.append(("verb", verb or _finite(tokens[0], words)))
    else:
        _noun_phrase(tokens, slots, words, forward, backward)


def _participle_frames(
    verb: str, middle: list[str], preposition: str, words: Words
) -> Iterator[tuple[str, str]]:
    """ "directed by", "based on", "designated as terrorist by"."""
    inside = f" {' '.join(middle)}" if middle else ""
    if preposition == "by":
        yield "verb", f"Y {verb} X{inside}"
        if not middle:
            yield "compound", f"Y-{_participle(verb, words)} X"
    else:
        yield "verb", f"{verb} X{inside} {preposition} Y"
        yield "verb", f"X {verb}{inside} {preposition} Y"


def _participle(verb: str, words: Words) -> str:
    """The past participle of a verb."""
    irregular = next((p for p, v in sorted(words.data["participles"].items()) if v == verb), "")
    return irregular or (f"{verb}d" if verb.endswith("e") else f"{verb}ed")


def _before_preposition(tokens: list[str], preposition: str, words: Words) -> Iterator[tuple[str, str]]:
    """ "member of", "works for", "indigenous to", "lyrics by"."""
    first = _finite(tokens[0], words)
    phrase = " ".join([*tokens[:-2], singular(tokens[-2]), preposition])
    if first and (tokens[0] != first or first not in words.above):
        yield "verb", " ".join([first, *tokens[1:]])
        return
    if preposition == "by":
        for verb in words.agents.get(tokens[-2], ()):
            yield "verb", f"Y {verb} X"
    yield "noun", phrase
    if len(tokens) == 2:
        yield "adjective", " ".join(tokens)


def _finite(word: str, words: Words) -> str:
    """The verb of a third person ("employs") or of a bare form ("employ")."""
    for stem in (word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"):
        if stem != word and stem in words.verbs:
            return stem
    return word if word in words.verbs and word not in words.above else ""


def _noun_phrase(
    tokens: list[str],
    slots: Slots,
    words: Words,
    forward: list[tuple[str, str]],
    backward: list[tuple[str, str]],
) -> None:
    """ "director", "place of birth", "member of sports team", "drainage basin"."""
    head, _, rest = " ".join(tokens).partition(" of ")
    noun = " ".join([*head.split()[:-1], singular(head.split()[-1])])
    last = noun.split()[-1]
    if last in words.data["places"]["words"] and rest:
        forward.extend(_place_frames(rest.split()[-1], words))
        return
    person = kind_of([noun], words) == "Person"
    if rest and person and slots.domain == "Person":
        forward.append(("noun", f"{noun} of"))
        verbs = words.agents.get(last, ())
        forward.extend(("verb", f"X {verb} Y") for verb in verbs)
        return
    backward.append(("noun", noun))
    if rest:
        backward.append(("noun", " ".join([noun, "of"])))
    if person and slots.domain == slots.range == "Person":
        return
    forward.extend(("verb", f"Y {verb} X") for verb in words.agents.get(last, ()))


def _place_frames(event: str, words: Words) -> Iterator[tuple[str, str]]:
    """ "place of birth": what happens at birth, there."""
    verbs = words.data["dates"]["verbs"].get(event) or words.events.get(event, ())
    for verb in verbs:
        for preposition in words.data["places"]["prepositions"]:
            yield "verb", f"{verb} X {preposition} Y"
            yield "verb", f"X {verb} {preposition} Y"


def _says_date(plain: str, words: Words) -> bool:
    tokens = plain.split()
    return bool(tokens) and (
        tokens[-1] in words.data["dates"]["words"] or tokens[0] in words.data["dates"]["words"]
    )


def _date_frames(plain: str, words: Words) -> Iterator[Frame]:
    """The event of a date ("publication date", "date of birth", "inception") with its prepositions."""
    table: dict[str, list[str]] = words.data["dates"]["verbs"]
    if any(word in plain for word in words.data["dates"]["years"]):
        yield from _parsed([("year", "*")])
    for token in [t for t in re.split(r"[\s/]+", plain) if t not in ("of", "the")]:
        verbs = (
            table.get(token) or [words.verb(token)] * bool(words.verb(token)) or words.events.get(token, ())
        )
        for verb in verbs:
            lemma, *fixed = verb.split()
            inside = " ".join(fixed)
            for preposition in words.data["dates"]["prepositions"]:
                rest = f"{inside} {preposition} Y".strip()
                happens = bool(fixed) or lemma in words.data["dates"]["happens"]
                texts = [f"X {lemma} {rest}"] * happens + ([] if fixed else [f"{lemma} X {rest}"])
                yield from _parsed([("verb", text) for text in texts])


def _parsed(texts: Iterable[tuple[str, str]]) -> Iterator[Frame]:
    for kind, text in texts:
        if kind in ("class", "year", "label"):
            yield Frame(kind, (text,), (), "is", "class", False, text)
        else:
            yield parse_frame(kind, text)


def _unique(frames: Iterable[Frame]) -> list[Frame]:
    return list(dict.fromkeys(frames))


def value_nouns(label: str, words: Words) -> tuple[str, ...]:
    """The general nouns whose subordinates are values of a class: of "voice" also "singing voice"."""
    plain = plain_label(label)
    named = words.data["values"].get(plain, ())
    return tuple(dict.fromkeys((plain, *named)))
