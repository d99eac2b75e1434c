import pytest

from core.parsing.lines import split_lines
from core.parsing.section_headings import SectionKind, heading_kind
from core.parsing.sections import find_sections, lines_of


def _kinds(text: str) -> list[SectionKind]:
    return [section.kind for section in find_sections(split_lines(text)) if section.title]


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Experience", SectionKind.EXPERIENCE),
        ("PROFESSIONAL EXPERIENCE", SectionKind.EXPERIENCE),
        ("Work History:", SectionKind.EXPERIENCE),
        ("E X P E R I E N C E", SectionKind.EXPERIENCE),
        ("W O R K   E X P E R I E N C E", SectionKind.EXPERIENCE),
        ("** Experience **", SectionKind.EXPERIENCE),
        ("Clinical Nursing Experience", SectionKind.EXPERIENCE),
        ("Berufserfahrung", SectionKind.EXPERIENCE),
        ("Expérience professionnelle", SectionKind.EXPERIENCE),
        ("Experiencia laboral", SectionKind.EXPERIENCE),
        ("Education & Training", SectionKind.EDUCATION),
        ("Ausbildung", SectionKind.EDUCATION),
        ("Formation", SectionKind.EDUCATION),
        ("Formación académica", SectionKind.EDUCATION),
        ("Machine Learning Projects", SectionKind.PROJECTS),
        ("Technical Skills & Tools", SectionKind.SKILLS),
        ("Kenntnisse und Fähigkeiten", SectionKind.SKILLS),
        ("Compétences", SectionKind.SKILLS),
        ("About me", SectionKind.SUMMARY),
        ("Licenses and Certifications", SectionKind.CERTIFICATIONS),
        ("Sprachkenntnisse", SectionKind.LANGUAGES),
        ("Selected Publications", SectionKind.PUBLICATIONS),
        ("Honors and Awards", SectionKind.AWARDS),
        ("Centres d'intérêt", SectionKind.INTERESTS),
        ("References", SectionKind.REFERENCES),
        ("Patents", SectionKind.OTHER),
    ],
)
def test_a_heading_tells_what_its_section_is_about(heading: str, kind: SectionKind) -> None:
    assert heading_kind(heading) is kind


@pytest.mark.parametrize(
    "line",
    [
        "Head of Customer Experience",
        "User Experience",
        "Senior Engineer",
        "Acme Corp",
        "Computer Science",
        "Ten years of experience.",
        "",
    ],
)
def test_other_lines_are_no_headings(line: str) -> None:
    assert heading_kind(line) is None


def test_what_stands_before_the_first_heading_has_no_title() -> None:
    first, second = find_sections(split_lines("Jane Roe\n\nSkills\nPython"))

    assert (first.title, second.title) == ("", "Skills")


def test_a_section_spans_from_its_heading_to_its_last_line() -> None:
    text = "Jane Roe\nSkills\nPython\nSQL\n"
    section = find_sections(split_lines(text))[1]

    assert section.span is not None
    assert text[section.span.start : section.span.end] == "Skills\nPython\nSQL"


def test_every_line_that_is_no_heading_is_in_a_section() -> None:
    text = "Jane Roe\nSkills\nPython\nEducation\nSome University"
    sections = find_sections(split_lines(text))

    assert [line.text for line in lines_of(sections, *SectionKind)] == [
        "Jane Roe",
        "Python",
        "Some University",
    ]


def test_a_heading_underlined_with_dashes_is_one() -> None:
    assert _kinds("Experience\n----------\nEngineer") == [SectionKind.EXPERIENCE]


def test_what_stands_behind_the_colon_belongs_to_the_section() -> None:
    section = find_sections(split_lines("Skills: Python, SQL"))[-1]

    assert (section.kind, section.lines[0].text) == (SectionKind.SKILLS, "Python, SQL")


def test_a_label_within_a_job_opens_no_section() -> None:
    text = "Experience\nEngineer, Acme\nTechnologies: Python, SQL\nKey Achievements:\n- Built"

    assert _kinds(text) == [SectionKind.EXPERIENCE]


def test_programming_languages_are_no_spoken_ones() -> None:
    assert _kinds("Skills\nLanguages: Python, C++") == [SectionKind.SKILLS]


def test_spoken_languages_within_the_skills_are_their_own_section() -> None:
    text = "Skills\nLanguages: English, German"

    assert _kinds(text) == [SectionKind.SKILLS, SectionKind.LANGUAGES]


def test_an_item_of_a_list_opens_no_section() -> None:
    assert _kinds("Skills\n• Leadership\n• Training\nTeaching") == [SectionKind.SKILLS]


def test_a_word_within_a_paragraph_opens_no_section() -> None:
    assert _kinds("I have much\nexperience\nwith boats") == []
