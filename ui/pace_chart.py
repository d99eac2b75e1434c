"""The pace of a spoken answer over its time, as a chart."""

from collections.abc import Sequence

import plotly.graph_objects as go

from core.domain.delivery import FACTS, Delivery, Measure
from ui.charts import FILL, LINE, Chart


def pace_line(delivery: Delivery) -> Chart:
    """Words a minute over the time of a recording, with the range that is easy to follow."""
    at = [point.at_seconds for point in delivery.pace]
    pace = [point.words_per_minute for point in delivery.pace]
    figure = go.Figure(
        go.Scatter(
            x=at,
            y=pace,
            mode="lines+markers",
            line={"color": LINE, "width": 2},
            hovertemplate="%{x:.0f} s: %{y:.0f} words a minute<extra></extra>",
        )
    )
    known = FACTS[Measure.PACE].comfortable
    low, high = (known.low or 0.0, known.high or 0.0) if known else (0.0, 0.0)
    figure.add_hrect(y0=low, y1=high, fillcolor=FILL, opacity=0.4, line_width=0)
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
        lambda: {
            "Seconds": [round(x, 1) for x in at],
            "Words a minute": [round(y) for y in pace],
        },
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
