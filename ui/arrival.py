"""The door: who comes from where is noted, and who may not come in reads what to do."""

from collections.abc import Callable

import streamlit as st

from core.bootstrap import application
from ui import session
from ui.account_ways import can_sign_in
from ui.navigation import ACCOUNT


def run_admitted(run: Callable[[], None], *, is_open: bool) -> None:
    """Run a page for whoever may use this host; others read what it is, and that they have to sign in.

    An open page (the one to sign in on) is there for everybody.
    """
    user, guard = session.require_user(), application().guard
    guard.visiting.arrive(user, session.visitor_address())
    if is_open or guard.admission.admits(user):
        run()
    else:
        _draw_closed()


def _draw_closed() -> None:
    st.title("Practise the interview before it counts", anchor=False)
    st.write(
        "Questions made for your resume and role, one at a time; every answer judged with the words "
        "it rests on."
    )
    st.info(
        "Whoever runs this app lets in people who are signed in. Sign in to begin. Nothing of this visit "
        "is stored.",
        icon=":material/lock:",
    )
    if can_sign_in():
        st.page_link(ACCOUNT, label="Sign in", icon=":material/login:")
