from datetime import date

from core.domain.profile import Project
from core.parsing.lines import split_lines
from core.parsing.projects import find_projects

_TODAY = date(2026, 11, 22)


def _projects(text: str) -> tuple[Project, ...]:
    return find_projects(split_lines(text), _TODAY)


def test_a_project_has_a_name_a_description_and_highlights() -> None:
    (project,) = _projects("""
Tidewatch   Jan 2023 – present
Open-source tide predictions for forty harbours
• Written in Python
• Used by 300 sailors
""")
    assert (project.name, project.description, project.highlights) == (
        "Tidewatch",
        "Open-source tide predictions for forty harbours",
        ("Written in Python", "Used by 300 sailors"),
    )


def test_headings_after_list_items_begin_the_next_project() -> None:
    text = "Tidewatch   2023\n• Predicts tides\nLedgerlint   2021\n• Checks ledgers"

    assert [project.name for project in _projects(text)] == ["Tidewatch", "Ledgerlint"]


def test_a_name_may_stand_before_a_dash_or_a_colon() -> None:
    text = "ledgerlint – a linter for ledgers   2022\nTidewatch: predictions for forty harbours"

    assert [(project.name, project.description) for project in _projects(text)] == [
        ("ledgerlint", "a linter for ledgers"),
        ("Tidewatch", "predictions for forty harbours"),
    ]


def test_a_list_without_headings_has_a_project_an_item() -> None:
    text = "• Tidewatch: predictions for forty harbours\n• Ledgerlint: checks ledgers"

    assert [project.name for project in _projects(text)] == ["Tidewatch", "Ledgerlint"]


def test_a_detail_is_no_project() -> None:
    text = "Tidewatch   2023\n• Predicts tides\nTechnologies: Python, SQL\nRole: everything"

    assert len(_projects(text)) == 1


def test_a_project_spans_its_lines() -> None:
    text = "Tidewatch   2023\n• Predicts tides\n"
    (project,) = _projects(text)

    assert project.span is not None
    assert text[project.span.start : project.span.end] == text.strip()


def test_no_lines_hold_no_projects() -> None:
    assert _projects("") == ()
