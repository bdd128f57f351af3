"""Frames in words: ``invest in`` as "X invests in Y", as a person would read it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.frames import PREPOSITIONS, Frame

#: What each kind of frame is called, in the order in which they are shown.
KINDS = {
    "verb": "verbs",
    "noun": "nouns",
    "event": "events",
    "adjective": "adjectives",
    "compound": "names alone",
    "origin": "origin",
    "ends": "says that it is over",
}
_IRREGULAR = {"be": "is", "have": "has", "do": "does", "go": "goes"}


def phrases(frames: Iterable[Frame], x: str = "X", y: str = "Y") -> dict[str, tuple[str, ...]]:
    """The ways to say a relation by kind, each sorted; ``x`` and ``y`` stand for its subject and object."""
    found: dict[str, set[str]] = {}
    for frame in frames:
        found.setdefault("ends" if frame.ends else frame.kind, set()).add(phrase(frame, x, y))
    return {kind: tuple(sorted(found[kind])) for kind in KINDS if kind in found}


def phrase(frame: Frame, x: str = "X", y: str = "Y") -> str:
    """A frame in words.

    >>> from kg.frames import parse_frame
    >>> phrase(parse_frame("verb", "sell Y to X")), phrase(parse_frame("noun", "investor in"))
    ('somebody sells Y to X', 'X, investor in Y')
    """
    tokens = _SHAPES.get(frame.kind, _as_written)(frame)
    names = {"X": x, "Y": y, "X's": f"{x}'s", "Y's": f"{y}'s", "X,": f"{x},"}
    return " ".join(_named(token, names) for token in tokens)


def _named(token: str, names: dict[str, str]) -> str:
    """A token with its placeholder named, also in ``X-backed``."""
    head, dash, tail = token.partition("-")
    return f"{names[head]}{dash}{tail}" if dash and head in ("X", "Y") else names.get(token, token)


def _verb(frame: Frame) -> list[str]:
    tokens = frame.text.split()
    first = next(n for n, token in enumerate(tokens) if token not in ("X", "Y"))
    tokens[first] = third_person(tokens[first])
    for name, slot in (("X", frame.subject), ("Y", frame.object)):
        if name not in tokens and slot != "subj":
            tokens.append(name)
    for name, slot in (("Y", frame.object), ("X", frame.subject)):
        if name not in tokens and slot == "subj":
            return [name, *tokens]
    return tokens if tokens[0] in ("X", "Y") else ["somebody", *tokens]


def _noun(frame: Frame) -> list[str]:
    return ["X,", *_with_preposition(frame), "Y"]


def _event(frame: Frame) -> list[str]:
    if "X" in frame.text.split():
        return ["the", *_as_written(frame)]
    return ["X's", *_with_preposition(frame), "Y"]


def _adjective(frame: Frame) -> list[str]:
    return ["X", "is", *frame.text.split(), "Y"]


def _origin(frame: Frame) -> list[str]:
    alone = frame.text == "Y"  # "X, a Conservative"
    return ["X,", "a", "Y"] if alone else _as_written(frame)


def _as_written(frame: Frame) -> list[str]:
    return frame.text.split()


def _with_preposition(frame: Frame) -> list[str]:
    tokens = frame.text.split()
    return tokens if tokens[-1] in PREPOSITIONS and len(tokens) > 1 else [*tokens, "of"]


_SHAPES = {
    "verb": _verb,
    "ends": _verb,
    "noun": _noun,
    "event": _event,
    "adjective": _adjective,
    "origin": _origin,
}


def third_person(lemma: str) -> str:
    """The verb of "she …".

    >>> [third_person(verb) for verb in ("invest", "buy", "carry", "launch", "have", "co-lead")]
    ['invests', 'buys', 'carries', 'launches', 'has', 'co-leads']
    """
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return f"{lemma[:-1]}ies"
    return f"{lemma}{'es' if lemma.endswith(('s', 'x', 'z', 'ch', 'sh', 'o')) else 's'}"
