"""Is an ontology file sound? Its axioms agree, its frames can be read, its examples say what they show.

What can be wrong is a list of small functions in ``kg.check.rules``; the examples are run through
the extraction in ``kg.check.examples``.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.check.rules import Problem, axiom_problems, lexical_problems, stated
from kg.check.source import Source
from kg.errors import OntologyError
from kg.ontology import load_ontology, ontology_path

__all__ = ["Problem", "Report", "check"]


@dataclass(frozen=True, slots=True)
class Report:
    """What a check looked at, and what is wrong, in the order of the lines."""

    file: str
    classes: int
    relations: int
    examples: int
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong; warnings may be meant so."""
        return all(problem.warning for problem in self.problems)


def check(path: str | Path | None = None, *, model: str | None = None, examples: bool = True) -> Report:
    """What is wrong in an ontology file (the default one without a path).

    ``examples`` are run through the extraction with the model; without them the check takes no
    model. Raises OntologyError where the file is missing or cannot be parsed.
    """
    file = Path(path) if path is not None else ontology_path()
    try:
        ontology = load_ontology(file)
    except OntologyError:
        problems = _malformed(file)
        if not problems:
            raise
        return Report(str(file), 0, 0, 0, problems)
    source = Source(file)
    found = [*lexical_problems(source), *axiom_problems(ontology, source)]
    relations = stated(ontology)
    count = sum(len(prop.examples) for prop in relations)
    if examples and count:
        from kg.check.examples import example_problems

        found.extend(example_problems(ontology, source, model))
    classes = sum(kind.iri in source.things for kind in ontology.types.values())
    return Report(str(file), classes, len(relations), count, tuple(sorted(set(found))))


def _malformed(file: Path) -> tuple[Problem, ...]:
    """All that keeps a file from being loaded, at once, where it is more than its syntax."""
    try:
        return tuple(sorted(set(lexical_problems(Source(file)))))
    except Exception:  # rdflib raises BadSyntax, and others on hostile input
        return ()
