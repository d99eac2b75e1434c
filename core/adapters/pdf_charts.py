"""The charts of a report as vectors in a PDF. Sizes and places are in points (1/72 inch)."""

from collections.abc import Mapping, Sequence
from math import cos, pi, sin

from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon, Rect, String
from reportlab.lib.colors import Color

from core.adapters.pdf_page import ACCENT, ACCENT_LIGHT, BODY, BOLD, QUIET, RULE, SECOND
from core.domain.report import CompetencyScore
from core.domain.rubric import HIGHEST_LEVEL, LOWEST_LEVEL, Criterion
from core.domain.turn import Turn

_RADIUS = 58.0
_SMALL = 7.0


def radar(levels: Mapping[Criterion, float], expected: Mapping[Criterion, float]) -> Drawing:
    """The level of each criterion as an area, what is expected as a dashed line."""
    drawing = Drawing(235, 205)
    middle = (117.0, 100.0)
    names = list(levels)
    for ring in range(LOWEST_LEVEL + 1, HIGHEST_LEVEL + 1):
        corners = [_corner(middle, n, len(names), ring) for n in range(len(names))]
        drawing.add(_polygon(corners, stroke=RULE))
        drawing.add(_label(str(ring), middle[0] + 3, middle[1] + _length(ring) - 7))
    for n, name in enumerate(names):
        x, y = _corner(middle, n, len(names), HIGHEST_LEVEL)
        drawing.add(Line(*middle, x, y, strokeColor=RULE, strokeWidth=0.5))
        _add_corner_label(drawing, f"{name.capitalize()} {levels[name]:.1f}", (x, y), middle)
    reached = [_corner(middle, n, len(names), levels[c]) for n, c in enumerate(names)]
    drawing.add(_polygon(reached, stroke=ACCENT, fill=ACCENT_LIGHT, width=1.4))
    if all(name in expected for name in names):
        wanted = [_corner(middle, n, len(names), expected[c]) for n, c in enumerate(names)]
        drawing.add(_polygon(wanted, stroke=SECOND, dash=[3, 2], width=1.1))
    return drawing


def _length(level: float) -> float:
    return _RADIUS * (level - LOWEST_LEVEL) / (HIGHEST_LEVEL - LOWEST_LEVEL)


def _corner(
    middle: tuple[float, float], number: int, count: int, level: float
) -> tuple[float, float]:
    """Where a level lies on the axis of a number, the first one upwards, clockwise."""
    angle = pi / 2 - 2 * pi * number / count
    return middle[0] + _length(level) * cos(angle), middle[1] + _length(level) * sin(angle)


def _polygon(
    corners: Sequence[tuple[float, float]],
    *,
    stroke: Color,
    fill: Color | None = None,
    dash: list[int] | None = None,
    width: float = 0.5,
) -> Polygon:
    shape = Polygon(
        [value for corner in corners for value in corner],
        strokeColor=stroke,
        strokeWidth=width,
        fillColor=fill,
        strokeDashArray=dash,
    )
    shape.fillOpacity = 0.65
    return shape


def _add_corner_label(
    drawing: Drawing, text: str, corner: tuple[float, float], middle: tuple[float, float]
) -> None:
    x, y = corner
    sideways = x - middle[0]
    anchor = "middle" if abs(sideways) < 10 else ("start" if sideways > 0 else "end")
    shift = {"middle": 0.0, "start": 5.0, "end": -5.0}[anchor]
    lift = 7 if y > middle[1] + 40 else -10 if y < middle[1] - 40 else -2
    drawing.add(_label(text, x + shift, y + lift, anchor, QUIET))


def _label(
    text: str, x: float, y: float, anchor: str = "start", colour: Color = QUIET, font: str = BODY
) -> String:
    return String(x, y, text, fontName=font, fontSize=_SMALL, fillColor=colour, textAnchor=anchor)


def score_dots(turns: Sequence[Turn], width: float) -> Drawing:
    """The score of each question in order; a larger dot is a harder question, a cross has no score."""
    height, left, bottom, top = 128.0, 24.0, 26.0, 112.0
    drawing = Drawing(width, height)
    step = (width - left - 10) / max(1, len(turns))
    for score in (0, 25, 50, 75, 100):
        y = bottom + (top - bottom) * score / 100
        drawing.add(Line(left, y, width, y, strokeColor=RULE, strokeWidth=0.5))
        drawing.add(_label(str(score), left - 4, y - 2.5, "end"))
    before: tuple[float, float] | None = None
    for n, turn in enumerate(turns):
        x = left + step * (n + 0.5)
        drawing.add(_label(str(turn.position), x, bottom - 11, "middle"))
        drawing.add(_label(f"d{turn.question.difficulty}", x, bottom - 20, "middle"))
        if turn.overall is None:
            drawing.add(_label("–", x, bottom + 3, "middle"))
            continue
        y = bottom + (top - bottom) * turn.overall / 100
        if before:
            drawing.add(Line(*before, x, y, strokeColor=ACCENT, strokeWidth=0.8))
        before = (x, y)
        drawing.add(_dot(x, y, turn.question.difficulty))
        drawing.add(_label(f"{turn.overall:.0f}", x, y + 8, "middle", ACCENT, BOLD))
    return drawing


def _dot(x: float, y: float, difficulty: int) -> Circle:
    return Circle(x, y, 1.6 + 0.6 * difficulty, fillColor=ACCENT, strokeColor=None)


def competency_bars(
    scores: Sequence[CompetencyScore], titles: Mapping[str, str], width: float
) -> Drawing:
    """The mean score of each competency, 0–100, with the number of answers."""
    row, left = 15.0, 150.0
    height = row * len(scores) + 4
    drawing = Drawing(width, height)
    full = width - left - 75
    for n, found in enumerate(scores):
        y = height - row * (n + 1) + 3
        drawing.add(_label(titles.get(found.competency, found.competency), left - 6, y + 1, "end"))
        drawing.add(Rect(left, y, full, 7, fillColor=ACCENT_LIGHT, strokeColor=None))
        drawing.add(Rect(left, y, full * found.score / 100, 7, fillColor=ACCENT, strokeColor=None))
        answers = "1 answer" if found.judged == 1 else f"{found.judged} answers"
        drawing.add(_label(f"{found.score:.0f}  ({answers})", left + full + 6, y + 1))
    return drawing
