"""Charts as Plotly figures. Each says its finding in its title, has a text alternative and a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from core.domain.delivery import FACTS, Delivery, Measure
from core.domain.evaluation import ScoreRange
from core.domain.history import InterviewSummary
from core.domain.interview import Turn
from core.domain.rubric import Criterion

_LINE = "#2f7f9f"
_FILL = "rgba(47, 127, 159, 0.25)"
_QUIET = "#7d8790"
_GRID = "rgba(125, 135, 144, 0.35)"
"""Greys that can be read on light and on dark."""
_HEIGHT = 320
_CONFIG = {"displayModeBar": False, "scrollZoom": False}


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure, what it shows in words, and the numbers behind it."""

    title: str
    figure: go.Figure
    text: str
    table: pd.DataFrame


def draw_chart(chart: Chart, key: str) -> None:
    """The title, the figure with its text alternative, and the table folded below."""
    st.markdown(f"**{chart.title}**")
    st.plotly_chart(chart.figure, key=key, config=_CONFIG, alt=chart.text)
    with st.expander("The numbers behind it", icon=":material/table:"):
        st.dataframe(chart.table, hide_index=True, width="stretch", alt=chart.text)


def criteria_radar(criteria: Mapping[Criterion, float]) -> Chart:
    """The mean level of each criterion, 1–5."""
    names = [criterion.capitalize() for criterion in criteria]
    levels = list(criteria.values())
    best, worst = max(criteria, key=criteria.__getitem__), min(criteria, key=criteria.__getitem__)
    figure = go.Figure(
        go.Scatterpolar(
            r=[*levels, levels[0]],
            theta=[*names, names[0]],
            fill="toself",
            fillcolor=_FILL,
            line={"color": _LINE, "width": 2},
            hovertemplate="%{theta}: level %{r:.1f} of 5<extra></extra>",
        )
    )
    figure.update_layout(
        height=_HEIGHT,
        margin={"l": 70, "r": 70, "t": 30, "b": 30},
        polar={
            "bgcolor": "rgba(0,0,0,0)",
            "radialaxis": {
                "range": [1, 5],
                "tickvals": [1, 2, 3, 4, 5],
                "angle": 90,
                "tickangle": 90,
                "tickfont": {"color": _QUIET},
                "gridcolor": _GRID,
            },
            "angularaxis": {"gridcolor": _GRID},
        },
        showlegend=False,
    )
    said = ", ".join(f"{name} {level:.1f}" for name, level in zip(names, levels, strict=True))
    title = f"{best.capitalize()} is highest ({criteria[best]:.1f}), {worst} lowest ({criteria[worst]:.1f} of 5)"
    if criteria[best] - criteria[worst] < 0.1:
        title = f"All criteria are at level {criteria[best]:.1f} of 5"
    return Chart(
        title,
        figure,
        f"Mean level of each criterion from 1 to 5: {said}.",
        pd.DataFrame({"Criterion": names, "Mean level (1–5)": [round(n, 1) for n in levels]}),
    )


def scores_by_question(turns: Sequence[Turn]) -> Chart:
    """The overall score of each question in order; those without a score are left out and named."""
    scored = [(turn, turn.overall) for turn in turns if turn.overall is not None]
    best, top = max(scored, key=lambda pair: pair[1])
    figure = go.Figure(
        go.Scatter(
            x=[turn.position for turn, _ in scored],
            y=[score for _, score in scored],
            mode="lines+markers+text",
            text=[f"{score:.0f}" for _, score in scored],
            textposition="top center",
            line={"color": _LINE, "width": 2},
            marker={"size": [8 + 3 * turn.question.difficulty for turn, _ in scored]},
            customdata=[turn.question.difficulty for turn, _ in scored],
            hovertemplate="Question %{x}: %{y:.0f} of 100, difficulty %{customdata}<extra></extra>",
        )
    )
    figure.update_layout(
        height=_HEIGHT,
        margin={"l": 45, "r": 20, "t": 20, "b": 45},
        xaxis={"title": "Question", "dtick": 1, "range": [0.5, len(turns) + 0.5]},
        yaxis={"title": "Score (0–100)", "range": [0, 112], "tickvals": [0, 25, 50, 75, 100]},
        showlegend=False,
    )
    missing = [str(turn.position) for turn in turns if turn.overall is None]
    without = f" Without a score: {', '.join(missing)}." if missing else ""
    said = ", ".join(f"{turn.position}: {score:.0f}" for turn, score in scored)
    return Chart(
        f"Highest: question {best.position}, with {top:.0f} of 100",
        figure,
        f"Score of each question from 0 to 100; {said}.{without} A larger dot is a harder question.",
        _question_table(turns),
    )


def _question_table(turns: Sequence[Turn]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "Question": [turn.position for turn in turns],
            "Difficulty": [turn.question.difficulty for turn in turns],
            "Score (0–100)": [None if t.overall is None else round(t.overall) for t in turns],
        }
    )


def pace_line(delivery: Delivery) -> Chart:
    """Words a minute over the time of a recording, with the range that is easy to follow."""
    at = [point.at_seconds for point in delivery.pace]
    pace = [point.words_per_minute for point in delivery.pace]
    figure = go.Figure(
        go.Scatter(
            x=at,
            y=pace,
            mode="lines+markers",
            line={"color": _LINE, "width": 2},
            hovertemplate="%{x:.0f} s: %{y:.0f} words a minute<extra></extra>",
        )
    )
    known = FACTS[Measure.PACE].comfortable
    low, high = (known.low or 0.0, known.high or 0.0) if known else (0.0, 0.0)
    figure.add_hrect(y0=low, y1=high, fillcolor=_FILL, opacity=0.4, line_width=0)
    figure.update_layout(
        height=220,
        margin={"l": 45, "r": 20, "t": 10, "b": 45},
        xaxis={"title": "Seconds into the recording", "range": [0, delivery.seconds]},
        yaxis={"title": "Words a minute", "rangemode": "tozero"},
        showlegend=False,
    )
    said = ", ".join(f"{x:.0f} s: {y:.0f}" for x, y in zip(at, pace, strict=True))
    return Chart(
        _pace_title(pace, low, high),
        figure,
        f"Words a minute around each moment; {said}. {low:.0f} to {high:.0f} are easy to follow.",
        pd.DataFrame(
            {"Seconds": [round(x, 1) for x in at], "Words a minute": [round(y) for y in pace]}
        ),
    )


def _pace_title(pace: Sequence[float], low: float, high: float) -> str:
    """How the pace went, against what is easy to follow."""
    span = f"{min(pace):.0f} to {max(pace):.0f} words a minute"
    above = sum(value > high for value in pace)
    below = sum(value < low for value in pace)
    if not above and not below:
        return f"Easy to follow throughout: {span}"
    if above and below:
        return f"From slow to fast: {span}"
    share = "throughout" if max(above, below) == len(pace) else "in part"
    return (
        f"{'Faster than' if above else 'Slower than'} {high if above else low:.0f} {share}: {span}"
    )


def score_trend(summaries: Sequence[InterviewSummary]) -> Chart:
    """The overall score of each interview over time, with its range, the oldest first."""
    scored = [(s, s.overall) for s in sorted(summaries, key=lambda s: s.created_at) if s.overall]
    figure = go.Figure(
        go.Scatter(
            x=[summary.created_at for summary, _ in scored],
            y=[overall.score for _, overall in scored],
            mode="lines+markers",
            line={"color": _LINE, "width": 2},
            marker={"size": 9},
            error_y={
                "type": "data",
                "array": [overall.high - overall.score for _, overall in scored],
                "arrayminus": [overall.score - overall.low for _, overall in scored],
                "thickness": 1,
            },
            customdata=[summary.role_title for summary, _ in scored],
            hovertemplate="%{x|%d %b %Y}: %{y:.0f} of 100<br>%{customdata}<extra></extra>",
        )
    )
    figure.update_layout(
        height=_HEIGHT,
        margin={"l": 45, "r": 20, "t": 20, "b": 45},
        xaxis={"title": "Interview"},
        yaxis={"title": "Score (0–100)", "range": [0, 100]},
        showlegend=False,
    )
    first, last = scored[0][1], scored[-1][1]
    return Chart(
        _trend_title(first, last, len(scored)),
        figure,
        f"Overall score of {len(scored)} interviews with their ranges, from {first.score:.0f} in the first "
        f"to {last.score:.0f} in the last.",
        pd.DataFrame(
            {
                "Date": [f"{s.created_at:%Y-%m-%d}" for s, _ in scored],
                "Role": [s.role_title for s, _ in scored],
                "Score": [round(o.score) for _, o in scored],
                "Range": [f"{o.low:.0f}–{o.high:.0f}" for _, o in scored],
            }
        ),
    )


def _trend_title(first: ScoreRange, last: ScoreRange, count: int) -> str:
    """What changed; within overlapping ranges no change is claimed."""
    change = round(last.score - first.score)
    if first.low <= last.high and last.low <= first.high:
        return f"No clear change over {count} interviews: the ranges of first and last overlap"
    direction = "Up" if change > 0 else "Down"
    return f"{direction} {abs(change)} points from the first to the last of {count} interviews"
