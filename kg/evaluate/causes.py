"""Why a claim of the gold was missed, as far as the account of its article tells."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.evaluate.compare import Comparison
from kg.evaluate.gold import GoldClaim
from kg.model import Account, FrameUse, Proposition

_YEAR = re.compile(r"\d{4}(-\d\d){0,2}$")


class Cause(NamedTuple):
    """The kind of cause, which is counted, with its detail and the sentence where one was found."""

    kind: str
    detail: str = ""
    evidence: str = ""


def cause(claim: GoldClaim, case: Comparison, account: Account) -> Cause:
    """The first thing that stands in the way of a claim.

    ``name not seen``, ``names never in one sentence``, ``rejected`` by the ontology, ``frame silent``,
    ``frame said it of others``, or ``no frame fits``.
    """
    prop = case.ontology.properties.get(claim.predicate)
    literal = prop is not None and prop.literal
    names = (claim.subject,) if literal else (claim.subject, claim.object)
    places = [_places(name, case, account) for name in names]
    for name, found in zip(names, places, strict=True):
        if not found:
            return Cause("name not seen", name)
    shared = sorted(set.intersection(*places))
    if literal and _YEAR.match(claim.object):
        shared = [n for n in shared if claim.object[:4] in _sentence(account, n)]
    if not shared:
        return Cause("names never in one sentence")
    stated = {claim.predicate, prop.inverse if prop else None}
    seen = (_in_sentence(stated, account, number) for number in shared)
    return min(seen, key=lambda one: _ORDER.index(one.kind))


_ORDER = ("rejected", "frame silent", "frame said it of others", "no frame fits")
_KINDS = {"rejected": "rejected", "silent": "frame silent", "said": "frame said it of others"}


def _places(name: str, case: Comparison, account: Account) -> set[int]:
    """The sentences in which a thing of the gold is mentioned, by name or not."""
    wanted = case.name(name)
    mentions = account.extraction.mentions
    entities = {m.entity for m in mentions if wanted in (case.name(m.name), case.name(m.text))}
    starts = [m.start for m in mentions if m.entity in entities]
    return {
        number
        for number, (start, end) in enumerate(account.sentences)
        if any(start <= place < end for place in starts)
    }


def _in_sentence(stated: set[str | None], account: Account, number: int) -> Cause:
    """What became of a relation in one sentence that has both its names."""
    start, end = account.sentences[number]
    text = _sentence(account, number)
    here = [p for p in account.propositions if start <= p.start < end]
    uses = [use for p in here for use in p.uses if use.predicate in stated]
    for outcome, kind in _KINDS.items():
        for use in uses:
            if use.outcome == outcome:
                return Cause(kind, _told(use), text)
    return Cause("no frame fits", "; ".join(_words(here)), text)


def _sentence(account: Account, number: int) -> str:
    start, end = account.sentences[number]
    return " ".join(account.extraction.document.text[start:end].split())


def _told(use: FrameUse) -> str:
    return f"{use.frame}: {use.reason}" if use.reason else use.frame


def _words(here: list[Proposition]) -> list[str]:
    """The words of the sentence that say something, with the relations that they were taken for."""
    return [f"“{p.trigger}” {', '.join(use.predicate for use in p.uses) or '?'}" for p in here]
