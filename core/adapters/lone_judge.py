"""Judges single answers by the product's own prompt, without an interview around them."""

from datetime import UTC, datetime
from uuid import uuid4

from core.adapters.ai_interviewer import AIInterviewer
from core.domain.evaluation import Evaluation
from core.domain.interview import Interview
from core.domain.interview_plan import InterviewPlan
from core.domain.interview_setup import InterviewSetup
from core.domain.language_model import NO_USAGE, ModelRequest
from core.domain.question import Question, Seniority
from core.evaluation.reply_json import parse_reply
from core.ports import Judging
from core.prompting.evaluate import EvaluationReply


class _NobodyWatches:
    """A Watch for work that is waited for."""

    def show(self, partial: object) -> None:
        """Nothing."""

    def is_cancelled(self) -> bool:
        """Never."""
        return False


class LoneJudge:
    """One model as a judge of answers, for the command line and for benches."""

    def __init__(self, interviewer: AIInterviewer) -> None:
        """Take the interviewer that asks the model."""
        self._interviewer = interviewer
        self.name = interviewer.name

    def evaluate(self, question: Question, answer: str) -> Evaluation:
        """The judgement; ModelError where none could be had."""
        return self._interviewer.evaluate(_judging(question, answer), _NobodyWatches())

    def request(self, question: Question, answer: str) -> ModelRequest:
        """The exact request, to be sent by other means."""
        return self._interviewer.request(_judging(question, answer))

    def evaluation(self, reply: str, question: Question, answer: str) -> Evaluation:
        """What of a reply to `request` holds; UnusableReplyError where it is none."""
        parsed = parse_reply(reply, EvaluationReply)
        grounds = self._interviewer.grounds(_judging(question, answer))
        return self._interviewer.judged(parsed, grounds, NO_USAGE)


def _judging(question: Question, answer: str) -> Judging:
    """The answer as the only one of an interview for somebody of middle experience."""
    now = datetime.now(UTC)
    plan = InterviewPlan(question, (), (), question)
    setup = InterviewSetup("the role that the question belongs to", Seniority.MID, length=1)
    interview = Interview(uuid4(), setup, plan, now).start("", now)
    return Judging(interview.submit_answer(1, answer, now), 1, 1)
