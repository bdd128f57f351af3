"""What pronouns and definite descriptions stand for.

Pronouns take the antecedent with the highest sum of cues (subject before object, near before far,
the document's main topic; weights after CONSTRUCTIONS section 8). Descriptions ("the company") are
resolved by evidence alone: a noun that the document used of the thing, or the one thing of that
class that was subject last. Without evidence nothing is resolved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.entities import describing_nouns
from kg.extract.knowledge import Knowledge
from kg.extract.state import LocalEntity, Named, in_headline

_PERSONAL = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
_NEUTRAL = frozenset(("it", "its", "itself"))
_PLURAL = frozenset(("they", "them", "their", "theirs", "themselves"))
_GENERIC = frozenset("company firm group business corporation organization organisation".split())


@dataclass(slots=True)
class Seen:
    """One mention that a later pronoun can go back to."""

    entity: int
    token: Token
    sentence: int
    subject: bool


class Discourse:
    """The mentions so far, and what the document says its things are."""

    def __init__(self, doc: Doc, entities: list[LocalEntity], named: list[Named], know: Knowledge) -> None:
        self.doc, self.entities, self.know = doc, entities, know
        self.sentence = {token.i: number for number, sent in enumerate(doc.sents) for token in sent}
        self.frequency = Counter(number for mention in named for number in mention.entities)
        self.nouns: dict[int, set[str]] = {}
        self.seen: list[Seen] = []
        self.pairs: list[tuple[int, ...]] = []
        for mention in named:
            for number in mention.entities:
                self.nouns.setdefault(number, set()).update(describing_nouns(doc, mention.start, mention.end))

    def add(self, mention: Named) -> None:
        """Take a mention into the discourse, and a coordination as a plural."""
        root = self.doc[mention.start : mention.end].root
        for number in mention.entities:
            self.seen.append(Seen(number, root, self.sentence[root.i], is_subject(root)))
        if len(mention.entities) > 1:
            self.pairs.append(mention.entities)
        elif root.dep_ == "conj":
            before = [
                s.entity
                for s in self.seen[-4:-1]
                if s.token.i in (root.head.i, *(t.i for t in root.head.lefts))
            ]
            if before and before[-1] != mention.entities[0]:
                self.pairs.append((before[-1], mention.entities[0]))

    def of_class(self, number: int, wanted: str) -> bool:
        """Whether an entity is of a class; one whose class is unknown is of none."""
        return self.know.is_a(self.entities[number].type, wanted)


def is_subject(token: Token) -> bool:
    """Whether a word is the subject of its clause, alone, first of a list, or through "executives at X"."""
    if token.dep_ in ("nsubj", "nsubjpass"):
        return True
    return token.dep_ == "pobj" and token.head.lower_ in ("at", "of") and token.head.head.dep_ == "nsubj"


def resolve_references(
    doc: Doc, entities: list[LocalEntity], named: list[Named], know: Knowledge
) -> list[Named]:
    """The pronouns and descriptions of a document that stand for its things.

    A "she" or "it" that nothing before can be is a thing without a name, appended to ``entities``.
    """
    discourse = Discourse(doc, entities, named, know)
    by_start = {mention.start: mention for mention in named}
    covered = {i for mention in named for i in range(mention.start, mention.end)}
    found: list[Named] = []
    for token in doc:
        if token.i in by_start and by_start[token.i].kind == "name":
            discourse.add(by_start[token.i])
        if token.i in covered or in_headline(token):
            continue
        mention = (
            _pronoun(token, discourse)
            or _relative(token, discourse)
            or _description(token, discourse)
            or _unnamed(token, discourse)
        )
        if mention is not None:
            found.append(mention)
            discourse.add(mention)
    return found


def _pronoun(token: Token, discourse: Discourse) -> Named | None:
    word = token.lower_
    if token.pos_ not in ("PRON", "DET", "ADJ") and word not in _PERSONAL:
        return None
    twin = _twin(token, discourse)
    if twin is not None:
        return Named(token.i, token.i + 1, (twin,), "pronoun")
    if word in _PERSONAL:
        number = best_antecedent(token, "Person", discourse, _PERSONAL[word])
    elif word in _NEUTRAL and not _expletive(token):
        number = best_antecedent(token, "", discourse)
    elif word in _PLURAL:
        return _plural_pronoun(token, discourse)
    else:
        return None
    return None if number is None else Named(token.i, token.i + 1, (number,), "pronoun")


def _twin(token: Token, discourse: Discourse) -> int | None:
    """ "His son and his daughter": the second possessive is the first one's."""
    if token.dep_ != "poss" or token.head.dep_ not in ("conj", "appos"):
        return None
    first = [c for c in token.head.head.children if c.dep_ == "poss" and c.lower_ == token.lower_]
    return next((s.entity for s in reversed(discourse.seen) if first and s.token == first[0]), None)


def _relative(token: Token, discourse: Discourse) -> Named | None:
    """Who, which, whose: the name that their clause is about."""
    antecedent = relative_antecedent(token)
    while antecedent is not None:
        for seen in reversed(discourse.seen[-12:]):
            if seen.token == antecedent:
                return Named(token.i, token.i + 1, (seen.entity,), "pronoun")
        if antecedent.dep_ == "attr":
            antecedent = next((c for c in antecedent.head.children if c.dep_ == "nsubj"), None)
        else:
            antecedent = antecedent.head if antecedent.dep_ == "appos" else None
    return None


def _unnamed(token: Token, discourse: Discourse) -> Named | None:
    """The first "he" of a text that names nobody: a person all the same, whom later ones go back to."""
    word = token.lower_
    gender = _PERSONAL.get(word, "")
    kind = "Person" if gender or word == "i" else "Organization" if word in ("it", "its") else ""
    if (
        not kind
        or kind not in discourse.know.ontology.types
        or (kind == "Organization" and _expletive(token))
    ):
        return None
    if any(discourse.of_class(s.entity, kind) for s in discourse.seen) and word != "i":
        return None
    known = [n for n, e in enumerate(discourse.entities) if e.name == f"({gender or word})"]
    if not known:
        discourse.entities.append(LocalEntity(f"({gender or word})", kind, ()))
    number = known[0] if known else len(discourse.entities) - 1
    return Named(token.i, token.i + 1, (number,), "pronoun")


def _expletive(token: Token) -> bool:
    """ "It is clear that", "it rained": an it that stands for nothing."""
    verb = token.head
    return (
        token.dep_ == "nsubj"
        and verb.lemma_ in ("be", "seem", "appear")
        and any(child.dep_ in ("ccomp", "xcomp", "advcl") or child.dep_ == "acomp" for child in verb.children)
    )


def _plural_pronoun(token: Token, discourse: Discourse) -> Named | None:
    """They: the coordination that was subject last, else an organisation ("Kestra said they …")."""
    here = discourse.sentence[token.i]
    recent = {s.entity for s in discourse.seen if here - s.sentence <= 1}
    for pair in reversed(discourse.pairs[-2:]):
        if recent.issuperset(pair):
            return Named(token.i, token.i + 1, pair, "pronoun")
    number = best_antecedent(token, "Organization", discourse)
    return None if number is None else Named(token.i, token.i + 1, (number,), "pronoun")


def best_antecedent(token: Token, wanted: str, discourse: Discourse, gender: str = "") -> int | None:
    """The entity with the highest sum of cues for a pronoun; ``wanted`` "" is any but a person."""
    best: dict[int, float] = {}
    here = discourse.sentence[token.i]
    later = Counter[int]()
    for seen in reversed(discourse.seen):
        if here - seen.sentence > (6 if wanted == "Person" else 2):
            break
        if not _fits(seen.entity, wanted, gender, discourse) or _bound(token, seen):
            continue
        score = _weight(token, seen, here - seen.sentence, len(later), discourse)
        best[seen.entity] = max(best.get(seen.entity, -9.0), score)
        later[seen.entity] += 1
    if not best:
        return None
    ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    if wanted != "Person" and len(ranked) > 1 and ranked[0][1] - ranked[1][1] < 0.4:
        return None
    return ranked[0][0]


def _fits(number: int, wanted: str, gender: str, discourse: Discourse) -> bool:
    if wanted == "":
        return discourse.entities[number].type not in ("", "Person", "Place")
    if not discourse.of_class(number, wanted):
        return False
    return not gender or known_gender(discourse.entities[number], discourse.know) in ("", gender)


def known_gender(entity: LocalEntity, know: Knowledge) -> str:
    """ "m" or "f" by a first name or a title, "" where neither says."""
    lexicon = know.lexicon
    for name in (entity.name, *entity.aliases):
        first = name.split()[0].lower()
        if lexicon.has("gender.male_names", first) != lexicon.has("gender.female_names", first):
            return "m" if lexicon.has("gender.male_names", first) else "f"
    return ""


def _bound(token: Token, seen: Seen) -> bool:
    """Whether grammar forbids the two to be one: "her brother X", "X sued it", "X's rival sued its …"."""
    if token.dep_ == "poss":
        noun = token.head
        if noun.dep_ == "attr" and seen.token.head == noun.head:  # "X and Y are its customers"
            return True
        return (seen.token.head == noun and seen.token.dep_ in ("appos", "compound")) or noun == seen.token
    clause, other = token.head, seen.token.head
    if token.dep_ in ("dobj", "dative") and seen.token.dep_ in ("nsubj", "nsubjpass"):
        return clause == other
    if token.dep_ == "pobj" and seen.token.dep_ in ("nsubj", "nsubjpass"):
        return clause.head == other
    return False


def _weight(token: Token, seen: Seen, distance: int, between: int, discourse: Discourse) -> float:
    """The sum of cues that a pronoun goes back to a mention."""
    subject = seen.subject
    score = 2.0 if subject else 0.0
    latest = next(
        (
            s
            for s in reversed(discourse.seen)
            if s.subject
            and discourse.of_class(s.entity, "Person") == (discourse.of_class(seen.entity, "Person"))
        ),
        None,
    )
    score += 1.5 if latest is not None and latest.entity == seen.entity else 0.0
    top = discourse.frequency.most_common(1)
    score += 1.0 if top and top[0][0] == seen.entity else 0.0
    score += 0.8 if distance == 0 else 0.6 if distance == 1 else -0.7
    score -= 0.5 * min(between, 3)
    score -= 1.0 if seen.token.dep_ == "conj" else 0.0
    score -= 0.5 if seen.token.dep_ == "pobj" and not subject else 0.0
    if token.dep_ == "poss" and distance == 0 and subject:
        score += 0.5
    return score


# ---------------------------------------------------------------- descriptions


def _description(token: Token, discourse: Discourse) -> Named | None:
    """ "The company", "both firms", "the Montreal-based chipmaker"; the span is the noun phrase's."""
    lemma = token.lemma_.lower()
    kind = discourse.know.ontology.noun_types.get(lemma)
    if kind is None or token.pos_ != "NOUN" or not _is_definite(token):
        return None
    plural = token.tag_ == "NNS"
    start = min([token.i, *(c.i for c in token.children if c.dep_ in ("det", "nummod", "predet", "preconj"))])
    if plural:
        entities = _plural_antecedent(token, kind, discourse)
    else:
        number = _antecedent(token, lemma, kind, discourse)
        entities = () if number is None else (number,)
    return Named(start, token.i + 1, entities, "description") if entities else None


def _is_definite(token: Token) -> bool:
    """A definite noun phrase with nothing after it that says which one."""
    definite = any(c.lower_ in ("the", "this", "that", "these", "those", "both") for c in token.children)
    specific = any(
        c.dep_ in ("appos", "relcl", "acl", "poss")
        or (c.dep_ == "prep" and c.lower_ in ("of", "behind", "in", "at"))
        or (c.dep_ in ("compound", "nmod") and c.pos_ == "PROPN")
        for c in token.children
    )
    named = token.dep_ in ("appos", "attr", "compound", "oprd") or (
        token.dep_ == "pobj" and token.head.lower_ == "as"
    )
    return definite and not specific and not named


def _antecedent(token: Token, lemma: str, kind: str, discourse: Discourse) -> int | None:
    candidates = [s for s in discourse.seen if discourse.of_class(s.entity, kind) and not _bound(token, s)]
    for seen in reversed(candidates):
        words = [word.lower() for name in (discourse.entities[seen.entity].name,) for word in name.split()]
        if lemma in words or lemma in discourse.nouns.get(seen.entity, ()):
            return seen.entity
    if lemma not in _GENERIC:
        return None
    here = discourse.sentence[token.i]
    near = [s for s in candidates if s.sentence in (here, here - 1) and s.subject]
    for sentence in (here, here - 1):
        subjects = list(dict.fromkeys(s.entity for s in near if s.sentence == sentence))
        if subjects:
            return subjects[0] if len(subjects) == 1 else None
    return None


def _plural_antecedent(token: Token, kind: str, discourse: Discourse) -> tuple[int, ...]:
    """The last coordination of that class, else the only two that were mentioned lately."""
    counted = any(c.lower_ in ("two", "both") for c in token.children)
    for pair in reversed(discourse.pairs):
        if all(discourse.of_class(number, kind) for number in pair) and (counted or len(pair) == 2):
            return pair
    here = discourse.sentence[token.i]
    recent = tuple(
        dict.fromkeys(
            s.entity for s in discourse.seen if here - s.sentence <= 1 and discourse.of_class(s.entity, kind)
        )
    )
    return recent if counted and len(recent) == 2 else ()


def relative_antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for: the head of its clause."""
    if token.tag_ not in ("WDT", "WP", "WP$"):
        return None
    for ancestor in _up(token):
        if ancestor.dep_ == "relcl":
            return ancestor.head
    return None


def _up(token: Token) -> Iterator[Token]:
    yield token
    yield from token.ancestors
