import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.narrative import Finding, Narrative, PracticeStep
from core.evaluation.narrative import narrative_of, partial_narrative
from core.evaluation.reply_json import UnusableReplyError
from core.prompting.report import ReportReply
from tests.prompting.prompts import a_turn

_TURNS = (a_turn(1), a_turn(2, "We cut errors by 75% in May, and I told nobody why."))


def _finding(
    text: str = "You measure.", position: int = 1, quote: str = "I would measure first"
) -> dict[str, Any]:
    return {"text": text, "position": position, "quote": quote}


def _data(**changes: Any) -> dict[str, Any]:
    data: dict[str, Any] = {
        "headline": "You look before you act.",
        "strengths": [_finding()],
        "weaknesses": [_finding("You leave out why.", 2, "I told nobody why")],
        "plan": [{"day_from": 1, "day_to": 14, "what": "Tell one story a day."}],
    }
    return data | changes


def _read(**changes: Any) -> Narrative:
    return narrative_of(ReportReply.model_validate(_data(**changes)), _TURNS)


def test_good_report_comes_through() -> None:
    assert _read() == Narrative(
        "You look before you act.",
        (Finding("You measure.", 1, "I would measure first"),),
        (Finding("You leave out why.", 2, "I told nobody why"),),
        (PracticeStep(1, 14, "Tell one story a day."),),
    )


def test_report_of_which_nothing_holds_is_unusable() -> None:
    invented = [_finding(quote="I led a team of forty")]
    with pytest.raises(UnusableReplyError, match="No strength or weakness"):
        _read(strengths=invented, weaknesses=[], plan=[])


def test_report_without_a_finding_keeps_its_plan() -> None:
    assert _read(strengths=[], weaknesses=[]).plan


@pytest.mark.parametrize(
    "finding",
    [
        _finding(quote="I wrote a compiler"),
        _finding(position=2),
        _finding(position=9),
        _finding(quote=""),
    ],
)
def test_finding_without_a_quote_at_its_position_is_dropped(finding: dict[str, Any]) -> None:
    assert _read(strengths=[finding]).strengths == ()


def test_sentence_with_a_score_is_dropped() -> None:
    assert _read(headline="Good. That makes 8/10. Go on.").headline == "Good. Go on."


def test_share_that_the_candidate_named_stays() -> None:
    assert _read(headline="You cut errors by 75%.").headline == "You cut errors by 75%."


def test_finding_of_nothing_but_a_score_is_dropped() -> None:
    assert _read(weaknesses=[_finding("You scored 40%.")]).weaknesses == ()


def test_days_of_the_plan_lie_in_two_weeks_and_in_order() -> None:
    steps = [
        {"day_from": 9, "day_to": 99, "what": "Later."},
        {"day_from": -1, "day_to": -5, "what": "First."},
        {"day_from": 3, "day_to": 4, "what": " "},
    ]
    assert _read(plan=steps).plan == (PracticeStep(1, 1, "First."), PracticeStep(9, 14, "Later."))


def test_unfinished_headline_is_shown_and_unfinished_findings_are_not() -> None:
    assert partial_narrative('{"headline": "You look be', _TURNS).headline == "You look be"
    text = json.dumps(_data()).split('"weaknesses"')[0][:-20]
    assert partial_narrative(text, _TURNS).strengths == ()


def test_finding_is_shown_when_it_is_complete() -> None:
    text = json.dumps(_data()).split('"plan"')[0]
    found = partial_narrative(text, _TURNS)
    assert (len(found.strengths), len(found.weaknesses)) == (1, 1)


@given(st.integers(0, 600))
def test_every_beginning_of_a_report_can_be_shown(cut: int) -> None:
    found = partial_narrative(json.dumps(_data())[:cut], _TURNS)
    assert set(found.strengths) <= set(_read().strengths)


@given(st.text(alphabet=st.characters(codec=None)))
def test_any_text_can_be_shown_in_part(text: str) -> None:
    assert partial_narrative("{" + text, _TURNS).strengths == ()
