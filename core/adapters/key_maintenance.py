"""The KeyMaintenance on SQL tables: all candidates' rows at once, for the command line only."""

from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Row, func, select, update

from core.adapters.aes_vault import AesVault, key_id_of
from core.adapters.database import forget_traces, reading, writing
from core.adapters.sql_tables import api_keys
from core.domain.errors import KeyNotStorableError, KeyUnreadableError
from core.domain.language_model import Provider
from core.domain.provider_key import KeyIdCount, KeyIdState, Rotation


class SqlKeyMaintenance:
    """Counts and re-wraps sealed keys. See `core.key_ports.KeyMaintenance`."""

    def __init__(self, engine: Engine, vault: AesVault) -> None:
        """Take an engine whose tables exist, and the vault with the ring in question."""
        self._engine = engine
        self._vault = vault

    @property
    def first_key_id(self) -> str:
        """The id of the master key that seals."""
        return self._vault.first_id

    def census(self) -> tuple[KeyIdCount, ...]:
        """The ring's key ids, then those it has not."""
        query = select(api_keys.c.key_id, func.count().label("rows")).group_by(api_keys.c.key_id)
        with reading(self._engine) as connection:
            rows = {row.key_id: row.rows for row in connection.execute(query)}
        missing = sorted(rows.keys() - set(self._vault.key_ids))
        return tuple(
            KeyIdCount(key_id, rows.get(key_id, 0), self._state(key_id))
            for key_id in (*self._vault.key_ids, *missing)
        )

    def rewrap(self) -> Rotation:
        """Put every row under the first key, one transaction for all of them.

        No row can change meanwhile. KeyNotStorableError where the first key must not seal.
        """
        if not self._vault.can_seal:
            raise KeyNotStorableError
        old = select(api_keys).where(api_keys.c.key_id != self.first_key_id).with_for_update()
        with writing(self._engine) as connection:
            rows = connection.execute(old).all()
            anew = {row.id: sealed for row in rows if (sealed := self._rewrapped(row))}
            for row_id, sealed in anew.items():
                connection.execute(
                    update(api_keys)
                    .where(api_keys.c.id == row_id)
                    .values(sealed=sealed, key_id=key_id_of(sealed))
                )
        forget_traces(self._engine)
        return Rotation(rewrapped=len(anew), unreadable=len(rows) - len(anew))

    def _rewrapped(self, row: Row[Any]) -> str | None:
        """The row's sealed text under the first key, None where it does not open."""
        user_id: UUID = row.user_id
        try:
            return self._vault.rewrap(user_id, Provider(row.provider), row.base_url, row.sealed)
        except KeyUnreadableError:
            return None

    def _state(self, key_id: str) -> KeyIdState:
        if key_id not in self._vault.key_ids:
            return KeyIdState.MISSING
        if key_id in self._vault.mistaken:
            return KeyIdState.MISTAKEN
        return KeyIdState.SEALS if key_id == self.first_key_id else KeyIdState.OPENS
