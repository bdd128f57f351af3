"""The notebooks: each runs from its first cell to its last, and is kept without what it printed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.running import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
nbformat = pytest.importorskip("nbformat")


def test_there_are_five() -> None:
    names = "01_quickstart 02_sparql 03_analysis 04_your_own_ontology 05_evaluation".split()
    assert [path.stem for path in NOTEBOOKS] == names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_is_kept_without_outputs(path: Path) -> None:
    book = json.loads(path.read_text(encoding="utf-8"))
    nbformat.validate(book)
    code = [cell for cell in book["cells"] if cell["cell_type"] == "code"]
    assert code
    assert book["cells"][0]["cell_type"] == "markdown"
    assert not any(cell["outputs"] or cell["execution_count"] for cell in code)
    assert set(book["metadata"]) == {"kernelspec", "language_info"}


@pytest.mark.model
@pytest.mark.slow
def test_they_run() -> None:
    """One kernel for all, emptied before each: what one defines, the next does not know."""
    from jupyter_client.manager import start_new_kernel
    from nbclient import NotebookClient

    manager, client = start_new_kernel(kernel_name="python3", cwd=str(ROOT / "notebooks"))
    try:
        for path in NOTEBOOKS:
            book = nbformat.read(path, as_version=4)
            book.cells.insert(0, nbformat.v4.new_code_cell("%reset -f"))
            runner = NotebookClient(book, km=manager, timeout=300)
            runner.kc = client
            runner.execute(reset_kc=False, cleanup_kc=False)
            shown = [cell for cell in book.cells if cell.cell_type == "code" and cell.outputs]
            assert shown, path.stem
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
