"""Is a whole store sound? Each shape as questions to the store, which are many times faster than a validator.

The questions ask for what breaks a constraint (SHACL 1.0, section 4); a store with no answer to any of
them is sound. What they find, and what they cannot ask for, is left to the validator (``kg.validate``),
which says what is wrong and where.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import chain

from rdflib import RDF, RDFS, SH, XSD, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.model import Document
from kg.store import Engine
from kg.validate.batch import PLAIN, rows

#: The datatypes whose values the store can read; a text needs no reading.
_READ = {XSD[name] for name in ("boolean", "date", "dateTime", "decimal", "gYear", "gYearMonth", "integer")}
_TEXTS = {XSD.string, RDF.langString}
_COMPARED: dict[Node, str] = {
    SH.minInclusive: ">=",
    SH.maxInclusive: "<=",
    SH.minExclusive: ">",
    SH.maxExclusive: "<",
}
_KINDS: dict[Node, str] = {SH.IRI: "ISIRI(?v)", SH.IRIOrLiteral: "!ISBLANK(?v)", SH.Literal: "ISLITERAL(?v)"}
_PAIRS = {SH.lessThan: "<", SH.lessThanOrEquals: "<="}
#: What of a shape asks for nothing, and what is asked for in another way.
_OTHER = {RDF.type, SH.path, SH.message, SH.minCount, SH.maxCount, SH.hasValue, SH["class"], *_PAIRS}
_TARGETS = {SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf}

_COUNTED = """
SELECT ?n ?different { { SELECT (COUNT(*) AS ?n) (COUNT(DISTINCT ?x) AS ?different) { ?x %s ?v } }
  FILTER(?n > ?different) }"""
_QUOTES = """
SELECT ?begin ?end ?quote {
  { ?span nif:referenceContext %(text)s ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?quote }
  UNION { ?span nif:referenceContext %(text)s . ?claim prov:wasDerivedFrom ?span ;
          kg:triggerBegin ?begin ; kg:triggerEnd ?end ; kg:trigger ?quote }
  UNION { ?span nif:referenceContext %(text)s . ?claim prov:wasDerivedFrom ?span ;
          kg:objectBegin ?begin ; kg:objectEnd ?end ; kg:objectAsWritten ?quote }
}"""
_OFFSETS = """
SELECT ?x { ?x nif:referenceContext ?text ; nif:beginIndex ?begin ; nif:endIndex ?end
  FILTER(!STRENDS(STR(?x), CONCAT("#char=", STR(?begin), ",", STR(?end)))) }"""
_ENTITY = """
SELECT ?x { { SELECT DISTINCT ?x { ?claim %s ?x FILTER(ISIRI(?x)) } }
  OPTIONAL { ?x %s ?known } FILTER(!BOUND(?known)) }"""
_UNSTATED = """
SELECT ?x { ?x kg:status ?status FILTER(?status IN (%s))
  ?x rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o FILTER NOT EXISTS { ?s ?p ?o } }"""
_WITHOUT_TEXT = "SELECT ?x { ?x kg:sha256 ?hash OPTIONAL { ?text nif:sourceUrl ?x } FILTER(!BOUND(?text)) }"
#: What no shape says (``kg.validate.quotes``).
_UNSHAPED = (
    _OFFSETS,
    *(
        _ENTITY % (path, known)
        for path in ("rdf:subject", "rdf:object", "kg:attributedTo")
        for known in ("rdfs:label", "rdf:type")
    ),
    _UNSTATED % PLAIN,
    _WITHOUT_TEXT,
)
_DOCUMENTS = """
SELECT ?text ?hash ?id ?string ?title ?date ?source ?author ?url {
  ?text nif:sourceUrl ?document ; nif:isString ?string .
  ?document kg:sha256 ?hash ; dcterms:identifier ?id
  OPTIONAL { ?document dcterms:title ?title } OPTIONAL { ?document dcterms:issued ?date }
  OPTIONAL { ?document dcterms:source ?source } OPTIONAL { ?document dcterms:creator ?author }
  OPTIONAL { ?document schema:url ?url } }"""


def is_sound(store: Engine, shapes: Graph, classes: Graph, jobs: int = 1) -> bool:
    """Whether nothing in a store can break these shapes, nor what is compared beside them.

    ``classes`` says which classes are below which. False where a validator must look. So many
    threads ask as there are ``jobs``; a store answers without the interpreter's lock.
    """
    questions = chain.from_iterable(_of_shape(shapes, shape, classes) for shape in _named(shapes))
    asked = chain(dict.fromkeys(questions), _UNSHAPED)
    if jobs == 1:
        return all(_has_none(store, question) for question in asked) and _say_what_is_quoted(store)
    with ThreadPoolExecutor(jobs) as threads:
        answers = [threads.submit(_say_what_is_quoted, store)]
        answers += [threads.submit(_has_none, store, question) for question in asked]
        sound = all(answer.result() for answer in as_completed(answers))
        threads.shutdown(cancel_futures=True)  # what is still to be asked is wanted by nobody
    return sound


def _has_none(store: Engine, question: str) -> bool:
    return next(rows(store, f"{question} LIMIT 1"), None) is None


def _say_what_is_quoted(store: Engine) -> bool:
    """Whether each text has its hash, and says at each offset what is quoted from there."""
    for text, hash_, id_, string, *said in rows(store, _DOCUMENTS):
        fields = [None if value is None else value.value for value in said]
        if Document(id_.value, string.value, *fields).sha256 != hash_.value:
            return False
        for begin, end, quote in rows(store, _QUOTES % {"text": text}):
            if not (begin.value.isdecimal() and end.value.isdecimal()):
                return False  # another question finds what else there may be
            if string.value[int(begin.value) : int(end.value)] != quote.value:
                return False
    return True


def _named(shapes: Graph) -> list[URIRef]:
    targeted = {shape for target in _TARGETS for shape in shapes.subjects(target)}
    return sorted(shape for shape in targeted if isinstance(shape, URIRef))


def _of_shape(shapes: Graph, shape: URIRef, classes: Graph) -> Iterator[str]:
    """The questions for what breaks a shape."""
    path = shapes.value(shape, SH.path)
    targets, questions = _targets(shapes, shape, about_claims=path is None)
    yield from questions
    if path is None:
        for target in targets:
            yield _unlike(f"{target} BIND(?x AS ?v)", shapes, shape, classes)
        return
    for target in targets:
        there = [f"{value.n3()} BIND(1 AS ?v)" for value in shapes.objects(shape, SH.hasValue)]
        there += ["?v"] if (shape, SH.minCount, None) in shapes else []
        for value in there:
            yield f"SELECT ?x {{ {target} OPTIONAL {{ ?x {path.n3()} {value} }} FILTER(!BOUND(?v)) }}"
    # Of values it is faster to ask wherever they stand.
    if (shape, SH.maxCount, None) in shapes:
        yield _COUNTED % path.n3()
    for pair, sign in _PAIRS.items():
        for other in shapes.objects(shape, pair):
            values = f"?x {path.n3()} ?v ; {other.n3()} ?w"
            yield f"SELECT ?x {{ {values} FILTER(!COALESCE(?v {sign} ?w, false)) }}"
    yield _unlike(f"?x {path.n3()} ?v", shapes, shape, classes)


def _targets(shapes: Graph, shape: URIRef, about_claims: bool) -> tuple[list[str], list[str]]:
    """Patterns for what a shape is about as ``?x``, and questions that must have no answer for these."""
    kinds = list(shapes.objects(shape, SH.targetClass))
    targets, questions = [f"?x a {kind.n3()} ." for kind in kinds], []
    for predicate in shapes.objects(shape, SH.targetSubjectsOf):
        if len(kinds) == 1:  # what has the predicate should be of the class: then one pattern is enough
            of_kind = f"OPTIONAL {{ ?x a {kinds[0].n3()} BIND(1 AS ?v) }} FILTER(!BOUND(?v))"
            questions.append(f"SELECT ?x {{ ?x {predicate.n3()} ?any {of_kind} }}")
        else:
            targets.append(f"?x {predicate.n3()} ?any .")
            targets += [f"?c rdf:predicate {predicate.n3()} ; rdf:subject ?x ."] if about_claims else []
    for predicate in shapes.objects(shape, SH.targetObjectsOf):
        targets.append(f"{{ SELECT DISTINCT ?x {{ ?any {predicate.n3()} ?x }} }}")
        targets += [f"?c rdf:predicate {predicate.n3()} ; rdf:object ?x ."] if about_claims else []
    return targets, questions


def _unlike(pattern: str, shapes: Graph, shape: Node, classes: Graph) -> str:
    """The question for values ``?v`` that are not what a shape wants of each."""
    wanted = " && ".join(_wanted(shapes, shape, classes)) or "true"
    return f"SELECT ?x {{ {pattern} FILTER(!COALESCE({wanted}, false)) }}"


def _wanted(shapes: Graph, shape: Node, classes: Graph) -> Iterator[str]:
    """What a shape wants of each value, as conditions; one that is false where a store cannot tell."""
    for constraint, wanted in shapes.predicate_objects(shape):
        if constraint == SH["class"]:
            kinds = sorted(
                {kind.n3() for kind in classes.transitive_subjects(RDFS.subClassOf, wanted) if kind}
            )
            yield f"EXISTS {{ ?v a ?kind FILTER(?kind IN ({', '.join(kinds)})) }}"
        elif constraint == SH.datatype:
            yield _is_of_datatype(wanted)
        elif constraint == SH.nodeKind:
            yield _KINDS.get(wanted, "false")
        elif constraint == SH["in"]:
            yield f"?v IN ({', '.join(item.n3() for item in Collection(shapes, wanted))})"
        elif constraint == SH["or"]:
            choices = (" && ".join(_wanted(shapes, item, classes)) for item in Collection(shapes, wanted))
            yield f"({' || '.join(f'COALESCE({choice}, false)' for choice in choices)})"
        elif constraint == SH.pattern:
            yield f"REGEX(STR(?v), {Literal(str(wanted)).n3()})"
        elif constraint == SH.minLength:
            yield f"STRLEN(STR(?v)) >= {wanted}"
        elif constraint in _COMPARED:
            yield f"?v {_COMPARED[constraint]} {wanted}"
        elif constraint not in _OTHER | _TARGETS:
            yield "false"


def _is_of_datatype(wanted: Node) -> str:
    """Whether a value is of a datatype, and can be read as one."""
    if wanted in _TEXTS:
        return f"DATATYPE(?v) = {wanted.n3()}"
    if wanted not in _READ:
        return "false"
    return f"DATATYPE(?v) = {wanted.n3()} && BOUND(?v) && {wanted.n3()}(STR(?v)) = ?v"
