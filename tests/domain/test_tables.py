import pytest

from core.domain.tables import as_csv


def test_table_has_a_line_of_titles_and_empty_cells_for_none() -> None:
    assert as_csv({"Date": ["2026-01-01", "x, y"], "Score": [1, None]}) == (
        'Date,Score\r\n2026-01-01,1\r\n"x, y",\r\n'
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx"])
def test_text_that_would_be_a_formula_is_disarmed(text: str) -> None:
    assert as_csv({"A": [text]}).splitlines()[1].strip('"').startswith("'")
