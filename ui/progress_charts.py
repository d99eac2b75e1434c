"""The charts of the Progress page, made from findings of the domain.

Long series are arrays: Plotly copies lists item by item, several times.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np

from core.domain.delivery import FACTS, Measure
from core.domain.progress import WINDOW, Point, change_sentence, smoothed
from core.domain.progress_findings import (
    AttemptGain,
    GroupScore,
    HeatMap,
    PracticeDay,
    Reached,
    days_sentence,
    difficulty_sentence,
    gain_sentence,
    kinds_sentence,
    rating_sentence,
    speaking_sentence,
)
from core.domain.tables import Table
from ui.charts import GRID, HEIGHT, LINE, QUIET, Chart, Figure

_COLOURS = (LINE, "#c0762c", "#8a5a9e", "#5a7d3a", "#b04a5a", "#5b6b7b")
_SYMBOLS = ("circle", "diamond", "square", "triangle-up", "cross", "x")
_MOST_WITH_RANGES = 150
"""Beyond so many dots the range of each would cover the line; hover and table still tell it."""
_MOST_DOTS = 200
"""More dots than the page is wide would be a cloud: the newest are drawn, the line and the table have all."""
HEAT = ((0.0, "#cf7d62"), (0.35, "#dcab4e"), (0.65, "#8fc0b8"), (1.0, "#4a9fb8"))
HEAT_TEXT = "#101417"
"""Can be read on each of the colours."""
_CALENDAR = [[0.0, "rgba(125, 135, 144, 0.12)"], [0.01, "#a9cdd9"], [1.0, "#1f6a86"]]
_BAND = "rgba(47, 127, 159, 0.13)"
_WEEKS = 26
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_SMOOTHED = f"The thick line is the mean of an interview and the {WINDOW - 1} before it."


def trend_chart(
    series: Mapping[str, Sequence[Point]],
    what: str,
    unit: str,
    bounds: tuple[float, float],
    digits: int = 0,
) -> Chart:
    """A value over interviews, with its range and a smoothed line; one line an evaluator.

    The title speaks of the first evaluator; `unit` is in the plural, `bounds` are those of the axis.
    """
    main = next(iter(series))
    title = change_sentence(series[main], what, unit, digits)
    if len(series) > 1:
        title += f" (judged by {main}; each evaluator has a line of its own)"
    traces = [
        trace
        for number, (name, points) in enumerate(series.items())
        for trace in _trend_traces(name, points, number, unit, digits, is_lone=len(series) == 1)
    ]
    figure = _figure(
        traces,
        yaxis={"title": {"text": f"{what} ({unit})"}, "range": _padded(bounds)},
        xaxis=_time_axis([p for points in series.values() for p in points]),
        showlegend=len(series) > 1,
    )
    return Chart(title, figure, _trend_text(series, what, digits), lambda: _trend_table(series))


def _padded(bounds: tuple[float, float]) -> list[float]:
    low, high = bounds
    margin = (high - low) * 0.03
    return [low - margin, high + margin]


def _trend_traces(
    name: str, points: Sequence[Point], number: int, unit: str, digits: int, *, is_lone: bool
) -> list[dict[str, Any]]:
    all_points, points = points, points[-_MOST_DOTS:]
    x = np.array([point.when.isoformat() for point in points])
    y = np.array([round(point.value.score, 2) for point in points])
    colour = _COLOURS[number % len(_COLOURS)]
    dots: dict[str, Any] = {
        "type": "scatter",
        "x": x,
        "y": y,
        "mode": "markers",
        "name": name,
        "legendgroup": name,
        "marker": {
            "color": colour,
            "size": 8,
            "opacity": 0.6,
            "symbol": _SYMBOLS[number % len(_SYMBOLS)],
        },
        "hovertext": np.array([_told(point, digits) for point in points]),
        "hovertemplate": f"%{{x|%d %b %Y}}: %{{hovertext}} {unit}<extra>{'' if is_lone else name}</extra>",
    }
    if len(points) <= _MOST_WITH_RANGES:
        dots["error_y"] = {
            "type": "data",
            "array": [round(p.value.high - p.value.score, 2) for p in points],
            "arrayminus": [round(p.value.score - p.value.low, 2) for p in points],
            "thickness": 1,
            "width": 0,
            "color": colour,
        }
    line = {
        "type": "scatter",
        **_smoothed_line(all_points),
        "mode": "lines",
        "name": f"{name}, smoothed",
        "legendgroup": name,
        "showlegend": False,
        "line": {"color": colour, "width": 3},
        "hoverinfo": "skip",
    }
    return [dots, line]


def _smoothed_line(points: Sequence[Point]) -> dict[str, Any]:
    """The smoothed line, every so many points where there are more than the page is wide."""
    line = list(zip(points, smoothed([p.value.score for p in points]), strict=True))
    shown = line[:: -(-len(line) // _MOST_DOTS)]
    if shown[-1] is not line[-1]:
        shown.append(line[-1])
    return {
        "x": np.array([point.when.isoformat() for point, _ in shown]),
        "y": np.array([round(value, 2) for _, value in shown]),
    }


def _told(point: Point, digits: int) -> str:
    value = point.value
    return f"{value.score:.{digits}f} ({value.low:.{digits}f}–{value.high:.{digits}f})"


def _trend_text(series: Mapping[str, Sequence[Point]], what: str, digits: int) -> str:
    parts = []
    for name, points in series.items():
        scores = [point.value.score for point in points]
        parts.append(
            f"{what} of {len(points)} interviews judged by {name}, from {scores[0]:.{digits}f} in the first "
            f"to {scores[-1]:.{digits}f} in the last; lowest {min(scores):.{digits}f}, "
            f"highest {max(scores):.{digits}f}."
        )
    if any(len(points) > _MOST_DOTS for points in series.values()):
        parts.append(f"Dots are the newest {_MOST_DOTS} interviews.")
    return " ".join([*parts, _SMOOTHED])


def _trend_table(series: Mapping[str, Sequence[Point]]) -> Table:
    rows = [
        (point, name, line)
        for name, points in series.items()
        for point, line in zip(points, smoothed([p.value.score for p in points]), strict=True)
    ]
    return {
        "Date": [f"{p.when:%Y-%m-%d}" for p, _, _ in rows],
        "Interview": [p.interview.title for p, _, _ in rows],
        "Judged by": [name for _, name, _ in rows],
        "Answers": [p.count for p, _, _ in rows],
        "Value": [round(p.value.score, 1) for p, _, _ in rows],
        "Low": [round(p.value.low, 1) for p, _, _ in rows],
        "High": [round(p.value.high, 1) for p, _, _ in rows],
        "Smoothed": [round(line, 1) for _, _, line in rows],
    }


def heat_chart(heat: HeatMap, titles: Mapping[str, str]) -> Chart:
    """Mean score by competency and period, the strongest competency on top."""
    shape = "%d %b" if heat.is_weekly else "%b<br>%Y"
    periods = [f"{period:{shape}}" for period in heat.periods]
    rows = [[heat.cells.get((c, p)) for p in heat.periods] for c in heat.competencies]
    figure = _figure(
        [
            {
                "type": "heatmap",
                "x": periods,
                "y": [_wrapped(titles[c]) for c in heat.competencies],
                "z": [[cell.score if cell else None for cell in row] for row in rows],
                "text": [[f"{cell.score:.0f}" if cell else "" for cell in row] for row in rows],
                "customdata": [[cell.count if cell else 0 for cell in row] for row in rows],
                "texttemplate": "%{text}",
                "textfont": {"color": HEAT_TEXT},
                "zmin": 0,
                "zmax": 100,
                "colorscale": HEAT,
                "xgap": 2,
                "ygap": 2,
                "hoverongaps": False,
                "showscale": False,
                "hovertemplate": "%{y}, %{x}: %{z:.0f} of 100 over %{customdata} answers<extra></extra>",
            }
        ],
        height=90 + 34 * len(heat.competencies),
        yaxis={"autorange": "reversed", "automargin": True, "showgrid": False},
        xaxis={"showgrid": False, "side": "top", "type": "category"},
    )
    title = heat.title(titles)
    said = "; ".join(f"{titles[c]} {heat.totals[c].score:.0f}" for c in heat.competencies)
    rest = (
        f" {heat.left_out} more competencies with fewer answers are left out."
        if heat.left_out
        else ""
    )
    text = f"Mean score from 0 to 100 by competency and {'week' if heat.is_weekly else 'month'}; over all: {said}.{rest}"
    return Chart(title, figure, text, lambda: _heat_table(heat, titles))


def _heat_table(heat: HeatMap, titles: Mapping[str, str]) -> Table:
    rows = [(c, p) for c in heat.competencies for p in heat.periods if (c, p) in heat.cells]
    return {
        "Competency": [titles[c] for c, _ in rows],
        "From": [f"{p:%Y-%m-%d}" for _, p in rows],
        "Mean score (0–100)": [round(heat.cells[row].score, 1) for row in rows],
        "Answers": [heat.cells[row].count for row in rows],
    }


def _wrapped(title: str) -> str:
    """A long name in two lines, so that it leaves room on a narrow screen."""
    words = title.split()
    if len(title) <= 16 or len(words) < 2:
        return title
    middle = min(range(1, len(words)), key=lambda n: abs(len(" ".join(words[:n])) - len(title) / 2))
    return f"{' '.join(words[:middle])}<br>{' '.join(words[middle:])}"


def difficulty_chart(reached: Sequence[Reached]) -> Chart:
    """The hardest difficulty with a solid mean score, interview by interview, and the hardest asked."""
    figure = _figure(
        _difficulty_traces(reached[-_MOST_DOTS:]),
        yaxis={
            "title": {"text": "Difficulty (1–5)"},
            "range": [-0.4, 5.4],
            "tickvals": [0, 1, 2, 3, 4, 5],
            "ticktext": ["none", "1", "2", "3", "4", "5"],
        },
        xaxis={"type": "date"},
        showlegend=True,
    )
    held = [r.difficulty or 0 for r in reached]
    text = (
        f"The hardest difficulty with a mean score of 65 or more in each of {len(reached)} interviews; "
        f"{held[0]} in the first, {held[-1]} in the last, {max(held)} at most; 0 is none."
    )
    return Chart(
        difficulty_sentence(reached),
        figure,
        text,
        lambda: {
            "Date": [f"{r.when:%Y-%m-%d}" for r in reached],
            "Role": [r.role_title for r in reached],
            "Difficulty reached": [r.difficulty for r in reached],
            "Hardest asked": [r.hardest_asked for r in reached],
        },
    )


def _difficulty_traces(drawn: Sequence[Reached]) -> list[dict[str, Any]]:
    x = np.array([r.when.isoformat() for r in drawn])
    return [
        {
            "type": "scatter",
            "x": x,
            "y": np.array([r.hardest_asked for r in drawn]),
            "mode": "markers",
            "name": "hardest asked",
            "marker": {"symbol": "line-ew-open", "size": 12, "color": QUIET},
            "hovertemplate": "%{x|%d %b %Y}: hardest asked %{y}<extra></extra>",
        },
        {
            "type": "scatter",
            "x": x,
            "y": np.array([r.difficulty or 0 for r in drawn]),
            "mode": "markers",
            "name": "reached",
            "marker": {"size": 9, "color": LINE, "opacity": 0.75},
            "hovertemplate": "%{x|%d %b %Y}: reached %{y}<extra></extra>",
        },
    ]


def rating_chart(points: Sequence[Point]) -> Chart:
    """How far one's own ratings lie above the judgements, interview by interview."""
    chart = trend_chart({"your ratings": points}, "Gap", "levels", (-4.0, 4.0), 1)
    zero = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": 0, "y1": 0}
    layout = chart.figure["layout"]
    layout["shapes"] = [{**zero, "line": {"color": QUIET, "dash": "dot"}}]
    layout["yaxis"]["title"] = {"text": "Your rating − judgement (levels)"}
    text = f"{chart.text} Above zero the rating was higher than the judgement."
    return Chart(rating_sentence(points), chart.figure, text, chart.table)


def speaking_chart(points: Sequence[Point], measure: Measure) -> Chart:
    """The pace, or filler words a minute, interview by interview, with what is comfortable to follow."""
    facts = FACTS[measure]
    highest = max(point.value.high for point in points)
    known = facts.comfortable
    top = max(highest, (known.high or 0.0) if known else 0.0) * 1.15
    chart = trend_chart(
        {"spoken answers": points}, facts.label, facts.unit, (0.0, top), facts.decimals
    )
    if known is None:
        return chart
    low, high = known.low or 0.0, known.high or top
    band = {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": low, "y1": high}
    chart.figure["layout"]["shapes"] = [{**band, "line": {"width": 0}, "fillcolor": _BAND}]
    bounds = f"up to {high:.0f}" if known.low is None else f"{low:.0f} to {high:.0f}"
    text = f"{chart.text} The band is what is comfortable to follow, {bounds} ({known.source})."
    return Chart(speaking_sentence(points, measure), chart.figure, text, chart.table)


def kinds_chart(groups: Sequence[GroupScore]) -> Chart:
    """The mean score of each kind of question with its range."""
    figure = _figure(
        [
            {
                "type": "bar",
                "orientation": "h",
                "x": [round(g.value.score, 1) for g in groups],
                "y": [f"{g.name.capitalize()}<br>({g.count})" for g in groups],
                "marker": {"color": LINE, "opacity": 0.8},
                "error_x": _errors(groups),
                "hovertemplate": "%{y}: %{x:.0f} of 100<extra></extra>",
            }
        ],
        height=90 + 52 * len(groups),
        xaxis={
            "title": {"text": "Mean score (0–100), with two standard errors"},
            "range": [0, 103],
        },
        yaxis={"autorange": "reversed", "automargin": True},
    )
    said = "; ".join(f"{g.name} {g.value.score:.0f} over {g.count} answers" for g in groups)
    return Chart(
        kinds_sentence(groups),
        figure,
        f"Mean score from 0 to 100 by kind of question: {said}.",
        lambda: {
            "Kind": [g.name for g in groups],
            "Mean score (0–100)": [round(g.value.score, 1) for g in groups],
            "Low": [round(g.value.low, 1) for g in groups],
            "High": [round(g.value.high, 1) for g in groups],
            "Answers": [g.count for g in groups],
        },
    )


def _errors(groups: Sequence[GroupScore]) -> dict[str, Any]:
    return {
        "type": "data",
        "array": [round(g.value.high - g.value.score, 1) for g in groups],
        "arrayminus": [round(g.value.score - g.value.low, 1) for g in groups],
        "thickness": 1.5,
        "width": 4,
        "color": QUIET,
    }


def gains_chart(gains: Sequence[AttemptGain]) -> Chart:
    """What each further attempt added on average, with its range."""
    names = [f"{gain.number - 1} → {gain.number}<br>({gain.count})" for gain in gains]
    figure = _figure(
        [
            {
                "type": "bar",
                "x": names,
                "y": [round(g.gain.score, 1) for g in gains],
                "width": 0.4,
                "marker": {"color": LINE, "opacity": 0.8},
                "error_y": {
                    "type": "data",
                    "array": [round(g.gain.high - g.gain.score, 1) for g in gains],
                    "arrayminus": [round(g.gain.score - g.gain.low, 1) for g in gains],
                    "color": QUIET,
                },
                "hovertemplate": "%{x}: %{y:+.0f} points<extra></extra>",
            }
        ],
        xaxis={"title": {"text": "Attempts (how many pairs)"}, "type": "category"},
        yaxis={"title": {"text": "Gain (points)"}, "zeroline": True},
    )
    said = "; ".join(
        f"attempt {g.number}: {g.gain.score:+.0f} points over {g.count}, {g.better} of them better"
        for g in gains
    )
    return Chart(
        gain_sentence(gains),
        figure,
        f"Mean gain of an attempt over the one before it: {said}.",
        lambda: {
            "Attempt": [g.number for g in gains],
            "Mean gain (points)": [round(g.gain.score, 1) for g in gains],
            "Low": [round(g.gain.low, 1) for g in gains],
            "High": [round(g.gain.high, 1) for g in gains],
            "Pairs": [g.count for g in gains],
            "Better": [g.better for g in gains],
        },
    )


def calendar_chart(days: Sequence[PracticeDay], today: date) -> Chart:
    """Answers a day over the last half year; weeks from left to right, Monday on top."""
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - timedelta(weeks=n) for n in reversed(range(_WEEKS))]
    counts = {day.day: day.answers for day in days}
    grid = [[week + timedelta(days=n) for week in weeks] for n in range(7)]
    figure = _figure(
        [
            {
                "type": "heatmap",
                "x": [f"{week:%Y-%m-%d}" for week in weeks],
                "y": list(_DAYS),
                "z": [[None if d > today else counts.get(d, 0) for d in row] for row in grid],
                "text": [[f"{day:%d %b %Y}" for day in row] for row in grid],
                "zmin": 0,
                "colorscale": _CALENDAR,
                "xgap": 3,
                "ygap": 3,
                "showscale": False,
                "hoverongaps": False,
                "hovertemplate": "%{text}: %{z} answers<extra></extra>",
            }
        ],
        height=230,
        yaxis={
            "autorange": "reversed",
            "showgrid": False,
            "tickvals": ["Mon", "Wed", "Fri", "Sun"],
        },
        xaxis={"showgrid": False, "type": "date", "tickformat": "%b", "dtick": "M1"},
    )
    shown = [day for day in days if day.day >= weeks[0]]
    text = (
        f"Answers on each day of the last {_WEEKS} weeks: practice on {len(shown)} days, "
        f"{sum(day.answers for day in shown)} answers. Darker is more. Days are those of UTC."
    )
    return Chart(
        days_sentence(days),
        figure,
        text,
        lambda: {
            "Day": [f"{day.day:%Y-%m-%d}" for day in days],
            "Answers": [day.answers for day in days],
        },
    )


def _time_axis(points: Sequence[Point]) -> dict[str, Any]:
    """Months on a long axis, days on a short one."""
    span = max(p.when for p in points) - min(p.when for p in points)
    return {"type": "date", "tickformat": "%b %Y" if span.days > 70 else "%d %b", "nticks": 6}


def _figure(
    traces: list[dict[str, Any]],
    *,
    height: int = HEIGHT,
    showlegend: bool = False,
    xaxis: dict[str, Any],
    yaxis: dict[str, Any],
) -> Figure:
    """What Plotly makes a figure of; it is made once, by Streamlit."""
    layout = {
        "height": height,
        "margin": {"l": 50, "r": 15, "t": 25, "b": 45},
        "xaxis": {"gridcolor": GRID, "fixedrange": True, **xaxis},
        "yaxis": {"gridcolor": GRID, "fixedrange": True, **yaxis},
        "showlegend": showlegend,
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0},
        "bargap": 0.35,
    }
    return {"data": traces, "layout": layout}
