"""Names that the recogniser cut in two, for ontologies without a lexicon of their own.

"Copper | Falcons", "Tour | of the Hale Valley", "Orm the | Bold": two spans side by side, or with small
words between them, of which one is only half a name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.extract.capitals import is_capital
from kg.extract.knowledge import Knowledge
from kg.extract.names import NameSpan

#: What takes place or is told, by what follows "of": "Tour of the Hale Valley", "Battle of Orrin".
_HEADS = frozenset(
    "tour race rally volta vuelta giro cup open battle siege treaty estuary bay gulf book books tale tales"
    " diary diaries chronicle chronicles legend legends song songs house prince princess duke earl count king"
    " queen league left union alliance front coalition movement council kingdom republic museum bank".split()
)
_OF = (["of"], ["of", "the"], ["de"], ["a"], ["du"])
#: Small words inside names of persons and works of the Romance and Germanic languages.
_PARTICLES = frozenset("di de del della du da do dos van von der den la el al bin ibn e y et und og".split())
#: Labels of which the second half of a name may be, after a half of which nothing is known.
_AFTER = frozenset(("", "ORG", "LOC", "PRODUCT", "WORK_OF_ART"))


def joined_halves(doc: Doc, spans: Iterable[NameSpan], know: Knowledge) -> Iterator[NameSpan]:
    """The names of a document in order, halves side by side joined to one name."""
    waiting: NameSpan | None = None
    for span in spans:
        if waiting is not None:
            label = _as_one(doc, waiting, span, know)
            if label is not None:
                waiting = NameSpan(waiting.start, span.end, label)
                continue
            yield waiting
        waiting = span
    if waiting is not None:
        yield waiting


def _as_one(doc: Doc, one: NameSpan, other: NameSpan, know: Knowledge) -> str | None:
    """The label of two names as one; None where they are two."""
    if doc[one.start].sent != doc[other.start].sent:
        return None
    between = [token.lower_ for token in doc[one.end : other.start]]
    if not between:
        return _label(one, other) if _is_cut(doc, one, other, know) else None
    if between in _OF and doc[one.end - 1].lower_ in _HEADS and one.label != "PERSON":
        return one.label if one.label in ("ORG", "EVENT") else ""
    if len(between) == 1 and between[0] in _PARTICLES and "GPE" not in (one.label, other.label):
        return "PERSON" if {one.label, other.label} <= {"PERSON", ""} else _label(one, other)
    if len(between) == 1 and between[0] in ("'s", "’s", ",", "'") and doc[one.end - 1].whitespace_:
        return ""  # written in tokens: "Miller 's Crossing"
    if between == ["the"] and one.label in ("", "PERSON") and one.end - one.start == 1:
        return "PERSON" if other.label in ("", "ORG", "PERSON", "PRODUCT", "WORK_OF_ART") else None
    names_two = between == ["and"] and one.label == "ORG" and {other.label} <= {"GPE", "LOC"}
    if names_two and doc[one.end - 1].ent_type_ in ("ORG", "GPE") and _is_of_place(doc, one, know):
        return "ORG"  # "Water Board of Hale and Orrin"
    return None


def _is_of_place(doc: Doc, one: NameSpan, know: Knowledge) -> bool:
    """Whether a name ends with whose it is: "Water Board of Hale"."""
    small = [token.i for token in doc[one.start : one.end] if token.lower_ == "of"]
    return bool(small) and one.end - small[-1] < 4 and doc[small[-1] + 1 : one.end].text in know.gazetteer


def _is_cut(doc: Doc, one: NameSpan, other: NameSpan, know: Knowledge) -> bool:
    """Whether two names side by side are halves: nothing is known of one, and the other is no person."""
    if not doc[one.end - 1].whitespace_ or not is_capital(doc[one.end - 1]):
        return False
    first = doc[one.start : one.end].text
    known = first in know.gazetteer or first in know.demonyms or doc[one.start].ent_type_ == "NORP"
    role = know.lexicon.has("names.role_words", doc[one.end - 1].lower_)
    if known or role or not is_capital(doc[other.start]):
        return False
    if one.label == "":
        return other.label in _AFTER
    return one.label in ("ORG", "PRODUCT", "GPE") and other.label == ""


def without_other_name(doc: Doc, span: NameSpan) -> NameSpan:
    """A name without the second one after "or": "Arlen 9 or Type 88", "Ida Moe or Ide Moe"."""
    first, _, second = doc[span.start : span.end].text.partition(" or ")
    other = second.split()
    shared = set(first.split()) & set(other)
    code = (len(other) < 3 and any(c.isdigit() for c in second)) or (len(other) == 1 and second.isupper())
    if not other or not (code or shared) or not other[0][0].isupper():
        return span
    cut = next(token.i for token in doc[span.start : span.end] if token.lower_ == "or")
    return span._replace(end=cut)


def _label(one: NameSpan, other: NameSpan) -> str:
    labels = {one.label, other.label} - {"", "GPE", "LOC"}
    return min(labels, default="")
