import streamlit as st

from core.bootstrap import application
from ui import session
from ui.preparation import draw_preparation

user = session.require_user()
st.title("Prepare for an interview", anchor=False)
draw_preparation(application(), user)
