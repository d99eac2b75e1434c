"""Charts as Plotly figures. Each says its finding in its title, has a text alternative and a table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from core.domain.rubric import Criterion
from core.domain.tables import Table, as_csv
from core.domain.timing import MOST_COUNTED_SECONDS, answer_seconds, duration
from core.domain.turn import Turn
from ui.texts import of_row, plain

LINE = "#2f7f9f"
FILL = "rgba(47, 127, 159, 0.25)"
QUIET = "#7d8790"
GRID = "rgba(125, 135, 144, 0.35)"
"""Greys that can be read on light and on dark."""
HEIGHT = 320
_CONFIG = {"displayModeBar": False, "scrollZoom": False}


Figure = dict[str, Any]
"""A figure's `data` and `layout`, as Plotly writes them."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A figure, what it shows in words, and how to make the table of the numbers behind it."""

    title: str
    figure: go.Figure | Figure
    text: str
    table: Callable[[], Table]


def draw_chart(chart: Chart, key: str) -> None:
    """The title, the figure with its text alternative, and the table folded below.

    The table is made when it is opened, and its file when it is asked for.
    """
    st.subheader(plain(chart.title), anchor=False)
    st.plotly_chart(chart.figure, key=key, config=_CONFIG, alt=chart.text)
    folded = st.expander(
        of_row("The numbers behind it", chart.title),
        icon=":material/table:",
        key=f"{key}_table",
        on_change="rerun",
    )
    if not folded.open:
        return
    with folded:
        st.caption(plain(chart.text))
        st.dataframe(chart.table(), hide_index=True, width="stretch", alt=chart.text)
        st.download_button(
            of_row("Download as CSV", chart.title),
            data=lambda: as_csv(chart.table()),
            file_name=f"{key.replace('_', '-')}.csv",
            mime="text/csv",
            key=f"{key}_csv",
            icon=":material/download:",
            on_click="ignore",
        )


def criteria_radar(
    criteria: Mapping[Criterion, float],
    others: Mapping[str, Mapping[Criterion, float]] | None = None,
) -> Chart:
    """The mean level of each criterion, 1–5; `others` are drawn as dashed lines, by their names."""
    names = [criterion.capitalize() for criterion in criteria]
    others = {
        name: levels for name, levels in (others or {}).items() if set(criteria) <= set(levels)
    }
    figure = go.Figure(_filled(list(criteria.values()), names))
    for name, wanted in others.items():
        figure.add_trace(_dashed(name, [wanted[criterion] for criterion in criteria], names))
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 70, "r": 70, "t": 30, "b": 30},
        legend={"orientation": "h", "y": -0.12, "x": 0.5, "xanchor": "center"},
        polar=_LEVELS,
        showlegend=bool(others),
    )
    return Chart(
        _radar_title(criteria),
        figure,
        _radar_text(criteria, others),
        lambda: {
            "Criterion": names,
            "Mean level (1–5)": [round(n, 1) for n in criteria.values()],
            **{n.capitalize(): [wanted[c] for c in criteria] for n, wanted in others.items()},
        },
    )


_LEVELS = {
    "bgcolor": "rgba(0,0,0,0)",
    "radialaxis": {
        "range": [1, 5],
        "tickvals": [1, 2, 3, 4, 5],
        "angle": 90,
        "tickangle": 90,
        "tickfont": {"color": QUIET},
        "gridcolor": GRID,
    },
    "angularaxis": {"gridcolor": GRID},
}
"""The axes of a radar of levels."""


def _radar_title(criteria: Mapping[Criterion, float]) -> str:
    best, worst = max(criteria, key=criteria.__getitem__), min(criteria, key=criteria.__getitem__)
    if criteria[best] - criteria[worst] < 0.1:
        return f"All criteria are at level {criteria[best]:.1f} of 5"
    return (
        f"{best.capitalize()} is highest ({criteria[best]:.1f}), "
        f"{worst} lowest ({criteria[worst]:.1f} of 5)"
    )


def _radar_text(
    criteria: Mapping[Criterion, float], others: Mapping[str, Mapping[Criterion, float]]
) -> str:
    said = ", ".join(f"{name.capitalize()} {level:.1f}" for name, level in criteria.items())
    beside = "".join(
        f" {name.capitalize()}: " + ", ".join(f"{c} {wanted[c]:.1f}" for c in criteria) + "."
        for name, wanted in others.items()
    )
    return f"Mean level of each criterion from 1 to 5: {said}.{beside}"


def _filled(levels: list[float], names: list[str]) -> go.Scatterpolar:
    return go.Scatterpolar(
        r=[*levels, levels[0]],
        theta=[*names, names[0]],
        fill="toself",
        fillcolor=FILL,
        line={"color": LINE, "width": 2},
        name="yours",
        hovertemplate="%{theta}: level %{r:.1f} of 5<extra></extra>",
    )


def _dashed(name: str, levels: list[float], names: list[str]) -> go.Scatterpolar:
    return go.Scatterpolar(
        r=[*levels, levels[0]],
        theta=[*names, names[0]],
        line={"color": "#c0762c", "width": 2, "dash": "dash"},
        name=name,
        hovertemplate=f"%{{theta}}: %{{r:.1f}} of 5<extra>{name}</extra>",
    )


def times_by_question(turns: Sequence[Turn], limit_seconds: int) -> Chart | None:
    """How long each first answer took, in minutes; None where none was answered."""
    found = [(turn, seconds) for turn in turns if (seconds := answer_seconds(turn)) is not None]
    if not found:
        return None
    longest, most = max(found, key=lambda pair: pair[1])
    figure = go.Figure(
        go.Bar(
            x=[turn.position for turn, _ in found],
            y=[round(min(seconds, MOST_COUNTED_SECONDS) / 60, 2) for _, seconds in found],
            marker={"color": LINE, "opacity": 0.8},
            customdata=[duration(seconds) for _, seconds in found],
            hovertemplate="Question %{x}: %{customdata}<extra></extra>",
        )
    )
    if limit_seconds:
        figure.add_hline(y=limit_seconds / 60, line_color=QUIET, line_dash="dot")
    figure.update_layout(
        height=260,
        margin={"l": 45, "r": 20, "t": 20, "b": 45},
        xaxis={"title": "Question", "dtick": 1, "range": [0.5, len(turns) + 0.5]},
        yaxis={"title": "Minutes", "rangemode": "tozero"},
        bargap=0.5,
    )
    said = ", ".join(f"{turn.position}: {duration(seconds)}" for turn, seconds in found)
    return Chart(
        f"Question {longest.position} took longest, {duration(most)}",
        figure,
        f"Time from each question to its first answer; {said}. One left open for long is cut at "
        f"{duration(MOST_COUNTED_SECONDS)} in the drawing.",
        lambda: {
            "Question": [turn.position for turn, _ in found],
            "Seconds": [round(seconds) for _, seconds in found],
        },
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
            line={"color": LINE, "width": 2},
            marker={"size": [8 + 3 * turn.question.difficulty for turn, _ in scored]},
            customdata=[turn.question.difficulty for turn, _ in scored],
            hovertemplate="Question %{x}: %{y:.0f} of 100, difficulty %{customdata}<extra></extra>",
        )
    )
    figure.update_layout(
        height=HEIGHT,
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
        lambda: _question_table(turns),
    )


def _question_table(turns: Sequence[Turn]) -> Table:
    return {
        "Question": [turn.position for turn in turns],
        "Difficulty": [turn.question.difficulty for turn in turns],
        "Score (0–100)": [None if t.overall is None else round(t.overall) for t in turns],
    }
