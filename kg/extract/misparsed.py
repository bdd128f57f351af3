"""Parses that are mended before anything is read from them: the model does not know the names of firms."""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from kg.extract import gapped
from kg.extract.capitals import is_capital
from kg.extract.clauses import children, is_infinitive
from kg.extract.misattached import attach
from kg.extract.opening import is_subject

_SAYING = frozenset(("announce", "confirm", "report", "say"))
_FINES = frozenset(("fine", "fined", "fines", "fining"))


def mend(doc: Doc) -> None:
    """Mend the parse of each sentence that opens with a name the model misreads."""
    for sentence in doc.sents:
        _verb_for_noun(sentence.root)
        _verb_for_participle(sentence)
        _verb_behind_participle(sentence.root)
        _fronted_root(sentence[0])
        for token in sentence:
            attach(token)
            if token.dep_ == "relcl" and token.tag_ == "VBD":
                _participle_of_apposition(token)
            elif token.tag_ == "NNS" and token.dep_ == "conj" and token.head.dep_ == "pobj":
                _of_both(token)
            elif token.tag_ == "WP$":
                _whose(token)
            elif token.tag_ == "VBD" and token.dep_ in ("ROOT", "conj") and token.lemma_ in _SAYING:
                _sayer_behind(token)
            elif token.lower_ == "turn" and token.head.lower_ == "in":
                _in_turn(token)
            elif token.lower_ == "from" and token.head.pos_ == "PROPN":
                _from_of_verb(token)
            elif token.dep_ == "conj" and token.tag_ == "VBN" and token.head.tag_ in ("VBD", "VBZ"):
                _second_participle(token)
            elif token.tag_ in ("VBN", "VBD", "VBG") and token.ent_type_ == "PERSON" and token.i:
                _name_behind_noun(token)
            elif token.dep_ in ("dative", "oprd", "dobj"):
                _object(token)
        _opening(sentence[0])
        gapped.mend(sentence)


def _opening(first: Token) -> None:
    """Mend how a sentence begins."""
    if first.dep_ == "prep" and first.tag_ == "IN":
        _subject_behind_phrase(first)
    if first.dep_ in ("advcl", "dep", "npadvmod", "ccomp", "amod", "nmod"):
        _unknown_subject(first)
        _subject_before_apposition(first)


def _unknown_subject(first: Token) -> None:
    """ "Ørsted, formerly known as Orbix, has agreed": an unknown name that is taken for a participle."""
    verb = first.head
    subjects = any(child.dep_ in ("nsubj", "nsubjpass", "csubj") for child in verb.children)
    if first.tag_ == "VBN" and verb.pos_ in ("VERB", "AUX") and not subjects and is_subject(first):
        first.tag_, first.pos_, first.dep_ = "NNP", "PROPN", "nsubj"


def _fronted_root(first: Token) -> None:
    """ "Set up in 2017 by Ida Moe, Kestra sells buses": taken for an order, with the firm as Ida Moe."""
    by = [child for child in first.rights if child.dep_ == "agent"]
    if first.dep_ != "ROOT" or first.tag_ not in ("VB", "VBD", "VBN") or not by:
        return
    finite = (c for c in first.rights if c.dep_ in ("conj", "ccomp") and c.tag_ in ("VBZ", "VBD", "VBP"))
    verb = next(finite, None)
    if verb is None or _has_subject(verb):
        return
    doc = first.doc
    comma = next((t.i for t in reversed(doc[by[0].i : verb.i]) if t.text == ","), verb.i)
    subject = doc[verb.i - 1]
    while comma < subject.head.i < verb.i and subject.head != subject:
        subject = subject.head
    if comma >= subject.i:
        return
    subject.head, subject.dep_ = verb, "nsubj"
    verb.head, verb.dep_ = verb, "ROOT"
    first.head, first.dep_, first.tag_ = verb, "advcl", "VBN"


def _verb_for_noun(root: Token) -> None:
    """ "Ferrostal supplies Ford": taken for a noun, which has no object."""
    if root.lower_ == "shares":
        _shares_trade(root)
    if root.lower_ == "values":
        _value_at(root)
    if root.tag_ != "NNS" or not any(child.dep_ == "dobj" for child in root.children):
        return
    before = [child for child in root.lefts if not child.is_punct]
    if len(before) == 1 and before[0].dep_ in ("amod", "compound", "nmod") and is_capital(before[0]):
        root.tag_, root.pos_ = "VBZ", "VERB"
        before[0].dep_, before[0].tag_, before[0].pos_ = "nsubj", "NNP", "PROPN"


def _shares_trade(shares: Token) -> None:
    """ "X shares trade on Y": the shares are no verb."""
    trade = next((child for child in shares.rights if child.lower_ == "trade"), None)
    if shares.tag_ != "VBZ" or trade is None or trade.i != shares.i + 1 or trade.dep_ != "dobj":
        return
    trade.head, trade.dep_, trade.tag_, trade.pos_ = trade, "ROOT", "VBP", "VERB"
    for child in shares.children:
        if child.i > trade.i:
            child.head = trade
        elif child.dep_ == "nsubj":
            child.dep_ = "compound"
    shares.head, shares.dep_, shares.tag_, shares.pos_ = trade, "nsubj", "NNS", "NOUN"
    shares.lemma_ = "share"


def _value_at(values: Token) -> None:
    """ "The takeover values X at 3 billion": a verb, for values stand "of" and not "at"."""
    firms = [child for child in values.rights if child.dep_ == "appos" and child.pos_ == "PROPN"]
    before = [child for child in values.lefts if child.dep_ == "compound"]
    at = any(child.lower_ == "at" for child in values.rights)
    if values.pos_ == "NOUN" and at and len(firms) == 1 and len(before) == 1:
        values.tag_, values.pos_, values.lemma_ = "VBZ", "VERB", "value"
        firms[0].dep_, before[0].dep_ = "dobj", "nsubj"


def _verb_for_participle(sentence: Span) -> None:
    """ "Kestra, which owns Orbix, named X its chief.": participles have no object, sentences a verb."""
    name = sentence.root
    full = sentence.text.rstrip().endswith(".")
    told = full and name.pos_ == "PROPN" and name.left_edge.i == sentence.start
    clauses = [child for child in name.rights if child.dep_ in ("relcl", "appos")] if told else []
    for verb in name.rights if told else ():
        before = sentence.doc[verb.left_edge.i - 1]
        active = any(c.dep_ in ("dobj", "oprd", "ccomp") and c.i > verb.i for c in verb.children)
        relative = any(clause.dep_ == "relcl" for clause in clauses)  # "X, which is in Oslo, invested in Y."
        active = active or (relative and not any(c.dep_ == "agent" for c in verb.children))
        behind = bool(clauses) and verb.i > clauses[0].i and before.text == ","
        # "Kestra named Ida Moe to run it."
        named = before == name and any(c.dep_ == "xcomp" and is_infinitive(c) for c in verb.children)
        if verb.dep_ == "acl" and verb.tag_ in ("VBN", "VBD") and active and (behind or named):
            verb.head = verb
            name.head, name.dep_ = verb, "nsubj"
            verb.dep_, verb.tag_ = "ROOT", "VBD"
            return


def _verb_behind_participle(root: Token) -> None:
    """ "The company, spun out of X in 2018, is worth": what it was made from is told in passing."""
    names = [child for child in root.lefts if child.dep_ == "nsubj"]
    if root.tag_ not in ("VBD", "VBN") or len(names) != 1 or root.i < 2:
        return
    name, begin = names[0], root.i
    while begin > 1 and root.doc[begin - 1].dep_ == "advmod":  # "once tipped as a buyer"
        begin -= 1
    if root.doc[begin - 1].text != ",":
        return
    told = any(c.dep_ in ("aux", "auxpass", "dobj", "cc") for c in root.rights)
    verbs = [c for c in root.rights if c.dep_ == "conj" and c.pos_ in ("VERB", "AUX")]
    verbs += [c for c in children(root, "advcl") if c.tag_ == "VBD" and not children(c, "mark")]
    bare = [c for c in verbs if c.nbor(-1).text == "," and not _has_subject(c)]
    if told or not bare or bare[-1].tag_ == "VBN" or name.right_edge.i < begin - 2:
        return
    main = bare[-1]
    main.head, main.dep_, name.head = main, "ROOT", main
    for verb in (root, *bare[:-1]):  # "X, born in A, died in B, was a painter"
        verb.head, verb.dep_, verb.tag_ = name, "acl", "VBD" if verb.lemma_ == "die" else "VBN"


def _subject_behind_phrase(prep: Token) -> None:
    """ "Like Kestra, Orbix is owned by X": the subject is no other name of Kestra."""
    verb = prep.head
    if verb.pos_ not in ("VERB", "AUX") or _has_subject(verb, "aux", "auxpass"):
        return
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    for name in (c for noun in prep.rights if noun.dep_ == "pobj" for c in noun.rights):
        beside = name.dep_ == "appos" and name.pos_ == "PROPN" and name.right_edge.i + 1 < verb.i + 1
        if beside and prep.doc[name.left_edge.i - 1].text == ",":
            name.head, name.dep_ = verb, "nsubjpass" if passive else "nsubj"
            return


def _subject_before_apposition(first: Token) -> None:
    """ "Orbix, the firm started by X, has sued Y": the firm is taken for the subject."""
    verb, doc = first.head, first.doc
    if first.pos_ != "PROPN" or verb.pos_ not in ("VERB", "AUX") or doc[first.i + 1].text != ",":
        return
    for noun in verb.children:
        if noun.dep_ in ("nsubj", "nsubjpass") and noun.left_edge.i == first.i + 2 and noun.pos_ == "NOUN":
            closed = any(t.text == "," for t in doc[noun.i + 1 : verb.i] if t.head in (noun, verb))
            if closed and doc[first.i + 2].lower_ in ("the", "a", "an"):
                first.dep_, noun.dep_ = noun.dep_, "appos"
                noun.head = first
            return


def _participle_of_apposition(verb: Token) -> None:
    """ "Orbix, the firm started by X, has": the firm did not start anything."""
    name, doc = verb.head, verb.doc
    by = any(child.dep_ == "agent" for child in verb.children)
    for noun in verb.children if by and name.pos_ == "PROPN" else ():
        left = noun.left_edge.i
        beside = left == name.i + 2 and doc[name.i + 1].text == "," and doc[left].lower_ in ("the", "a", "an")
        if noun.dep_ == "nsubj" and noun.pos_ == "NOUN" and beside:
            noun.dep_, noun.head = "appos", name
            verb.dep_, verb.tag_, verb.head = "acl", "VBN", noun
            return


def _whose(token: Token) -> None:
    if token.head.dep_ == "appos":
        _clause_of_whose(token.head)
    elif token.head.dep_ in ("nsubj", "nsubjpass"):
        _relative_of_whose(token)


def _clause_of_whose(noun: Token) -> None:
    """ "Kestra, whose chairman, X, owns Orbix, said": the chairman owns Orbix, and Kestra said so."""
    name, verb = noun.head, noun.head.head
    if name.pos_ != "PROPN" or name.dep_ != "nsubj" or verb.i < noun.i:
        return
    own = {"nsubj", "nsubjpass"}
    for main in verb.rights:
        bare = main.dep_ == "conj" and main.pos_ in ("VERB", "AUX")
        bare = bare and main.left_edge.i > verb.i and main.left_edge.nbor(-1).text == ","
        if bare and not any(child.dep_ in own for child in main.children):
            top = verb.dep_ == "ROOT"
            main.head, main.dep_ = (main if top else verb.head), verb.dep_
            name.head, verb.head, noun.head = main, name, verb
            verb.dep_, noun.dep_ = "relcl", "nsubj"
            return


def _relative_of_whose(whose: Token) -> None:
    """ "Kestra, whose own vaccine, X, is sold in Europe, did not reply": Kestra is no subject of its sale."""
    noun = whose.head
    verb, doc = noun.head, noun.doc
    name = doc[whose.i - 2] if whose.i > 1 and doc[whose.i - 1].text == "," else noun
    main = verb.head if verb.dep_ == "ccomp" and verb.head.i > verb.i else verb
    beside = name.pos_ == "PROPN" and name.head == verb and name.dep_ in ("nsubj", "nsubjpass")
    if beside and main != verb and not any(c.dep_ in ("nsubj", "nsubjpass", "expl") for c in main.children):
        name.head, name.dep_ = main, "nsubj"
        verb.head, verb.dep_ = name, "relcl"


def _sayer_behind(verb: Token) -> None:
    """ "It will buy X, Y said", "X, the firm said": Y is taken for a second thing that it buys."""
    name = verb.nbor(-1) if verb.i > 1 else verb
    firm = name.pos_ == "NOUN" and any(child.lower_ == "the" for child in name.lefts)
    listed = (name.pos_ == "PROPN" or firm) and name.dep_ in ("conj", "appos") and name.head.i < name.i
    if not listed or _has_subject(verb) or verb.doc[name.left_edge.i - 1].text != ",":
        return
    told = verb.head if verb.dep_ == "conj" else next((c for c in verb.lefts if c.dep_ == "ccomp"), verb)
    if told == verb or told.pos_ not in ("VERB", "AUX") or name not in told.subtree:
        return
    if verb.dep_ == "conj":
        top, dep = told.head, told.dep_
        verb.head, verb.dep_ = (verb if top == told else top), dep
        told.head, told.dep_ = verb, "ccomp"
    name.head, name.dep_ = verb, "nsubj"


def _from_of_verb(prep: Token) -> None:
    """ "Came to X from Y": not the X from Y."""
    to = prep.head.head
    if prep.dep_ == "prep" and prep.head.dep_ == "pobj" and to.lower_ == "to" and to.head.pos_ == "VERB":
        prep.head = to.head


def _in_turn(turn: Token) -> None:
    """ "Which was in turn bought by X": it was bought."""
    was = turn.head.head
    done = next((child for child in turn.rights if child.tag_ == "VBN" and child.dep_ == "acl"), None)
    if done is None or was.lemma_ != "be" or was.dep_ not in ("relcl", "ROOT", "conj"):
        return
    done.head, done.dep_ = (done if was.dep_ == "ROOT" else was.head), was.dep_
    for child in was.children:
        if child != done:
            child.head = done
            child.dep_ = "nsubjpass" if child.dep_ == "nsubj" else child.dep_
    was.head, was.dep_ = done, "auxpass"


def _of_both(noun: Token) -> None:
    """ "By former Kestra and Orbix engineers": Kestra is no doer beside the engineers."""
    first = noun.head
    described = any(c.dep_ in ("amod", "nummod") and c.text.islower() for c in first.children)
    firm = any(child.dep_ == "compound" and child.pos_ == "PROPN" for child in noun.children)
    if noun.pos_ == "NOUN" and first.pos_ == "PROPN" and described and firm:
        noun.head, noun.dep_ = first.head, "pobj"
        first.head, first.dep_ = noun, "nmod"


def _second_participle(verb: Token) -> None:
    """ "Raised money in a round led by X and joined by Y": the round was joined."""
    before = verb.nbor(-1) if verb.i else verb
    if before.dep_ != "cc" or not any(child.dep_ == "agent" for child in verb.children):
        return
    for first in verb.doc[verb.head.i + 1 : before.i]:
        by = any(child.dep_ == "agent" for child in first.children)
        if by and first.dep_ == "acl" and first.right_edge.i == before.i - 1 and not _has_subject(verb):
            verb.head, verb.dep_ = first.head, "acl"
            return


def _has_subject(verb: Token, *but: str) -> bool:
    deps = {"nsubj", "nsubjpass", "aux", "auxpass"}.difference(but)
    return any(child.dep_ in deps for child in verb.children)


def _object(name: Token) -> None:
    if name.dep_ == "dative" and name.head.lower_ in _FINES:
        _object_of_fine(name)
    elif name.dep_ == "oprd" and name.ent_type_ == "PERSON":
        _object_of_naming(name)
    elif name.dep_ == "dobj" and name.pos_ == "PROPN":
        _name_of_object(name)


def _name_of_object(name: Token) -> None:
    """ "Accused Kestra of copying its phone, the Orbix": the name of the phone is no second object."""
    comma = name.left_edge.i - 1
    noun = name.doc[comma - 1] if comma > 0 and name.doc[comma].text == "," else name
    first = any(child.dep_ == "dobj" and child.i < comma for child in name.head.lefts)
    first = first or any(child.dep_ == "dobj" and child.i < comma for child in name.head.rights)
    if first and noun.pos_ == "NOUN" and noun.head != name.head and any(c.dep_ == "poss" for c in noun.lefts):
        name.head, name.dep_ = noun, "appos"


def _name_behind_noun(name: Token) -> None:
    """ "The machine maker Aasted": an unknown name that is taken for a participle."""
    noun = name.nbor(-1)
    bare = not any(c.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass", "dobj") for c in name.children)
    if noun.pos_ == "NOUN" and is_capital(name) and bare and name.head != name:
        name.tag_, name.pos_, name.dep_, name.head = "NNP", "PROPN", "appos", noun


def _object_of_naming(name: Token) -> None:
    """ "Named Ida Moe to run its unit": Ida Moe is who is named, and not what somebody is named."""
    verb = name.head
    beside = any(c.dep_ in ("dobj", "nsubjpass", "auxpass", "oprd") and c != name for c in verb.children)
    if not beside and any(c.dep_ == "xcomp" and is_infinitive(c) for c in verb.children):
        name.dep_ = "dobj"


def _object_of_fine(name: Token) -> None:
    """ "Fined Kestra 3 million, its largest fine": who is fined is the object."""
    for fine in name.head.rights:
        if fine.dep_ == "dobj" and name.pos_ == "PROPN":
            name.dep_, fine.dep_ = "dobj", "npadvmod"
            return
