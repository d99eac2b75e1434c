"""The KeyStore on SQL tables, and the check values of master keys beside it."""

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Engine, Row, and_, delete, func, select, update
from sqlalchemy.dialects import sqlite

from core.adapters.aes_vault import key_id_of
from core.adapters.database import forget_traces, is_postgres, reading, writing
from core.adapters.sql_moments import aware
from core.adapters.sql_moving import Reseal
from core.adapters.sql_moving import Row as MovedRow
from core.adapters.sql_tables import api_keys, key_checks
from core.adapters.sql_users import dialect_of, ensure_user
from core.domain.errors import KeyNotStorableError, KeyUnreadableError
from core.domain.language_model import Provider
from core.domain.provider_key import StoredKey
from core.key_ports import KeyVault
from core.ports import Clock


class SqlKeyStore:
    """Keeps sealed keys. See `core.key_ports.KeyStore` for what it promises."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Take an engine whose tables exist."""
        self._engine = engine
        self._clock = clock

    def save_key(self, user_id: UUID, key: StoredKey) -> None:
        """Store a key in place of the former one for its provider."""
        values = {
            "base_url": key.base_url,
            "sealed": key.sealed,
            "key_id": key_id_of(key.sealed),
            "last4": key.last4,
            "model": key.model,
            "saved_at": key.saved_at,
        }
        with writing(self._engine, user_id) as connection:
            ensure_user(connection, user_id, self._clock.now())
            insert = dialect_of(connection).insert
            connection.execute(
                insert(api_keys)
                .values(id=uuid4(), user_id=user_id, provider=key.provider, **values)
                .on_conflict_do_update(index_elements=["user_id", "provider"], set_=values)
            )
        forget_traces(self._engine)

    def keys(self, user_id: UUID) -> tuple[StoredKey, ...]:
        """The candidate's keys."""
        query = select(api_keys).where(api_keys.c.user_id == user_id).order_by(api_keys.c.provider)
        with reading(self._engine, user_id) as connection:
            return tuple(_stored_key(row) for row in connection.execute(query))

    def save_model(self, user_id: UUID, provider: Provider, model: str) -> None:
        """Store which model the key is for."""
        with writing(self._engine, user_id) as connection:
            connection.execute(update(api_keys).where(_own(user_id, provider)).values(model=model))

    def delete_key(self, user_id: UUID, provider: Provider) -> None:
        """Delete a key."""
        with writing(self._engine, user_id) as connection:
            connection.execute(delete(api_keys).where(_own(user_id, provider)))
        forget_traces(self._engine)


class SqlKeyChecks:
    """Keeps for each master key what tells later whether it is still the same one."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose tables exist."""
        self._engine = engine

    def keep_first(self, key_id: str, check: str) -> str:
        """Keep a check value unless one is kept; the one that is."""
        if is_postgres(self._engine):
            with writing(self._engine) as connection:
                return str(connection.scalar(select(func.app.keep_key_check(key_id, check))))
        kept = self._kept(key_id)
        if kept is not None:
            return kept
        with writing(self._engine) as connection:
            connection.execute(
                sqlite.insert(key_checks).values(kid=key_id, sealed=check).on_conflict_do_nothing()
            )
        return self._kept(key_id) or ""

    def _kept(self, key_id: str) -> str | None:
        query = select(key_checks.c.sealed).where(key_checks.c.kid == key_id)
        with reading(self._engine) as connection:
            return connection.scalar(query)


def resealing(vault: KeyVault | None) -> Reseal:
    """What seals the row of a key for another candidate.

    One that does not open, or must not be sealed, stays as it is: the taker is told to enter it again.
    """

    def reseal(taker: UUID, row: MovedRow) -> MovedRow:
        if vault is None:
            return row
        provider, base_url = Provider(row["provider"]), row["base_url"]
        try:
            key = vault.open(row["user_id"], provider, base_url, row["sealed"])
            sealed = vault.seal(taker, provider, base_url, key)
        except (KeyUnreadableError, KeyNotStorableError):
            return row
        return {**row, "sealed": sealed, "key_id": key_id_of(sealed)}

    return reseal


def _own(user_id: UUID, provider: Provider) -> ColumnElement[bool]:
    """The condition for the candidate's key for one provider."""
    return and_(api_keys.c.user_id == user_id, api_keys.c.provider == provider)


def _stored_key(row: Row[Any]) -> StoredKey:
    return StoredKey(
        provider=Provider(row.provider),
        base_url=row.base_url,
        sealed=row.sealed,
        last4=row.last4,
        model=row.model,
        saved_at=aware(row.saved_at),
    )
