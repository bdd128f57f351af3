"""The names that spaCy's recogniser finds, found in a third of its time.

Its transition system (BILUO) asks each of some seventy moves at each word whether it may be made now. The
wheels of spaCy 3.8 take and give back Python's lock several times in each such question, which is most of
what the recogniser does. Few of the questions are open: outside of a name the scores of a word depend on
that word alone, so all of them are one product of matrices; inside, the name either goes on or ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc, Span
from thinc.api import Model, NumpyOps

_Floats = NDArray[np.float32]
#: What the model looks at in each state: the word, the first of the open name, the word before.
_LOOKS_AT = 3


class _Moves(NamedTuple):
    """The numbers of the moves by what they do, and the label of each."""

    labels: list[str]
    begin: list[int]
    unit: list[int]
    out: list[int]
    goes_on: dict[str, int]
    ends: dict[str, int]


def quicken_names(nlp: Language) -> None:
    """Put the quick one in the place of a pipeline's entity recogniser, where that is spaCy's own."""
    for name, pipe in list(nlp.pipeline):
        if type(pipe) is EntityRecognizer and _is_usual(pipe):
            nlp.add_pipe("kg_ner", before=name, config={"of": name})
            nlp.disable_pipe(name)


def _is_usual(ner: EntityRecognizer) -> bool:
    """Whether a recogniser decides greedily, by a model of the usual shape, on a processor."""
    model: Any = ner.model
    lower = model.get_ref("lower")
    return (
        ner.cfg["beam_width"] == 1
        and type(model.ops) is NumpyOps
        and model.attrs["has_upper"]
        and not model.attrs["unseen_classes"]
        and lower.get_dim("nF") == _LOOKS_AT
        and lower.get_dim("nP") >= 2  # pieces of a maxout
    )


@Language.factory("kg_ner", default_config={"of": "ner"})
def make_ner(nlp: Language, name: str, of: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """The names of a document as the recogniser of that name finds them."""
    ner: Any = nlp.get_pipe(of)
    moves = _moves_of(ner)

    def recognise(doc: Doc) -> Doc:
        if not len(doc) or any(doc.to_array("ENT_IOB")):  # names set before bind it
            found: Doc = ner(doc)
            return found
        spans = [Span(doc, *where) for where in _names(doc, ner.model, moves)]
        doc.set_ents(spans, default="outside")
        return doc

    return recognise


def _moves_of(ner: Any) -> _Moves:
    named = [ner.moves.get_class_name(number) for number in range(ner.moves.n_moves)]
    kinds = [move.partition("-")[0] for move in named]
    labels = [move.partition("-")[2] for move in named]

    def of(kind: str) -> list[int]:
        return [number for number, own in enumerate(kinds) if own == kind and (labels[number] or kind == "O")]

    goes_on, ends = ({labels[number]: number for number in of(kind)} for kind in "IL")
    return _Moves(labels, of("B"), of("U"), of("O"), goes_on, ends)


def _names(doc: Doc, model: Model[Any, Any], moves: _Moves) -> Iterator[tuple[int, int, str]]:
    """Start, end and label of each name of a document."""
    lower, upper = model.get_ref("lower"), model.get_ref("upper")
    of_words: _Floats = lower.predict(model.get_ref("tok2vec").predict([doc]))  # what it adds, by place
    bias, weights, offsets = lower.get_param("b"), upper.get_param("W"), upper.get_param("b")
    outside = ((of_words[1:, 0] + of_words[0, 1]) + of_words[0, 2]) + bias  # row 0 is that of no word
    scores: _Floats = outside.max(axis=-1) @ weights.T + offsets
    starts, spaces = doc.to_array(["SENT_START", "IS_SPACE"]).T
    last = np.append(starts[1:] == 1, True)  # no name goes on beyond its sentence
    scores[np.ix_((spaces == 1) | last, moves.begin)] = -np.inf
    scores[np.ix_(spaces == 1, moves.unit)] = -np.inf
    possible = sorted((*moves.begin, *moves.unit, *moves.out))
    chosen = np.take(possible, scores[:, possible].argmax(axis=1))
    begins, outs = set(moves.begin), set(moves.out)
    word = 0
    while word < len(doc):
        first, move = word, int(chosen[word])
        word += 1
        if move in outs:
            continue
        label = moves.labels[move]
        open_name = move in begins
        while open_name:
            state = ((of_words[word + 1, 0] + of_words[first + 1, 1]) + of_words[word, 2]) + bias
            hidden = state.max(axis=-1)
            more, end = moves.goes_on[label], moves.ends[label]
            open_name = not last[word] and (
                (weights[more] @ hidden + offsets[more], -more) > (weights[end] @ hidden + offsets[end], -end)
            )
            word += 1
        yield first, word, label
