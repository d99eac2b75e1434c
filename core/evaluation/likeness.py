"""Whether two questions of different authors ask about the same thing."""

from core.domain.planning import are_marked_alike
from core.domain.question import Question
from core.evaluation.text import content_stems

MOST_ALIKE = 0.28
"""The largest share of stems, of text and topics, that two questions of one interview may have in common.

Among the 507 questions of the bank eight of nine pairs above it ask about the same; below it chance begins.
"""


class Likeness:
    """Compares the questions of one plan; what it has read of them is kept no longer than that."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._read: dict[str, frozenset[str]] = {}

    def __call__(self, one: Question, other: Question) -> bool:
        """Whether one of them names the other, or they have too many words in common."""
        if are_marked_alike(one, other):
            return True
        first, second = self._stems(one), self._stems(other)
        return len(first & second) > MOST_ALIKE * len(first | second)

    def _stems(self, question: Question) -> frozenset[str]:
        found = self._read.get(question.id)
        if found is None:
            found = frozenset(content_stems(f"{question.text} {' '.join(question.topics)}"))
            self._read[question.id] = found
        return found
