"""How an answer was said, beside its judgement."""

from collections.abc import Sequence
from html import escape
from uuid import UUID

import streamlit as st

from core.bootstrap import Application
from core.domain.annotation import Piece, annotated
from core.domain.answer_delivery import Measures, answer_measures, deliveries_of
from core.domain.delivery import FACTS, Comfortable, Delivery, MarkKind, Measure
from core.domain.delivery_advice import delivery_advice
from core.domain.heard import Take
from core.domain.interview import Interview
from core.domain.turn import Turn
from core.domain.usual_delivery import Usual, spoken_before, usual
from ui import session
from ui.charts import draw_chart
from ui.pace_chart import pace_line
from ui.texts import plain

_MARKS = {
    MarkKind.FILLER: "filler",
    MarkKind.HEDGE: "hedge",
    MarkKind.REPETITION: "said twice",
}


def draw_delivery(app: Application, user: UUID, interview: Interview, turn: Turn) -> None:
    """Every recording that the newest answer was made from; nothing for a typed one."""
    takes = turn.latest.takes if turn.latest else ()
    if not takes:
        return
    with st.expander(_title(turn), icon=":material/graphic_eq:"):
        for number, take in enumerate(takes, 1):
            if len(takes) > 1:
                st.markdown(f"**Recording {number} of {len(takes)}**")
            _draw_take(app, user, take)
        measures = answer_measures(deliveries_of(takes))
        st.html(measures_html(measures, _earlier(app, user, interview, turn)))
        st.caption(
            "Numbers on sound and words only. Nothing is concluded about you: not feelings, not character, "
            "not an accent."
        )


def _title(turn: Turn) -> str:
    counts = turn.evaluation is not None and turn.evaluation.delivery is not None
    return f"How you said it ({'a tenth' if counts else 'not part'} of the score)"


def _earlier(
    app: Application, user: UUID, interview: Interview, turn: Turn
) -> tuple[Measures, ...]:
    """How the spoken answers before this turn were said; earlier interviews are looked up once."""
    earlier = session.made_once(
        "spoken_before", interview.id, lambda: app.speaking.answers_before(user, interview)
    )
    return spoken_before(interview, turn.position, earlier)


def _draw_take(app: Application, user: UUID, take: Take) -> None:
    transcript, delivery = take.heard.transcript, take.heard.delivery
    if transcript is None or delivery is None:
        return
    st.html(
        f"<p>{' '.join(escape(sentence) for sentence in delivery_advice(delivery))}</p>"
        f'<h3>What was heard</h3><p class="quiet">{escape(_told(delivery))}</p>'
        + transcript_html(annotated(transcript, delivery))
    )
    st.caption(f"Written down by {plain(transcript.transcribed_by)}, before you edited it.")
    if len(delivery.pace) > 1:
        draw_chart(pace_line(delivery), f"pace_{take.recording_id}")
    if take.is_kept:
        _draw_recording(app, user, take)


def _told(delivery: Delivery) -> str:
    """What is marked, in words."""
    found = [f"{delivery.count(kind)} × {name}" for kind, name in _MARKS.items()]
    pauses = f"{len(delivery.pauses)} × pause"
    return " · ".join([*found, pauses])


def transcript_html(pieces: Sequence[Piece]) -> str:
    """HTML of a transcript; each mark is named in words, each pause has its length."""
    return f'<div class="answer-text heard">{"".join(_piece_html(piece) for piece in pieces)}</div>'


def _piece_html(piece: Piece) -> str:
    if piece.pause_seconds:
        return f'<span class="pause">pause {piece.pause_seconds:.1f} s</span> '
    words = escape(piece.text)
    if piece.mark is None:
        return words
    return f'<span class="said">{words}<sub> {_MARKS[piece.mark]}</sub></span>'


def measures_html(measures: Measures, earlier: Sequence[Measures] = ()) -> str:
    """HTML of every measure that can be told, with its unit, its sourced range and what is usual so far."""
    rows = "".join(
        _row_html(measure, measures[measure], usual(measure, earlier))
        for measure in Measure
        if measure in measures
    )
    return f'<dl class="measures">{rows}</dl>'


def _row_html(measure: Measure, value: float, before: Usual | None) -> str:
    facts = FACTS[measure]
    hints = [_range_told(facts.comfortable, value)] if facts.comfortable else []
    if before is not None:
        usually = f"{before.value:.{facts.decimals}f}"
        hints.append(f"against your last {before.count} spoken answers: {usually}")
    hint = f'<span class="quiet">{escape("; ".join(hints))}</span>' if hints else ""
    number = f"{value:.{facts.decimals}f} {facts.unit}"
    return f"<dt>{escape(facts.label)}</dt><dd>{escape(number)} {hint}</dd>"


def _range_told(known: Comfortable, value: float) -> str:
    bounds = " to ".join(f"{b:.0f}" for b in (known.low, known.high) if b is not None)
    if known.low is None:
        place = f"up to {bounds}" if known.holds(value) else f"above {bounds}"
    else:
        place = f"{'within' if known.holds(value) else 'outside'} {bounds}"
    return f"{place} ({known.source})"


def _draw_recording(app: Application, user: UUID, take: Take) -> None:
    """Fetched when asked for: a report with many recordings stays light."""
    key = f"listen_{take.recording_id}"
    if not session.value(f"{key}_asked"):
        st.button(
            "Listen to your recording",
            key=key,
            icon=":material/volume_up:",
            on_click=session.remember,
            args=(f"{key}_asked", True),
        )
        return
    recording = app.speaking.recording(user, take)
    if recording is None:
        st.caption("The recording is not stored here.")
    else:
        st.audio(recording.content, format=recording.kind.value, alt="Your recorded answer")
