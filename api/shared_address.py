"""Where shared reports are. Imports nothing, since every request asks."""

SHARED = "/shared/"


def is_shared(path: str) -> bool:
    """Whether a request is for a shared report."""
    return path.startswith(SHARED)
