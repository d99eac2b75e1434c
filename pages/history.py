import streamlit as st

from core.bootstrap import application
from ui import session
from ui.history import draw_history

user = session.require_user()
st.title("History", anchor=False)
draw_history(application(), user)
