from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.profile import PartialDate, Position
from core.parsing.dates import DateRange, find_dates, total_years

_TODAY = date(2026, 11, 22)
_PRESENT = "present"


def find_date_ranges(line: str, today: date) -> tuple[DateRange, ...]:
    """The stretches of time of a line, without its single dates."""
    return tuple(dates for dates in find_dates(line, today) if not dates.is_single)


def _only_range(line: str) -> tuple[str, str]:
    (found,) = find_date_ranges(line, _TODAY)
    return str(found.start), _PRESENT if found.is_current else str(found.end)


def _job(start: PartialDate, end: PartialDate | None) -> Position:
    return Position("Engineer", "Acme", start, end, is_current=end is None)


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("Jan 2020 – Present", "2020-01", _PRESENT),
        ("01/2020 - 03/2022", "2020-01", "2022-03"),
        ("5/2005-9/2008", "2005-05", "2008-09"),
        ("2019-06 to 2021-09", "2019-06", "2021-09"),
        ("June 2018 – Aug. 2019", "2018-06", "2019-08"),
        ("Jan. 1, 2019 - Feb 3, 2020", "2019-01", "2020-02"),
        ("2015–2019", "2015", "2019"),
        ("2015 — 2019", "2015", "2019"),
        ("Since 2021", "2021", _PRESENT),
        ("Sept 2020 – today", "2020-09", _PRESENT),
        ("2020-01 – 2020-12", "2020-01", "2020-12"),
        ("2016/09 - now", "2016-09", _PRESENT),
        ("'18 - '20", "2018", "2020"),
        ("Aug'18 to Sep'20", "2018-08", "2020-09"),
        ("03/18 - 05/20", "2018-03", "2020-05"),
        ("Nov. 2008 to date", "2008-11", _PRESENT),
        ("May 2019 –", "2019-05", _PRESENT),
        ("January – May 2011", "2011-01", "2011-05"),
        ("Nov – Feb 2019", "2018-11", "2019-02"),
        ("2015/16 – 2018/19", "2015", "2019"),
        ("2015-16", "2015", "2016"),
        ("2008–09", "2008", "2009"),
        ("Summer 2019 - Fall 2020", "2019", "2020"),
        ("15.01.2020 – 31.03.2022", "2020-01", "2022-03"),
        ("01.2015 - 03.2019", "2015-01", "2019-03"),
        ("Sept 2023 – Expected May 2027", "2023-09", "2027-05"),
        ("März 2019 – heute", "2019-03", _PRESENT),
        ("seit 04/2019", "2019-04", _PRESENT),
        ("Juin 2018 à août 2020", "2018-06", "2020-08"),
        ("décembre 2019 – aujourd'hui", "2019-12", _PRESENT),
        ("2023 – ce jour", "2023", _PRESENT),
        ("enero 2017 – actualidad", "2017-01", _PRESENT),
        ("2008  2009", "2008", "2009"),
    ],
)
def test_a_range_is_read_as_resumes_write_it(line: str, start: str, end: str) -> None:
    assert _only_range(line) == (start, end)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2015 / 07", "2015-07"),
        ("Jan 2021", "2021-01"),
        ("12/25/2019", "2019-12"),
        ("2016", "2016"),
    ],
)
def test_a_single_date_has_no_end(line: str, day: str) -> None:
    (found,) = find_dates(line, _TODAY)

    assert (str(found.start), found.end, found.is_single) == (day, None, True)


def test_a_day_and_a_month_in_unknown_order_leave_only_the_year() -> None:
    (found,) = find_dates("02/03/2019", _TODAY)

    assert found.start == PartialDate(2019)


@pytest.mark.parametrize(
    "line",
    [
        "+49 176 2015 2019",
        "Tel: 555-2019-2021",
        "(030) 1998-2001 55",
        "555-2010-2015",
        "Python 3.11 - 3.12",
        "SQL Server 2012-2016",
        "Visual Studio 2015-2019",
        "2000 users",
        "$2000 - 2500",
        "24/7",
        "10.1234/abcd.2023.1234",
        "1890-1920",
        "2031 - 2035",
    ],
)
def test_other_numbers_are_no_ranges(line: str) -> None:
    assert find_date_ranges(line, _TODAY) == ()


def test_a_range_that_runs_backwards_is_none() -> None:
    assert find_date_ranges("2019 - 2015", _TODAY) == ()


def test_an_end_a_few_years_ahead_is_believed() -> None:
    assert _only_range("2025 – 2029") == ("2025", "2029")


def test_the_span_is_that_of_the_date_in_its_line() -> None:
    line = "Acme Corp, 2015–2019, Berlin"
    (found,) = find_date_ranges(line, _TODAY)

    assert line[found.span.start : found.span.end] == "2015–2019"


def test_two_ranges_of_one_line_are_both_found() -> None:
    found = find_date_ranges("2010 - 2012, 2014 - 2016", _TODAY)

    assert [str(dates.start) for dates in found] == ["2010", "2014"]


@given(st.text(alphabet="0123456789 -/.–'()JanMayto,present", max_size=60))
def test_dates_stay_in_order_and_within_their_line(line: str) -> None:
    for found in find_dates(line, _TODAY):
        assert 0 <= found.span.start < found.span.end <= len(line)
        assert found.start is None or found.end is None or found.start.year <= found.end.year


def test_years_without_months_count_from_middle_to_middle() -> None:
    assert total_years([_job(PartialDate(2015), PartialDate(2019))], _TODAY) == 4.0


def test_first_and_last_month_count_in_full() -> None:
    assert total_years([_job(PartialDate(2020, 1), PartialDate(2020, 12))], _TODAY) == 1.0


def test_overlapping_jobs_count_once() -> None:
    jobs = [
        _job(PartialDate(2018, 1), PartialDate(2020, 12)),
        _job(PartialDate(2020, 1), PartialDate(2021, 12)),
    ]

    assert total_years(jobs, _TODAY) == 4.0


def test_a_current_job_counts_until_today() -> None:
    assert total_years([_job(PartialDate(2025, 12), None)], _TODAY) == 1.0


def test_a_gap_between_jobs_does_not_count() -> None:
    jobs = [
        _job(PartialDate(2010, 1), PartialDate(2010, 12)),
        _job(PartialDate(2015, 1), PartialDate(2015, 12)),
    ]

    assert total_years(jobs, _TODAY) == 2.0


def test_jobs_without_dates_have_no_total() -> None:
    assert total_years([Position("Engineer", "Acme")], _TODAY) is None


_months = st.builds(PartialDate, st.integers(1990, 2026), st.integers(0, 12))


@given(st.lists(st.tuples(_months, _months).map(sorted), min_size=1, max_size=6))
def test_a_total_is_never_longer_than_the_jobs_laid_end_to_end(
    stretches: list[list[PartialDate]],
) -> None:
    jobs = [_job(start, end) for start, end in stretches]
    each = [total_years([job], _TODAY) or 0.0 for job in jobs]

    # Every total is rounded to a tenth.
    assert (total_years(jobs, _TODAY) or 0.0) <= sum(each) + 0.05 * (len(each) + 1)
