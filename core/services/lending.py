"""The use case of a key that comes along with one request: used for its work, and kept nowhere."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Thread
from uuid import UUID

from core.api_ports import LentKeys
from core.domain.key_forms import cleaned_address, cleaned_key
from core.domain.language_model import ModelInfo, Provider
from core.domain.provider import Providers
from core.domain.provider_key import ProviderKey, Secret
from core.key_ports import ListModels
from core.ports import Job

LONGEST_SECONDS = 1800.0
"""Work that takes longer finds the key gone."""


class Loan:
    """A key that is at hand until the request is over, and the work that it started."""

    def __init__(self) -> None:
        """Start without work."""
        self.jobs: list[Job] = []

    def until_over(self, jobs: Iterable[Job]) -> None:
        """Keep the key until these have ended, too."""
        self.jobs.extend(jobs)

    def wait(self) -> None:
        """Until all of the work has ended."""
        for job in self.jobs:
            job.wait(LONGEST_SECONDS)


@dataclass(frozen=True, slots=True)
class Lending:
    """Lends a caller's key to the work of one request. It is in memory alone, and not longer."""

    lent: LentKeys
    list_models: ListModels
    providers: Providers

    @contextmanager
    def lending(
        self, user_id: UUID, provider: Provider, key: str, base_url: str = ""
    ) -> Iterator[Loan]:
        """Have the key at hand inside, and after it until the loan's work has ended.

        InvalidInputError where it is obviously no key, ProviderUnknownError.
        """
        secret, address = self._cleaned(provider, key, base_url)
        lent = ProviderKey(provider, address, secret, "", is_stored=False)
        self.lent.lend(user_id, lent)
        loan = Loan()
        try:
            yield loan
        finally:
            self._give_back(user_id, lent, loan)

    def models(self, provider: Provider, key: str, base_url: str = "") -> tuple[ModelInfo, ...]:
        """The models that a key may use; InvalidInputError or ModelError where it is refused."""
        return self.list_models(provider, *self._cleaned(provider, key, base_url))

    def _cleaned(self, provider: Provider, key: str, base_url: str) -> tuple[Secret, str]:
        chosen = self.providers.facts(provider)
        return cleaned_key(self.providers, chosen, key), cleaned_address(chosen, base_url)

    def _give_back(self, user_id: UUID, lent: ProviderKey, loan: Loan) -> None:
        """At once where no work is under way, else by a thread that waits for it."""
        if all(job.wait(0) for job in loan.jobs):
            self.lent.give_back(user_id, lent)
            return

        def wait_and_give_back() -> None:
            loan.wait()
            self.lent.give_back(user_id, lent)

        Thread(target=wait_and_give_back, daemon=True, name="loan").start()
