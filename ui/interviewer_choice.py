"""Who can interview: the built-in interviewer, and the models that the candidate has a key for."""

from uuid import UUID

from core.bootstrap import Application
from core.domain.interview import BUILT_IN_CHOICE, InterviewerChoice


def interviewer_label(choice: InterviewerChoice) -> str:
    """An interviewer's name for people."""
    if choice.provider is None:
        return "the built-in interviewer"
    return f"{choice.provider.label} ({choice.model})"


def choices(app: Application, user: UUID) -> list[InterviewerChoice]:
    """Every interviewer that the candidate can have, the built-in one last."""
    return [*_with_keys(app, user), BUILT_IN_CHOICE]


def _with_keys(app: Application, user: UUID) -> list[InterviewerChoice]:
    return [
        InterviewerChoice(entry.provider, entry.model, entry.base_url)
        for entry in app.keys.keys_of(user)
        if entry.is_readable and entry.model
    ]


def other_choices(
    app: Application, user: UUID, current: InterviewerChoice
) -> list[InterviewerChoice]:
    """Whom one could continue with instead."""
    return [choice for choice in choices(app, user) if choice != current]
