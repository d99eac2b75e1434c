from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from core.bootstrap import Application
from core.domain.language_model import Usage
from core.services.accounts import guest_id
from tests.ui.test_pages import said, start


def spend(app: Application, user: UUID, usage: Usage) -> None:
    interview = app.interviewing.interviews(user)[0]
    app.exporting.store.change_interview(user, interview.id, lambda i: i.spend(usage))


@pytest.mark.parametrize(
    ("usage", "told"),
    [
        (Usage(), "everything is kept."),
        (Usage(1_200, 0, 34), "everything is kept. 1,234 tokens used so far."),
        (Usage(1_200, 0, 34, is_estimated=True), "kept. About 1,234 tokens used so far."),
    ],
    ids=["none", "told by the provider", "estimated"],
)
def test_room_tells_the_tokens_used_and_whether_they_are_estimated(
    visit: AppTest, app: Application, usage: Usage, told: str
) -> None:
    start(visit)
    spend(app, guest_id(visit.session_state["session_guest_token"]), usage)
    visit.run()
    assert any(caption.value.endswith(told) for caption in visit.caption)
    assert not visit.exception
    assert "Question 1 of 3" in said(visit)
