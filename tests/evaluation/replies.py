"""Replies as a model may write them: a good one to change, and texts that are no reply."""

import json
from typing import Any

from core.domain.rubric import Criterion
from core.prompting.evaluate import EvaluationReply

MEASURE = "I would measure first."
INDEX = "Then I add an index"


def a_criterion(level: int = 4, **changes: Any) -> dict[str, Any]:
    """One criterion's part of a reply, resting on the first quote."""
    part = {"reason": "It says why.", "evidence": [0], "missing_key_point": "", "level": level}
    return part | changes


def reply_data(**changes: Any) -> dict[str, Any]:
    """A judgement of the builders' answer with two quotes, as JSON would give it."""
    data: dict[str, Any] = {
        "evidence": [MEASURE, INDEX],
        "feedback": "You measure before you guess. Say which index.",
        "strengths": [{"text": "You measure first.", "evidence": 0}],
        "improvements": [{"text": "Say which index.", "evidence": 1}],
        "key_points": [
            {"id": "measure", "coverage": "covered", "evidence": 0},
            {"id": "index", "coverage": "partly", "evidence": 1},
            {"id": "verify", "coverage": "missing", "evidence": -1},
        ],
        "criteria": {criterion.value: a_criterion() for criterion in Criterion},
        "better_answer": "I would measure first. Then I add an index, because the table is scanned.",
        "reaction": "You start with measuring.",
        "follow_up": {"probes": "verify", "text": "How would you know that it helped?"},
    }
    return data | changes


def a_reply(**changes: Any) -> EvaluationReply:
    """The same, read."""
    return EvaluationReply.model_validate(reply_data(**changes))


def reply_text(**changes: Any) -> str:
    """The same, as it comes over the wire."""
    return json.dumps(reply_data(**changes), ensure_ascii=False)
