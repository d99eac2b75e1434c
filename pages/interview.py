from core.bootstrap import application
from ui import session
from ui.addressed import addressed_interview
from ui.due import draw_shown
from ui.report import draw_report
from ui.room import draw_room

user = session.require_user()
app = application()
interview = addressed_interview(app, user)
if interview and interview.is_over:
    draw_shown(app, user, interview)
    draw_report(app, user, interview)
elif interview:
    draw_room(app, user, interview)
