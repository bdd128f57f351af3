"""What definite descriptions stand for: "the company", "both firms", "his company".

By evidence alone: a noun that the document used of the thing, the one thing of that class that was
subject last or that was mentioned at all, the organisation that a person leads. Without evidence
nothing is resolved.
"""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Token

from kg.english import words
from kg.extract.clauses import children, is_indefinite, logical_subjects, surface_subjects, with_particle
from kg.extract.discourse import Discourse
from kg.extract.offers import priced
from kg.extract.standing import PERSONAL, SUBJECTS, Seen, bound, clause_of
from kg.extract.state import Named, sentence_of

_DEFINITE = frozenset(("the", "this", "that", "these", "those", "both"))
#: How many of the latest mentions a description can go back to.
_WINDOW = 60
_LEADING = frozenset("found co-found cofound establish start launch lead run head chair own".split())


def description(token: Token, discourse: Discourse) -> Named | None:
    """The things that a definite noun phrase stands for; its span ends with the noun."""
    lemma = token.lemma_.lower()
    if lemma == "both":
        return _both(token, discourse)
    kind = discourse.know.ontology.noun_types.get(lemma)
    kin = lemma in discourse.know.lexicon["kin.nouns"]  # "her mother" need not be the mother named before
    if lemma in discourse.know.lexicon["kin.couples"] and _is_definite(token):
        couple = discourse.couple(discourse.sentence[token.i])
        return Named(token.i, token.i + 1, couple, "description") if couple else None
    if kind is None or kin or _is_predicate(token, discourse):
        return None
    entities: tuple[int, ...] = ()
    if any(child.dep_ == "poss" for child in token.children):
        start, entities = token.left_edge.i, _own(token, lemma, discourse)
    elif _is_definite(token):
        start = min(
            [token.i, *(c.i for c in token.children if c.dep_ in ("det", "nummod", "predet", "preconj"))]
        )
        if token.tag_ == "NNS":
            entities = _several(token, kind, discourse)
        else:
            number = _one_from_there(token, lemma, kind, discourse)
            entities = () if number is None else (number,)
            discourse.use_noun(lemma, token, number)
    return Named(start, token.i + 1, entities, "description") if entities else None


def _both(token: Token, discourse: Discourse) -> Named | None:
    """ "A rival of both", "both declined": the two that the text has just named together."""
    alone = token.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj") and not children(token, "prep", "conj")
    doers = set(discourse.entities_at(logical_subjects(clause_of(token)))) if token.dep_ != "nsubj" else set()
    here = discourse.sentence[token.i]
    recent = {seen.entity for seen in discourse.seen[-_WINDOW:] if here - seen.sentence <= 1}
    for pair in reversed(discourse.pairs[-2:] if alone else []):
        if len(pair) == 2 and doers.isdisjoint(pair) and recent.issuperset(pair):
            return Named(token.i, token.i + 1, pair, "description")
    return None


def _one_from_there(token: Token, lemma: str, kind: str, discourse: Discourse) -> int | None:
    """The thing that "the company" means; "the Chinese company" is the one that it was before."""
    before = children(token, "amod", "compound", "nmod")
    peoples = [c.lower_ for c in before if discourse.know.is_origin(c.text)]
    if not peoples:
        return _one(token, lemma, kind, discourse)
    generic = lemma in discourse.know.lexicon["descriptions.generic_organization"]
    called = f"{peoples[0]} {kind if generic else lemma}"
    number = discourse.described.get(called)
    number = _one(token, lemma, kind, discourse, peoples[0]) if number is None else number
    if number is not None:
        discourse.described[called] = number
    return number


def aged(token: Token, discourse: Discourse) -> Named | None:
    """ "The 41-year-old": the only person who was a subject in this sentence and the two before."""
    first = token.i - 5
    words = [word.lower_ for word in token.doc[max(first, 0) : token.i]]
    if token.dep_ in ("amod", "compound") or words[:1] != ["the"] or words[2:] != ["-", "year", "-"]:
        return None
    here = discourse.sentence[token.i]
    persons = _distinct(
        seen
        for seen in discourse.seen[-_WINDOW:]
        if here - seen.sentence <= 2 and seen.subject and discourse.is_person(seen.entity)
    )
    return Named(first, token.i + 1, tuple(persons), "description") if len(persons) == 1 else None


def _is_predicate(token: Token, discourse: Discourse) -> bool:
    """Whether a noun says what something else is: "X, the company", "X is the company", "as the company"."""
    if token.dep_ == "appos":
        return token.head.pos_ == "PROPN" or discourse.is_name(token.head)
    return token.dep_ in ("attr", "compound", "oprd") or (token.dep_ == "pobj" and token.head.lower_ == "as")


def _is_definite(token: Token) -> bool:
    """A definite noun phrase with nothing after it that says which one."""
    blamed = token.dep_ == "dobj" and token.head.lemma_ in words(
        "grammar.blaming"
    )  # "accused the firm of theft"
    based = any(c.dep_ == "amod" and c.lower_ == "based" for c in token.children)
    specific = any(
        (c.dep_ in ("appos", "poss") and c.lower_ != "both" and not is_indefinite(c))
        or (c.dep_ in ("relcl", "acl") and c.left_edge.nbor(-1).text != ",")
        or (c.dep_ == "prep" and c.lower_ in ("of", "behind") and not blamed)
        # "founded the company in Leeds" is as well about where it was founded
        or (c.dep_ == "prep" and c.lower_ in ("in", "at") and token.dep_ != "dobj")
        or (c.dep_ in ("compound", "nmod") and c.pos_ == "PROPN" and not based and c.ent_type_ != "GPE")
        for c in token.children
    )
    named = token.i + 1 < len(token.doc) and token.nbor(1).pos_ == "PROPN"  # "the equity firm Orbix"
    return not (specific or named) and any(c.lower_ in _DEFINITE for c in token.children)


def _one(token: Token, lemma: str, kind: str, discourse: Discourse, people: str = "") -> int | None:
    """The thing that "the company" means; one of a ``people`` is not one that the text calls otherwise."""
    bought = discourse.entity_at(priced(token))
    if bought is not None and discourse.of_class(bought, kind):
        return bought
    doing = (
        _doers(token, discourse)
        | asides(token, discourse)
        | (_from_elsewhere(people, discourse) if people else set())
    )
    found = [
        seen
        for seen in discourse.seen[-_WINDOW:]
        if discourse.of_class(seen.entity, kind) and not bound(token, seen) and seen.entity not in doing
    ]
    calling = [s for s in reversed(found) if discourse.is_called(s.entity, lemma, token)]
    called = next((s for s in calling if not _is_in_passing(s.entity, lemma, discourse)), None)
    called = called or next(iter(calling), None)
    if called is not None and not _is_aside(token, called, lemma, found, discourse):
        before = discourse.described.get(lemma)  # "the bank" stays the same, unless the text turns to another
        if called.subject or before is None or all(seen.entity != before for seen in found):
            return called.entity
        return before if discourse.is_called(before, lemma, token) else called.entity
    here = discourse.sentence[token.i]
    if lemma not in discourse.know.lexicon["descriptions.generic_organization"]:
        return _alike(lemma, [seen for seen in found if here - seen.sentence <= 2], discourse)
    learned = discourse.know.lexicon["descriptions.no_company"]
    found = [seen for seen in found if lemma in learned or not _has_word(seen.entity, learned, discourse)]
    backers = discourse.know.lexicon["roles.backers"]  # "the company" is what they have put money in
    found = [seen for seen in found if backers.isdisjoint(discourse.nouns.get(seen.entity, ()))] or found
    public = discourse.know.lexicon["public.organizations"]
    if lemma == "union":  # a trade union is no ministry
        others = public - {lemma}
        found = [seen for seen in found if not _has_word(seen.entity, others, discourse)]
    found = [seen for seen in found if _is_public(seen.entity, public, discourse) == (lemma in public)]
    for sentence in (here, here - 1):
        led = _led_by_subject(token, discourse) if sentence < here else ()
        if len(led) == 1:
            return led[0]
        if sentence < here and opens_paragraph(token):
            beside = [s for s in found if s.sentence == here and s.role not in ("modifier", "owner")]
            if beside:
                return beside[-1].entity
            about = discourse.topic({seen.entity for seen in found})
            if about is not None:  # a paragraph goes back to what the text is about
                return about
        subjects = _distinct(s for s in found if s.sentence == sentence and _is_topic(s))
        if subjects:
            return _gone_on_with(subjects[0], sentence, found) if len(subjects) == 1 else None
    only = _only(found, here)
    return only if only is not None else discourse.topic({seen.entity for seen in found})


def _is_in_passing(number: int, lemma: str, discourse: Discourse) -> bool:
    """ "The bank" is rather Tarn Bank than Tarn Bank Capital Management."""
    name = discourse.entities[number].name.lower().split()
    behind = name[name.index(lemma) + 1 :] if lemma in name else []
    small = {"of", "for", "in", *discourse.know.lexicon["names.legal_suffixes"]}
    return bool(behind) and behind[0] not in small and lemma not in discourse.nouns.get(number, ())


def _alike(lemma: str, recent: list[Seen], discourse: Discourse) -> int | None:
    """ "The software" of a text that called its one product a tool."""
    families = [
        words("descriptions.alike.medicines"),
        words("descriptions.alike.software"),
        words("descriptions.alike.vehicles"),
    ]
    family = next((nouns for nouns in families if lemma in nouns), frozenset[str]())
    things = _distinct(recent) if family else []
    alike = [number for number in things if family & discourse.nouns.get(number, set())]
    return alike[0] if len(alike) == 1 else None


def _gone_on_with(subject: int, sentence: int, found: list[Seen]) -> int:
    """What the next sentence is about: a subject, or what the text was about before and went on with there.

    "Kestra bought Orbix. Velm Bank advised Kestra. The company ...": centering's backward-looking center
    (Grosz, Joshi and Weinstein 1995), where the subject is new.
    """
    if any(seen.entity == subject and seen.sentence < sentence for seen in found):
        return subject
    topics = {seen.entity for seen in found if seen.sentence < sentence and _is_topic(seen)}
    here = [seen for seen in found if seen.sentence == sentence]
    clauses = {seen.clause for seen in here if seen.entity == subject and seen.kind == "name"}
    again = _distinct(s for s in here if s.entity in topics and s.clause in clauses)
    return again[0] if len(again) == 1 else subject


def asides(token: Token, discourse: Discourse) -> set[int]:
    """Whom the doer is done with: in "X, a former head of Y, chairs its board" it is not Y's."""
    beside = [role for doer in logical_subjects(clause_of(token)) for role in children(doer, "appos")]
    past = [role for role in beside if role.i < token.i and _is_past_role(role, discourse)]
    return {number for role in past for number in discourse.entities_at(role.subtree)}


def _is_past_role(role: Token, discourse: Discourse) -> bool:
    """ "A former head", "the first president"."""
    past = discourse.know.lexicon["status.ended.adjectives"] | {"first"}
    return any(child.lower_ in past for child in children(role, "amod"))


def _doers(token: Token, discourse: Discourse) -> set[int]:
    """Who does it to "the company": "X walked away from the company", "its stake in the company"."""
    above = token.head.head if token.dep_ == "pobj" else token.head
    if token.dep_ not in ("dobj", "pobj") or token.head.lower_ in ("as", "of"):
        return set()
    owners = [child for child in children(above, "poss") if child.pos_ == "PRON"]
    above = above.head if above.pos_ == "ADV" else above
    if above.dep_ == "advcl" and above.lemma_ in words("grammar.resulting"):
        return set()  # "raised money, valuing the company at"
    doers = surface_subjects(above) if above.pos_ == "VERB" else owners
    return set(discourse.entities_at(doers))


def _is_aside(token: Token, called: Seen, lemma: str, found: list[Seen], discourse: Discourse) -> bool:
    """Whether "his own company, Y" was said of a thing once and in passing: "the company" is another."""
    generic = lemma in discourse.know.lexicon["descriptions.generic_organization"]
    in_name = lemma in discourse.entities[called.entity].name.lower().split()
    times = sum(seen.entity == called.entity for seen in found)
    told = any(_is_topic(seen) for seen in found if seen.entity == called.entity)
    if not generic or in_name or len(_distinct(found)) < 2:
        return False
    latest = found[-1]  # another has been what the text speaks of since
    gone = latest.sentence - called.sentence > 1 and _is_topic(latest) and latest.entity != called.entity
    return gone or (times == 1 and not told and discourse.sentence[token.i] - called.sentence > 1)


def _from_elsewhere(people: str, discourse: Discourse) -> set[int]:
    """Things that the text says are of another people: "Danish drugmaker X" is not "the French group"."""
    origins: dict[int, set[str]] = {}
    for seen in discourse.seen:
        nouns = [c for c in seen.token.children if c.dep_ in ("compound", "nmod", "appos")]
        for word in [*seen.token.children, *(below for noun in nouns for below in noun.children)]:
            town = word.ent_type_ == "GPE" and word.dep_ in ("compound", "nmod")  # "the Boston start-up X"
            if town or (word.dep_ == "amod" and discourse.know.is_origin(word.text)):
                origins.setdefault(seen.entity, set()).add(word.lower_)
    others = {n for n, found in origins.items() if people not in found}
    called = {number: phrase.split()[0] for phrase, number in discourse.described.items() if " " in phrase}
    return others | {n for n, word in called.items() if discourse.know.is_origin(word) and word != people}


def opens_paragraph(token: Token) -> bool:
    """Whether a word's sentence is the first of its line."""
    start = sentence_of(token).start
    return start == 0 or "\n" in token.doc[start - 1].text_with_ws


def _led_by_subject(token: Token, discourse: Discourse) -> tuple[int, ...]:
    """ "He ran the company": what whoever is the subject there leads."""
    for verb in (clause_of(token), sentence_of(token).root):
        person = discourse.entity_at(logical_subjects(verb))
        led = led_by(person, discourse) if person is not None else ()
        if led:
            return led
    return ()


def _is_topic(seen: Seen) -> bool:
    """Whether a clause is about a name: its subject, also in "the software maker X"."""
    beside = seen.token.dep_ == "appos" and seen.token.head.tag_ != "NNS"  # "X's rivals Y and Z": on X
    if seen.token.dep_ == "attr" and seen.token.head.lemma_ == "be":  # "one of them is X", "the buyer is X"
        return all(subject.pos_ != "PROPN" for subject in surface_subjects(seen.token.head))
    return seen.subject or (beside and seen.token.head.dep_ in SUBJECTS)


def _has_word(number: int, words: frozenset[str], discourse: Discourse) -> bool:
    """Whether a word of a name tells its sort: "the company" is no commission, "the regulator" no firm."""
    return not words.isdisjoint(discourse.entities[number].name.lower().split())


def _is_public(number: int, words: frozenset[str], discourse: Discourse) -> bool:
    """Whether a thing is an organ of a state, by a word of its name or by what the text calls it."""
    called = discourse.nouns.get(number, set())
    return _has_word(number, words, discourse) or not words.isdisjoint(called)


def _only(found: list[Seen], here: int) -> int | None:
    """The one thing of the class that was mentioned lately, or at all."""
    for recent in ([seen for seen in found if here - seen.sentence <= 2], found):
        things = _distinct(recent)
        if things:
            return things[0] if len(things) == 1 else None
    return None


def _distinct(found: Iterable[Seen]) -> list[int]:
    return list(dict.fromkeys(seen.entity for seen in found))


def _several(token: Token, kind: str, discourse: Discourse) -> tuple[int, ...]:
    """The last coordination of that class, else the only two that were mentioned lately."""
    counted = any(c.lower_ in ("two", "both") for c in token.children)
    doers = logical_subjects(clause_of(token))
    doing = set(discourse.entities_at(doers if token not in doers else ()))
    for pair in reversed(discourse.pairs):
        if (
            doing.isdisjoint(pair)
            and all(discourse.of_class(number, kind) for number in pair)
            and (counted or len(pair) == 2)
        ):
            return pair
    here = discourse.sentence[token.i]
    recent = [
        s for s in discourse.seen[-_WINDOW:] if here - s.sentence <= 1 and discourse.of_class(s.entity, kind)
    ]
    things = tuple(number for number in _distinct(recent) if number not in doing)
    if counted and len(things) < 2:  # the only two of the text so far
        ever = [s for s in discourse.seen if discourse.of_class(s.entity, kind)]
        things = tuple(number for number in _distinct(ever) if number not in doing)
    return things if counted and len(things) == 2 else ()


def _own(token: Token, lemma: str, discourse: Discourse) -> tuple[int, ...]:
    """ "His company": the one organisation that the document says he leads."""
    owner = next(child for child in token.children if child.dep_ == "poss")
    if owner.lower_ not in PERSONAL or len(list(token.lefts)) > 1 or token.tag_ == "NNS":
        return ()
    if lemma not in discourse.know.lexicon["descriptions.generic_organization"]:
        return ()
    person = discourse.entity_at([owner])
    led = led_by(person, discourse) if person is not None else ()
    return led if len(led) == 1 else ()


def led_by(person: int, discourse: Discourse) -> tuple[int, ...]:
    """The organisations that a person leads, as titles, appositions and verbs say it, so far."""
    found: dict[int, None] = {}
    at = {
        seen.token: seen.entity for seen in discourse.seen if discourse.of_class(seen.entity, "Organization")
    }
    for seen in discourse.seen:
        if seen.entity == person:
            found.update(dict.fromkeys(at[word] for word in _beside(seen.token, discourse) if word in at))
    return tuple(found)


def _beside(person: Token, discourse: Discourse) -> list[Token]:
    """Where the organisation of a leader stands: "Kestra founder X", "X, head of Kestra", "X runs Kestra"."""
    roles = discourse.know.lexicon["roles.titles"]
    words = [c for c in person.children if c.dep_ in ("compound", "nmod", "poss") and c.i < person.i]
    words += [c for role in words if role.lower_ in roles for c in role.children if c.dep_ == "compound"]
    nouns = [child for child in person.children if child.dep_ == "appos"]
    if not any(word.lower_ in roles for word in words):
        words = []
    verb = person.head
    if person.dep_ == "nsubj" and (verb.lemma_ in _LEADING or with_particle(verb) == "set up"):
        words += [child for child in verb.children if child.dep_ == "dobj"]
    if person.dep_ == "nsubj" and verb.lemma_ == "be":
        nouns += [child for child in verb.children if child.dep_ == "attr"]
    for noun in nouns:
        if noun.lower_ in roles and not _is_past_role(noun, discourse):
            words += [child for child in noun.children if child.dep_ in ("compound", "nmod", "poss")]
            words += [
                below for prep in noun.children if prep.lower_ in ("of", "at") for below in prep.children
            ]
    return words
