"""How much memory there is for this process and those that it starts."""

import os
from pathlib import Path

LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
UNKNOWN = 1024


def megabytes() -> int:
    """The machine's, or what a container may use if that is less; 1 GB where neither is told."""
    try:
        found = [os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")]
    except (AttributeError, ValueError, OSError):
        found = []
    for each in LIMITS:
        try:
            found.append(int(Path(each).read_text(encoding="ascii")))
        except (OSError, ValueError):  # no such file, or "max"
            continue
    return min(found) // 2**20 if found else UNKNOWN
