"""When a proposition holds: its own times before those of its clauses, and what an end says of its status."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.english import words
from kg.extract.candidate import Candidate
from kg.extract.gapped import own_values
from kg.extract.knowledge import Knowledge
from kg.extract.lasting import closing, is_spent
from kg.extract.measures import When, is_over, is_scheduled, times
from kg.extract.qualifiers import Reading


class Clock:
    """Reads the times of a document; ``issued`` is its date."""

    def __init__(self, doc: Doc, know: Knowledge, issued: str | None) -> None:
        self.doc, self.know, self.issued = doc, know, issued

    def when(
        self, candidate: Candidate, reading: Reading, status: str, own: Token | None
    ) -> tuple[list[When], str]:
        """The times of a proposition, and its status: a past state that is said to have ended is over."""
        if status == "asserted":
            end = closing(candidate.anchor, self.doc[candidate.trigger[1] - 1])
            if end is not None:
                ends = times((end,), [], self.issued, False, frozenset())
                begun = [
                    when for when in self._times(candidate, reading, status, own) if when.side == "since"
                ]
                return [*begun, *(when._replace(side="until") for when in ends)], "ended"
        spent = is_spent(candidate.anchor)
        before = spent and candidate.anchor.dep_ == "pcomp"  # "since 2021 after running Y": not since 2021
        within = reading._replace(chain=reading.chain[:1]) if before else reading
        whens = self._times(candidate, within, status, own)
        over = is_over(whens, candidate.anchor, self.issued) or spent
        past = candidate.anchor.lemma_ in words("status.lasting.states") and candidate.anchor.tag_ == "VBD"
        if (
            status == "asserted" and not (spent or past) and self._is_to_come(whens)
        ):  # "named X chief executive from 1 May"
            return whens, "planned"
        over = over and status == "asserted"
        if is_scheduled(candidate.anchor) and self._is_to_come(whens, point=True):
            if status == "ended":  # "leaves Kestra on 1 July"
                return [], "asserted"
            return whens, "planned" if status == "asserted" else status
        if status == "asserted" and self._is_to_come(whens, point=True):  # "will stop making it in 2027"
            whens = []
        return whens, "ended" if over else status

    def _is_to_come(self, whens: list[When], point: bool = False) -> bool:
        """Whether a proposition begins after the day of its document, or is of a ``point`` in time then."""
        starts = [when.time.earliest for when in whens if when.side == ("" if point else "since")]
        return bool(starts) and self.issued is not None and starts[0] > self.issued

    def _times(
        self, candidate: Candidate, reading: Reading, status: str, own_name: Token | None
    ) -> list[When]:
        future = status in ("planned", "possible") or reading.status in ("planned", "possible")
        own = self.doc[candidate.trigger[1] - 1]
        if own_name is not None and any(t.ent_type_ == "DATE" for t in own_values(own_name)):
            return times((own_name,), [], self.issued, future, frozenset())
        extra = [own] if own != candidate.anchor else []
        sayers = self.know.lexicon["attribution.verbs"] | self.know.lexicon["status.pending.verbs"]
        found = times(reading.chain, extra, self.issued, future, sayers)
        if found or status != "denied":
            return found
        deniers = [
            t for t in reading.chain[1:] if self.know.lexicon.status.get(("verbs", t.lemma_)) == "denied"
        ]
        return times(tuple(deniers[:1]), [], self.issued, False, frozenset()) if deniers else []
