"""Makes given_names.tsv from the lists of names of the United States census of 1990.

    python ontology/derive_names.py FOLDER      (with dist.male.first, dist.female.first, dist.all.last)

The lists are works of the United States government and free of rights; the package ``names`` on PyPI
has them. Only names that are given to one sex at least eight times as often as to the other and that
are oftener a given name than a family name; none that is a word, a place or a name of english.toml.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.extract.lexicon import load_lexicon
from kg.ontology import load_ontology

HERE = Path(__file__).parent
#: How many times as often a name is given to one sex as to the other.
CLEAR = 8
HEADER = (
    "# From the lists of names of the United States census of 1990, free of rights.\n"
    "# Written by derive_names.py; do not edit. Names of one sex that english.toml does not have.\n"
)


def read_list(path: Path) -> dict[str, float]:
    """The names of a list, in lower case, with the share of the people who have them, in percent."""
    rows = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return {row[0].lower(): float(row[1]) for row in rows if row}


def words() -> set[str]:
    """What is more than a name: nouns, the words of the lexicon and the gazetteer's forms."""
    ontology = load_ontology()
    nouns = {line.split("\t")[0] for line in (HERE / "nouns.tsv").read_text(encoding="utf-8").splitlines()}
    known = {word for entry in ontology.gazetteer for word in entry.form.lower().split()}
    return nouns | known | load_lexicon(ontology).all_words()


def given_names(folder: Path) -> dict[str, str]:
    """Each name with "m" or "f"."""
    male, female, last = (
        read_list(folder / f"dist.{name}") for name in ("male.first", "female.first", "all.last")
    )
    taken, found = words(), dict[str, str]()
    for name in sorted({*male, *female} - taken):
        his, hers = male.get(name, 0.0), female.get(name, 0.0)
        clear = his >= CLEAR * hers or hers >= CLEAR * his
        if clear and len(name) > 2 and max(his, hers) >= last.get(name, 0.0):
            found[name] = "m" if his > hers else "f"
    return found


if __name__ == "__main__":
    rows = "".join(f"{name}\t{sex}\n" for name, sex in given_names(Path(sys.argv[1])).items())
    (HERE / "given_names.tsv").write_text(HEADER + rows, encoding="utf-8")
