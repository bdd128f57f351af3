"""Coreference: what the pronouns and definite descriptions of a document stand for.

One walk over the text. Names enter the discourse as they come, each pronoun and description is
resolved against what was said before it (a pronoun also against names later in its sentence), and
enters the discourse in turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Doc, Token

from kg.english import words
from kg.extract.ahead import named_behind
from kg.extract.antecedents import advised, person_beside, spoken_for, whole_group, wronged
from kg.extract.clauses import surface_subjects
from kg.extract.descriptions import aged, asides, description
from kg.extract.discourse import Discourse
from kg.extract.knowledge import Knowledge
from kg.extract.offers import priced
from kg.extract.pronouns import (
    NEUTRAL,
    NOBODY,
    PLURAL,
    Candidate,
    candidates,
    is_of_shares,
    is_ordered,
    probabilities,
)
from kg.extract.rivals import has_rival, is_expletive
from kg.extract.speech import first_person
from kg.extract.standing import PERSONAL, SUBJECTS, clause_of, is_subject
from kg.extract.state import LocalEntity, Named, in_headline, sentence_of

__all__ = ["is_subject", "relative_antecedent", "resolve_references"]

#: How probable the antecedent of a pronoun must be for relations to use it.
SURE = 0.3
#: The summed probability of personal pronouns that makes a person of a name.
LIKELY = 0.8
#: Sees each pronoun with its candidates: for fitting the weights, and for explaining.
Watch = Callable[[Token, list[Candidate]], None]


def resolve_references(
    doc: Doc,
    entities: list[LocalEntity],
    named: list[Named],
    know: Knowledge,
    watch: Watch | None = None,
) -> list[Named]:
    """The pronouns and descriptions of a document that stand for its things.

    A "she" or "it" that nothing before can be is a thing without a name, appended to ``entities``.
    """
    found, resolver = _walk(doc, entities, named, know, watch)
    if _retype_persons(found, entities, resolver):
        found, resolver = _walk(doc, entities, named, know, watch)
    known = {mention.start: mention for mention in [*named, *found]}
    known.update({mention.end - 1: mention for mention in [*named, *found]})
    spoken = {mention.start: mention for mention in first_person(resolver.discourse, known)}
    return [*(mention for mention in found if mention.start not in spoken), *spoken.values()]


def _walk(
    doc: Doc, entities: list[LocalEntity], named: list[Named], know: Knowledge, watch: Watch | None
) -> tuple[list[Named], _Resolver]:
    """The mentions that are no names, found word by word, and what the resolver knows in the end."""
    discourse = Discourse(doc, entities, named, know)
    resolver = _Resolver(discourse, watch)
    by_start = {mention.start: mention for mention in named if mention.kind == "name"}
    covered = {i for mention in named for i in range(mention.start, mention.end)}
    found: list[Named] = []
    for token in doc:
        if token.i in by_start:
            discourse.add(by_start[token.i])
        if token.i in covered or token.is_punct or in_headline(token):
            continue
        mention = resolver.resolve(token)
        if mention is not None:
            found.append(mention)
            discourse.add(mention)
    return found, resolver


def _retype_persons(found: list[Named], entities: list[LocalEntity], resolver: _Resolver) -> bool:
    """Make persons of the things that "he" and "she" most probably stand for; whether there are any.

    Names that act and that were not taken for a person's because of the company they keep: a family
    name alone, or one that the recogniser has never seen.
    """
    discourse = resolver.discourse
    called = resolver.called
    for mention in found:
        if discourse.doc[mention.start].lower_ in NEUTRAL:
            for number in mention.entities:
                called[number] = 0.0
    changed = [
        number
        for number, probability in sorted(called.items())
        if probability >= LIKELY and number in discourse.acting and not discourse.is_person(number)
        if number in discourse.labelled and discourse.may_be_person(number)
    ]
    for number in changed:
        entities[number] = entities[number]._replace(type="Person")
    return bool(changed)


class _Resolver:
    """The ways to resolve a word, tried in turn."""

    def __init__(self, discourse: Discourse, watch: Watch | None) -> None:
        self.discourse, self.watch = discourse, watch
        self.called: dict[int, float] = {}

    def resolve(self, token: Token) -> Named | None:
        """What a word stands for; None for most words."""
        if token.lower_ == "old":
            return aged(token, self.discourse)
        if token.pos_ == "NOUN" or token.lower_ == "both":
            return description(token, self.discourse)
        return self._pronoun(token) or self._relative(token)

    def _pronoun(self, token: Token) -> Named | None:
        word = token.lower_
        if word == "i":
            return self._speaker(token)
        if word not in PERSONAL and word not in NEUTRAL and word not in PLURAL:
            return None
        if word not in PERSONAL and token.pos_ not in ("PRON", "DET", "ADJ"):
            return None
        same = self._twin(token) if token.dep_ == "poss" else self._reflexive(token)
        if same is None and word == "it":
            same = self._resulting(token)
            same = self._of_owner(token) if same is None else same
        if same is not None:
            return Named(token.i, token.i + 1, (same,), "pronoun")
        if word in PERSONAL:
            return self._best(token, PERSONAL[word])
        if word in PLURAL:
            return self._plural(token)
        return None if is_expletive(token) else self._best(token, "thing")

    def _best(self, token: Token, wanted: str) -> Named | None:
        """The most probable thing; where it is not sure, a thing without a name for the relations."""
        found = candidates(token, wanted, self.discourse)
        if self.watch is not None:
            self.watch(token, found)
        sort = "things" if wanted == "thing" else "cues"
        ranked = probabilities(found, sort=sort)
        guess = _first(ranked)
        if any("nameless" in candidate.features for candidate in found):
            ranked = probabilities(found, without=("nameless",), sort=sort)
        sure = self._sure(token, wanted, ranked)
        if guess is None and sure is None:
            return None
        if guess is not None and sort == "cues" and not self._persons(ranked):
            self.called[guess[0]] = self.called.get(guess[0], 0.0) + guess[1]
        entities = () if sure is None else (sure,)
        return Named(
            token.i,
            token.i + 1,
            entities,
            "pronoun",
            guess[1] if guess else 1.0,
            (guess[0],) if guess else (),
        )

    def _persons(self, ranked: dict[int, float]) -> bool:
        """Whether a known person is among the candidates."""
        return any(number != NOBODY and self.discourse.is_person(number) for number in ranked)

    def _sure(self, token: Token, wanted: str, ranked: dict[int, float]) -> int | None:
        """What relations may use: a thing of the class that is probable enough, or one without a name.

        Texts that open with "he" are about him: there a thing without a name is as good as the others.
        """
        ahead = named_behind(token, wanted, self.discourse)
        if ahead is not None:
            return ahead
        unnamed = self._unnamed(token, wanted)
        if unnamed is not None:
            return unnamed
        asked = self._asked(token) if wanted == "thing" else None
        if asked is not None:
            return asked
        kind = "" if wanted == "thing" else "Person"
        done = asides(token, self.discourse) if wanted == "thing" else set()
        fitting = {
            entity: share
            for entity, share in ranked.items()
            if entity == NOBODY or not kind or self.discourse.of_class(entity, kind)
            if entity not in done
        }
        best = _first(fitting)
        if wanted == "thing" and token.dep_ == "poss":
            if self._is_anothers(token):
                return None
            # what a thing does it does with its own
            own = self._subject(token) if not is_of_shares(token) and not is_ordered(token) else None
            if own is not None and self._is_told_by_another(token, own):
                return None
            if own is not None and fitting.get(own, 0.0) >= SURE / 6:
                return own
            if own is not None and not self.discourse.entities[own].type:
                return None
        neuter = wanted == "thing" and token.dep_ != "poss"
        if best is None or best[1] < SURE or (neuter and has_rival(token, best[0], self.discourse)):
            return None
        return best[0]

    def _asked(self, token: Token) -> int | None:
        """ "And Kestra? It will not be idle.": the only organisation in the question before."""
        doc, before = token.doc, sentence_of(token)
        while before.start and (before == sentence_of(token) or before.root.pos_ not in ("VERB", "AUX")):
            before = sentence_of(doc[before.start - 1])
            if before.text.rstrip().endswith("?"):
                numbers = {
                    n
                    for n in self.discourse.entities_at(before)
                    if self.discourse.of_class(n, "Organization")
                }
                return numbers.pop() if len(numbers) == 1 else None
        return None

    def _subject(self, token: Token) -> int | None:
        """The thing that is the subject of a possessive's clause, said or understood."""
        verb = clause_of(token)
        subjects = wronged(verb) if token.dep_ == "poss" else []
        subjects = subjects or surface_subjects(verb)
        if token.dep_ == "poss" and token.head in subjects:  # "X buys oil from Y, its chief executive said"
            told = [child for child in verb.children if child.dep_ == "ccomp" and child.i < token.i]
            subjects = surface_subjects(told[0]) if told else []
        own = self.discourse.entity_at(subjects)
        made = verb.dep_ == "acl" and subjects == [verb.head] and verb.head.pos_ == "NOUN"
        if own is None and made:  # "X sells pumps made at its plant"
            own = self.discourse.entity_at(surface_subjects(clause_of(verb)))
        return own

    def _is_told_by_another(self, token: Token, own: int) -> bool:
        """ "X said that Y would use its chips": X's or Y's."""
        verb = clause_of(token)
        told = verb.dep_ == "ccomp" and verb.head.lemma_ in self.discourse.know.lexicon["attribution.verbs"]
        sayers = surface_subjects(verb.head) if told and token.head.dep_ == "dobj" else []
        said = self.discourse.entities_at(sayers)
        return any(self.discourse.of_class(n, "Organization") for n in said if n != own)

    def _is_anothers(self, token: Token) -> bool:
        """ "X wants the government to sell its stake": it is the government's, which the text never names."""
        types = self.discourse.know.ontology.noun_types
        public = self.discourse.know.lexicon["public.organizations"]
        return any(
            subject.tag_ == "NN"
            and not any(child.dep_ == "poss" for child in subject.children)
            and not self.discourse.entities_at([subject])
            and (subject.lower_ in public or types.get(subject.lemma_) == "Organization")
            for subject in surface_subjects(clause_of(token))
        )

    def _twin(self, token: Token) -> int | None:
        """ "His son and his daughter": the second possessive is the first one's."""
        helped = self.discourse.entity_at(advised(token))
        if helped is not None and self.discourse.of_class(helped, "Organization"):
            return helped
        joined = token.i > 1 and token.nbor(-1).lower_ == "and" and token.lower_ == "its"
        beside = self.discourse.entity_at([token.nbor(-2)]) if joined else None
        if (
            beside is not None
            and token.nbor(1).lower_ != "own"
            and self.discourse.of_class(beside, "Organization")
        ):
            return beside  # "Y and its rival Z"
        if token.head.dep_ not in ("conj", "appos"):
            return None
        first = [c for c in token.head.head.children if c.dep_ == "poss" and c.lower_ == token.lower_]
        return self.discourse.entity_at(first[:1])

    def _resulting(self, token: Token) -> int | None:
        """ "X raised money, valuing it at": what happens to X does something to it; who buys Y values Y."""
        verb = token.head
        bought = self.discourse.entity_at(priced(token))
        if bought is not None:
            return bought
        result = verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.lemma_ in words("grammar.resulting")
        return self._subject(verb.head) if result and token.dep_ == "dobj" else None

    def _of_owner(self, token: Token) -> int | None:
        """ "Kestra's stake in Orbix, which it bought in May": whose stake it is; or whose chief says it."""
        verb = token.head
        noun = verb.head if verb.dep_ == "relcl" and token.dep_ == "nsubj" else token
        while noun.dep_ == "pobj" and noun.head.dep_ == "prep" and noun.head.head.pos_ == "NOUN":
            noun = noun.head.head
        owners = [c for c in noun.children if c.dep_ == "poss" and noun != token]
        owners = owners or spoken_for(token) or advised(token)
        owner = self.discourse.entity_at(owners)
        return owner if owner is not None and self.discourse.of_class(owner, "Organization") else None

    def _reflexive(self, token: Token) -> int | None:
        """ "Moe called herself", "Kestra, itself a part of Orbix": the subject, or what it stands beside."""
        if not token.lower_.endswith(("self", "selves")):
            return None
        wanted = (token.head, *(child for child in clause_of(token).children if child.dep_ in SUBJECTS))
        return self.discourse.entity_at(wanted)

    def _relative(self, token: Token) -> Named | None:
        """Who, which, whose: the name that their clause is about."""
        antecedent = relative_antecedent(token)
        several = self.discourse.entities_at(whole_group(token, antecedent)) if antecedent is not None else []
        if several:
            return Named(token.i, token.i + 1, tuple(dict.fromkeys(several)), "pronoun")
        firm = self.discourse.entity_at([antecedent]) if antecedent is not None else None
        person = self._named_before(token)
        if firm is not None and person is not None and not self.discourse.is_person(firm):
            return Named(token.i, token.i + 1, (person,), "pronoun")
        while antecedent is not None:
            found = tuple(dict.fromkeys(self.discourse.entities_at([antecedent])))
            if found and not all(map(self.discourse.is_value, found)):  # "a tenor who": who is said to be one
                return Named(token.i, token.i + 1, found, "pronoun")
            if antecedent.dep_ == "attr":
                antecedent = next((c for c in antecedent.head.children if c.dep_ == "nsubj"), None)
            else:
                antecedent = antecedent.head if antecedent.dep_ == "appos" else None
        return None

    def _named_before(self, token: Token) -> int | None:
        """ "The founder of X, Ida Moe, who": the person right before, and not X."""
        if token.lower_ != "who" or token.i < 2 or token.nbor(-1).text != ",":
            return None
        number = self.discourse.entity_at([token.nbor(-2)])
        return number if number is not None and self.discourse.is_person(number) else None

    def _unnamed(self, token: Token, wanted: str) -> int | None:
        """The first "he" of a text that names nobody: a person all the same, whom later ones go back to."""
        discourse = self.discourse
        kind = "Organization" if wanted == "thing" else "Person"
        if kind not in discourse.know.ontology.types or discourse.has_seen(kind):
            return None
        if wanted == "thing" and token.lower_ not in ("it", "its"):
            return None
        return self._nameless(f"({'it' if wanted == 'thing' else wanted})", kind)

    def _nameless(self, name: str, kind: str) -> int:
        """The number of the document's thing without a name; a new one the first time."""
        entities = self.discourse.entities
        known = [number for number, entity in enumerate(entities) if entity.name == name]
        if not known:
            entities.append(LocalEntity(name, kind, ()))
        return known[0] if known else len(entities) - 1

    def _speaker(self, token: Token) -> Named | None:
        """I: who writes the text, a person without a name."""
        if "Person" not in self.discourse.know.ontology.types:
            return None
        return Named(token.i, token.i + 1, (self._nameless("(i)", "Person"),), "pronoun")

    def _plural(self, token: Token) -> Named | None:
        """They: the coordination that was subject last, else an organisation ("Kestra said they …")."""
        discourse = self.discourse
        here = discourse.sentence[token.i]
        recent = {seen.entity for seen in discourse.seen[-20:] if here - seen.sentence <= 1}
        kin = token.dep_ == "poss" and token.head.lemma_ in discourse.know.lexicon["kin.nouns"]
        for pair in reversed(discourse.pairs[-2:]):
            if recent.issuperset(pair) and not (kin and not all(map(discourse.is_person, pair))):
                return Named(token.i, token.i + 1, pair, "pronoun")
        couple = discourse.couple(here)
        if couple is not None and (token.head.lemma_ in self._of_couples or recent.issuperset(couple)):
            return Named(token.i, token.i + 1, couple, "pronoun")
        return self._best(token, "thing")

    @property
    def _of_couples(self) -> frozenset[str]:
        """What couples have, and do."""
        lexicon = self.discourse.know.lexicon
        return lexicon["kin.nouns"] | lexicon["kin.marrying"]


def _first(ranked: dict[int, float]) -> tuple[int, float] | None:
    """The most probable thing with its probability."""
    things = [(entity, share) for entity, share in ranked.items() if entity != NOBODY]
    return min(things, key=lambda item: (-item[1], item[0]), default=None)


def relative_antecedent(token: Token) -> Token | None:
    """The noun that a relative pronoun stands for: the head of its clause."""
    if token.tag_ not in ("WDT", "WP", "WP$") and token.lower_ != "where":
        return None
    for ancestor in _up(token):
        if ancestor.dep_ == "relcl":
            return person_beside(ancestor.head) if token.lower_ in ("who", "whom") else ancestor.head
    noun = token.head
    if token.tag_ == "WP$" and noun.dep_ == "appos" and noun.head.pos_ == "PROPN":
        return noun.head  # "X, whose chairman, Y, said": the parser loses the clause
    return None


def _up(token: Token) -> Iterator[Token]:
    yield token
    yield from token.ancestors
