"""Whether the candidate gets better, over all finished interviews."""

from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from ui.charts import draw_chart, score_trend
from ui.navigation import link_to_practice

FEWEST_FOR_A_TREND = 3


def draw_progress(app: Application, user: UUID) -> None:
    """The trend of the overall score; with too little data, what will appear here."""
    scored = [s for s in app.interviewing.interviews(user) if s.is_over and s.overall]
    if len(scored) < FEWEST_FOR_A_TREND:
        left = FEWEST_FOR_A_TREND - len(scored)
        st.write(
            f"After {FEWEST_FOR_A_TREND} finished interviews with a score, their trend appears here, each "
            f"with its range. {left} more to go."
        )
        link_to_practice()
        return
    draw_chart(score_trend(scored), "progress_trend")
