"""How often Python looks for garbage in the processes that are ours: the command and its workers."""

from __future__ import annotations

import gc


def collect_rarely() -> None:
    """Look for cycles of garbage less often in this process, which is the caller's own.

    Who reads texts makes many objects and few cycles: by default a tenth of the time goes there.
    """
    gc.set_threshold(50_000, 20, 20)
