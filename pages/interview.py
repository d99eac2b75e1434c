from core.bootstrap import application
from ui import session
from ui.addressed import addressed_interview
from ui.navigation import go_to_report
from ui.room import draw_room

user = session.require_user()
app = application()
interview = addressed_interview(app, user)
if interview:
    if interview.is_over:
        go_to_report(interview.id)
    draw_room(app, user, interview)
