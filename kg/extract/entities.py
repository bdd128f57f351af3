"""From names to the things of a document: normal forms, short forms, and a vote on the class.

A document agrees with itself: a name is one thing wherever it stands, "Altman" is "Sam Altman", and
the class that most of the evidence speaks for is the class everywhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.extract.knowledge import Knowledge
from kg.extract.lexicon import Lexicon
from kg.extract.names import NameSpan, surface
from kg.extract.state import LocalEntity, Named

Votes = dict[str, Counter[str]]


def normal_form(text: str, lexicon: Lexicon) -> str:
    """A name without article, possessive, legal suffix and closing dot.

    "the Kestra Group Ltd." becomes "Kestra Group".
    """
    words = text.replace("’", "'").removesuffix("'s").removesuffix("'").split()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    while len(words) > 1 and words[-1].lower().rstrip(".,") in lexicon["names.legal_suffixes"]:
        words = words[:-1]
    words[-1] = words[-1].rstrip(",")
    if len(words[-1]) > 3 and words[-1].endswith(".") and "." not in words[-1][:-1]:
        words[-1] = words[-1][:-1]
    return " ".join(words).rstrip(",")


def group_names(doc: Doc, spans: list[NameSpan], know: Knowledge) -> tuple[list[LocalEntity], list[Named]]:
    """The things that the names of a document name, and every name with the number of its thing."""
    forms = [_form(doc, span, know) for span in spans]
    votes = _votes(doc, spans, forms, know)
    same = _same(doc, spans, forms, votes, know.lexicon)
    groups: dict[str, list[str]] = defaultdict(list)
    for form in dict.fromkeys(forms):
        groups[same[form]].append(form)
    entities: list[LocalEntity] = []
    number: dict[str, int] = {}
    counts = Counter(forms)
    for head, members in groups.items():
        plain = [_untitled(form, know.lexicon) for form in members]
        name = max(members, key=lambda f: (f in plain, len(f.split()), counts[f], f == head, f))
        total: Counter[str] = Counter(votes[name])
        if _winner(total) != "Person":  # a family name alone is often taken for a firm
            for member in members:
                total.update(votes[member] if member != name else {})
        for member in members:
            number[member] = len(entities)
        kind = _winner(total)
        best = _untitled(name, know.lexicon)
        entities.append(LocalEntity(best, kind, tuple(sorted(set(plain) - {best})), total[kind]))
    named = [
        Named(s.start, s.end, (number[f],), "demonym" if s.label == "DEMONYM" else "name")
        for s, f in zip(spans, forms, strict=True)
    ]
    return entities, named


def _form(doc: Doc, span: NameSpan, know: Knowledge) -> str:
    """The normal form of a name; of a nationality, its country's."""
    if span.label == "DEMONYM":
        return know.demonyms[doc[span.start].text].name
    form = normal_form(surface(doc, span), know.lexicon)
    before = doc[span.start - 1] if span.start else None
    if before is not None and " " not in form and title_gender(before.text, know.lexicon):
        return f"{before.text.rstrip('.')} {form}"  # "Ms Moe" may be another than "Mr Moe"
    return form


def title_gender(word: str, lexicon: Lexicon) -> str:
    """ "m" or "f" for a title that tells, else ""."""
    lower = word.lower().rstrip(".")
    if lower in lexicon["gender.male_titles"]:
        return "m"
    return "f" if lower in lexicon["gender.female_titles"] else ""


def _untitled(form: str, lexicon: Lexicon) -> str:
    first, _, rest = form.partition(" ")
    return rest if rest and title_gender(first, lexicon) else form


def _winner(votes: Counter[str]) -> str:
    """The class with most votes; "" without any."""
    best = max(votes.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return best[0] if best[1] > 0 else ""


def _votes(doc: Doc, spans: list[NameSpan], forms: list[str], know: Knowledge) -> Votes:
    """For each form, what speaks for which class, in the order of CONSTRUCTIONS: words, slots, labels."""
    votes: Votes = defaultdict(Counter)
    labelled: set[tuple[str, str]] = set()
    ontology, lexicon = know.ontology, know.lexicon
    for span, form in zip(spans, forms, strict=True):
        tally = votes[form]
        if form in know.gazetteer:
            tally[know.gazetteer[form].type] += 30
        kind = ontology.ner_types.get(span.label, "")
        if kind:  # the recogniser repeats its mistakes: a second label says little more than the first
            tally[kind] += 1 if (form, kind) in labelled else _label_weight(span.label, form, know)
            labelled.add((form, kind))
        last = form.split()[-1].lower()
        if lexicon.has("names.organization_words", last) and "Organization" in ontology.types:
            tally["Organization"] += 40
        for noun in describing_nouns(doc, span.start, span.end):
            described = ontology.noun_types.get(noun, "")
            if described and not (described == "Product" and kind == "Place"):
                tally[described] += 5 if noun in lexicon["names.doer_nouns"] else 25
        words = form.split()
        if len(words) in (2, 3) and lexicon.is_first_name(words[0]) and "Person" in ontology.types:
            tally["Person"] += 15
        for word in form.lower().split():
            if word in ontology.name_words:
                tally[ontology.name_words[word]] += 80
        if "Product" in ontology.types and span.label != "PERSON" and _is_product_like(form, lexicon):
            tally["Product"] += 12
        if _after_title(doc, span, lexicon) and "Person" in ontology.types:
            tally["Person"] += 20
        _vote_by_slot(doc[span.start : span.end].root, tally, know)
    _vote_by_list(doc, spans, forms, votes)
    return votes


def _is_product_like(form: str, lexicon: Lexicon) -> bool:
    """ "Orbix Cloud", "Model 3", "X90": a product word last, or a number in a name."""
    last = form.split()[-1]
    return lexicon.has("names.product_tails", last.lower()) or any(char.isdigit() for char in form)


def _label_weight(label: str, form: str, know: Knowledge) -> int:
    """How far a label is to be trusted: products and places that no gazetteer knows are often firms."""
    if label in ("GPE", "LOC", "FAC"):
        return 10 if form in know.gazetteer or len(know.gazetteer) < 50 else 5
    if label == "PERSON" and " " not in form and not know.lexicon.is_first_name(form):
        return 7
    return 6 if label in ("PRODUCT", "WORK_OF_ART", "EVENT", "LAW") else 10


def _vote_by_list(doc: Doc, spans: list[NameSpan], forms: list[str], votes: Votes) -> None:
    """What is coordinated with things of a class is of that class, where nothing else speaks."""
    form_at = {i: form for span, form in zip(spans, forms, strict=True) for i in range(span.start, span.end)}
    for span, form in zip(spans, forms, strict=True):
        root = doc[span.start : span.end].root
        other = form_at.get(root.head.i) if root.dep_ == "conj" else None
        if other is None or other == form:
            continue
        for weak, strong in ((form, other), (other, form)):
            kind, own = _winner(votes[strong]), _winner(votes[weak])
            if kind and votes[weak][own] < 8 and votes[weak][own] <= votes[strong][kind]:
                votes[weak][kind] += 4


def _after_title(doc: Doc, span: NameSpan, lexicon: Lexicon) -> bool:
    """Whether "Mr" or "Dr" stands before a name."""
    return span.start > 0 and doc[span.start - 1].lower_.rstrip(".") in lexicon["names.titles"]


def describing_nouns(doc: Doc, start: int, end: int) -> Iterable[str]:
    """Common nouns that say what a name is: "startup Helio", "Helio, a startup", "the Orbix platform"."""
    root = doc[start:end].root
    if root.dep_ == "appos" and root.head.pos_ == "NOUN":
        yield root.head.lemma_.lower()
    for child in root.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN" and child.i > root.i:
            yield child.lemma_.lower()
        if child.dep_ in ("compound", "nmod") and child.pos_ == "NOUN" and child.i == start - 1:
            yield child.lemma_.lower()
    labels = (
        root.dep_ in ("compound", "nmod", "amod")
        and root.head.pos_ == "NOUN"
        and end <= root.head.i < end + 3
    )
    if labels and all(doc[i].dep_ in ("compound", "amod", "nmod") for i in range(end, root.head.i)):
        before = doc[start - 1].lower_ if start else ""
        if before in ("the", "its", "'s", "’s", "their", "a", "an", "his", "her", "'", "’"):
            yield root.head.lemma_.lower()
    if root.dep_ in ("nsubj", "nsubjpass") and root.head.lemma_ == "be":
        for attr in root.head.children:
            if attr.dep_ == "attr" and attr.pos_ == "NOUN":
                yield attr.lemma_.lower()


def _vote_by_slot(root: Token, tally: Counter[str], know: Knowledge) -> None:
    """Count for the class that the ontology's frames want where a name stands, against the others."""
    while root.dep_ == "conj" and root.head.pos_ == "PROPN":
        root = root.head
    head = root.head
    if root.dep_ == "pobj" and head.lower_ == "of" and head.head.pos_ == "NOUN":
        wanted = know.slot_types.get((head.head.lemma_.lower(), "of"), frozenset())
    elif root.dep_ == "pobj" and head.dep_ == "prep":
        verb = head.head.head if head.head.dep_ == "dobj" else head.head
        wanted = know.slot_types.get((verb.lemma_, head.lower_), frozenset())
    elif root.dep_ == "pobj" and head.dep_ == "agent":
        wanted = know.slot_types.get((head.head.lemma_, "subj"), frozenset())
    elif head.pos_ == "VERB" and root.dep_ in ("nsubj", "nsubjpass", "dobj"):
        wanted = know.slot_types.get((head.lemma_, "subj" if root.dep_ == "nsubj" else "obj"), frozenset())
    else:
        return
    for kind in wanted:
        tally[kind] += 8 if len(wanted) == 1 else 2 if kind == "Organization" else 1
    for kind in list(tally):
        if wanted and kind not in wanted:
            tally[kind] -= 8


def _same(
    doc: Doc, spans: list[NameSpan], forms: list[str], votes: Votes, lexicon: Lexicon
) -> dict[str, str]:
    """Which forms name the same thing: each form with the form it stands for."""
    order = list(dict.fromkeys(forms))
    folded: dict[str, str] = {}
    same = {form: folded.setdefault(form.casefold(), form) for form in order}
    first = {form: spans[forms.index(form)].start for form in order}
    together = _together(doc, spans, forms)
    for form in order:
        longer = [
            other for other in order if other != form and _may_shorten(form, other, votes, first, lexicon)
        ]
        longer = [
            other
            for other in longer
            if frozenset((form, other)) not in together or _winner(votes[other]) == "Person"
        ]
        if _winner(votes[form]) == "Organization" and any(
            _winner(votes[o]) == "Organization" for o in longer
        ):
            longer = [other for other in longer if _winner(votes[other]) == "Organization"]
        targets = {same[other] for other in longer}
        if len(targets) > 1 and all(_winner(votes[other]) == "Person" for other in longer):
            targets = {
                same[min(longer, key=lambda other: first[other])]
            }  # the family name of whom we met first
        if len(targets) == 1:
            target = targets.pop()
            for key, value in same.items():
                if value == same[form] and value != target:
                    same[key] = target
    return same


def _together(doc: Doc, spans: list[NameSpan], forms: list[str]) -> set[frozenset[str]]:
    """Pairs of forms that stand in one sentence: there a short form and a long one are two things."""
    by_sentence: dict[int, set[str]] = defaultdict(set)
    for span, form in zip(spans, forms, strict=True):
        by_sentence[doc[span.start].sent.start].add(form)
    return {
        frozenset((a, b)) for found in by_sentence.values() for a in found for b in found if a < b or b < a
    }


def _folded(words: list[str]) -> list[str]:
    return [word.casefold() for word in words]


def _may_shorten(short: str, long: str, votes: Votes, first: dict[str, int], lexicon: Lexicon) -> bool:
    """Whether one form can be the short form of another: a family name, an acronym, "Ardent" Towers."""
    gender = title_gender(short.split()[0], lexicon) if " " in short else ""
    a, b = _untitled(short, lexicon).split(), long.split()
    kinds = _winner(votes[short]), _winner(votes[long])
    if gender and lexicon.first_name_gender(b[0]) not in ("", gender):
        return False
    if len(a) >= len(b):
        return False
    firm = kinds[1] == "Organization" and first[long] < first[short] and not lexicon.is_first_name(short)
    if kinds[1] == "Person" or (kinds[0] == "Person" and not firm):
        return kinds[1] == "Person" and (
            _folded(a) == _folded(b[-len(a) :])
            or (len(a) == 1 and a[0] == b[0])
            or (a[0], a[-1]) == (b[0], b[-1])
        )
    if len(a) == 1 and short.isupper() and len(short) > 2:
        initials = "".join(word[0] for word in b if word[0].isupper())
        if initials == short:
            return True
    if a == b[: len(a)]:
        tail = [word.lower() for word in b[len(a) :]]
        own_branch = any(lexicon.has("names.product_tails", word) or word.isdigit() for word in tail)
        generic = all(lexicon.has("names.organization_words", word) for word in tail)
        return (generic and "Place" not in kinds) or (
            not own_branch and firm and kinds[0] in ("", "Person", "Organization")
        )
    maker = " ".join(b[: -len(a)])
    return (
        a == b[-len(a) :]
        and maker in votes
        and len(a[0]) > 3
        and not lexicon.has("names.organization_words", a[0])
    )
