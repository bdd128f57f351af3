"""What is made once for all tests: the extractor with its model, and a build of the seeds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.running import run_kg

if TYPE_CHECKING:
    from kg.extract import Extractor


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor of the default ontology, with the model loaded once."""
    from kg.extract import Extractor
    from kg.ontology import load_ontology

    return Extractor(load_ontology())


@pytest.fixture(scope="session")
def seeds_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that ``kg build seeds`` writes. Read it, do not write to it."""
    output = tmp_path_factory.mktemp("seeds") / "output"
    run_kg(["build", "seeds", "-o", str(output)], PYTHONHASHSEED="0")
    return output
