"""The limits that a child process sets itself before it looks at a file."""

import resource
import sys
from contextlib import suppress

_MAX_OPEN_FILES = 64


def limits_asked() -> tuple[int, int]:
    """Memory in MB and processor time in seconds, as `held_child` gives them as arguments."""
    memory_mb, cpu_seconds = map(int, sys.argv[-2:])
    return memory_mb, cpu_seconds


def limit_resources(memory_mb: int, cpu_seconds: int, max_file_bytes: int) -> None:
    """Bound what this process may use, for good. Some systems do not offer every limit."""
    memory = memory_mb * 1024**2
    limits = {
        resource.RLIMIT_AS: (memory, memory),
        resource.RLIMIT_CPU: (
            cpu_seconds,
            cpu_seconds + 1,
        ),  # the first ends it by a signal of its own
        resource.RLIMIT_FSIZE: (max_file_bytes, max_file_bytes),
        resource.RLIMIT_NOFILE: (_MAX_OPEN_FILES, _MAX_OPEN_FILES),
        resource.RLIMIT_CORE: (0, 0),
    }
    for kind, soft_and_hard in limits.items():
        with suppress(OSError, ValueError):
            resource.setrlimit(kind, soft_and_hard)
