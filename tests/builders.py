"""Makes valid domain values for tests; each takes what a test wants different."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np

from core.adapters.content_files import read_content
from core.adapters.practice_interviewer import PracticeInterviewer
from core.domain.content import Content
from core.domain.document import DocumentKind, DocumentText
from core.domain.evaluation import (
    Coverage,
    CriterionJudgement,
    Evaluation,
    Evidence,
    KeyPointFinding,
    Remark,
)
from core.domain.interview import Interview
from core.domain.interview_plan import InterviewPlan, Slot
from core.domain.interview_setup import InterviewSetup
from core.domain.profile import CandidateProfile, PartialDate, Position, Project, Skill
from core.domain.question import FollowUp, KeyPoint, Kind, Origin, Question, Seniority
from core.domain.resume import Resume
from core.domain.resume_file import ResumeFile, fingerprint_of
from core.domain.rubric import Criterion
from core.domain.scoring import score_range
from core.evaluation.forest import Forest

DATA = Path(__file__).parents[1] / "data"
GRADER = DATA / "grader"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
ALICE = UUID("aaaaaaaa-0000-4000-8000-000000000001")
BOB = UUID("bbbbbbbb-0000-4000-8000-000000000002")
INTERVIEW_ID = UUID("11111111-0000-4000-8000-000000000003")
RESUME_ID = UUID("22222222-0000-4000-8000-000000000004")
ANSWER = "I would measure first. Then I add an index, because the table is scanned."
KEY_POINTS = (
    KeyPoint("measure", "Measure before changing anything.", 3, ("measure first",)),
    KeyPoint("index", "An index avoids scanning the table.", 2, ("add an index",)),
    KeyPoint("verify", "Verify that it became faster.", 1, ("compare before and after",)),
)
LEVELS = dict.fromkeys(Criterion, 3.0)


@cache
def real_content() -> Content:
    """Everything under `data/`, read once."""
    return read_content(DATA)


@cache
def real_interviewer() -> PracticeInterviewer:
    """The built-in interviewer on it, who reads what it learned once."""
    return PracticeInterviewer(real_content(), GRADER)


def a_question(question_id: str = "slow-query", **changes: Any) -> Question:
    """A technical question with three key points and two follow-ups."""
    question = Question(
        id=question_id,
        text="A page became slow after the table grew. What do you do?",
        kind=Kind.TECHNICAL,
        competency="databases",
        difficulty=3,
        intent="Do they measure before they guess?",
        rephrased="How do you find out why a query is slow, and what helps?",
        hint="Where does the time go?",
        key_points=KEY_POINTS,
        reference_answer=ANSWER,
        follow_ups=(
            FollowUp("index", "Which index would you add?"),
            FollowUp("verify", "How do you know that it helped?"),
        ),
    )
    return replace(question, **changes)


def an_opener() -> Question:
    """The first question."""
    return a_question("opener", text="Tell me about yourself.", origin=Origin.OPENER, difficulty=1)


def a_closing() -> Question:
    """The last question, which is not scored."""
    return a_question("closing", origin=Origin.CLOSING, is_scored=False, key_points=())


def a_setup(**changes: Any) -> InterviewSetup:
    """An interview of four questions for a mid-level backend engineer."""
    setup = InterviewSetup(
        role_title="Backend Engineer",
        seniority=Seniority.MID,
        role_id="backend",
        length=4,
        seed=7,
    )
    return replace(setup, **changes)


def a_plan(**changes: Any) -> InterviewPlan:
    """Two competencies in turn, each with three questions at every difficulty, without follow-ups."""
    competencies = ("databases", "api-design")
    plan = InterviewPlan(
        opener=an_opener(),
        questions=tuple(
            a_question(f"{c}-{n}{letter}", competency=c, difficulty=n, follow_ups=())
            for c in competencies
            for n in range(1, 6)
            for letter in "abc"
        ),
        agenda=tuple(Slot(competencies[n % 2]) for n in range(14)),
        closing=a_closing(),
    )
    return replace(plan, **changes)


def an_interview(**changes: Any) -> Interview:
    """An interview that has not begun."""
    interview = Interview(INTERVIEW_ID, a_setup(), a_plan(), NOW)
    return replace(interview, **changes)


def a_started_interview(**changes: Any) -> Interview:
    """An interview whose opener is asked."""
    return an_interview(**changes).start("Interviews open with this.", NOW)


def an_answered_interview(answer: str = ANSWER, **changes: Any) -> Interview:
    """An interview whose opener is answered and waits for its judgement."""
    return a_started_interview(**changes).submit_answer(1, answer, NOW)


def a_judged_interview(evaluation: Evaluation | None = None, **changes: Any) -> Interview:
    """An interview whose opener is judged."""
    answered = an_answered_interview(**changes)
    return answered.record_evaluation(1, 1, evaluation or an_evaluation())


def an_evaluation(score: float = 60.0, **changes: Any) -> Evaluation:
    """A judgement of `ANSWER` with two quotes, a strength and an improvement."""
    quotes = tuple(_quoted(text) for text in ("I would measure first.", "Then I add an index"))
    evaluation = Evaluation(
        evaluator="scripted",
        version="1",
        overall=score_range(score, 10.0),
        criteria=judgements(LEVELS),
        evidence=quotes,
        key_points=(
            KeyPointFinding("measure", KEY_POINTS[0].text, Coverage.COVERED, 3, 0),
            KeyPointFinding("index", KEY_POINTS[1].text, Coverage.PARTLY, 2, 1),
        ),
        feedback="You measure before you guess.",
        strengths=(Remark("You measure first.", 0),),
        improvements=(Remark("Say which index.", 1),),
        better_answer="I would measure first. [say how you verify it]",
    )
    return replace(evaluation, **changes)


def a_void_evaluation() -> Evaluation:
    """A judgement in which nothing could be assessed."""
    nothing = judgements(dict.fromkeys(Criterion))
    return Evaluation("scripted", "1", None, nothing, feedback="It is not in English.")


def judgements(levels: dict[Criterion, Any]) -> tuple[CriterionJudgement, ...]:
    """One judgement for each criterion named, None for one that was not assessed."""
    return tuple(CriterionJudgement(c, level, "Because.", (0,)) for c, level in levels.items())


def findings(
    missing: tuple[str, ...] = (), partly: tuple[str, ...] = ()
) -> tuple[KeyPointFinding, ...]:
    """What became of the three key points of `a_question`; all others are covered."""
    return tuple(
        KeyPointFinding(k.id, k.text, _coverage(k.id, missing, partly), k.weight)
        for k in KEY_POINTS
    )


def _coverage(key: str, missing: tuple[str, ...], partly: tuple[str, ...]) -> Coverage:
    if key in missing:
        return Coverage.MISSING
    return Coverage.PARTLY if key in partly else Coverage.COVERED


def _quoted(text: str) -> Evidence:
    start = ANSWER.index(text)
    return Evidence(text, start, start + len(text))


def a_profile(**changes: Any) -> CandidateProfile:
    """An invented candidate with two jobs, a project and three skills."""
    profile = CandidateProfile(
        name="Ilva Brandmere",
        positions=(
            Position(
                title="Backend Engineer",
                company="Quillhaven Foods",
                start=PartialDate(2022, 4),
                is_current=True,
                highlights=("Cut the nightly import from 5 hours to 40 minutes.",),
            ),
            Position("Junior Developer", "Tarnwell Maps", PartialDate(2019), PartialDate(2022, 3)),
        ),
        projects=(Project("Tidewatch", "Tells sailors when a harbour falls dry."),),
        skills=(Skill("Python"), Skill("PostgreSQL"), Skill("Mentoring", is_soft=True)),
    )
    return replace(profile, **changes)


def a_resume(**changes: Any) -> Resume:
    """The resume of `a_profile`."""
    text = DocumentText("Ilva Brandmere\nBackend Engineer", DocumentKind.TEXT)
    return replace(Resume(RESUME_ID, text, a_profile(), NOW), **changes)


def a_forest(low: float, high: float, at: float, stump: float | None = None) -> Forest:
    """One tree that splits the first feature, and a second of one leaf where a stump is given."""
    values = [0.0, low, high] + ([] if stump is None else [stump])
    rows = np.arange(len(values), dtype=np.int32)
    return Forest(
        roots=np.array([0] if stump is None else [0, 3], np.int32),
        feature=np.zeros(len(values), np.int8),
        threshold=np.full(len(values), at, np.float32),
        left=np.where(rows == 0, 1, rows).astype(np.int32),
        right=np.where(rows == 0, 2, rows).astype(np.int32),
        value=np.array(values, np.float32),
        depth=1,
    )


def a_resume_file(**changes: Any) -> ResumeFile:
    """A text file of `a_resume`."""
    file_id = changes.get("id", uuid4())
    file = ResumeFile(
        id=file_id,
        resume_id=a_resume().id,
        kind=DocumentKind.TEXT,
        size=6,
        fingerprint=fingerprint_of(b"Resume"),
        stored_as=f"{ALICE}/{file_id}.txt",
        kept_at=NOW,
    )
    return replace(file, **changes)
