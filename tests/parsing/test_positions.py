from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.profile import PartialDate, Position
from core.parsing.lines import split_lines
from core.parsing.positions import find_positions

_TODAY = date(2026, 11, 22)
_PRESENT = "present"


def _positions(text: str) -> tuple[Position, ...]:
    return find_positions(split_lines(text), _TODAY)


def _facts(position: Position) -> tuple[str, str, str, str]:
    end = _PRESENT if position.is_current else str(position.end)
    return position.title, position.company, str(position.start), end


_LAYOUTS = {
    "title, company, place and dates on one line": """
Senior Engineer, Acme Corp, Berlin    Jan 2020 – Present
• Built things
Engineer, Umbrella, Paris    06/2016 - 12/2019
• Mended things
""",
    "company first on one line": """
Acme Corp, Senior Engineer   Berlin, Germany   Jan 2020 – Present
• Built things
Umbrella, Engineer   Paris, France   06/2016 - 12/2019
• Mended things
""",
    "company line with dates above title": """
Acme Corp   Jan 2020 – Present
Senior Engineer   Berlin, Germany
• Built things
Umbrella   06/2016 - 12/2019
Engineer   Paris, France
• Mended things
""",
    "title line with dates below company": """
Acme Corp, Berlin
Senior Engineer   Jan 2020 – Present
• Built things
Umbrella
Engineer   06/2016 - 12/2019
• Mended things
""",
    "company, place and dates below title": """
Senior Engineer
Acme Corp | Berlin | 01/2020 - Present
• Built things

Engineer
Umbrella | Remote | 06/2016 - 12/2019
• Mended things
""",
    "dates on a line of their own below": """
Senior Engineer
Acme Corp
January 2020 - Present
- Built things

Engineer
Umbrella
June 2016 - December 2019
- Mended things
""",
    "dates on a line of their own above": """
January 2020 - Present
Senior Engineer
Acme Corp, Berlin
- Built things

June 2016 - December 2019
Engineer
Umbrella
- Mended things
""",
    "dates in a left column": """
01/2020 – Present   Senior Engineer
                    Acme Corp, Berlin
                    • Built things
06/2016 – 12/2019   Engineer
                    Umbrella
                    • Mended things
""",
    "dates wrapped in a left column": """
Jan 2020 –   Senior Engineer
Present      Acme Corp, Berlin
• Built things
June 2016 –   Engineer
Dec 2019      Umbrella, Paris
• Mended things
""",
    "dates beside the first list items": """
Acme Corp, Senior Engineer   Berlin, Germany
• Built things that lasted   Jan 2020 – Present
• Led people   6 years 11 months

Umbrella, Engineer   Paris, France
• Mended things   June 2016 – Dec 2019
• Tested things   3 years 7 months
""",
    "place and dates below the list items": """
Acme Corp, Senior Engineer
• Built things
Berlin, Germany
Jan 2020 – Present
6 years 11 months
Umbrella, Engineer
• Mended things
Paris, France
June 2016 – Dec 2019
3 years 7 months
""",
    "title at company": """
Senior Engineer at Acme Corp (Jan 2020 - Present)
Built three products.
Engineer at Umbrella (June 2016 - Dec 2019)
Ran the tests.
""",
    "every line after a blank one": """
Senior Engineer

Acme Corp -  Berlin, Germany -

January 2020 to Present

Built three products.

Engineer

Umbrella -  Paris, France -

June 2016 to December 2019

Ran the tests.
""",
    "labels": """
Company: Acme Corp
Position: Senior Engineer
Duration: Jan 2020 - Present
Responsibilities:
- Built things
Company: Umbrella
Position: Engineer
Duration: June 2016 - Dec 2019
- Mended things
""",
    "dashes": """
Acme Corp – Senior Engineer   Jan 2020 – Present
• Built things
Umbrella — Engineer   06/2016 — 12/2019
• Mended things
""",
    "list items": """
• Senior Engineer, Acme Corp, Jan 2020 – Present
• Engineer, Umbrella, 06/2016 – 12/2019
""",
    "markdown": """
### Senior Engineer — Acme Corp
*Jan 2020 – Present | Berlin*
- Built things
### Engineer — Umbrella
*06/2016 – 12/2019*
- Mended things
""",
}


@pytest.mark.parametrize("layout", _LAYOUTS)
def test_every_usual_layout_is_read(layout: str) -> None:
    assert [_facts(position) for position in _positions(_LAYOUTS[layout])] == [
        ("Senior Engineer", "Acme Corp", "2020-01", _PRESENT),
        ("Engineer", "Umbrella", "2016-06", "2019-12"),
    ]


@pytest.mark.parametrize(
    ("text", "title", "company"),
    [
        ("Softwareentwicklerin, Rheinsoft GmbH   2019 – heute", "Softwareentwicklerin", "Rheinsoft GmbH"),
        ("Développeuse web, Atelier Lumière   2019 – 2021", "Développeuse web", "Atelier Lumière"),
        ("Desarrollador de software, Ejemplo S.L.   2019 – 2021", "Desarrollador de software", "Ejemplo S.L."),
        ("Engineer, Acme, Inc.   2019 – 2021", "Engineer", "Acme, Inc."),
        ("Senior Engineer, Platform\nBlue Harbor, Dublin\n2019 – 2021", "Senior Engineer, Platform", "Blue Harbor"),
        ("Trainer, Coach, Acme Corp   2019 – 2021", "Trainer, Coach", "Acme Corp"),
        ("IT Consultant for Web Shops - Acme   2019 – 2021", "IT Consultant for Web Shops", "Acme"),
    ],
)  # fmt: skip
def test_title_and_company_are_told_apart(text: str, title: str, company: str) -> None:
    (position,) = _positions(text)

    assert (position.title, position.company) == (title, company)


def test_the_order_of_the_other_jobs_tells_what_no_word_tells() -> None:
    text = """
Acme Corp   Senior Engineer   2019 – 2021
• Built
Blip   Wizardry   2016 – 2019
• Cast
"""
    assert [(p.title, p.company) for p in _positions(text)] == [
        ("Senior Engineer", "Acme Corp"),
        ("Wizardry", "Blip"),
    ]


def test_titles_under_one_company_share_it() -> None:
    text = """
Acme Corp   2015 – Present
Berlin, Germany
Staff Engineer   2020 – Present
• Architecture
Senior Engineer   2017 – 2020
• Delivery
Engineer   2015 – 2017
• Bugs
Umbrella
Intern   2014
• Coffee
"""
    assert [(p.title, p.company) for p in _positions(text)] == [
        ("Staff Engineer", "Acme Corp"),
        ("Senior Engineer", "Acme Corp"),
        ("Engineer", "Acme Corp"),
        ("Intern", "Umbrella"),
    ]


def test_a_freelancer_inherits_no_company() -> None:
    text = "Engineer, Acme Corp   2017 – 2020\n• Built\nFreelance Developer   2015 – 2017\n• Built"

    assert [p.company for p in _positions(text)] == ["Acme Corp", ""]


def test_a_title_years_apart_inherits_no_company() -> None:
    text = "Engineer, Acme Corp   2017 – 2020\n• Built\nCashier   2008 – 2010\n• Sold"

    assert [p.company for p in _positions(text)] == ["Acme Corp", ""]


def test_the_place_is_read() -> None:
    (position,) = _positions("Engineer, Acme Corp, San Francisco, CA   2019 – 2021")

    assert position.location == "San Francisco, CA"


def test_a_short_last_part_is_the_place() -> None:
    (position,) = _positions("Engineer, Acme Corp, Smallville   2019 – 2021")

    assert position.location == "Smallville"


def test_wrapped_list_items_are_joined() -> None:
    (position,) = _positions("""
Engineer, Acme Corp   2019 – 2021
• Designed a ledger that settles two million transactions a
  day
• Taught mod\u00ad
ularity
""")
    assert position.highlights == (
        "Designed a ledger that settles two million transactions a day",
        "Taught modularity",
    )


def test_unmarked_lines_below_a_heading_are_highlights() -> None:
    (position,) = _positions(
        "Engineer, Acme Corp   2019 – 2021\nDesigned a ledger.\nRan the tests."
    )

    assert position.highlights == ("Designed a ledger.", "Ran the tests.")


def test_a_label_is_no_highlight() -> None:
    (position,) = _positions("Engineer, Acme Corp   2019 – 2021\nKey achievements:\n- Built")

    assert position.highlights == ("Built",)


def test_a_date_within_a_list_item_is_none_of_the_job() -> None:
    (position,) = _positions("Engineer, Acme Corp   2019 – 2021\n• Won the prize (2010 – 2012)")

    assert (position.start, len(position.highlights)) == (PartialDate(2019), 1)


def test_a_single_date_is_the_start() -> None:
    (position,) = _positions("Engineer, Acme Corp   2016 / 09")

    assert (position.start, position.end, position.is_current) == (
        PartialDate(2016, 9),
        None,
        False,
    )


def test_a_job_without_dates_is_read_where_its_heading_is_plain() -> None:
    (position,) = _positions("Engineer, Acme Corp\n• Built things")

    assert _facts(position) == ("Engineer", "Acme Corp", "None", "None")


def test_a_job_spans_its_heading_and_its_list() -> None:
    text = "Engineer, Acme Corp   2019 – 2021\n• Built\n"
    (position,) = _positions(text)

    assert position.span is not None
    assert text[position.span.start : position.span.end] == text.strip()


def test_a_paragraph_is_no_job() -> None:
    assert _positions("I have worked with many teams and enjoyed every day of it.") == ()


_titles = st.sampled_from(["Engineer", "Data Analyst", "Product Manager", "Head of Sales"])
_companies = st.sampled_from(["Acme Corp", "Rheinsoft GmbH", "Blue Harbor Ltd", "Oak Bank"])


@given(st.lists(st.tuples(_titles, _companies, st.integers(1990, 2020)), min_size=1, max_size=5))
def test_as_many_jobs_are_read_as_were_written(jobs: list[tuple[str, str, int]]) -> None:
    text = "\n".join(f"{t}, {c}   {y} – {y + 2}\n• Did the work" for t, c, y in jobs)

    assert [(p.title, p.company, p.start) for p in _positions(text)] == [
        (title, company, PartialDate(year)) for title, company, year in jobs
    ]
