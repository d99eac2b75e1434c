"""What a sensible model would reply to each of our prompts, made from the request's own text."""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.stub_provider.replies import fitting_reply
from tests.stub_provider.script import StubRequest

_CRITERIA = ("correctness", "clarity", "communication", "depth", "completeness")
_SUBJECTS = (
    "a decision you would take back",
    "the slowest part of your system",
    "a night when something broke",
    "how you test what you cannot run",
    "what you would build first",
    "a number you are proud of",
    "how you say no",
    "a colleague you learned from",
    "what you measured last month",
    "the part nobody wanted",
    "how a change reaches people",
    "what you would delete",
)


def interviewer_reply(request: StubRequest) -> str:
    """The reply to a plan, a judgement or a report; the plainest fitting JSON to anything else."""
    wanted = request.schema.get("properties", {}) if request.schema else {}
    makers: dict[str, Callable[[str], dict[str, Any]]] = {
        "questions": _plan,
        "evidence": _evaluation,
        "headline": _report,
    }
    for name, make in makers.items():
        if name in wanted:
            return json.dumps(make(request.user_text), ensure_ascii=False)
    return fitting_reply(request)


def _plan(text: str) -> dict[str, Any]:
    found = re.search(r"Questions wanted: (\d+)", text)
    count = int(found.group(1)) if found else 6
    competencies = re.findall(
        r"^([a-z-]+): ", text.partition("Competencies, by id:")[2], re.MULTILINE
    )
    return {"questions": [_question(n, competencies) for n in range(count)]}


def _question(number: int, competencies: list[str]) -> dict[str, Any]:
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    return {
        "text": f"Tell me about {subject}, and why it went that way.",
        "rephrased": f"What comes to mind when you think of {subject}?",
        "kind": "technical",
        "competency": competencies[number % len(competencies)],
        "difficulty": 1 + number % 5,
        "intent": f"Whether they can reason about {subject}.",
        "hint": "Begin with what happened.",
        "key_points": [
            {"id": "what", "text": f"Says concretely what {subject} was.", "weight": 3},
            {"id": "why", "text": "Gives the reason behind it.", "weight": 2},
        ],
        "follow_ups": [{"probes": "why", "text": "And why was that?"}],
        "source_quote": "",
        "source": "",
    }


def _evaluation(text: str) -> dict[str, Any]:
    answer = _between("answer", text)
    sentences = re.split(r"(?<=[.!?])\s+", answer)
    quotes = [" ".join(s.split()[:20]) for s in sentences if len(s.split()) > 3][:3]
    points = re.findall(r"^(\S+) \(\d\): ", _between("question", text), re.MULTILINE)
    return {
        "evidence": quotes,
        "feedback": "You say what you did and in which order. A number would make it believable.",
        "strengths": [{"text": "You begin with the main point.", "evidence": 0}],
        "improvements": [{"text": "Say how you checked that it worked.", "evidence": -1}],
        "key_points": [
            {"id": point, "coverage": "missing" if n else "covered", "evidence": -1 if n else 0}
            for n, point in enumerate(points)
        ],
        "criteria": {
            name: {
                "reason": f"The first sentence shows {name}.",
                "evidence": [0],
                "missing_key_point": "",
                "level": 3 + (n % 2),
            }
            for n, name in enumerate(_CRITERIA)
        },
        "better_answer": f"{answer} In the end [how many?] people noticed the difference.",
        "reaction": "Thank you, I can picture that.",
        "follow_up": {"probes": points[1], "text": "What was the reason for that?"}
        if len(points) > 1
        else {"probes": "", "text": ""},
    }


def _report(text: str) -> dict[str, Any]:
    answer = _between("answer", text)
    quote = " ".join(answer.split()[:6])
    return {
        "headline": "You work in order and could show more of the outcome.",
        "strengths": [{"text": "You begin with what matters.", "position": 1, "quote": quote}],
        "weaknesses": [{"text": "The outcome stays open.", "position": 1, "quote": quote}],
        "plan": [
            {"day_from": 1, "day_to": 7, "what": "Tell one story a day with its outcome."},
            {"day_from": 8, "day_to": 14, "what": "Repeat the two weakest questions aloud."},
        ],
    }


def _between(tag: str, text: str) -> str:
    found = re.search(rf"<{tag} id=(\w+)>\n(.*?)\n</{tag} id=\1>", text, re.DOTALL)
    return found.group(2) if found else ""
