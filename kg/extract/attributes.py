"""Adjectives and compounds that say relations: "married to Y", "Nvidia-backed X", "a French painter"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Token

from kg.english import words
from kg.extract import clauses, nominals, origins
from kg.extract.candidate import Candidate
from kg.extract.knowledge import FrameOf, Knowledge
from kg.extract.misattached import town_before
from kg.extract.state import Named, entities_of, named_of, sentence_of


def adjective_candidates(word: Token, know: Knowledge) -> Iterator[Candidate]:
    """ "X is dependent on Y", "X, married on 3 May to Y", "in her native Y"."""
    forms = dict.fromkeys((word.lemma_.lower(), word.lower_))
    for item in (item for form in forms for item in know.frames.get(("adjective", form), [])):
        holders = [word, word.head] if word.dep_ == "acomp" else [word]
        phrases = [phrase for holder in holders for phrase in clauses.dated_prepositions(holder)]
        objects = [token for name, token in phrases if name == item.frame.object]
        if item.property.literal:  # "worth 3 billion dollars"
            objects += clauses.children(word, "npadvmod", "dobj", "pobj")
        if word.dep_ == "acomp" and word.head.pos_ in ("AUX", "VERB"):
            subjects = clauses.all_conjuncts(clauses.surface_subjects(word.head))
            anchor = word.head
        else:
            subjects = [word.head] if word.dep_ in ("amod", "appos", "advcl") else []
            anchor = word
        owners = nominals.possessors(word.head) if word.dep_ == "amod" and word.head.pos_ == "PROPN" else []
        if owners and not objects:
            subjects, objects = owners, [word.head]
        if subjects and objects:
            yield Candidate(item, subjects, objects, (word.i, word.i + 1), anchor, "adjective")


def owned_candidates(name: Token, know: Knowledge) -> Iterator[Candidate]:
    """ "Kestra's Orbix": the possessive on a name, for frames written "X's Y"; "Norway's Kestra"."""
    owned = know.frames.get(("compound", "'s"), []) if name.n_lefts else []
    owners = nominals.possessors(name) if owned else []
    near = name.ent_type_ == "PERSON" and nominals.owner_right_before(name) in owners
    for item in owned if owners else []:
        if item.property.domain == ("Person",) and item.frame.subject == "head":
            where = know.is_where(item.property)
            if not near or (where and not origins.is_land(owners[0], item.property.blocked, know)):
                continue  # "Kestra's Ida Moe", "Norway's Ida Moe", not "Kestra's founder, Ida Moe"
        elif words("grammar.hosted") & {name.lemma_, name.head.lemma_ if name.dep_ == "compound" else ""}:
            continue  # "Kestra's Twitter account"
        elif know.is_where(item.property) and origins.is_continent(owners[0], item.property.blocked, know):
            continue
        elif item.frame.subject == "head" and not know.is_where(item.property):
            acts = name.dep_ == "nsubj" or know.lexicon.has("names.organization_words", name.lower_)
            if not acts or not _is_all_owned(name, owners[0]):
                continue  # "approved Kestra's Nervex": a firm or a drug
        sides = (owners, [name]) if item.frame.subject == "mod" else ([name], owners)
        yield Candidate(item, *sides, (name.i, name.i + 1), name, "owned", granted=True)


def _is_all_owned(name: Token, owner: Token) -> bool:
    """ "Alphabet's Waymo", not "Alphabet's Nasdaq listing", "Alphabet's rival Orbix", "the Women's Trust"."""
    first = name.left_edge if name.left_edge.i > owner.i else name.doc[owner.i + 2]
    league = owner.tag_ == "NNPS" or owner.lower_ in words("grammar.leagues")
    if first.ent_iob_ == "I" or owner.ent_type_ != "ORG" or league:
        return False
    sort = {"NOUN", "ADJ"} & {token.pos_ for token in name.doc[owner.i + 2 : name.i + 1]}
    numbered = any(child.i > name.i for child in clauses.children(name, "nummod"))  # "Kestra's Boeing 737"
    return name.dep_ not in ("compound", "nmod") and not sort and not numbered


def attached_candidates(name: Token, know: Knowledge) -> Iterator[Candidate]:
    """ "Ida Moe of Kestra", "Kestra of Norway": a name with where it is, for frames written "X of Y"."""
    full = name.ent_type_ == "PERSON" and name.left_edge.i < name.i and name.nbor(-1).ent_type_ == "PERSON"
    firm = name.ent_type_ == "ORG"
    for prep in clauses.children(name, "prep") if full or firm else ():
        for item in know.frames.get(("compound", prep.lower_), []):
            places = [token for token in clauses.children(prep, "pobj") if token.pos_ == "PROPN"]
            if firm:  # "Kestra of Norway"
                places = [t for t in places if t.ent_type_ == "GPE" and item.property.domain != ("Person",)]
            if places:
                span = (prep.i, prep.i + 1)
                yield Candidate(item, [name], places, span, name, "attached", granted=True)


def compound_candidates(word: Token, know: Knowledge) -> Iterator[Candidate]:
    """ "Nvidia-backed Helio", "Oslo-based chipmaker": the word is the participle after the hyphen."""
    for item in know.frames.get(("compound", word.lower_), []):
        before = (town_before(word) if word.lower_ == "based" else None) or word.doc[word.i - 2]
        described = word.head if word.head.i > word.i else None
        if described is None or word.nbor(-1).whitespace_:
            continue
        head, mod = ([described], [before])
        subjects, objects = (mod, head) if item.frame.subject == "mod" else (head, mod)
        yield Candidate(item, subjects, objects, (word.i, word.i + 1), word, "compound", granted=True)


def origin_candidates(noun: Token, know: Knowledge) -> Iterator[Candidate]:
    """ "A French painter", "a bank in Y": a place beside a noun for what comes from there; "X is a Dane"."""
    yield from origins.titled(noun, know)
    yield from origins.papers(noun, know)
    if know.is_origin(noun.text) and any(c.lower_ in ("a", "an") for c in clauses.children(noun, "det")):
        for item in (*know.frames.get(("origin", "*"), []), *know.frames.get(("origin", "="), [])):
            yield from _from_there(item, noun, [noun], (noun.i, noun.i + 1), know)
        return
    if noun.pos_ != "NOUN" or noun.dep_ == "poss" or ("origin", "*") not in know.frames:
        return
    kind = know.ontology.noun_types.get(noun.lemma_.lower(), "")
    before = noun.doc[noun.left_edge.i : noun.i]
    owned = {
        t.i for owner in clauses.children(noun, "poss") for t in owner.subtree
    }  # "the French firm's bank"
    adjectives = [
        t
        for t in (*_before_title(noun), *before)
        if t.i not in owned and t.dep_ in ("amod", "compound", "nmod", "conj") and know.is_origin(t.text)
    ]
    places = [t for t in (*_before_title(noun, "compound", "nmod"), *before) if _is_town(t, noun, know)]
    firm = kind and not know.is_a(kind, "Person")  # "a Boston fund", not "a Boston painter"
    adjectives = adjectives or (places if firm else [])
    for item in know.frames.get(("origin", "*"), []) if adjectives else []:
        blocked = {word for phrase in item.property.blocked for word in phrase.split()}
        if not any(adjective.lower_ in blocked for adjective in adjectives):
            span = (adjectives[0].i, adjectives[-1].i + 1)
            yield from _from_there(item, noun, adjectives, span, know)
    for name, place in clauses.prepositions(noun) if firm else ():
        for item in know.frames.get(("origin", name), []):
            yield from _from_there(item, noun, [place], (noun.i, noun.i + 1), know)


def national_candidates(word: Token, know: Knowledge) -> Iterator[Candidate]:
    """ "X is French": the adjective of a place alone, not "half French" or "French-speaking"."""
    verb = word.head
    if word.dep_ != "acomp" or verb.lemma_ != "be" or not know.is_origin(word.text) or word.n_lefts:
        return
    if word.i + 1 < len(word.doc) and word.nbor(1).text == "-":
        return
    for item in know.frames.get(("origin", "*"), []):
        if not any(word.lower_ in phrase.split() for phrase in item.property.blocked):
            subjects = clauses.all_conjuncts(clauses.surface_subjects(verb))
            yield Candidate(item, subjects, [word], (word.i, word.i + 1), verb, "adjective")


def _is_town(word: Token, noun: Token, know: Knowledge) -> bool:
    """Whether a word before a noun says where its bearer is: "the Lisbon start-up Kestra"."""
    known = know.gazetteer.get(word.text)
    place = word.ent_type_ == "GPE" or (known is not None and known.type == "Place")
    return place and word.dep_ in ("compound", "nmod") and word.head in (noun, noun.head)


def _before_title(noun: Token, *deps: str) -> list[Token]:
    """ "Danish brewer Kestra": the parser hangs the adjective on the name behind the noun."""
    if noun.dep_ not in ("compound", "nmod") or noun.head.pos_ != "PROPN" or noun.head.i < noun.i:
        return []
    return [t for t in clauses.children(noun.head, *(deps or ("amod",))) if t.i < noun.i]


def _from_there(
    item: FrameOf, noun: Token, places: list[Token], span: tuple[int, int], know: Knowledge
) -> Iterator[Candidate]:
    """A noun with the place that what it says of is from, once for each bearer."""
    kind = know.ontology.noun_types.get(noun.lemma_.lower(), "")
    doer = noun.lemma_.lower() in know.lexicon["names.doer_nouns"]  # a person or a firm: "a French investor"
    if not kind or doer or know.ontology.admits(kind, item.property.domain):
        anchor = nominals.role_anchor(noun)
        bearers = [bearer for _, bearer in nominals.bearers(noun)]
        known = not bearers and _is_known(noun, know)
        told = noun.lemma_.lower() in words("classes.told_by_town")
        said = "origin" if bearers or known else UNSAID
        for bearer in bearers or [noun] * (known or told):  # "the Korean firm", which the text has named
            yield Candidate(item, [bearer], places, span, anchor, said, granted=True)


#: The construction of "the Oslo firm" before it is known which it is.
UNSAID = "origin of what was named"


def after_coreference(candidate: Candidate, know: Knowledge) -> Candidate | None:
    """A candidate when it is known what descriptions stand for; None where it says nothing."""
    if candidate.construction != UNSAID:
        return candidate
    return candidate._replace(construction="origin") if _is_topic(candidate.subjects[0], know) else None


def _is_topic(noun: Token, know: Knowledge) -> bool:
    """ "The Oslo firm", which stands for the organisation that the text names most."""
    named, entities = named_of(noun.doc), entities_of(noun.doc)
    here = next((m for m in named if m.end == noun.i + 1 and m.kind == "description"), None)
    if here is None or len(here.entities) != 1:
        return False
    times = Counter(n for m in named if m.kind == "name" for n in m.entities)
    firms = Counter({n: times[n] for n in times if know.is_a(entities[n].type, "Organization")})
    if any(m.entities == here.entities for m in named if _opens_before(m, noun) or _is_told_by(m, noun)):
        return True
    most = firms.most_common(2)
    return most[0][0] == here.entities[0] and most[0][1] > sum(count for _, count in most[1:])


def _opens_before(mention: Named, noun: Token) -> bool:
    """Whether a name is the subject of the sentence before a noun's: "the Korean firm" goes on with it."""
    start = sentence_of(noun).start
    if mention.kind != "name" or not start or mention.end > start:
        return False
    before, root = sentence_of(noun.doc[start - 1]), noun.doc[mention.start : mention.end].root
    return mention.start >= before.start and root.dep_ in clauses.SUBJECTS and root.head == before.root


def _is_told_by(mention: Named, noun: Token) -> bool:
    """ "Kestra has bought Orbix, the Danish firm said": it tells of itself."""
    root = noun.doc[mention.start : mention.end].root
    said = noun.dep_ == "nsubj" and root.head.dep_ == "ccomp" and root.head.head == noun.head
    return mention.kind == "name" and said and root.dep_ in clauses.SUBJECTS and root.i < noun.i


def _is_known(noun: Token, know: Knowledge) -> bool:
    """ "The Korean firm" where one firm was named last; not "the Korean arm of Y"."""
    generic = noun.lemma_.lower() in know.lexicon["descriptions.generic_organization"]
    children = clauses.children(noun, "det", "prep")
    if not generic or {"the", "of"} & {child.lower_ for child in children} != {"the"}:
        return False
    sentence = sentence_of(noun)
    before = sentence_of(noun.doc[sentence.start - 1]) if sentence.start else sentence
    named = noun.doc[before.start : noun.i]
    return len({token.text for token in named if token.ent_type_ == "ORG" and token.ent_iob_ == "B"}) == 1
