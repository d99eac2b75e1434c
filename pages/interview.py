from core.bootstrap import application
from ui import session
from ui.addressed import addressed_interview
from ui.report import draw_report
from ui.room import draw_room

user = session.require_user()
app = application()
interview = addressed_interview(app, user)
if interview and interview.is_over:
    draw_report(app, user, interview)
elif interview:
    draw_room(app, user, interview)
