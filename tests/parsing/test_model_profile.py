from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.domain.profile import CandidateProfile, PartialDate, Position, Skill, Span
from core.parsing.model_profile import laid_over
from core.prompting.read_resume import ResumeReply

_TODAY = date(2026, 11, 22)
_TEXT = """Ilva Brandmere
Quillhaven Foods | Backend Engineer | 03/2020 - today
Cut the nightly import from 5 hours to 40 minutes.
Tarnwell Maps, Junior Developer, 2017 to 2020
Drew maps of tidal flats.
Tidewatch: tells sailors when a harbour falls dry
B.Sc. Computer Science, Tarnwell University, 2014-2017
Knows Python, Go and PostgreSQL.
Certified Harbour Master
"""


def _span(text: str) -> Span:
    start = _TEXT.index(text)
    return Span(start, start + len(text))


def _job(**changes: Any) -> dict[str, Any]:
    job = {
        "title": "Backend Engineer",
        "company": "Quillhaven Foods",
        "start": "2020-03",
        "end": "",
        "is_current": True,
        "highlights": ["Cut the nightly import from 5 hours to 40 minutes."],
        "quote": "Quillhaven Foods | Backend Engineer",
    }
    return job | changes


def _reply(**changes: Any) -> ResumeReply:
    empty: dict[str, Any] = dict.fromkeys(
        ("positions", "education", "projects", "skills", "certifications"), ()
    )
    return ResumeReply.model_validate(
        {key: list(value) for key, value in (empty | changes).items()}
    )


def _laid(profile: CandidateProfile = CandidateProfile(), **changes: Any) -> CandidateProfile:  # noqa: B008
    return laid_over(profile, _reply(**changes), _TEXT, _TODAY)


def _rules_job(**changes: Any) -> Position:
    values: dict[str, Any] = {
        "title": "Quillhaven Foods",
        "company": "Backend Engineer",
        "location": "Tarnwell",
        "span": _span("Quillhaven Foods | Backend Engineer | 03/2020 - today"),
    }
    return Position(**values | changes)


def test_fact_gets_the_place_of_its_quote() -> None:
    (position,) = _laid(positions=[_job()]).positions
    assert position.span == _span("Quillhaven Foods | Backend Engineer")
    assert (position.start, position.end, position.is_current) == (PartialDate(2020, 3), None, True)
    assert position.highlights == ("Cut the nightly import from 5 hours to 40 minutes.",)


def test_quote_may_differ_in_case_and_space() -> None:
    (position,) = _laid(positions=[_job(quote="QUILLHAVEN  foods | backend\nengineer")]).positions
    assert position.company == "Quillhaven Foods"


def test_fact_without_a_quote_in_the_text_is_dropped() -> None:
    assert _laid(positions=[_job(quote="Harbour Bakery | Baker")]).positions == ()


def test_words_that_the_text_does_not_hold_are_dropped() -> None:
    (position,) = _laid(
        positions=[_job(title="Chief Wizard", highlights=["Doubled all sales."], start="1999-01")]
    ).positions
    assert (position.title, position.highlights, position.start) == ("", (), None)


def test_facts_of_the_rules_are_kept_where_the_model_is_silent() -> None:
    rules = CandidateProfile(name="Ilva Brandmere", positions=(_rules_job(),))
    assert _laid(rules) == rules


def test_overlapping_fact_with_the_same_names_is_corrected_and_completed() -> None:
    rules = CandidateProfile(positions=(_rules_job(),))
    (position,) = _laid(rules, positions=[_job()]).positions
    assert (position.title, position.company) == ("Backend Engineer", "Quillhaven Foods")
    assert position.location == "Tarnwell"
    assert position.span == _rules_job().span


def test_other_fact_of_the_rules_stays_beside_the_models_in_the_texts_order() -> None:
    other = Position("Junior Developer", "Tarnwell Maps", span=_span("Tarnwell Maps, Junior"))
    found = _laid(CandidateProfile(positions=(other,)), positions=[_job()])
    assert [p.company for p in found.positions] == ["Quillhaven Foods", "Tarnwell Maps"]


def test_years_of_experience_follow_from_the_positions() -> None:
    years = _laid(positions=[_job()]).years_of_experience
    assert years is not None
    assert 6 < years < 7


def test_projects_education_and_certificates_are_read() -> None:
    found = _laid(
        projects=[
            {
                "name": "Tidewatch",
                "description": "tells sailors when a harbour falls dry",
                "highlights": [],
                "quote": "Tidewatch: tells sailors",
            }
        ],
        education=[
            {
                "institution": "Tarnwell University",
                "degree": "B.Sc. Computer Science",
                "start": "2014",
                "end": "2017",
                "quote": "B.Sc. Computer Science, Tarnwell University",
            }
        ],
        certifications=[{"name": "Certified Harbour Master", "quote": "Certified Harbour Master"}],
    )
    assert found.projects[0].description == "tells sailors when a harbour falls dry"
    assert found.education[0].end == PartialDate(2017)
    assert found.certifications == ("Certified Harbour Master",)


def test_certificate_that_the_rules_read_is_not_doubled() -> None:
    rules = CandidateProfile(certifications=("Certified Harbour Master, 2022",))
    named = {"name": "Certified Harbour Master", "quote": "Certified Harbour Master"}
    assert _laid(rules, certifications=[named]).certifications == rules.certifications


def test_skill_gets_the_place_of_its_name() -> None:
    found = _laid(skills=[{"name": "Go", "quote": "Python, Go and PostgreSQL"}]).skills
    assert found[0].spans == (Span(_TEXT.index("Go and"), _TEXT.index("Go and") + 2),)


def test_skill_that_its_quote_does_not_name_is_dropped() -> None:
    assert _laid(skills=[{"name": "Python", "quote": "Certified Harbour Master"}]).skills == ()


def test_skill_that_the_rules_read_is_not_doubled() -> None:
    rules = CandidateProfile(skills=(Skill("PostgreSQL", spans=(_span("PostgreSQL"),)),))
    found = _laid(rules, skills=[{"name": "postgresql", "quote": "Go and PostgreSQL"}])
    assert found.skills == rules.skills


_WORDS = st.one_of(st.sampled_from(_TEXT.splitlines()), st.text(max_size=20))


@given(
    st.lists(
        st.fixed_dictionaries(dict.fromkeys(("title", "company", "start", "end", "quote"), _WORDS))
    )
)
def test_whatever_a_model_reads_has_a_place_in_the_text(jobs: list[dict[str, Any]]) -> None:
    found = _laid(positions=[_job(**job) for job in jobs])
    for position in found.positions:
        assert position.span is not None
        assert 0 <= position.span.start < position.span.end <= len(_TEXT)
