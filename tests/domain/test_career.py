from datetime import date

from core.domain.career import career_gaps
from core.domain.profile import Education, PartialDate, Position

TODAY = date(2026, 11, 22)


def job(start: PartialDate, end: PartialDate | None) -> Position:
    return Position("Engineer", "Acme", start, end, is_current=end is None)


def test_half_a_year_between_two_jobs_is_a_gap() -> None:
    jobs = [job(PartialDate(2019, 1), PartialDate(2020, 3)), job(PartialDate(2020, 10), None)]
    (gap,) = career_gaps(jobs, [], TODAY)
    assert (gap.start, gap.end, gap.months) == (PartialDate(2020, 4), PartialDate(2020, 9), 6)


def test_overlapping_jobs_leave_no_gap() -> None:
    jobs = [
        job(PartialDate(2015, 1), PartialDate(2022, 1)),
        job(PartialDate(2016, 1), PartialDate(2017, 1)),
        job(PartialDate(2022, 2), None),
    ]
    assert career_gaps(jobs, [], TODAY) == ()


def test_years_without_months_claim_no_gap_that_may_not_be() -> None:
    jobs = [job(PartialDate(2018), PartialDate(2019)), job(PartialDate(2020), None)]
    assert career_gaps(jobs, [], TODAY) == ()


def test_time_since_the_last_job_is_a_gap() -> None:
    (gap,) = career_gaps([job(PartialDate(2020, 1), PartialDate(2025, 12))], [], TODAY)
    assert (gap.start, gap.end) == (PartialDate(2026, 1), PartialDate(2026, 10))


def test_no_positions_have_no_gaps() -> None:
    assert career_gaps([], [], TODAY) == ()


def test_study_between_two_jobs_is_no_gap() -> None:
    jobs = [job(PartialDate(2015, 1), PartialDate(2018, 8)), job(PartialDate(2020, 10), None)]
    study = Education("Calder University", "MSc", PartialDate(2018, 9), PartialDate(2020, 9))
    assert career_gaps(jobs, [study], TODAY) == ()
