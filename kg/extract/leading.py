"""The name that a sentence begins with, though the recogniser knows nothing of it.

"A Winter of Glass is a film", "Oybrook flows into the Dell", "the red fox is a small mammal": what
stands before the verb is what the sentence is about.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.extract.capitals import is_capital
from kg.extract.knowledge import Knowledge
from kg.extract.names import NameSpan
from kg.extract.whole import is_binomial
from kg.ontology import ontology_path
from kg.words import load_words

_JOINERS = frozenset(
    "... … of the and in to for on a an at by with from as de la le del della di da do dos das der die des du"
    " al el bin ibn ben oglu i 'll ’ll 'm ’m 're ’re 've ’ve 'd ’d"
    " von van el los las y e et & - – : , ! ? ' ’ 's ’s n't n’t . + / # no. vs vs. or upon into".split()
)
_LONGEST = 14
_FINITE = ("VBD", "VBZ", "VBP", "MD")
_COPULAS = ("is", "was", "are", "were")
_POSSESSIVE = ("'s", "’s", "'", "’")
_QUOTES = '"“«”»'
#: What is said of a name after its comma, before the verb: "X, later published as Y, is".
_BESIDE = frozenset(
    "also known or a an the formerly originally who which later sometimes previously often commonly first"
    " published released titled subtitled abbreviated stylized stylised spelled written marketed".split()
)
#: What a year before a name makes a thing of: "the 2008 Orrin Cup season".
_TIMES = frozenset(("season", "series", "championship", "tournament", "edition", "competition", "election"))
#: What a sentence may begin with before its subject, and a title seldom.
_FRONT = ("ADP", "ADV", "SCONJ", "CCONJ")


def leading_names(doc: Doc, spans: list[NameSpan], know: Knowledge) -> Iterator[NameSpan]:
    """What stands before the verb of each sentence, where all of it is written as a title, or defined."""
    for sentence in doc.sents:
        verb = _main_verb(sentence)
        if verb is None:
            continue
        first = _first(sentence)
        found = next(iter(_titles(doc, first, verb, spans, know)), None)
        cut = found is not None and doc[found.end].text in _POSSESSIVE
        if cut and doc[first].pos_ == "ADP" and any(t.pos_ == "PRON" for t in doc[first:verb]):
            continue  # "During Karin Holt's career she played"
        found = (_defined(doc, first, verb, know) if cut or found is None else None) or found
        if found is not None:
            yield found


def _first(sentence: Span) -> int:
    """Where a sentence begins, with what the parser cut off before a colon ("Ardent: A Life is")."""
    doc, start = sentence.doc, sentence.start
    marks = (":", "...", "…", "!", "?")
    while start and doc[start - 1].text in marks and start - doc[start - 1].sent.start < 6:
        start = doc[start - 1].sent.start
    while start < sentence.end - 1 and (doc[start].is_space or doc[start].text in _QUOTES):
        start += 1
    return start


def _main_verb(sentence: Span) -> int | None:
    """The first finite verb of a sentence that is written small."""
    for token in sentence:
        small = token.text.islower() and token.i > sentence.start
        if small and (token.lower_ in _COPULAS or token.tag_ in _FINITE) and not _in_title(token):
            return token.i
    return None


def _in_title(verb: Token) -> bool:
    """ "A House is Home is a novel": a verb with a second one after the next words of the title."""
    after = verb.i + 1
    while after < verb.sent.end and (
        is_capital(verb.doc[after]) or (_is_foreign(verb.doc[after]) and not verb.doc[after].is_stop)
    ):
        after += 1
    return verb.i + 1 < after < verb.sent.end and verb.doc[after].lower_ in _COPULAS


def _titles(doc: Doc, first: int, verb: int, spans: list[NameSpan], know: Knowledge) -> Iterator[NameSpan]:
    """The stretch of title words that is the subject: all before the verb, or after a fronted phrase."""
    number = _designation(doc, first, verb)
    if number:
        yield NameSpan(first, number, "")
        return
    end = _end(doc, first, verb)
    starts = [first, *(i + 1 for i in range(first, end) if doc[i].text == ",")]
    starts += [i for i in range(first + 1, end) if doc[i].text == "the" and doc[first].pos_ == "ADP"]
    for start in starts:
        if _is_fronted(doc, start, end) if start == first else _is_date(doc, start):
            continue
        if start != first and doc[start].ent_type_ == "GPE" and any(t.text == "," for t in doc[start:end]):
            continue  # "Made in Hale, Norland, X was"
        while start < end and _opens_sentence(doc, start):
            start += 1
        start = _after_when(doc, start, end)
        if start < end <= start + _LONGEST and _all_title(doc, start, end):
            if not _better_cut(doc, start, end, spans, know):
                yield NameSpan(start, end, "")
            return


def _opens_sentence(doc: Doc, index: int) -> bool:
    """Whether a word only begins the sentence: an article, "there", but not in "There Came a Stranger"."""
    word, after = doc[index].lower_, doc[index + 1]
    titled = is_capital(after) and after.pos_ == "VERB"
    return word == "the" or (word in ("both", "there", "here") and not titled)


def _after_when(doc: Doc, start: int, end: int) -> int:
    """Where the name begins after "In 1994" or "In Norland" without a comma."""
    if doc[start].lower_ not in ("in", "for", "by", "from", "since") or start + 2 >= end:
        return start
    label, index = doc[start + 1].ent_type_, start + 1
    while index < end and (doc[index].like_num or doc[index].ent_type_ == "GPE" == label):
        index += 1
    return index if start + 1 < index < end and is_capital(doc[index]) else start


def _designation(doc: Doc, first: int, verb: int) -> int:
    """The end of a number in brackets with what it numbers: "(4120) 1988 AB was"; 0 where none stands."""
    words = [token.text for token in doc[first:verb] if not token.is_space]
    numbered = len(words) == 5 and words[0] == "(" and words[1].isdigit() and words[2] == ")"
    return verb if numbered and words[3].isdigit() and words[4].isupper() else 0


def _is_date(doc: Doc, start: int) -> bool:
    """Whether a date stands there, and no title that begins like one ("The Day After")."""
    date = doc[start].ent_type_ == "DATE"
    return date and any(token.like_num or token.text[:1].isdigit() for token in doc[start : start + 3])


def _is_fronted(doc: Doc, start: int, end: int) -> bool:
    """ "In 1994, X", "Set in Y, X", "A Dane, X": another phrase stands before the subject's comma."""
    if doc[start + 1].text == "-":
        return False
    comma = any(doc[i].text == "," for i in range(start, min(end + 1, len(doc))))
    if not comma:
        if doc[start].pos_ not in ("SCONJ", "CCONJ") or doc[start].lower_.startswith(("wh", "how")):
            return False
        rest = doc[end : doc[start].sent.end]  # "Till the Day Ends was written" has one verb
        return doc[start].pos_ == "CCONJ" or sum(token.tag_ in _FINITE for token in rest) > 1
    participle = doc[start].tag_ in ("VBN", "VBG", "VBD", "VB") and doc[start + 1].pos_ in ("ADP", "ADV")
    return doc[start].pos_ in _FRONT or participle or doc[start].lower_ in ("a", "an")


def _end(doc: Doc, first: int, verb: int, parts: bool = True) -> int:
    """The end of the subject: before brackets, adverbs and what is said in between.

    ``parts``: also before what belongs to it ("X's best result").
    """
    end = next((i for i in range(first + 1, verb) if doc[i].is_space or _is_aside(doc[i])), verb)
    for index in range(first + 1, end):
        after = doc[index + 1]
        known = (
            doc[index].text == ","
            and doc[first].pos_ != "ADP"
            and (after.text in _BESIDE or (after.text.isupper() and len(after) > 1))
        )
        if known or (parts and doc[index].text in _POSSESSIVE and _small(doc, index + 1, end)):
            end = index
            break
    while end > first + 1 and (
        doc[end - 1].text in (",", "-", "–", *_QUOTES)
        or (doc[end - 1].pos_ == "ADV" and doc[end - 1].text.islower())
    ):
        end -= 1
    return end


def _is_aside(token: Token) -> bool:
    """Whether a bracket opens, or a pronunciation stands there: "/ˈɔɪbrʊk/"."""
    return token.text == "(" or (len(token) > 2 and token.text[0] == "/" == token.text[-1])


def _small(doc: Doc, start: int, end: int) -> bool:
    """Whether the words of a stretch are written small ("X's best result")."""
    return start < end and all(token.text.islower() or token.like_num for token in doc[start:end])


def _all_title(doc: Doc, start: int, end: int) -> bool:
    if not _opens(doc[start]) or not _closes(doc[end - 1]):
        return False
    return all(
        is_capital(t) or t.like_num or t.text[:1].isdigit() or t.lower_ in _JOINERS or _is_inner(t, end)
        for t in doc[start:end]
    )


def _is_inner(token: Token, end: int) -> bool:
    """Whether a small verb stands before the last word of a title: "A House is Home is"."""
    return token.lower_ in _COPULAS and token.i + 1 < end and token.i > token.sent.start + 1


def _opens(token: Token) -> bool:
    return is_capital(token) or token.text[:1].isdigit() or token.text in ("...", "…", "'", "’")


def _closes(token: Token) -> bool:
    return is_capital(token) or token.text[:1].isdigit() or token.like_num or token.text in "!?...…"


def _better_cut(doc: Doc, start: int, end: int, spans: list[NameSpan], know: Knowledge) -> bool:
    """Whether the recogniser's own names say better what stands there: persons, lists, titles."""
    words = doc[start:end]
    inside = [s for s in spans if s.start >= start and s.end <= end]
    persons = [s for s in inside if s.label == "PERSON"]
    whole = any(s.end - s.start == len(words) for s in inside)
    if (
        words[0].tag_ == "NNS"
        and len(words) > 2
        and words[1].lower_ in ("in", "of", "at")
        and _is_plural(doc[end])
    ):
        return True  # "Changes in Orbix are"
    listed = any(t.text in ("and", "&", ",") for t in words)
    if whole or (listed and len(persons) > 1 and len(inside) == len(persons)):
        return True
    if len(words) == 1:
        not_name = know.lexicon.has("names.not_names", words[0].text)
        common = words[0].pos_ == "ADJ" and not words[0].is_oov
        return not_name or common or words[0].pos_ in ("PRON", "DET", "ADV", "NUM", "ADP", "SCONJ", "AUX")
    rest = any(span.start == start + 1 and span.end == end for span in inside)
    if words[0].pos_ == "ADV" and words[0].whitespace_ and rest:
        return True  # "Later Karin Holt was"
    first = words[0].lower_.rstrip(".")
    role = first in know.lexicon["names.titles"] or first in know.lexicon["names.role_words"]
    role = role or first in load_words(ontology_path("values.toml").parent).values["lists"]["military rank"]
    if words[0].pos_ in _FRONT and not any(t.tag_ in _FINITE for t in words) and not _is_whole(words, inside):
        later = [s for s in inside if s.start > start]
        defined = doc[end].lower_ in _COPULAS and end + 1 < len(doc) and _defines(doc[end + 1])
        work = defined and not any(t.text == "," for t in words) and _is_work(doc, end + 2, know)
        if len(words) > 3 and _small_words_large(words):
            return False
        return not work and (len(later) > 1 or (not defined and any(s.label for s in later)))
    return bool(persons and role)


def _is_plural(verb: Token) -> bool:
    return verb.lower_ in ("are", "were", "have") or verb.tag_ == "VBP"


def _small_words_large(words: Span) -> bool:
    """Whether all words of a stretch are written large, small ones too: "Never Let Me Sleep Again"."""
    large = all(is_capital(token) or token.text in _POSSESSIVE for token in words)
    return large and any(token.is_stop and not token.ent_type_ for token in words[1:])


def _is_whole(words: Span, inside: list[NameSpan]) -> bool:
    """ "How to Bake won", "About Karin is": without the first words the clause had no subject."""
    if words[0].lower_ == "how" and words[1].lower_ == "to":
        return True
    starts = (words.start + 1, words.start + 1 + (words[1].text == "the"))
    rest = [span for span in inside if span.start in starts and span.end == words.end]
    after = words.doc[words.end : words.sent.end]
    comma = next((token.i for token in after if token.text == ","), words.sent.end)
    other = any(token.tag_ in _FINITE for token in words.doc[comma : words.sent.end])
    return words[0].pos_ in ("ADP", "SCONJ") and bool(rest) and not other


def _is_work(doc: Doc, index: int, know: Knowledge) -> bool:
    """Whether the noun of a definition is one for works: "is a 1923 silent film"."""
    ontology = know.ontology
    for token in doc[index : index + 10]:
        if token.pos_ in ("ADP", "VERB", "PUNCT") and token.text != "-":
            return False
        if ontology.kinds.get(ontology.noun_types.get(token.lemma_.lower(), "")) == "Product":
            return True
    return False


# ---------------------------------------------------------------- definitions


def _defined(doc: Doc, first: int, verb: int, know: Knowledge) -> NameSpan | None:
    """ "The red fox is a …", "Hale women's rowing team was the …": what is defined is a name for it."""
    end = _end(doc, first, verb, parts=False)
    start = first + (doc[first].lower_ in ("the", "a", "an"))
    words = doc[start:end]
    if not 0 < len(words) < 9 or not all(_plain(token) for token in words):
        return None
    nouns = know.ontology.noun_types
    dated = words[0].text.isdigit() and len(words[0]) == 4 and words[-1].lemma_.lower() in _TIMES
    if dated and len(words) > 2:  # "The 2008 Orrin Cup season was"
        return NameSpan(start, end, "")
    counted = words[0].text.isalpha() and words[0].pos_ in ("NUM", "ADJ", "ADV", "DET")  # "Two teams"
    team = (
        is_capital(words[0])
        and not counted
        and words[-1].pos_ == "NOUN"
        and words[-1].lemma_.lower() in nouns
    )
    owned = any(t.text in _POSSESSIVE and not t.nbor(-1).lower_.endswith("men") for t in words[1:])
    if team and len(words) > 1 and not owned:
        return NameSpan(start, end, "")
    if doc[verb].lower_ not in _COPULAS or verb + 1 >= len(doc) or not _defines(doc[verb + 1]):
        return None
    own = next((t.i for t in words[1:] if t.text in _POSSESSIVE and t.nbor(-1).pos_ == "PROPN"), 0)
    if own and words[-1].text.islower() and (end > own + 2 or ("noun", words[-1].lemma_) in know.frames):
        return None  # "Oybrook's main source is", but "Holt's gull is"
    foreign = is_capital(words[0]) and all(_is_foreign(t) for t in words)
    species = doc[end].text == "(" and is_binomial(doc[end + 1])
    thing = (
        _has_nameless(know)
        and (start > first or words[0].is_sent_start)
        and (words[-1].pos_ in ("NOUN", "PROPN") or species)
    )
    described = words[-1].lemma_.lower() in nouns and start > first and not species
    if foreign or (thing and len(words) < 6 and not described):
        return NameSpan(start, end, "")
    return None


def _plain(token: Token) -> bool:
    """Whether a word may stand in a noun phrase that names something."""
    return (
        token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM", "X", "PART")
        or token.text in ("-", "–", "'s", "’s", ".")
        or (token.tag_ in ("VBN", "VBG", "VBD") and token.i + 1 < len(token.doc))
        or token.lower_ in ("de", "la", "le", "of", "do", "du", "di", "da", "en", "et")
        or (token.lower_ in ("and", "the") and token.i > token.sent.start + 1)
        or is_foreign_word(token)
    )


def is_foreign_word(token: Token) -> bool:
    """Whether a word written small is none of English: "Roulette russe"."""
    return token.text.islower() and not token.is_stop and _is_foreign(token)


def _is_foreign(token: Token) -> bool:
    """Whether a word may be one of a title in another language: written large, or no word of English."""
    if token.is_oov or is_capital(token) or token.lower_ in _JOINERS:
        return True
    words = load_words(ontology_path("derive.toml").parent)
    known = token.is_stop or token.lower_ in words.above or token.lemma_.lower() in words.above
    return token.text.isalpha() and not known and not words.verb(token.lower_)


def _defines(token: Token) -> bool:
    return token.lower_ in ("a", "an", "the", "one", "his", "her", "its", "their")


def _has_nameless(know: Knowledge) -> bool:
    """Whether the ontology is of things that common words denote: species, dances, diseases."""
    ontology = know.ontology
    domains = {name for p in ontology.properties.values() if p.name[0] != "^" for name in p.domain}
    return any(ontology.kinds.get(name, "") == "" for name in domains)
