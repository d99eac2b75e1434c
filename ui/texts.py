"""Candidate text and numbers, made safe and readable for the page."""

import re
from collections.abc import Sequence
from html import escape
from itertools import pairwise
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


def of_row(label: str, row: str) -> str:
    """A button's label that many rows share, with the row's name for who hears it and does not see where.

    The style sheet hides the small print of a button from the eye.
    """
    return f"{label} :small[{plain(row)}]"


def counted(number: int, thing: str) -> str:
    """“1 skill”, “2 skills”."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def minutes(seconds: float) -> str:
    """“4 min”, or “under a minute”."""
    whole = round(seconds / 60)
    return f"{whole} min" if whole else "under a minute"


def paragraph(text: str, css_class: str) -> str:
    """HTML of a block of text, shown as it is."""
    return f'<div class="{css_class}">{escape(text)}</div>'


def highlighted(answer: str, evidence: Sequence[Evidence]) -> str:
    """HTML of an answer with its evidence marked, each piece numbered from 1 where it ends.

    Pieces may overlap. A screen reader hears “mark 1” in place of the bare number.
    """
    ends = [(found.end, number) for number, found in enumerate(evidence, 1)]
    cuts = sorted({0, len(answer)} | {at for e in evidence for at in (e.start, e.end)})
    parts: list[str] = []
    for start, end in pairwise(cuts):
        words = escape(answer[start:end])
        numbers = "".join(
            f'<sup><span class="spoken"> mark </span>{n}</sup>' for at, n in ends if at == end
        )
        is_marked = any(found.start <= start < found.end for found in evidence)
        parts.append(f"<mark>{words}{numbers}</mark>" if is_marked else words)
    return f'<div class="answer-text">{"".join(parts)}</div>'


def mark_number(index: int) -> str:
    """HTML that names the mark of the piece of evidence at `index`, counted from 0."""
    return f'<span class="named-mark">mark {index + 1}</span>'


def shortened(text: str, most: int = 90) -> str:
    """The text in one line, cut behind a word where it is longer than `most` characters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]} …"


MARK_NAMES = (
    '<details class="mark-names"><summary>Say what each mark was read as</summary></details>'
)
"""HTML of a switch for the names of the marks in the document's text behind it."""


def with_sources(text: str, sources: Sequence[Source]) -> str:
    """HTML of a document's text; where a fact was read it is marked, and named at the mark's end.

    A screen reader reads the names; for the eye they come with `MARK_NAMES` or the mouse.
    """
    parts: list[str] = []
    at = 0
    for source in sources:
        parts.append(escape(text[at : source.span.start]))
        words = escape(text[source.span.start : source.span.end])
        parts.append(f'<mark>{words}<span class="fact"> ({escape(source.fact)})</span></mark>')
        at = source.span.end
    parts.append(escape(text[at:]))
    return f'<div class="document-text">{"".join(parts)}</div>'


def list_html(title: str, items: Sequence[str]) -> str:
    """HTML of points under a heading, where it has one; nothing without any."""
    if not items:
        return ""
    points = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f"<h2>{escape(title)}</h2><ul>{points}</ul>" if title else f"<ul>{points}</ul>"


def level_row(name: str, level: float | None) -> str:
    """HTML of a name with five boxes, and the number in words for those who cannot see them."""
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


def score_row(name: str, score: float, answers: int) -> str:
    """HTML of a name with a bar for its score of 0–100, and the number in words."""
    return (
        f'<span>{escape(name)}</span><span class="bar" aria-hidden="true">'
        f'<span style="width:{score:.0f}%"></span></span>'
        f'<span class="number">{score:.0f} of 100 '
        f'<span class="quiet">({counted(answers, "answer")})</span></span>'
    )


def _filled(level: float, box: int) -> float:
    """How much of a box is filled, in percent."""
    return 100 * min(1.0, max(0.0, level - box + 1))
