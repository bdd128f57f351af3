"""What a person has decided: a small YAML file that builds read and people edit.

::

    pins:                       # the IRI of a thing, whatever other documents say
      - iri: e:Ford
        name: Ford Motor Company
        class: Organization
        document: ford-2024     # only of this document's thing; may be left out

Other kinds of decisions will be keys beside ``pins``; a key that is not known is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError, did_you_mean
from kg.vocab import BASE_IRI, entity_iri, prefixes, short_hash, slug

if TYPE_CHECKING:
    from kg.ontology import Ontology

_KEYS = ("pins",)
_PIN_KEYS = ("iri", "name", "class", "document")


@dataclass(frozen=True, slots=True, order=True)
class Pin:
    """The thing of this name and class has this IRI, of which ``slug`` is the last part.

    With a ``document`` it is the thing of this document alone.
    """

    slug: str
    name: str
    type: str
    document: str | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """All that was decided, sorted."""

    pins: tuple[Pin, ...] = ()

    @property
    def sha256(self) -> str:
        """The hash of what it says, "" where that is nothing; how the file is laid out does not count."""
        said = [f"{pin.slug}\x1f{pin.name}\x1f{pin.type}\x1f{pin.document or ''}" for pin in self.pins]
        return short_hash(64, *said) if said else ""


def load_decisions(path: str | Path, ontology: Ontology, base_iri: str = BASE_IRI) -> Decisions:
    """The decisions of a file; UsageError with ``file:line`` where something in it is wrong."""
    reader = _Reader(Path(path), ontology, base_iri)
    return Decisions(tuple(sorted(set(reader.pins()))))


class _Reader:
    def __init__(self, path: Path, ontology: Ontology, base_iri: str) -> None:
        self._path, self._ontology, self._base = path, ontology, base_iri
        self._all = self._mapping(self._load(), 1, _KEYS)

    def pins(self) -> Iterator[Pin]:
        """The pins, in the order of the file."""
        listed = self._all.get("pins") or []
        if not isinstance(listed, list):
            raise self._error(_line(self._all, "pins"), '"pins" is a list, each with "- iri: …"')
        for number, item in enumerate(listed):
            yield self._pin(item, _line(listed, number))

    def _pin(self, item: Any, line: int) -> Pin:
        values = self._mapping(item, line, _PIN_KEYS)
        for key in ("iri", "name", "class"):
            if key not in values:
                raise self._error(line, f'the pin has no "{key}"')
        texts = {key: self._text(values, key) for key in values}
        kind = texts["class"].rpartition(":")[2]
        if kind not in self._ontology.types:
            hint = did_you_mean(kind, self._ontology.types)
            raise self._error(_line(values, "class"), f'the ontology has no class "{kind}". {hint}')
        name = self._slug(texts["iri"], _line(values, "iri"))
        return Pin(name, texts["name"], kind, texts.get("document"))

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
