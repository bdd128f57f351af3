"""A made-up world of companies, rich enough to look at: every status, parallel and self edges, literals."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from kg.model import Claim, Document, Entity, Evidence, Fact, Literal, Qualifiers

NEWS = "https://w3id.org/claimgraph/news#"
BASE = "https://example.org/kg/"

NAMES = {
    "Organization": """Halvorsen Energy|Brightwater Capital|Nordlys Grid|Tidewell Robotics|Marlow Street Bank
        Quillon Systems|Fernhill Foods|Ostrava Steelworks|Cobalt & Pine|Lantern Health|Verity Airlines
        Solano Ports|Harbor Commission|Ministry of Energy|Pinecrest University|Greyfield Motors
        Aster Chemicals|Union Exchange|Kestrel Mining""",
    "Person": """Ingrid Halvorsen|Tomás Aguilar|Mei-Lin Zhou|Priya Raman|Oskar Lindqvist|Dana Whitfield
        Samuel Okafor|Ruth Abelman|Jonas Weber""",
    "Place": "Bergen|Rotterdam|Lisbon|Ostrava|Singapore|Chile",
    "Product": "GridPilot|Harvester 9|LanternOS|Type K battery|FrostLine|Skimmer drone",
}
ALIASES = {
    "Halvorsen Energy": ("Halvorsen", "Halvorsen Energi AS"),
    "Marlow Street Bank": ("Marlow Street", "MSB"),
    "Ministry of Energy": ("energy ministry",),
}
DOCUMENTS = {
    "grid-deal": ("Halvorsen bets on the northern grid", "2025-03-04"),
    "robot-harvest": ("Robots in the orchard", "2025-05-19"),
    "steel-suit": ("A steelworks goes to court", "2025-07-02"),
    "airline-talks": ("Verity and Greyfield keep talking", "2025-09-23"),
    "lantern-profile": ("The long evening of Lantern Health", "2025-11-11"),
}
#: One claim a line; the first line names the columns.
SAID = Path(__file__).with_name("sample.txt")


def entities() -> dict[str, Entity]:
    """All entities of the made-up world by name."""
    found = {}
    for type_name, names in NAMES.items():
        for name in (part.strip() for line in names.splitlines() for part in line.split("|")):
            slug = "_".join(name.replace("&", " ").split())
            found[name] = Entity(f"{BASE}entity/{slug}", name, NEWS + type_name, ALIASES.get(name, ()))
    return found


def sample() -> tuple[list[Fact], list[Document]]:
    """Facts and documents; every quote stands in its document at its offsets."""
    world, texts = entities(), dict.fromkeys(DOCUMENTS, "")
    claims: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for line in SAID.read_text(encoding="utf-8").splitlines()[1:]:
        source, subject, relation, target, marked, extra = line.split("|")
        before, trigger, after = marked.replace("]", "[").split("[")
        start = len(texts[source])
        texts[source] += before + trigger + after + " "
        trigger_start = start + len(before)
        evidence = Evidence(
            document=source,
            text=before + trigger + after,
            start=start,
            end=len(texts[source]) - 1,
            trigger=trigger,
            trigger_start=trigger_start,
            trigger_end=trigger_start + len(trigger),
        )
        pairs = (part.partition("=") for part in extra.split())
        said = {key: value.replace("_", " ") for key, _, value in pairs}
        speaker = world.get(said.pop("attributed_to", ""))
        number = len(claims[subject, relation, target])
        claim = Claim(
            iri=f"{BASE}claim/{source}-{start}-{number}",
            subject=world[subject],
            predicate=NEWS + relation,
            object=_literal(target) if target.startswith("=") else world[target],
            qualifiers=Qualifiers(**said),
            evidence=evidence,
            attributed_to=speaker,
            phrase=trigger,
        )
        claims[subject, relation, target].append(claim)
    facts = [
        Fact(made[0].subject, made[0].predicate, made[0].object, tuple(made)) for made in claims.values()
    ]
    documents = [
        Document(name, texts[name], title, date, f"seeds/{name}.txt")
        for name, (title, date) in DOCUMENTS.items()
    ]
    return facts, documents


def _literal(text: str) -> Literal:
    value, datatype, written, *currency = text[1:].split(";")
    return Literal(value, datatype, written, currency=currency[0] if currency else None)
