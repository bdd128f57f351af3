"""The commands. Each is a few lines around the library function of the same name."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from kg.cli import display
from kg.errors import UsageError
from kg.limits import Limits

if TYPE_CHECKING:
    from kg.page import Part

app = typer.Typer(
    name="kg",
    help="Text to an RDF knowledge graph in which every claim can show the sentence that says so.",
    epilog="Example: kg build seeds -o output",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)

STORE = "output/graph.db"

Paths = Annotated[
    list[str],
    typer.Argument(help='Files, folders, globs, web addresses, or "-" for standard input.', metavar="PATH"),
]
OntologyFile = Annotated[
    Path | None,
    typer.Option("--ontology", help="A Turtle file instead of the default ontology.", metavar="FILE.ttl"),
]
Model = Annotated[
    str | None, typer.Option("--model", help="A spaCy pipeline by name or path instead of the default one.")
]
_MIN_SCORE = typer.Option(
    "--min-score", min=0, max=1, help="Leave out what is less probable than this.", metavar="P"
)
MinScore = Annotated[float, _MIN_SCORE]
MinScoreOfBuild = Annotated[float | None, _MIN_SCORE]
Jobs = Annotated[int, typer.Option("-j", "--jobs", min=1, help="How many processes read.", metavar="N")]
Dask = Annotated[
    str | None,
    typer.Option("--dask", help="Read on the workers of a Dask cluster.", metavar="tcp://SCHEDULER:8786"),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Let web pages send on to addresses that are not public.")
]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        help="How much is read at most: file, page (MB), ratio, seconds, text, sentence; repeat it.",
        metavar="NAME=NUMBER",
    ),
]
Store = Annotated[
    str,
    typer.Option(
        "--store", help="The store of an earlier kg build, or an endpoint.", metavar="FOLDER|http://…"
    ),
]


def names(text: str) -> list[str]:
    """The names in ``asserted,planned``."""
    return [name.strip() for name in text.split(",") if name.strip()]


class Records(enum.StrEnum):
    """How ``kg extract`` prints."""

    text = "text"
    jsonl = "jsonl"


def _version(wanted: bool) -> None:
    if wanted:
        import kg

        typer.echo(f"claimgraph {kg.__version__}")
        raise typer.Exit


@app.callback()
def kg_command(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Text to an RDF knowledge graph in which every claim can show the sentence that says so."""


@app.command(epilog='Example: echo "Microsoft invested in OpenAI." | kg extract -')
def extract(
    paths: Paths,
    format: Annotated[
        Records, typer.Option("--format", help="For people, or one JSON object a line.")
    ] = Records.text,
    ontology: OntologyFile = None,
    model: Model = None,
    min_score: MinScore = 0.0,
    open_relations: Annotated[
        bool, typer.Option("--open", help="Open propositions, in the words of the text.")
    ] = False,
    allow_private: AllowPrivate = False,
    limit: Limit = None,
    jobs: Jobs = 1,
    dask: Dask = None,
    coref: Annotated[
        bool, typer.Option("--coref", help="Instead, what each mention stands for: JSON, a document a line.")
    ] = False,
) -> None:
    """Print the relations that each text says, without building a graph."""
    if coref and open_relations:
        raise UsageError("--coref prints references and --open relations: choose one of them")
    from kg.ontology import load_ontology
    from kg.pipeline import extract

    law = load_ontology(ontology)
    for extraction in extract(
        paths,
        law,
        model=model,
        on_error=display.error_line,
        open_relations=open_relations,
        min_score=min_score,
        private=allow_private,
        limits=Limits.of(limit or ()),
        jobs=jobs,
        dask=dask,
    ):
        if coref:
            display.coreference(extraction)
        else:
            display.extraction(extraction, law, jsonl=format is Records.jsonl)


@app.command(epilog="Example: kg page -o openai.html --around OpenAI --depth 1")
def page(
    output: Annotated[Path, typer.Option("-o", "--output", help="The file to write.")] = Path(
        "output/graph.html"
    ),
    title: Annotated[str, typer.Option("--title", help="The heading of the page.")] = "Knowledge graph",
    around: Annotated[
        str | None, typer.Option("--around", help="Only this thing and what is near it.", metavar="NAME")
    ] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, help="How many steps away that reaches.")] = 2,
    top: Annotated[
        int | None, typer.Option("--top", min=1, help="Only so many things, those with the most facts.")
    ] = None,
    status: Annotated[
        str, typer.Option("--status", help="Only claims of these statuses.", metavar="asserted,planned")
    ] = "",
    since: Annotated[
        str | None,
        typer.Option("--since", help="Only claims about the time from this date on.", metavar="2024-01-01"),
    ] = None,
    layout_from: Annotated[
        Path | None,
        typer.Option("--layout-from", help="Keep the places of an older page.", metavar="OLD.html"),
    ] = None,
    store: Store = STORE,
) -> None:
    """Write the page of a graph, or of a part: one file that opens in any browser, offline."""
    from kg.graph import KnowledgeGraph

    wanted: dict[str, object] = {"around": around, "depth": around and depth, "top": top, "since": since}
    wanted |= {"statuses": names(status), "layout_from": layout_from}
    with KnowledgeGraph.open(store) as graph:
        graph.page(output, title, **cast("Part", {name: value for name, value in wanted.items() if value}))
    display.wrote(output)
