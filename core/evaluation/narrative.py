"""A model's report as a narrative: quotes are checked at their answers, scores in prose go."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from core.domain.narrative import Finding, Narrative, PartialNarrative, PracticeStep
from core.domain.turn import Turn
from core.evaluation.plain import plain_words
from core.evaluation.quotes import Quotes
from core.evaluation.reply_json import UnusableReplyError, partial_items, partial_object
from core.evaluation.scorelike import without_scores
from core.prompting.report import PLAN_DAYS, FindingReply, ReportReply, StepReply

MOST_FINDINGS = 4
MOST_STEPS = 8
_HEADLINE_CHARACTERS = 300
_NOTHING_HOLDS = "No strength or weakness has a quote that stands in the answer at its position, and there is no plan."
_TEXT_CHARACTERS = 500

_Prose = Callable[[str], str]


def narrative_of(reply: ReportReply, turns: Sequence[Turn]) -> Narrative:
    """What of a reply holds: findings whose quote is in the answer at their position, words without scores.

    A number that the candidate said themselves is no score. UnusableReplyError where nothing holds that
    a candidate could use.
    """
    answers = _answers(turns)
    prose = _prose(answers)
    narrative = Narrative(
        headline=prose(plain_words(reply.headline, _HEADLINE_CHARACTERS)),
        strengths=_findings(reply.strengths, answers, prose),
        weaknesses=_findings(reply.weaknesses, answers, prose),
        plan=_plan(reply.plan, prose),
    )
    if not (narrative.strengths or narrative.weaknesses or narrative.plan):
        raise UnusableReplyError([_NOTHING_HOLDS])
    return narrative


def partial_narrative(text: str, turns: Sequence[Turn]) -> PartialNarrative:
    """What an unfinished report says so far, checked like the whole."""
    answers = _answers(turns)
    prose = _prose(answers)
    closed = partial_object(text)
    headline = partial_object(text, with_open_strings=True).get("headline")
    return PartialNarrative(
        headline=prose(plain_words(headline, _HEADLINE_CHARACTERS))
        if isinstance(headline, str)
        else "",
        strengths=_findings(_complete(closed.get("strengths")), answers, prose),
        weaknesses=_findings(_complete(closed.get("weaknesses")), answers, prose),
    )


def _answers(turns: Iterable[Turn]) -> dict[int, str]:
    return {turn.position: turn.latest.answer for turn in turns if turn.latest}


def _prose(answers: Mapping[int, str]) -> _Prose:
    said = "\n".join(answers.values())
    return lambda text: without_scores(text, said)


def _complete(value: object) -> list[FindingReply]:
    found: list[FindingReply] = []
    for item in partial_items(value):
        found += _finding_reply(item)
    return found


def _finding_reply(item: Mapping[str, Any]) -> list[FindingReply]:
    try:
        return [FindingReply.model_validate(item)]
    except ValidationError:
        return []


def _findings(
    replies: Iterable[FindingReply], answers: Mapping[int, str], prose: _Prose
) -> tuple[Finding, ...]:
    found = []
    for reply in replies:
        evidence = Quotes(answers.get(reply.position, ""), [reply.quote]).evidence
        text = prose(plain_words(reply.text, _TEXT_CHARACTERS))
        if evidence and text:
            found.append(Finding(text, reply.position, evidence[0].quote))
    return tuple(found[:MOST_FINDINGS])


def _plan(steps: Iterable[StepReply], prose: _Prose) -> tuple[PracticeStep, ...]:
    """The steps in the order of their days, within the days there are."""
    found = []
    for step in steps:
        what = prose(plain_words(step.what, _TEXT_CHARACTERS))
        first = _day(step.day_from)
        if what:
            found.append(PracticeStep(first, max(first, _day(step.day_to)), what))
    return tuple(sorted(found, key=lambda step: (step.day_from, step.day_to)))[:MOST_STEPS]


def _day(number: int) -> int:
    return min(PLAN_DAYS, max(1, number))
