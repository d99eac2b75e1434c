import hashlib
from pathlib import Path

import numpy as np
import pytest

from core.adapters.grader_file import CHECKSUM, FILE, GraderFileError, read_fitted, write_fitted
from core.evaluation.features import FEATURES
from core.evaluation.grader import Bands, Fitted
from tests.builders import GRADER, a_forest

_FITTED = Fitted(a_forest(10, 90, 0.5), Bands((50.0,), (20.0, 10.0)), Bands((), (31.0,)))


def _change(folder: Path, **changes: object) -> None:
    """Replace arrays in the file, with a checksum that fits."""
    with np.load(folder / FILE) as arrays:
        changed = {name: arrays[name] for name in arrays.files}
    np.savez(folder / FILE, **changed | {name: np.array(new) for name, new in changes.items()})
    digest = hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
    (folder / CHECKSUM).write_text(digest)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_fitted(tmp_path, _FITTED)
    found = read_fitted(tmp_path)
    assert found.forest.predict(np.ones(len(FEATURES))) == 90
    assert (found.by_reference, found.by_key_points) == (_FITTED.by_reference, Bands((), (31.0,)))


def test_same_content_gives_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "other"):
        write_fitted(tmp_path / name, _FITTED)
    assert (tmp_path / "one" / FILE).read_bytes() == (tmp_path / "other" / FILE).read_bytes()


def test_shipped_file_fits_its_checksum_and_speaks_in_points() -> None:
    fitted = read_fitted(GRADER)
    told_all = np.array([1, 1, 1, 1, 1, 0.3, 1, 0, 0])
    assert 90 < fitted.forest.predict(told_all) <= 100
    assert 0 <= fitted.forest.predict(np.zeros(len(FEATURES))) < 60


def test_shipped_ranges_have_a_sensible_width() -> None:
    bands = read_fitted(GRADER).by_reference
    assert all(2 < width < 40 for width in bands.half_widths)


def test_shipped_ranges_are_narrower_for_the_highest_scores() -> None:
    widths = read_fitted(GRADER).by_reference.half_widths
    assert widths[-1] == min(widths)


def test_shipped_file_is_small() -> None:
    assert (GRADER / FILE).stat().st_size < 2_000_000


def test_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GraderFileError, match="lacks"):
        read_fitted(tmp_path)


def test_changed_file_is_refused(tmp_path: Path) -> None:
    write_fitted(tmp_path, _FITTED)
    (tmp_path / FILE).write_bytes((tmp_path / FILE).read_bytes() + b" ")
    with pytest.raises(GraderFileError, match="checksum"):
        read_fitted(tmp_path)


@pytest.mark.parametrize(
    "changes",
    [
        {"features": ["other"]},
        {"value": [1.0]},
        {"left": [9, 1, 2]},
        {"right": [-1, 1, 2]},
        {"feature": [99, 0, 0]},
        {"roots": [7]},
        {"by_reference_half_widths": [1.0]},
        {"by_reference_edges": [2.0, 1.0], "by_reference_half_widths": [1.0, 2.0, 3.0]},
    ],
)
def test_file_of_another_layout_is_refused(tmp_path: Path, changes: dict[str, object]) -> None:
    write_fitted(tmp_path, _FITTED)
    _change(tmp_path, **changes)
    with pytest.raises(GraderFileError, match="not laid out"):
        read_fitted(tmp_path)
