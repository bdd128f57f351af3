"""Same input, same bytes: whatever the hash seed, the order, the folder, the workers and the clock."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.running import ROOT, run_kg

#: What reads the calendar. Durations are measured on a clock that does not jump.
CALENDAR = re.compile(r"\btime\.(time|ctime|localtime|gmtime|strftime)\b|\.(now|utcnow|today)\(")


@pytest.mark.model
@pytest.mark.slow
def test_two_processes_write_the_same_bytes(seeds_output: Path, tmp_path: Path) -> None:
    """The second one at the turn of a millennium, a minute in a second, where libfaketime is there."""
    files = sorted((str(path.relative_to(ROOT)) for path in (ROOT / "seeds").iterdir()), reverse=True)
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
    clock = {"LD_PRELOAD": str(library), "FAKETIME": "@1999-12-31 23:59:00 x60"} if library else {}
    run_kg(
        ["build", *files, "-o", str(tmp_path / "other"), "--jobs", "2"],
        PYTHONHASHSEED="4242",
        **clock,
    )
    for name in ("graph.ttl", "graph.html"):
        assert (seeds_output / name).read_bytes() == (tmp_path / "other" / name).read_bytes(), name


def test_no_module_asks_what_day_it_is() -> None:
    modules = sorted((ROOT / "kg").rglob("*.py"))
    asking = [module.name for module in modules if CALENDAR.search(module.read_text(encoding="utf-8"))]
    assert len(modules) > 100
    assert asking == []
