"""When a candidate asks back instead of answering: to hear the question again, or in other words."""

import re

from core.domain.asking_back import AGAIN, OTHERWISE, POLITE
from core.domain.question import Question

_POLITE = rf"(?:sorry|excuse me|please|hi|hello|hm+|um+|ok(?:ay)?|well|i'?m sorry|{POLITE})"
_QUESTION = r"(?:that|it|this|the question|your question|the last question)"
_CAN_YOU = r"(?:can|could|would|will|may|might) (?:you|i|we)(?: please| maybe| perhaps)?"
_AFTERWARDS = rf"(?: (?:again|once more|one more time|for me|{_POLITE}))*"
_MOST_CHARACTERS = 120

_REPEAT = re.compile(
    rf"{_CAN_YOU} (?:repeat|say|ask|hear|read)(?: {_QUESTION})?|"
    rf"(?:repeat|say|ask|read) {_QUESTION}|repeat|what was {_QUESTION}|"
    rf"(?:i beg your )?pardon(?: me)?|come|again|once more|one more time|{AGAIN}"
)
_REPHRASE = re.compile(
    rf"(?:{_CAN_YOU} )?(?:rephrase|reword|clarify|explain)(?: {_QUESTION})?(?: to me)?|"
    rf"(?:{_CAN_YOU} )?(?:put|say|ask) {_QUESTION} (?:differently|in other words|another way|"
    r"more simply|in simpler words)|"
    rf"what (?:exactly )?(?:do you mean|does that mean)(?: by {_QUESTION})?|"
    rf"i (?:really )?(?:don'?t|do not|didn'?t|did not) (?:quite |really )?(?:understand|get|follow)"
    rf"(?: {_QUESTION}| you| what you mean)?|"
    rf"(?:{_QUESTION}(?:'s| is)) (?:not clear|unclear|confusing)(?: to me)?|in other words|{OTHERWISE}"
)


def clarification(question: Question, said: str) -> str | None:
    """What the interviewer says to a request about the question; None when it is an answer.

    Only a request and nothing else counts: an answer that begins with one is an answer.
    """
    if len(said) > _MOST_CHARACTERS:
        return None
    request = _without_manners(said)
    if _REPHRASE.fullmatch(request):
        return rephrased(question)
    if _REPEAT.fullmatch(request):
        return repeated(question)
    return None


def _without_manners(said: str) -> str:
    """Lower case, signs and polite words at both ends taken off, and what only means “again”."""
    text = " ".join(re.sub(r"[^\w']+", " ", said.lower().replace("’", "'")).split())
    text = re.sub(rf"^(?:{_POLITE} )+(?=\w)", "", text)
    return re.sub(rf"(?<=\w){_AFTERWARDS}$", "", text)


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
