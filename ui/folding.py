"""Blocks of HTML that open on a click, by mouse, key or screen reader.

An expander of Streamlit's costs every run two elements; these cost none beyond the HTML they stand in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class Fold:
    """A title in plain text and the HTML that it hides."""

    title: str
    inside: str


def folds_html(folds: Sequence[Fold]) -> str:
    """The blocks one under the other, all of them closed; nothing without any."""
    if not folds:
        return ""
    return f'<div class="folds">{"".join(_fold_html(fold) for fold in folds)}</div>'


def _fold_html(fold: Fold) -> str:
    return (
        f"<details><summary>{escape(fold.title)}</summary>"
        f'<div class="inside">{fold.inside}</div></details>'
    )
