"""The TokenStore on SQL tables."""

from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Row, Select, and_, column, delete, func, insert, select

from core.adapters.database import is_postgres, reading, writing
from core.adapters.sql_moments import aware
from core.adapters.sql_tables import api_tokens
from core.adapters.sql_users import ensure_user
from core.domain.access import AccessToken, Scope
from core.domain.errors import NotFoundError


class SqlTokenStore:
    """Keeps tokens by fingerprint. See `core.api_ports.TokenStore` for what it promises."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose tables exist."""
        self._engine = engine

    def add_token(self, user_id: UUID, token: AccessToken, fingerprint: str) -> None:
        """Store a new token."""
        with writing(self._engine, user_id) as connection:
            ensure_user(connection, user_id, token.created_at)
            connection.execute(
                insert(api_tokens).values(
                    id=token.id,
                    user_id=user_id,
                    name=token.name,
                    scopes=[scope.value for scope in token.scopes],
                    fingerprint=fingerprint,
                    last4=token.last4,
                    created_at=token.created_at,
                    expires_at=token.expires_at,
                )
            )

    def tokens(self, user_id: UUID) -> tuple[AccessToken, ...]:
        """The candidate's tokens, the newest first."""
        query = (
            select(api_tokens)
            .where(api_tokens.c.user_id == user_id)
            .order_by(api_tokens.c.created_at.desc(), api_tokens.c.id)
        )
        with reading(self._engine, user_id) as connection:
            return tuple(_token(row) for row in connection.execute(query))

    def delete_token(self, user_id: UUID, token_id: UUID) -> None:
        """Delete a token of the candidate's."""
        own = and_(api_tokens.c.user_id == user_id, api_tokens.c.id == token_id)
        with writing(self._engine, user_id) as connection:
            if not connection.execute(delete(api_tokens).where(own)).rowcount:
                raise NotFoundError("token")

    def owner_of(self, fingerprint: str) -> tuple[UUID, AccessToken] | None:
        """Whose token has that fingerprint."""
        query: Select[Any] = select(api_tokens).where(api_tokens.c.fingerprint == fingerprint)
        if is_postgres(self._engine):  # where nobody sees a row before it is known who asks
            query = select(
                func.app.token_of(fingerprint).table_valued(
                    *(column(c.name, c.type) for c in api_tokens.columns)
                )
            )
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        return (row.user_id, _token(row)) if row else None


def _token(row: Row[Any]) -> AccessToken:
    return AccessToken(
        id=row.id,
        name=row.name,
        scopes=tuple(Scope(scope) for scope in row.scopes),
        last4=row.last4,
        created_at=aware(row.created_at),
        expires_at=aware(row.expires_at),
    )
