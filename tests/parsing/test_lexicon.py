import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.profile import Span
from core.parsing.lexicon import SkillEntry, SkillLexicon

_LEXICON = SkillLexicon.of(
    [
        SkillEntry("Python", "languages"),
        SkillEntry("Java", "languages"),
        SkillEntry("Go", "languages", aliases=("Golang",), needs_context=True),
        SkillEntry("R", "languages", needs_context=True),
        SkillEntry("C", "languages", needs_context=True),
        SkillEntry("C++", "languages"),
        SkillEntry("C#", "languages"),
        SkillEntry("Objective-C", "languages"),
        SkillEntry(".NET", "frameworks", aliases=("dotnet",)),
        SkillEntry("ASP.NET", "frameworks"),
        SkillEntry("Node.js", "frameworks", aliases=("NodeJS",)),
        SkillEntry("Angular", "frameworks"),
        SkillEntry("Spring", "frameworks", needs_context=True),
        SkillEntry("Spring Boot", "frameworks"),
        SkillEntry("React", "frameworks", aliases=("React.js",), needs_context=True),
        SkillEntry("CI/CD", "practices"),
        SkillEntry("Machine learning", "practices"),
        SkillEntry("Supervised learning", "practices"),
        SkillEntry("HTML", "web"),
        SkillEntry("SQL", "databases"),
        SkillEntry("Docker", "tools"),
        SkillEntry("Teamwork", "soft skills", is_soft=True),
    ]
)


def _found(text: str, *listings: Span) -> list[str]:
    return [skill.name for skill in _LEXICON.find(text, listings)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("python", "Python"),
        ("Python 3.11", "Python"),
        ("Python3", "Python"),
        ("Java 8", "Java"),
        ("Angular 2+", "Angular"),
        ("HTML5", "HTML"),
        ("C++17", "C++"),
        ("C#", "C#"),
        (".NET 6", ".NET"),
        ("dotnet", ".NET"),
        ("ASP .NET", "ASP.NET"),
        ("node js", "Node.js"),
        ("Node-JS", "Node.js"),
        ("NodeJS", "Node.js"),
        ("ci / cd", "CI/CD"),
        ("CI-CD", "CI/CD"),
        ("Machine-Learning", "Machine learning"),
        ("machine\n    learning", "Machine learning"),
        ("Golang", "Go"),
    ],
)
def test_a_skill_is_found_however_it_is_written(text: str, name: str) -> None:
    assert _found(text) == [name]


def test_the_longest_name_wins() -> None:
    assert _found("Spring Boot and Objective-C") == ["Spring Boot", "Objective-C"]


def test_a_dot_at_the_end_of_a_sentence_joins_no_words() -> None:
    assert _found("Knows a machine. Learning fast") == []


def test_the_spans_are_where_the_skill_is_said() -> None:
    text = "Python at work, python at home"
    (skill,) = _LEXICON.find(text)

    assert [text[span.start : span.end] for span in skill.spans] == ["Python", "python"]


def test_a_skill_carries_its_category_and_softness() -> None:
    (skill,) = _LEXICON.find("Teamwork")

    assert (skill.category, skill.is_soft) == ("soft skills", True)


@pytest.mark.parametrize(
    "text",
    [
        "Programming languages: Go, R, C",
        "python, go, r and java",
        "C/C++",
        "Python · R",
        "Docker | Go",
        "- Python\n- Go\n- C",
        "Built services in Go for payments",
        "Using R to model churn",
        "Go developer",
        "Wrote Go services with Docker",
        "R programming",
        "C-based firmware in C",
    ],
)
def test_an_ordinary_word_among_technologies_is_a_skill(text: str) -> None:
    assert {"Go", "R", "C"} & set(_found(text))


@pytest.mark.parametrize(
    "text",
    [
        "Go home",
        "go to market with Java",
        "We go with Java",
        "Python. Go home",
        "I like Python, go hiking",
        "with Go to market strategy, SQL",
        "Go to Python meetups",
        "Go-to-market, SQL",
        "R&D manager with Python",
        "R & D with SQL",
        "C-level executives, Java",
        "Vitamin C, Python",
        "Series C, Python startup",
        "John C. Doe, Java",
        "Copyright (C) Java",
        "20 C, SQL",
        "C/O Java House",
        "I react in Java",
        "Spring 2019, Java course",
        "see https://example.com/r/java",
    ],
)
def test_an_ordinary_word_elsewhere_is_none(text: str) -> None:
    assert not {"Go", "R", "C", "React", "Spring"} & set(_found(text))


def test_a_listing_makes_an_ordinary_word_a_skill() -> None:
    assert _found("go", Span(0, 2)) == ["Go"]


def test_a_listing_does_not_make_a_sentence_a_skill() -> None:
    text = "Go the extra mile, C-level reports"

    assert _found(text, Span(0, len(text))) == []


def test_a_prefix_that_turns_a_name_into_another_is_heeded() -> None:
    assert _found("self-supervised learning") == []


def test_a_part_of_a_word_is_no_skill() -> None:
    assert _found("Javanese dockerish pythonic") == []


def test_of_two_entries_written_alike_the_first_counts() -> None:
    lexicon = SkillLexicon.of([SkillEntry("Qt", "first"), SkillEntry("QT", "second")])

    assert [skill.category for skill in lexicon.find("qt")] == ["first"]


def test_an_empty_lexicon_finds_nothing() -> None:
    assert SkillLexicon.of([]).find("Python") == ()


@given(st.text(alphabet=st.sampled_from(" ,/.-\n()&+#abcGoRCPythnjvN.ET3")))
def test_every_span_lies_within_the_text(text: str) -> None:
    for skill in _LEXICON.find(text):
        assert all(0 <= span.start < span.end <= len(text) for span in skill.spans)


@given(st.lists(st.sampled_from(["Python", "Java", "C#", "SQL", "Docker"]), unique=True))
def test_a_plain_list_of_skills_is_found_whole_and_in_order(names: list[str]) -> None:
    assert _found(", ".join(names)) == names


def test_slip_of_the_pen_is_near_its_known_name() -> None:
    lexicon = SkillLexicon.of([SkillEntry("Kubernetes", "Infrastructure")])
    assert lexicon.nearest("kuberntes") == "Kubernetes"


def test_other_word_is_near_nothing() -> None:
    lexicon = SkillLexicon.of([SkillEntry("Kubernetes", "Infrastructure")])
    assert lexicon.nearest("carpentry") == ""
