import streamlit as st

from core.bootstrap import application
from ui import session
from ui.privacy import draw_privacy

user = session.require_user()
st.title("Settings", anchor=False)
draw_privacy(application(), user)
