import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.evaluation.invented import known_facts, without_invented_facts
from core.parsing.lexicon import SkillEntry, SkillLexicon
from core.wiring.reading import technologies as real_technologies

_LEXICON = SkillLexicon.of(
    [
        SkillEntry("PostgreSQL", aliases=("Postgres",)),
        SkillEntry("Kafka"),
        SkillEntry("Apache Spark"),
    ]
)
_KNOWN = (
    "At Quillhaven Foods I cut the nightly import from 5 hours to 40 minutes with PostgreSQL. "
    "In 2022 we moved S3 buckets, and error rates fell by 12.5%."
)
_DIGITS = st.lists(
    st.one_of(st.sampled_from(list("0123456789[]?.,:/% \n")), st.text(max_size=3)), max_size=40
).map("".join)


_technologies = _LEXICON.find


def _checked(text: str, known: str = _KNOWN) -> str:
    return without_invented_facts(text, known_facts(known, _technologies))


@pytest.mark.parametrize(
    "honest",
    [
        "I cut the import from 5 hours to 40 minutes.",
        "It took five hours before.",
        "At Quillhaven Foods we used Postgres, and I measured first.",
        "In 2022 errors fell by 12.5%, also on S3.",
        "First I would ask what hurts. Then I look at the plan.",
        "Say it in an API by POST, with CI/CD and a B-tree.",
        "I served [how many users?] with [which technology?].",
        "We did two things, one after the other.",
    ],
)
def test_answer_made_of_known_facts_stays(honest: str) -> None:
    assert _checked(honest) == honest


@pytest.mark.parametrize(
    ("invented", "blanked"),
    [
        ("It served 300 users.", "It served [how many?] users."),
        ("We had twenty-five engineers.", "We had [how many?] engineers."),
        ("It ran for three whole weeks.", "It ran for [how many?] whole weeks."),
        ("It fell by 30%.", "It fell by [how many?]."),
        ("In 2019 I joined.", "In [which year?] I joined."),
        ("We used Kafka for it.", "We used [which technology?] for it."),
        ("Kafka was new.", "[which technology?] was new."),
        ("We ran apache spark there.", "We ran [which technology?] there."),
        ("I asked Marta Olsen about it.", "I asked [which?] about it."),
        ("Then Quillhaven Bakery called.", "Then Quillhaven [which?] called."),
        ("We kept it on EC2 then.", "We kept it on [which?] then."),
        ("Marta Olsen told me so.", "[which?] told me so."),
        ("At Marta Olsen's it ran.", "At [which?] it ran."),
        ("We were a team of five.", "We were a team of five."),
        ("We were a team of nine.", "We were a team of [how many?]."),
        ("Seven of us did it.", "[how many?] of us did it."),
    ],
)
def test_invented_fact_becomes_a_blank(invented: str, blanked: str) -> None:
    assert _checked(invented) == blanked


def test_every_mention_of_an_invented_technology_becomes_a_blank() -> None:
    assert "Kafka" not in _checked("We put Kafka in. " * 150)


def test_ordinary_word_that_is_also_an_invented_technology_stays() -> None:
    said = without_invented_facts(
        "I let it go after a week in Go and Kafka.",
        known_facts("A week of Kafka.", real_technologies),
    )
    assert said == "I let it go after a week in [which technology?] and Kafka."


def test_name_of_an_invented_technology_is_blanked_where_it_could_be_a_word_too() -> None:
    said = without_invented_facts(
        "I wrote it in Go and Kafka. Go was hard. React Native was not.",
        known_facts("Kafka, React Native.", real_technologies),
    )
    blank = "[which technology?]"
    assert said == f"I wrote it in {blank} and Kafka. {blank} was hard. React Native was not."


def test_question_within_a_blank_may_name_a_technology() -> None:
    assert _checked("I used [which Kafka topics?] then.") == "I used [which Kafka topics?] then."


def test_number_of_a_key_point_is_not_the_candidates_but_its_terms_may_be_used() -> None:
    terms = "Names Kafka and a budget of 200 ms for two teams."
    known = known_facts(_KNOWN, _technologies, terms)
    said = without_invented_facts("We put Kafka in, within 200 ms, for two teams.", known)
    assert said == "We put Kafka in, within [how many?] ms, for [how many?] teams."


def test_capitals_tell_no_names_where_all_nouns_have_them() -> None:
    german = (
        "Zuerst messe ich die Abfrage, dann lege ich einen Index auf die Tabelle an, weil die "
        "Datenbank sonst jede Zeile liest und der Nutzer auf das Ergebnis wartet."
    )
    assert _checked(german) == german


@given(_DIGITS, _DIGITS)
def test_every_number_outside_blanks_is_known(answer: str, known: str) -> None:
    left = re.sub(r"\[[^\[\]\n]*\?\]", " ", _checked(answer, known))
    assert set(re.findall(r"\d+", left)) <= set(re.findall(r"\d+", known))


@given(st.text(max_size=200))
def test_answer_that_is_all_known_stays_as_it_is(text: str) -> None:
    assert _checked(text, text) == text
