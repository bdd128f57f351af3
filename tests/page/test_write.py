"""The file: the same bytes every time, whole or not at all."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import KGError
from kg.model import Document, Entity, Fact
from kg.page import render, write_page
from tests.page.sample import sample

ROOT = Path(__file__).parents[2]
PRINT_HASH = """
import hashlib
from kg.page import render
from tests.page.sample import sample
print(hashlib.sha256(render(*sample()).encode()).hexdigest())
"""


@pytest.mark.parametrize("seed", ["0", "4711"])
def test_every_process_makes_the_same_bytes(seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    made = subprocess.run(
        [sys.executable, "-c", PRINT_HASH],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert made.stdout.strip() == hashlib.sha256(render(*sample()).encode()).hexdigest()


def test_it_is_written_in_utf_8_whatever_the_locale(tmp_path: Path) -> None:
    name = "京都 العربية 😀 \ud800"
    facts = [Fact(Entity("x:a", name, "x:T"), "x:p", Entity("x:b", "b", "x:T"))]
    file = write_page(tmp_path / "new" / "page.html", facts, [Document("d", name)], title=name)
    text = file.read_bytes().decode("utf-8")
    assert "京都 العربية 😀 \ufffd" in text
    assert [path.name for path in file.parent.iterdir()] == ["page.html"]


def test_a_failure_leaves_the_old_page(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    target.mkdir()
    with pytest.raises(KGError, match=r"page\.html: the page cannot be written"):
        write_page(target, *sample())
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
