"""Who interviews: the built-in interviewer, or one of a provider's models."""

from dataclasses import dataclass

from core.domain.language_model import Provider

BUILT_IN = "built-in"


@dataclass(frozen=True, slots=True)
class InterviewerChoice:
    """Who interviews: the built-in interviewer where `provider` is None, else one of its models.

    `base_url` is set for a compatible server only.
    """

    provider: Provider | None = None
    model: str = ""
    base_url: str = ""

    @property
    def is_built_in(self) -> bool:
        """Whether no model is asked."""
        return self.provider is None

    @property
    def name(self) -> str:
        """What judgements are marked with: `built-in`, or `provider/model`."""
        return f"{self.provider}/{self.model}" if self.provider else BUILT_IN


BUILT_IN_CHOICE = InterviewerChoice()
