import streamlit as st

from core.bootstrap import application
from ui import session
from ui.keys import draw_keys
from ui.privacy import draw_privacy
from ui.tokens import draw_tokens

user = session.require_user()
st.title("Settings", anchor=False)
app = application()
draw_keys(app, user)
draw_tokens(app, user)
draw_privacy(app, user)
