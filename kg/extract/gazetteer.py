"""The names of a backbone in a text: found as they are written, whatever the recogniser made of them."""

from __future__ import annotations

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span, Token

from kg.extract.capitals import is_capital
from kg.extract.knowledge import Knowledge
from kg.extract.names import NAME_LABELS, NameSpan
from kg.extract.state import in_headline


class NameFinder:
    """Finds the names of a backbone; made once for a pipeline, because names are split as texts are."""

    def __init__(self, nlp: Language, know: Knowledge) -> None:
        forms = sorted({known.form for known in know.ontology.gazetteer if known.iri})
        self._know = know
        self._matcher = PhraseMatcher(nlp.vocab)
        if forms:
            self._matcher.add("name", [nlp.tokenizer(form) for form in forms])

    def add(self, doc: Doc, spans: list[NameSpan]) -> list[NameSpan]:
        """The spans with those of known names, which win over all that do not hold them whole."""
        if not len(self._matcher):
            return spans
        kept, taken = list(spans), set[int]()
        matches = self._matcher(doc, as_spans=True)
        for match in sorted(matches, key=lambda match: (match.start - match.end, match.start)):
            over = [span for span in kept if span.start < match.end and match.start < span.end]
            wider = any(span.end - span.start > len(match) and _holds(span, match) for span in over)
            free = taken.isdisjoint(range(match.start, match.end))
            if free and not wider and (over or self._is_name(match)):
                taken.update(range(match.start, match.end))
                label = next((span.label for span in over if span.label), "")
                kept = [span for span in kept if span not in over]
                kept.append(NameSpan(match.start, match.end, label))
        return sorted(kept)

    def _is_name(self, match: Span) -> bool:
        """Whether words that the recogniser left are written as a name."""
        if len(match) > 1:
            return any(is_capital(token) or token.is_digit for token in match)
        return self._stands_as_name(match[0])

    def _stands_as_name(self, token: Token) -> bool:
        if token.lower_ in self._know.lexicon["calendar"] or in_headline(token):
            return False
        if token.ent_type_ and token.ent_type_ not in NAME_LABELS:
            return False
        return token.pos_ == "PROPN" or (is_capital(token) and not token.is_sent_start)


def _holds(span: NameSpan, match: Span) -> bool:
    return span.start <= match.start and match.end <= span.end
