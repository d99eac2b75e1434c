from hypothesis import given
from hypothesis import strategies as st

from core.domain.profile import Skill, Span
from core.parsing.lines import split_lines
from core.parsing.listed_skills import find_listed_skills


def _unknown(_written: str) -> str:
    return ""


def names(text: str, *known: Skill) -> list[str]:
    return [skill.name for skill in find_listed_skills(split_lines(text), known, _unknown)]


def test_unknown_items_of_a_list_are_kept_as_written() -> None:
    assert names("Research: model compression, multi-agent RL, quantum woodwork") == [
        "model compression",
        "multi-agent RL",
        "quantum woodwork",
    ]


def test_known_skill_is_not_listed_again() -> None:
    text = "Python, Zorkflow, Quibble"
    assert names(text, Skill("Python", spans=(Span(0, 6),))) == ["Zorkflow", "Quibble"]


def test_sentence_with_commas_is_no_list() -> None:
    text = "I have strong knowledge of the tools, with experience in teams, and a good eye"
    assert names(text) == []


def test_two_items_are_no_list() -> None:
    assert names("Rome, Milan") == []


def test_words_in_brackets_are_no_item() -> None:
    assert names("Zorkflow (daily, at work), Quibble, Frobnicate") == [
        "Zorkflow",
        "Quibble",
        "Frobnicate",
    ]


@given(st.text(max_size=300))
def test_every_item_stands_where_it_says(text: str) -> None:
    for skill in find_listed_skills(split_lines(text), (), _unknown):
        for span in skill.spans:
            assert 0 <= span.start < span.end <= len(text)
