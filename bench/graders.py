"""Ways to grade an answer by a reference, each judging only questions that it was not fitted to.

All give points of 0–100, one for each answer.
"""

from collections.abc import Sequence

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import RidgeCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bench.fitting import SHIPPED, Measured, Weighting, by_question, predictions, unseen
from bench.graded_answers import GradedAnswer
from core.adapters.content_files import read_content
from core.adapters.practice_interviewer import content_rarity
from core.domain.question import Kind, Question
from core.evaluation.builtin import BuiltInEvaluator
from core.evaluation.features import FEATURES, Reference
from core.evaluation.forest import Forest
from core.evaluation.grade_rules import Grade, ruled
from core.evaluation.grader import Bands, Fitted, Grader
from core.evaluation.other_words import OtherWords
from core.evaluation.reading import Learned
from core.evaluation.reference import key_points_of
from core.evaluation.terms import Floats, WordVectors, negations, terms
from core.evaluation.text import words
from core.evaluation.topics import Topics
from core.wiring.reading import DATA

_NO_BANDS = Bands((), (0.0,))


def by_forest(data: Measured, weighting: Weighting) -> Floats:
    """The forest without the rules."""
    points = np.zeros(len(data.points))
    for judged, forest in unseen(data, weighting):
        points[judged] = predictions(forest, data.features[judged])
    return points


def shipped_unseen(answers: Sequence[GradedAnswer], data: Measured, vectors: WordVectors) -> Floats:
    """Forest and rules as the product has them."""
    points = np.zeros(len(answers))
    for judged, forest in unseen(data, SHIPPED):
        grade = grade_by(forest, vectors)
        for row in judged:
            a = answers[row]
            points[row] = ruled(grade, vectors, a.question, a.reference, a.answer)
    return points


def graded(answers: Sequence[GradedAnswer], grader: Grader) -> Floats:
    """What a grader says that is fitted already."""
    return np.array([grader.grade(a.question, a.reference, a.answer) for a in answers])


def grade_by(forest: Forest, vectors: WordVectors) -> Grade:
    """What a forest says of one answer, without the rules."""

    def grade(question: str, reference: str, answer: str) -> float:
        return forest.predict(Reference(question, reference, vectors).features(answer))

    return grade


def by_one_feature(data: Measured, name: str) -> Floats:
    """One feature, bent to the grades by a rising curve."""
    return _bent(data, data.features[:, FEATURES.index(name)])


def by_reference_words(answers: Sequence[GradedAnswer], data: Measured) -> Floats:
    """The share of the reference's words that the answer has, bent to the grades."""
    return _bent(data, np.array([_share(a) for a in answers]))


def by_tfidf(answers: Sequence[GradedAnswer], data: Measured) -> Floats:
    """The TF-IDF cosine, bent to the grades."""
    return _bent(data, _tfidf_cosines(answers, data))


def by_lexical_mix(answers: Sequence[GradedAnswer], data: Measured) -> Floats:
    """Eight features of shared words and length, mixed linearly."""
    lexical = np.column_stack([_tfidf_cosines(answers, data), [_lexical(a) for a in answers]])
    points = np.zeros(len(answers))
    for seen, judged in by_question(data.groups):
        mix = make_pipeline(StandardScaler(), RidgeCV(np.logspace(-1, 4, 11)))
        points[judged] = mix.fit(lexical[seen], data.points[seen]).predict(lexical[judged])
    return points


def by_key_points(answers: Sequence[GradedAnswer], vectors: WordVectors) -> Floats:
    """The evaluator for questions with key points, given the reference's clauses for them.

    Nothing in it is fitted.
    """
    content = read_content(DATA)
    leaf = np.zeros(1, np.int32)
    forest = Forest(
        leaf, leaf.astype(np.int8), np.zeros(1, np.float32), leaf, leaf, np.zeros(1, np.float32), 0
    )
    grader = Grader(vectors, Fitted(forest, _NO_BANDS, _NO_BANDS))
    rarity = content_rarity(content)
    learned = Learned(grader, Topics((), vectors, rarity), OtherWords(vectors, rarity))
    evaluator = BuiltInEvaluator(content.rubrics, rarity, lambda: learned)
    return np.array([_key_point_score(evaluator, answer) for answer in answers])


def _key_point_score(evaluator: BuiltInEvaluator, answer: GradedAnswer) -> float:
    question = Question(
        id=answer.group,
        text=answer.question,
        kind=Kind.TECHNICAL,
        competency="",
        difficulty=3,
        key_points=key_points_of(answer.reference),
        reference_answer=answer.reference,
    )
    overall = evaluator.evaluate(question, answer.answer).overall
    return overall.score if overall else 0.0


def _bent(data: Measured, values: Floats) -> Floats:
    points = np.zeros(len(values))
    for seen, judged in by_question(data.groups):
        curve = IsotonicRegression(out_of_bounds="clip").fit(values[seen], data.points[seen])
        points[judged] = curve.predict(values[judged])
    return points


def _tfidf_cosines(answers: Sequence[GradedAnswer], data: Measured) -> Floats:
    """Cosines whose word weights come from other questions' texts."""
    cosines = np.zeros(len(answers))
    for seen, judged in by_question(data.groups):
        cosines[judged] = _cosines_with(
            [answers[row] for row in seen], [answers[row] for row in judged]
        )
    return cosines


def _cosines_with(known: Sequence[GradedAnswer], judged: Sequence[GradedAnswer]) -> Floats:
    weights = TfidfVectorizer().fit([text for a in known for text in (a.reference, a.answer)])
    references = weights.transform([a.reference for a in judged])
    told = weights.transform([a.answer for a in judged])
    return np.asarray(references.multiply(told).sum(axis=1)).ravel()


def _stems(text: str) -> frozenset[str]:
    return frozenset(term.stem for term in terms(text))


def _share(answer: GradedAnswer) -> float:
    wanted = _stems(answer.reference)
    return len(wanted & _stems(answer.answer)) / max(1, len(wanted))


def _lexical(answer: GradedAnswer) -> list[float]:
    asked, wanted, told = (
        _stems(text) for text in (answer.question, answer.reference, answer.answer)
    )
    new = wanted - asked
    size = len(words(answer.answer))
    return [
        _share(answer),
        len(new & told) / max(1, len(new)),
        len(wanted & told) / max(1, len(told)),
        len(asked & told) / max(1, len(asked)),
        float(np.log1p(size)),
        float(np.log((size + 1) / (len(words(answer.reference)) + 1))),
        float((negations(answer.answer) > 0) != (negations(answer.reference) > 0)),
    ]
