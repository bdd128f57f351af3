"""What stands around a word in a sentence, read from left to right without the tree.

Titles of works, galaxies or species break the parse around them, while the order of an encyclopedic
sentence is plain: a word that says a relation, its preposition, the names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.extract.state import LocalEntity, Named
from kg.frames import PREPOSITIONS

_REACH = 40  # tokens to the right of a trigger
_LIST = frozenset((",", "and", "&", "or", "/", "also", "both"))
_STOP = frozenset((";", "but", "while", "when", "where", "because", "although", "though", "whereas", "if"))
_FINITE = ("VBD", "VBZ", "VBP", "MD")
#: Prepositions whose object says more of the name before, not of the trigger: a list goes on after it.
_INNER = frozenset(("of", "as", "in", "from", "with", "at", "on"))
#: Prepositions that bring in another thing, of which "by" says who made it: "with music by Y".
_BESIDE = frozenset(("with", "to", "on", "featuring", "including"))
#: Nouns for a part of a place: who lies at its end lies at it.
_SIDES = frozenset(
    "town city village suburb district province county valley state island"
    " end part side slope foot edge shore bank outskirt centre center heart middle region area head tip"
    " top base coast corner flank extremity outskirts vicinity"
    " portion section half border form dialect variety kind".split()
)
#: Nouns that only introduce the names of what follows: "the voices of", "the singles", "a cast of".
_THROUGH = frozenset(
    "voice talent cast performance appearance likes role music story member title likeness".split()
)


class Place(NamedTuple):
    """A mention, or a date, to the right of a trigger, with the preposition that it stands behind."""

    preposition: str
    mention: Named | None
    token: Token


def rights(trigger: Token, at: dict[int, Named], entities: list[LocalEntity]) -> list[Place]:
    """The names, values and dates after a trigger in its clause, in their order."""
    return list(_Scan(trigger, at, entities).places())


class _Scan:
    """One walk to the right; holds what a list of names goes on with."""

    def __init__(self, trigger: Token, at: dict[int, Named], entities: list[LocalEntity]) -> None:
        self.trigger, self.at, self.entities = trigger, at, entities
        self.doc: Doc = trigger.doc
        self.preposition = ""
        self.lists: list[tuple[str, str]] = []  # preposition and class of the lists that may go on
        self.separated = False
        self.since = False  # whether a date alone stood since the last name: "on X in 1996 and Y"
        self.outer = ""  # the preposition of a part of a place: "at the end of Y" is at Y and of Y

    def places(self) -> Iterator[Place]:
        """The walk itself."""
        index = self.trigger.i + 1
        end = min(self.trigger.sent.end, index + _REACH)
        dated = False
        while index < end:
            token, mention = self.doc[index], self.at.get(index)
            if mention is not None and mention.start == index:
                yield from self._named(mention)
                index, dated = mention.end, False
                continue
            if token.lower_ == "what" and (known := self._now_known(token)):
                index = known
                continue
            if self._stops(token):
                return
            if token.ent_type_ == "DATE" or _is_year(token):
                if not dated:
                    yield Place(self.preposition, None, token)
                dated = self.since = True
            else:
                dated = dated and token.text in (",", "-", "–")
                self._note(token)
            index += 1

    def _now_known(self, token: Token) -> int:
        """Where "of what is now known as Y" goes on with the name; 0 for another clause."""
        words = [word.lower_ for word in self.doc[token.i + 1 : token.i + 6]]
        said = next((i for i, word in enumerate(words) if word in ("known", "called")), None)
        if said is None or said + 1 >= len(words) or words[0] not in ("is", "was", "would", "became"):
            return 0
        return token.i + 2 + said + (words[said + 1] == "as")

    def _named(self, mention: Named) -> Iterator[Place]:
        after = self.doc[mention.end] if mention.end < len(self.doc) else None
        owner = after is not None and (after.tag_ == "POS" or after.text in ("'s", "’s"))
        if mention.kind in ("demonym", "description") or owner or self._modifies(mention):
            return
        kind = self.entities[mention.entities[0]].type if mention.entities else ""
        if self.separated:
            usual = self.lists[-1][0] if self.since and self.preposition in ("in", "on") else self.preposition
            self.preposition = next((p for p, k in reversed(self.lists) if k == kind), usual)
            self.separated = False
        self.since = False
        self.lists.append((self.preposition, kind))
        word = self.doc[mention.start : mention.end].root
        yield Place(self.preposition, mention, word)
        if self.outer:
            yield Place(self.outer, mention, word)

    def _modifies(self, mention: Named) -> bool:
        """Whether a mention only says more of the name after it: "the singer X", "the League club X"."""
        index = mention.end
        while (
            index < len(self.doc)
            and index not in self.at
            and self.doc[index].pos_ in ("NOUN", "ADJ", "PROPN")
        ):
            index += 1
        after = self.at.get(index)
        return after is not None and after.start == index and after.kind == "name"

    def _note(self, token: Token) -> None:
        """Keep the preposition, or that a list goes on."""
        if "-" in (self.doc[token.i - 1].text, self.doc[min(token.i + 1, len(self.doc) - 1)].text):
            return  # "in turn-of-the-century Hale"
        if token.lower_ in _LIST:
            self.separated = bool(self.lists)
        elif token.lower_ in PREPOSITIONS or token.pos_ == "ADP" or token.lower_ == "including":
            before = self.doc[token.i - 1].lemma_.lower() if token.lower_ == "of" else ""
            through = before in _THROUGH
            if token.lower_ == "by" and self.preposition in _BESIDE and self._is_plain_noun(token.i - 1):
                self.preposition, self.separated = "by it", False  # "written by X with words by Y"
                return
            self.outer = self.preposition if before in _SIDES else ""
            if not through and token.lower_ != "including":
                self.preposition = token.lower_
                self.separated = False

    def _is_plain_noun(self, index: int) -> bool:
        """Whether a noun that is no name or date stands there, after the trigger."""
        token = self.doc[index]
        free = index not in self.at or self.at[index].start != index or token.text.islower()
        return index > self.trigger.i and token.pos_ == "NOUN" and not token.ent_type_ and free

    def _stops(self, token: Token) -> bool:
        """Whether another clause begins."""
        if token.lower_ in _STOP or token.tag_ in ("WDT", "WP", "WP$", "WRB"):
            return True
        if token.lower_ in PREPOSITIONS or token.lower_ == "including":
            return False
        if not token.is_alpha or len(token) == 1 or self.doc[token.i - 1].text == "-":
            return False  # "1,200 m above the sea", "for Orbix-based devices by Y"
        verb = token.tag_ in _FINITE or (token.tag_ in ("VBN", "VBG", "VB") and token.pos_ in ("VERB", "AUX"))
        return verb and not self._shares(token)

    def _shares(self, token: Token) -> bool:
        """ "Written and directed by X": verbs in a row share what follows."""
        if self.lists:
            return False
        same = token.tag_ == self.trigger.tag_ or {token.tag_, self.trigger.tag_} == {"VBN", "VBD"}
        between = self.doc[self.trigger.i + 1 : token.i]
        return same and all(t.lower_ in _LIST or t.pos_ in ("ADV", "VERB") for t in between)


def _is_year(token: Token) -> bool:
    return token.text.isdigit() and len(token) == 4 and token.text[0] in "12"
