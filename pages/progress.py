import streamlit as st

from core.bootstrap import application
from ui import session
from ui.progress import draw_progress

user = session.require_user()
st.title("Progress", anchor=False)
draw_progress(application(), user)
