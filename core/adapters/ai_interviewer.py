"""An interviewer that is a language model with the candidate's own key."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from hashlib import sha256
from secrets import token_hex

from core.adapters.model_conversation import TOTAL_SECONDS, ask
from core.domain.content import Content
from core.domain.errors import ModelError, ModelFault
from core.domain.evaluation import Evaluation
from core.domain.interview import Interview
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import ModelRequest, ReplyEnd, StopReason, Usage
from core.domain.narrative import Narrative
from core.domain.profile import CandidateProfile
from core.domain.question import Origin, Question
from core.domain.role import Competency
from core.evaluation.invented import TechnologiesIn
from core.evaluation.model_reply import Grounds, evaluation_of, grounds_of
from core.evaluation.narrative import narrative_of, partial_narrative
from core.evaluation.planned import planned_question
from core.evaluation.reply_json import parse_reply, partial_evaluation
from core.ports import Judging, LanguageModel, Planning, Watch
from core.prompting.context import InterviewContext, profile_text
from core.prompting.evaluate import EvaluationReply, earlier_line, evaluation_request
from core.prompting.plan import PlanStream, plan_request
from core.prompting.report import VERSION as REPORT_VERSION
from core.prompting.report import ReportReply, report_request

LEASE_MARGIN_SECONDS = 15.0
"""What storing and a slow machine may take on top of the call's own deadline."""
PLAN_SECONDS = 240.0
"""The deadline of a plan: twenty questions at 30 tokens a second, while the first ones are answered."""
_PLAN_FAULTS = {
    StopReason.COMPLETE: ModelFault.MALFORMED,
    StopReason.TRUNCATED: ModelFault.TRUNCATED,
    StopReason.REFUSED: ModelFault.REFUSED,
}


class AIInterviewer:
    """Fulfils `core.ports.Interviewer` with one call for each answer, one for the plan and the report."""

    is_paid = True
    lease_seconds = TOTAL_SECONDS + LEASE_MARGIN_SECONDS
    plan_lease_seconds = PLAN_SECONDS + LEASE_MARGIN_SECONDS

    def __init__(
        self,
        model: LanguageModel,
        content: Content,
        technologies_in: TechnologiesIn,
    ) -> None:
        """Take the model, the rubrics and competencies, and what finds the technologies in a text."""
        self._model = model
        self._content = content
        self._technologies_in = technologies_in
        self.name = InterviewerChoice(model.provider, model.model).name

    def evaluate(self, judging: Judging, watch: Watch) -> Evaluation:
        """One streamed call; quotes and feedback are shown as they close.

        What it is held against is found while the reply is on its way.
        """
        grounds = cache(partial(self.grounds, judging))
        reply, usage = ask(
            self._model,
            self.request(judging),
            lambda text: parse_reply(text, EvaluationReply),
            watch.is_cancelled,
            lambda text: watch.show(partial_evaluation(text, judging.answer, grounds().addressed)),
        )
        return self.judged(reply, grounds(), usage)

    def request(self, judging: Judging) -> ModelRequest:
        """What the model is asked to judge an answer."""
        return evaluation_request(
            self._context(judging.interview, judging.profile),
            judging.question,
            self._content.rubrics[judging.question.kind],
            judging.answer,
            [earlier_line(turn) for turn in judging.interview.turns[: judging.position - 1]],
            _nonce(),
            judging.dispute,
        )

    def grounds(self, judging: Judging) -> Grounds:
        """What replies to `request` are held against."""
        known = profile_text(judging.profile) if judging.profile else ""
        return grounds_of(judging.question, judging.answer, known, self._technologies_in)

    def judged(self, reply: EvaluationReply, grounds: Grounds, usage: Usage) -> Evaluation:
        """What of a reply to `request` holds."""
        rubric = self._content.rubrics[grounds.question.kind]
        return evaluation_of(reply, grounds, rubric, evaluator=self.name, usage=usage)

    def questions(self, planning: Planning, watch: Watch) -> Iterator[Question | Usage]:
        """One streamed call; each question as soon as it is complete and found new."""
        interview = planning.interview
        seen = [*planning.asked, *_own(interview)]
        stream, made = PlanStream(), 0
        request = self._plan_request(planning)
        for piece in self._model.stream(request, PLAN_SECONDS, watch.is_cancelled):
            if isinstance(piece, ReplyEnd):
                if not made:
                    raise self._no_question(piece)
                yield piece.usage
                return
            for item in stream.feed(piece):
                question = planned_question(
                    item, seen, _material(planning), self._competencies(interview)
                )
                if question is not None:
                    seen.append(question.text)
                    made += 1
                    yield question

    def narrate(self, interview: Interview, watch: Watch) -> tuple[Narrative, Usage] | None:
        """One streamed call; the headline and the findings are shown as they close."""
        turns = interview.scored_turns
        request = report_request(self._context(interview, None), turns, _nonce())
        narrative, usage = ask(
            self._model,
            request,
            lambda text: narrative_of(parse_reply(text, ReportReply), turns),
            watch.is_cancelled,
            lambda text: watch.show(partial_narrative(text, turns)),
        )
        return replace(narrative, author=self.name, version=REPORT_VERSION), usage

    def _no_question(self, end: ReplyEnd) -> ModelError:
        """What it means that a plan ended without one usable question."""
        return ModelError(_PLAN_FAULTS[end.stop], self._model.label, usage=end.usage)

    def _context(self, interview: Interview, profile: CandidateProfile | None) -> InterviewContext:
        """What all prompts of an interview share; the nonce is the interview's own."""
        setup = interview.setup
        nonce = sha256(f"{interview.id}:{setup.seed}".encode()).hexdigest()[:12]
        return InterviewContext(setup, profile, nonce, self._content.company(setup))

    def _plan_request(self, planning: Planning) -> ModelRequest:
        interview = planning.interview
        return plan_request(
            self._context(interview, planning.profile),
            interview.setup.length,
            self._competencies(interview),
            planning.asked,
            _own(interview),
            _nonce(),
        )

    def _competencies(self, interview: Interview) -> list[Competency]:
        """Those of the role and of the agenda, which the plan is spread over."""
        role = self._content.role(interview.setup.role_id)
        agenda = (slot.competency for slot in interview.plan.agenda)
        ids = dict.fromkeys([*(role.competencies if role else ()), *agenda])
        return [self._content.competencies[key] for key in ids if key in self._content.competencies]


def _nonce() -> str:
    return token_hex(6)


def _material(planning: Planning) -> str:
    """What a question may come from, to check its source in."""
    profile = profile_text(planning.profile) if planning.profile else ""
    return f"{profile}\n{planning.interview.setup.job_description}"


def _own(interview: Interview) -> list[str]:
    """The candidate's own questions."""
    return [q.text for q in interview.plan.questions if q.origin is Origin.OWN]
