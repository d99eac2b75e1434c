from hypothesis import given
from hypothesis import strategies as st

from core.domain.profile import Span
from core.parsing.lines import covering, split_lines

_LONG = "word " * 60


def test_a_line_stands_where_the_text_has_it() -> None:
    (_, line) = split_lines("Jane Roe\n   Engineer  \n")

    assert (line.text, line.span) == ("Engineer", Span(12, 20))


def test_a_bullet_is_no_part_of_the_content() -> None:
    (line,) = split_lines("• Built a bridge")

    assert (line.is_bullet, line.content) == (True, "Built a bridge")


def test_a_bullet_on_a_line_of_its_own_belongs_to_the_next_line() -> None:
    (line,) = split_lines("•\nBuilt a bridge")

    assert (line.is_bullet, line.content) == (True, "Built a bridge")


def test_a_dash_before_a_year_is_no_bullet() -> None:
    (line,) = split_lines("- 2019")

    assert not line.is_bullet


def test_a_markdown_heading_sign_is_no_part_of_the_content() -> None:
    (line,) = split_lines("## Experience")

    assert (line.is_bullet, line.content) == (False, "Experience")


def test_page_numbers_and_rules_are_left_out() -> None:
    text = "Jane Roe\n-----\nPage 2 of 3\nJane Roe – 1/2\n3\nEngineer"

    assert [line.text for line in split_lines(text)] == ["Jane Roe", "Engineer"]


def test_round_the_clock_is_no_page_number() -> None:
    assert split_lines("On call - 24/7")


def test_a_blank_line_is_remembered() -> None:
    assert [line.follows_blank for line in split_lines("one\ntwo\n\nthree")] == [True, False, True]


def test_a_text_without_line_breaks_is_split_at_its_gaps() -> None:
    lines = split_lines(f"{_LONG}end  Experience    Engineer")

    assert [line.text for line in lines[1:]] == ["Experience", "Engineer"]


def test_a_range_whose_dash_was_lost_with_the_line_breaks_stays_in_one_line() -> None:
    assert split_lines(f"{_LONG}end  2008  2009  Engineer")[1].text == "2008  2009"


def test_no_lines_cover_nothing() -> None:
    assert covering(()) is None


@given(st.text())
def test_every_line_is_found_where_its_span_says(text: str) -> None:
    for line in split_lines(text):
        said = text[line.span.start : line.span.end]
        assert "".join(said.split()) == "".join(line.text.split())
