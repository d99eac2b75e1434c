"""The candidate's own rating of an answer, asked for before its feedback is shown."""

from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.attempt import Attempt
from core.domain.coaching import rating_gap
from core.domain.interview import Interview
from core.domain.scoring import level_of
from core.domain.turn import Turn
from ui import session
from ui.errors import remembering_errors

_RATINGS = {1: "1 far off", 2: "2 thin", 3: "3 mixed", 4: "4 solid", 5: "5 strong"}


def draw_self_rating(app: Application, user: UUID, interview: Interview) -> bool:
    """Ask for the rating of the newest answer; whether its feedback waits for that."""
    turn = interview.current
    place = f"{interview.id}_{turn.position}_{len(turn.attempts)}"
    if not _is_due(interview, turn) or session.value(f"unrated_{place}"):
        return False
    with st.container(border=True, key="room_rating"):
        st.segmented_control(
            "Before you read on: how good was your answer?",
            list(_RATINGS),
            format_func=lambda rating: _RATINGS[rating],
            key=f"room_rating_{place}",
            on_change=_rate,
            args=(app, user, interview, f"room_rating_{place}"),
        )
        st.button(
            "Show the feedback without a rating",
            key="room_unrated",
            type="tertiary",
            on_click=session.remember,
            args=(f"unrated_{place}", True),
        )
    return True


def _is_due(interview: Interview, turn: Turn) -> bool:
    return (
        interview.setup.is_self_rated
        and turn.question.is_scored
        and turn.latest is not None
        and turn.latest.self_rating is None
    )


def _rate(app: Application, user: UUID, interview: Interview, key: str) -> None:
    turn = interview.current
    rating = session.value(key)
    if rating is not None:
        with remembering_errors():
            app.interviewing.rate_self(
                user, interview.id, turn.position, len(turn.attempts), int(rating)
            )


def rating_html(attempt: Attempt) -> str:
    """The rating beside the judgement; empty unless both are there."""
    if rating_gap(attempt) is None or attempt.overall is None:
        return ""
    level = level_of(attempt.overall)
    return f"<p>You rated {attempt.self_rating}, the judgement is {level:.1f} (of 1 to 5).</p>"
