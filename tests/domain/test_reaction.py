from itertools import product

import pytest

from core.domain.interview import Interview
from core.domain.interview_setup import Persona
from core.domain.question import Origin, Question
from core.domain.reaction import Acknowledgement, Lead, Phrases, acknowledgement, lead_to, reaction
from core.domain.turn import Turn
from tests.builders import (
    NOW,
    a_closing,
    a_question,
    a_setup,
    a_started_interview,
    an_evaluation,
    real_content,
)

_PHRASES = real_content().phrases
_LONG_ENOUGH = " and then we looked at it again" * 5


def _judged(answer: str, score: float = 60.0) -> Interview:
    interview = a_started_interview().submit_answer(1, answer, NOW)
    return interview.record_evaluation(1, 1, an_evaluation(score, evidence=(), criteria=()))


def _turn(answer: str, score: float = 60.0) -> Turn:
    return _judged(answer, score).turn_at(1)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("It took 3 days", Acknowledgement.NUMBER),
        ("For example we used a queue", Acknowledgement.EXAMPLE),
        ("I did it because it was slow", Acknowledgement.REASON),
        ("We did it that way", Acknowledgement.PLAIN),
    ],
)
def test_only_what_stands_in_the_answer_is_spoken_of(said: str, expected: Acknowledgement) -> None:
    assert acknowledgement(_turn(said + _LONG_ENOUGH)) is expected


def test_number_in_an_answer_that_missed_the_question_is_not_thanked_for() -> None:
    assert acknowledgement(_turn("It took 3 days" + _LONG_ENOUGH, 10)) is Acknowledgement.PLAIN


def test_number_in_a_few_words_is_not_thanked_for() -> None:
    assert acknowledgement(_turn("About 3 days.")) is Acknowledgement.PLAIN


def test_answer_without_any_judgement_is_only_acknowledged() -> None:
    answered = a_started_interview().submit_answer(1, "It took 3 days" + _LONG_ENOUGH, NOW)
    assert acknowledgement(answered.turn_at(1)) is Acknowledgement.PLAIN


def test_long_talk_that_missed_the_question_is_brought_back() -> None:
    assert acknowledgement(_turn("word " * 250, 10)) is Acknowledgement.LONG


def test_skipped_question_is_left() -> None:
    assert acknowledgement(a_started_interview().skip(1).turn_at(1)) is Acknowledgement.SKIPPED


@pytest.mark.parametrize(
    ("following", "expected"),
    [
        (a_question(origin=Origin.FOLLOW_UP), Lead.FOLLOW_UP),
        (a_question(origin=Origin.RESUME), Lead.RESUME),
        (a_closing(), Lead.CLOSING),
        (a_question(competency="security"), Lead.OTHER),
        (a_question(difficulty=4), Lead.DEEPER),
        (a_question(difficulty=1), Lead.SAME),
    ],
)
def test_lead_says_how_the_next_question_follows(following: Question, expected: Lead) -> None:
    assert lead_to(_turn("An answer."), following) is expected


@pytest.mark.parametrize("answer", ["It took 3 days" + _LONG_ENOUGH, "No."])
@pytest.mark.parametrize("competency", ["Databases", "C++ {and} more"])
def test_no_placeholder_is_left(answer: str, competency: str) -> None:
    said = reaction(_judged(answer), a_question(competency="security"), competency, _PHRASES)
    assert "{competency}" not in said
    assert competency.lower() in said


def _said_by(persona: Persona) -> str:
    interview = a_started_interview(setup=a_setup(persona=persona)).skip(1)
    return reaction(interview, a_question(competency="security"), "Security", _PHRASES)


def test_each_persona_says_it_in_its_own_words() -> None:
    assert len({_said_by(persona) for persona in Persona}) == len(Persona)


def test_persona_without_words_of_its_own_says_the_common_ones() -> None:
    own = Phrases({Acknowledgement.SKIPPED: ("Skipped.",)}, {})
    phrases = Phrases(_PHRASES.acknowledge, _PHRASES.lead, {Persona.DEMANDING: own})
    spoken = phrases.in_manner(Persona.DEMANDING)
    assert spoken.acknowledge[Acknowledgement.SKIPPED] == ("Skipped.",)
    assert spoken.acknowledge[Acknowledgement.PLAIN] == _PHRASES.acknowledge[Acknowledgement.PLAIN]
    assert spoken.lead == _PHRASES.lead


def test_same_interview_gets_the_same_words() -> None:
    first, second = (reaction(_judged("No."), a_question(), "Databases", _PHRASES) for _ in "ab")
    assert first == second


def test_words_vary_with_the_seed() -> None:
    said = {
        reaction(a_started_interview(setup=a_setup(seed=n)).skip(1), a_question(), "SQL", _PHRASES)
        for n in range(6)
    }
    assert len(said) > 1


def test_every_case_has_phrases() -> None:
    assert set(_PHRASES.acknowledge) == set(Acknowledgement)
    assert set(_PHRASES.lead) == set(Lead)
    assert all([*_PHRASES.acknowledge.values(), *_PHRASES.lead.values()])


@pytest.mark.parametrize("persona", Persona)
def test_only_leads_to_a_competency_name_it(persona: Persona) -> None:
    about_competency = {Lead.DEEPER, Lead.SAME, Lead.OTHER}
    for lead, phrases in _PHRASES.in_manner(persona).lead.items():
        assert {"{competency}" in phrase for phrase in phrases} == {lead in about_competency}


@pytest.mark.parametrize("persona", Persona)
def test_no_phrase_praises(persona: Persona) -> None:
    praise = ("great", "excellent", "perfect", "well done", "impressive", "correct", "right answer")
    phrases = [p for group in _PHRASES.in_manner(persona).acknowledge.values() for p in group]
    assert [(p, word) for p, word in product(phrases, praise) if word in p.lower()] == []


def test_evaluators_own_words_come_before_ours() -> None:
    interview = a_started_interview().submit_answer(1, "No.", NOW)
    own = an_evaluation(evidence=(), criteria=(), reaction="I can picture that.")
    judged = interview.record_evaluation(1, 1, own)
    said = reaction(judged, a_question(competency="security"), "Security", _PHRASES)
    assert said.startswith("I can picture that. ")
