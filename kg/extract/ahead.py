"""What a pronoun stands for that is named only behind it.

"Since its founding in 2009, Kestra has grown" and "It will sell its plants, Kestra said": the subject
that the phrase stands before, and who says the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.discourse import Discourse
from kg.extract.standing import SUBJECTS

_BEFORE = ("prep", "advcl", "advmod", "npadvmod")


def named_behind(token: Token, wanted: str, discourse: Discourse) -> int | None:
    """The subject for its "its"; where nothing of the sort was named yet, who says so.

    ``wanted`` is "m", "f" or "thing".
    """
    kind = "Organization" if wanted == "thing" else "Person"
    first = kind in discourse.know.ontology.types and not discourse.has_seen(kind)
    whose = wanted == "thing" and token.dep_ == "poss"
    found = _fronted(token, discourse) if first or whose else None
    if found is None and first:
        found = _sayer(token, discourse)
    return found if found is not None and discourse.of_class(found, kind) else None


def _fronted(token: Token, discourse: Discourse) -> int | None:
    """Whose the "its" of a phrase before the subject is: the subject's."""
    return _named((s for s in _behind(token)), discourse)


def _sayer(token: Token, discourse: Discourse) -> int | None:
    """Who says behind a clause what is said in it."""
    verbs = discourse.know.lexicon["attribution.verbs"]
    told = (a.head for a in token.ancestors if a.dep_ == "ccomp" and a.head.lemma_ in verbs)
    return _named((s for verb in told for s in _subjects(verb) if s.i > token.i), discourse)


def _named(subjects: Iterator[Token], discourse: Discourse) -> int | None:
    """The thing that the first of some subjects names."""
    subject = next(subjects, None)
    return None if subject is None else discourse.named_at(subject)


def _behind(token: Token) -> Iterator[Token]:
    """The subjects of the clause that a word's phrase or clause stands before."""
    below = token
    for above in token.ancestors:
        if above.pos_ in ("VERB", "AUX"):
            subjects = _subjects(above)
            yield from (s for s in subjects if below.dep_ in _BEFORE and token.i < s.i < above.i)
            if subjects:
                return
        below = above


def _subjects(verb: Token) -> list[Token]:
    return [child for child in verb.children if child.dep_ in SUBJECTS]
