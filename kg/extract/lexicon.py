"""The words of English that the extraction knows, read from data files."""

from __future__ import annotations

from pathlib import Path

from spacy.strings import get_string_id

from kg.english import read_lists
from kg.ontology import Ontology, ontology_path


class Lexicon:
    """Word lists by dotted name: ``lexicon["names.titles"]`` is a frozenset of lower-case words."""

    def __init__(self, path: Path, demonyms: frozenset[str] = frozenset()) -> None:
        self._lists = read_lists(path)
        self._given = _given_names(path.with_name("given_names.tsv"))
        self._demonyms = demonyms
        self.demonym_ids = frozenset(map(get_string_id, demonyms))  # spaCy's numbers are cheaper to compare
        self.status = _cues(self._lists)
        self.phrases = _phrases(self._lists)
        self.lemmas = dict(entry.split("/") for entry in self._lists["lemmas.verbs"])

    def __getitem__(self, name: str) -> frozenset[str]:
        return self._lists[name]

    def has(self, name: str, word: str) -> bool:
        """Whether a list has a word, as it is written or in lower case."""
        words = self._lists[name]
        return word in words or word.lower() in words

    def naming(self, noun: str) -> frozenset[str]:
        """The words in names of what a noun is used of: of a "station" radio and tv."""
        return self._lists.get(f"naming.{noun}", frozenset())

    def is_first_name(self, word: str) -> bool:
        """Whether a word is a known first name."""
        lower = word.lower()
        return lower in self._lists["gender.male_names"] or lower in self._lists["gender.female_names"]

    def first_name_gender(self, word: str) -> str:
        """ "m" or "f" for a first name of one gender, else ""."""
        lower = word.lower()
        male, female = (lower in self._lists[f"gender.{g}_names"] for g in ("male", "female"))
        if male == female:
            return "" if male else self._given.get(lower, "")
        return "m" if male else "f"

    def all_words(self) -> frozenset[str]:
        """Every word of every list."""
        return frozenset[str]().union(*self._lists.values())

    def is_demonym(self, word: str) -> bool:
        """Whether a word is a nationality of the ontology's gazetteer ("French")."""
        return word in self._demonyms


def load_lexicon(ontology: Ontology) -> Lexicon:
    """The English lexicon, with the nationalities of an ontology's gazetteer."""
    return Lexicon(ontology_path("english.toml"), frozenset(k.form for k in ontology.gazetteer if k.demonym))


def _given_names(path: Path) -> dict[str, str]:
    """Rarer given names with "m" or "f"; they say nothing of what a name names, for many are family names."""
    rows = path.read_text(encoding="utf-8").splitlines()
    return dict(row.split("\t") for row in rows if not row.startswith("#"))


def _phrases(lists: dict[str, frozenset[str]]) -> dict[str, str]:
    """The status that a phrase gives to the word behind it."""
    statuses = ("ended", "planned", "possible", "denied")
    return {phrase: status for status in statuses for phrase in lists[f"status.{status}.phrases"]}


def _cues(lists: dict[str, frozenset[str]]) -> dict[tuple[str, str], str]:
    """The status that each cue word gives, by its kind ("verbs", "plan"); the stronger one wins."""
    table: dict[tuple[str, str], str] = {}
    for status in ("ended", "planned", "possible", "denied"):
        for kind in ("verbs", "nouns", "adjectives", "adverbs"):
            table.update({(kind, word): status for word in lists.get(f"status.{status}.{kind}", ())})
    return table
