"""Names and values that only an ontology without a lexicon of its own needs.

Such an ontology is often about works, teams, galaxies, species, which the recogniser was not taught:
titles at the start of a sentence and in quotation marks, names with numbers, and common words that
are values ("a tenor", "for piano", "in Latin").
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg import derive
from kg.extract.knowledge import Knowledge
from kg.extract.names import NameSpan, is_capital
from kg.extract.state import LocalEntity, Named
from kg.ontology import ontology_path

_JOINERS = frozenset(
    "... … of the and in to for on a an at by with from de la le del der die das des du von van el los las"
    " y et & - – : , ! ? ' ’ 's ’s . + / # no. vs vs.".split()
)
_OPENERS, _CLOSERS = '"“«', '"”»'
_LONGEST_TITLE = 12


def widen_names(doc: Doc, spans: list[NameSpan], know: Knowledge) -> list[NameSpan]:
    """The names of a document with titles and numbers, in order, without overlaps."""
    if not know.ontology.kinds:
        return spans
    wider = [*_quoted(doc), *_leading_titles(doc, spans, know), *_numbered(doc, spans)]
    kept: list[NameSpan] = []
    for span in sorted(wider, key=lambda s: s.start - s.end) + spans:
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return sorted(kept)


def _quoted(doc: Doc) -> Iterator[NameSpan]:
    """Titles in quotation marks: capitals at both ends, no sentence inside."""
    start: int | None = None
    for token in doc:
        if start is not None and token.text in _CLOSERS:
            inside = doc[start : token.i]
            if 0 < len(inside) <= _LONGEST_TITLE and _is_title(inside[0], inside[-1]):
                end = token.i - (1 if inside[-1].text in (",", ".") else 0)
                yield NameSpan(start, end, "WORK_OF_ART")
            start = None
        elif token.text in _OPENERS:
            start = token.i + 1


def _is_title(first: Token, last: Token) -> bool:
    before = last.nbor(-1) if last.text in (",", ".", "!", "?") and last.i > first.i else last
    if is_capital(first) and last.i - first.i in range(1, 6) and last.text not in (",", "."):
        return True
    return is_capital(first) and (is_capital(before) or before.text in (")", "!", "?") or before.like_num)


def _leading_titles(doc: Doc, spans: list[NameSpan], know: Knowledge) -> Iterator[NameSpan]:
    """What stands before "is a", "was published" at the start of a sentence, where written as a title."""
    for sentence in doc.sents:
        first = next((t for t in _with_head(sentence) if not t.is_space and t.text not in _OPENERS), None)
        if first is None or not (is_capital(first) or first.like_num):
            continue
        if first.lower_ == "the" and first.i + 1 < sentence.end:
            first = first.nbor(1)
        last = _last_of_title(first, sentence.end)
        if last is None or last.i == first.i or not (is_capital(last) or last.like_num or last.text in "!?"):
            continue
        words = doc[first.i : last.i + 1]
        persons = [s for s in spans if s.label == "PERSON" and s.start >= first.i and s.end <= last.i + 1]
        dated = first.ent_type_ in ("DATE", "CARDINAL", "ORDINAL")
        titled = know.lexicon.has("names.titles", first.lower_) or dated
        lists = [t for t in words if t.text in (",", "and", "&")]
        whole = [s for s in persons if s.end - s.start == len(words)]
        if whole or (titled and not first.like_num) or (persons and not lists and len(words) < 4):
            continue
        yield NameSpan(first.i, last.i + 1, "")


def _with_head(sentence: Span) -> Span:
    """A sentence with what the parser cut off before a colon ("Ardent: A Life is")."""
    doc, start = sentence.doc, sentence.start
    while (
        start and doc[start - 1].text in (":", "...", "…", "!", "?") and start - doc[start - 1].sent.start < 6
    ):
        start = doc[start - 1].sent.start
    return doc[start : sentence.end]


def _last_of_title(first: Token, end: int) -> Token | None:
    """The last word before the verb or bracket that ends a title; None when it is no title."""
    doc, listed = first.doc, False
    for token in doc[first.i : min(end, first.i + _LONGEST_TITLE + 1)]:
        if token.is_space or token.text == "(":
            return token.nbor(-1) if token.i > first.i and not listed else None
        if token.lower_ in ("is", "was") and token.text.islower():
            return _before_comma(token, first)
        if token.tag_ in ("VBD", "VBZ", "MD") and token.text.islower() and token.pos_ in ("VERB", "AUX"):
            return token.nbor(-1) if token.i > first.i and not listed else None
        if not (is_capital(token) or token.like_num or token.text[:1].isdigit() or token.lower_ in _JOINERS):
            return None
        listed = listed or token.lower_ in (",", "and")
    return None


def _before_comma(verb: Token, first: Token) -> Token | None:
    last = verb.nbor(-1) if verb.i > first.i else None
    while last is not None and last.i > first.i and last.text in (",", "-", "–", '"', "”"):
        last = last.nbor(-1)
    return last


def _numbered(doc: Doc, spans: list[NameSpan]) -> Iterator[NameSpan]:
    """Names with a number after or before them: a galaxy, a mission, a computer."""
    for span in spans:
        start, end = span.start, span.end
        after = doc[end] if end < len(doc) else None
        if (
            after is not None
            and after.text.isdigit()
            and after.ent_type_ not in ("DATE", "MONEY")
            and len(after) < 5
        ):
            end += 1
        before = doc[start - 1] if start else None
        if (
            before is not None
            and before.text.isdigit()
            and (before.is_sent_start or (len(before) == 4 and span.label != "PERSON"))
        ):
            start -= 1
        if (start, end) != (span.start, span.end) and doc[span.start].sent == doc[end - 1].sent:
            yield NameSpan(start, end, span.label if start == span.start else "")


def keep_articles(
    doc: Doc, entities: list[LocalEntity], named: list[Named], know: Knowledge
) -> list[LocalEntity]:
    """The things with "The" where it begins the title of a work, as it stands there."""
    if not know.ontology.kinds:
        return entities
    renamed = list(entities)
    for mention in named:
        entity = renamed[mention.entities[0]]
        work = know.ontology.kinds.get(entity.type) == "Product" and not entity.name.startswith("The ")
        if work and mention.kind == "name" and mention.start and doc[mention.start - 1].text == "The":
            aliases = (entity.name, *entity.aliases)
            renamed[mention.entities[0]] = entity._replace(name=f"The {entity.name}", aliases=aliases)
    return renamed


# ---------------------------------------------------------------- values


def find_values(doc: Doc, entities: list[LocalEntity], named: list[Named], know: Knowledge) -> list[Named]:
    """Common words that are members of a class of values, as mentions; adds their entities."""
    table = value_words(know)
    if not table:
        return []
    taken = {index for mention in named for index in range(mention.start, mention.end)}
    found: list[Named] = []
    for token in doc:
        kind = table.get(token.lemma_.lower()) or table.get(token.lower_) if token.i not in taken else None
        if not kind or token.pos_ not in ("NOUN", "PROPN", "ADJ"):
            continue
        start, end = token.i, token.i + 1
        while start > 0 and start - 1 not in taken and _belongs(doc[start - 1], token):
            start -= 1
        if found and found[-1].end > start:
            continue
        text = doc[start:end].text
        text = text[: len(text) - len(token.text)] + (token.lemma_ if token.pos_ == "NOUN" else token.text)
        entities.append(LocalEntity(text, kind, ()))
        found.append(Named(start, end, (len(entities) - 1,), "name"))
    return found


def _belongs(before: Token, head: Token) -> bool:
    """Whether the word before a value is part of it: "middle-distance runner", "vice admiral"."""
    if before.text == "-" and before.i:
        return True
    compound = (
        before.dep_ in ("compound", "nmod") and before.pos_ in ("NOUN", "PROPN") and before.head.i <= head.i
    )
    return compound and before.ent_type_ != "PERSON"


def value_words(know: Knowledge) -> dict[str, str]:
    """The class of each common noun that is a value of the ontology, made once."""
    cached = know.__dict__.get("_values")
    if cached is None:
        cached = know.__dict__["_values"] = _value_words(know)
    return cached


def _value_words(know: Knowledge) -> dict[str, str]:
    ontology = know.ontology
    if not ontology.kinds:
        return {}
    words = derive.load_words(ontology_path("derive.toml").parent)
    wanted: dict[str, str] = {}
    for prop in ontology.properties.values():
        said_by_class = any(frame.kind == "class" for frame in prop.frames)
        for name in prop.range if not prop.name.startswith("^") else ():
            kind = ontology.types.get(name)
            if (
                kind
                and (said_by_class or ontology.kinds.get(name, "") in ("", "value"))
                and name not in derive.KIND_LABELS
            ):
                for noun in derive.value_nouns(kind.label, words):
                    wanted.setdefault(noun, name)
    found: dict[str, str] = {}
    for noun in words.above:
        kind_name = next((wanted[above] for above in words.chain(noun)[1:] if above in wanted), "")
        if kind_name:
            found[noun] = kind_name
    return found
