"""The wheel is whole: it builds a graph in a fresh environment, outside the checkout."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.running import ROOT

TEXT = "Microsoft invested $1 billion in OpenAI in 2019.\n"


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = (
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--no-index",
        "--wheel-dir",
        folder,
        ROOT,
    )
    run(sys.executable, *build, cwd=folder)
    return next(folder.glob("*.whl"))


def test_the_wheel_has_its_data(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = run("git", "ls-files", "kg", "ontology", cwd=ROOT).split()
    expected = {name if name.startswith("kg/") else f"kg/data/{name}" for name in tracked}
    assert expected <= names
    assert {name.split("/")[0] for name in names} == {"kg", "claimgraph-0.1.0.dist-info"}


@pytest.mark.model
@pytest.mark.slow
def test_the_wheel_builds_a_graph(wheel: Path, tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", venv, cwd=tmp_path)
    python = venv / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=tmp_path,
    )
    # The dependencies are those of this environment: what is proved is the wheel, not the downloads.
    packages = run(
        python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path
    ).strip()
    Path(packages, "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    (tmp_path / "article.txt").write_text(TEXT, encoding="utf-8")
    where = run(
        python,
        "-c",
        "import kg; from kg.ontology import ontology_path as p; print(kg.__file__, p())",
        cwd=tmp_path,
    )
    assert all(path.startswith(packages) for path in where.split())
    run(venv / "bin" / "kg", "build", "article.txt", "-o", "out", cwd=tmp_path)
    asked = "SELECT ?who ?what { ?who news:invested_in ?what }"
    answer = run(
        venv / "bin" / "kg", "query", asked, "--store", "out/graph.db", "--format", "csv", cwd=tmp_path
    )
    assert answer.split() == [
        "who,what",
        "https://example.org/kg/entity/Microsoft,https://example.org/kg/entity/OpenAI",
    ]


def test_the_lock_files_name_no_index_and_hash_everything() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        assert "--index" not in text
        pinned = [line for line in text.splitlines() if line and line[0].isalnum()]
        assert text.count("--hash=sha256:") >= len(pinned) > 0
        assert all("==" in line and line.endswith("\\") for line in pinned)


def test_the_lock_files_hold_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").lower()
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        name = requirement.split("=")[0].split(">")[0].split("<")[0].strip().lower()
        assert f"\n{name}==" in f"\n{locked}", name
