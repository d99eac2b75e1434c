"""Finds the interviewer that a candidate chose: the built-in one, or a model with the candidate's key."""

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from core.adapters.model_factory import ModelFactory
from core.domain.content import Content
from core.domain.errors import KeyMissingError
from core.domain.interviewer_choice import InterviewerChoice
from core.domain.language_model import Provider
from core.domain.provider_key import ProviderKey
from core.ports import Interviewer, LanguageModel, ResumeReader

if TYPE_CHECKING:
    from core.evaluation.invented import TechnologiesIn  # the first page does without

OpenKey = Callable[[UUID, Provider], ProviderKey]


class ChosenInterviewers:
    """Fulfils `core.ports.Interviewers` and `core.ports.ResumeReaders`."""

    def __init__(
        self,
        practice: Interviewer,
        open_key: OpenKey,
        models: ModelFactory,
        content: Content,
        technologies_in: "TechnologiesIn",
        resume_reader: Callable[[LanguageModel], ResumeReader],
    ) -> None:
        """Take the built-in interviewer, what opens a candidate's key, and what makes a model of it.

        `resume_reader` makes a reader of a model.
        """
        self._practice = practice
        self._open_key = open_key
        self._models = models
        self._content = content
        self._technologies_in = technologies_in
        self._resume_reader = resume_reader

    def interviewer(self, user_id: UUID, choice: InterviewerChoice) -> Interviewer:
        """The interviewer; KeyMissingError or KeyUnreadableError where the candidate's key is gone."""
        if choice.provider is None:
            return self._practice
        from core.adapters.ai_interviewer import AIInterviewer  # the first page does without

        model = self._model(user_id, choice.provider, choice)
        return AIInterviewer(model, self._content, self._technologies_in)

    def reader(self, user_id: UUID, choice: InterviewerChoice) -> ResumeReader:
        """The reader; the rules alone read without one, so the built-in interviewer has none."""
        if choice.provider is None:
            raise KeyMissingError("a model")
        return self._resume_reader(self._model(user_id, choice.provider, choice))

    def _model(self, user_id: UUID, provider: Provider, choice: InterviewerChoice) -> LanguageModel:
        key = self._open_key(user_id, provider)
        if key.base_url != choice.base_url:  # the key is for another server now
            raise KeyMissingError(self._models.providers.label(provider))
        return self._models.make(provider, key.key, choice.model, key.base_url)
