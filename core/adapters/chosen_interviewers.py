"""Finds the interviewer that a candidate chose: the built-in one, or a model with the candidate's key."""

from collections.abc import Callable
from uuid import UUID

from core.adapters.ai_interviewer import AIInterviewer
from core.adapters.model_factory import ModelFactory
from core.domain.content import Content
from core.domain.errors import KeyMissingError
from core.domain.interview import InterviewerChoice
from core.domain.language_model import Provider
from core.domain.provider_key import ProviderKey
from core.ports import Interviewer

OpenKey = Callable[[UUID, Provider], ProviderKey]


class ChosenInterviewers:
    """Fulfils `core.ports.Interviewers`."""

    def __init__(
        self,
        practice: Interviewer,
        open_key: OpenKey,
        models: ModelFactory,
        content: Content,
        technologies_in: Callable[[str], frozenset[str]],
    ) -> None:
        """Take the built-in interviewer, what opens a candidate's key, and what makes a model of it."""
        self._practice = practice
        self._open_key = open_key
        self._models = models
        self._content = content
        self._technologies_in = technologies_in

    def interviewer(self, user_id: UUID, choice: InterviewerChoice) -> Interviewer:
        """The interviewer; KeyMissingError or KeyUnreadableError where the candidate's key is gone."""
        if choice.provider is None:
            return self._practice
        key = self._open_key(user_id, choice.provider)
        if key.base_url != choice.base_url:  # the key is for another server now
            raise KeyMissingError(choice.provider.label)
        model = self._models.make(choice.provider, key.key, choice.model, key.base_url)
        return AIInterviewer(model, self._content, self._technologies_in)
