"""PDF pages come out in the order in which a person reads them."""

import re
import unicodedata

import pytest
import yaml
from reportlab.pdfbase.pdfmetrics import stringWidth

from core.adapters.page_cells import CELL_SEPARATOR
from core.adapters.page_layout import text_of_page
from core.adapters.pdf_fonts import letters_of
from core.adapters.pdf_reader import read_pdf
from core.domain.document import MAX_PAGES, DocumentKind
from core.domain.errors import Unreadable, UnreadableDocumentError
from tests.adapters.documents import (
    BENCH_DATA,
    WIDTH,
    Placed,
    column,
    needs_bench_data,
    pdf_of,
    right_aligned,
)

SIDEBAR = [
    "CONTACT", "ana@example.org", "Lisbon", "",
    "SKILLS", "Python", "Kafka", "SQL", "Airflow",
]  # fmt: skip
MAIN = [
    "EXPERIENCE", "Senior Data Engineer, Northwind Analytics", "2021 - Present",
    "• Built a pipeline that serves forty teams", "• Cut the cost of storage by a third", "",
    "Data Engineer, Quillfeather Ltd", "2018 - 2021", "• Wrote the nightly batch jobs",
]  # fmt: skip


def lines_of(*page: Placed) -> list[str]:
    """The lines that are read from a page, without blank ones."""
    return [line for line in read_pdf(pdf_of(page)).text.split("\n") if line]


def from_top_down(page: list[Placed]) -> list[Placed]:
    """A page drawn line by line across its columns, as some programs do."""
    return sorted(page, key=lambda placed: (-placed[1], placed[0]))


def filled(lines: list[str]) -> list[str]:
    return [line for line in lines if line]


# Order


def test_a_right_aligned_date_stays_on_its_line() -> None:
    page = [(50, 700, "Data Engineer"), right_aligned(540, 700, "2018 - 2021")]
    assert lines_of(*page) == [f"Data Engineer{CELL_SEPARATOR}2018 - 2021"]


@pytest.mark.parametrize("lead", [14, 17], ids=["level lines", "lines out of step"])
@pytest.mark.parametrize("is_drawn_across", [False, True])
def test_a_sidebar_is_read_before_the_text_beside_it(lead: float, *, is_drawn_across: bool) -> None:
    page = column(50, SIDEBAR, lead=lead) + column(220, MAIN)
    read = lines_of(*(from_top_down(page) if is_drawn_across else page))
    assert read == filled(SIDEBAR) + filled(MAIN)


def test_a_sidebar_on_the_right_is_read_after_the_text() -> None:
    assert lines_of(*column(50, MAIN), *column(420, SIDEBAR)) == filled(MAIN) + filled(SIDEBAR)


def test_a_full_width_line_is_read_before_and_after_the_columns_it_spans() -> None:
    wide = "An engineer in Lisbon who builds streaming systems for teams that need numbers today"
    page = [(50, 800, wide), *column(50, SIDEBAR), *column(220, MAIN), (50, 600, wide)]
    assert lines_of(*page) == [wide, *filled(SIDEBAR), *filled(MAIN), wide]


def test_a_large_name_is_read_before_a_sidebar_on_its_left() -> None:
    name: Placed = (220, 815, "Ana Teixeira", 24)
    assert lines_of(*column(50, SIDEBAR), name, *column(220, MAIN))[0] == "Ana Teixeira"


def test_dates_in_the_left_margin_stand_before_their_headings() -> None:
    page = [
        *column(50, ["2021 - now", "", "", "2018 - 2021"]),
        *column(150, ["Senior Engineer", "Built a pipeline", "", "Engineer", "Wrote jobs"]),
    ]
    assert lines_of(*page) == [
        f"2021 - now{CELL_SEPARATOR}Senior Engineer",
        "Built a pipeline",
        f"2018 - 2021{CELL_SEPARATOR}Engineer",
        "Wrote jobs",
    ]


def test_a_date_beside_a_bullet_goes_up_to_its_heading() -> None:
    page = [
        *column(50, ["Northwind, Engineer", "• Built a pipeline that", "serves forty teams"]),
        *column(420, ["Lisbon", "2021 - now", "2 years"]),
    ]
    assert lines_of(*page) == [
        f"Northwind, Engineer{CELL_SEPARATOR}Lisbon",
        "2021 - now",
        "2 years",
        "• Built a pipeline that",
        "serves forty teams",
    ]


def test_a_heading_that_runs_over_two_lines_keeps_its_own_date() -> None:
    page = [
        *column(50, ["Engineer at Quillfeather", "Senior engineer for platforms and", "tools"]),
        *column(420, ["2018 - 2021", "2021 - now"]),
    ]
    assert lines_of(*page)[1] == f"Senior engineer for platforms and{CELL_SEPARATOR}2021 - now"


def test_labels_stay_beside_what_they_label() -> None:
    page = [
        placed
        for row, texts in enumerate([("Languages", "Python"), ("Tools", "Kafka"), ("Cloud", "AWS")])
        for placed in ((50, 700 - 14 * row, texts[0]), (180, 700 - 14 * row, texts[1]))
    ]
    assert lines_of(*page)[1] == f"Tools{CELL_SEPARATOR}Kafka"


def test_a_blank_line_stands_where_the_gap_is_larger() -> None:
    page = column(50, ["Experience", "Engineer", "", "Education", "MSc"])
    assert read_pdf(pdf_of(page)).text == "Experience\nEngineer\n\nEducation\nMSc"


# Words


def test_a_word_divided_between_lines_is_whole_again() -> None:
    page = column(50, ["Wrote the software develop-", "ment guide, alone", "and on time"])
    assert lines_of(*page) == ["Wrote the software development", "guide, alone", "and on time"]


def test_a_hyphen_that_belongs_to_a_word_stays() -> None:
    assert lines_of(*column(50, ["Led a cross-", "functional team"]))[0] == "Led a cross-functional"


def test_a_number_range_is_not_taken_for_a_divided_word() -> None:
    assert lines_of(*column(50, ["From 2018-", "and later"])) == ["From 2018-", "and later"]


def test_letters_set_wide_apart_are_a_word() -> None:
    starts = [
        50 + stringWidth("PROFILE"[:place], "Helvetica", 10) + 4 * place for place in range(7)
    ]
    page = [(start, 700, letter) for start, letter in zip(starts, "PROFILE", strict=True)]
    assert lines_of(*page) == ["PROFILE"]


def test_a_word_drawn_twice_to_look_bold_is_read_once() -> None:
    assert lines_of((50, 700, "Bold"), (50.3, 700, "Bold")) == ["Bold"]


def test_text_outside_of_the_page_is_not_read() -> None:
    page = [(50, 700, "Seen"), (50, -40, "Below"), (WIDTH + 30, 700, "Beside")]
    assert lines_of(*page) == ["Seen"]


def test_text_in_a_form_is_read() -> None:
    assert read_pdf(pdf_of([(50, 700, "In a form")], form=True)).text == "In a form"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_drawn(turn: int) -> None:
    page = column(50, ["Experience", "Engineer"], top=500)
    assert read_pdf(pdf_of(page, turn=turn)).text.split() == ["Experience", "Engineer"]


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("/f_i", "fi"),
        ("/seven.lnum", "7"),
        ("/A.sc", "A"),
        ("/map_marker", ""),
        ("x", "x"),
        ("/", "/"),
    ],
)
def test_a_glyph_name_gives_its_letters(name: str, letters: str) -> None:
    assert letters_of(name) == letters


def test_a_page_without_words_is_empty() -> None:
    assert text_of_page([]) == ""


# Files


def test_pages_are_counted() -> None:
    document = read_pdf(pdf_of([(50, 700, "One")], [(50, 700, "Two")]))
    assert (document.text, document.pages, document.kind) == ("One\n\nTwo", 2, DocumentKind.PDF)


def test_pages_beyond_the_limit_are_left_out_and_said_to_be() -> None:
    document = read_pdf(pdf_of(*[[(50, 700, f"Page{number}")] for number in range(MAX_PAGES + 1)]))
    assert document.is_truncated
    assert document.text.endswith(f"Page{MAX_PAGES - 1}")


def test_an_empty_password_is_tried() -> None:
    assert read_pdf(pdf_of([(50, 700, "Open to all")], locked_by="")).text == "Open to all"


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (pdf_of([(50, 700, "Secret")], locked_by="sesame"), Unreadable.PASSWORD),
        (b"%PDF-1.7\nnothing else", Unreadable.DAMAGED),
        (pdf_of([(50, 700, "Cut off")])[:150], Unreadable.DAMAGED),
    ],
    ids=["locked", "no pages", "cut off"],
)
def test_a_pdf_that_cannot_be_opened_is_refused(content: bytes, cause: Unreadable) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_pdf(content)
    assert caught.value.cause is cause


# Real layouts


def facts_of(theme: str) -> list[str]:
    """Every highlight, title and name that a resume was made from."""
    truth = yaml.safe_load((BENCH_DATA / f"resumes/rendercv_{theme}.yaml").read_text("utf-8"))
    facts: list[str] = []
    for entry in (item for section in truth["cv"]["sections"].values() for item in section):
        if not isinstance(entry, dict):
            continue
        facts += [line for text in entry.get("highlights") or () for line in text.split("\n")]
        facts += [
            entry[key] for key in ("company", "position", "institution", "area") if key in entry
        ]
    return [comparable(fact) for fact in facts]


def comparable(text: str) -> str:
    return " ".join(re.sub(r"[•*]|(?:^|\s)-\s", " ", unicodedata.normalize("NFKC", text)).split())


@needs_bench_data
@pytest.mark.parametrize("theme", ["classic", "engineeringresumes", "moderncv", "sb2nov"])
def test_every_fact_of_a_real_layout_is_read_in_one_piece(theme: str) -> None:
    content = (BENCH_DATA / f"resumes/rendercv_{theme}.pdf").read_bytes()
    text = comparable(read_pdf(content).text)
    assert [fact for fact in facts_of(theme) if fact not in text] == []


@needs_bench_data
@pytest.mark.parametrize(
    ("layout", "first", "second"),
    [
        ("sidebar", "Finished machine programming", "CONTACT"),
        ("two_column", "Bachelor thesis focused", "I am a digital media graduate"),
    ],
)
def test_a_real_column_is_read_to_its_end_before_the_next(
    layout: str, first: str, second: str
) -> None:
    text = read_pdf((BENCH_DATA / f"resumes/latexcv_{layout}.pdf").read_bytes()).text
    assert 0 <= text.index(first) < text.index(second)
