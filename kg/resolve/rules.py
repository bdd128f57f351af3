"""The rules by which two names are one thing's: each has a reason, and none is likeness alone.

A rule looks its candidates up by what they must have in common, never by comparing all with all. It wants
names that fit, classes that do not exclude each other, and something besides: a document that uses both
names for one thing, or a third name that stands beside both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.english import words
from kg.resolve.clusters import Clusters, Contexts
from kg.resolve.likeness import one_letter_apart
from kg.resolve.names import acronym, initials, is_plain
from kg.resolve.things import Group, Kinds, Thing

ACRONYM = "acronym with its long form"
SHORT = "short name"
GROUP_WORD = "a word for a firm"
MIDDLE = "middle name"
INITIAL = "initial"
ORDER = "order of names"
LETTER = "edit distance of one"
DECISION = "decision"

#: Of many candidates that are refused for one reason so many are noted.
SHOWN = 3
_NO_CONTEXT = "no text says so, and their documents name nothing else in common"


class Rules:
    """The rules, for groups of which each has one name."""

    def __init__(self, clusters: Clusters, contexts: Contexts, kinds: Kinds) -> None:
        self._clusters, self._contexts, self._kinds = clusters, contexts, kinds

    def names_of_things(self) -> None:
        """Organizations, products and whatever else is no person."""
        numbers = [n for n in self._open() if self._contexts.kind(n) != "Person"]
        index = _Index(self._clusters, numbers, self._kinds)
        for number in numbers:
            if acronym(self._group(number).name):
                self._acronym(number, index)
        for number in numbers:
            self._short(number, index)
        for number in numbers:
            self._group_words(number, index)
        self._letters(n for n in numbers if self._contexts.kind(n) != "Place")

    def names_of_people(self) -> None:
        """People: middle names, initials, the order of names, a letter."""
        numbers = [n for n in self._open() if self._contexts.kind(n) == "Person"]
        people = _People(self._clusters, numbers)
        for number in numbers:
            parts = self._group(number).key.split()
            self._first_fitting(number, people.without_middle(parts), MIDDLE)
            self._first_fitting(number, people.with_initial(parts), INITIAL)
            self._first_fitting(number, people.turned(parts), ORDER)
        self._letters(numbers)

    def _open(self) -> list[int]:
        """The groups that may be put together with others, in order."""
        groups = self._clusters.groups
        return [n for n in range(len(groups)) if not groups[n].lone and not groups[n].kept]

    def _group(self, number: int) -> Group:
        return self._clusters.groups[number]

    def _roots(self, numbers: Iterable[int], but: int) -> dict[int, int]:
        """The clusters of groups, each with the first of them, without that of ``but``."""
        found: dict[int, int] = {}
        for number in sorted(numbers):
            found.setdefault(self._clusters.find(number), number)
        found.pop(self._clusters.find(but), None)
        return found

    def _acronym(self, number: int, index: _Index) -> None:
        """Letters that some text gives as the short name of one thing, or that fit one alone."""
        letters = acronym(self._group(number).name)
        longs = [n for n in index.initials[letters] if n != number and self._clusters.related(n, number)]
        told = self._roots((n for n in longs if n in index.called[self._group(number).key]), number)
        if len(told) > 1:
            self._share_out(number, sorted(told.values()))
            return
        found = told or (self._roots(longs, number) if len(letters) > 2 else {})
        for long in sorted(found.values())[:SHOWN]:
            if told:
                self._clusters.judge(long, number, ACRONYM, index.where(long, self._group(number).key))
            elif len(found) > 1:
                self._clusters.refuse(long, number, ACRONYM, f"{len(found)} names have these initials")
            else:
                self._with_context(long, number, ACRONYM)

    def _share_out(self, number: int, longs: list[int]) -> None:
        """Each use of an acronym with several long forms is that whose other names stand beside it."""
        why = f"an acronym of {', '.join(sorted(self._group(long).name for long in longs))}"
        parts: dict[int, list[Thing]] = defaultdict(list)
        alone: list[list[Thing]] = []
        for thing in self._group(number).things:
            beside = set(self._contexts.beside(thing))
            fitting = [long for long in longs if beside & self._contexts.around(long)]
            if len(fitting) == 1:
                parts[fitting[0]].append(thing)
            else:
                alone.append([thing])
        self._clusters.part(number, [*(parts[long] for long in sorted(parts)), *alone], why)
        for long in sorted(parts):
            self._with_context(long, parts[long][0].group, ACRONYM)

    def _short(self, number: int, index: _Index) -> None:
        """A name that some text uses as the short one of one thing, and of no other."""
        short = self._group(number)
        called = {self._clusters.find(n) for n in index.called[short.key]}
        for long in sorted(self._roots(index.called[short.key], number).values()):
            if len(called) > 1:
                self._clusters.refuse(long, number, SHORT, f"{len(called)} things are called so")
            elif part := _part_word(self._group(long).key, short.key):
                self._clusters.refuse(long, number, SHORT, f'"{part}" makes it another thing')
            elif acronym(short.name):
                self._clusters.refuse(long, number, SHORT, "its letters are not those of the long form")
            elif self._may_be_others(long, short.key, index):
                self._with_context(long, number, SHORT)
            else:
                self._clusters.judge(long, number, SHORT, index.where(long, short.key))

    def _may_be_others(self, long: int, short: str, index: _Index) -> bool:
        """Whether a short name may be that of others too: common words, no part of it, the first of more."""
        own = self._group(long).key.startswith(f"{short} ") and not is_plain(short)
        return not own or any(
            not _part_word(self._group(n).key, short) for n in self._roots(index.longer[short], long)
        )

    def _group_words(self, number: int, index: _Index) -> None:
        """A name with "Group" behind it, and without."""
        parts = self._group(number).key.split()
        while len(parts) > 1 and parts[-1] in words("resolution.groups"):
            parts.pop()
        name = " ".join(parts)
        found = index.by_key.get(name, ()) if name != self._group(number).key else ()
        for short in self._roots(found, number).values():
            self._with_context(number, short, GROUP_WORD)

    def _letters(self, numbers: Iterable[int]) -> None:
        """Names of which one may be misspelled."""
        for one, other in one_letter_apart({n: self._group(n).key for n in numbers}):
            if self._clusters.find(one) != self._clusters.find(other):
                self._with_context(one, other, LETTER)

    def _first_fitting(self, number: int, candidates: Iterable[int], reason: str) -> None:
        """A person of whom one candidate alone has something in common with it."""
        found = self._roots(candidates, number).values()
        fitting = [n for n in found if self._contexts.shared(number, n)]
        for other in found:
            if other in fitting and len(fitting) > 1:
                self._clusters.refuse(other, number, reason, f"it may be one of {len(fitting)}")
            else:
                self._with_context(other, number, reason)

    def _with_context(self, one: int, other: int, reason: str) -> None:
        """Make two groups one where a third name stands beside both."""
        third = self._contexts.shared(one, other)
        if third:
            self._clusters.judge(one, other, reason, f"documents of both name {third}")
        else:
            self._clusters.refuse(one, other, reason, _NO_CONTEXT)


def _part_word(long: str, short: str) -> str:
    """The word behind a short name that makes a longer one the name of a part or of another thing."""
    if not long.startswith(f"{short} "):
        return ""
    tail = long.removeprefix(short).split()
    return next((word for word in tail if word in words("resolution.parts") or not word.isalpha()), "")


class _Index:
    """Groups by what candidates have in common."""

    def __init__(self, clusters: Clusters, numbers: Iterable[int], kinds: Kinds) -> None:
        self._groups = clusters.groups
        self.by_key: dict[str, list[int]] = defaultdict(list)
        self.longer: dict[str, list[int]] = defaultdict(list)
        self.initials: dict[str, list[int]] = defaultdict(list)
        self.called: dict[str, dict[int, str]] = defaultdict(dict)
        for number in numbers:
            group = self._groups[number]
            self.by_key[group.key].append(number)
            parts = group.key.split()
            for end in range(1, len(parts)):
                self.longer[" ".join(parts[:end])].append(number)
            if len(parts) > 1:
                names = sorted({name for thing in group.things for name in thing.names})
                for letters in sorted({found for name in names for found in initials(name)}):
                    self.initials[letters].append(number)
            for key, document in _short_names(group, kinds):
                self.called[key].setdefault(number, document)

    def where(self, number: int, short: str) -> str:
        """A document that calls a thing by its short name."""
        return f"{self.called[short][number]} calls it both"


def _short_names(group: Group, kinds: Kinds) -> Iterator[tuple[str, str]]:
    """The other names that documents have for a group, by normal name, each with the first such document."""
    for thing in group.things:
        for alias in sorted(thing.aliases):
            key = kinds.key(alias, group.type)
            if key != group.key:
                yield key, thing.document


class _People:
    """People by the parts of their names."""

    def __init__(self, clusters: Clusters, numbers: Iterable[int]) -> None:
        self._by_key: dict[str, list[int]] = defaultdict(list)
        self._by_initial: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number in numbers:
            key = clusters.groups[number].key
            parts = key.split()
            self._by_key[key].append(number)
            if len(parts[0]) > 1:
                self._by_initial[parts[0][0], parts[-1]].append(number)

    def without_middle(self, parts: list[str]) -> list[int]:
        """Those with the first and the last name alone."""
        if len(parts) < 3 or parts[-1] in words("resolution.generations"):
            return []
        return self._by_key.get(f"{parts[0]} {parts[-1]}", [])

    def with_initial(self, parts: list[str]) -> list[int]:
        """Those whose given name begins with this letter."""
        return self._by_initial.get((parts[0], parts[-1]), []) if len(parts[0]) == 1 else []

    def turned(self, parts: list[str]) -> list[int]:
        """Those whose two names stand the other way round."""
        two = len(parts) == 2 and parts[0] < parts[1]
        return self._by_key.get(f"{parts[1]} {parts[0]}", []) if two else []
