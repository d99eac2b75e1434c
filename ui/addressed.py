"""The interview that the address names, for the pages that show one."""

from uuid import UUID

from core.bootstrap import Application
from core.domain.errors import NotFoundError
from core.domain.interview import Interview
from ui import session
from ui.components.draft_keeper import forget_drafts
from ui.errors import show_error
from ui.navigation import go_to_practice, link_to_practice

_READ = "addressed_interview"


def addressed_interview(app: Application, user: UUID) -> Interview | None:
    """The candidate's interview; None, having said so, where there is none of that id."""
    interview_id = session.query_uuid("interview")
    if interview_id is None:
        go_to_practice()
    try:
        return _as_stored(app, user, interview_id)
    except NotFoundError as error:
        forget_read_interview()
        forget_drafts(str(interview_id))
        show_error(error)
        link_to_practice()
        return None


def forget_read_interview() -> None:
    """Keep no interview in this visit's memory any more."""
    session.forget(_READ)


def _as_stored(app: Application, user: UUID, interview_id: UUID) -> Interview:
    """The interview, read again where it is another one or has changed since this visit last read it.

    The version is read before the interview: what changes in between is read twice rather than missed.
    """
    version = app.interviewing.version(user, interview_id)
    return session.made_once(
        _READ,
        (user, interview_id, version),
        lambda: app.interviewing.interview(user, interview_id),
    )
