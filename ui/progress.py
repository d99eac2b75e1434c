"""Whether the candidate gets better, over all finished interviews."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.delivery import Measure
from core.domain.progress import (
    FEWEST,
    Filters,
    HeldInterview,
    JudgedInterview,
    Point,
    change_of,
    criterion_points,
    evaluators,
    greatest_change,
    judged_interviews,
    practice_seconds,
    score_points,
    smoothed,
)
from core.domain.progress_findings import (
    attempt_gains,
    difficulty_reached,
    heat_map,
    kind_scores,
    practice_days,
    rating_gaps,
    speaking_points,
)
from core.domain.rubric import Criterion
from core.domain.timing import MOST_COUNTED_SECONDS
from ui.charts import Chart, draw_chart
from ui.navigation import link_to_practice
from ui.progress_charts import (
    calendar_chart,
    difficulty_chart,
    gains_chart,
    heat_chart,
    kinds_chart,
    rating_chart,
    speaking_chart,
    trend_chart,
)
from ui.texts import counted, plain

_T = TypeVar("_T")
_SPARKLINE = 60
"""The newest so many interviews are told in a tile."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page is about: the interviews the filters left, and whose scores are looked at.

    `best` is the criterion that changed most.
    """

    held: tuple[HeldInterview, ...]
    evaluator: str
    others: tuple[str, ...]
    judged: tuple[JudgedInterview, ...]
    points: tuple[Point, ...]
    best: Criterion


def draw_progress(app: Application, user: UUID) -> None:
    """Findings with their charts; with too little data, what will appear here."""
    held = app.progressing.held_interviews(user)
    judged = [i for i in held if not i.summary.is_drill and any(a.overall for a in i.answers)]
    if len(judged) < FEWEST:
        left = FEWEST - len(judged)
        st.write(
            f"After {FEWEST} finished interviews with a score, their trend appears here, each "
            f"with its range: what got better, which competencies are strong, what trying again brings. "
            f"{left} more to go."
        )
        link_to_practice()
        return
    shown = _draw_filters(held)
    if not shown.evaluator:
        st.info("No judged interview is left with these filters.", icon=":material/filter_alt_off:")
        return
    _draw_tiles(shown)
    _draw_scores(shown)
    _draw_competencies(app, shown)
    _draw_speaking(shown)
    _draw_habits(app, shown)


def _draw_filters(held: Sequence[HeldInterview]) -> _Shown:
    summaries = [interview.summary for interview in held]
    first, last = summaries[0].created_at.date(), summaries[-1].created_at.date()
    with st.expander("Filters", icon=":material/filter_alt:", key="progress_filters"):
        left, right = st.columns(2, gap="medium")
        with left:
            roles = _draw_pills("Role", "progress_roles", [s.role_title for s in summaries], plain)
            focuses = _draw_pills(
                "Kind of interview", "progress_focuses", [s.focus for s in summaries]
            )
        with right:
            ways = _draw_pills("Way", "progress_ways", [s.way for s in summaries])
            days = st.date_input(
                "From and to", (first, last), min_value=first, max_value=last, key="progress_days"
            )
    since, until = _both_days(days)
    filters = Filters(frozenset(roles), frozenset(focuses), frozenset(ways), since, until)
    left_over = tuple(interview for interview in held if filters.take(interview.summary))
    names = evaluators(left_over)
    chosen = names[0] if names else ""
    if len(names) > 1:
        chosen = _draw_evaluators(names)
    st.caption(_counts(left_over, len(held)))
    others = tuple(name for name in names if name != chosen)
    judged = judged_interviews(left_over, chosen)
    points = score_points(judged)
    return _Shown(left_over, chosen, others, judged, points, greatest_change(judged))


def _counts(left_over: Sequence[HeldInterview], total: int) -> str:
    told = f"{counted(len(left_over), 'interview')} of {total}."
    drills = sum(interview.summary.is_drill for interview in left_over)
    if not drills:
        return told
    which = "One of them is a drill" if drills == 1 else f"{drills} of them are drills"
    return f"{told} {which}: practice of what was weak, and in no line of scores."


def _draw_pills(
    label: str, key: str, values: Sequence[_T], named: Callable[[_T], str] = str
) -> list[_T]:
    """Any of some values; none chosen means all. Not drawn where there is nothing to choose."""
    options = sorted(set(values), key=str)
    if len(options) < 2:
        return []
    return st.pills(
        label,
        options,
        key=key,
        selection_mode="multi",
        format_func=named,
        persist_state="session",
    )


def _both_days(days: object) -> tuple[date | None, date | None]:
    """The first and the last day; the last is missing while only one is chosen."""
    chosen = [day for day in days if isinstance(day, date)] if isinstance(days, tuple) else []
    return (chosen[0] if chosen else None, chosen[1] if len(chosen) > 1 else None)


def _draw_evaluators(names: Sequence[str]) -> str:
    """Whose scores are looked at: those of different evaluators are not comparable."""
    chosen = st.segmented_control(
        "Judged by",
        names,
        key="progress_evaluator",
        default=names[0],
        required=True,
        format_func=plain,
        persist_state="session",
    )
    st.caption(
        "Evaluators judge differently, so their scores are never put in one line. All findings below "
        "are about the one chosen; the others have lines of their own in the first chart."
    )
    return chosen if chosen in names else names[0]


def _draw_tiles(shown: _Shown) -> None:
    best = shown.best
    levels = criterion_points(shown.judged, best)
    days = practice_days(shown.held)
    hours = practice_seconds(shown.held, MOST_COUNTED_SECONDS) / 3600
    with st.grid(min_column_width=200, gap="small"):
        _draw_tile("Overall now (0–100)", shown.points, 0, "The mean of the last five interviews.")
        _draw_tile(f"{best.capitalize()} (1–5)", levels, 1, "The criterion that changed most.")
        with st.container(border=True):
            st.metric("Time answering", f"{hours:.1f} h")
            st.caption(f"{sum(day.answers for day in days)} answers on {counted(len(days), 'day')}")


def _draw_tile(label: str, points: Sequence[Point], digits: int, about: str) -> None:
    """The smoothed value with its line, and the change where it is clear."""
    if not points:
        return
    line = smoothed([point.value.score for point in points])
    change = change_of(points)
    is_clear = change is not None and change.is_clear
    st.metric(
        label,
        f"{line[-1]:.{digits}f}",
        f"{change.difference:+.{digits}f}" if change and is_clear else None,
        chart_data=[round(value, 2) for value in line[-_SPARKLINE:]],
        border=True,
        help=f"{about} The change is that since the first ones, told where it is clear.",
    )


def _draw_scores(shown: _Shown) -> None:
    series = {shown.evaluator: shown.points}
    series |= {name: score_points(judged_interviews(shown.held, name)) for name in shown.others}
    draw_chart(trend_chart(series, "Overall", "points", (0.0, 100.0)), "progress_trend")
    chosen = _draw_criteria(shown.best)
    levels = criterion_points(shown.judged, chosen)
    if levels:
        chart = trend_chart({shown.evaluator: levels}, chosen.capitalize(), "levels", (1.0, 5.0), 1)
        draw_chart(chart, "progress_criterion")
    else:
        st.caption(f"{chosen.capitalize()} was not assessed in these interviews.")


def _draw_criteria(first: Criterion) -> Criterion:
    chosen = st.segmented_control(
        "One criterion over time",
        list(Criterion),
        key="progress_criterion_choice",
        default=first,
        required=True,
        format_func=lambda criterion: criterion.capitalize(),
    )
    return chosen or first


def _draw_competencies(app: Application, shown: _Shown) -> None:
    st.header("What you are good at", anchor=False)
    heat = heat_map(shown.judged)
    titles = {c: app.content.competency_title(c) for c in heat.competencies}
    draw_chart(heat_chart(heat, titles), "progress_heat")
    draw_chart(kinds_chart(kind_scores(shown.judged)), "progress_kinds")
    reached = difficulty_reached(shown.judged)
    draw_chart(difficulty_chart(reached), "progress_difficulty")


def _draw_speaking(shown: _Shown) -> None:
    """Pace and filler words over time, where answers were spoken."""
    found = {m: speaking_points(shown.held, m) for m in (Measure.PACE, Measure.FILLERS)}
    if not found[Measure.PACE]:
        return
    st.header("How you speak", anchor=False)
    draw_chart(speaking_chart(found[Measure.PACE], Measure.PACE), "progress_pace")
    if found[Measure.FILLERS]:
        draw_chart(speaking_chart(found[Measure.FILLERS], Measure.FILLERS), "progress_fillers")
    else:
        st.caption(
            "Filler words are counted only where the transcriber writes them down; most leave them out."
        )


def _draw_habits(app: Application, shown: _Shown) -> None:
    st.header("How you practise", anchor=False)
    today = app.clock.now().date()
    draw_chart(calendar_chart(practice_days(shown.held), today), "progress_calendar")
    gains = attempt_gains(shown.held, shown.evaluator)
    _draw_or_say(gains_chart, gains, "progress_gains", "Try a question again after its feedback")
    gaps = rating_gaps(shown.held, shown.evaluator)
    _draw_or_say(rating_chart, gaps, "progress_ratings", "Rate your answers before their feedback")


def _draw_or_say(
    make: Callable[[Sequence[_T]], Chart], found: Sequence[_T], key: str, what_to_do: str
) -> None:
    """The chart, or what one would do to get it."""
    if found:
        draw_chart(make(found), key)
    else:
        st.caption(f"{what_to_do} (the coach way), and what that shows appears here.")
