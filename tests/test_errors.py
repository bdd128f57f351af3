"""The table of errors in README: it lists every error, and each example says what stands there."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from kg import cli, errors
from kg.cli.signals import ENDED
from kg.errors import KGError, RefusedError
from kg.sparql import refuse_service
from tests.running import ROOT
from tests.serve.serving import write_sample

README = (ROOT / "README.md").read_text(encoding="utf-8")
#: Error, exit code, example and what it says.
ROWS = re.findall(r"^\| (`\w+Error`.*?|Ctrl-C) \| (\d+) \| `(.*?)` \| `(.*?)` \|$", README, re.M)
EXAMPLES = [row for row in ROWS if row[2].startswith("kg ") and row[0] != "Ctrl-C"]


def subclasses(kind: type[KGError]) -> set[type[KGError]]:
    return {kind}.union(*(subclasses(below) for below in kind.__subclasses__()))


def test_every_error_is_listed_with_its_exit_code() -> None:
    ours = {kind for kind in subclasses(KGError) if kind.__module__ == errors.__name__}
    assert {(kind.__name__, str(kind.exit_code)) for kind in ours} == {
        (name.split("`")[1], code) for name, code, *_ in ROWS if name != "Ctrl-C"
    }
    (interrupt,) = [(int(code), says) for name, code, _, says in ROWS if name == "Ctrl-C"]
    assert interrupt in ENDED.items()
    drawn = errors.__doc__ or ""
    assert all(f" {kind.__name__} " in drawn for kind in ours - {KGError})


@pytest.mark.parametrize(("name", "code", "command", "says"), EXAMPLES)
def test_each_example_says_so(
    name: str,
    code: str,
    command: str,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "output").mkdir()
    write_sample(tmp_path / "output" / "graph.db")
    (tmp_path / "empty.txt").touch()
    (tmp_path / "a.txt").write_text("Halden sued Ostara.", encoding="utf-8")
    broken = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n<x> a owl:Ontology ;;; oops\n"
    (tmp_path / "broken.ttl").write_text(broken, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", shlex.split(command))
    monkeypatch.setattr(cli, "watch", lambda: None)  # the signals of this process are pytest's
    with pytest.raises(SystemExit) as end:
        cli.main()
    printed, complained = capsys.readouterr()
    assert end.value.code == int(code)
    assert complained.startswith(f"kg: {says}"), name
    assert not printed


def test_what_a_server_refuses() -> None:
    ((query, says),) = [row[2:] for row in ROWS if row[0] == "`RefusedError`"]
    with pytest.raises(RefusedError, match=f"^{says}$"):
        refuse_service(query, {})
