"""The pass as components of a spaCy pipeline, registered under ``spacy_factories``.

``kg_lines`` runs before the tagger (sentences end with lines), the others after the recogniser. A
component takes the path of an ontology file; "" is the default ontology. spaCy hands every factory
the pipeline and a name, which ours do not need.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from functools import lru_cache
from typing import Any, cast
from weakref import WeakValueDictionary

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import aliases
from kg.extract.coref import resolve_references
from kg.extract.entities import group_names
from kg.extract.foreign import find_values
from kg.extract.gazetteer import NameFinder
from kg.extract.knowledge import Knowledge
from kg.extract.misparsed import mend
from kg.extract.names import find_demonyms, find_names, surface
from kg.extract.relatives import where_mentions
from kg.extract.retype import retype
from kg.extract.snapshot import renewed, snapshot
from kg.extract.state import (
    Bracket,
    BracketName,
    entities_of,
    named_of,
    set_bracket_names,
    set_brackets,
    set_entities,
    set_headlines,
    set_named,
)
from kg.extract.sums import mark_ranges, mark_sums, split_sums
from kg.extract.text import Line, prepare
from kg.extract.titles import keep_articles, widen_names
from kg.model import Document
from kg.ontology import load_ontology

LINES = "kg_source_lines"


def shape_tokens(nlp: Language, know: Knowledge) -> None:
    """Keep "co-founded" and the frames' "buy-out" one token: split in three the parser is lost.

    Nor is "wed" a "we'd" without its apostrophe.
    """
    tokenizer = cast(Any, nlp.tokenizer)  # compiled, without type stubs
    tokenizer.rules = {word: rule for word, rule in tokenizer.rules.items() if word.lower() != "wed"}
    before = tokenizer.token_match
    frames = [item.frame for found in know.frames.values() for item in found if item.frame.kind != "compound"]
    words = {word for frame in frames for word in (*frame.words, *frame.fixed) if "-" in word}
    whole = [r"(?:co|re)-[a-z]{3,}", *(rf"{re.escape(word)}s?" for word in sorted(words))]
    hyphenated = re.compile("|".join(whole), re.IGNORECASE)

    def match(text: str) -> object:
        return hyphenated.fullmatch(text) or (before(text) if before else None)

    tokenizer.token_match = match


def make_doc(nlp: Language, document: Document) -> Doc:
    """The Doc of a document's prepared text, with its lines; offsets are those of the source."""
    prepared = prepare(document.text)
    doc = split_sums(nlp.make_doc(prepared.text))
    doc.user_data[LINES] = list(prepared.lines)
    set_brackets(doc, [Bracket(start, end, document.text[start:end]) for start, end in prepared.brackets])
    return doc


#: What extractors know, by the key that their pipelines have in place of a path.
_shared: WeakValueDictionary[str, Knowledge] = WeakValueDictionary()


def share(know: Knowledge) -> str:
    """A key by which the components of a pipeline find what its extractor knows."""
    key = f"{know.ontology.path} ({id(know)})"
    _shared[key] = know
    return key


def knowledge(ontology: str) -> Knowledge:
    """What was shared under a key, or is made from an ontology file, once for each file."""
    return _shared.get(ontology) or _read(ontology)


@lru_cache(maxsize=8)
def _read(path: str) -> Knowledge:
    return Knowledge(load_ontology(path or None))


#: Abbreviations that go on: what they stand before belongs to them.
_CLOSING = frozenset(".!?:;…\"'”’)]")
_GO_ON = frozenset(("bros.", "vs.", "mt.", "st.", "dr.", "mr.", "mrs.", "ms."))
#: The same where the tokenizer takes the point for a word of its own.
_SHORT = frozenset(
    "ass assn ave blvd bro capt cie cmdr col cpl dept det etc fig fr ft hon insp intl lt maj mfg mlle mme"
    " natl no pfc plc pres pty pvt sgt sta supt tel univ vol".split()
)


@Language.component("kg_lines")
def kg_lines(doc: Doc) -> Doc:
    """Start a sentence at each line, and keep the headlines."""
    lines = cast(list[Line], doc.user_data.pop(LINES, []))
    starts = {line.start for line in lines}
    set_headlines(doc, [(line.start, line.end) for line in lines if line.headline])
    marks = np.array(list(_starts(doc, starts)), dtype=np.int64)
    cast(Any, doc).from_array(["SENT_START"], marks.astype(np.uint64))
    return doc


def _starts(doc: Doc, lines: set[int]) -> Iterator[int]:
    """1 where a sentence begins, 0 where the parser is to decide, -1 where nothing before closes one."""
    before, ends = "", False
    for token in doc:
        text = token.text
        if ends and text[:1].isupper() and token.idx not in lines:
            yield 1
            before, ends = text, False
            continue
        ends = text == "." and bool(token.whitespace_) and _is_last_word(before)
        free = not before or (before[-1] in _CLOSING and before.lower() not in _GO_ON)
        yield 1 if token.idx in lines else 0 if free and not text.isspace() else -1
        before = before if text.isspace() else text


def _is_last_word(word: str) -> bool:
    """Whether a point behind a word ends a sentence: "Moe. Kestra Labs", not "J. Moe" or "Sgt. Moe"."""
    return len(word) > 2 and word.isalpha() and not word.isupper() and word.lower() not in _SHORT


def correct_lemmas(doc: Doc, lemmas: dict[str, str], nouns: Container[str] = ()) -> None:
    """The lemmas that the rules get wrong, and words that the tagger takes for others.

    "Headquartered in Y, X" begins with a verb and not with a name; "helped found X" founds, it finds
    nothing; "the Boston biotech X" has a noun beside its names.
    """
    for token in doc:
        lower = token.lower_
        if token.tag_ == "NNP" and token.text in nouns:
            token.tag_, token.pos_ = "NN", "NOUN"
        if lower == "found" and token.dep_ in ("xcomp", "ccomp") and token.head.lemma_ == "help":
            token.lemma_ = "found"
        if lower not in lemmas:
            continue
        if token.is_sent_start and token.tag_ == "NNP" and token.dep_ in ("advcl", "prep", "csubj"):
            token.tag_, token.pos_ = "VBN", "VERB"
        if token.pos_ in ("VERB", "AUX", "ADJ"):
            token.lemma_ = lemmas[lower]


@Language.factory("kg_mentions", default_config={"ontology": ""})
def make_mentions(nlp: Language, name: str, ontology: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """Names, their things and their classes."""
    know = knowledge(ontology)
    finder = NameFinder(nlp, know)

    def mentions(doc: Doc) -> Doc:
        mend(doc)
        correct_lemmas(doc, know.lexicon.lemmas, know.ontology.noun_types)
        mark_sums(doc)
        mark_ranges(doc)
        parsed, doc = doc, renewed(doc)
        spans = finder.add(parsed, widen_names(doc, find_names(doc, know.lexicon), know))
        in_brackets = aliases.bracketed(doc, spans, know.lexicon)
        spans = aliases.repeated(doc, spans, in_brackets)
        other_names = [(alias.of, alias.words) for alias in in_brackets]
        other_names += [(a, surface(doc, b)) for a, b in aliases.spoken(doc, spans, know.lexicon)]
        demonyms = find_demonyms(doc, spans, know.lexicon)
        entities, named = group_names(doc, [*spans, *demonyms], know, other_names)
        numbers = {mention.start: mention.entities[0] for mention in named}
        set_bracket_names(doc, [BracketName(numbers[a.of.start], a.start, a.end) for a in in_brackets])
        named.extend(find_values(doc, entities, named, know))
        set_entities(doc, entities)
        set_named(doc, named)
        retype(doc, know)
        set_entities(doc, keep_articles(doc, entities_of(doc), named, know))
        return parsed

    return mentions


@Language.factory("kg_coref", default_config={"ontology": ""})
def make_coref(nlp: Language, name: str, ontology: str) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """Pronouns and descriptions."""
    know = knowledge(ontology)

    def coref(parsed: Doc) -> Doc:
        doc = snapshot(parsed)
        named, entities = named_of(doc), entities_of(doc)
        named += resolve_references(doc, entities, named, know)
        set_named(doc, named + list(where_mentions(doc, entities, named, know)))
        set_entities(doc, entities)
        return parsed

    return coref
