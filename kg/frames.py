"""The grammar of lexical frames: how a relation is said, one literal for each way.

A frame is a lemma followed by the words that belong to it, in the order of the clause. The
capitals ``X`` and ``Y`` stand for the relation's subject and object where they are not in the usual
places (X the clause's subject, Y the object of the last preposition or the direct object).
"""

from __future__ import annotations

from dataclasses import dataclass

#: The kinds of frame, named as in the ``lex:`` vocabulary.
KINDS = ("verb", "noun", "event", "adjective", "compound", "origin", "ends")

PREPOSITIONS = frozenset(
    "about across after against alongside among around as at before behind between by during for from in"
    " inside into of off on onto out over since that through throughout to toward towards under until up"
    " upon via whether with within".split()
)


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to say a relation.

    ``words`` are the lemma (for nouns of several words: all of them, the head last) and
    ``fixed`` the words that must be there beside it. ``subject`` and ``object`` name the slots of
    X and Y: ``subj``, ``obj``, ``is``, ``poss`` or a preposition. ``ends``: saying so means that
    the relation is over.
    """

    kind: str
    words: tuple[str, ...]
    fixed: tuple[str, ...]
    subject: str
    object: str
    ends: bool
    text: str

    @property
    def lemma(self) -> str:
        """The word that a clause is looked up by."""
        return self.words[0] if self.kind == "verb" else self.words[-1]


def parse_frame(kind: str, text: str) -> Frame:
    """The frame of one literal; a ValueError says what is wrong with it.

    >>> parse_frame("verb", "invest in").object
    'in'
    >>> parse_frame("verb", "sell Y to X").subject
    'to'
    """
    tokens = text.split()
    plain = [token for token in tokens if token not in ("X", "Y")]
    if kind not in KINDS:
        raise ValueError(f'"{kind}" is not a kind of frame')
    if (
        not tokens
        or (kind != "origin" and not plain)
        or len(tokens) != len(plain) + len(set(tokens) & {"X", "Y"})
    ):
        raise ValueError("a frame is a lemma with at most one X and one Y")
    if kind == "compound":
        return _compound(tokens, text)
    if kind == "origin":
        return _origin(tokens, plain, text)
    if any(token != token.lower() for token in plain):
        raise ValueError("write lemmas in lower case; capitals are for X and Y alone")
    if kind in ("verb", "ends"):
        return _verb(tokens, plain, kind == "ends", text)
    return _nominal(kind, tokens, plain, text)


def _compound(tokens: list[str], text: str) -> Frame:
    """``X-backed Y``: the name, the participle, what it describes; or names alone: ``X's Y``, ``X of Y``."""
    if tokens in (["X's", "Y"], ["Y's", "X"]):
        slots = ("mod", "head") if tokens[0] == "X's" else ("head", "mod")
        return Frame("compound", ("'s",), (), *slots, False, text)
    if tokens[0] == "X" and tokens[-1] == "Y" and len(tokens) == 3 and tokens[1] in PREPOSITIONS:
        return Frame("compound", (tokens[1],), (), "head", tokens[1], False, text)
    first, _, participle = tokens[0].partition("-")
    if len(tokens) != 2 or {first, tokens[1]} != {"X", "Y"} or not participle.islower():
        raise ValueError('a compound is written "X-backed Y" or "Y-based X", of names alone "X of Y"')
    slots = ("mod", "head") if first == "X" else ("head", "mod")
    return Frame("compound", (participle,), (), *slots, False, text)


def _origin(tokens: list[str], plain: list[str], text: str) -> Frame:
    """``Y X``: the adjective of a place before a noun for X ("a French painter"); ``X in Y``; ``Y`` alone."""
    if tokens == ["Y"]:
        return Frame("origin", ("=",), (), "head", "mod", False, text)
    if tokens == ["X", *plain, "Y"] and len(plain) == 1 and plain[0] in PREPOSITIONS:
        return Frame("origin", tuple(plain), (), "head", plain[0], False, text)
    if tokens[:1] != ["Y"] or tokens[-1:] != ["X"]:
        raise ValueError('an origin is written "Y X", with nothing or a fixed word between, "X in Y" or "Y"')
    return Frame("origin", tuple(plain) or ("*",), (), "head", "mod", False, text)


def _verb(tokens: list[str], plain: list[str], ends: bool, text: str) -> Frame:
    """The slots of a verb: placeholders where they are written, else the usual places."""
    lemma = plain[0]
    slots = {token: _slot(tokens, index, lemma) for index, token in enumerate(tokens) if token in ("X", "Y")}
    last = plain[-1] if len(plain) > 1 and plain[-1] in PREPOSITIONS else "obj"
    taken = set(slots.values())
    subject = slots.get("X", "subj" if "subj" not in taken else last)
    obj = slots.get(
        "Y", last if last != subject and last not in taken else "subj" if subject != "subj" else "obj"
    )
    if subject == obj:
        raise ValueError("X and Y stand in the same place")
    fixed = tuple(word for word in plain[1:] if word not in (subject, obj))
    return Frame("verb", (lemma,), fixed, subject, obj, ends, text)


def _slot(tokens: list[str], index: int, lemma: str) -> str:
    """The slot of the placeholder at an index: before the lemma, after a preposition, or the object."""
    if index < tokens.index(lemma):
        return "subj"
    before = tokens[index - 1]
    return before if before in PREPOSITIONS else "obj"


def _nominal(kind: str, tokens: list[str], plain: list[str], text: str) -> Frame:
    """Nouns and adjectives: X bears the noun or has the event, Y follows the preposition."""
    if {"X", "Y"} & set(tokens):
        return _exchange(kind, tokens, text)
    preposition = plain[-1] if len(plain) > 1 and plain[-1] in PREPOSITIONS else ""
    words = tuple(plain[:-1] if preposition else plain)
    subject = {"noun": "is", "event": "poss", "adjective": "subj"}[kind]
    return Frame(kind, words, (), subject, preposition or "of", False, text)


def _exchange(kind: str, tokens: list[str], text: str) -> Frame:
    """``sale of Y to X``: an event noun with both of them behind prepositions."""
    places = {token: tokens[number - 1] for number, token in enumerate(tokens) if token in ("X", "Y")}
    if kind != "event" or len(places) != 2 or not PREPOSITIONS.issuperset(places.values()):
        raise ValueError(f"X and Y have fixed places in a lex:{kind} frame")
    words = tuple(token for token in tokens if token not in (*places, *places.values()))
    return Frame(kind, words, (), places["X"], places["Y"], False, text)
