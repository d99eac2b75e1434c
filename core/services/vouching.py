"""The use case of a token from an identity provider: whose it is here."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from core.account_ports import AccountStore, Vouchers
from core.domain.access import Access, Scope
from core.ports import Clock


@dataclass(frozen=True, slots=True)
class Vouching:
    """Lets those in whom the identity provider vouches for, into the account that the pages open, too.

    `vouchers` is None where no provider is set.
    """

    store: AccountStore
    vouchers: Vouchers | None
    clock: Clock

    def access(self, text: str) -> Access | None:
        """What a provider's token opens: everything of its owner's; None where it is not good.

        The first one makes the account. One from before its owner signed out everywhere opens nothing.
        VoucherAwayError where it cannot be checked.
        """
        proof = self.vouchers.proof(text) if self.vouchers else None
        if proof is None:
            return None
        found = self.store.identity_of(proof.issuer, proof.subject)
        if found and not found[1].takes(proof):
            return None
        user_id: UUID = (
            found[0] if found else self.store.add_identity(uuid4(), proof, self.clock.now())
        )
        return Access(user_id, tuple(Scope), has_token=True)
