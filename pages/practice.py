import streamlit as st

from core.bootstrap import application
from ui import session
from ui.due import draw_due
from ui.interviewer_block import draw_interviewer
from ui.interviewer_choice import models_with_keys
from ui.practice import chosen_setup, draw_continue, draw_interview_choice, draw_start
from ui.profile import draw_profile
from ui.real_questions import with_real_questions
from ui.resume_choice import draw_resume_choice
from ui.storage_notice import draw_storage_notice

user = session.require_user()
app = application()

st.title("Practise the interview before it counts", anchor=False)
st.write(
    "Questions made for your resume and role, one at a time; every answer judged with the words "
    "it rests on."
)
draw_storage_notice(app, user)
models = models_with_keys(app, user)
unfinished, resume = app.interviewing.at_hand(user)
agenda, noted = app.practising.ahead(user)
if unfinished:
    draw_continue(unfinished)
left, middle, right = st.columns([4, 6, 4], gap="medium")
with left:
    draw_resume_choice(app, user, resume, models)
with middle:
    choice = draw_interview_choice(app, user, resume)
with right:
    interviewer = draw_interviewer(app, models, choice.length, choice.company)
    start = st.container(key="start")
    due = st.container()
    interviewer = with_real_questions(app, user, noted, interviewer)
if resume:
    resume = draw_profile(app, user, resume)
with start:  # last, so that it takes the corrections made until the click
    draw_start(app, user, choice, interviewer, resume)
with due:
    draw_due(app, user, agenda, chosen_setup(choice, interviewer), interviewer.choice)
