from core.bootstrap import application
from core.domain.errors import NotFoundError
from ui import session
from ui.errors import show_error
from ui.navigation import go_to_practice, go_to_report, link_to_practice
from ui.room import draw_room

user = session.require_user()
app = application()
interview_id = session.query_uuid("interview")
if interview_id is None:
    go_to_practice()
try:
    interview = app.interviewing.interview(user, interview_id)
except NotFoundError as error:
    show_error(error)
    link_to_practice()
else:
    if interview.is_over:
        go_to_report(interview_id)
    draw_room(app, user, interview)
