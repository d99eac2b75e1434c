import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from core.domain.profile import CandidateProfile, PartialDate, Span
from core.domain.question import Seniority
from core.domain.role import RoleDefinition
from core.parsing.lexicon import SkillEntry, SkillLexicon
from core.parsing.profile import read_profile

_TODAY = date(2026, 11, 22)
_LEXICON = SkillLexicon.of(
    [
        SkillEntry("Python"),
        SkillEntry("Go", needs_context=True),
        SkillEntry("PostgreSQL"),
        SkillEntry("Docker"),
        SkillEntry("Oracle"),
    ]
)
_ROLES = (
    RoleDefinition("backend", "Backend Engineer", ("backend developer",), skills=("Python", "Go")),
)

_RESUME = """Maya Okafor
Senior Backend Engineer
Berlin, Germany | maya.okafor@example.com | +49 151 2345 6789 | github.com/mokafor

SUMMARY
Backend engineer who will go the extra mile.

EXPERIENCE
Senior Backend Engineer, Payhaus GmbH, Berlin                         Mar 2020 – Present
• Designed a ledger in Go and PostgreSQL
Backend Engineer, Oracle, Munich                                      Aug 2016 – Feb 2020
• Built services with Python 3.6

EDUCATION
Technical University of Munich, M.Sc. Computer Science                2014 – 2016

PROJECTS
Tidewatch: tide predictions for forty harbours

SKILLS
Python, Go, Docker

CERTIFICATIONS
• Certified Harbour Master, 2022

LANGUAGES
English (native), German (C1)
"""


def _read(text: str) -> CandidateProfile:
    return read_profile(text, _LEXICON, _ROLES, _TODAY)


def _spans(profile: CandidateProfile) -> list[Span]:
    found = [
        *(position.span for position in profile.positions),
        *(study.span for study in profile.education),
        *(project.span for project in profile.projects),
        *(span for skill in profile.skills for span in skill.spans),
    ]
    return [span for span in found if span]


def test_a_whole_resume_is_read() -> None:
    profile = _read(_RESUME)

    assert (profile.name, profile.headline) == ("Maya Okafor", "Senior Backend Engineer")
    assert (profile.email, profile.phone) == ("maya.okafor@example.com", "+49 151 2345 6789")
    assert profile.links == ("github.com/mokafor",)
    assert [position.company for position in profile.positions] == ["Payhaus GmbH", "Oracle"]
    assert [study.degree for study in profile.education] == ["M.Sc. Computer Science"]
    assert [project.name for project in profile.projects] == ["Tidewatch"]
    assert profile.certifications == ("Certified Harbour Master, 2022",)
    assert profile.spoken_languages == ("English (native)", "German (C1)")


def test_the_years_are_those_of_the_jobs() -> None:
    assert _read(_RESUME).years_of_experience == 10.3


def test_the_role_follows_from_title_and_years() -> None:
    suggested = _read(_RESUME).suggested_role

    assert suggested is not None
    assert (suggested.role_id, suggested.seniority) == ("backend", Seniority.SENIOR)


def test_the_name_of_an_employer_is_no_skill() -> None:
    assert "Oracle" not in {skill.name for skill in _read(_RESUME).skills}


def test_a_verb_is_no_skill_even_where_it_is_one_elsewhere() -> None:
    (go,) = (skill for skill in _read(_RESUME).skills if skill.name == "Go")

    assert _RESUME.index("go the extra mile") not in {span.start for span in go.spans}


def test_stated_years_count_where_no_job_is_dated() -> None:
    assert _read("I have 12+ years of professional experience.").years_of_experience == 12.0


def test_an_unknown_layout_still_yields_contact_and_skills() -> None:
    profile = _read("some words pat@example.com and Python and more words")

    assert (profile.email, [skill.name for skill in profile.skills]) == (
        "pat@example.com",
        ["Python"],
    )


def test_jobs_without_a_heading_are_found_by_their_titles_and_dates() -> None:
    (position,) = _read("Pat Doyle\n\nBackend Developer, Acme Corp   2015 – 2019").positions

    assert (position.company, position.start) == ("Acme Corp", PartialDate(2015))


def test_an_empty_text_yields_an_empty_profile() -> None:
    assert _read("") == CandidateProfile()


_words = st.sampled_from(
    [
        *("Experience", "Education", "Skills", "Projects", "Senior Engineer", "Acme Corp", "GmbH"),
        *(
            "2015 – 2019",
            "Jan 2020 –",
            "present",
            "•",
            "-",
            ",",
            "|",
            "   ",
            "\n",
            "\n\n",
            "\t",
            ":",
        ),
        *("Python", "Go", "a@b.com", "+49 151 2345678", "Berlin, Germany", "BSc", "Oak University"),
        *(
            "E X P E R I E N C E",
            "#",
            "(",
            ")",
            "'18",
            "–",
            "\u00ad\n",
            "3 years",
            "Name:",
            "\uf0b7",
        ),
    ]
)


@given(st.one_of(st.text(), st.lists(_words, max_size=60).map(" ".join)))
def test_no_text_raises_and_every_span_lies_within_it(text: str) -> None:
    assert all(0 <= span.start < span.end <= len(text) for span in _spans(_read(text)))


@given(st.lists(_words, max_size=60).map(" ".join))
def test_every_word_that_is_read_stands_in_the_text(text: str) -> None:
    said = set(re.findall(r"\w+", text))
    profile = _read(text)
    names = [part for job in profile.positions for part in (job.company, job.title, job.location)]

    assert {word for name in (*names, profile.phone) for word in re.findall(r"\w+", name)} <= said
