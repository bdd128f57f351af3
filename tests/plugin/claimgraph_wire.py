"""What a package of somebody else adds to kg: ``.wire`` files, ``.edges`` files, names of brands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span

from kg.errors import InputError
from kg.export import Exportable
from kg.model import Document, Entity


def read_wire(path: Path, id: str, source: str) -> Iterator[Document | InputError]:
    """A headline, a date and a text, each after a line of its own."""
    headline, date, text = path.read_text(encoding="utf-8").split("\n", 2)
    if not text.strip():
        yield InputError(f"{source}: a wire without text")
        return
    yield Document(id, text, title=headline, date=date, source=source)


def write_edges(graph: Exportable, path: Path) -> None:
    """One fact a line: subject, relation, object."""
    rows = [
        f"{fact.subject.name}\t{fact.predicate.rpartition('#')[2]}\t{fact.object.name}\n"
        for fact in graph.facts()
        if isinstance(fact.object, Entity)
    ]
    path.write_text("".join(rows), encoding="utf-8")


@Language.factory("brands", default_config={"names": []})
def make_brands(nlp: Language, name: str, names: list[str]) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """Names that the model does not know, as organizations."""
    matcher = PhraseMatcher(nlp.vocab)
    matcher.add("ORG", [nlp.make_doc(brand) for brand in names])

    def brands(doc: Doc) -> Doc:
        found = [Span(doc, start, end, label="ORG") for _, start, end in matcher(doc)]
        taken = {token.i for span in found for token in span}
        kept = [span for span in doc.ents if not taken.intersection(range(span.start, span.end))]
        doc.ents = [*kept, *found]
        return doc

    return brands
