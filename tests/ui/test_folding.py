"""What is folded away stays closed until it is opened, and its title is text."""

from tests.ui.test_texts import read
from ui.folding import Fold, folds_html


def test_fold_is_closed_and_shows_its_title() -> None:
    html = folds_html([Fold("Key points", "<p>Inside</p>")])
    assert "<details><summary>Key points</summary>" in html


def test_title_of_a_fold_is_no_html() -> None:
    assert "img" not in read(folds_html([Fold("<img src=x>", "")])).tags


def test_nothing_to_fold_is_nothing_to_see() -> None:
    assert folds_html([]) == ""
