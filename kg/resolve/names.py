"""What two spellings of one name have in common, and what tells names apart that look alike."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg.english import words

_ARTICLE = re.compile(r"^the\s+(?=\S)")
_ACCENTS = re.compile(r"[\u0300-\u036f]")  # of Latin, Greek and Cyrillic letters; other scripts need theirs
_BODY_OF = re.compile(r"^(\w+) (?:of|for) (?:the )?(.+)$")
_SMALL = frozenset(("of", "the", "and", "for", "on", "in", "to"))
#: The letters of an acronym, at most.
_LONGEST_ACRONYM = 6


def normal_name(name: str) -> str:
    """What two spellings of one name have in common: no case, accents, article, dots or legal suffix.

    >>> normal_name("The Kestrel Co., Inc."), normal_name("KESTREL"), normal_name("Finch & Bébé")
    ('kestrel', 'kestrel', 'finch and bebe')
    """
    plain = name.casefold() if name.isascii() else _without_accents(name)
    plain = plain.replace(".", "").replace(",", "").replace(" & ", " and ")
    parts = _ARTICLE.sub("", plain).split()
    while len(parts) > 1 and parts[-1] in _legal_suffixes():
        parts.pop()
    return " ".join(parts)


def _without_accents(name: str) -> str:
    folded = unicodedata.normalize("NFKC", name).casefold().replace("’", "'")
    return unicodedata.normalize("NFC", _ACCENTS.sub("", unicodedata.normalize("NFD", folded)))


@cache
def _legal_suffixes() -> frozenset[str]:
    """The suffixes without their dots, as ``normal_name`` sees them."""
    return frozenset(suffix.replace(".", "") for suffix in words("names.legal_suffixes"))


def clean_name(text: str) -> str:
    """A name as it stands in a text, on one line and without a lower-case article.

    >>> clean_name("the Kestrel\\nGroup")
    'Kestrel Group'
    """
    return _ARTICLE.sub("", " ".join(text.split()))


def person_name(name: str) -> str:
    """The normal name of a person: without titles, the given name first.

    >>> person_name("Dr. Mira Solberg"), person_name("Solberg, Mira"), person_name("Ivo Brandt, Jr.")
    ('mira solberg', 'mira solberg', 'ivo brandt jr')
    """
    family, comma, given = name.partition(",")
    if comma and given.strip() and normal_name(given) not in words("resolution.generations"):
        name = f"{given} {family}"
    return normal_name(untitled(name))


def untitled(name: str) -> str:
    """A person's full name without titles.

    >>> untitled("Prof. Dr. Mira Solberg"), untitled("Dr Solberg")
    ('Mira Solberg', 'Dr Solberg')
    """
    parts = name.split()
    while len(parts) > 2 and parts[0].rstrip(".").lower() in words("names.titles"):
        parts.pop(0)
    return " ".join(parts)


def body_name(name: str) -> str:
    """The normal name of an organization; of a ministry or department, with the field first.

    >>> body_name("Ministry of Finance"), body_name("Finance Ministry"), body_name("University of York")
    ('finance ministry', 'finance ministry', 'university of york')
    """
    plain = normal_name(name)
    found = _BODY_OF.match(plain)
    if found and found[1] in words("resolution.turned") and is_common(found[2]):
        return f"{found[2]} {found[1]}"
    return plain


def is_common(name: str) -> bool:
    """Whether nothing in a normal name tells whose organ it is: every state may have one of this name.

    >>> is_common("finance ministry"), is_common("supreme court"), is_common("bank of england")
    (True, True, False)
    """
    return all(part in _SMALL or part in _common() for part in name.split())


def is_body(name: str) -> bool:
    """Whether a normal name is that of an organ of some state or town, and does not say of which.

    >>> is_body("city council"), is_body("halden council"), is_body("energy")
    (True, False, False)
    """
    return is_common(name) and not words("resolution.bodies").isdisjoint(name.split())


@cache
def _common() -> frozenset[str]:
    lists = ("resolution.bodies", "resolution.body_words", "names.fields", "names.authority_words")
    return frozenset().union(*(words(name) for name in lists))


def is_common_noun(name: str) -> bool:
    """Whether a normal name is one word for a kind of organization: "the Bank", "the Council".

    >>> is_common_noun("bank"), is_common_noun("northbank")
    (True, False)
    """
    return name in words("resolution.alone")


def is_plain(name: str) -> bool:
    """Whether a normal name has only words that many names have.

    >>> is_plain("national league"), is_plain("halden league")
    (True, False)
    """
    return all(part in _SMALL or part in _plain() for part in name.split())


@cache
def _plain() -> frozenset[str]:
    lists = ("resolution.alone", "names.organization_words", "names.descriptive", "names.place_words")
    return _common().union(*(words(name) for name in lists))


def acronym(name: str) -> str:
    """The letters of a name that looks like an acronym, "" where it does not.

    >>> acronym("I.B.M."), acronym("IBM"), acronym("Ikea"), acronym("A")
    ('IBM', 'IBM', '', '')
    """
    letters = name.replace(".", "").replace("&", "")
    short = 2 <= len(letters) <= _LONGEST_ACRONYM and letters.isalpha()
    return letters if short and letters.isupper() else ""


def initials(name: str) -> set[str]:
    """The acronyms that a long form may have: of its words with a capital, and of all of them.

    >>> sorted(initials("Bank of Northern Halden"))
    ['BNH', 'BONH']
    """
    parts = [part for part in re.split(r"[\s-]+", name.replace("&", " ").replace(".", "")) if part]
    if parts and parts[-1].casefold() in _legal_suffixes():
        parts.pop()
    capitals = "".join(part[0] for part in parts if part[0].isupper())
    every = "".join(part[0].upper() for part in parts)
    return {letters for letters in (capitals, every) if len(letters) > 1} if len(parts) > 1 else set()


def letters_behind(text: str, end: int, name: str) -> str:
    """The acronym that a text gives a name in brackets behind it, "" where there is none.

    >>> letters_behind("The North Sea Trust (NST) rose.", 19, "North Sea Trust")
    'NST'
    """
    if text[end : end + 2] != " (":
        return ""
    letters = acronym(text[end + 2 : max(end + 2, text.find(")", end, end + 16))])
    return letters if letters and letters in initials(name) else ""
