"""A clock that is set a day forward or back in the middle of an interview."""

from dataclasses import replace
from typing import Any

import pytest

from core.domain.interview import Interview, Phase
from core.domain.interview_setup import TimeLimits
from core.domain.timing import seconds_left, used_seconds
from core.services.interviewing import Interviewing
from tests.builders import ALICE, a_setup
from tests.doubles import FrozenClock, IdleJobs, InlineJobs, OneInterviewer, ScriptedInterviewer
from tests.services.application import an_interviewing

_DAY = 86_400.0
_both_ways = pytest.mark.parametrize("jump", [-_DAY, _DAY])


def _interviewing(
    jobs: IdleJobs | InlineJobs, interviewer: ScriptedInterviewer | None = None
) -> Interviewing:
    return an_interviewing(interviewer=interviewer or ScriptedInterviewer(), jobs=jobs)


def _jump(interviewing: Interviewing, seconds: float) -> None:
    assert isinstance(interviewing.clock, FrozenClock)
    interviewing.clock.advance(seconds)


def _started(interviewing: Interviewing, **setup: Any) -> Interview:
    return interviewing.start_interview(ALICE, a_setup(**setup))


@_both_ways
def test_answer_waiting_for_its_judgement_gets_it_once(jump: float) -> None:
    jobs, interviewer = IdleJobs(), ScriptedInterviewer()
    interviewing = _interviewing(jobs, interviewer)
    interview = _started(interviewing)
    interviewing.submit_answer(ALICE, interview.id, 1, "I would measure first.")
    _jump(interviewing, jump)
    interviewing.wait_for_work(ALICE, interview.id, 0.0)
    jobs.work_off()
    assert interviewing.interview(ALICE, interview.id).phase is Phase.FEEDBACK
    assert len(interviewer.judged) == 1


@_both_ways
def test_judgement_that_began_before_the_jump_is_kept_after_it(jump: float) -> None:
    interviewing = _interviewing(InlineJobs())
    jumping = _JumpingInterviewer(interviewing, jump)
    interview = _started(interviewing)
    work = replace(interviewing.work, interviewers=OneInterviewer(jumping))
    during = replace(interviewing, work=work)
    during.submit_answer(ALICE, interview.id, 1, "I would measure first.")
    judged = during.wait_for_work(ALICE, interview.id, 0.0)
    assert (judged.phase, len(jumping.judged)) == (Phase.FEEDBACK, 1)


class _JumpingInterviewer(ScriptedInterviewer):
    """The clock is set while it judges."""

    def __init__(self, interviewing: Interviewing, jump: float) -> None:
        super().__init__()
        self._interviewing = interviewing
        self._jump = jump

    def evaluate(self, *arguments: Any) -> Any:
        _jump(self._interviewing, self._jump)
        return super().evaluate(*arguments)


def test_clock_set_back_takes_no_time_away_and_gives_no_more_than_the_limit() -> None:
    interviewing = _interviewing(InlineJobs())
    interview = _started(interviewing, limits=TimeLimits(question_seconds=60))
    _jump(interviewing, -_DAY)
    assert seconds_left(interview, interviewing.clock.now()) == 60


def test_clock_set_forward_ends_no_interview_whose_limit_is_longer_than_a_question_counts() -> None:
    interviewing = _interviewing(InlineJobs())
    interview = _started(interviewing, limits=TimeLimits(interview_seconds=1800))
    _jump(interviewing, _DAY)
    interviewing.submit_answer(ALICE, interview.id, 1, "I would measure first.")
    following = interviewing.next_question(ALICE, interview.id, 1)
    assert following.current.question.is_scored


@_both_ways
def test_interview_goes_on_to_its_end_after_a_jump(jump: float) -> None:
    interviewing = _interviewing(InlineJobs())
    interview = _started(interviewing, length=1)
    _jump(interviewing, jump)
    interviewing.submit_answer(ALICE, interview.id, 1, "I would measure first.")
    interviewing.next_question(ALICE, interview.id, 1)
    finished = interviewing.skip_question(ALICE, interview.id, 2)
    assert finished.phase is Phase.COMPLETE
    assert used_seconds(finished, interviewing.clock.now()) >= 0
