"""The interview that the address names, for the pages that show one."""

from uuid import UUID

from core.bootstrap import Application
from core.domain.errors import NotFoundError
from core.domain.interview import Interview
from ui import session
from ui.components.draft_keeper import forget_drafts
from ui.errors import show_error
from ui.navigation import go_to_practice, link_to_practice


def addressed_interview(app: Application, user: UUID) -> Interview | None:
    """The candidate's interview; None, having said so, where there is none of that id."""
    interview_id = session.query_uuid("interview")
    if interview_id is None:
        go_to_practice()
    try:
        return app.interviewing.interview(user, interview_id)
    except NotFoundError as error:
        forget_drafts(str(interview_id))
        show_error(error)
        link_to_practice()
        return None
