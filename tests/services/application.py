"""Puts the use cases together from doubles, each of which a test may replace."""

from collections.abc import Callable

from core.domain.evaluation import Evaluation
from core.domain.interview_plan import InterviewPlan
from core.domain.interview_setup import InterviewSetup
from core.domain.planning import Material
from core.domain.question import Question
from core.ports import Interviewer, Interviewers, Jobs
from core.services.interviewer_work import InterviewerWork
from core.services.interviewing import Interviewing
from tests.builders import a_plan, an_evaluation, real_content
from tests.doubles import FrozenClock, InlineJobs, MemoryStore, OneInterviewer, ScriptedInterviewer


def an_interviewing(
    *,
    interviewer: Interviewer | None = None,
    interviewers: Interviewers | None = None,
    jobs: Jobs | None = None,
    store: MemoryStore | None = None,
    clock: FrozenClock | None = None,
    find_skills: Callable[[str], frozenset[str]] = lambda _text: frozenset(),
    glance: Callable[[Question, str], Evaluation] = lambda _question, _answer: an_evaluation(),
) -> Interviewing:
    """The use cases with an interviewer who judges at once, on a store in memory.

    An interviewer that can plan, plans.
    """
    store = store or MemoryStore()
    clock = clock or FrozenClock()
    interviewer = interviewer or ScriptedInterviewer()
    work = InterviewerWork(
        store=store,
        interviewers=interviewers or OneInterviewer(interviewer),
        jobs=jobs or InlineJobs(),
        clock=clock,
        owner="this process",
    )
    return Interviewing(
        store=store,
        work=work,
        clock=clock,
        content=real_content(),
        find_skills=find_skills,
        plan=getattr(interviewer, "plan", _plan),
        glance=glance,
    )


def _plan(_setup: InterviewSetup, _material: Material) -> InterviewPlan:
    return a_plan()
