"""From names to the things of a document: normal forms, short forms, and a vote on the class.

A document agrees with itself: a name is one thing wherever it stands, "Altman" is "Sam Altman", and
the class that most of the evidence speaks for is the class everywhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from spacy.tokens import Doc

from kg.extract.aliases import is_acronym
from kg.extract.classes import Votes, class_votes, winner
from kg.extract.knowledge import Knowledge
from kg.extract.lexicon import Lexicon
from kg.extract.lives import usual_names
from kg.extract.names import NameSpan, surface
from kg.extract.standing import role_of
from kg.extract.state import LocalEntity, Named, brackets_of, in_headline
from kg.extract.whole import called

#: Legal forms that are part of a name where its ontology has no lexicon: what is written in full.
_IN_FULL = (" Corporation", " Company", " Limited")

#: The votes for an organisation that keep a name from being the family name of a person named later.
FIRM = 15


def normal_form(text: str, lexicon: Lexicon) -> str:
    """A name without article, legal suffix and closing dot; a genitive that is its own stays.

    "the Kestra Group Ltd." becomes "Kestra Group".
    """
    words = text.replace("’", "'").removesuffix("'").split()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    while len(words) > 1 and words[-1].lower().rstrip(".,") in lexicon["names.legal_suffixes"]:
        words = words[:-1]
    words[-1] = words[-1].rstrip(",")
    if len(words[-1]) > 3 and words[-1].endswith(".") and "." not in words[-1][:-1]:
        words[-1] = words[-1][:-1]
    return " ".join(words).rstrip(",")


def group_names(
    doc: Doc, spans: list[NameSpan], know: Knowledge, aliases: list[tuple[NameSpan, str]]
) -> tuple[list[LocalEntity], list[Named]]:
    """The things that the names of a document name, and every name with the number of its thing.

    ``aliases`` are names with other names that the text gives the same things.
    """
    forms = _share_family(doc, spans, [_form(doc, span, know) for span in spans], know)
    forms = _keep_suffixes(doc, spans, forms, know)
    usual = usual_names(doc, spans, forms, know)
    forms = [usual.get(form, form) for form in forms]
    votes = class_votes(doc, spans, forms, know)
    same = _same(doc, spans, forms, votes, know)
    same.update({form: form for form in forms if know.is_territory(form)})
    _join_known(same, know)
    others = _also_called(doc, aliases, same, usual, know)
    groups: dict[str, list[str]] = defaultdict(list)
    for form in dict.fromkeys(forms):
        groups[same[form]].append(form)
    entities, number, counts = list[LocalEntity](), dict[str, int](), Counter(forms)
    for head, members in groups.items():
        plain = [_untitled(form, know.lexicon) for form in members]
        second = {alias for form in members for alias in others[form] if not is_acronym(form, alias)}
        firsts = [form for form in members if form not in second] or members
        name = max(firsts, key=lambda f: (f in plain, len(f.split()), counts[f], f == head, f))
        total: Counter[str] = Counter(votes[name])
        if winner(total) != "Person":  # a family name alone is often taken for a firm
            for member in members:
                total.update(votes[member] if member != name else {})
        for member in members:
            number[member] = len(entities)
        kind = winner(total)
        work = kind != "Person" and bool(know.ontology.kinds)
        best = _main_title(name) if work else _untitled(name, know.lexicon)  # "Ms. Moe" may be a song
        called = {*plain, *members * work, *(alias for member in members for alias in others[member])}
        entities.append(LocalEntity(best, kind, tuple(sorted(called - {best})), total[kind]))
    return entities, [_named(s, number[f]) for s, f in zip(spans, forms, strict=True)]


def _named(span: NameSpan, number: int) -> Named:
    return Named(span.start, span.end, (number,), "demonym" if span.label == "DEMONYM" else "name")


def _join_known(same: dict[str, str], know: Knowledge) -> None:
    """Make the names one that a backbone has for one thing.

    What the text has a longer name for that the backbone does not know stays with that: "Nordman", who
    was introduced as Erik Nordman, is not the Nordman of the backbone.
    """
    heads: dict[str, str] = {}
    for form in list(same):
        head = same[form]
        if head in know.things:
            first = heads.setdefault(know.things[head].iri, head)
            same.update({key: first for key, value in same.items() if value == head})


def _also_called(
    doc: Doc,
    aliases: list[tuple[NameSpan, str]],
    same: dict[str, str],
    usual: dict[str, str],
    know: Knowledge,
) -> dict[str, set[str]]:
    """The other names of each form; forms of the document among them are made the same as it in ``same``."""
    others: dict[str, set[str]] = defaultdict(set)
    for full, name in usual.items():
        others[name].add(full)
    for span, words in aliases:
        form, alias = _form(doc, span, know), normal_form(words, know.lexicon)
        form = usual.get(form, form)
        others[form].add(alias)
        if form in same and alias in same:
            old, new = same[alias], same[form]
            same.update({key: new for key, value in same.items() if value == old})
    return others


def _form(doc: Doc, span: NameSpan, know: Knowledge) -> str:
    """The normal form of a name; of a nationality, its country's."""
    if span.label == "DEMONYM":
        return know.demonyms[doc[span.start].text].name
    written = surface(doc, span) if not know.ontology.kinds else whole_title(doc, span)
    form = normal_form(written, know.lexicon)
    if know.ontology.kinds:
        full = written.endswith(_IN_FULL)
        form = written.removeprefix("the ").removeprefix("The ") if full else called(form, know.lexicon)
    known = know.demonyms.get(form)
    if known is not None and span.label == "ORG" and know.is_a(known.type, "Organization"):
        form = known.name  # "the Labour MP"
    before = doc[span.start - 1] if span.start else None
    if before is not None and " " not in form and title_gender(before.text, know.lexicon):
        return f"{before.text.rstrip('.')} {form}"  # "Ms Moe" may be another than "Mr Moe"
    return form


def whole_title(doc: Doc, span: NameSpan) -> str:
    """The words of a name, with a bracket inside it that was blanked: "I Know You (I Do)" in quotes."""
    written, first, last = surface(doc, span), doc[span.start].idx, doc[span.end - 1].idx
    ends = last + len(doc[span.end - 1])
    for start, end, words in brackets_of(doc):
        if first < start and end <= ends and span.end < len(doc) and doc[span.end].text in ('"', "”"):
            before = "".join(t.text_with_ws for t in doc[span.start : span.end] if t.idx < start).rstrip()
            after = "".join(t.text_with_ws for t in doc[span.start : span.end] if t.idx >= end).strip()
            written = " ".join(f"{before} {words} {after}".split())
    return written


def _keep_suffixes(doc: Doc, spans: list[NameSpan], forms: list[str], know: Knowledge) -> list[str]:
    """The forms, a firm's as written where a person has its name: "Karin Moen chairs Moen Inc."."""
    families = {form.split()[-1] for span, form in zip(spans, forms, strict=True) if span.label == "PERSON"}
    kept = list(forms)
    for number, (span, form) in enumerate(zip(spans, forms, strict=True)):
        written = surface(doc, span)
        if form in families and written.startswith((f"{form} ", f"{form}, ")):
            last = written.split()[-1].lower().rstrip(".,")
            kept[number] = written if last in know.lexicon["names.legal_suffixes"] else form
    return kept


def _share_family(doc: Doc, spans: list[NameSpan], forms: list[str], know: Knowledge) -> list[str]:
    """The forms, with the family name that a list gives to both: "the brothers Aarne and Veikko Moe"."""
    shared = list(forms)
    for number, (first, second) in enumerate(pairwise(spans)):
        alone, full = forms[number : number + 2]
        joined = second.start == first.end + 1 and doc[first.end].lower_ in ("and", "&")
        if not joined or second.label != "PERSON" or " " in alone or len(full.split()) != 2:
            continue
        before = doc[first.start - 1] if first.start else None
        people = before is not None and before.tag_ == "NNS" and _is_of_people(before.lemma_.lower(), know)
        names = (alone, full.split()[0])
        if (people or all(map(know.lexicon.is_first_name, names))) and forms.count(alone) == 1:
            shared[number] = f"{alone} {full.split()[1]}"
    return shared


def _is_of_people(noun: str, know: Knowledge) -> bool:
    return noun in know.lexicon["kin.nouns"] or know.ontology.noun_types.get(noun) == "Person"


def title_gender(word: str, lexicon: Lexicon) -> str:
    """ "m" or "f" for a title that tells, else ""."""
    lower = word.lower().rstrip(".")
    if lower in lexicon["gender.male_titles"]:
        return "m"
    return "f" if lower in lexicon["gender.female_titles"] else ""


def _main_title(name: str) -> str:
    """A title without a subtitle that says what the work is ("Hearth: A Tale of Home")."""
    main, _, below = name.partition(": ")
    return main.rstrip() if below.startswith(("A ", "An ")) else name


def _untitled(form: str, lexicon: Lexicon) -> str:
    first, _, rest = form.partition(" ")
    return rest if rest and title_gender(first, lexicon) else form


def _same(doc: Doc, spans: list[NameSpan], forms: list[str], votes: Votes, know: Knowledge) -> dict[str, str]:
    """Which forms name the same thing: each form with the form it stands for."""
    order = list(dict.fromkeys(forms))
    folded: dict[str, str] = {}
    same = {form: folded.setdefault(form.casefold(), form) for form in order}
    first: dict[str, int] = {}
    for span, form in zip(spans, forms, strict=True):  # a headline shortens before the text introduces
        place = span.start + (len(doc) if in_headline(doc[span.start]) else 0)
        first[form] = min(first.get(form, place), place)
    together = _together(doc, spans, forms, know)
    family = _together(doc, spans, forms, know, know.lexicon["kin.nouns"] | {"marry", "married"})
    kinds = {form: winner(votes[form]) for form in order}
    for form in order:
        longer = [
            other
            for other in order
            if other != form and _may_shorten(form, other, kinds, first, know.lexicon)
            if frozenset((form, other)) not in together or kinds[other] == "Person"
            # "Moe married Karin Moe": who is named later, and in full, is another
            if first[other] < first[form] or " " in form or frozenset((form, other)) not in family
            if not know.are_apart(form, other)
        ]
        if kinds[form] == "Organization" and first[form] < len(doc):
            # a firm that is there before its founder, of whom it has the name: persons are introduced in full
            sure = votes[form]["Organization"] >= FIRM
            longer = [
                o
                for o in longer
                if kinds[o] != "Person"
                or first[o] < first[form]
                or not (sure or frozenset((form, o)) not in together)
            ]
        if kinds[form] == "Organization" and any(kinds[other] == "Organization" for other in longer):
            longer = [other for other in longer if kinds[other] == "Organization"]
        elif kinds[form] == "Person":  # "Vass" of "Margit Vass", who has a firm "Vass Foods"
            longer = [other for other in longer if kinds[other] == "Person"] or longer
        targets = {same[other] for other in longer}
        if len(targets) > 1 and all(kinds[other] == "Person" for other in longer):
            told = _told_of(doc, spans, forms)
            targets = {same[min(longer, key=lambda other: (told[other], first[other]))]}
        if len(targets) == 1:
            target = targets.pop()
            for key, value in same.items():
                if value == same[form] and value != target:
                    same[key] = target
    return same


def _told_of(doc: Doc, spans: list[NameSpan], forms: list[str]) -> dict[str, int]:
    """How much a text is about each name at best: 0 as a subject, 1 as an object, 2 in passing.

    Of two of one family the family name alone is the one that was told of, and first of two such.
    """
    ranks = {"subject": 0, "object": 1, "apposition": 1}
    found: dict[str, int] = {}
    for span, form in zip(spans, forms, strict=True):
        rank = ranks.get(role_of(doc[span.start : span.end].root), 2)
        found[form] = min(found.get(form, 2), rank)
    return found


def _together(
    doc: Doc, spans: list[NameSpan], forms: list[str], know: Knowledge, lemmas: frozenset[str] = frozenset()
) -> set[frozenset[str]]:
    """Pairs of forms that stand in one sentence: there a short form and a long one are two things.

    With ``lemmas`` only those of sentences that have one of them. A sentence without an end tells nothing.
    """
    by_sentence: dict[int, set[str]] = defaultdict(set)
    numbers = {doc.vocab.strings[lemma] for lemma in lemmas}  # cheaper to compare than words
    sentences = [sentence for sentence in doc.sents if len(sentence) <= know.longest]
    if lemmas:
        sentences = [sentence for sentence in sentences if any(token.lemma in numbers for token in sentence)]
    within = {number: s.start for s in sentences for number in range(s.start, s.end)}
    for span, form in zip(spans, forms, strict=True):
        if span.start in within:
            by_sentence[within[span.start]].add(form)
    return {
        frozenset((a, b)) for found in by_sentence.values() for a in found for b in found if a < b or b < a
    }


def _folded(words: list[str]) -> list[str]:
    return [word.casefold() for word in words]


def _may_shorten(
    short: str, long: str, classes: dict[str, str], first: dict[str, int], lexicon: Lexicon
) -> bool:
    """Whether one form can be the short form of another: a family name, an acronym, "Ardent" Towers."""
    a, b = _untitled(short, lexicon).split(), long.split()
    if len(b) == 1 or len(a) >= len(b):
        return False
    gender = title_gender(short.split()[0], lexicon) if " " in short else ""
    if gender and (classes[long] != "Person" or lexicon.first_name_gender(b[0]) not in ("", gender)):
        return False
    kinds = classes[short], classes[long]
    firm = kinds[1] == "Organization" and first[long] < first[short] and not lexicon.is_first_name(short)
    if kinds[1] == "Person" or (kinds[0] == "Person" and not firm):
        return kinds[1] == "Person" and (
            _folded(a) == _folded(b[-len(a) :])
            or (len(a) == 1 and a[0] == b[0])
            or (a[0], a[-1]) == (b[0], b[-1])
        )
    if short.isupper() and len(short) > 2 and short == "".join(word[0] for word in b if word[0].isupper()):
        return True
    if a == b[: len(a)]:
        tail = [word.lower() for word in b[len(a) :]]
        own_branch = any(lexicon.has("names.product_tails", word) or word.isdigit() for word in tail)
        generic = all(lexicon.has("names.organization_words", word) for word in tail)
        if first[short] < first[long] and lexicon.has("names.owned_bodies", tail[-1]):
            return False  # "Kestra", and later "the Kestra Foundation"
        return (generic and "Place" not in kinds) or (
            not own_branch and firm and kinds[0] in ("", "Person", "Organization")
        )
    plain = not lexicon.has("names.organization_words", a[-1])
    if len(a) == 1 and a == b[-1:] and plain and kinds[0] == "Organization" and first[long] < first[short]:
        return kinds[1] in ("", "Organization")  # "Rovers" for "Tyneford Rovers"
    maker = " ".join(b[: -len(a)])
    return (
        a == b[-len(a) :]
        and maker in classes
        and len(a[0]) > 3
        and not lexicon.has("names.organization_words", a[0])
    )
