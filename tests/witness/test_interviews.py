"""A whole interview, its plan, judgements and report, served by a witness that did not read our code."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from core.bootstrap import Application, build
from core.config import AppMode, Settings
from core.domain.interview import Interview, Phase
from core.domain.interview_setup import InterviewSetup
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import Provider
from core.domain.provider_key import ProviderKey, Secret
from core.domain.question import Origin, Seniority
from core.domain.work import WorkStatus
from tests.builders import ALICE, ANSWER, a_profile
from tests.known_providers import KNOWN, OPENAI, PROVIDERS
from tests.witness.conftest import Witness

pytestmark = pytest.mark.witness

LENGTH = 3
WAIT_SECONDS = 20.0


@pytest.fixture
def app(witness: Witness, tmp_path: Path) -> Application:
    return build(
        Settings(
            app_mode=AppMode.LOCAL,
            data_dir=tmp_path,
            database_url=SecretStr(""),
            api_urls=witness.api_urls,
        )
    )


def _choice(witness: Witness, provider: Provider) -> InterviewerChoice:
    address = witness.api_urls[provider] if KNOWN.facts(provider).is_own_server else ""
    return InterviewerChoice(provider, "some-model", address)


def _interviewed(app: Application, choice: InterviewerChoice) -> Interview:
    """Planned, answered three times, finished, and written about."""
    assert choice.provider is not None
    secret = Secret("sk-candidate-4711")
    key = ProviderKey(choice.provider, choice.base_url, secret, choice.model, is_stored=False)
    app.keys.session_keys.keep(ALICE, key)
    setup = InterviewSetup("Backend Engineer", Seniority.MID, length=LENGTH, seed=7)
    interview = app.interviewing.start_interview(ALICE, setup, a_profile(), choice)
    interview = app.interviewing.wait_for_work(ALICE, interview.id, WAIT_SECONDS)
    for position in range(1, LENGTH + 1):
        app.interviewing.submit_answer(ALICE, interview.id, position, ANSWER)
        app.interviewing.wait_for_work(ALICE, interview.id, WAIT_SECONDS)
        app.interviewing.next_question(ALICE, interview.id, position)
    app.interviewing.finish_interview(ALICE, interview.id)
    app.interviewing.request_narrative(ALICE, interview.id)
    return app.interviewing.wait_for_work(ALICE, interview.id, WAIT_SECONDS)


@pytest.mark.parametrize("provider", PROVIDERS, ids=str)
def test_interview_is_planned_judged_and_written_about(
    app: Application, witness: Witness, provider: Provider
) -> None:
    choice = _choice(witness, provider)
    interview = _interviewed(app, choice)
    assert interview.phase is Phase.COMPLETE
    assert interview.planning.status is WorkStatus.DONE
    origins = [turn.question.origin for turn in interview.scored_turns]
    assert origins == [Origin.OPENER, Origin.PLANNED, Origin.PLANNED]
    assert [turn.overall for turn in interview.scored_turns] == [pytest.approx(75)] * LENGTH
    judged = {turn.evaluation.evaluator for turn in interview.scored_turns if turn.evaluation}
    assert judged == {choice.name}
    assert interview.narrative is not None
    assert interview.narrative.headline == "You measure before you guess."


def test_judgement_that_the_witness_spoils_gives_no_score(
    app: Application, witness: Witness
) -> None:
    interview = _interviewed(app, _choice(witness, OPENAI))
    assert interview.turn_at(1).overall is not None
    witness.misbehave(malformedRate=1)
    again = app.interviewing.start_interview(ALICE, interview.setup)
    app.interviewing.switch_interviewer(ALICE, again.id, _choice(witness, OPENAI))
    app.interviewing.submit_answer(ALICE, again.id, 1, ANSWER)
    again = app.interviewing.wait_for_work(ALICE, again.id, WAIT_SECONDS)
    latest = again.current.latest
    assert latest is not None
    assert (latest.answer, latest.evaluation, again.phase) == (ANSWER, None, Phase.PROCESSING)
    assert latest.failure
