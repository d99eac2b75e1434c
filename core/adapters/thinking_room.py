"""How many tokens a request leaves for what a model thinks before it writes.

Every provider counts thoughts towards the limit of the output, and current models think unless they are
told not to: without room of their own they would use up a reply's limit before its first word.
https://platform.claude.com/docs/en/models/haiku-5-5/overview (thinking is on by default),
https://developers.openai.com/api/docs/guides/reasoning (room to reserve; `max_output_tokens` covers it),
https://docs.cloud.google.com/gemini-enterprise-agent-platform/models/guides/gemini-4-hydrogen (thoughts are output).
"""

from core.domain.language_model import Effort, ModelRequest

_ROOM = {Effort.LOW: 6_000, Effort.MEDIUM: 12_000}
"""About as much as a model writes within the time that a question is given."""


def output_limit(request: ModelRequest) -> int:
    """The limit to send: that of the reply, and room to think. It bounds; what is not used is not paid."""
    return request.max_output_tokens + _ROOM[request.effort]
