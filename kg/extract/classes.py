"""Which class a name is of: a vote of its words, the nouns beside it, its slots and the recogniser.

In the order of what is reliable (CONSTRUCTIONS section 7): organisation words, nouns that describe
the name, slots of the ontology's frames, labels of the recogniser.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from spacy.tokens import Doc, Token

from kg.english import words
from kg.extract.antecedents import person_beside
from kg.extract.apposed import group_noun, labelled
from kg.extract.clauses import children
from kg.extract.knowledge import Knowledge
from kg.extract.lexicon import Lexicon
from kg.extract.lives import is_no_person, is_of_things
from kg.extract.names import NameSpan, surface
from kg.extract.nominals import is_named
from kg.extract.schools import vote_by_town
from kg.extract.state import in_headline
from kg.extract.whole import is_binomial
from kg.ontology import ontology_path
from kg.words import KIND_LABELS, load_words

Votes = dict[str, Counter[str]]


#: "J. Holt", "A. B. Vane": how astronomers and authors are written.
_INITIALS = re.compile(r"(?:[A-Z]\. ?)+[A-Z][a-z]+(?:-[A-Z][a-z]+)?")


_PERSONAL = frozenset(("he", "she", "his", "her", "him"))
#: What the recogniser's word is worth for a person of one name, whom nothing introduces.
LONE = 4


def winner(votes: Counter[str]) -> str:
    """The class with most votes; "" without any."""
    best = max(votes.items(), key=lambda item: (item[1], item[0]), default=("", 0))
    return best[0] if best[1] > 0 else ""


def class_votes(doc: Doc, spans: list[NameSpan], forms: list[str], know: Knowledge) -> Votes:
    """For each form of a name, the weight of what speaks for which class."""
    votes: Votes = defaultdict(Counter)
    labelled: set[tuple[str, str]] = set()
    families = _introduced(doc, forms)
    for span, form in zip(spans, forms, strict=True):
        tally = votes[form]
        kind = "" if is_no_person(span.label, form, know) else know.ontology.ner_types.get(span.label, "")
        if kind:  # the recogniser repeats its mistakes: a second label says little more than the first
            tally[kind] += 1 if (form, kind) in labelled else _label_weight(span.label, form, know, families)
            labelled.add((form, kind))
        _vote_by_words(doc, span, form, tally, know)
        if span.label == "DEMONYM":  # "an American who" is a person, the country is none
            continue
        root = doc[span.start : span.end].root
        for noun in describing_nouns(doc, span.start, span.end, is_one=not know.ontology.kinds):
            described = know.ontology.noun_types.get(noun, "")
            if span.start and doc[span.start - 1].lower_ in know.lexicon["names.of_teams"]:
                described = "Organization"
            of_genus = noun == "member" and bool(know.has_species)
            if described == "Person" and (of_genus or _is_inside(root) or _is_before(root, noun)):
                continue
            # "its latest product, Orbix"; "the Oslo product" is no Oslo
            told = root.dep_ == "appos" or (root.is_oov and form not in know.gazetteer)
            if described and (told or not (described == "Product" and kind == "Place")):
                tally[described] += 5 if noun in know.lexicon["names.doer_nouns"] else 25
            elif not described and not _is_before(root, noun) and _is_personal(noun, know):
                tally["Person"] += 12
        _vote_by_label(doc, span, tally, know)
        _vote_by_slot(root, tally, know)
        _vote_by_role(root, span.label, tally, know)
        _vote_by_relative(root, tally, know)
        vote_by_town(form, root, tally, know)
        if _has_its(root) and not any(name != form and sort != "Person" for name, sort in labelled):
            tally["Organization"] += 8  # there is nothing else that "its" could stand for
        if _says_of_itself(root):
            tally["Organization"] += 8
        for missing in set(tally) - set(know.ontology.types):
            del tally[missing]
    _vote_by_list(doc, spans, forms, votes)
    return votes


def _has_its(root: Token) -> bool:
    """ "Kestra named Ida Moe its chief executive": what is "its" in the clause of a subject."""
    verb = root.head
    if root.dep_ != "nsubj" or verb.pos_ not in ("VERB", "AUX"):
        return False
    before = {"prep", "pobj", "pcomp", "advmod"}  # "since its founding, Kestra has"
    after = {"dobj", "oprd", "attr", "appos", "xcomp"} | before
    return any(
        own.lower_ == "its" and own.dep_ == "poss" and _is_below(own.head, verb, after)
        for own in verb.subtree
        if own.i > root.i or _is_below(own.head, verb, before)
    )


def _is_below(word: Token, verb: Token, deps: set[str]) -> bool:
    """Whether a word hangs on a verb through some dependencies alone."""
    while word != verb:
        if word.dep_ not in deps or any(c.dep_ in ("nsubj", "nsubjpass") for c in word.children):
            return False
        word = word.head
    return True


def _says_of_itself(root: Token) -> bool:
    """ "Kestra said it would appeal": who says so is no person."""
    if root.dep_ != "nsubj" or root.head.lemma_ not in words("classes.saying"):
        return False
    clauses = [c for c in children(root.head, "ccomp") if c.lemma_ not in words("classes.impersonal")]
    return any(subject.lower_ == "it" for clause in clauses for subject in children(clause, "nsubj"))


def _is_personal(noun: str, know: Knowledge) -> bool:
    """Whether only persons bear a role noun of the ontology: "wife", "graduate"."""
    return know.wanted(noun, "is", frozenset()) == {"Person"}


def _is_family(words: list[str], lexicon: Lexicon) -> bool:
    """Whether a name has a first name and a word that is a family name as well as one of firms."""
    family = words[-1].lower() in lexicon["names.also_families"]
    return family and len(words) == 2 and lexicon.is_first_name(words[0])


def _vote_by_words(doc: Doc, span: NameSpan, form: str, tally: Counter[str], know: Knowledge) -> None:
    """Count what the words of a name say, and the title before it."""
    lexicon, words = know.lexicon, form.split()
    written = surface(doc, span).split()
    if form in know.gazetteer:
        known = know.gazetteer[form]
        tally[known.type] += 200 if known.iri else 30  # what a backbone says is the user's word
    if len(written) > 1 and written[-1].lower().rstrip(".,") in lexicon["names.legal_suffixes"]:
        tally["Organization"] += 60
    opens = len(words) > 1 and lexicon.has("names.organization_openers", words[0].lower())
    family = span.label == "PERSON" and _is_family(words, lexicon)  # "Robert Mills"
    if opens or (lexicon.has("names.organization_words", words[-1].lower()) and not family):
        tally["Organization"] += 40
    elif len(words) > 1 and words[-1].lower() in lexicon["names.place_words"]:
        tally["Place"] += 12
    if len(words) in (2, 3) and lexicon.is_first_name(words[0]) and not is_of_things(words[-1], know):
        tally["Person"] += 15
    for word in form.lower().split():
        if word in know.ontology.name_words:
            tally[know.ontology.name_words[word]] += 80
    if know.ontology.kinds and _INITIALS.fullmatch(form):
        tally["Person"] += 15
    _vote_by_sort(doc, span, tally, know)
    _vote_by_head(form, tally, know)
    if span.label != "PERSON" and _is_product_like(form, lexicon):
        tally["Product"] += 12
    if _after_title(doc, span, lexicon):
        tally["Person"] += 20


def _vote_by_sort(doc: Doc, span: NameSpan, tally: Counter[str], know: Knowledge) -> None:
    """Without a lexicon: species by their Latin words, peoples by their plural ("the Kestrals")."""
    if know.has_species and is_binomial(doc[span.start]):
        tally[know.has_species] += 60
    if know.has_peoples and span.label == "NORP" and doc[span.end - 1].text.endswith("s"):
        tally[know.has_peoples] += 40


def _vote_by_label(doc: Doc, span: NameSpan, tally: Counter[str], know: Knowledge) -> None:
    """Without a lexicon: the class that the noun right before a name denotes ("the genus Vulpes")."""
    before = doc[span.start - 1] if know.ontology.kinds and span.start else None
    kind = know.ontology.noun_types.get(before.lower_, "") if before is not None else ""
    proper = kind not in KIND_LABELS and know.ontology.kinds.get(kind) != "Person"
    if kind and proper and before is not None and before.pos_ == "NOUN":
        tally[kind] += 40


def _vote_by_head(form: str, tally: Counter[str], know: Knowledge) -> None:
    """Without a lexicon: the class that the head of a name denotes ("Hale Observatory", "Lake Orrin")."""
    words = re.split(r" (?:of|for|in|at|on|from) ", form)[0].split()
    if not know.ontology.kinds or len(form.split()) < 2 or ":" in form:
        return
    for word in (words[-1], words[0]):
        kind = know.ontology.noun_types.get(word.lower(), "")
        sort = know.ontology.kinds.get(kind, "")
        if kind and sort != "Person" and (word == words[-1] or sort == "Place"):  # "Lake Orrin", "Art Moe"
            tally[kind] += 40 if word.islower() else 18
            if sort == "Organization" and kind not in KIND_LABELS:
                tally[kind] += tally["Organization"]  # a party is one before it is any organisation
            return


def _is_product_like(form: str, lexicon: Lexicon) -> bool:
    """ "Orbix Cloud", "Model 3", "X90": a product word last, or a number in a name."""
    last = form.split()[-1]
    return lexicon.has("names.product_tails", last.lower()) or any(char.isdigit() for char in form)


def _introduced(doc: Doc, forms: list[str]) -> set[str]:
    """The family names whose full names a text gives; all names where it need not give them.

    A story with a headline gives each person's full name first, and one without he and she.
    """
    return {form.split()[-1] for form in forms if " " in form} if _introduces(doc) else set(forms)


def _introduces(doc: Doc) -> bool:
    return (len(doc) > 0 and in_headline(doc[0])) or not any(token.lower_ in _PERSONAL for token in doc)


def _is_doubtful(form: str, know: Knowledge) -> bool:
    """ "Cloudspan", "National Grid": one name, or a family name that is a common noun, and no given name."""
    names, table = form.split(), load_words(ontology_path("derive.toml").parent).above
    if know.ontology.kinds:
        return False
    last = names[-1].lower()
    return len(names) == 1 or (len(names) == 2 and (last in table or last.removesuffix("s") in table))


def _label_weight(label: str, form: str, know: Knowledge, families: set[str]) -> int:
    """How far a label is to be trusted: products and places that no gazetteer knows are often firms."""
    if label in ("GPE", "LOC", "FAC"):
        return 10 if form in know.gazetteer or len(know.gazetteer) < 50 else 5
    if label == "PERSON" and not know.lexicon.is_first_name(form.split()[0]):
        return LONE if form not in families and _is_doubtful(form, know) else 7
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
            kind, own = winner(votes[strong]), winner(votes[weak])
            if kind and votes[weak][own] < 8 and votes[weak][own] <= votes[strong][kind]:
                votes[weak][kind] += 4


def _is_before(root: Token, noun: str) -> bool:
    """Whether a name is a modifier of a noun: "a Kestra engineer" is no Kestra."""
    return root.dep_ in ("compound", "nmod", "amod") and root.head.lemma_.lower() == noun


def _is_inside(root: Token) -> bool:
    """Whether a name stands behind "in" or "at", or in a chain behind it: "born in Drevsund, the son of"."""
    while root.dep_ == "appos" and root.head.pos_ == "PROPN":
        root = root.head
    return root.dep_ == "pobj" and root.head.lower_ in ("in", "at", "near")


def _after_title(doc: Doc, span: NameSpan, lexicon: Lexicon) -> bool:
    """Whether "Mr" or "Dr" stands before a name."""
    return span.start > 0 and doc[span.start - 1].lower_.rstrip(".") in lexicon["names.titles"]


def describing_nouns(doc: Doc, start: int, end: int, is_one: bool = True) -> Iterable[str]:
    """Common nouns that say what a name is: "startup Helio", "Helio, a startup", "the Orbix platform".

    ``is_one``: also "an Orbix platform", which is by Orbix as often as it is one.
    """
    root = doc[start:end].root
    yield from group_noun(root)
    for child in root.children:
        if child.dep_ == "appos" and child.pos_ == "NOUN" and child.i > root.i and not is_named(child):
            yield child.lemma_.lower()
        title = root.ent_type_ == "PERSON" and child.lower_ in words("roles.titles")  # "Chairman Ida Moe"
        if child.dep_ in ("compound", "nmod") and (title or child.pos_ == "NOUN") and child.i == start - 1:
            yield child.lemma_.lower()
    twin = doc[start - 1] if start else root
    if twin.pos_ == "NOUN" and twin.head == root.head:
        loose = root.dep_ in ("npadvmod", "dep", "oprd") and twin.dep_ in ("pobj", "dobj")
        if loose or twin.dep_ == root.dep_ in ("pobj", "dobj", "nsubj"):
            yield twin.lemma_.lower()
    yield from labelled(doc, start, end, is_one)
    if root.dep_ in ("nsubj", "nsubjpass") and root.head.lemma_ in ("be", "become", "remain"):
        for attr in root.head.children:
            if attr.dep_ == "attr" and attr.pos_ == "NOUN":
                yield attr.lemma_.lower()
            elif attr.dep_ == "attr" and attr.pos_ == "PROPN":  # "is Professor Emeritus of"
                yield from (word.lower_ for word in (attr, *attr.lefts) if word.dep_ != "det")


def _vote_by_slot(root: Token, tally: Counter[str], know: Knowledge) -> None:
    """Count for the class that the ontology's frames want where a name stands, against the others."""
    while root.dep_ == "conj" and root.head.pos_ == "PROPN":
        root = root.head
    word, slot = _slot(root)
    filled = _filled(word) if word.pos_ == "VERB" else frozenset()
    wanted = _by_object(root, word, slot, know) if word.pos_ == "VERB" else set()
    wanted = wanted or (know.wanted(word.lemma_.lower(), slot, filled) if slot else set())
    if word.lemma_ == "hire" and any(c.lemma_ in words("classes.services") for c in children(word, "xcomp")):
        wanted = {"Organization"}
    things = [t for t in children(word, "dobj") if t.pos_ == "NOUN"]
    if slot == "subj" and word.lemma_ in words("as_verbs.object_ends") and things:
        people = any(know.ontology.noun_types.get(t.lemma_.lower()) == "Person" for t in things)
        wanted = wanted if people else set()  # "dismissed speculation"
    _count(wanted, tally)


def _count(wanted: set[str], tally: Counter[str]) -> None:
    """Count for the classes that a slot wants, against the others."""
    for kind in sorted(wanted):
        tally[kind] += 8 if len(wanted) == 1 else 2 if kind == "Organization" else 1
    for kind in list(tally):
        if wanted and kind not in wanted:
            tally[kind] -= 8


def _vote_by_role(root: Token, label: str, tally: Counter[str], know: Knowledge) -> None:
    """ "A Kestra graduate", "a Kestra engineer": what has graduates and engineers is no person."""
    role = root.head
    named = root.pos_ == "PROPN" and label in ("", "PERSON", "PRODUCT", "WORK_OF_ART")
    before = named and role.text.islower() and _is_before(root, role.lemma_.lower())
    if before and know.wanted(role.lemma_.lower(), "of", frozenset()) == {"Organization"}:
        tally["Organization"] += 8
        tally["Person"] -= 8


def _by_object(root: Token, verb: Token, slot: str, know: Knowledge) -> set[str]:
    """What the noun asks for that a verb has: "raised its stake in Y", "signed a deal with Y"."""
    noun = next((c for c in verb.children if c.dep_ == "dobj" and c.pos_ == "NOUN"), None)
    if noun is None or slot == "obj":
        return set()
    held = slot == "subj" and verb.lemma_ in know.lexicon["light_verbs.all"]
    behind = root.dep_ == "pobj" and root.head.head == noun
    return (
        know.wanted(noun.lemma_.lower(), "poss" if held else slot, frozenset()) if held or behind else set()
    )


def _vote_by_relative(root: Token, tally: Counter[str], know: Knowledge) -> None:
    """ "X, who", "X, which raised money", "X, made by Y": a person or none, and what the clause says."""
    for clause in root.children:
        if clause.dep_ == "acl" and clause.tag_ == "VBN" and clause.nbor(-1).text == ",":
            wanted = know.wanted(clause.lemma_, "obj", _filled(clause))
            _count(wanted if len(wanted) == 1 else set(), tally)
        relative = next((t for t in clause.lefts if t.tag_ in ("WDT", "WP")), None)
        if clause.dep_ != "relcl" or relative is None or relative.i - root.i > 2:
            continue
        person = {"who": 20, "whom": 20, "which": -12}.get(relative.lower_, 0)
        if person > 0 and person_beside(root) != root:
            continue
        if person:
            tally["Person"] += person
        _vote_by_slot(relative, tally, know)


def _slot(root: Token) -> tuple[Token, str]:
    """The verb or noun that a word depends on, and the slot of its frames that it stands in."""
    head = root.head
    if root.dep_ == "poss" and head.pos_ == "NOUN":
        return head, "poss"
    if root.dep_ == "pobj" and head.dep_ == "agent":
        return head.head, "subj"
    if root.dep_ == "pobj" and head.head.pos_ == "NOUN" and (head.lower_ == "of" or head.head.dep_ != "dobj"):
        return head.head, head.lower_
    if root.dep_ == "pobj" and head.dep_ == "prep":
        return head.head.head if head.head.dep_ == "dobj" else head.head, head.lower_
    if head.lemma_ == "be" and root.dep_ == "nsubj":
        adjective = next((c for c in head.children if c.dep_ == "acomp" and any(c.rights)), None)
        if adjective is not None:
            return adjective, "subj"
    if head.pos_ in ("VERB", "AUX") and root.dep_ in ("nsubj", "nsubjpass", "dobj"):
        verb = head if root.dep_ == "dobj" else _lowest(head)  # "failed to buy": who buys
        return verb, "subj" if root.dep_ == "nsubj" or verb != head else "obj"
    return head, ""


def _filled(verb: Token) -> frozenset[str]:
    """The slots of a verb that something stands in."""
    objects = [child for child in verb.children if child.dep_ in ("dobj", "nsubjpass")]
    phrases = (
        c.lower_ for holder in (verb, *objects) for c in holder.children if c.dep_ in ("prep", "dative")
    )
    return frozenset(("subj", *phrases, *(["obj"] if objects or verb.dep_ in ("acl", "relcl") else [])))


def _lowest(verb: Token) -> Token:
    """The last of a chain of verbs that share a subject: "is due to buy", "went on to buy"."""
    for child in verb.children:
        for below in (child, *child.children) if child.dep_ == "acomp" else (child,):
            infinitive = below.dep_ in ("xcomp", "advcl") and any(c.dep_ == "aux" for c in below.lefts)
            if (
                below.i > verb.i
                and not _has_object(verb)
                and (infinitive or (below.dep_ == "xcomp" and below.tag_ == "VBG"))
            ):
                return _lowest(below)
    return verb


def _has_object(verb: Token) -> bool:
    """ "Uses software to run its plants": the second verb tells the purpose."""
    return any(child.dep_ == "dobj" for child in verb.children)
