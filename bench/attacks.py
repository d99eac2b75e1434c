"""Answers that should not get what an honest answer gets, made from graded answers and their references."""

import random
import re
from collections.abc import Callable, Sequence

import numpy as np

from bench.fitting import SHIPPED, Measured, Weighting, unseen
from bench.graded_answers import GradedAnswer
from bench.graders import grade_by
from core.evaluation.grade_rules import ruled
from core.evaluation.terms import WordVectors, terms
from core.evaluation.text import sentences

_PER_FOLD = 25
_VERB = re.compile(r"\b(is|are|was|were|can|will|would|should|must|may|do|does|has|have)\b(?! not)")
_IRRELEVANT = """The market opens at six, when the square is still dark and the first vans come in from
the farms. Two brothers carry crates of apples and pears to the long table under the lime tree, and their
aunt writes the prices on a slate with white chalk. By seven the baker has lit his oven, so the smell of
warm bread drifts across the stalls and draws the early walkers with their dogs. An old man in a blue coat
buys three onions every morning, counts his coins twice and tells the same joke about the mayor. Children
on their way to school stop at the fountain, where a woman sells paper cones of roasted nuts. Later the sun
reaches the church steps, and somebody plays an accordion until the bells ring for noon. When it rains,
everyone crowds under the striped awnings and talks about the harvest, the football cup and the price of
diesel. In the afternoon the square grows quiet again; pigeons walk between the tables, a boy sweeps up the
leaves, and the brothers load what is left into the van. They drive home along the river with the windows
open, eat cheese on the porch and sleep before the moon is over the hill. On Sundays the market is closed,
yet the old man comes all the same, sits on the bench and feeds the pigeons."""

Attack = Callable[[GradedAnswer, random.Random], str]


def robustness(
    answers: Sequence[GradedAnswer],
    data: Measured,
    vectors: WordVectors,
    weighting: Weighting = SHIPPED,
) -> dict[str, tuple[float, float, float]]:
    """For each attack the mean grade (0–5) without and with the rules, and the share of 3 or more.

    A sample of answers of each fold, judged by a forest that has not seen their questions.
    """
    draw = random.Random(2)
    kinds = attacks(answers)
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in kinds}
    for judged, forest in unseen(data, weighting):
        plain = grade_by(forest, vectors)
        for row in draw.sample(list(judged), min(_PER_FOLD, len(judged))):
            a = answers[row]
            for name, attack in kinds.items():
                told = attack(a, draw)
                by_rules = ruled(plain, vectors, a.question, a.reference, told)
                found[name].append((plain(a.question, a.reference, told) / 20, by_rules / 20))
    return {name: _summary(np.array(grades)) for name, grades in found.items()}


def _summary(grades: np.ndarray) -> tuple[float, float, float]:
    return float(grades[:, 0].mean()), float(grades[:, 1].mean()), float((grades[:, 1] >= 3).mean())


def attacks(answers: Sequence[GradedAnswer]) -> dict[str, Attack]:
    """Each attack by its name; the first is the answer as it was given."""
    references = list(dict.fromkeys(a.reference for a in answers))
    return {
        "the answer as given": lambda a, _: a.answer,
        "with 5% of the letters mistyped": lambda a, draw: mistyped(a.answer, draw),
        "in capitals": lambda a, _: a.answer.upper(),
        "words in another order": lambda a, draw: _shuffled(a.answer, draw),
        "padded with 200 irrelevant words": lambda a, _: f"{a.answer} {_IRRELEVANT}",
        "with its statements denied": lambda a, _: denied(a.answer),
        "the reference itself": lambda a, _: a.reference,
        "the reference, denied": lambda a, _: denied(a.reference),
        "the reference as a list of keywords": lambda a, _: ", ".join(
            dict.fromkeys(term.word for term in terms(a.reference))
        ),
        "all references pasted": lambda _, __: " ".join(references),
        "the question repeated": lambda a, _: a.question,
        "an answer to another question": lambda a, draw: _other(answers, a, draw),
        "200 irrelevant words": lambda _, __: _IRRELEVANT,
        "keyboard gibberish": lambda _, __: "asdf jkl qwerty uiop zxcv bnm ghjk",
        "“I don't know”": lambda _, __: "I don't know.",
        "nothing": lambda _, __: "",
    }


def mistyped(text: str, draw: random.Random) -> str:
    """Every twentieth letter or so swapped with its neighbour."""
    letters = list(text)
    for at in range(len(letters) - 1):
        if draw.random() < 0.05 and letters[at].isalpha() and letters[at + 1].isalpha():
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def denied(text: str) -> str:
    """Each sentence made to say the opposite with “not”, or put after “It is not true that”."""
    return " ".join(_denied(sentence.text) for sentence in sentences(text))


def _denied(sentence: str) -> str:
    turned = _VERB.sub(r"\1 not", sentence, count=1)
    if turned != sentence:
        return turned
    return f"It is not true that {sentence[:1].lower()}{sentence[1:]}"


def _shuffled(text: str, draw: random.Random) -> str:
    told = text.split()
    return " ".join(draw.sample(told, len(told)))


def _other(answers: Sequence[GradedAnswer], own: GradedAnswer, draw: random.Random) -> str:
    return draw.choice([a.answer for a in answers if a.group != own.group])
