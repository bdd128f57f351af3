"""From a word in a slot to the things it stands for."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc, Token

from kg.english import words
from kg.extract.apposed import is_make
from kg.extract.clauses import agents, all_conjuncts, children, logical_subjects, surface_subjects
from kg.extract.coref import relative_antecedent
from kg.extract.groups import among_them, some_of
from kg.extract.knowledge import Knowledge
from kg.extract.state import LocalEntity, Named, entities_of, mention_at, named_of, sentence_of

_UNITING = ("of", "between")
_ACTING = ("nsubj", "nsubjpass", "pobj", "conj")


class Argument(NamedTuple):
    """An entity in a slot: the tokens that stand for it there, and how they do.

    ``via`` is ``name``, ``pronoun``, ``description``, ``apposition``, ``predicate``, ``part`` (X's
    board for X) or ``implicit``.
    """

    entity: int
    start: int
    end: int
    via: str


class Reader:
    """Looks words up in the mentions of one document."""

    def __init__(self, doc: Doc, know: Knowledge) -> None:
        self.doc, self.know = doc, know
        self.entities: list[LocalEntity] = entities_of(doc)
        self.named: list[Named] = named_of(doc)
        self.at: dict[int, Named] = mention_at(self.named)
        #: Whether a sentence has a negation or another word of status, by where it begins.
        self.with_status: dict[int, bool] = {}

    def type_of(self, argument: Argument) -> str:
        """The class of an argument's entity."""
        return self.entities[argument.entity].type

    def entity_named(self, name: str, kind: str) -> int:
        """The number of the entity with a name and class; a new one where the document has none."""
        for number, entity in enumerate(self.entities):
            if name in (entity.name, *entity.aliases) and self.know.is_a(entity.type, kind):
                return number
        known = self.know.gazetteer.get(name)
        self.entities.append(LocalEntity(known.name if known else name, kind, ()))
        return len(self.entities) - 1

    def arguments(self, token: Token, depth: int = 0) -> list[Argument]:
        """The entities that a word stands for, closest reading first; empty for a mere noun."""
        mention = self.at.get(token.i)
        if mention is not None and self._is_one_of_its_make(mention):
            return []
        if mention is not None:
            chain = [*self._listed_before(mention), mention, *self._places_after(mention)]
            return [Argument(e, m.start, m.end, m.kind) for m in chain for e in m.entities]
        if depth > 3:
            return []
        antecedent = relative_antecedent(token)
        if antecedent is not None:
            found = self.arguments(antecedent, depth + 1)
            return [Argument(a.entity, token.i, token.i + 1, "pronoun") for a in found]
        if token.lower_ == "there" and token.dep_ == "advmod":
            return self._place_before(token)
        if token.pos_ in ("NOUN", "PROPN", "NUM", "DET", "PRON", "ADJ"):
            return self._named_beside(token, depth) or self._named_within(token, depth)
        return []

    def _is_one_of_its_make(self, mention: Named) -> bool:
        """ "Bought a Kestra 740", "flew in an Orbix": what the firm makes, not the firm."""
        root, before = self.doc[mention.start : mention.end].root, self.doc[max(mention.start - 1, 0)]
        thing = root.dep_ in ("dobj", "pobj") and before.text in ("a", "an") and mention.kind == "name"
        return thing and all(self.know.is_a(self.entities[e].type, "Organization") for e in mention.entities)

    def _place_before(self, there: Token) -> list[Argument]:
        """ "Was founded in Leeds and has its headquarters there": the one place said lately."""
        first = sentence_of(there).start
        earlier = sentence_of(self.doc[first - 1]).start if first else first
        for start, end in ((first, there.i), (earlier, first)):
            places = [m for m in self.named if start <= m.start < end and self.is_place(m)]
            numbers = {number for mention in places for number in mention.entities}
            if numbers:
                return [Argument(n, there.i, there.i + 1, "pronoun") for n in numbers if len(numbers) == 1]
        return []

    def _listed_before(self, mention: Named) -> list[Named]:
        """The name before "and" that the parser made a modifier ("Norvik Energy and Skagen Power")."""
        joined = mention.start > 1 and self.doc[mention.start - 1].lower_ in ("and", "or", "&")
        if mention.kind != "name" or not joined:
            return []
        before = self.at.get(mention.start - 2)
        if before is None or before.kind != "name":
            return []
        root = self.doc[before.start : before.end].root
        inside = mention.start <= root.head.i < mention.end and root.dep_ in ("nmod", "compound", "amod")
        return [before] if inside else []

    def _places_after(self, mention: Named) -> list[Named]:
        """The larger places of a chain: "Drevsund, Nordmark" is in Nordmark too."""
        found: list[Named] = []
        last = mention
        while mention.kind == "name" and self.is_place(last) and last.end + 1 < len(self.doc):
            after = self.at.get(last.end + 1) if self.doc[last.end].text == "," else None
            if (
                after is None
                or after.start != last.end + 1
                or not self.is_place(after)
                or self._coordinated(after)
            ):
                break
            found.append(after)
            last = after
        return found

    def is_place(self, mention: Named) -> bool:
        """Whether a mention stands for places."""
        return all(self.know.is_a(self.entities[e].type, "Place") for e in mention.entities)

    def is_opaque(self, trigger: Token) -> bool:
        """Whether a part does not stand for its whole there: who buys X's chips does not buy X."""
        return trigger.lemma_.lower() in self.know.lexicon["transparent.opaque"]

    def _coordinated(self, mention: Named) -> bool:
        """Whether "and" or "or" follows: then it is a list of places, not a chain."""
        after = self.doc[mention.end : mention.end + 2]
        return any(
            token.lower_ in ("and", "or") and token.nbor(1).i in self.at
            for token in after
            if token.i + 1 < len(self.doc)
        )

    def _named_beside(self, noun: Token, depth: int) -> list[Argument]:
        """A noun with the name of what it is: "its rival, X", "the X service", "X, a maker of"."""
        beside = children(noun, "appos")
        beside += [name for other in beside if other.pos_ == "NOUN" for name in children(other, "appos")]
        names = [c for c in all_conjuncts(beside) if c.i in self.at and self.at[c.i].kind == "name"]
        if names:
            return [a._replace(via="apposition") for name in names for a in self.arguments(name, depth + 1)]
        called = [
            w for c in children(noun, "acl") if c.lemma_ in ("call", "name", "dub", "know") for w in c.subtree
        ]
        names = [word for word in called if word.i in self.at and self.at[word.i].start == word.i]
        if names:
            return [a._replace(via="apposition") for a in self.arguments(names[0], depth + 1)]
        person = self._person_behind(noun)
        if person is not None:
            return [Argument(e, person.start, person.end, "apposition") for e in person.entities]
        before = self._name_before_comma(noun) if noun.dep_ == "appos" else None
        if before is not None:
            return [Argument(e, before.start, before.end, "apposition") for e in before.entities]
        if noun.dep_ == "attr" and noun.head.lemma_ in ("be", "become", "remain"):
            subjects = [a for s in surface_subjects(noun.head) for a in self.arguments(s, depth + 1)]
            return [a._replace(via="predicate") for a in subjects]
        some = [a for name in some_of(noun) for a in self.arguments(name, depth + 1)]
        if some:
            return [a._replace(via="predicate") for a in some]
        if noun.dep_ == "conj" and noun.head.dep_ in ("attr", "appos") and noun.head.pos_ == "NOUN":
            return self._named_beside(noun.head, depth + 1)
        return (
            self._label(noun)
            or self._name_after(noun)
            or self._instances(noun, depth)
            or self._state_of(noun, depth)
        )

    def _person_behind(self, noun: Token) -> Named | None:
        """ "The daughter of its founder, X": the parser hangs the name higher."""
        owned = any(child.dep_ == "poss" for child in noun.children)
        if noun.dep_ != "pobj" or not owned or not self.know.lexicon.has("names.role_words", noun.lower_):
            return None
        comma = noun.i + 2 < len(self.doc) and self.doc[noun.i + 1].text == ","
        after = self.at.get(noun.i + 2) if comma else None
        if after is None or after.start != noun.i + 2 or after.kind != "name":
            return None
        people = all(self.know.is_a(self.entities[e].type, "Person") for e in after.entities)
        return after if people else None

    def _state_of(self, noun: Token, depth: int) -> list[Argument]:
        """ "Prosecutors in Norway": the state that they act for."""
        if noun.lemma_.lower() not in self.know.lexicon["public.officials"] or noun.dep_ not in _ACTING:
            return []
        found = [a for place in self._behind(noun, "in") for a in self.arguments(place, depth + 1)]
        return [a._replace(via="part") for a in found if self.know.is_a(self.type_of(a), "Place")]

    def _label(self, noun: Token) -> list[Argument]:
        """The name right before a noun that says what it is: "the Orbix service", "its Lumen accelerator"."""
        first = self._first_of(noun)
        phrase = " ".join(token.lower_ for token in self.doc[first : noun.i])
        types = self.know.ontology.noun_types
        kind = types.get(f"{phrase} {noun.lemma_.lower()}".lstrip()) or types.get(noun.lemma_.lower())
        before = self.at.get(first - 1) if first else None
        if before is None or before.kind != "name" or self._is_other(before, noun):
            return []
        if noun not in (self.doc[first - 1].head, self.doc[before.start : before.end].root.head):
            return []
        if is_make(self.doc[first - 1], noun):
            return []
        definite = any(child.dep_ == "poss" or child.lower_ == "the" for child in noun.children)
        same = [
            number
            for number in before.entities
            if (kind and self.know.is_a(self.entities[number].type, kind))
            or (definite and not kind and self.entities[number].type in ("", "Product"))
        ]
        return [Argument(number, before.start, before.end, "name") for number in same]

    def _is_other(self, name: Named, noun: Token) -> bool:
        """Whether a noun is a part of what is named, or a member: "the Kestra board", "the League club"."""
        league = noun.lemma_.lower() in words("sport.sides") and any(
            word.lower_ in words("sport.leagues") for word in self.doc[name.start : name.end]
        )
        return league or noun.lemma_.lower() in words("implicit.things")

    def _first_of(self, noun: Token) -> int:
        """Where the common words before a noun begin that it forms one term with: "language model"."""
        first = noun.i
        while first and noun.i - first < 3 and first - 1 not in self.at:
            word = self.doc[first - 1]
            if word.head != noun or word.dep_ not in ("compound", "amod") or not word.text.islower():
                break
            first -= 1
        return first

    def _name_after(self, noun: Token) -> list[Argument]:
        """ "Married the conductor X", "daughter of the painter X": the name right after what it is."""
        after = self.at.get(noun.i + 1)
        if after is None or after.start != noun.i + 1 or after.kind != "name":
            return []
        root = self.doc[after.start : after.end].root
        kind = self.know.ontology.noun_types.get(noun.lemma_.lower(), "")
        beside = root.dep_ in ("npadvmod", "dep", "oprd") and root.head in (noun, noun.head, noun.head.head)
        if not (kind or beside):
            return []
        listed = [
            root,
            *(all_conjuncts([root])[1:] if noun.tag_ == "NNS" else []),
        ]  # "by the sisters X and Y"
        mentions = [self.at[name.i] for name in listed if name.i in self.at]
        return [
            Argument(number, mention.start, mention.end, "name")
            for mention in mentions
            for number in mention.entities
            if not kind or self.know.is_a(self.entities[number].type, kind)
        ]

    def _instances(self, noun: Token, depth: int) -> list[Argument]:
        """ "31 countries, including Chile and Peru", "firms that it has bought include X and Y"."""
        if _is_joined(noun):
            return []
        above = [noun.head] if noun.dep_ == "nsubj" and noun.tag_ == "NNS" else []
        clauses = [c for c in (*above, *children(noun, "relcl")) if c.lemma_ == "include"]
        included = [c for clause in clauses for c in children(clause, "dobj")]
        included += [name for verb in above for name in among_them(verb)]
        named = self._leaders(noun) + all_conjuncts(included)
        for prep in children(noun, "prep"):
            if prep.lower_ == "including" or any(child.lower_ == "such" for child in prep.children):
                named += all_conjuncts(children(prep, "pobj"))
        return [a._replace(via="apposition") for target in named for a in self.arguments(target, depth + 1)]

    @staticmethod
    def _leaders(noun: Token) -> list[Token]:
        """ "A group led by X", "investors led by X and Y", "a consortium of X, Y and Z"."""
        if noun.lemma_.lower() in words("grammar.unions"):
            of = [p for name in children(noun, "prep") if name.lower_ in _UNITING for p in name.children]
            of += [whole for clause in children(noun, "acl") for whole in children(clause, "dobj")]
            together = [name for name in all_conjuncts(of) if name.pos_ == "PROPN"]
            if len(together) > 1:
                return together
        if noun.lemma_.lower() not in words("grammar.bands"):
            return []
        led = [c for c in children(noun, "acl") if c.lemma_ in words("grammar.leading") and c.tag_ == "VBN"]
        return [leader for verb in led for leader in all_conjuncts(agents(verb))]

    def _name_before_comma(self, noun: Token) -> Named | None:
        """The name that an apposition follows; the nearest one, for the parser may choose one further off."""
        left = noun.left_edge.i
        if left > 1 and self.doc[left - 1].text == ",":
            return self.at.get(left - 2)
        return self.at.get(noun.head.i)

    def _named_within(self, noun: Token, depth: int) -> list[Argument]:
        """A part or product stands for its named whole: "X's technology", "the board of X", "X shares"."""
        lexicon = self.know.lexicon
        if noun.dep_ == "dobj" and noun.head.lemma_ in lexicon["transparent.makers"]:
            makers = [
                a for subject in logical_subjects(noun.head) for a in self.arguments(subject, depth + 1)
            ]
            return [a._replace(via="part") for a in makers]
        seated = noun.dep_ == "pobj" and lexicon.has("names.role_words", noun.head.head.lower_)
        board = noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ == "board"
        people = (
            noun.lemma_.lower() in lexicon["transparent.people"] and not board
        )  # "the board of directors of X"
        if people and noun.dep_ not in ("nsubj", "conj") and not seated:
            return []
        judge = noun.head.head if noun.dep_ == "pobj" else noun.head
        act = noun.dep_ in ("dobj", "pobj", "nsubjpass") and judge.lemma_ in lexicon["transparent.judging"]
        if noun.lemma_.lower() not in lexicon["transparent.all"] and not (
            act and noun.lemma_.lower() in lexicon["transparent.acts"]
        ):
            return []
        owners = children(noun, "poss")
        owners = owners or (self._behind(noun, "by") if act else [])  # "blocked a bid for Y by X": X's bid
        listed = ("in",) if noun.lemma_.lower() in ("share", "stock") else ()
        before = [c for c in children(noun, "compound", "nmod") if c.i in self.at]
        if noun.lemma_.lower() in words("implicit.things"):  # "the Kestra board of directors"
            owners = owners or before
        owners = owners or self._behind(noun, "of", "at", "from", "for", *listed) or before
        made = [c for c in children(noun, "acl") if c.lemma_ in lexicon["transparent.makers"]]
        owners = owners or [by for clause in made for by in agents(clause)]  # "runs on software made by X"
        found = [a for owner in all_conjuncts(owners) for a in self.arguments(owner, depth + 1)]
        return [a._replace(via="part") for a in found]

    @staticmethod
    def _behind(noun: Token, *names: str) -> list[Token]:
        """What stands behind some prepositions of a noun."""
        phrases = [prep for prep in children(noun, "prep") if prep.lower_ in names]
        return [target for prep in phrases for target in children(prep, "pobj")]


def _is_joined(group: Token) -> bool:
    """ "Part of a group led by X", "of a band that includes X": beside X, not its own."""
    part = group.head.head if group.dep_ == "pobj" else group
    return part.lemma_ == "part" and any(child.lower_ in ("a", "an") for child in group.children)
