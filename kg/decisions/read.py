"""The decisions file read: each mistake in it is an error with file and line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.decisions.types import VERDICTS, Called, Decision, Decisions, Merge, Pin, Split, Verdict
from kg.errors import UsageError, did_you_mean
from kg.model import STATUSES
from kg.vocab import BASE_IRI, entity_iri, prefixes, slug

if TYPE_CHECKING:
    from kg.ontology import Ontology

_THING_KEYS = ("name", "class", "document")
_PIN_KEYS = ("iri", *_THING_KEYS)
_MERGE_KEYS = ("thing", "into")
_SAID = ("document", "sentence", "subject", "relation", "object", "verdict")
_CLAIM_KEYS = (*_SAID, "correct")
_CORRECTED = ("relation", "status")


def load_decisions(path: str | Path, ontology: Ontology, base_iri: str = BASE_IRI) -> Decisions:
    """The decisions of a file; UsageError with ``file:line`` where something in it is wrong."""
    return Decisions.of(_Reader(Path(path), ontology, base_iri).decisions())


class _Reader:
    def __init__(self, path: Path, ontology: Ontology, base_iri: str) -> None:
        self._path, self._ontology, self._base = path, ontology, base_iri
        self._kinds: dict[str, Callable[[Any, int], Decision]] = {
            "pins": self._pin,
            "merges": self._merge,
            "splits": self._split,
            "claims": self._claim,
        }
        self._all = self._mapping(self._load(), 1, tuple(self._kinds))

    def decisions(self) -> Iterator[Decision]:
        """The decisions, in the order of the file."""
        for kind in self._all:
            listed = self._all[kind] or []
            if not isinstance(listed, list):
                raise self._error(_line(self._all, kind), f'"{kind}" is a list, each with "- …"')
            for number, item in enumerate(listed):
                yield self._kinds[kind](item, _line(listed, number))

    def _pin(self, item: Any, line: int) -> Pin:
        values = self._whole(item, line, _PIN_KEYS, ("iri", "name", "class"), "the pin")
        thing = self._called(values)
        name = self._slug(self._text(values, "iri"), _line(values, "iri"))
        return Pin(name, thing.name, thing.type, thing.document)

    def _merge(self, item: Any, line: int) -> Merge:
        values = self._whole(item, line, _MERGE_KEYS, _MERGE_KEYS, "the merge")
        one, into = (self._thing(values[key], _line(values, key)) for key in _MERGE_KEYS)
        if one == into:
            raise self._error(line, f"the merge puts {one} into itself")
        return Merge(one, into)

    def _split(self, item: Any, line: int) -> Split:
        return Split(self._thing(item, line))

    def _claim(self, item: Any, line: int) -> Verdict:
        values = self._whole(item, line, _CLAIM_KEYS, _SAID, "the claim")
        texts = {key: self._text(values, key) for key in _SAID}
        verdict = texts["verdict"]
        if verdict not in VERDICTS:
            hint = did_you_mean(verdict, VERDICTS)
            raise self._error(_line(values, "verdict"), f'there is no verdict "{verdict}". {hint}')
        if (verdict == "correct") != ("correct" in values):
            raise self._error(
                line, 'the verdict "correct", and no other, has "correct: {relation: …, status: …}"'
            )
        self._known(values, "relation", self._ontology.properties)
        right = self._mapping(values.get("correct"), line, _CORRECTED)
        self._known(right, "relation", self._ontology.properties)
        self._known(right, "status", STATUSES)
        if verdict == "correct" and not right:
            raise self._error(
                _line(values, "correct"), "nothing is corrected: give a relation, a status, or both"
            )
        sentence = " ".join(texts["sentence"].split())
        said = (texts["document"], sentence, texts["subject"], texts["relation"], texts["object"], verdict)
        return Verdict(*said, right.get("relation"), right.get("status"))

    def _thing(self, item: Any, line: int) -> Called:
        return self._called(self._whole(item, line, _THING_KEYS, ("name", "class"), "the thing"))

    def _called(self, values: Mapping[str, Any]) -> Called:
        kind = self._text(values, "class").rpartition(":")[2]
        if kind not in self._ontology.types:
            hint = did_you_mean(kind, self._ontology.types)
            raise self._error(_line(values, "class"), f'the ontology has no class "{kind}". {hint}')
        document = self._text(values, "document") if "document" in values else None
        return Called(self._text(values, "name"), kind, document)

    def _known(self, values: Mapping[str, Any], key: str, known: Mapping[str, Any] | tuple[str, ...]) -> None:
        if key in values and self._text(values, key) not in known:
            hint = did_you_mean(str(values[key]), known)
            raise self._error(_line(values, key), f'there is no {key} "{values[key]}". {hint}')

    def _whole(
        self, item: Any, line: int, keys: tuple[str, ...], needed: tuple[str, ...], what: str
    ) -> Mapping[str, Any]:
        values = self._mapping(item, line, keys)
        for key in needed:
            if key not in values:
                raise self._error(line, f'{what} has no "{key}"')
        return values

    def _slug(self, iri: str, line: int) -> str:
        prefix, _, local = iri.partition(":")
        full = prefixes(self._base)[prefix] + local if prefix == "e" else iri
        name = full.removeprefix(entity_iri("", self._base))
        if name == full or slug(name) != name:
            example = f"e:{slug(re.split('[:/#]', iri)[-1])}"
            raise self._error(line, f'"{iri}" is no IRI of an entity; one looks like {example}')
        return name

    def _text(self, values: Mapping[str, Any], key: str) -> str:
        value = values[key]
        if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
            raise self._error(_line(values, key), f'"{key}" is not a text; put it in quotes')
        return str(value)

    def _mapping(self, value: Any, line: int, keys: tuple[str, ...]) -> Mapping[str, Any]:
        if value is None:
            return {}
        if not isinstance(value, Mapping):
            raise self._error(line, f"here stand names and values: {', '.join(f'{key}: …' for key in keys)}")
        for key in value:
            if key not in keys:
                raise self._error(_line(value, key), f'"{key}" is not known. {did_you_mean(str(key), keys)}')
        return value

    def _load(self) -> Any:
        from srsly import ruamel_yaml

        try:
            return ruamel_yaml.round_trip_load(self._path.read_text(encoding="utf-8"))
        except OSError as error:
            raise UsageError(
                f"{self._path}: the decisions cannot be read: {error.strerror or error}"
            ) from None
        except UnicodeDecodeError:
            raise UsageError(f"{self._path}: the decisions cannot be read: not UTF-8 text") from None
        except RecursionError:
            raise self._error(1, "nested too deeply") from None
        except Exception as error:  # what the reader raises has no class of its own
            mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
            what = getattr(error, "problem", None) or str(error).splitlines()[0]
            raise self._error(mark.line + 1 if mark else 1, f"not YAML: {what}") from None

    def _error(self, line: int, what: str) -> UsageError:
        return UsageError(f"{self._path}:{line}: {what}")


def _line(container: Any, key: Any) -> int:
    """The line of an entry of a mapping or list that was read from a file."""
    place = container.lc.data.get(key) if container.lc.data else None
    return int(place[0] if place else container.lc.line) + 1
