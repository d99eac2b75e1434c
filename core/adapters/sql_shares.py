"""The ShareStore on SQL tables."""

from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Row, Select, column, delete, func, insert, select

from core.adapters.database import is_postgres, reading, writing
from core.adapters.sql_moments import aware
from core.adapters.sql_tables import shares
from core.domain.share import Share


class SqlShareStore:
    """Keeps links by fingerprint. See `core.sharing_ports.ShareStore` for what it promises."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose tables exist."""
        self._engine = engine

    def add_share(self, user_id: UUID, share: Share, fingerprint: str) -> None:
        """Store a new link, and forget the expired ones."""
        expired = shares.c.user_id == user_id, shares.c.expires_at <= share.created_at
        with writing(self._engine, user_id) as connection:
            connection.execute(delete(shares).where(*expired))
            connection.execute(
                insert(shares).values(
                    id=share.id,
                    user_id=user_id,
                    interview_id=share.interview_id,
                    fingerprint=fingerprint,
                    has_answers=share.has_answers,
                    created_at=share.created_at,
                    expires_at=share.expires_at,
                )
            )

    def shares(self, user_id: UUID, interview_id: UUID) -> tuple[Share, ...]:
        """The links to one report, the newest first."""
        query = (
            select(shares)
            .where(shares.c.user_id == user_id, shares.c.interview_id == interview_id)
            .order_by(shares.c.created_at.desc(), shares.c.id)
        )
        with reading(self._engine, user_id) as connection:
            return tuple(_share(row) for row in connection.execute(query))

    def delete_share(self, user_id: UUID, share_id: UUID) -> None:
        """Delete a link of the candidate's."""
        own = shares.c.user_id == user_id, shares.c.id == share_id
        with writing(self._engine, user_id) as connection:
            connection.execute(delete(shares).where(*own))

    def shared_by(self, fingerprint: str) -> tuple[UUID, Share] | None:
        """Whose link has that fingerprint."""
        query: Select[Any] = select(shares).where(shares.c.fingerprint == fingerprint)
        if is_postgres(self._engine):  # where nobody sees a row before it is known who asks
            query = select(
                func.app.share_of(fingerprint).table_valued(
                    *(column(c.name, c.type) for c in shares.columns)
                )
            )
        with reading(self._engine) as connection:
            row = connection.execute(query).one_or_none()
        return (row.user_id, _share(row)) if row else None


def _share(row: Row[Any]) -> Share:
    return Share(
        id=row.id,
        interview_id=row.interview_id,
        has_answers=row.has_answers,
        created_at=aware(row.created_at),
        expires_at=aware(row.expires_at),
    )
