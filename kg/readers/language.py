"""Whether a text is English. One that is not is reported and left out, not parsed as if it were."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

#: Words that running English cannot do without, and that other languages hardly share.
_ENGLISH = frozenset(
    "and been by could from he his is it its not of said says she that the their they this to was were which"
    " with would".split()
)
_WORD = re.compile(r"[^\W\d_]+")
#: Of the words of English news a sixth or more are among these; a twentieth is left to a mixed text.
_ENOUGH = 0.05
#: Fewer letters than this are a headline or a list of names, which belong to no language.
_SHORT = 100
#: What may be left for English once the letters are weighed.
_HARDLY = 0.01


def foreign(text: str) -> str | None:
    """The language of a text that is surely not English; None for English, short and mixed texts.

    >>> foreign("Der Konzern hat am Montag in München mitgeteilt, dass er das Unternehmen übernehmen will, "
    ...     "sobald die Behörden zugestimmt haben.")
    'German'
    >>> foreign("Süddeutsche Zeitung: Volkswagen AG")
    """
    words = _WORD.findall(text.lower())
    if sum(map(len, words)) < _SHORT or sum(word in _ENGLISH for word in words) >= _ENOUGH * len(words):
        return None
    ranked = _identifier().rank(text)  # only now: it takes a second to load, and most texts are English
    if ranked[0][0] == "en" or dict(ranked)["en"] >= _HARDLY:
        return None
    from babel import Locale

    code = ranked[0][0]
    return str(Locale("en").languages.get(code, f"the language {code}"))


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
