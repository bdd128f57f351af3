"""Words that the parser hangs on a wrong neighbour: a town before its state, a list behind "subsidiaries"."""

from __future__ import annotations

from spacy.tokens import Token

from kg.english import words

_SUBJECTS = ("nsubj", "nsubjpass")


def attach(token: Token) -> None:
    """Mend where a word hangs, by what stands around it."""
    if token.pos_ in ("VERB", "AUX") or token.tag_[:2] == "VB":
        _verb(token)
    elif token.dep_ in ("prep", "advmod", "compound", "prt"):
        _modifier(token)
    elif token.lower_ == "to" and token.dep_ == "aux" and token.i and token.head.i == token.i + 1:
        _head_to_head(token)
    else:
        _name(token)


def _verb(token: Token) -> None:
    if token.lower_ == "based" and token.i > 3:
        _town_and_state(token)
    elif token.lemma_ == "belong":
        _belonging(token)
    elif token.dep_ == "acl" and token.tag_ == "VBN" and token.nbor(-1).text == ",":
        _participle_of_firm(token)
    elif token.dep_ == "acl" and token.tag_ == "VBN" and token.nbor(-1).head == token.head:
        _participle_of_last(token)
    elif token.dep_ in ("relcl", "acl") and token.tag_ in ("VBD", "VBZ"):
        _reporter(token)
    elif token.lower_ == "managing" and token.tag_ == "VBG":
        _managing_director(token)
    elif token.tag_ == "VBG" and token.lower_ == "holding":
        _holding(token)
    elif token.lower_ == "including" and token.i > 1 and token.nbor(-1).text == ",":
        _instances_of_object(token)
    elif token.dep_ == "advcl" and token.tag_ in ("VBN", "VBD") and token.i and token.nbor(-1).text == ",":
        _participle_of_name(token)
    elif token.dep_ in ("advcl", "ccomp", "conj"):
        _second_clause(token)


def _modifier(token: Token) -> None:
    if token.dep_ == "prep" and token.lower_ in ("until", "since", "from") and token.head.pos_ == "PROPN":
        _time_of_role(token)
    elif token.lower_ == "until" and token.i > 1 and token.nbor(-1).text == ",":
        _role_until(token)
    elif token.tag_ == "RP" and token.dep_ == "advmod" and token.head.i == token.i - 1:
        token.dep_ = "prt"  # "stepped down as chief"
    elif token.dep_ == "advmod" and token.head.pos_ == "PROPN":
        _adverb_of_role(token)
    elif token.lower_ == "of" and token.i > 1 and token.nbor(-1).text == ",":
        _country_behind(token)
    elif token.lower_ == "by" and token.head.dep_ == "pobj" and token.head.head.lower_ == "as":
        _agent_behind_role(token)
    elif token.lower_ == "by" and token.head.ent_type_ == "MONEY":
        _agent_behind_sum(token)
    elif token.lower_ == "by" and token.head.dep_ == "pobj" and token.head.head.lower_ == "with":
        _agent_behind_blow(token)
    elif token.lower_ == "to" and token.head.lower_ in ("former", "first"):
        _former_and_latter(token.head)
    elif token.text == "Series" and token.head.i == token.i + 1:
        _round_of(token.head)


def _name(token: Token) -> None:
    if token.dep_ in _SUBJECTS and token.head.dep_ == "auxpass":
        token.head, token.dep_ = token.head.head, "nsubjpass"
    elif token.dep_ == "appos" and token.pos_ == "PROPN":
        _name_of_pobj(token)
    elif token.dep_ == "poss" and token.lower_ == "her":
        _named_her(token)
    elif token.dep_ == "conj" and token.ent_type_ and token.head.dep_ == "appos":
        _second_name(token)
    elif token.dep_ == "conj" and token.pos_ == "NOUN" and token.head.ent_type_ == "PERSON":
        _second_role(token)
    elif token.tag_ == "NNS" and token.dep_ == "conj":
        _names_behind(token)
    elif token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.tag_ == "NNS":
        _people_behind(token.head.head, token)


def town_before(based: Token) -> Token | None:
    """The town of "Boise, Idaho-based"; None where only one place is said."""
    doc, at = based.doc, based.i
    if at < 4 or doc[at - 1].text != "-" or doc[at - 3].text != ",":
        return None
    town, state = doc[at - 4], doc[at - 2]
    return town if town.ent_type_ == "GPE" == state.ent_type_ else None


def _town_and_state(based: Token) -> None:
    """ "Was bought by Boise, Idaho-based Kestra": not by Boise."""
    town, firm = town_before(based), based.head
    while firm.dep_ in ("compound", "nmod", "amod") and firm.head.i > based.i:
        firm = firm.head
    if town is not None and firm.i > based.i and firm.dep_ == "appos" and firm.head == town:
        firm.head, firm.dep_ = town.head, town.dep_
        town.head, town.dep_ = based, "npadvmod"


def _time_of_role(prep: Token) -> None:
    """ "Ida Moe, chief executive of Kestra until 2020": until when she was that."""
    roles = [c for c in prep.head.rights if c.dep_ == "appos" and c.right_edge.i == prep.i - 1]
    if roles and roles[0].pos_ == "NOUN" and any(c.ent_type_ == "DATE" for c in prep.rights):
        prep.head = roles[0]


def _role_until(prep: Token) -> None:
    """ "Hired Ida Moe, until 2020 the head of Kestra": she was that until then."""
    name, first = prep.nbor(-2), prep.right_edge.i + 1
    dated = any(c.ent_type_ == "DATE" for c in prep.rights)
    if name.ent_type_ != "PERSON" or first >= len(prep.doc):
        return
    if prep.doc[first].pos_ == "PUNCT" and any(
        c.dep_ == "pobj" and c.ent_type_ == "DATE" for c in prep.rights
    ):
        return  # "was run by Ida Moe, until 2020."
    if prep.head in name.ancestors:
        prep.head = name  # "until recently the head of Kestra"
    if not dated:
        return
    role = prep.doc[first]
    while role.left_edge.i == first and role.head.left_edge.i == first and role.head != role:
        role = role.head
    if role.head.left_edge.i != first and role.dep_ == "det":
        role = role.head
    if role.left_edge.i == first and role.lower_ in words("roles.titles"):
        role.head, role.dep_, prep.head = name, "appos", role


def _adverb_of_role(adverb: Token) -> None:
    """ "Ida Moe, formerly a partner at Kestra": formerly that."""
    roles = [c for c in adverb.head.rights if c.dep_ == "appos" and c.left_edge.i == adverb.i + 1]
    if roles and roles[0].pos_ == "NOUN":
        adverb.head = roles[0]


def _name_of_pobj(name: Token) -> None:
    """ "X, a subsidiary of the ferry group Kestra": the group is Kestra, the subsidiary is not."""
    noun = name.doc[name.left_edge.i - 1] if name.left_edge.i else name
    inside = noun.dep_ == "pobj" and noun.pos_ == "NOUN" and name.head in noun.ancestors
    if inside and noun.tag_ == "NN":
        name.head = noun


def _named_her(her: Token) -> None:
    """ "Kestra named her chief executive": she is, and it is nobody's chief."""
    role, verb = her.head, her.head.head
    title = " ".join(token.lower_ for token in her.doc[her.i + 1 : role.i + 1])
    names = role.dep_ == "dobj" and verb.lemma_ in words("as_verbs.employer") and verb.i == her.i - 1
    if names and title in words("roles.focus"):
        her.head, her.dep_, her.tag_, role.dep_ = verb, "dobj", "PRP", "oprd"


def _second_name(name: Token) -> None:
    """ "Founded by Ida Moe, now a minister, and Ola Lind": both founded it."""
    role = name.head
    first, begin = role.head, name.left_edge.i
    alike = first.ent_type_ == name.ent_type_ and role.pos_ == "NOUN" and not role.ent_type_
    if alike and begin > 1 and name.doc[begin - 1].lower_ == "and" and name.doc[begin - 2].text == ",":
        name.head = first


def _second_role(noun: Token) -> None:
    """ "Ida Moe, chief executive of Kestra and now chair of Orbix": both are hers."""
    roles = [c for c in noun.head.rights if c.dep_ == "appos" and c.i < noun.i and c.pos_ == "NOUN"]
    bare = not any(c.dep_ in ("det", "poss", "appos") for c in noun.children)
    if roles and bare and noun.head.nbor(1).text == ",":
        noun.head = roles[0]


def _agent_behind_role(by: Token) -> None:
    """ "Was followed as chief executive by Ida Moe": she followed."""
    verb = by.head.head.head
    if verb.tag_ == "VBN" and any(child.dep_ == "auxpass" for child in verb.children):
        by.head, by.dep_ = verb, "agent"


def _agent_behind_sum(by: Token) -> None:
    """ "Was fined 34m euros by Ofcom": the deed is the regulator's, not the money."""
    verb = by.head.head
    if verb.lower_ == "of" and verb.head.dep_ == "pobj":  # "was hit with a fine of 3m euros by Ofcom"
        by.head = verb.head
        _agent_behind_blow(by)
        return
    names = [c for c in by.rights if c.dep_ == "pobj" and c.pos_ == "PROPN"]
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    if passive and names and by.head.dep_ in ("dobj", "oprd", "npadvmod", "attr"):
        by.head, by.dep_ = verb, "agent"


def _agent_behind_blow(by: Token) -> None:
    """ "Was hit with a lawsuit by Kestra": Kestra did it."""
    verb = by.head.head.head
    passive = any(child.dep_ == "auxpass" for child in verb.children)
    if passive and by.head.head.lower_ == "with" and verb.lemma_ in words("grammar.hitting"):
        by.head, by.dep_ = verb, "agent"


def _head_to_head(to: Token) -> None:
    """ "Goes head to head with X": nobody heads anything."""
    first, second = to.nbor(-1), to.head
    if first.lower_ != second.lower_ or second.tag_ != "VB" or first.head.pos_ not in ("VERB", "AUX"):
        return
    for child in list(second.children):
        if child.i > second.i:
            child.head = first.head
    to.head, to.dep_, to.tag_, to.pos_ = first, "prep", "IN", "ADP"
    second.head, second.dep_, second.tag_, second.pos_ = to, "pobj", "NN", "NOUN"


def _former_and_latter(former: Token) -> None:
    """ "Sold X and Y, the former to A and the latter to B": neither buyer bought both."""
    if former.i and former.nbor(-1).lower_ == "the" and former.dep_ in ("dobj", "appos", "npadvmod"):
        former.dep_ = "dep"


def _country_behind(prep: Token) -> None:
    """ "A takeover by Kestra, of Norway": not a takeover of Norway."""
    name = prep.nbor(-2)
    place = any(c.dep_ == "pobj" and c.ent_type_ == "GPE" for c in prep.children)
    if place and name.pos_ == "PROPN" and name.ent_type_ == "ORG" and prep.head != name:
        prep.head = name


def _instances_of_object(including: Token) -> None:
    """ "Sued several rivals for fraud, including Kestra": rivals are what Kestra is one of."""
    holder = including.head
    verb = holder if holder.pos_ == "VERB" else holder.head.head
    named = any(c.dep_ == "pobj" and c.pos_ == "PROPN" for c in including.children)
    phrase = holder.dep_ == "pobj" and holder.tag_ == "NN" and verb.pos_ == "VERB"
    if named and (phrase or holder == verb):
        several = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass") and c.tag_ == "NNS"]
        if several and several[0].i < including.i:
            including.head = several[0]


def _reporter(verb: Token) -> None:
    """ "X has bought Y, the Post reported, citing sources": nothing that the Post reported of Y."""
    own = {"nsubj", "aux", "advmod", "npadvmod", "prep", "punct", "cc"}
    alone = all(child.dep_ in own and child.tag_[0] != "W" for child in verb.children)
    name = verb.nbor(-1) if verb.i else verb
    begin = name.left_edge.i
    root = verb
    while root.head != root:
        root = root.head
    beside = name.pos_ == "PROPN" and begin > 1 and verb.doc[begin - 1].text == ","
    if alone and beside and verb.lemma_ in words("attribution.verbs") and root != name:
        verb.head, verb.dep_ = root, "parataxis"
        name.head, name.dep_ = verb, "nsubj"


_SUBJECT_OF_CLAUSE = frozenset(("nsubj", "nsubjpass", "mark", "advmod", "expl"))


def _second_clause(verb: Token) -> None:
    """ "X quits as chief of Kestra and Ida Moe is taking his place": she is no part of what he quits."""
    first = verb.left_edge
    before = verb.head
    if (
        verb.dep_ == "conj"
        and first.tag_ in ("VBZ", "VBP")
        and before.dep_ == "xcomp"
        and before.tag_ == "VB"
    ):
        verb.head = before.head  # "hopes to win a deal in X and has signed one in Y"
    name = first.nbor(-1) if first.i > verb.sent.start + 2 else verb
    opened = first == verb or first.dep_ in ("aux", "auxpass")
    opened = opened and first.tag_ in ("VBZ", "VBP", "VBD", "MD")
    begun = any(child.dep_ in _SUBJECT_OF_CLAUSE and child.i < verb.i for child in verb.children)
    second = name.dep_ == "conj" and name.pos_ == "PROPN" and name.head.dep_ not in _SUBJECT_OF_CLAUSE
    if opened and not begun and second and verb.doc[name.left_edge.i - 1].lower_ == "and":
        verb.dep_ = "conj"
        name.head, name.dep_ = verb, "nsubj"


def _round_of(letter: Token) -> None:
    """ "Closed a Series B led by X": a round of money, not a thing of the name B."""
    if len(letter.text) == 1 and letter.text.isupper() and letter.dep_ not in ("compound", "nmod", "amod"):
        for token in (letter.nbor(-1), letter):
            token.tag_, token.pos_, token.ent_type_ = "NN", "NOUN", ""
        letter.lemma_ = "round"


def _participle_of_last(verb: Token) -> None:
    """ "A Kestra chip and sensors made by Orbix": the sensors are."""
    last = verb.nbor(-1)
    if last.dep_ == "conj" and last.pos_ == "NOUN":
        verb.head = last


def _participle_of_firm(verb: Token) -> None:
    """ "A retreat by the group, founded in 1958 by Ida Moe": she founded the group."""
    firm = verb.nbor(-2) if verb.i > 1 else verb
    known = firm.lower_ in words("descriptions.generic_organization")
    if known and verb.head in firm.ancestors and verb.lemma_ in words("grammar.creating"):
        verb.head = firm


def _participle_of_name(verb: Token) -> None:
    """ "Competes with Orbix, made by Kestra": Orbix is; who "bought Orbix, backed by Kestra" may be."""
    name = verb.doc[verb.i - 2] if verb.i > 1 else verb
    if verb.lemma_ in words("grammar.getting") and name.dep_ == "appos" and not _has_own(verb):
        verb.head, verb.dep_, verb.tag_ = name, "acl", "VBN"  # "its arm, Orbix, bought in 2019"
    if verb.tag_ != "VBN":
        return
    by = any(child.dep_ == "agent" for child in verb.children)
    told = verb.lemma_ in words("grammar.creating") and name.dep_ in ("dobj", "pobj", "conj")
    if by and told and name.pos_ == "PROPN" and verb.head in name.ancestors:
        verb.head, verb.dep_ = name, "acl"


def _has_own(verb: Token) -> bool:
    return any(child.dep_ in (*_SUBJECTS, "dobj", "aux", "auxpass") for child in verb.children)


def _belonging(verb: Token) -> None:
    """ "40 percent of its shares belong to Kestra": held by Kestra."""
    part = next((c for c in verb.lefts if c.dep_ == "nsubj" and c.ent_type_ == "PERCENT"), None)
    to = next((c for c in verb.rights if c.lower_ == "to"), None)
    if part is not None and to is not None:
        verb.lemma_, verb.tag_, part.dep_, to.dep_ = "hold", "VBN", "nsubjpass", "agent"


def _managing_director(managing: Token) -> None:
    """ "Is currently managing director of X": nobody manages a director."""
    noun = managing.nbor(1) if managing.i + 1 < len(managing.doc) else managing
    be = next((child for child in managing.children if child.dep_ == "aux" and child.lemma_ == "be"), None)
    if be is None or noun.lemma_.lower() != "director" or noun.head != managing:
        return
    for child in list(managing.children):
        if child not in (be, noun):
            child.head = be
    be.head, be.dep_ = (be if managing.head == managing else managing.head), managing.dep_
    managing.head, managing.dep_, managing.tag_, managing.pos_ = noun, "compound", "NN", "NOUN"
    noun.head, noun.dep_ = be, "attr"


def _holding(holding: Token) -> None:
    """ "Acquired a majority holding in X": nobody holds, it is a noun."""
    sort = holding.head
    if holding.dep_ == "acl" and sort.lower_ in ("majority", "minority") and sort.i == holding.i - 1:
        holding.tag_, holding.pos_, holding.lemma_ = "NN", "NOUN", "holding"
        holding.head, holding.dep_ = sort.head, sort.dep_
        sort.head, sort.dep_ = holding, "compound"


def _people_behind(group: Token, firm: Token) -> None:
    """ "Two directors of Kestra, Ida Moe and Ola Lind, resigned": they are the directors."""
    first = next((c for c in firm.rights if c.dep_ == "conj" and c.ent_type_ == "PERSON"), None)
    beside = first is not None and firm.nbor(1).text == "," and first.left_edge.i == firm.i + 2
    end = first.right_edge.i + 1 if first is not None else len(group.doc)
    closed = end < len(group.doc) and group.doc[end].text == ","
    if first is not None and beside and closed and firm.ent_type_ == "ORG":
        first.head, first.dep_ = group, "appos"


def _names_behind(group: Token) -> None:
    """ "Kestra and its subsidiaries, Orbix and Velm, employ": the subsidiaries are Orbix and Velm."""
    owned = group.head.pos_ == "PROPN" and any(child.dep_ == "poss" for child in group.children)
    names = [child for child in group.rights if child.dep_ == "conj" and child.pos_ == "PROPN"]
    if owned and names and names[0].left_edge.i == group.i + 2 and group.nbor(1).text == ",":
        end = names[0].right_edge.i + 1
        if end < len(group.doc) and group.doc[end].text == ",":
            names[0].dep_ = "appos"
