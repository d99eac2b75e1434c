"""Markdown: known by its signs, read without them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.adapters.markdown_reader import looks_like_markdown, read_markdown
from core.adapters.page_cells import CELL_SEPARATOR
from core.adapters.plain_text import plain_text
from core.domain.document import DocumentKind

RESUME = """# Ana Teixeira
[ana.example.org](https://ana.example.org) | ana@example.org

## Experience
**Data Engineer**, Kestrel Labs
- Cut costs by *40%*
"""


def text_of(text: str) -> str:
    return plain_text(read_markdown(text.encode()).text)


def test_a_resume_with_several_signs_is_markdown() -> None:
    assert looks_like_markdown(RESUME)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Teixeira\n============\n- Cut costs\n* Led a team\n----\n| Kafka | SQL |",
        "# 1 in sales\n**** * ****\n5 * 3 * 2 [a] (b)",
        "snake_case __init__ **kwargs and **more",
    ],
)
def test_lists_and_lines_under_headings_are_no_sign(text: str) -> None:
    assert not looks_like_markdown(text)


def test_the_kind_is_told() -> None:
    assert read_markdown(RESUME.encode()).kind is DocumentKind.MARKDOWN


def test_a_resume_reads_like_plain_text() -> None:
    assert text_of(RESUME) == (
        "Ana Teixeira\nana.example.org | ana@example.org\n\n\nExperience\n"
        "Data Engineer, Kestrel Labs\n- Cut costs by 40%"
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("***very bold***", "very bold"),
        ("**bold *and* more**", "bold and more"),
        ("_so_ and __so__", "so and so"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("~~old~~ new", "old new"),
        ("`a_b_ **c**` and **d**", "a_b_ **c** and d"),
        ("* item *one*", "* item one"),
        ("### Skills ###", "Skills"),
        ("C# and F#", "C# and F#"),
        ("> quoted", "quoted"),
        ("[my page](https://a.example/x)", "my page (https://a.example/x)"),
        ("[a.example](https://www.a.example/)", "a.example"),
        ("[ana@a.example](mailto:ana@a.example)", "ana@a.example"),
        ("[Experience](#experience)", "Experience"),
        ("<https://a.example> <ana@a.example>", "https://a.example ana@a.example"),
        ("[![built](b.svg)](https://a.example)", "built (https://a.example)"),
        ("![photo](me.png) Ana", "photo Ana"),
        (r"5\* hotel \#1", "5* hotel #1"),
        ("one<br/>two <b>three</b> a < b", "one\ntwo three a < b"),
        ("R&amp;D", "R&D"),
        ("seen <!-- gone\ngone --> seen", "seen  seen"),
        ("one\n\n---\n\ntwo", "one\n\n\ntwo"),
    ],
)
def test_what_disturbs_reading_is_taken_out(written: str, read: str) -> None:
    assert text_of(written) == read


def test_a_row_of_a_table_is_a_line() -> None:
    rows = "| Skill | Years |\n|:------|------:|\n| **Kafka** | 5 |"
    assert text_of(rows) == f"Skill{CELL_SEPARATOR}Years\nKafka{CELL_SEPARATOR}5"


def test_code_stays_as_it_is() -> None:
    assert text_of("```sh\n# **a**\n```\n# b") == "# **a**\n\nb"


@given(st.text(alphabet="*_`~[]()!<>|#\\- \nab"))
def test_any_text_is_read(text: str) -> None:
    assert read_markdown(text.encode()).kind is DocumentKind.MARKDOWN
