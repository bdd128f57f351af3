"""Universities that go by the name of their town: "studied law at Oxford"."""

from __future__ import annotations

from collections import Counter

from spacy.tokens import Token

from kg.english import words
from kg.extract.knowledge import Knowledge

#: More than what speaks for a place that a gazetteer knows.
_SCHOOL = 60


def vote_by_town(form: str, root: Token, tally: Counter[str], know: Knowledge) -> None:
    """Count what the words around a town's name say of it: "studied law at Oxford"."""
    if form in know.gazetteer and know.gazetteer[form].type == "Place":
        kind, weight = _heard(root)
        tally[kind] += weight


def _heard(root: Token) -> tuple[str, int]:
    """The class that the words around a town's name tell, with its weight: what is studied at, or where."""
    studying = words("classes.studying")
    if root.dep_ in ("compound", "nmod", "amod", "npadvmod"):  # "a Cambridge graduate", "Oxford-educated"
        hyphen = root.i + 1 < len(root.doc) and root.nbor(1).text == "-"
        of_one = root.head.lemma_ in (("educate",) if hyphen else words("classes.of_a_school"))
        return ("Organization", _SCHOOL) if of_one else ("", 0)
    prep = root.head
    if root.dep_ != "pobj" or prep.lower_ not in ("at", "from", "in"):
        return "", 0
    if prep.lower_ == "in":
        return "Place", _SCHOOL
    above = prep.head
    told = [above, above.head] if above.dep_ in ("dobj", "attr", "appos", "prep") else [above]
    told += [child for child in above.children if child.dep_ == "dobj"]
    return ("Organization", _SCHOOL) if any(word.lemma_.lower() in studying for word in told) else ("", 0)
