"""Purposes that were reached, and talks that came to nothing."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.knowledge import Knowledge


def follows_on(verb: Token, know: Knowledge) -> bool:
    """ "Left to start a rival": with verbs of leaving and going the purpose was reached."""
    main = verb.head
    return (
        verb.dep_ == "advcl"
        and main.tag_ in ("VBD", "VBN")
        and main.lemma_ in know.lexicon["status.reached.verbs"]
    )


def is_picked(verb: Token, know: Knowledge) -> bool:
    """ "Was the first to buy", "the only bank to invest": who does so has done it."""
    to = next((c for c in verb.children if c.dep_ == "aux" and c.lower_ == "to"), verb)
    before = verb.doc[to.i - 1] if to.i else verb
    near = [before, *before.children] if before.pos_ in ("ADJ", "NOUN", "PROPN", "NUM") else []
    if verb.dep_ == "relcl":  # "the first bank of the country to buy"
        near += verb.head.children
    return any(word.lower_ in know.lexicon["status.picking.words"] for word in near)


def came_to_nothing(governing: str, chain: list[Token], know: Knowledge) -> bool:
    """Whether what ends is talks about it: "talks about a merger broke down"."""
    about = chain[-2] if len(chain) > 2 else None
    talks = about is not None and about.pos_ == "NOUN" and about.lemma_ in know.lexicon["status.open_nouns"]
    return talks and governing == "ended"
