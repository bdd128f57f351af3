"""What ``pip-audit --format json`` found, told: ``pip-audit … | python -m tests.audit`` (``make audit``).

Where its advisories cannot be reached it calls every package skipped, and that nothing was found: this
says so instead. A weakness that is known is a failure.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import Any


def told(found: dict[str, Any]) -> tuple[list[str], int]:
    """The lines to print, and the exit code.

    >>> told({"dependencies": [{"name": "a", "skip_reason": "Dependency not found"}]})
    (['SKIPPED: no advisories can be reached from here (a: Dependency not found)'], 0)
    >>> told({"dependencies": [{"name": "a", "version": "1", "vulns": []}]})
    (['packages without a known weakness: 1, not compared: 0'], 0)
    """
    packages = found["dependencies"]
    skipped = [package for package in packages if "skip_reason" in package]
    if len(skipped) == len(packages):
        first = skipped[0] if skipped else {"name": "nothing", "skip_reason": "no answer"}
        reason = f"{first['name']}: {first['skip_reason']}"
        return [f"SKIPPED: no advisories can be reached from here ({reason})"], 0
    weak = [package for package in packages if package.get("vulns")]
    fine = len(packages) - len(skipped) - len(weak)
    lines = [line for package in weak for line in _weaknesses(package)]
    lines.append(f"packages without a known weakness: {fine}, not compared: {len(skipped)}")
    return lines, int(bool(weak))


def _weaknesses(package: dict[str, Any]) -> Iterator[str]:
    for weakness in package["vulns"]:
        mended = ", ".join(weakness["fix_versions"]) or "no version yet"
        yield f"{package['name']} {package['version']}: {weakness['id']}, mended in {mended}"


if __name__ == "__main__":
    lines, code = told(json.load(sys.stdin))
    print("\n".join(lines))
    sys.exit(code)
