"""A report beside that of an earlier interview."""

from html import escape
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.comparison import ComparedValue, compare
from core.domain.errors import NotFoundError
from core.domain.history import InterviewSummary
from core.domain.report import Report, build_report
from ui.charts import criteria_radar, draw_chart


def draw_comparison(app: Application, user: UUID, report: Report) -> None:
    """Folded; the other interviews are read when it is opened."""
    folded = st.expander(
        "Compare with an earlier interview",
        icon=":material/compare_arrows:",
        key="report_compare",
        on_change="rerun",
    )
    if not folded.open:
        return
    with folded:
        earlier = _draw_choice(app, user, report)
        if earlier is not None:
            _draw_sides(app, earlier, report)


def _draw_choice(app: Application, user: UUID, report: Report) -> Report | None:
    """The report of the interview chosen; None where there is none, having said so."""
    before = {
        summary.id: summary
        for summary in app.interviewing.interviews(user)
        if summary.is_over and summary.overall and summary.created_at < report.created_at
    }
    if not before:
        st.write("There is no earlier finished interview with a score.")
        return None
    chosen = st.selectbox(
        "Earlier interview",
        list(before),
        key="report_compare_with",
        format_func=lambda interview_id: _told(before[interview_id]),
    )
    try:
        interview = app.interviewing.interview(user, chosen)
    except NotFoundError:  # deleted in another tab
        st.write("This interview is not there any more; choose another one.")
        return None
    return build_report(interview, None, app.content.expectations)


def _told(summary: InterviewSummary) -> str:
    score = f", {summary.overall.score:.0f} of 100" if summary.overall else ""
    score += " with delivery" if summary.counts_delivery else ""
    return f"{summary.created_at:%d %B %Y}: {summary.title}, {summary.seniority}{score}"


def _draw_sides(app: Application, earlier: Report, later: Report) -> None:
    titles = {key: found.title for key, found in app.content.competencies.items()}
    comparison = compare(earlier, later, titles)
    st.write(comparison.sentence)
    before, now = (f"{report.created_at:%d %b %Y}" for report in (earlier, later))
    rows = "".join(_row(value) for value in comparison.values)
    head = "".join(f"<th>{escape(title)}</th>" for title in ("", before, now, "Change"))
    table, chart = st.columns([6, 5], gap="large")
    with table:
        st.html(
            f'<table class="compared"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>'
        )
    with chart:
        if earlier.criteria and later.criteria:
            radar = criteria_radar(later.criteria, {before: earlier.criteria})
            draw_chart(radar, "report_compare_radar")


def _row(value: ComparedValue) -> str:
    change = "–"
    if value.difference is not None:
        sign = "▲" if value.difference > 0 else "▼" if value.difference < 0 else ""
        change = f"{sign} {value.difference:+.{value.digits}f}"
    cells = [_number(value.earlier, value.digits), _number(value.later, value.digits), change]
    return f"<tr><th>{escape(value.name)}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _number(number: float | None, digits: int) -> str:
    return "–" if number is None else f"{number:.{digits}f}"
