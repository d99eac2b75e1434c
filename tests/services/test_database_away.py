"""The database goes away in the middle of the work: nothing is lost, nothing is done or charged twice."""

from dataclasses import replace
from uuid import UUID

import pytest

from core.domain.attempt import EvaluationStatus
from core.domain.errors import ModelError, ModelFault, StoreAwayError
from core.domain.interview import Interview, Phase
from core.domain.language_model import Usage
from core.ports import Change, Follow
from core.services.interviewer_work import STORE_PAUSES_SECONDS
from core.services.interviewing import Interviewing
from tests.builders import ALICE, a_setup
from tests.doubles import (
    FailingInterviewer,
    FrozenClock,
    IdleJobs,
    MemoryStore,
    ScriptedInterviewer,
)
from tests.services.application import an_interviewing

ANSWER = "I would measure first, because guessing costs time."
ALWAYS = len(STORE_PAUSES_SECONDS) + 1


class AwayStore(MemoryStore):
    """Refuses `refusals` changes. Where it `hears`, what it refuses is stored: the reply was lost."""

    def __init__(self, *, hears: bool = False) -> None:
        super().__init__()
        self.refusals = 0
        self._hears = hears

    def change_interview(
        self,
        user_id: UUID,
        interview_id: UUID,
        change: Change,
        then: Follow | None = None,
        known: Interview | None = None,
    ) -> Interview:
        if not self.refusals:
            return super().change_interview(user_id, interview_id, change, then, known)
        self.refusals -= 1
        if self._hears:
            super().change_interview(user_id, interview_id, change, then, known)
        raise StoreAwayError


class Scene:
    """An interview whose first answer waits to be judged by a paid interviewer."""

    def __init__(self, interviewer: ScriptedInterviewer, *, hears: bool = False) -> None:
        self.store = AwayStore(hears=hears)
        self.jobs = IdleJobs()
        self.clock = FrozenClock()
        self.pauses: list[float] = []
        made = an_interviewing(
            interviewer=interviewer, store=self.store, jobs=self.jobs, clock=self.clock
        )
        self.interviewing: Interviewing = replace(
            made, work=replace(made.work, sleep=self.pauses.append)
        )
        self.id = self.interviewing.start_interview(ALICE, a_setup()).id
        self.interviewing.submit_answer(ALICE, self.id, 1, ANSWER)

    def judge(self, refusals: int) -> Interview:
        """Do the work while the database refuses so many changes."""
        self.store.refusals = refusals
        self.jobs.work_off()
        self.store.refusals = 0
        return self.interview

    @property
    def interview(self) -> Interview:
        return self.interviewing.interview(ALICE, self.id)


@pytest.mark.parametrize("hears", [False, True])
def test_judgement_is_stored_once_when_the_database_is_back(*, hears: bool) -> None:
    interviewer = ScriptedInterviewer(is_paid=True)
    scene = Scene(interviewer, hears=hears)
    stored = scene.judge(refusals=3)
    assert [attempt.status for attempt in stored.turn_at(1).attempts] == [EvaluationStatus.DONE]
    assert stored.phase is Phase.FEEDBACK
    assert len(interviewer.judged) == 1
    assert scene.pauses == list(STORE_PAUSES_SECONDS[:3])


@pytest.mark.parametrize("hears", [False, True])
def test_failure_and_its_tokens_are_stored_once_when_the_database_is_back(*, hears: bool) -> None:
    used = Usage(100, 0, 50)
    broken = FailingInterviewer(ModelError(ModelFault.MALFORMED, "OpenAI", usage=used))
    stored = Scene(broken, hears=hears).judge(refusals=2)
    assert stored.turn_at(1).attempts[0].status is EvaluationStatus.FAILED
    assert stored.usage == used


def test_answer_waits_while_the_database_stays_away_and_is_judged_later() -> None:
    interviewer = ScriptedInterviewer()
    scene = Scene(interviewer)
    assert scene.judge(refusals=ALWAYS).phase is Phase.PROCESSING
    scene.clock.advance(interviewer.lease_seconds + 1)
    scene.interviewing.start_work(ALICE, scene.interview)
    assert scene.judge(refusals=0).phase is Phase.FEEDBACK


def test_paid_judgement_that_could_not_be_stored_is_not_paid_for_again_unasked() -> None:
    interviewer = ScriptedInterviewer(is_paid=True)
    scene = Scene(interviewer)
    scene.judge(refusals=ALWAYS)
    scene.clock.advance(interviewer.lease_seconds + 1)
    scene.interviewing.start_work(ALICE, scene.interview)
    (attempt,) = scene.judge(refusals=0).turn_at(1).attempts
    assert attempt.status is EvaluationStatus.FAILED
    assert "may be charged again" in attempt.failure
    assert len(interviewer.judged) == 1


@pytest.mark.parametrize("hears", [False, True])
def test_answer_sent_again_is_one_answer(*, hears: bool) -> None:
    scene = Scene(ScriptedInterviewer(), hears=hears)
    scene.judge(refusals=0)
    scene.interviewing.next_question(ALICE, scene.id, 1)
    scene.store.refusals = 1
    with pytest.raises(StoreAwayError):
        scene.interviewing.submit_answer(ALICE, scene.id, 2, ANSWER)
    scene.interviewing.submit_answer(ALICE, scene.id, 2, ANSWER)
    assert [attempt.answer for attempt in scene.interview.turn_at(2).attempts] == [ANSWER]
