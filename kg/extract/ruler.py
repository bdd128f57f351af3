"""The model's attribute rules with a memory: nearly all of them ask for one word with its tag and dependency.

spaCy tries each of some two hundred patterns at each word of each document, a tenth of all that its
pipeline does. What a pattern of one word says is the same wherever that word has this tag and dependency.
"""

from __future__ import annotations

from typing import Any, cast

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

#: What patterns may ask of a word so that their answer can be kept.
_KEPT = {"TAG", "LOWER", "DEP", "IS_SPACE"}
#: How many answers are kept.
_MOST = 200_000


def remember_rules(nlp: Language) -> None:
    """Give the attribute ruler of a pipeline a matcher with a memory, where it is spaCy's own."""
    for _, pipe in nlp.pipeline:
        if type(pipe) is AttributeRuler:
            pipe.matcher = cast(Any, RememberingMatcher(pipe))


class RememberingMatcher(Matcher):
    """Finds what the matcher of an attribute ruler finds."""

    def __init__(self, ruler: AttributeRuler) -> None:
        super().__init__(ruler.vocab)
        self._of_one, self._others = Matcher(ruler.vocab), Matcher(ruler.vocab)
        self._known: dict[tuple[int, int, int], list[int]] = {}
        for number, rule in enumerate(ruler.patterns):
            patterns: Any = rule["patterns"]
            self.add(str(number), patterns)  # for whoever asks which there are
            kept = all(len(words) == 1 and words[0].keys() <= _KEPT for words in patterns)
            (self._of_one if kept else self._others).add(str(number), patterns)

    def __call__(self, doc: Doc, **options: Any) -> list[tuple[int, int, int]]:  # type: ignore[override]
        """The rules with the words that they match, in no order."""
        if len(self._known) > _MOST:
            self._known.clear()
        found: list[Any] = self._others(doc, **options) if len(self._others) else []
        for index, token in enumerate(doc):
            key = (token.lower, token.tag, token.dep)
            rules = self._known.get(key)
            if rules is None:
                alone: list[Any] = self._of_one(doc[index : index + 1], **options)
                rules = self._known[key] = [rule for rule, _, _ in alone]
            found += [(rule, index, index + 1) for rule in rules]
        return found
