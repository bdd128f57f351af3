"""The grammar of frames: what each literal means, and what is wrong with those that mean nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.frames import KINDS, PREPOSITIONS, parse_frame

#: Kind and literal → words, fixed words, slot of X, slot of Y.
FRAMES = {
    ("verb", "acquire"): (["acquire"], [], "subj", "obj"),
    ("verb", "invest in"): (["invest"], [], "subj", "in"),
    ("verb", "take over"): (["take"], [], "subj", "over"),
    ("verb", "hold stake in"): (["hold"], ["stake"], "subj", "in"),
    ("verb", "sit on board of"): (["sit"], ["on", "board"], "subj", "of"),
    ("verb", "sell Y to X"): (["sell"], [], "to", "obj"),
    ("verb", "buy Y from X"): (["buy"], [], "from", "obj"),
    ("verb", "Y raise from X"): (["raise"], [], "from", "subj"),
    ("verb", "Y hire X"): (["hire"], [], "obj", "subj"),
    ("verb", "bear X on Y"): (["bear"], [], "obj", "on"),
    ("verb", "name X head of Y"): (["name"], ["head"], "obj", "of"),
    ("ends", "resign from"): (["resign"], [], "subj", "from"),
    ("noun", "founder"): (["founder"], [], "is", "of"),
    ("noun", "chief executive"): (["chief", "executive"], [], "is", "of"),
    ("noun", "investor in"): (["investor"], [], "is", "in"),
    ("event", "acquisition of"): (["acquisition"], [], "poss", "of"),
    ("event", "dependence on"): (["dependence"], [], "poss", "on"),
    ("event", "talk"): (["talk"], [], "poss", "of"),
    ("adjective", "dependent on"): (["dependent"], [], "subj", "on"),
    ("adjective", "worth"): (["worth"], [], "subj", "of"),
    ("compound", "X-backed Y"): (["backed"], [], "mod", "head"),
    ("compound", "Y-based X"): (["based"], [], "head", "mod"),
    ("compound", "X of Y"): (["of"], [], "head", "of"),
    ("origin", "Y X"): (["*"], [], "head", "mod"),
    ("origin", "Y native X"): (["native"], [], "head", "mod"),
    ("origin", "X in Y"): (["in"], [], "head", "in"),
    ("origin", "Y"): (["="], [], "head", "mod"),
}


@pytest.mark.parametrize(("kind", "text"), FRAMES)
def test_frame(kind: str, text: str) -> None:
    frame = parse_frame(kind, text)
    words, fixed, subject, obj = FRAMES[kind, text]
    found = (list(frame.words), list(frame.fixed), frame.subject, frame.object)
    assert found == (words, fixed, subject, obj)
    assert (frame.kind, frame.ends, frame.text) == ("verb" if kind == "ends" else kind, kind == "ends", text)


@pytest.mark.parametrize(
    ("kind", "text", "lemma"),
    [
        ("verb", "sit on board of", "sit"),
        ("noun", "chief executive", "executive"),
        ("event", "talk with", "talk"),
    ],
)
def test_the_lemma_is_the_word_a_clause_is_looked_up_by(kind: str, text: str, lemma: str) -> None:
    assert parse_frame(kind, text).lemma == lemma


WRONG = {
    ("verbs", "acquire"): '"verbs" is not a kind of frame',
    ("verb", ""): "a frame is a lemma with at most one X and one Y",
    ("verb", "X"): "a frame is a lemma with at most one X and one Y",
    ("verb", "X sell X to Y"): "a frame is a lemma with at most one X and one Y",
    ("verb", "Acquire"): "write lemmas in lower case; capitals are for X and Y alone",
    ("noun", "CEO"): "write lemmas in lower case; capitals are for X and Y alone",
    ("noun", "founder of Y"): "X and Y have fixed places in a lex:noun frame",
    ("event", "X acquisition of"): "X and Y have fixed places in a lex:event frame",
    ("adjective", "X dependent on"): "X and Y have fixed places in a lex:adjective frame",
    ("compound", "backed"): 'a compound is written "X-backed Y" or "Y-based X", of names alone "X of Y"',
    ("compound", "X-backed X"): 'a compound is written "X-backed Y" or "Y-based X", of names alone "X of Y"',
    ("compound", "X-Backed Y"): 'a compound is written "X-backed Y" or "Y-based X", of names alone "X of Y"',
    ("origin", "X Y"): 'an origin is written "Y X", with nothing or a fixed word between, "X in Y" or "Y"',
    ("origin", "X"): 'an origin is written "Y X", with nothing or a fixed word between, "X in Y" or "Y"',
    ("verb", "X and Y merge Z"): "write lemmas in lower case; capitals are for X and Y alone",
}


@pytest.mark.parametrize(("kind", "text"), WRONG)
def test_what_is_wrong_is_said(kind: str, text: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - the whole message is compared
        parse_frame(kind, text)
    assert str(caught.value) == WRONG[kind, text]


WORDS = st.sampled_from(
    ["X", "Y", "X-backed", "Y-based", "buy", "stake", "%", "$", *sorted(PREPOSITIONS)[:8]]
)


@given(st.sampled_from((*KINDS, "other")), st.lists(WORDS, max_size=5).map(" ".join) | st.text(max_size=20))
def test_any_literal_is_a_frame_or_a_reason(kind: str, text: str) -> None:
    try:
        frame = parse_frame(kind, text)
    except ValueError:
        return  # what it says is compared above
    assert frame.subject != frame.object
    assert frame.lemma
    assert not {"X", "Y"} & {*frame.words, *frame.fixed}
