"""The command line: documented, runs its own examples, and fails with one clear line."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
import requests
import typer.main

from kg.cli import app
from tests.running import KG, ROOT, run_kg
from tests.warm import command

COMMAND = typer.main.get_command(app)
COMMANDS = dict(sorted(COMMAND.commands.items()))  # type: ignore[attr-defined]


def example(name: str) -> str:
    return (COMMANDS[name].epilog or "").removeprefix("Example: ")


def test_commands() -> None:
    assert list(COMMANDS) == [
        "analyze",
        "build",
        "check",
        "conflicts",
        "diff",
        "evaluate",
        "explain",
        "export",
        "extract",
        "import",
        "merge",
        "ontology",
        "owners",
        "page",
        "path",
        "profile",
        "query",
        "remove",
        "report",
        "resolve",
        "review",
        "serve",
        "split",
        "timeline",
        "validate",
        "verify",
        "why",
    ]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented(name: str) -> None:
    documented = COMMANDS[name]
    assert documented.help
    assert documented.help.strip().endswith(".")
    assert f"kg {name}" in example(name)
    assert all(parameter.help for parameter in documented.params), name
    assert run_kg([name, "--help"]).stdout.rstrip().endswith(example(name))


@pytest.mark.model
@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - {"serve"}))
def test_every_example_runs(name: str, seeds_output: Path, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    shutil.copytree(seeds_output, tmp_path / "output")
    shutil.copy(seeds_output / "graph.ttl", tmp_path / "earlier.ttl")
    (tmp_path / "my.ttl").write_text("<my> a <http://www.w3.org/2002/07/owl#Ontology> .", encoding="utf-8")
    (tmp_path / "companies.ttl").write_text(
        '<acme> a <https://schema.org/Corporation> ; <http://www.w3.org/2000/01/rdf-schema#label> "Acme" .',
        encoding="utf-8",
    )
    (tmp_path / "gold.yaml").write_text("- {id: a, text: Acme sued Bolt., gold: []}", encoding="utf-8")
    done = subprocess.run(
        ["bash", "-c", example(name)],
        cwd=tmp_path,
        env={**os.environ, "PATH": f"{command().parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.model
def test_the_example_of_serve_runs_until_it_is_told_to_end(seeds_output: Path, tmp_path: Path) -> None:
    shutil.copytree(seeds_output, tmp_path / "output")
    line = example("serve").replace("--port 8000", "--port 0")
    with subprocess.Popen(
        [KG, *shlex.split(line)[1:]], cwd=tmp_path, stdout=subprocess.PIPE, encoding="utf-8"
    ) as server:
        assert server.stdout is not None
        said, address = server.stdout.readline().split(" at ")
        assert said == "Serving"
        assert requests.get(address.strip(), timeout=60).status_code == 200
        server.send_signal(signal.SIGINT)
        server.communicate()
    assert server.returncode == 0


def test_help_and_version_import_nothing_heavy() -> None:
    heavy = ("spacy", "rdflib", "networkx", "pyvis", "numpy")
    code = f"import sys, kg, kg.cli; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([KG.with_name("python"), "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert run_kg(["--version"], PYTHONUTF8="0").stdout == "claimgraph 0.1.0\n"


BROKEN_TURTLE = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n<x> a owl:Ontology ;;; oops\n"
GERMAN = """Der Konzern hat am Montag in München mitgeteilt, dass er das junge Unternehmen übernehmen will,
sobald die Behörden zugestimmt haben. Der Kaufpreis wurde nicht genannt."""


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        ("build nowhere.txt -o out", 2, "kg: nowhere.txt: no such file or folder"),
        ("build *.nothing -o out", 2, "kg: *.nothing: no file matches"),
        ("build empty.txt -o out", 1, "kg: empty.txt: empty"),
        ("build binary.txt -o out", 1, "kg: binary.txt: a binary file, not text"),
        ("build unreadable.txt -o out", 1, "kg: unreadable.txt: cannot be read"),
        ("build folder -o out", 1, "kg: folder: no file in this folder can be read"),
        ("build good.txt -o out --model no_such_model", 1, 'kg: the model "no_such_model" is not installed'),
        ("build good.txt -o out --ontology broken.ttl", 1, "kg: broken.ttl:2"),
        ("build good.txt -o out --ontology missing.ttl", 1, "kg: missing.ttl"),
        ("build good.txt -o out --ontology empty.txt", 2, "kg: empty.txt: the suffix names no syntax of"),
        ("build good.txt -o out --ontology folder", 1, "kg: folder: the ontology cannot be read: Is a dir"),
        ("build good.txt -o good.txt", 1, "kg: good.txt: this is a file, and the output is a folder"),
        ("build '' -o out", 2, "kg: an empty argument names no file"),
        (
            "build german.txt -o out",
            1,
            "kg: german.txt: 'german' is in German, it seems",
        ),
        ("query ''", 2, "kg: no query; give one"),
        ("query", 2, "kg: no query; give one"),
        ("query binary.rq", 2, "kg: binary.rq: the query cannot be read: not UTF-8 text"),
        ("extract nowhere.txt", 2, "kg: nowhere.txt: no such file or folder"),
        ("extract empty.txt", 1, "kg: empty.txt: empty"),
        ("query 'SELECT * {}' --store nowhere.db", 1, "kg: nowhere.db"),
        ("query denid", 2, 'kg: no shipped query is called "denid". Did you mean "denied"?'),
        ("query missing.rq", 2, "kg: missing.rq: the query cannot be read"),
        ("export out.ttl --store nowhere.db", 1, "kg: nowhere.db"),
        ("page -o out.html --store nowhere.db", 1, "kg: nowhere.db"),
        ("analyze --store nowhere.db", 1, "kg: nowhere.db"),
        ("report -o out.html --store nowhere.db", 1, "kg: nowhere.db"),
        ("diff nowhere.db broken.ttl", 1, "kg: nowhere.db"),
        ("diff broken.ttl nowhere.db", 1, "kg: broken.ttl:2"),
        ("ontology missing.ttl -o out.html", 1, "kg: missing.ttl"),
        ("why a owns b --store nowhere.db", 1, "kg: nowhere.db"),
        ("validate --store nowhere.db", 1, "kg: nowhere.db"),
        ("verify --store nowhere.db", 1, "kg: nowhere.db"),
    ],
)
def test_errors_are_one_line_and_lose_nothing(arguments: str, code: int, line: str, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Microsoft invested in OpenAI.\n", encoding="utf-8")
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "binary.rq").write_bytes(b"\x89PNG\0\0")
    (tmp_path / "german.txt").write_text(GERMAN, encoding="utf-8")
    (tmp_path / "unreadable.txt").symlink_to("gone")
    (tmp_path / "broken.ttl").write_text(BROKEN_TURTLE, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "graph.ttl").write_text("earlier", encoding="utf-8")
    done = run_kg(shlex.split(arguments), cwd=tmp_path, code=code)
    (only,) = done.stderr.splitlines()
    assert only.startswith(line)
    assert not done.stdout
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["graph.ttl"]
    assert (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8") == "earlier"


@pytest.mark.model
def test_a_failed_build_keeps_the_earlier_one(seeds_output: Path, tmp_path: Path) -> None:
    shutil.copytree(seeds_output, tmp_path / "output")
    (tmp_path / "good.txt").write_text("Microsoft invested in OpenAI.\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in sorted((tmp_path / "output").rglob("*")) if path.is_file()}
    run_kg(["build", "good.txt", "--model", "no_such_model"], cwd=tmp_path, code=1)
    assert {
        path: path.read_bytes() for path in sorted((tmp_path / "output").rglob("*")) if path.is_file()
    } == before
    run_kg(["build", "good.txt"], cwd=tmp_path)
    assert "OpenAI" in run_kg(["query", "investments"], cwd=tmp_path).stdout


@pytest.mark.parametrize(
    "arguments", ["", "build", "extract", "export", "unknown", "analyze --top 0", "extract x --format xml"]
)
def test_wrong_use_is_exit_code_2(arguments: str) -> None:
    run_kg(shlex.split(arguments), code=2)


@pytest.mark.model
def test_one_bad_source_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("Microsoft invested in OpenAI in 2019.\n", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\0")
    done = run_kg(["build", ".", "-o", "out"], cwd=tmp_path)
    said = [line for line in done.stderr.splitlines() if line.startswith("kg:")]
    assert said == ["kg: skipped bad.txt: a binary file, not text"]
    assert "Skipped 1 source" in done.stdout
    assert "1 claim: 1 asserted." in done.stdout
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "corpus.sqlite",
        "graph.db",
        "graph.html",
        "graph.ttl",
    ]


@pytest.mark.model
def test_extract_prints_lines_of_json_or_of_text() -> None:
    text = "Microsoft invested $1 billion in OpenAI in 2019.\n"
    (line,) = run_kg(["extract", "-", "--format", "jsonl"], stdin=text).stdout.splitlines()
    record = json.loads(line)
    assert record["document"] == "stdin"
    assert record["amount"] == "USD 1000000000"
    assert text[slice(*(record["trigger"][key] for key in ("start", "end")))] == record["trigger"]["text"]
    assert run_kg(["extract", "-"], stdin=text).stdout.splitlines() == [
        "stdin: 1 relation",
        "  Microsoft —invested_in→ OpenAI  (asserted, 2019, USD 1000000000)",
        "      “Microsoft invested $1 billion in OpenAI in 2019.”",
    ]


@pytest.mark.model
@pytest.mark.parametrize("format_", ["table", "csv", "json"])
def test_query_from_argument_file_and_standard_input(
    format_: str, seeds_output: Path, tmp_path: Path
) -> None:
    asked = "SELECT ?who ?what { ?who news:invested_in ?what } ORDER BY ?who ?what"
    (tmp_path / "asked.rq").write_text(asked, encoding="utf-8")
    options = ["--store", str(seeds_output / "graph.db"), "--format", format_]
    answer = run_kg(["query", asked, *options]).stdout
    assert ("e:OpenAI" if format_ == "table" else "https://example.org/kg/entity/OpenAI") in answer
    assert run_kg(["query", str(tmp_path / "asked.rq"), *options]).stdout == answer
    assert run_kg(["query", *options], stdin=asked).stdout == answer
    (tmp_path / "asked.txt").write_text(asked, encoding="utf-8")
    assert run_kg(["query", str(tmp_path / "asked.txt"), *options]).stdout == answer
    if format_ == "json":
        assert json.loads(answer)["head"]["vars"] == ["who", "what"]


@pytest.mark.model
def test_an_interrupt_is_one_line_and_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "graph.ttl").write_text("earlier", encoding="utf-8")
    many = "Microsoft invested $1 billion in OpenAI in 2019.\n" * 40
    (tmp_path / "many.jsonl").write_text(
        "".join(json.dumps({"id": number, "text": many}) + "\n" for number in range(50)), encoding="utf-8"
    )
    with subprocess.Popen(
        [str(KG), "build", "many.jsonl", "-o", "out"],
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as build:
        assert build.stderr is not None
        assert build.stderr.readline().startswith("1 document")
        build.send_signal(signal.SIGINT)
        assert build.stderr.read().endswith("kg: interrupted\n")
    assert build.returncode == 130
    # What was read before is kept for the next time.
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["corpus.sqlite", "graph.ttl"]


def test_a_closed_pipe_is_no_error() -> None:
    done = subprocess.run(
        ["bash", "-c", f"{KG} build --help | head -1"], capture_output=True, text=True, check=True
    )
    assert "Traceback" not in done.stderr
