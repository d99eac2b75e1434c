from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from core.domain.consistency import is_consistent
from core.domain.evaluation import CriterionJudgement, Evaluation, Evidence, ScoreRange
from core.domain.interview import Interview, Phase
from core.domain.interview_plan import InterviewPlan, Slot
from core.domain.interview_setup import InterviewSetup
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.question import Kind, Question, Seniority
from core.domain.rubric import Criterion
from core.domain.second_look import SecondLook
from tests.known_providers import OPENAI

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ANSWER = "I measured first, because guesses cost time."
EVALUATION = Evaluation(
    "built-in",
    "1",
    ScoreRange(60, 30, 90),
    (CriterionJudgement(Criterion.DEPTH, 3.0, "It gives a reason.", (0,)),),
    (Evidence(ANSWER[:16], 0, 16),),
)


def held() -> Interview:
    question = Question("q", "Why?", Kind.TECHNICAL, "testing", 3)
    plan = InterviewPlan(question, (question,), (Slot("testing"),), question)
    interview = Interview(UUID(int=1), InterviewSetup("Tester", Seniority.MID), plan, NOW)
    started = interview.start("It opens.", NOW).submit_answer(1, ANSWER, NOW)
    return started.record_evaluation(1, 1, EVALUATION)


def test_interview_that_was_held_is_consistent() -> None:
    assert is_consistent(held())
    assert is_consistent(held().finish(NOW))


def looked_at_again() -> Interview:
    """As `held`, while its answer is being judged once more."""
    ai = InterviewerChoice(OPENAI, "a-model")
    return held().switch_interviewer(ai).rate_self(1, 1, 4).dispute(1, 1, "It was right.")


def test_interview_with_a_second_look_is_consistent() -> None:
    assert is_consistent(looked_at_again())
    assert is_consistent(looked_at_again().record_failure(1, 1, "It broke."))
    assert is_consistent(
        looked_at_again().record_evaluation(1, 1, replace(EVALUATION, version="2"))
    )


def changed_attempt(interview: Interview, **changes: object) -> Interview:
    attempt = replace(interview.turns[0].attempts[0], **changes)  # type: ignore[arg-type]
    return replace(interview, turns=(replace(interview.turns[0], attempts=(attempt,)),))


def changed_evaluation(**changes: object) -> Interview:
    return changed_attempt(held(), evaluation=replace(EVALUATION, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "forged",
    [
        replace(held(), turns=()),
        replace(held(), name="x" * 81),
        replace(held(), tags=("calm", "Calm")),
        replace(held(), tags=tuple("abcdefghi")),
        replace(held(), phase=Phase.COMPLETE),
        replace(held(), phase=Phase.PROCESSING),
        replace(held(), turns=(*held().turns, *held().turns)),
        replace(held(), turns=(replace(held().turns[0], position=5),)),
        replace(held(), created_at=NOW.replace(tzinfo=None)),
        replace(held(), setup=replace(held().setup, length=99)),
        changed_evaluation(overall=ScoreRange(9999, 0, 100)),
        changed_evaluation(overall=None),
        changed_evaluation(evidence=(Evidence("never said this", 0, 16),)),
        changed_evaluation(evidence=()),
        changed_evaluation(criteria=(CriterionJudgement(Criterion.DEPTH, 42.0, "Great."),)),
        changed_attempt(held(), self_rating=6),
        changed_attempt(held(), second_look=SecondLook("", replace(EVALUATION, evidence=()))),
        changed_attempt(looked_at_again(), evaluation=None),
    ],
)
def test_forged_interview_is_not_consistent(forged: Interview) -> None:
    assert not is_consistent(forged)
