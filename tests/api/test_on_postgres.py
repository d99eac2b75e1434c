"""The same over the hosted database: the journey, whose is what, and requests that come again.

Tests that are imported here run on this module's `app`.
"""

# ruff: noqa: F401 - what is imported is collected and run here

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.bootstrap import Application, application, forget_application
from tests.api.test_identity import (
    guest,
    test_browser_may_change_from_our_own_pages,
    test_token_leads_to_its_candidate,
    test_token_opens_nothing_after_its_last_day,
)
from tests.api.test_interviews import (
    test_answer_as_a_stream_comes_as_events_in_order,
    test_realistic_way_tells_judgements_at_the_end,
    test_resume_is_read_asked_about_and_corrected,
    test_whole_interview_ends_in_a_result,
    test_zero_bytes_are_left_out_of_own_questions,
)
from tests.api.test_isolation import (
    test_deleting_oneself_leaves_others_alone,
    test_lists_and_exports_hold_ones_own_alone,
    test_what_is_anothers_is_not_found_on_any_route_and_stays_as_it_is,
)
from tests.api.test_repeats import (
    test_another_answer_at_an_answered_position_is_refused_and_the_first_kept,
    test_replies_go_with_what_is_deleted,
    test_same_key_at_once_starts_one_interview,
    test_same_key_starts_one_interview,
    test_same_key_with_another_request_is_refused,
)
from tests.hosted_database import HostedDatabase

pytestmark = pytest.mark.slow


@pytest.fixture
def app(
    tmp_path: Path, postgres: HostedDatabase, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    """The application that the API uses, on Postgres."""
    monkeypatch.setenv("APP_MODE", "local")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("DATABASE_URL", postgres.url)
    monkeypatch.setenv("API_REQUESTS_PER_MINUTE", "100000")
    forget_application()
    yield application()
    application().close()
    forget_application()


def test_it_is_the_hosted_database_that_holds_the_rows(
    app: Application, postgres: HostedDatabase
) -> None:
    assert app.settings.postgres_url == postgres.url
    assert not app.settings.database_path.exists()
