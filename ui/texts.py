"""Candidate text and numbers, made safe and readable for the page."""

import re
from collections.abc import Sequence
from html import escape
from unicodedata import category

from core.domain.evaluation import Evidence
from core.domain.sources import Source

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>$:~&])")


def plain(text: str) -> str:
    """Text for a Markdown label, every sign of Markdown disarmed and line breaks closed up.

    A word joiner behind each colon keeps icon names and addresses from being taken for such; signs that
    turn the writing direction are left out.
    """
    seen = "".join(char for char in text if category(char) != "Cf")
    return _MARKDOWN.sub(r"\\\1", " ".join(seen.split())).replace(":", ":\u2060")


def counted(number: int, thing: str) -> str:
    """“1 skill”, “2 skills”."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def duration(seconds: float) -> str:
    """A limit in words: seconds below two minutes, else minutes."""
    return f"{round(seconds)} seconds" if seconds < 120 else f"{round(seconds / 60)} minutes"


def minutes(seconds: float) -> str:
    """“4 min”, or “under a minute”."""
    whole = round(seconds / 60)
    return f"{whole} min" if whole else "under a minute"


def paragraph(text: str, css_class: str) -> str:
    """HTML of a block of text, shown as it is."""
    return f'<div class="{css_class}">{escape(text)}</div>'


def highlighted(answer: str, evidence: Sequence[Evidence]) -> str:
    """HTML of an answer with its evidence marked and numbered from 1; overlaps keep the first."""
    parts: list[str] = []
    at = 0
    for number, found in sorted(enumerate(evidence, 1), key=lambda pair: pair[1].start):
        if found.start < at:
            continue
        parts.append(escape(answer[at : found.start]))
        parts.append(f"<mark>{escape(answer[found.start : found.end])}<sup>{number}</sup></mark>")
        at = found.end
    parts.append(escape(answer[at:]))
    return f'<div class="answer-text">{"".join(parts)}</div>'


def with_sources(text: str, sources: Sequence[Source]) -> str:
    """HTML of a document's text; where a fact was read it is marked, and a tooltip says which."""
    parts: list[str] = []
    at = 0
    for source in sources:
        parts.append(escape(text[at : source.span.start]))
        words = escape(text[source.span.start : source.span.end])
        parts.append(f'<mark title="{escape(source.fact, quote=True)}">{words}</mark>')
        at = source.span.end
    parts.append(escape(text[at:]))
    return f'<div class="document-text">{"".join(parts)}</div>'


def list_html(title: str, items: Sequence[str]) -> str:
    """HTML of a heading and its points; nothing without any."""
    if not items:
        return ""
    points = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<h2>{escape(title)}</h2><ul>{points}</ul>"


def level_rows(rows: Sequence[tuple[str, float | None]]) -> str:
    """HTML of criteria as five boxes each, with the number in words for those who cannot see them."""
    return f'<div class="levels">{"".join(_level_row(name, level) for name, level in rows)}</div>'


def _level_row(name: str, level: float | None) -> str:
    title = escape(name.capitalize())
    if level is None:
        return f'<span>{title}</span><span></span><span class="quiet">not assessed</span>'
    boxes = "".join(
        f'<span class="box"><span style="width:{_filled(level, box):.0f}%"></span></span>'
        for box in range(1, 6)
    )
    return (
        f'<span>{title}</span><span class="boxes" aria-hidden="true">{boxes}</span>'
        f'<span class="number">{level:.1f} of 5</span>'
    )


def _filled(level: float, box: int) -> float:
    """How much of a box is filled, in percent."""
    return 100 * min(1.0, max(0.0, level - box + 1))
