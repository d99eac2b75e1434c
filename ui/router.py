"""The frame around every page: navigation, look, and what to show when a page fails."""

import sys
from pathlib import Path

import streamlit as st

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:  # `streamlit run ui/router.py` puts only `ui/` there
    sys.path.insert(0, str(ROOT))

from ui.frame import draw_frame, run_guarded  # noqa: E402 - needs the path above

PAGES = ROOT / "pages"

page = st.navigation(
    [
        st.Page(PAGES / "practice.py", title="Practice", url_path="practice", default=True),
        st.Page(PAGES / "progress.py", title="Progress", url_path="progress"),
        st.Page(PAGES / "history.py", title="History", url_path="history"),
        st.Page(PAGES / "settings.py", title="Settings", url_path="settings"),
        st.Page(
            PAGES / "interview.py", title="Interview", url_path="interview", visibility="hidden"
        ),
        st.Page(PAGES / "report.py", title="Report", url_path="report", visibility="hidden"),
    ],
    position="top",
)
draw_frame(page.title)
run_guarded(page.run)
