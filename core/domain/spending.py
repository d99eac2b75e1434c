"""What an interview with a language model will take, before it begins: calls and tokens, never prices.

The bounds come from `bench/tokens.py`, which counts the requests of whole interviews (characters / 4).
"""

from dataclasses import dataclass

PLAN_CALLS = 1
REPORT_CALLS = 1
PLAN_TOKENS = (2_500, 7_000)
"""Input and output of the plan: without resume and job description, and with long ones."""
ANSWER_TOKENS = (2_400, 4_500)
"""Input and output of one judgement: for a short answer, and for a long one with a long profile."""
REPORT_TOKENS = (1_500, 3_000)
REPORT_TOKENS_PER_ANSWER = (250, 700)


@dataclass(frozen=True, slots=True)
class Spending:
    """Calls, and tokens (in and out) between two bounds. Thinking models take more."""

    calls: int
    least_tokens: int
    most_tokens: int

    def cost(self, price_per_million: float) -> tuple[float, float]:
        """Both bounds at one price for a million tokens, in the price's currency."""
        return (
            self.least_tokens * price_per_million / 1e6,
            self.most_tokens * price_per_million / 1e6,
        )


def expected_spending(count: int) -> Spending:
    """What an interview of `count` questions takes when each is answered once."""
    least, most = (
        PLAN_TOKENS[n] + count * (ANSWER_TOKENS[n] + REPORT_TOKENS_PER_ANSWER[n]) + REPORT_TOKENS[n]
        for n in (0, 1)
    )
    return Spending(PLAN_CALLS + count + REPORT_CALLS, least, most)
