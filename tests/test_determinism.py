"""Same input, same bytes: whatever the hash seed, the order of the arguments, the folder and the workers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import ROOT, run_kg


@pytest.mark.model
@pytest.mark.slow
def test_two_processes_write_the_same_bytes(seeds_output: Path, tmp_path: Path) -> None:
    files = sorted((str(path.relative_to(ROOT)) for path in (ROOT / "seeds").iterdir()), reverse=True)
    run_kg(["build", *files, "-o", str(tmp_path / "other"), "--jobs", "2"], PYTHONHASHSEED="4242")
    for name in ("graph.ttl", "graph.html"):
        assert (seeds_output / name).read_bytes() == (tmp_path / "other" / name).read_bytes(), name
