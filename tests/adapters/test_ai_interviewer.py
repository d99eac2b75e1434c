import json
import traceback
from typing import Any

import pytest

from core.adapters import model_conversation
from core.adapters.ai_interviewer import LEASE_MARGIN_SECONDS, PLAN_SECONDS, AIInterviewer
from core.adapters.model_conversation import TOTAL_SECONDS
from core.domain.errors import ModelError, ModelFault
from core.domain.evaluation import Evaluation, PartialEvaluation
from core.domain.interview import Interview
from core.domain.language_model import ReplyEnd, StopReason, Usage
from core.domain.narrative import PartialNarrative
from core.domain.question import Origin, Question
from core.parsing.lexicon import SkillEntry, SkillLexicon
from core.ports import Judging, Planning
from core.prompting.plan import questions_wanted
from tests.adapters.scripted_model import CUT, DECLINED, USAGE, Piece, ScriptedModel, in_pieces
from tests.builders import (
    ANSWER,
    NOW,
    a_judged_interview,
    a_plan,
    a_profile,
    a_question,
    a_setup,
    an_answered_interview,
    an_interview,
    real_content,
)
from tests.evaluation.replies import INDEX, MEASURE, reply_text


class Onlooker:
    """A watch that keeps all it was shown."""

    def __init__(self, *, is_cancelled: bool = False) -> None:
        self.seen: list[object] = []
        self._is_cancelled = is_cancelled

    def show(self, partial: object) -> None:
        self.seen.append(partial)

    def is_cancelled(self) -> bool:
        return self._is_cancelled


def _interviewer(model: ScriptedModel) -> AIInterviewer:
    lexicon = SkillLexicon.of([SkillEntry("Python"), SkillEntry("Kafka")])
    return AIInterviewer(model, real_content(), lexicon.find)


def _judging(**changes: Any) -> Judging:
    """The answered opener, asked with the question that replies are about."""
    interview = an_answered_interview(plan=a_plan(opener=a_question()))
    return Judging(interview, 1, 1, **changes)


def _judged(model: ScriptedModel, onlooker: Onlooker | None = None) -> Evaluation:
    return _interviewer(model).evaluate(_judging(), onlooker or Onlooker())


@pytest.fixture
def eager(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that arrives is shown."""
    monkeypatch.setattr(model_conversation, "SHOW_EVERY_SECONDS", 0.0)


# Judging


def test_judgement_is_marked_with_provider_and_model() -> None:
    assert _judged(ScriptedModel(reply_text())).evaluator == "anthropic/scripted"


def test_judgement_says_what_all_tries_took() -> None:
    assert _judged(ScriptedModel("no JSON", reply_text())).usage == USAGE + USAGE


@pytest.mark.usefixtures("eager")
def test_quotes_light_up_before_the_feedback_is_whole() -> None:
    onlooker = Onlooker()
    _judged(ScriptedModel(reply_text()), onlooker)
    partials = [seen for seen in onlooker.seen if isinstance(seen, PartialEvaluation)]
    first_lit = next(n for n, partial in enumerate(partials) if partial.evidence)
    feedback = partials[-1].feedback
    assert partials[first_lit].feedback == ""
    assert feedback == "You measure before you guess. Say which index."
    assert any(0 < len(partial.feedback) < len(feedback) for partial in partials[first_lit:])


@pytest.mark.usefixtures("eager")
def test_whatever_is_shown_of_the_answer_stands_in_it() -> None:
    onlooker = Onlooker()
    _judged(ScriptedModel(reply_text(evidence=[MEASURE, "I led forty people", INDEX])), onlooker)
    quotes = {
        (quote.quote, ANSWER[quote.start : quote.end])
        for seen in onlooker.seen
        if isinstance(seen, PartialEvaluation)
        for quote in seen.evidence
    }
    assert all(quote == part for quote, part in quotes)
    assert {quote for quote, _ in quotes} == {MEASURE.rstrip("."), INDEX}


def test_cancelled_judgement_ends() -> None:
    with pytest.raises(ModelError) as caught:
        _judged(ScriptedModel(reply_text()), Onlooker(is_cancelled=True))
    assert caught.value.fault is ModelFault.CANCELLED


def test_candidates_text_is_in_no_instruction() -> None:
    model = ScriptedModel(reply_text())
    _interviewer(model).evaluate(_judging(profile=a_profile()), Onlooker())
    (asked,) = model.requests
    assert ANSWER in asked.volatile
    assert ANSWER not in asked.instructions + asked.stable
    assert "Quillhaven" not in asked.instructions


def test_fence_is_another_one_each_time() -> None:
    model = ScriptedModel(reply_text(), reply_text())
    for _ in range(2):
        _judged(model)
    first, second = model.requests
    assert first.volatile != second.volatile
    assert first.stable == second.stable


def test_earlier_answers_are_told_without_their_scores() -> None:
    model = ScriptedModel(reply_text())
    interview = a_judged_interview().continue_()
    interview = interview.ask(a_question("second"), "Because.", interview.created_at)
    interview = interview.submit_answer(2, ANSWER, interview.created_at)
    _interviewer(model).evaluate(Judging(interview, 2, 1), Onlooker())
    (asked,) = model.requests
    assert "databases: I would measure first." in asked.volatile
    (told,) = [line for line in asked.volatile.splitlines() if "databases: I would" in line]
    assert "60" not in told


@pytest.mark.parametrize("turns", [1, 14])
def test_prompt_stays_within_its_budget(turns: int) -> None:
    model = ScriptedModel(reply_text())
    interview = an_interview(setup=a_setup(length=15, job_description="We run Kafka. " * 1400))
    interview = interview.start("It opens.", interview.created_at)
    for number in range(1, turns + 1):
        interview = interview.submit_answer(
            number, "I measured it first. " * 400, interview.created_at
        )
        if number < turns:
            interview = interview.go_on_unscored().ask(a_question(f"q{number}"), "So.", NOW)
    _interviewer(model).evaluate(Judging(interview, turns, 1, a_profile()), Onlooker())
    (asked,) = model.requests
    characters = len(asked.instructions) + len(asked.stable) + len(asked.volatile)
    assert characters < 4 * 10_000


def test_lease_outlasts_what_it_is_for() -> None:
    assert AIInterviewer.lease_seconds == TOTAL_SECONDS + LEASE_MARGIN_SECONDS
    assert AIInterviewer.plan_lease_seconds == PLAN_SECONDS + LEASE_MARGIN_SECONDS


# Planning


def _item(subject: str, **changes: Any) -> dict[str, Any]:
    item = {
        "text": f"Tell me about {subject}.",
        "rephrased": "",
        "kind": "technical",
        "competency": "databases",
        "difficulty": 3,
        "intent": "",
        "hint": "",
        "key_points": [
            {"id": "what", "text": "Says what it was.", "weight": 3},
            {"id": "why", "text": "Says why.", "weight": 2},
        ],
        "follow_ups": [],
        "source_quote": "",
        "source": "",
    }
    return item | changes


PLAN = json.dumps({"questions": [_item("harbours"), _item("tides"), _item("lighthouses")]})


def _planned(
    *scripts: str | list[Piece], planning: Planning | None = None
) -> tuple[list[Question | Usage], ScriptedModel]:
    model = ScriptedModel(*scripts)
    wanted = planning or Planning(an_interview(), a_profile())
    return list(_interviewer(model).questions(wanted, Onlooker())), model


def _fault_of_plan(*scripts: str | list[Piece]) -> ModelError:
    with pytest.raises(ModelError) as caught:
        _planned(*scripts)
    return caught.value


def test_questions_come_one_by_one_and_then_what_they_took() -> None:
    made, _ = _planned(PLAN)
    assert [q.text for q in made if isinstance(q, Question)] == [
        "Tell me about harbours.",
        "Tell me about tides.",
        "Tell me about lighthouses.",
    ]
    assert made[-1] == USAGE


def test_first_question_is_there_before_the_second_one_is_written() -> None:
    read: list[str] = []

    class Counted(ScriptedModel):
        def stream(self, *args: Any) -> Any:
            for piece in super().stream(*args):
                read.append(str(piece))
                yield piece

    questions = _interviewer(Counted(PLAN)).questions(Planning(an_interview()), Onlooker())
    first = next(questions)
    assert isinstance(first, Question)
    assert "tides" not in "".join(read)


def test_plan_has_a_deadline_of_its_own() -> None:
    _, model = _planned(PLAN)
    assert model.timeouts == [PLAN_SECONDS]


def test_plan_leaves_room_for_all_that_is_wanted() -> None:
    _, model = _planned(PLAN)
    (asked,) = model.requests
    wanted = questions_wanted(an_interview().setup.length)
    assert f"Questions wanted: {wanted}" in asked.volatile
    assert asked.max_output_tokens >= 400 * wanted


def test_question_that_was_asked_before_is_left_out() -> None:
    planning = Planning(an_interview(), None, asked=("Tell me about tides.",))
    made, model = _planned(PLAN, planning=planning)
    assert "Tell me about tides." not in [q.text for q in made if isinstance(q, Question)]
    assert "Tell me about tides." in model.requests[0].volatile


def test_question_of_the_candidates_own_is_not_asked_twice() -> None:
    own = a_question("own-1", text="Tell me about tides.", origin=Origin.OWN)
    planning = Planning(an_interview(plan=a_plan(questions=(own,))))
    made, _ = _planned(PLAN, planning=planning)
    assert len([q for q in made if isinstance(q, Question)]) == 2


def test_truncated_plan_keeps_its_questions() -> None:
    cut = PLAN[: PLAN.index("lighthouses")]
    made, _ = _planned([*in_pieces(cut)[:-1], CUT])
    assert len([q for q in made if isinstance(q, Question)]) == 2
    assert made[-1] == USAGE


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        (["I would rather not.", ReplyEnd(StopReason.COMPLETE, USAGE)], ModelFault.MALFORMED),
        ([ReplyEnd(StopReason.COMPLETE, USAGE)], ModelFault.MALFORMED),
        (['{"questions": []}', ReplyEnd(StopReason.COMPLETE, USAGE)], ModelFault.MALFORMED),
        ([PLAN[:100], CUT], ModelFault.TRUNCATED),
        ([DECLINED], ModelFault.REFUSED),
    ],
    ids=["prose", "nothing", "no questions", "cut", "declined"],
)
def test_plan_without_one_usable_question_is_an_error_that_says_what_it_took(
    script: list[Piece], fault: ModelFault
) -> None:
    error = _fault_of_plan(script)
    assert (error.fault, error.usage) == (fault, USAGE)


def test_plan_whose_line_breaks_gives_its_questions_first() -> None:
    cut = PLAN[: PLAN.index("lighthouses")]
    model = ScriptedModel([*in_pieces(cut)[:-1], ModelError(ModelFault.INTERRUPTED, "Claude")])
    questions = _interviewer(model).questions(Planning(an_interview()), Onlooker())
    made = [next(questions), next(questions)]
    assert all(isinstance(question, Question) for question in made)
    with pytest.raises(ModelError) as caught:
        next(questions)
    assert caught.value.fault is ModelFault.INTERRUPTED


def test_cancelled_plan_ends() -> None:
    questions = _interviewer(ScriptedModel(PLAN)).questions(
        Planning(an_interview()), Onlooker(is_cancelled=True)
    )
    with pytest.raises(ModelError) as caught:
        next(questions)
    assert caught.value.fault is ModelFault.CANCELLED


# The report


NARRATIVE = json.dumps(
    {
        "headline": "You measure first.",
        "strengths": [{"text": "You measure.", "position": 1, "quote": MEASURE}],
        "weaknesses": [{"text": "No outcome.", "position": 1, "quote": "I led forty people"}],
        "plan": [{"day_from": 1, "day_to": 7, "what": "Tell an outcome a day."}],
    }
)


def _over() -> Interview:
    judged = a_judged_interview()
    return judged.finish(judged.created_at)


def test_report_says_who_wrote_it_and_what_it_took() -> None:
    written = _interviewer(ScriptedModel(NARRATIVE)).narrate(_over(), Onlooker())
    assert written is not None
    narrative, usage = written
    assert (narrative.author, narrative.headline) == ("anthropic/scripted", "You measure first.")
    assert usage == USAGE


def test_report_quotes_only_what_was_said() -> None:
    written = _interviewer(ScriptedModel(NARRATIVE)).narrate(_over(), Onlooker())
    assert written is not None
    findings = (*written[0].strengths, *written[0].weaknesses)
    assert {finding.quote for finding in findings} == {MEASURE.rstrip(".")}


@pytest.mark.usefixtures("eager")
def test_report_is_shown_while_it_is_written() -> None:
    onlooker = Onlooker()
    _interviewer(ScriptedModel(NARRATIVE)).narrate(_over(), onlooker)
    headlines = [seen.headline for seen in onlooker.seen if isinstance(seen, PartialNarrative)]
    assert headlines[-1] == "You measure first."


# Secrets


def test_no_exception_tells_the_answer() -> None:
    with pytest.raises(ModelError) as caught:
        _judged(ScriptedModel("no", "no"))
    assert ANSWER not in "".join(traceback.format_exception(caught.value))
