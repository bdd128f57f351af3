"""How much is read: whoever means more of it says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from kg.errors import UsageError, did_you_mean


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most; what is larger is reported and left out, never cut short.

    ``file``: megabytes of a file that is read as a whole, and of a packed one (.docx) all that is in it;
    ``ratio``: how many times larger a packed file may be unpacked; ``page``: megabytes that an address
    answers, unpacked; ``seconds``: in which it answers, with all that it sends on to; ``text``:
    characters of a document; ``sentence``: words of a sentence that is searched for relations.
    """

    file: int = 100
    ratio: int = 100
    page: int = 20
    seconds: int = 60
    text: int = 1_000_000
    sentence: int = 300

    @classmethod
    def of(cls, given: Iterable[str]) -> Limits:
        """The limits that are written as ``page=50``; a UsageError says what is wrong with one.

        >>> Limits.of(["text=2_000_000"]).text
        2000000
        """
        names = [field.name for field in fields(cls)]
        found = cls()
        for one in given:
            name, _, value = one.partition("=")
            if name not in names:
                raise UsageError(f'no limit is called "{name}". {did_you_mean(name, names)}')
            number = value.replace("_", "")
            if not (number.isascii() and number.isdecimal() and 0 < len(number) <= 12 and int(number)):
                raise UsageError(f'the limit {name} is "{value}": give a number from 1 on, as in {name}=200')
            found = replace(found, **{name: int(number)})
        return found


#: The limits that hold where nobody says otherwise.
USUAL = Limits()
