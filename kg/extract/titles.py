"""Names that the recogniser was not taught, for ontologies without a lexicon of their own.

Such an ontology is often about works, teams, galaxies, species: titles at the start of a sentence and
in quotation marks, names with numbers, and things that have no name ("the red fox is …").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from kg.extract.capitals import is_capital
from kg.extract.foreign_titles import foreign_titles
from kg.extract.halves import joined_halves, without_other_name
from kg.extract.knowledge import Knowledge
from kg.extract.leading import is_foreign_word, leading_names
from kg.extract.names import NameSpan
from kg.extract.state import LocalEntity, Named
from kg.extract.whole import after_letters, peoples, unlettered, whole_names, without_rank

_OPENERS, _CLOSERS = '"“«', '"”»'
_LONGEST = 14
#: Small words inside a title that follows the noun for it: "the novel After the Rain".
_INSIDE = frozenset("of the a an and to for de la le del du des der die das von van".split())
#: Small words between two halves of a title, neither of which anything else is known of.
_WORDS = ("NOUN", "PROPN", "X")
_BRIDGES = frozenset(("of", "the", "a", "an", "on", "in", "to", "with", "at"))
#: Nouns for bodies and prizes that are called by what they are for.
_FOR = frozenset(
    "society center centre institute association foundation academy council committee ministry office"
    " campaign movement party union alliance agency department bureau fund network coalition congress"
    " school college program programme initiative organization organisation commission front conference board"
    " trust group federation forum award awards prize medal citizens secretary minister".split()
)
_HONOURS = frozenset(("award", "prize", "medal", "trophy", "awards"))


def widen_names(doc: Doc, spans: list[NameSpan], know: Knowledge) -> list[NameSpan]:
    """The names of a document with titles and numbers, in order, without overlaps."""
    if not know.ontology.kinds:
        return spans
    whole = _parted(doc, whole_names(doc, _without_years(doc, spans), know))
    spans = list(joined_halves(doc, _bridged(doc, whole), know))
    leading = [unlettered(doc, span) for span in leading_names(doc, spans, know)]
    found = [*_quoted(doc), *foreign_titles(doc), *leading, *_joined(doc, spans)]
    found += [*_after_noun(doc, know), *_after_label(doc, spans, know)]
    found += [*_honours(doc, spans), *peoples(doc, know)]
    spans = [span for span in spans if not _is_translation(doc, span)]
    persons = [span for span in spans if span.label == "PERSON"]
    ends = {span.start: span.end for span in persons if after_letters(doc, span.end) > span.end}
    lettered = [f for f in found if f.start in ends and after_letters(doc, ends[f.start]) == f.end]
    found = [f._replace(end=ends[f.start]) if f in lettered else f for f in found]
    found = [f for f in found if not any(p.start < f.start and f.end < p.end for p in persons)]
    kept: list[NameSpan] = []
    for span in sorted(found, key=lambda s: (s.start - s.end, s.start)) + spans:
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    kept = [without_other_name(doc, span) for span in kept]
    return [without_rank(doc, span, know) for span in sorted([*kept, *_again(doc, kept)])]


def _quoted(doc: Doc) -> Iterator[NameSpan]:
    """Titles in quotation marks: capitals at both ends, no sentence inside; at a sentence's start any."""
    start: int | None = None
    for token in doc:
        if start is not None and token.text in _CLOSERS:
            inside = doc[start : token.i]
            leads = start == inside.sent.start + 1 if len(inside) else False
            if 0 < len(inside) <= _LONGEST and (leads or _is_title(inside[0], inside[-1])):
                end = token.i - (1 if inside[-1].text in (",", ".") else 0)
                if start < end and (is_capital(doc[start]) or doc[start].like_num):
                    yield NameSpan(start, end, "WORK_OF_ART")
            start = None
        elif token.text in _OPENERS:
            translated = token.i > 1 and token.nbor(-1).text == "(" and token.nbor(-2).text in _CLOSERS
            start = None if translated else token.i + 1


def _is_translation(doc: Doc, span: NameSpan) -> bool:
    """Whether a name stands in the bracket behind a title in quotation marks."""
    before = doc[max(0, span.start - 4) : span.start]
    bracket = next((token.i for token in before if token.text == "("), 0)
    return bracket > 0 and doc[bracket - 1].text in _CLOSERS


def _is_title(first: Token, last: Token) -> bool:
    before = last.nbor(-1) if last.text in (",", ".", "!", "?") and last.i > first.i else last
    if is_capital(first) and last.i - first.i in range(1, 6) and last.text not in (",", "."):
        return True
    return is_capital(first) and (is_capital(before) or before.text in (")", "!", "?") or before.like_num)


def _after_noun(doc: Doc, know: Knowledge) -> Iterator[NameSpan]:
    """The title after the noun for it: "the 1953 novel After the Rain by X", "her album Days to Come"."""
    nouns, kinds = know.ontology.noun_types, know.ontology.kinds
    for token in doc[: len(doc) - 1]:
        kind = nouns.get(token.lemma_.lower(), "") if token.pos_ == "NOUN" else ""
        start = token.i + 1 + (doc[token.i + 1].text == ",")
        if kinds.get(kind) != "Product" or start >= len(doc) or not is_capital(doc[start]):
            continue
        end = start
        inside = _INSIDE if token.tag_ == "NN" else _INSIDE - {"and"}
        while end < token.sent.end and (is_capital(doc[end]) or doc[end].text in (":", "'s", "’s")):
            end += 1
            while end < token.sent.end and doc[end].pos_ in _WORDS and is_foreign_word(doc[end]):
                end += 1
            following = end + _places(doc, end)
            while following < token.sent.end and doc[following].lower_ in inside:
                following += 1
            if following > end and following < token.sent.end and is_capital(doc[following]):
                end = following
        while end > start and doc[end - 1].text in ("'s", "’s", ":"):
            end -= 1
        if end - start > 1:
            yield NameSpan(start, end, "WORK_OF_ART")


def _after_label(doc: Doc, spans: list[NameSpan], know: Knowledge) -> Iterator[NameSpan]:
    """One unknown word after the noun that an ontology has for what it names: "the family Orbidae"."""
    taken = {index for span in spans for index in range(span.start, span.end)}
    for token in doc[: len(doc) - 1]:
        after = token.nbor(1)
        if token.pos_ != "NOUN" or token.tag_ != "NN" or token.lemma_.lower() not in know.labels:
            continue
        lone = after.i not in taken and after.text.isalpha() and after.text.istitle() and len(after) > 2
        if lone and after.pos_ in ("PROPN", "NOUN") and not after.is_sent_start:
            yield NameSpan(after.i, after.i + 1, "")


def _places(doc: Doc, index: int) -> int:
    """1 where "in the" and the like go on with a title: not before a place or a date of the world."""
    if index + 2 >= len(doc) or doc[index].lower_ not in ("in", "on", "at", "with", "from", "by", "under"):
        return 0
    known = doc[index + 2].ent_type_ in ("GPE", "LOC", "DATE", "PERSON", "ORG")
    return int(doc[index + 1].lower_ in ("the", "a", "an", "my", "our", "your") and not known)


def _honours(doc: Doc, spans: list[NameSpan]) -> Iterator[NameSpan]:
    """A prize with what it is for: "Kestra Award for Best Short Film"."""
    for span in spans:
        last = next((t for t in doc[span.start : span.end] if t.lower_ in _HONOURS), None)
        if last is None and doc[span.end : span.end + 2].text.lower() in ("for best", "for outstanding"):
            last = doc[span.end - 1]
        if last is None or last.i + 2 >= len(doc) or last.nbor(1).lower_ != "for":
            continue
        end = last.i + 2
        while end < last.sent.end and (is_capital(doc[end]) or doc[end].text in ("-", "–")):
            end += 1
            small = end < last.sent.end and doc[end].lower_ in (
                "of",
                "in",
                "and",
                "or",
                "by",
                "a",
                "the",
                "on",
            )
            following = end + 1 + (small and end + 1 < len(doc) and doc[end + 1].lower_ in ("the", "a"))
            if (
                small
                and following < last.sent.end
                and is_capital(doc[following])
                and doc[following].pos_ != "PRON"
            ):
                year = doc[end].lower_ in ("in", "on") and doc[following].ent_type_ == "DATE"
                other = not _HONOURS.isdisjoint(t.lower_ for t in doc[following : following + 4])
                if year or other or (doc[end].lower_ == "and" and _opens_clause(doc[following])):
                    break
                end = following
        if end > max(span.end, last.i + 2):
            yield NameSpan(span.start, end, span.label)


def _opens_clause(token: Token) -> bool:
    """Whether somebody is named who does something: "and Moe was nominated"."""
    after = token.nbor(1) if token.i + 1 < len(token.doc) else token
    return token.ent_type_ == "PERSON" or (after.tag_ in ("VBD", "VBZ", "MD") and after.text.islower())


def _without_years(doc: Doc, spans: Iterable[NameSpan]) -> Iterator[NameSpan]:
    """Names without a year that only says when: "the 1990 Kestra Award", "a 1961 Norvik cartoon"."""
    for span in spans:
        first = doc[span.start]
        year = first.text.isdigit() and len(first) == 4 and span.end - span.start > 1
        honour = not _HONOURS.isdisjoint(t.lower_ for t in doc[span.start : span.end])
        article = doc[span.start - 1].lower_ if span.start else ""
        if year and (honour or article in ("a", "an")):
            span = span._replace(start=span.start + 1)
        yield span


def _parted(doc: Doc, spans: Iterable[NameSpan]) -> Iterator[NameSpan]:
    """A body without the other for which something was done there: "the Hale League for Orrin Town"."""
    for span in spans:
        words = doc[span.start : span.end] if span.label == "ORG" else ()
        cut = next((token.i for token in words if token.text == "for"), 0)
        if not cut or cut == span.start or doc[cut - 1].lower_ in _FOR or doc[span.start].is_sent_start:
            yield span
            continue
        after = cut + 1 + (doc[cut + 1].lower_ == "the" if cut + 1 < span.end else 0)
        yield span._replace(end=cut)
        if after < span.end and is_capital(doc[after]):
            yield span._replace(start=after)


def _bridged(doc: Doc, spans: Iterable[NameSpan]) -> Iterator[NameSpan]:
    """Two halves of a title, of which the recogniser knows nothing, are one: "House on Harrow Hill"."""
    waiting: NameSpan | None = None
    for span in spans:
        if waiting is not None:
            between = doc[waiting.end : span.start]
            one = {waiting.label, span.label} <= {"", "WORK_OF_ART"} and doc[span.start].sent == between.sent
            leads = waiting.start == doc[waiting.start].sent.start or doc[waiting.end].lower_ in ("of", "the")
            if 0 < len(between) < 3 and one and leads and all(t.text in _BRIDGES for t in between):
                waiting = NameSpan(waiting.start, span.end, "WORK_OF_ART")
                continue
            yield waiting
        waiting = span
    if waiting is not None:
        yield waiting


def _joined(doc: Doc, spans: list[NameSpan]) -> Iterator[NameSpan]:
    """Names with a number after or before them: a galaxy, a mission, a season at a sentence's start."""
    for span in spans:
        start, end = span.start, span.end
        after = doc[end] if end < len(doc) else None
        number = after is not None and after.text.isdigit() and len(after) < 5
        following = doc[end + 1].text if end + 1 < len(doc) else ""
        leads = doc[start].is_sent_start and following in (",", "(", "is", "was")
        bits = following == "-" and not doc[end + 1].whitespace_  # "the Orbix 8-bit computers"
        dated = after is not None and after.ent_type_ in ("DATE", "MONEY") and not leads
        if number and not bits and not dated:
            end += 1
        start -= bool(start) and _belongs_before(doc[start - 1], span)
        if (start, end) != (span.start, span.end) and doc[span.start].sent == doc[end - 1].sent:
            yield NameSpan(start, end, span.label if start == span.start else "")


def _belongs_before(token: Token, span: NameSpan) -> bool:
    """Whether the word before a name is part of it: its number, a small word in capitals ("AS Orrin")."""
    if token.text.isupper() and len(token) > 1 and token.is_stop and token.text != "US":
        return span.label in ("", "ORG", "GPE", "FAC")
    return token.text.isdigit() and (bool(token.is_sent_start) or _is_event(token.doc, token.i, span))


def _is_event(doc: Doc, number: int, span: NameSpan) -> bool:
    """ "The 2009 Norvik Open": a year after an article belongs to the name of what takes place."""
    article = number > 0 and doc[number - 1].lower_ == "the"
    honour = not _HONOURS.isdisjoint(t.lower_ for t in doc[span.start : span.end])
    coded = any(token.text.isdigit() for token in doc[span.start : span.end])  # "the 1969 Orbix 9 mission"
    return (
        article and not coded and len(doc[number]) == 4 and span.label not in ("PERSON", "GPE") and not honour
    )


def _again(doc: Doc, kept: list[NameSpan]) -> Iterator[NameSpan]:
    """The further places where a name of several words stands."""
    taken = {i for span in kept for i in range(span.start, span.end)}
    for span in kept:
        words = [token.text for token in doc[span.start : span.end]]
        for start in range(len(doc) - len(words) + 1) if len(words) > 1 else ():
            free = taken.isdisjoint(range(start, start + len(words)))
            if free and [token.text for token in doc[start : start + len(words)]] == words:
                taken.update(range(start, start + len(words)))
                yield NameSpan(start, start + len(words), span.label)


# ---------------------------------------------------------------- articles


def keep_articles(
    doc: Doc, entities: list[LocalEntity], named: list[Named], know: Knowledge
) -> list[LocalEntity]:
    """The things with "The" where it begins the title of a work, as it stands there."""
    if not know.ontology.kinds:
        return entities
    renamed = list(entities)
    for mention in named:
        entity = renamed[mention.entities[0]]
        first = doc[mention.start]
        article = first.text == "The" or (mention.start > 0 and doc[mention.start - 1].text == "The")
        if not article or mention.kind != "name" or entity.name.startswith("The "):
            continue
        inside = first.text == "The" or mention.start == 0 or not doc[mention.start - 1].is_sent_start
        own = doc[mention.start : mention.end].text.removeprefix("The ") == entity.name
        if doc[mention.start : mention.end].text in entity.aliases:
            continue  # "Ash and Ember, also known as The Kiln"
        if (inside and own) or (_may_be_work(entity.type, know) and not _describes(entity.name, know)):
            aliases = (entity.name, *entity.aliases)
            renamed[mention.entities[0]] = entity._replace(name=f"The {entity.name}", aliases=aliases)
    return renamed


def _may_be_work(kind: str, know: Knowledge) -> bool:
    kinds = know.ontology.kinds
    subjects = {
        kinds.get(name, "")
        for p in know.ontology.properties.values()
        if p.name[0] != "^"
        for name in p.domain
    }
    return kinds.get(kind) == "Product" or (kind == "" and subjects == {"Product"})


def _describes(name: str, know: Knowledge) -> bool:
    """Whether a name says what the thing is, so that its article is the sentence's: "the Hale Review"."""
    words = name.lower().split()
    heads = {words[0], words[-1], *(words[i - 1] for i, word in enumerate(words) if word == "of" and i)}
    coded = any(char.isdigit() for char in name) or (name.isupper() and len(words) == 1)
    return coded or not heads.isdisjoint(know.lexicon["names.descriptive"])
