"""The ReplyStore on SQL tables."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Engine, delete, select

from core.adapters.database import reading, writing
from core.adapters.sql_moments import aware
from core.adapters.sql_tables import api_replies, users
from core.adapters.sql_users import dialect_of
from core.domain.access import KeptReply


class SqlReplyStore:
    """Keeps replies by key. See `core.api_ports.ReplyStore` for what it promises."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose tables exist."""
        self._engine = engine

    def reply(self, user_id: UUID, key: str, since: datetime) -> KeptReply | None:
        """The reply kept under a key."""
        query = select(api_replies).where(
            api_replies.c.user_id == user_id,
            api_replies.c.key == key,
            api_replies.c.kept_at >= since,
        )
        with reading(self._engine, user_id) as connection:
            row = connection.execute(query).one_or_none()
        if row is None:
            return None
        return KeptReply(row.request, row.status, row.body, row.headers, aware(row.kept_at))

    def keep_reply(
        self, user_id: UUID, key: str, reply: KeptReply, since: datetime, most: int
    ) -> None:
        """Keep a reply unless one is kept, and forget the old ones."""
        own = api_replies.c.user_id == user_id
        newest = select(api_replies.c.kept_at).where(own).order_by(api_replies.c.kept_at.desc())
        oldest_kept = newest.offset(most - 1).limit(1).scalar_subquery()
        with writing(self._engine, user_id, outlasts_power=False) as connection:
            if connection.scalar(select(users.c.id).where(users.c.id == user_id)) is None:
                return
            # Row-level security narrows this to the candidate's own where there is any.
            connection.execute(delete(api_replies).where(api_replies.c.kept_at < since))
            connection.execute(
                dialect_of(connection)
                .insert(api_replies)
                .values(
                    user_id=user_id,
                    key=key,
                    request=reply.request,
                    status=reply.status,
                    body=reply.body,
                    headers=reply.headers,
                    kept_at=reply.kept_at,
                )
                .on_conflict_do_nothing()
            )
            connection.execute(delete(api_replies).where(own, api_replies.c.kept_at < oldest_kept))
