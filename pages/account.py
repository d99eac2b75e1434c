import streamlit as st

from core.bootstrap import application
from ui import session
from ui.account import draw_account

session.require_user()
st.title("Account", anchor=False)
draw_account(application())
