"""The errors a user can meet, one tree::

    KGError                  a failure: exit code 1
    ├── InputError           a source cannot be read, or is not text
    ├── ModelError           the spaCy pipeline is missing or unfit
    ├── OntologyError        an ontology file is malformed (file and line)
    ├── StoreError           a store is missing, in use, or of another format version
    ├── QueryError           a SPARQL query is malformed or refused
    │   └── RefusedError     it asks for what is not allowed where it is asked
    └── UsageError           the call itself is wrong: exit code 2

Messages say what failed, where, why, and what to do.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class KGError(Exception):
    """What every error of this package is. ``exit_code`` is what the command line returns."""

    exit_code = 1


class InputError(KGError):
    """A source cannot be read, or is not text."""


class ModelError(KGError):
    """The spaCy pipeline is missing or unfit."""


class OntologyError(KGError):
    """An ontology file is malformed; the message begins with ``file:line``."""


class StoreError(KGError):
    """A store is missing, in use by another process, or of another format version."""


class QueryError(KGError):
    """A SPARQL query is malformed or refused."""


class RefusedError(QueryError):
    """A SPARQL query asks for what is not allowed where it is asked."""


class UsageError(KGError):
    """The call itself is wrong."""

    exit_code = 2


def did_you_mean(given: str, available: Iterable[str]) -> str:
    """A closing sentence for a message: the nearest available name, or the list of all.

    >>> did_you_mean("aquired", ["acquired", "sued"])
    'Did you mean "acquired"?'
    >>> did_you_mean("x", ["acquired", "sued"])
    'Available: acquired, sued.'
    """
    names = sorted(available)
    folded = {name.casefold(): name for name in reversed(names)}
    close = difflib.get_close_matches(given.casefold(), folded, n=1)
    if close:
        return f'Did you mean "{folded[close[0]]}"?'
    return f"Available: {', '.join(names)}." if names else "None is available."
