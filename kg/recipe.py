"""All that a graph is a function of, besides its documents."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path

from kg.corpus import recorded
from kg.decisions import Decisions, load_decisions
from kg.errors import OntologyError, UsageError
from kg.extract import Extractor
from kg.limits import USUAL
from kg.model import Extraction, Run
from kg.ontology import Ontology, load_ontology, ontology_path
from kg.rdf import canonical_decimal
from kg.terms import KnownName
from kg.verdicts import Verdicts
from kg.vocab import short_hash

#: The arguments of ``make``, as a corpus remembers them.
Options = Mapping[str, str | None]


@dataclass(frozen=True)
class Recipe:
    """Ontology, model, decisions and options; equal ones make equal graphs of equal documents."""

    ontology: Ontology
    extractor: Extractor
    decisions: Decisions
    min_score: float
    options: Options
    backbone: tuple[tuple[str, str], ...] = ()

    @classmethod
    def make(
        cls,
        ontology: str | Path | None = None,
        model: str | None = None,
        min_score: float = 0.0,
        decisions: str | Path | None = None,
        sentence: int = USUAL.sentence,
    ) -> Recipe:
        """The recipe of what a user gives; a KGError says what in it is wrong."""
        check_score(min_score)
        law = load_ontology(ontology)
        if not law.properties:
            raise OntologyError(f"{law.path}: no relation in it, so the graph would be empty")
        decided = load_decisions(decisions, law) if decisions is not None else Decisions()
        given = {
            "ontology": ontology,
            "model": model,
            "min_score": min_score or None,
            "decisions": decisions,
            "sentence": None if sentence == USUAL.sentence else sentence,
        }
        options = {name: None if value is None else str(value) for name, value in given.items()}
        extractor = Extractor(law, model, sentence=sentence)
        return cls(law, extractor, decided, min_score, options)

    @classmethod
    def again(cls, corpus: Path | None, options: Mapping[str, str | Path | float | None]) -> Recipe:
        """The recipe of the last build, as its corpus remembers it, with other ``options`` where given."""
        before = recorded(corpus) if corpus is not None else {}
        given = {name: str(value) for name, value in options.items() if value is not None}
        known = {**before, **given}
        return cls.make(
            known.get("ontology"),
            known.get("model"),
            float(known.get("min_score") or 0),
            known.get("decisions"),
            int(known.get("sentence") or USUAL.sentence),
        )

    def knowing(self, names: Sequence[KnownName], recorded: tuple[tuple[str, str], ...]) -> Recipe:
        """The same, knowing the names of a backbone, which the run records so."""
        law = self.ontology.knowing(tuple(names))
        extractor = Extractor(law, self.options["model"], sentence=self.extractor.sentence)
        return replace(self, ontology=law, extractor=extractor, backbone=recorded)

    @cached_property
    def run(self) -> Run:
        """What the graph records; an option that is off is none."""
        options = list(self.backbone)
        if self.decisions.sha256:
            options.append(("decisions", f"sha256 {self.decisions.sha256}"))
        if self.min_score:
            options.append(("min_score", canonical_decimal(str(self.min_score))))
        options += self._unusual
        return Run(version("claimgraph"), self.extractor.model_name, self.ontology.sha256, tuple(options))

    @property
    def _unusual(self) -> list[tuple[str, str]]:
        """The limit of sentences, where it is not the usual one."""
        longest = self.options.get("sentence")
        return [("sentence", longest)] if longest else []

    @cached_property
    def maker(self) -> str:
        """The hash of what an extraction is made by: program, model and ontology.

        The program's own files are in it, and what the model says of itself, because both may change
        without a new version.
        """
        meta = json.dumps(self.extractor.meta, sort_keys=True, default=str)
        made_with = (version("spacy"), _program(), meta, self.ontology.sha256)
        return short_hash(32, *made_with, *self.backbone, *self._unusual)

    def state(self, documents: Mapping[str, str], base_iri: str) -> str:
        """The hash of a graph: equal hashes, equal graphs. Documents are given as id and hash."""
        names = (f"{id_}\x1f{sha256}" for id_, sha256 in sorted(documents.items()))
        return short_hash(64, self.maker, self.run.id, base_iri, *names)

    @cached_property
    def verdicts(self) -> Verdicts:
        """What people have said of claims."""
        return Verdicts(self.decisions.claims, self.ontology)

    def sure(self, extraction: Extraction) -> Extraction:
        """The extraction as people have judged it, without relations that are less probable than asked."""
        return sure(self.verdicts.apply(extraction), self.min_score)


def sure(extraction: Extraction, min_score: float) -> Extraction:
    """The extraction without relations that are less probable than asked."""
    kept = tuple(r for r in extraction.relations if r.score is None or r.score >= min_score)
    return replace(extraction, relations=kept)


def check_score(min_score: float) -> None:
    """UsageError where it is no probability."""
    if not 0 <= min_score <= 1:
        raise UsageError(f"min_score is {min_score}: it is a probability, give a number from 0 to 1")


@cache
def _program() -> str:
    """The hash of the files that this program consists of."""
    found = hashlib.sha256()
    for folder, pattern in ((Path(__file__).parent, "**/*.py"), (ontology_path().parent, "*")):
        for file in sorted(path for path in folder.glob(pattern) if path.is_file()):
            found.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()
