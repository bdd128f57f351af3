"""What a query may take, and how a process keeps to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What a query may take: seconds, megabytes of answer, megabytes of memory."""

    seconds: int = 30
    answer: int = 64
    memory: int = 1024


def confine(megabytes: int) -> None:
    """Bound the memory of this process, where the system can, and leave no dump of it behind."""
    resource = _resource()
    if resource is not None:
        size = megabytes * MEGABYTE
        resource.setrlimit(resource.RLIMIT_DATA, (size, size))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def allow_files(number: int) -> None:
    """Let this process have so many files and connections open, if it may."""
    resource = _resource()
    if resource is not None:
        few, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        wanted = number if most == resource.RLIM_INFINITY else min(number, most)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(few, wanted), most))


def is_swollen(megabytes: int) -> bool:
    """Whether this process has held half of so much memory: then a fresh one is better."""
    resource = _resource()
    if resource is None:
        return False
    return bool(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 > megabytes * MEGABYTE // 2)


def _resource() -> Any:
    try:
        import resource
    except ImportError:  # not on Windows
        return None
    return resource
