"""How good the extraction is on texts with gold: the figures, and every miss and false claim behind them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from kg.errors import InputError, did_you_mean
from kg.evaluate.causes import cause
from kg.evaluate.compare import Comparison, Found, Key, Record, normal
from kg.evaluate.figures import Counts, Evaluation, Finding
from kg.evaluate.gold import Article, GoldClaim, load_gold, parse_gold
from kg.extract import Extractor
from kg.extract.account import accounts
from kg.model import Account, Extraction
from kg.ontology import Ontology
from kg.records import records

__all__ = ["Article", "Counts", "Evaluation", "Finding", "compare", "evaluate", "load_gold", "parse_gold"]


def evaluate(articles: Iterable[Article], ontology: Ontology, *, model: str | None = None) -> Evaluation:
    """Run the extraction on the articles and compare what it finds with their gold."""
    held = list(articles)
    for article in held:
        _check_names(article, ontology)
    found = accounts(Extractor(ontology, model), (article.document for article in held))
    return compare(zip(held, found, strict=True), ontology)


def compare(found: Iterable[tuple[Article, Account]], ontology: Ontology) -> Evaluation:
    """The evaluation of extractions that are there already, with their accounts."""
    result = Evaluation()
    for article, account in found:
        result.articles += 1
        case = Comparison(article, _with_constructions(account.extraction, ontology), ontology)
        _judge(case, account, result)
    return result


def _check_names(article: Article, ontology: Ontology) -> None:
    for claim in (*article.gold, *article.ok):
        if claim.predicate not in ontology.properties:
            hint = did_you_mean(claim.predicate, ontology.properties)
            where = f"article {article.document.id}"
            raise InputError(f'{where}: the ontology has no relation "{claim.predicate}". {hint}')


def _with_constructions(extraction: Extraction, ontology: Ontology) -> list[Record]:
    """The records that ``kg extract`` prints, each with the construction that says it."""
    how = {
        (r.predicate, r.evidence.trigger_start, r.head.start, r.tail.start): r.evidence.construction
        for r in extraction.relations
    }
    rows: list[Record] = []
    for record in records(extraction, ontology):
        row: Any = record
        key = (
            row["predicate"]["name"],
            row["trigger"]["start"],
            row["subject"]["start"],
            row["object"]["start"],
        )
        rows.append({**row, "construction": how.get(key, "")})
    return rows


def _judge(case: Comparison, account: Account, result: Evaluation) -> None:
    """Count one article, and note every difference."""
    for key, claim in case.found.items():
        if key in case.gold:
            result.findings.extend(_right(case, key, claim, result))
        elif claim.merged or not claim.statuses <= case.allowed(key):
            counted = [result.total, result.relations[claim.predicate], *_constructions(claim, result)]
            for counts in counted:
                counts.wrong += 1
            result.findings.append(_finding("merge" if claim.merged else "false", case, claim))
    for key, wanted in case.wanted.items():
        if key not in case.found and key not in case.neutral:
            for counts in (result.total, result.relations[key.predicate]):
                counts.missed += 1
            result.findings.append(_miss(wanted, case, account))
            result.causes[result.findings[-1].cause] += 1


def _miss(claim: GoldClaim, case: Comparison, account: Account) -> Finding:
    why = cause(claim, case, account)
    return Finding(
        "miss",
        case.article.document.id,
        claim.subject,
        claim.predicate,
        claim.object,
        wanted=tuple(sorted(claim.statuses)),
        cause=why.kind,
        detail=why.detail,
        evidence=why.evidence,
    )


def _right(case: Comparison, key: Key, claim: Found, result: Evaluation) -> Iterator[Finding]:
    """A claim that gold has: its statuses, and the qualifiers that gold asks for."""
    counted = [result.total, result.relations[key.predicate], *_constructions(claim, result)]
    status_right = claim.statuses <= case.gold[key] | case.ok.get(key, frozenset())
    for counts in counted:
        counts.right += 1
        counts.status_right += status_right
    if not status_right:
        yield _finding("status", case, claim, tuple(sorted(claim.statuses)), tuple(sorted(case.gold[key])))
    for name, wanted in case.qualifiers.get(key, {}).items():
        given = [_text(record[name]) for record in claim.records]
        hit = any(value and (normal(value) == normal(wanted) or value.startswith(wanted)) for value in given)
        for counts in counted:
            counts.qualifiers_asked += 1
            counts.qualifiers_right += hit
        if not hit:
            said = tuple(sorted({value for value in given if value}))
            yield _finding("qualifier", case, claim, said, (f"{name} {wanted}",))


def _text(value: Any) -> str:
    return str(value["name"] if isinstance(value, dict) else value or "")


def _constructions(claim: Found, result: Evaluation) -> list[Counts]:
    names = sorted({str(record["construction"]) for record in claim.records})
    return [result.constructions[name] for name in names if name]


def _finding(
    kind: str, case: Comparison, claim: Found, found: tuple[str, ...] = (), wanted: tuple[str, ...] = ()
) -> Finding:
    first = claim.records[0]
    return Finding(
        kind,
        case.article.document.id,
        claim.subject,
        claim.predicate,
        claim.object,
        found or tuple(sorted(claim.statuses)),
        wanted,
        str(first["construction"]),
        " ".join(str(first["evidence"]["text"]).split()),
    )
