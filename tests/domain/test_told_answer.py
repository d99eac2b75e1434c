from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from core.domain.history import AnswerSummary
from core.domain.question import Kind
from core.domain.scoring import score_range
from core.domain.told_answer import MOST_TOLD, best_told
from tests.builders import INTERVIEW_ID, NOW

TOLD = AnswerSummary(
    position=1,
    number=1,
    question_id="proud",
    question="What are you proud of?",
    kind=Kind.BEHAVIORAL,
    competency="ownership",
    difficulty=2,
    submitted_at=NOW,
    overall=score_range(60.0, 10.0),
)
SECOND = replace(TOLD, number=2)


def test_best_attempt_of_a_turn_is_taken() -> None:
    better = replace(SECOND, overall=score_range(80.0, 10.0))
    worse = replace(SECOND, overall=score_range(20.0, 10.0))
    assert best_told({INTERVIEW_ID: [TOLD, better]}) == {(INTERVIEW_ID, 1, 2): better}
    assert best_told({INTERVIEW_ID: [TOLD, worse]}) == {(INTERVIEW_ID, 1, 1): TOLD}


def test_of_equal_attempts_the_later_is_taken() -> None:
    assert best_told({INTERVIEW_ID: [TOLD, SECOND]}) == {(INTERVIEW_ID, 1, 2): SECOND}


def test_other_kinds_and_answers_without_a_score_are_left_out() -> None:
    others = [
        replace(TOLD, kind=Kind.TECHNICAL),
        replace(TOLD, kind=Kind.SITUATIONAL, position=2),
        replace(TOLD, overall=None, position=3),
    ]
    assert best_told({INTERVIEW_ID: others}) == {}


def test_newest_ones_are_taken_of_too_many() -> None:
    many = {
        UUID(int=n): [replace(TOLD, submitted_at=NOW + timedelta(days=n))]
        for n in range(MOST_TOLD + 5)
    }
    found = list(best_told(many))
    assert len(found) == MOST_TOLD
    assert found[0] == (UUID(int=MOST_TOLD + 4), 1, 1)
