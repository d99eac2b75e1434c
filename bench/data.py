"""Where the real data to measure with is."""

from pathlib import Path

from core.config import ROOT, settings


def bench_data(name: str) -> Path | None:
    """A folder of BENCH_DATA; None, saying so, where it is absent."""
    folder = (ROOT / settings().bench_data).resolve() / name
    if folder.is_dir():
        return folder
    print(f"skipped: BENCH_DATA has no folder “{name}” (looked in {folder.parent})")
    return None
