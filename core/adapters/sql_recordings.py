"""The RecordingStore on SQL tables."""

from typing import Any
from uuid import UUID

from sqlalchemy import Engine, insert, select

from core.adapters.database import reading, writing
from core.adapters.sql_tables import recordings
from core.domain.errors import NotFoundError
from core.domain.speech import Recording, RecordingKind


class SqlRecordingStore:
    """Keeps recordings. See `core.speech_ports.RecordingStore` for what it promises."""

    def __init__(self, engine: Engine) -> None:
        """Take the database, whose tables exist."""
        self._engine = engine

    def keep_recording(
        self, user_id: UUID, interview_id: UUID, recording_id: UUID, recording: Recording
    ) -> None:
        """Store a recording with its interview, unless it is there."""
        with writing(self._engine, user_id) as connection:
            if connection.scalar(_found(user_id, recording_id, recordings.c.id)) is None:
                connection.execute(
                    insert(recordings).values(
                        id=recording_id,
                        user_id=user_id,
                        interview_id=interview_id,
                        kind=recording.kind.value,
                        content=recording.content,
                    )
                )

    def recording(self, user_id: UUID, recording_id: UUID) -> Recording:
        """One recording of the candidate."""
        with reading(self._engine, user_id) as connection:
            query = _found(user_id, recording_id, recordings.c.content, recordings.c.kind)
            row = connection.execute(query).one_or_none()
        if row is None:
            raise NotFoundError("recording")
        return Recording(row.content, RecordingKind(row.kind))


def _found(user_id: UUID, recording_id: UUID, *columns: Any) -> Any:
    return select(*columns).where(recordings.c.id == recording_id, recordings.c.user_id == user_id)
