"""What of a report can be taken away, each made when it is asked for."""

from collections.abc import Callable

import streamlit as st

from core.bootstrap import Application
from core.domain.report import Report


def draw_downloads(app: Application, report: Report) -> None:
    """The report as PDF, Markdown, JSON, and its scores as CSV."""
    st.markdown("**Take it with you**")
    with st.container(horizontal=True, vertical_alignment="center"):
        _draw(report, "PDF", "pdf", "application/pdf", lambda: app.files.report_pdf(report))
        _draw(report, "Markdown", "md", "text/markdown", lambda: app.files.report_markdown(report))
        _draw(report, "JSON", "json", "application/json", lambda: app.files.report_json(report))
        _draw(report, "Scores as CSV", "csv", "text/csv", lambda: app.files.report_csv(report))


def _draw(
    report: Report, label: str, ending: str, mime: str, make: Callable[[], str | bytes]
) -> None:
    st.download_button(
        label,
        data=make,
        file_name=f"interview-report-{report.created_at:%Y-%m-%d}.{ending}",
        mime=mime,
        key=f"report_{ending}",
        icon=":material/download:",
        on_click="ignore",
    )
