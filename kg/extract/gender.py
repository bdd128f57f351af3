"""Whether a person is called he or she, as far as names, titles and the word vectors say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from spacy.vocab import Vocab

from kg.extract.lexicon import Lexicon
from kg.extract.state import LocalEntity

Vector = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


#: "Kim Jae-youl", "Tsai Ing-wen": the family name stands first.
_FAMILY_FIRST = re.compile(r"^\w+ (?=[A-Z]\w*-[a-z]\w*$)")


class Gender(NamedTuple):
    """``sex`` is "m", "f" or "" where nothing says; ``given``: the first word is a known given name.

    ``leaning`` is how much nearer the name is to "she" than to "he" in the model's vectors. ``told``:
    a title or a noun says so, as of "her husband, Marcus", who might else be a Mr Marcus or a Ms.
    """

    sex: str
    given: bool
    leaning: float
    told: bool = False


def gender_of(entity: LocalEntity, words: set[str], vocab: Vocab, lexicon: Lexicon) -> Gender:
    """The gender of an entity by its first name, or by titles and nouns that stand beside it (``words``)."""
    given_names = [_FAMILY_FIRST.sub("", name) for name in (entity.name, *entity.aliases)]
    firsts = [name.split()[0].strip(".,'`’").lower() for name in given_names]
    if entity.name in ("(m)", "(f)"):
        return Gender(entity.name[1], True, 0.0)
    told = sex = _one(words | set(firsts), lexicon, "titles") or _one(words, lexicon, "nouns")
    given = False
    for first in firsts:
        known = lexicon.first_name_gender(first)
        given = given or bool(known) or lexicon.is_first_name(first)
        sex = sex or known
    return Gender(sex, given, _leaning(vocab, max(firsts, key=len)) if not sex else 0.0, bool(told))


def _one(words: set[str], lexicon: Lexicon, kind: str) -> str:
    """The gender that words of a list speak for, where they agree."""
    male = not words.isdisjoint(lexicon[f"gender.male_{kind}"])
    female = not words.isdisjoint(lexicon[f"gender.female_{kind}"])
    return "" if male == female else "m" if male else "f"


@lru_cache(maxsize=4096)
def _leaning(vocab: Vocab, word: str) -> float:
    """Between -3 (he) and 3 (she), to one decimal; 0 for a word without a vector."""
    if not vocab.vectors_length:
        return 0.0
    name, he, she = (np.asarray(vocab[form].vector) for form in (word.capitalize(), "he", "she"))
    difference = _cosine(name, she) - _cosine(name, he)
    return round(max(-3.0, min(3.0, 10 * difference)), 1)


def _cosine(a: Vector, b: Vector) -> float:
    length = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / length if length else 0.0
