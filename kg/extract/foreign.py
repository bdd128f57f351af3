"""Common words that are values, for ontologies without a lexicon of their own: "a tenor", "for piano"."""

from __future__ import annotations

from spacy.tokens import Doc, Token

from kg.extract.knowledge import Knowledge
from kg.extract.state import LocalEntity, Named, mention_at
from kg.ontology import PropertyType, ontology_path
from kg.words import KIND_LABELS, load_words, plain_label, value_words

_LONGEST = 6  # tokens of a value
_KNOWN = 12  # less than this is one label of the recogniser
_CERTAIN = 60  # the weight of a value's class, beside those of ``entities``


def find_values(doc: Doc, entities: list[LocalEntity], named: list[Named], know: Knowledge) -> list[Named]:
    """Common words that are members of a class of values, as mentions; adds their entities."""
    table = value_table(know)
    if not table:
        return []
    at = mention_at([mention for mention in named if not _is_common(doc, mention, entities, table)])
    found: list[Named] = []
    index = 0
    while index < len(doc):
        end, kind = _longest(doc, index, at, table)
        if not end or _overlaps(doc, index, end, at, table):
            index += 1
            continue
        start = _start(doc, index, end, at, found)
        entities.append(LocalEntity(_name(doc, start, end, kind, at, know), kind, (), _CERTAIN))
        found.append(Named(start, end, (len(entities) - 1,), "name"))
        index = end
    covered = {i for value in found for i in range(value.start, value.end)}
    named[:] = [mention for mention in named if mention.start not in covered]
    return found


def _is_common(doc: Doc, name: Named, entities: list[LocalEntity], table: dict[str, str]) -> bool:
    """Whether a name is a value written large, of which nothing else is known: "an Admiral"."""
    word = doc[name.start : name.end].text.lower()
    doubtful = all(entities[number].weight < _KNOWN for number in name.entities)
    leads = name.start == 0 or doc[name.start].is_sent_start or doc[name.start - 1].is_quote
    return doubtful and not leads and word in table


def _longest(doc: Doc, start: int, at: dict[int, Named], table: dict[str, str]) -> tuple[int, str]:
    """The end and class of the longest value that begins at a word; 0 where none does."""
    for end in range(min(start + _LONGEST, len(doc)), start, -1):
        last = doc[end - 1]
        if last.is_space or not _is_free(start, end, at):
            continue
        before = doc[start : end - 1].text_with_ws.lower() if end - 1 > start else ""
        kind = table.get(before + last.lower_) or table.get(before + last.lemma_.lower())
        if kind and (end - start > 1 or last.pos_ in ("NOUN", "PROPN", "ADJ", "X")):
            return end, kind
    return 0, ""


def _overlaps(doc: Doc, start: int, end: int, at: dict[int, Named], table: dict[str, str]) -> bool:
    """Whether the last word of a value belongs to another: "a black comedy horror film" is comedy horror."""
    return end - start > 1 and _longest(doc, end - 1, at, table)[0] > end


def _is_free(start: int, end: int, at: dict[int, Named]) -> bool:
    """Whether no name stands there, but for names that are only parts of a value of several words."""
    names = [at[index] for index in range(start, end) if index in at]
    return all(end - start > 1 and start <= name.start and name.end <= end for name in names)


def _start(doc: Doc, start: int, end: int, at: dict[int, Named], found: list[Named]) -> int:
    """Where a value begins with the words that belong to it: "middle-distance runner", "vice admiral"."""
    head, lowest = doc[end - 1], found[-1].end if found else 0
    while start > lowest and start - 1 not in at and _belongs(doc[start - 1], head):
        step = 2 if doc[start - 1].text == "-" else 1
        if start - step < lowest or start - step in at:
            break
        start -= step
    if start > lowest and head.lower_.endswith("nationalism"):  # "Norvik nationalism"
        before = doc[start - 1]
        return start - (before.text.istitle() and before.pos_ == "ADJ")
    return start


def _belongs(before: Token, head: Token) -> bool:
    if before.text == "-":
        return before.i > 0 and not before.nbor(-1).is_space
    compound = (
        before.dep_ in ("compound", "nmod") and before.pos_ in ("NOUN", "PROPN") and before.head.i <= head.i
    )
    return compound and before.ent_type_ != "PERSON" and before.text.islower()


def _name(
    doc: Doc,
    start: int,
    end: int,
    kind: str,
    at: dict[int, Named],
    know: Knowledge,
) -> str:
    """The name of a value: as it is written, in the singular; of an office with whose it is."""
    last = doc[end - 1]
    plain = last.text.isupper() or doc[start:end].text.lower() in value_table(know)
    singular = last.pos_ == "NOUN" and not plain  # "green politics" is its own name
    before = doc[start : end - 1].text
    noun = plain_label(know.ontology.types[kind].label).split()[-1:]
    if value_table(know).get(before.lower()) == kind and [last.lemma_.lower()] == noun:
        return before  # "a tenor voice"
    text = doc[start : end - 1].text_with_ws + (last.lemma_ if singular else last.text)
    after = end + 1
    if not _is_title(last, kind, know) or end >= len(doc) or doc[end].lower_ not in ("of", "for"):
        return text
    while after < len(doc) and doc[after].lower_ == "the":
        after += 1
    held = at.get(after)
    return text if held is None else text + " " + doc[end : held.end].text


def _is_title(head: Token, kind: str, know: Knowledge) -> bool:
    """Whether a value is an office that is held of something: "president of Norland"."""
    titles = load_words(ontology_path("values.toml").parent).values["titles"]
    label = plain_label(know.ontology.types[kind].label)
    return label in titles["classes"] and head.lemma_.lower() in titles["nouns"]


def value_table(know: Knowledge) -> dict[str, str]:
    """The class of each common phrase that is a value of the ontology, made once."""
    cached = know.__dict__.get("_values")
    if cached is None:
        cached = know.__dict__["_values"] = _value_table(know)
    return cached


def _says_what(prop: PropertyType) -> bool:
    """Whether a relation says what a thing is: "genre", "rank"."""
    return any(frame.kind == "class" for frame in prop.frames)


def _value_table(know: Knowledge) -> dict[str, str]:
    ontology = know.ontology
    if not ontology.kinds:
        return {}
    words = load_words(ontology_path("values.toml").parent)
    found: dict[str, frozenset[str]] = {}
    for name in sorted({n for p in ontology.properties.values() if p.name[0] != "^" for n in p.range}):
        kind = ontology.types.get(name)
        if kind is not None and name not in KIND_LABELS and ontology.kinds.get(name, "") in ("", "value"):
            found[name] = value_words(kind.label, words)
    table: dict[str, str] = {}
    said = {name for p in ontology.properties.values() if _says_what(p) for name in p.range}
    for name in sorted(found, key=lambda n: (n not in said, len(found[n]), n)):  # a tenor is first a voice
        for phrase in sorted(found[name]):
            table.setdefault(phrase, name)
    return table
