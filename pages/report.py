from core.bootstrap import application
from ui import session
from ui.addressed import addressed_interview
from ui.navigation import go_to_interview
from ui.report import draw_report

user = session.require_user()
app = application()
interview = addressed_interview(app, user)
if interview:
    if not interview.is_over:
        go_to_interview(interview.id)
    draw_report(app, user, interview)
