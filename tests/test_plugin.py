"""A package of somebody else, installed in a fresh environment, extends ``kg`` without a change to it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.running import KG, ROOT

PLUGIN = ROOT / "tests" / "plugin"


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the package, and with all that is installed here."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder / "env")
    found = folder / "env" / "bin" / "python"
    where = sysconfig.get_paths(vars={"base": str(folder / "env"), "platbase": str(folder / "env")})[
        "purelib"
    ]
    # The packages that are here are there too, without a network: pip installs the new one alone.
    here = sysconfig.get_paths()["purelib"]
    Path(where, "here.pth").write_text(f"import site; site.addsitedir({here!r})\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(found), "install", "--quiet", "--no-index"]
    options = ["--no-deps", "--no-build-isolation", "--disable-pip-version-check"]
    subprocess.run([*pip, *options, str(PLUGIN)], check=True, capture_output=True, cwd=folder)
    return found


@pytest.mark.model
@pytest.mark.slow
def test_a_reader_an_exporter_and_a_component(python: Path, tmp_path: Path) -> None:
    def run(*arguments: str) -> str:
        command = [str(python), str(KG), *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env={**os.environ})
        assert done.returncode == 0, done.stderr
        return done.stdout

    (tmp_path / "in").mkdir()
    text = "A deal\n2024-03-05\nHalden Group acquired Monday Coffee in 2019."
    (tmp_path / "in" / "a.wire").write_text(text, encoding="utf-8")
    run("build", "in", "-o", "out", "--model", str(PLUGIN / "news.cfg"), "--no-page")
    run("export", "facts.edges", "--store", "out/graph.db")
    assert (tmp_path / "facts.edges").read_text() == "Halden Group\tacquired\tMonday Coffee\n"
    documents = run("query", "documents", "--store", "out/graph.db", "--format", "csv")
    assert documents.splitlines()[1].startswith("a,2024-03-05,A deal,,in/a.wire,")
    model = run(
        "query", "SELECT ?model { ?run kg:model ?model }", "--store", "out/graph.db", "--format", "csv"
    )
    assert model.splitlines()[1].startswith("en_news ")
