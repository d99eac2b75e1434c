"""Making a link to a report on its page, seeing it once, and revoking it."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from bench.seeding import Visitor, seed_history
from core.bootstrap import Application
from core.domain.share import Share
from core.services.accounts import guest_id
from tests.ui.conftest import ROUTER


@pytest.fixture
def visitor(app: Application) -> Visitor:
    return seed_history(app, 1, datetime(2026, 6, 1, tzinfo=UTC))


@pytest.fixture
def report(visitor: Visitor) -> AppTest:
    """The report with the block of links open."""
    visit = AppTest.from_file(str(ROUTER), default_timeout=60)
    visit.session_state["session_guest_token"] = visitor.token
    visit.session_state["share"] = True
    visit.run()
    visit.switch_page("../pages/report.py")
    visit.query_params["interview"] = str(visitor.interview_id)
    return visit.run()


def links(app: Application, visitor: Visitor) -> tuple[Share, ...]:
    return app.sharing.links(guest_id(visitor.token), visitor.interview_id)


def test_link_is_made_and_shown_once(report: AppTest, app: Application, visitor: Visitor) -> None:
    report.button(key="share_make").click().run()
    assert not report.exception
    secret = str(report.code[0].value).rpartition("/shared/")[2]
    opened = app.sharing.open_link(secret)
    assert opened is not None
    assert opened.interview.id == visitor.interview_id
    assert not report.run().code


def test_answers_are_shared_only_when_ticked(
    report: AppTest, app: Application, visitor: Visitor
) -> None:
    report.button(key="share_make").click().run()
    report.checkbox(key="share_answers").check().run()
    report.button(key="share_make").click().run()
    assert [share.has_answers for share in links(app, visitor)] == [True, False]


def test_link_is_revoked_on_the_report(report: AppTest, app: Application, visitor: Visitor) -> None:
    report.button(key="share_make").click().run()
    (share,) = links(app, visitor)
    report.button(key=f"share_revoke_{share.id}").click().run()
    assert links(app, visitor) == ()
    assert not any(b.key == f"share_revoke_{share.id}" for b in report.button)
