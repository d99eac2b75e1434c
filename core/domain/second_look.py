"""A judged answer judged once more: what is kept of it, and why it may be refused."""

from dataclasses import dataclass

from core.domain.evaluation import Evaluation

MAX_REASON_CHARACTERS = 2_000

SAME_BY_RULE = (
    "The built-in interviewer goes by fixed rules: asked again it would say the same, and it cannot weigh "
    "a reason. An AI interviewer can look at an answer twice."
)
TWICE_JUDGED = "This answer was judged twice already. Both judgements are kept."
NOT_JUDGED = "This answer has no judgement yet that could be looked at again."


@dataclass(frozen=True, slots=True)
class SecondLook:
    """That a judged answer is judged once more, with the judgement it had before.

    `reason` is why the candidate disputes that one, empty where it is only to be checked. `failure` is a
    sentence, set when the second judgement could not be had; the first one then stands.
    """

    reason: str
    first: Evaluation
    failure: str = ""
