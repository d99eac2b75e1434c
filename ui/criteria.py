"""The five criteria and the key points of a judgement as HTML, each with the words it rests on."""

from collections.abc import Iterable
from html import escape

from core.domain.coaching import Advice, advice_for
from core.domain.evaluation import (
    Coverage,
    CriterionJudgement,
    Evaluation,
    Evidence,
    KeyPointFinding,
)
from core.domain.rubric import Criterion, Rubric
from core.domain.scoring import INCORRECT_CAP, POINTS_PER_LEVEL
from ui.texts import level_row, mark_number, shortened

_SIGNS = {
    Coverage.COVERED: ("✓", "covered"),
    Coverage.PARTLY: ("◐", "partly"),
    Coverage.MISSING: ("○", "missing"),
}


def criteria_html(rubric: Rubric, advice: Advice, evaluation: Evaluation) -> str:
    """Each criterion's level; opened, what it means, what it rests on and how to go on."""
    levels = [j.level for j in evaluation.criteria if j.level is not None]
    lowest = next((j for j in evaluation.criteria if j.level == min(levels, default=None)), None)
    rows = "".join(
        _criterion_html(rubric, advice, evaluation, j, is_open=j is lowest)
        for j in evaluation.criteria
    )
    return f'<h2>Five criteria</h2><div class="criteria">{rows}</div>'


def _criterion_html(
    rubric: Rubric,
    advice: Advice,
    evaluation: Evaluation,
    judgement: CriterionJudgement,
    *,
    is_open: bool,
) -> str:
    rows = [("Why", escape(judgement.reason))]
    quotes = [evaluation.evidence[index] for index in judgement.evidence_indexes]
    if quotes:
        named = zip(judgement.evidence_indexes, quotes, strict=True)
        rows.append(("It rests on", "<br>".join(_mark_html(index, e) for index, e in named)))
    if judgement.level is not None:
        rows += _steps(rubric, judgement.criterion, judgement.level)
        sentence = advice_for(advice, judgement.criterion, judgement.level)
        rows.append(("One thing to do", f"<strong>{escape(sentence)}</strong>"))
    items = "".join(f"<dt>{title}</dt><dd>{told}</dd>" for title, told in rows if told)
    return (
        f"<details{' open' if is_open else ''}>"
        f"<summary>{level_row(judgement.criterion, judgement.level)}</summary><dl>{items}</dl></details>"
    )


def _steps(rubric: Rubric, criterion: Criterion, level: float) -> list[tuple[str, str]]:
    """The words of the level reached, and those of the next."""
    words = rubric.descriptors[criterion]
    standing = rubric.standing(criterion, level)
    following = standing.following
    here, reached = f"Level {standing.nearest}", words[standing.nearest]
    if standing.is_between and following:
        here, reached = f"Between {standing.nearest} and {following}", f"{here}: {reached}"
    rows = [(here, escape(reached))]
    return [*rows, (f"Next, level {following}", escape(words[following]))] if following else rows


def _mark_html(index: int, evidence: Evidence) -> str:
    """A mark's number with its words, as they are named beside what rests on them."""
    return f"{mark_number(index)} “{escape(shortened(evidence.quote))}”"


def key_points_html(evaluation: Evaluation) -> str:
    """What became of each key point, and where."""
    items = "".join(_key_point_html(f, evaluation.evidence) for f in evaluation.key_points)
    return f'<ul class="key-points">{items}</ul>'


def _key_point_html(finding: KeyPointFinding, evidence: tuple[Evidence, ...]) -> str:
    sign, word = _SIGNS[finding.coverage]
    index = finding.evidence_index
    where = (
        f'<div class="quiet">{_mark_html(index, evidence[index])}</div>'
        if index is not None
        else ""
    )
    return (
        f'<li><span class="coverage {word}"><span aria-hidden="true">{sign}</span> {word}</span>'
        f"<div>{escape(finding.text)}{where}</div></li>"
    )


def rubrics_html(rubrics: Iterable[Rubric]) -> str:
    """What levels 1, 3 and 5 look like and how much each criterion counts, by kind of question."""
    told = (
        "Each criterion gets a level from 1 to 5. The score is their weighted mean, where level 1 is 0, "
        f"each level more {POINTS_PER_LEVEL:.0f}, and level 5 is 100; what was not assessed is left out. "
        f"An answer that is wrong in its main point gets at most {INCORRECT_CAP:.0f}. Levels 2 and 4 lie "
        "between those described."
    )
    return f"<p>{told}</p>" + "".join(_rubric_html(rubric) for rubric in rubrics)


def _rubric_html(rubric: Rubric) -> str:
    rows = "".join(_rubric_row(rubric, criterion) for criterion in Criterion)
    head = "<th>Criterion</th><th>Level 1</th><th>Level 3</th><th>Level 5</th>"
    return (
        f'<h3>{escape(rubric.kind.capitalize())} questions</h3><table class="rubric">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _rubric_row(rubric: Rubric, criterion: Criterion) -> str:
    cells = "".join(
        f'<td data-level="Level {level}">{escape(words)}</td>'
        for level, words in sorted(rubric.descriptors[criterion].items())
    )
    weight = f'<span class="quiet">{rubric.weights[criterion]:.0%}</span>'
    return f'<tr><th scope="row">{criterion.capitalize()} {weight}</th>{cells}</tr>'
