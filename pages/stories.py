import streamlit as st

from core.bootstrap import application
from ui import session
from ui.stories import draw_stories

user = session.require_user()
st.title("Your stories", anchor=False)
draw_stories(application(), user)
