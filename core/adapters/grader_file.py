"""The file with what the grader learned: arrays in an .npz, with its checksum in a text file beside it."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.evaluation.features import FEATURES
from core.evaluation.forest import Forest
from core.evaluation.grader import Bands, Fitted

FILE = "grader.npz"
CHECKSUM = "grader.npz.sha256"
_NODE_ARRAYS = ("feature", "threshold", "left", "right", "value")


class GraderFileError(RuntimeError):
    """The file of the grader is absent, damaged or made for another version; the message says what."""


def read_fitted(folder: Path) -> Fitted:
    """What was learned; GraderFileError where the file is not what the program was shipped with."""
    try:
        content = (folder / FILE).read_bytes()
        expected = (folder / CHECKSUM).read_text("ascii").split()[0]
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise GraderFileError(f"{folder} lacks {FILE} or its checksum.") from error
    if hashlib.sha256(content).hexdigest() != expected:
        raise GraderFileError(f"{folder / FILE} does not fit its checksum.")
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return _fitted({name: arrays[name] for name in arrays.files})
    except (KeyError, ValueError, zipfile.BadZipFile) as error:
        raise GraderFileError(f"{folder / FILE} is not laid out as expected: {error}") from error


def write_fitted(folder: Path, fitted: Fitted) -> None:
    """Write file and checksum; the same content gives the same bytes."""
    arrays: dict[str, Any] = {
        "features": np.array(FEATURES),
        "roots": fitted.forest.roots,
        "depth": np.array(fitted.forest.depth),
        **{name: getattr(fitted.forest, name) for name in _NODE_ARRAYS},
        **_as_arrays("by_reference", fitted.by_reference),
        **_as_arrays("by_key_points", fitted.by_key_points),
    }
    content = io.BytesIO()
    np.savez_compressed(content, **arrays)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / FILE).write_bytes(content.getvalue())
    digest = hashlib.sha256(content.getvalue()).hexdigest()
    (folder / CHECKSUM).write_text(f"{digest}  {FILE}\n", "ascii")


def _as_arrays(name: str, bands: Bands) -> dict[str, NDArray[np.float64]]:
    return {
        f"{name}_edges": np.array(bands.edges),
        f"{name}_half_widths": np.array(bands.half_widths),
    }


def _fitted(arrays: Mapping[str, NDArray[np.generic]]) -> Fitted:
    if tuple(arrays["features"].tolist()) != FEATURES:
        raise ValueError("it was fitted with other features")
    return Fitted(_forest(arrays), _bands(arrays, "by_reference"), _bands(arrays, "by_key_points"))


def _forest(arrays: Mapping[str, NDArray[np.generic]]) -> Forest:
    count = len(arrays["value"])
    if any(len(arrays[name]) != count for name in _NODE_ARRAYS):
        raise ValueError("its arrays have different lengths")
    for name, below in {
        "feature": len(FEATURES),
        "left": count,
        "right": count,
        "roots": count,
    }.items():
        indexes = arrays[name].astype(np.int64)
        if len(indexes) == 0 or indexes.min() < 0 or indexes.max() >= below:
            raise ValueError(f"“{name}” points outside")
    return Forest(
        roots=arrays["roots"].astype(np.int32),
        feature=arrays["feature"].astype(np.int8),
        threshold=arrays["threshold"].astype(np.float32),
        left=arrays["left"].astype(np.int32),
        right=arrays["right"].astype(np.int32),
        value=arrays["value"].astype(np.float32),
        depth=int(arrays["depth"].astype(np.int64)),
    )


def _bands(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Bands:
    edges = arrays[f"{name}_edges"].astype(np.float64).tolist()
    half_widths = arrays[f"{name}_half_widths"].astype(np.float64).tolist()
    if len(half_widths) != len(edges) + 1 or edges != sorted(edges):
        raise ValueError(f"“{name}” are no bands")
    return Bands(tuple(edges), tuple(half_widths))
