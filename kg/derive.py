"""How a relation is said, from its name alone: frames out of the labels of any ontology.

"director" gives "X's director, Y", "Y directed X", "X was directed by Y"; "date of birth" gives
"X was born on Y". The words come from the tables of ``kg.words``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kg.frames import PREPOSITIONS, Frame, parse_frame
from kg.words import Words, kind_of, plain_label, singular

_ALTERNATIVES = re.compile(r"\s*(?:,|/| or | and/or )\s*")


class Derived(NamedTuple):
    """What a label gives: frames, frames of the other direction, and whether the values are dates."""

    frames: tuple[Frame, ...] = ()
    inverse: tuple[Frame, ...] = ()
    dates: bool = False


# ---------------------------------------------------------------- properties


class Slots(NamedTuple):
    """What is known of a property beside its label: the kinds of its two sides ("" unknown)."""

    domain: str
    range: str
    free: bool  # whether no range is stated
    dates: bool  # whether the range is a datatype or class of dates
    named: tuple[str, ...] = ()  # what the classes of the range are called


def derive(label: str, slots: Slots, words: Words) -> Derived:
    """The frames of a property from its label and the kinds of its sides."""
    plain = _without_range(_after_modal(plain_label(label)), slots.named, words)
    if slots.dates or (slots.free and _says_date(plain, words)):
        return Derived(tuple(_unique(_date_frames(plain, words))), (), True)
    forward: list[tuple[str, str]] = []
    backward: list[tuple[str, str]] = []
    for phrase in _phrases(plain, words):
        known = _known_ways(phrase, words)
        if known is not None and _is_turned(phrase, words):  # "is author of" is "author" the other way round
            _from_ways(
                {kind: known[kind] for kind in ("verb", "noun", "has") if kind in known}, backward, forward
            )
            continue
        if known is not None:
            _from_ways(known, forward, backward)
            if known.get("whole"):
                continue
        _from_words(phrase, slots, words, forward, backward)
    return Derived(tuple(_unique(_parsed(forward))), tuple(_unique(_parsed(backward))))


def says_what(label: str, words: Words) -> bool:
    """Whether a relation says what a thing is, in common words: "occupation", "genre", "position held"."""
    found = [_known_ways(phrase, words) for phrase in _phrases(plain_label(label), words)]
    return any(known is not None and known.get("kind") for known in found)


def value_list(label: str, words: Words) -> str:
    """The list of the common words that are a relation's values, where its way names one; else ""."""
    found = [_known_ways(phrase, words) for phrase in _phrases(plain_label(label), words)]
    return next((str(known["values"]) for known in found if known is not None and "values" in known), "")


def _after_modal(plain: str) -> str:
    """The verb of a label that says what may be, as a third person: "may cause side effect" is "causes"."""
    first, *rest = plain.split() or [""]
    if not rest or rest[0] == "be" or first not in ("may", "can", "might", "could", "must", "should", "will"):
        return plain
    return " ".join([f"{rest[0]}s", *(word for word in rest[1:2] if word in PREPOSITIONS)])


def _without_range(plain: str, named: Iterable[str], words: Words) -> str:
    """A label without the class of its values at the end: "leads project", "located in city"."""
    for name in map(plain_label, named) if plain and _known_ways(plain, words) is None else ():
        for end in (name, name.split()[-1]) if name else ():
            rest = plain.removesuffix(f" {end}")
            last = rest.split()[-1]
            said = last in PREPOSITIONS or (
                " " not in rest and bool(_verbs(last, words) or _finite(last, words))
            )
            if rest != plain and said and rest not in ("has", "have", "is"):
                return rest
    return plain


def _is_turned(phrase: str, words: Words) -> bool:
    """Whether a label names whose role it is, where the table has the role: "founder of", "is author of"."""
    phrase = phrase.removeprefix("is ")
    head = phrase.removesuffix(" of")
    table: dict[str, dict[str, Any]] = words.data["ways"]
    return phrase == f"{head} of" not in table and head in table.get(head, {}).get("has", ())


def _phrases(plain: str, words: Words) -> list[str]:
    """The alternatives of a label: "discoverer or inventor", "languages spoken, written or signed"."""
    if _is_way(plain, words):
        return [plain]
    return [phrase for phrase in _ALTERNATIVES.split(plain) if phrase]


def _is_way(plain: str, words: Words) -> bool:
    """Whether the table has a way for the words of a label, or for its last ones."""
    tokens = plain.split()
    return any(" ".join(tokens[start:]) in words.data["ways"] for start in range(len(tokens) - 1))


def _known_ways(phrase: str, words: Words) -> dict[str, Any] | None:
    """The entry of the table of ways for a phrase, or for the part of it that names the relation."""
    table: dict[str, dict[str, Any]] = words.data["ways"]
    tokens = [t for t in phrase.split() if t not in ("the", "a", "is", "was", "has")] or phrase.split()
    tries = [phrase, " ".join(tokens), " ".join([*tokens[:-1], singular(tokens[-1])])]
    if " of " in phrase and tokens[0] != "member":  # "coach of sports team" is of coaches, not of players
        tries.append(" ".join(tokens[: tokens.index("of") + 1]))
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
    forward.extend(("noun", f"* {text}") for text in entry.get("with", ()))
    if entry.get("genus"):
        forward.append(("genus", "*"))
    if entry.get("before"):
        forward.append(("before", "*"))
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
    if preposition and _verbs(tokens[0], words):
        for one in _verbs(tokens[0], words):
            forward.extend(_participle_frames(one, tokens[1:-1], preposition, words))
    elif preposition:
        forward.extend(_before_preposition(tokens, preposition, words))
    elif len(tokens) == 1 and (verb or _third_person(tokens[0], words)):
        verb = verb or _third_person(tokens[0], words)
        forward.append(("verb", verb))
        if slots.domain not in ("Person", "Organization"):  # "malaria is treated with Y"
            forward.append(("verb", f"{verb} Y with X"))
    else:
        _noun_phrase(tokens, slots, words, forward, backward)


def _verbs(participle: str, words: Words) -> tuple[str, ...]:
    """The verb of a past participle; of a regular one that no table has the verbs that it may be of."""
    verb = words.verb(participle)
    stem = participle.removesuffix("ed")
    if verb or stem == participle or len(stem) < 3 or participle in words.above:
        return (verb,) if verb else ()
    if stem.endswith("i"):
        return (stem[:-1] + "y",)
    doubled = stem[-1] == stem[-2] and stem[-1] not in "aeiouls"
    return (stem[:-1],) if doubled else (stem, stem + "e")


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
    if preposition == "of" and len(tokens) == 2:  # "translator of": who translates
        for verb in words.agents.get(tokens[0], ()):
            yield "verb", f"X {verb} Y"
    yield "noun", phrase
    if len(tokens) == 2:
        yield "adjective", " ".join(tokens)


def _finite(word: str, words: Words) -> str:
    """The verb of a third person ("employs") or of a bare form ("employ")."""
    for stem in (word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y"):
        if stem != word and stem in words.verbs:
            return stem
    return word if word in words.verbs and word not in words.above else ""


def _third_person(word: str, words: Words) -> str:
    """The verb of a label of one word; one in "s" that is no noun's plural is a verb that no table has."""
    verb = _finite(word, words)
    plural = singular(word) == word or singular(word) in words.above or word.endswith(("ics", "ses"))
    return verb or ("" if plural else word[:-1])


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
            table.get(token)
            or [words.verb(token)] * bool(words.verb(token))
            or words.events.get(token)
            or [token] * (token in words.verbs or token in words.data["dates"]["happens"])
        )
        for verb in verbs:
            lemma, *fixed = verb.split()
            told = [word for word in fixed if word in words.data["dates"]["prepositions"]]
            fixed = [word for word in fixed if word not in told]
            inside = " ".join(fixed)
            for preposition in told or words.data["dates"]["prepositions"]:
                rest = f"{inside} {preposition} Y".strip()
                happens = bool(fixed) or lemma in words.data["dates"]["happens"]
                texts = [f"X {lemma} {rest}"] * happens + ([] if fixed else [f"{lemma} X {rest}"])
                yield from _parsed([("verb", text) for text in texts])


def label_frame(noun: str) -> Frame:
    """The frame of a noun beside which Y stands ("the album Y")."""
    return Frame("label", (noun,), (), "is", "class", False, noun)


def _parsed(texts: Iterable[tuple[str, str]]) -> Iterator[Frame]:
    for kind, text in texts:
        if kind in ("class", "year", "label", "before", "genus"):
            yield Frame(kind, (text,), (), "is", "class", False, text)
        else:
            yield parse_frame(kind, text)


def _unique(frames: Iterable[Frame]) -> list[Frame]:
    return list(dict.fromkeys(frames))
