"""Real ``kg`` processes for tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
KG = Path(sys.executable).with_name("kg")


def run_kg(
    arguments: Sequence[str], *, cwd: Path = ROOT, stdin: str = "", code: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """A real ``kg`` process, which must end with the given exit code."""
    done = subprocess.run(
        [str(KG), *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done
