"""A provider is one module: this puts a fifth one into the package and goes where a candidate goes."""

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cli.__main__ import main
from core.adapters import providers
from core.bootstrap import Application, application, forget_application
from core.domain.errors import InvalidInputError, ModelError, ProviderUnknownError
from core.domain.interview import Phase
from core.domain.interview_setup import InterviewSetup
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import Provider
from core.domain.question import Seniority
from tests.builders import ALICE, ANSWER
from tests.known_providers import OPENAI
from tests.stub_provider.interviewer import interviewer_reply
from tests.stub_provider.script import Status
from tests.stub_provider.server import StubProvider
from tests.ui.conftest import ROUTER

ACME = Provider("acme")
KEY = "acme_4711-Zq8vXw2LmN"
MODULE = """
from core.adapters.provider_declaration import Access, Declaration
from core.adapters.providers.compatible import CompatibleModel
from core.domain.language_model import Provider
from core.domain.provider import KeyForm, ModelTaste, ProviderFacts

FACTS = ProviderFacts(
    id=Provider("acme"),
    label="Acme",
    place=9,
    key_steps="1. Ask the coyote.",
    taste=ModelTaste(judges="gpt-", fast=("gpt-5-mini",)),
    key_forms=(KeyForm("acme_", "an Acme key"),),
)


class AcmeModel(CompatibleModel):
    provider = FACTS.id
    label = FACTS.label


PROVIDER = Declaration(
    facts=FACTS,
    make=lambda access: AcmeModel(access.key, access.model, access.address, access.wall),
    key_patterns=(r"acme_[A-Za-z0-9_-]{8,}",),
)
"""


@pytest.fixture
def stub() -> Iterator[StubProvider]:
    with StubProvider(interviewer_reply) as running:
        yield running


@pytest.fixture
def app(
    stub: StubProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    """The process's application, made while the fifth module lies in the package."""
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "acme.py").write_text(MODULE)
    monkeypatch.setattr(providers, "__path__", [*providers.__path__, str(tmp_path / "more")])
    monkeypatch.setenv("APP_MODE", "local")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("ACME_API_URL", stub.url_v1)
    forget_application()
    yield application()
    forget_application()
    sys.modules.pop(f"{providers.__name__}.acme", None)


@pytest.mark.usefixtures("app")
def test_settings_lists_it_with_its_steps_and_takes_its_key() -> None:
    page = AppTest.from_file(str(ROUTER), default_timeout=30).run()
    page = page.switch_page("../pages/settings.py").run()
    page.segmented_control(key="keys_provider").set_value(ACME).run()
    assert "Ask the coyote" in "".join(element.value for element in page.markdown)
    page.text_input(key="keys_key").set_value(KEY)
    next(button for button in page.button if button.label == "Check and use this key").click()
    page.run()
    assert not page.exception
    assert f"**Acme** •••{KEY[-4:]}" in "".join(element.value for element in page.markdown)
    (model,) = (box for box in page.selectbox if box.label == "Model of Acme")
    assert model.value == "gpt-5-mini"


def test_key_that_it_refuses_is_not_kept(app: Application, stub: StubProvider) -> None:
    stub.then(Status(401))
    with pytest.raises(ModelError, match="does not accept this key"):
        app.keys.add_key(ALICE, ACME, KEY, keep=True)
    assert app.keys.keys_of(ALICE) == ()


def test_its_key_in_anothers_field_is_told_by_its_form(app: Application) -> None:
    with pytest.raises(InvalidInputError, match=r"an Acme key\. Choose Acme for it"):
        app.keys.add_key(ALICE, OPENAI, KEY, keep=False)


def test_it_judges_an_answer(app: Application, stub: StubProvider) -> None:
    app.keys.add_key(ALICE, ACME, KEY, keep=True)
    setup = InterviewSetup("Backend Engineer", Seniority.MID, length=3)
    interview = app.interviewing.start_interview(ALICE, setup)
    choice = InterviewerChoice(ACME, "gpt-oss")
    app.interviewing.switch_interviewer(ALICE, interview.id, choice)
    app.interviewing.submit_answer(ALICE, interview.id, 1, ANSWER)
    interview = app.interviewing.wait_for_work(ALICE, interview.id, 20)
    assert interview.phase is Phase.FEEDBACK
    assert interview.current.evaluation is not None
    assert interview.current.evaluation.evaluator == "acme/gpt-oss"
    assert stub.requests[-1].headers["authorization"] == f"Bearer {KEY}"


def test_its_key_is_hidden_in_log_records(
    app: Application, caplog: pytest.LogCaptureFixture
) -> None:
    assert ACME in app.providers
    logging.getLogger("tests.acme").error("refused: %s", KEY)
    assert caplog.messages == ["refused: •••"]


@pytest.mark.usefixtures("app")
def test_command_line_offers_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["evaluate", "--help"])
    assert "acme" in capsys.readouterr().out


def test_what_was_kept_while_it_was_there_can_be_read_without_it(
    app: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.keys.add_key(ALICE, ACME, KEY, keep=True)
    setup = InterviewSetup("Backend Engineer", Seniority.MID, length=3)
    interview = app.interviewing.start_interview(ALICE, setup)
    choice = InterviewerChoice(ACME, "gpt-oss")
    app.interviewing.switch_interviewer(ALICE, interview.id, choice)
    monkeypatch.setattr(providers, "__path__", providers.__path__[:-1])
    forget_application()
    later = application()
    assert later.interviewing.interview(ALICE, interview.id).interviewer == choice
    assert later.keys.keys_of(ALICE) == ()
    with pytest.raises(ProviderUnknownError, match="Nothing here can talk to “acme”"):
        later.keys.add_key(ALICE, ACME, KEY, keep=True)
