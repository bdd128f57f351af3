"""What README says is run: each console block and each block of Python must print what follows it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running import ROOT
from tests.warm import command as program

README = (ROOT / "README.md").read_text(encoding="utf-8")
CONSOLE = re.findall(r"^```console\n\$ (.*?)\n(?=\$ |```|\S|\Z)(.*?)^```$", README, re.M | re.S)
TURTLE = re.findall(r"^```turtle\n# (\S+)\n(.*?)^```$", README, re.M | re.S)
PYTHON = re.findall(r"^```python\n(.*?)^```\n+(?:```text\n(.*?)^```$)?", README, re.M | re.S)


@pytest.fixture
def folder(seeds_output: Path, tmp_path: Path) -> Path:
    """What a reader has in front of them after ``make demo``."""
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(seeds_output, tmp_path / "output")
    for name, text in TURTLE:
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(command: list[str], folder: Path) -> str:
    path = f"{program().parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def without_trailing_space(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip().splitlines()]


def test_there_is_something_to_run() -> None:
    assert CONSOLE
    assert PYTHON
    assert README.splitlines().index("make demo") < 20
    assert len(PYTHON[0][0].strip().splitlines()) <= 10


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize(("command", "printed"), CONSOLE)
def test_console(command: str, printed: str, folder: Path) -> None:
    assert without_trailing_space(run(["bash", "-c", command], folder)) == without_trailing_space(printed)


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize(("code", "printed"), PYTHON)
def test_python(code: str, printed: str, folder: Path) -> None:
    assert without_trailing_space(run([sys.executable, "-c", code], folder)) == without_trailing_space(
        printed
    )


@pytest.mark.parametrize("path", re.findall(r"\]\((?!https?:)([^)#]+)", README))
def test_links_lead_somewhere(path: str) -> None:
    assert (ROOT / path).exists()
