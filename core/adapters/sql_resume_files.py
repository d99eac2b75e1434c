"""The ResumeFileRows on SQL tables, and the look at all of them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, Row, and_, delete, insert, select

from core.adapters.database import reading, writing
from core.adapters.sql_moments import aware
from core.adapters.sql_tables import resume_files
from core.domain.document import DocumentKind
from core.domain.resume_file import ResumeFile


class SqlResumeFiles:
    """Keeps what is known of files. See `core.custody_ports.ResumeFileRows` for what it promises."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine whose tables exist."""
        self._engine = engine

    def add(self, user_id: UUID, file: ResumeFile) -> None:
        """Note a file that is about to be stored."""
        with writing(self._engine, user_id) as connection:
            connection.execute(
                insert(resume_files).values(
                    id=file.id,
                    user_id=user_id,
                    resume_id=file.resume_id,
                    kind=file.kind.value,
                    size=file.size,
                    fingerprint=file.fingerprint,
                    stored_as=file.stored_as,
                    kept_at=file.kept_at,
                )
            )

    def exists(self, user_id: UUID, file_id: UUID) -> bool:
        """Whether the file is still known."""
        with reading(self._engine, user_id) as connection:
            query = select(resume_files.c.id).where(_own(user_id, file_id))
            return connection.scalar(query) is not None

    def files(self, user_id: UUID) -> tuple[ResumeFile, ...]:
        """The candidate's files, the newest first."""
        query = (
            select(resume_files)
            .where(resume_files.c.user_id == user_id)
            .order_by(resume_files.c.kept_at.desc(), resume_files.c.id)
        )
        with reading(self._engine, user_id) as connection:
            return tuple(_file(row) for row in connection.execute(query))

    def remove(self, user_id: UUID, file_id: UUID) -> None:
        """Forget a file."""
        with writing(self._engine, user_id) as connection:
            connection.execute(delete(resume_files).where(_own(user_id, file_id)))


class SqlFileMaintenance:
    """Where the files of all candidates lie. See `core.custody_ports.FileMaintenance`."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine for maintenance."""
        self._engine = engine

    def stored_names(self) -> frozenset[str]:
        """Where all known files lie."""
        with reading(self._engine) as connection:
            return frozenset(connection.scalars(select(resume_files.c.stored_as)))

    def names_of(self, user_ids: Iterable[UUID]) -> tuple[str, ...]:
        """Where the files of these candidates lie."""
        query = select(resume_files.c.stored_as).where(resume_files.c.user_id.in_(list(user_ids)))
        with reading(self._engine) as connection:
            return tuple(connection.scalars(query.order_by(resume_files.c.stored_as)))


def _own(user_id: UUID, file_id: UUID) -> Any:
    return and_(resume_files.c.user_id == user_id, resume_files.c.id == file_id)


def _file(row: Row[Any]) -> ResumeFile:
    return ResumeFile(
        id=row.id,
        resume_id=row.resume_id,
        kind=DocumentKind(row.kind),
        size=row.size,
        fingerprint=row.fingerprint,
        stored_as=row.stored_as,
        kept_at=aware(row.kept_at),
    )
