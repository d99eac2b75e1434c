"""What stands around the use cases of a whole application: limits, events, who may come in."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.adapters.database import open_sqlite
from core.adapters.sql_audit import SqlAuditLog
from core.bootstrap import Application, build
from core.config import AppMode, GuestMode, LimitMode, Settings
from core.domain.access import Scope
from core.domain.attempt import EvaluationStatus
from core.domain.audit import AuditKind
from core.domain.errors import TooManyRequestsError
from core.domain.interview_setup import InterviewSetup
from core.domain.question import Seniority
from tests.api.calls import ANSWER, RESUME
from tests.builders import ALICE, BOB
from tests.key_doubles import KEY, ListingProvider
from tests.known_providers import OPENAI

ADDRESS = "203.0.113.7"
SETUP = InterviewSetup("Backend Engineer", Seniority.MID, length=2)

Build = Callable[..., Application]


@pytest.fixture
def built(tmp_path: Path) -> Iterator[Build]:
    made: list[Application] = []

    def make(**changes: Any) -> Application:
        chosen: dict[str, Any] = {
            "app_mode": AppMode.LOCAL,
            "data_dir": tmp_path / "var",
            **changes,
        }
        made.append(build(Settings(**chosen)))
        return made[-1]

    yield make
    for app in made:
        app.close()


def _kinds(app: Application) -> list[AuditKind]:
    engine = open_sqlite(app.settings.database_path)
    since = app.clock.now() - timedelta(days=1)
    kinds = [event.kind for event in SqlAuditLog(engine).events(since, 100)]
    engine.dispose()
    return kinds


def test_nothing_is_limited_on_ones_own_machine(built: Build) -> None:
    assert built().guard.limiting.rules == {}


def test_hosted_app_limits_unless_it_is_told_otherwise(built: Build) -> None:
    assert built(app_mode=AppMode.HOSTED).guard.limiting.rules
    assert not built(app_mode=AppMode.HOSTED, limits=LimitMode.NEVER).guard.limiting.rules


def test_uploads_are_limited(built: Build) -> None:
    app = built(limits=LimitMode.ALWAYS, uploads_per_hour=1)
    app.preparing.read_upload(ALICE, RESUME)
    with pytest.raises(TooManyRequestsError):
        app.preparing.read_upload(ALICE, RESUME)
    with pytest.raises(TooManyRequestsError):
        app.exporting.restore(ALICE, app.exporting.history(ALICE))


def test_new_interviews_are_limited_and_none_is_begun_beyond(built: Build) -> None:
    app = built(limits=LimitMode.ALWAYS, interviews_per_hour=1)
    begun = app.interviewing.start_interview(ALICE, SETUP)
    for again in (app.interviewing.start_like, app.interviewing.ask_again):
        with pytest.raises(TooManyRequestsError):
            again(ALICE, begun.id)
    assert len(app.interviewing.interviews(ALICE)) == 1


def test_answer_beyond_the_limit_is_stored_and_can_be_judged_later(built: Build) -> None:
    app = built(limits=LimitMode.ALWAYS, evaluations_per_hour=1)
    for user in (ALICE, BOB):
        app.guard.visiting.arrive(user, ADDRESS)
    interviewing = app.interviewing
    interview = interviewing.start_interview(ALICE, replace(SETUP, length=3))
    for position in (1, 2):
        interviewing.submit_answer(ALICE, interview.id, position, ANSWER)
        interview = interviewing.wait_for_work(ALICE, interview.id, 20.0)
        if position == 1:
            interview = interviewing.next_question(ALICE, interview.id, 1)
    (attempt,) = interview.current.attempts
    assert (attempt.answer, attempt.status) == (ANSWER, EvaluationStatus.FAILED)
    assert "Too many answers to judge" in attempt.failure
    assert "about 60 minutes" in attempt.failure


def test_what_happens_to_an_account_is_noted(built: Build) -> None:
    app = built()
    keys = replace(app.keys, list_models=ListingProvider().list_models)
    keys.add_key(ALICE, OPENAI, KEY, keep=True)
    keys.remove_key(ALICE, OPENAI)
    token, _ = app.tokens.make_token(ALICE, "a program", (Scope.READ,), 1)
    app.tokens.revoke_token(ALICE, token.id)
    interview = app.interviewing.start_interview(ALICE, SETUP)
    history = app.exporting.history(ALICE)
    app.interviewing.delete_interview(ALICE, interview.id)
    app.exporting.restore(ALICE, history)
    app.preparing.forget_resume(ALICE)
    app.exporting.delete_everything(ALICE)
    assert _kinds(app) == [
        AuditKind.KEY_ADDED,
        AuditKind.KEY_REMOVED,
        AuditKind.TOKEN_MADE,
        AuditKind.TOKEN_REVOKED,
        AuditKind.EXPORTED,
        AuditKind.INTERVIEW_DELETED,
        AuditKind.RESTORED,
        AuditKind.RESUME_DELETED,
        AuditKind.ACCOUNT_DELETED,
    ]


def test_host_may_let_nobody_in_who_is_not_signed_in(built: Build) -> None:
    assert built().guard.admission.admits(ALICE)
    assert not built(guests=GuestMode.NONE).guard.admission.admits(ALICE)
