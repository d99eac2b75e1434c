"""Two attempts at one question side by side, as HTML: what differs in the words, and in the levels."""

from html import escape

from core.domain.attempt import Attempt
from core.domain.coaching import criterion_changes
from core.domain.differences import Difference, Piece, differences
from core.domain.turn import Turn

_TAGS = {Difference.REMOVED: "del", Difference.ADDED: "ins"}


def changes_html(earlier: Attempt, newest: Attempt) -> str:
    """What changed in the score and on each criterion; empty unless both attempts are judged."""
    if earlier.evaluation is None or newest.evaluation is None:
        return ""
    if earlier.overall is None or newest.overall is None:
        return ""
    changes = criterion_changes(earlier.evaluation, newest.evaluation)
    items = [_change_html("Score", newest.overall - earlier.overall, 0)]
    items += [
        _change_html(change.criterion.capitalize(), change.difference, 1)
        for change in changes
        if change.difference is not None
    ]
    note = ""
    if earlier.evaluation.evaluator != newest.evaluation.evaluator:
        note = '<p class="quiet">Two interviewers judged: compare with care.</p>'
    elif earlier.evaluation.scored_by != newest.evaluation.scored_by:
        note = '<p class="quiet">Delivery counts in one of the two only: compare with care.</p>'
    return f'<h2>Since attempt {earlier.number}</h2><ul class="changes">{"".join(items)}</ul>{note}'


def _change_html(name: str, difference: float, digits: int) -> str:
    rounded = round(difference, digits)
    kind, sign = ("more", "▲") if rounded > 0 else ("less", "▼") if rounded < 0 else ("same", "=")
    number = f"{rounded:+.{digits}f}".replace("-", "−") if rounded else "0"
    return f'<li class="{kind}">{name} <span aria-hidden="true">{sign}</span> {number}</li>'


def best_html(turn: Turn) -> str:
    """Which of several attempts is best so far; empty where there is one, or none with a score."""
    best = turn.best
    if best is None or best.overall is None or len(turn.attempts) < 2:
        return ""
    which = "this attempt" if best is turn.latest else f"attempt {best.number}"
    note = "" if best is turn.latest else " The newest one counts in the report; all are kept."
    return (
        f'<p class="best"><span aria-hidden="true">★</span> Best so far: {which}, '
        f"{best.overall:.0f} of 100.{note}</p>"
    )


def side_by_side_html(earlier: Attempt, newest: Attempt) -> str:
    """The earlier answer with what was left out, beside the newest with what is new."""
    pieces = differences(earlier.answer, newest.answer)
    columns = (
        _column_html(earlier, [p for p in pieces if p.difference is not Difference.ADDED]),
        _column_html(newest, [p for p in pieces if p.difference is not Difference.REMOVED]),
    )
    return f'<div class="side-by-side">{"".join(columns)}</div>'


def _column_html(attempt: Attempt, pieces: list[Piece]) -> str:
    score = f"{attempt.overall:.0f} of 100" if attempt.overall is not None else "no score"
    words = "".join(_piece_html(piece) for piece in pieces)
    return (
        f"<section><h3>Attempt {attempt.number} · {score}</h3>"
        f'<div class="answer-text">{words}</div></section>'
    )


def _piece_html(piece: Piece) -> str:
    """Spaces before the words stay outside, so that only words are struck out or underlined."""
    tag = _TAGS.get(piece.difference)
    if tag is None:
        return escape(piece.text)
    words = piece.text.lstrip()
    space = escape(piece.text[: len(piece.text) - len(words)])
    return f"{space}<{tag}>{escape(words)}</{tag}>" if words else space
