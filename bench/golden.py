"""How often the built-in evaluator puts a better answer above a worse one, on the golden answers.

Reads `data/golden/`: a weak, a fair and a strong answer to each question. Of each question all three
pairs are compared; equal scores count as wrong. The evaluator's rules were mended where the pairs of
`answers.yaml` showed what was wrong with them; `held_out.yaml` shows how far that holds elsewhere. In both,
counting words alone orders nearly all pairs; in `lengths.yaml` it puts every pair the wrong way round.
"""

from collections.abc import Sequence
from itertools import combinations
from statistics import correlation, mean
from typing import NamedTuple

from core.adapters.content_files import read_content
from core.adapters.golden_files import ANSWERS, HELD_OUT, LENGTHS, read_golden_answers
from core.adapters.practice_interviewer import PracticeInterviewer
from core.domain.content import Content
from core.domain.evaluation import CriterionJudgement, Evaluation
from core.domain.golden import GoldenAnswer, Quality
from core.domain.rubric import LOWEST_LEVEL, Criterion, Rubric
from core.domain.scoring import overall_score
from core.wiring.reading import DATA

_RANKS = {quality: rank for rank, quality in enumerate(Quality)}


class Judged(NamedTuple):
    """A golden answer, the evaluator's judgement of it, and both overall scores (0-100)."""

    golden: GoldenAnswer
    evaluation: Evaluation
    score: float
    author_score: float


def main() -> None:
    """Print the share of pairs in the right order, how far the levels are off, and each wrong pair."""
    content = read_content(DATA)
    for name in (ANSWERS, HELD_OUT, LENGTHS):
        print(f"\n{name}\n")
        _print_measures(_judge(content, read_golden_answers(DATA, name)))


def _print_measures(judged: Sequence[Judged]) -> None:
    pairs = _pairs(judged)
    for name, value in _measures(judged, pairs).items():
        print(f"| {name} | {value} |")
    for worse, better in pairs:
        if worse.score >= better.score:
            print(f"wrong: {worse.golden.question_id}: {_told(worse)}, {_told(better)}")


def _judge(content: Content, answers: Sequence[GoldenAnswer]) -> list[Judged]:
    interviewer = PracticeInterviewer(content, DATA / "grader")
    questions = {question.id: question for question in content.questions}
    judged = []
    for golden in answers:
        question = questions[golden.question_id]
        evaluation = interviewer.glance(question, golden.answer)
        score = evaluation.overall.score if evaluation.overall else 0.0
        author_score = _author_score(golden, content.rubrics[question.kind])
        judged.append(Judged(golden, evaluation, score, author_score))
    return judged


def _author_score(golden: GoldenAnswer, rubric: Rubric) -> float:
    levels = (CriterionJudgement(c, level, golden.why) for c, level in golden.levels.items())
    return overall_score(levels, rubric.weights) or 0.0


def _pairs(judged: Sequence[Judged]) -> list[tuple[Judged, Judged]]:
    """All pairs of answers to the same question, the worse one first."""
    ordered = sorted(judged, key=lambda j: (j.golden.question_id, _RANKS[j.golden.quality]))
    return [
        (worse, better)
        for worse, better in combinations(ordered, 2)
        if worse.golden.question_id == better.golden.question_id
    ]


def _measures(judged: Sequence[Judged], pairs: Sequence[tuple[Judged, Judged]]) -> dict[str, str]:
    measures = {"all pairs in the right order": _share_right(pairs)}
    for low, high in combinations(Quality, 2):
        named = [p for p in pairs if (p[0].golden.quality, p[1].golden.quality) == (low, high)]
        if named:
            measures[f"{low} below {high}"] = _share_right(named)
    for quality in dict.fromkeys(j.golden.quality for j in judged):
        scores = [j for j in judged if j.golden.quality is quality]
        ours, author = mean(j.score for j in scores), mean(j.author_score for j in scores)
        measures[f"mean score of {quality} answers (author)"] = f"{ours:.0f} ({author:.0f})"
    for criterion in Criterion:
        off = mean(abs(_level(j, criterion) - j.golden.levels[criterion]) for j in judged)
        measures[f"levels off by, {criterion}"] = f"{off:.2f}"
    r = correlation([j.score for j in judged], [j.author_score for j in judged])
    return measures | {"Pearson r with the author's score": f"{r:.2f}"}


def _told(judged: Judged) -> str:
    return f"{judged.golden.quality} {judged.score:.0f}"


def _share_right(pairs: Sequence[tuple[Judged, Judged]]) -> str:
    right = sum(worse.score < better.score for worse, better in pairs)
    return f"{right} of {len(pairs)} ({right / len(pairs):.0%})"


def _level(judged: Judged, criterion: Criterion) -> float:
    level = next(j.level for j in judged.evaluation.criteria if j.criterion is criterion)
    return LOWEST_LEVEL if level is None else level


if __name__ == "__main__":
    main()
