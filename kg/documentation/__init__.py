"""An ontology as one page to read: classes, relations, how each is said, and how well that is found."""

from __future__ import annotations

from pathlib import Path

from kg.documentation.contents import Contents, contents
from kg.documentation.figures import Figures, load_figures
from kg.look import sheet, write
from kg.ontology import load_ontology

__all__ = ["Contents", "Figures", "contents", "document", "load_figures", "render"]

HERE = Path(__file__).parent


def document(path: str | Path, ontology: str | Path | None = None) -> Path:
    """Write the page of an ontology file, the default one without a name, to a file.

    Figures are shown where ``NAME.figures.json`` lies beside ``NAME.ttl``. Raises OntologyError where
    the ontology or its figures cannot be read.
    """
    law = load_ontology(ontology)
    return write(render(contents(law, load_figures(law.path))), path)


def render(found: Contents) -> str:
    """The page as HTML."""
    return sheet(HERE, "template.html.j2", title=found.title, found=found)
