"""When a judgement looks wrong: asking for a second one, waiting for it, and both side by side."""

from html import escape
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.attempt import Attempt
from core.domain.interview import Interview
from core.domain.second_look import MAX_REASON_CHARACTERS, SAME_BY_RULE, TWICE_JUDGED
from core.domain.turn import Turn
from ui import session
from ui.errors import remembering_errors
from ui.folding import Fold
from ui.interviewer_choice import interviewer_label
from ui.texts import level_row, paragraph, plain


def draw_second_look(app: Application, user: UUID, interview: Interview, turn: Turn) -> None:
    """“This looks wrong”: say why, or have the answer checked without a reason."""
    attempt = turn.latest
    if attempt is None or attempt.evaluation is None or attempt.is_second_look_pending:
        return
    key = f"second_look_{turn.position}_{attempt.number}"
    with st.popover("This looks wrong", icon=":material/gavel:", key=key):
        if interview.interviewer.is_built_in:
            st.write(SAME_BY_RULE)
            return
        if attempt.second_look and not attempt.second_look.failure:
            st.write(TWICE_JUDGED)
            return
        _draw_request(app, user, interview, (turn.position, attempt.number), key)


def _draw_request(
    app: Application, user: UUID, interview: Interview, place: tuple[int, int], key: str
) -> None:
    who = plain(interviewer_label(interview.interviewer))
    st.text_area("What is wrong with it?", key=f"{key}_reason", max_chars=MAX_REASON_CHARACTERS)
    st.caption(f"{who} judges the answer once more, in one call. Both judgements are kept.")
    ask = (app, user, interview.id, *place, f"{key}_reason")
    st.button("Judge again with this reason", key=f"{key}_dispute", on_click=_ask, args=ask)
    st.button(
        "Check this again, without a reason",
        key=f"{key}_check",
        type="tertiary",
        on_click=_ask,
        args=(*ask[:-1], ""),
    )


def _ask(
    app: Application, user: UUID, interview_id: UUID, position: int, number: int, reason_key: str
) -> None:
    reason = str(session.value(reason_key) or "") if reason_key else ""
    with remembering_errors():
        app.interviewing.dispute(user, interview_id, position, number, reason)


@st.fragment(run_every=1.0)
def draw_second_look_wait(app: Application, user: UUID, interview: Interview) -> None:
    """Say that a second judgement is on its way, and show it once it is there."""
    st.info(
        "Your answer is being judged once more. The first judgement stands until then; you can go on.",
        icon=":material/hourglass_top:",
    )
    if app.interviewing.wait_for_work(user, interview.id, 0.0) != interview:
        st.rerun()


def second_look_html(attempt: Attempt) -> str:
    """What became of a second look; empty where there was none, or while it is under way."""
    look = attempt.second_look
    if look is None or attempt.is_second_look_pending:
        return ""
    if look.failure:
        return (
            '<p role="status"><strong>The first judgement stands.</strong> A second one could not be had: '
            f"{escape(look.failure)}</p>"
        )
    return "<p>This answer was judged twice; the newer judgement comes first and counts.</p>"


def first_judgement(attempt: Attempt) -> Fold | None:
    """The judgement before the second look, None where there is none."""
    look = attempt.second_look
    if look is None or look.failure or attempt.is_second_look_pending:
        return None
    overall = look.first.overall
    score = f"{overall.score:.0f} of 100" if overall else "no score"
    rows = "".join(f"<div>{level_row(j.criterion, j.level)}</div>" for j in look.first.criteria)
    reason = paragraph(f"You objected: {look.reason}", "answer-text quiet") if look.reason else ""
    feedback = paragraph(look.first.feedback, "answer-text")
    inside = f'{reason}{feedback}<div class="criteria plain">{rows}</div>'
    return Fold(f"The first judgement: {score}", inside)
