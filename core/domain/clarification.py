"""When a candidate asks back instead of answering: to hear the question again, or in other words."""

import re

from core.domain.question import Question

MOST_WORDS = 14
"""Whoever says more than this is answering, even when a request is part of it."""

_REPHRASE = re.compile(
    r"\b(rephrase|clarify|other words|differently|what do you mean|don'?t understand|"
    r"do not understand|didn'?t understand|explain the question|unclear|not sure what you)\b",
    re.IGNORECASE,
)
_REPEAT = re.compile(
    r"\b((repeat|say) (that|it|the question)( again)?|repeat please|please repeat|once more|come again|"
    r"(can|could|would) you (please )?(repeat|say that again)|pardon)\b",
    re.IGNORECASE,
)


def clarification(question: Question, said: str) -> str | None:
    """What the interviewer says to a request about the question; None when it is an answer."""
    if len(said.split()) > MOST_WORDS:
        return None
    if _REPHRASE.search(said):
        return rephrased(question)
    if _REPEAT.search(said):
        return repeated(question)
    return None


def repeated(question: Question) -> str:
    """The question once more."""
    return f"Once more: {question.text}"


def rephrased(question: Question) -> str:
    """The question in other words, or what it is after where no other words are at hand."""
    if question.rephrased:
        return f"In other words: {question.rephrased}"
    if question.intent:
        return f"What this is about: {question.intent.removeprefix('Probe: ')}"
    return repeated(question)
