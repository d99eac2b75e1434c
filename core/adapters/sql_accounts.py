"""The AccountStore on SQL tables."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Connection,
    Engine,
    Row,
    Select,
    and_,
    column,
    delete,
    func,
    insert,
    select,
    update,
)

from core.account_ports import Claim
from core.adapters.database import forget_traces, is_postgres, reading, writing
from core.adapters.sql_moments import aware
from core.adapters.sql_moving import Reseal, move_everything
from core.adapters.sql_tables import api_tokens, identities, sessions
from core.adapters.sql_users import dialect_of, ensure_user, hold_user
from core.domain.account import Identity, Proof, Session
from core.domain.errors import SignInOverError


class SqlAccountStore:
    """Keeps identities and sessions. See `core.account_ports.AccountStore` for what it promises."""

    def __init__(self, engine: Engine, reseal: Reseal) -> None:
        """Take an engine whose tables exist, and what seals the row of a key for another candidate."""
        self._engine = engine
        self._reseal = reseal

    def identity_of(self, issuer: str, subject: str) -> tuple[UUID, Identity] | None:
        """Whose identity that is."""
        query = select(identities).where(_is_identity(issuer, subject))
        row = self._found(query, lambda: func.app.identity_of(issuer, subject), identities)
        return (row.user_id, _identity(row)) if row else None

    def identities(self, user_id: UUID) -> tuple[Identity, ...]:
        """The candidate's ways in."""
        query = select(identities).where(identities.c.user_id == user_id)
        query = query.order_by(identities.c.created_at, identities.c.issuer)
        with reading(self._engine, user_id) as connection:
            return tuple(_identity(row) for row in connection.execute(query))

    def add_ticket(self, user_id: UUID, session: Session, fingerprint: str) -> None:
        """Store a ticket."""
        values = {
            "id": session.id,
            "user_id": user_id,
            "fingerprint": fingerprint,
            "bound_to": session.bound_to,
            "issuer": session.proof.issuer,
            "subject": session.proof.subject,
            "email": session.proof.email,
            "proven_at": session.proof.proven_at,
            "seen_at": session.seen_at,
            "ends_at": session.ends_at,
        }
        is_over = and_(sessions.c.user_id == user_id, sessions.c.ends_at <= session.seen_at)
        with writing(self._engine, user_id) as connection:
            ensure_user(connection, user_id, session.seen_at)
            connection.execute(delete(sessions).where(is_over))
            connection.execute(insert(sessions).values(values))

    def session_of(self, fingerprint: str) -> tuple[UUID, Session] | None:
        """Whose session or ticket has that fingerprint."""
        query = select(sessions).where(sessions.c.fingerprint == fingerprint)
        row = self._found(query, lambda: func.app.session_of(fingerprint), sessions)
        return (row.user_id, _session(row)) if row else None

    def claim(self, user_id: UUID, claim: Claim) -> tuple[UUID, ...]:
        """Turn a ticket into a session, together with all that moves."""
        moved: tuple[UUID, ...] = ()
        with writing(self._engine, user_id) as connection:
            if _keep_identity(connection, user_id, claim.session.proof, claim.now):
                connection.execute(delete(api_tokens).where(api_tokens.c.user_id == user_id))
            _open_session(connection, user_id, claim)
            if claim.giver is not None:
                moved = move_everything(connection, claim.giver, user_id, self._reseal)
        forget_traces(self._engine)
        return moved

    def add_identity(self, user_id: UUID, proof: Proof, now: datetime) -> UUID:
        """Whose the identity is."""
        try:
            with writing(self._engine, user_id) as connection:
                ensure_user(connection, user_id, now)
                _keep_identity(connection, user_id, proof, now)
        except SignInOverError:
            found = self.identity_of(proof.issuer, proof.subject)
            if found is None:
                raise
            return found[0]
        return user_id

    def touch(self, user_id: UUID, session_id: UUID, seen_at: datetime) -> None:
        """Store when a session was last used."""
        with writing(self._engine, user_id) as connection:
            connection.execute(
                update(sessions).where(_is_session(user_id, session_id)).values(seen_at=seen_at)
            )

    def end_session(self, user_id: UUID, session_id: UUID) -> None:
        """End one session."""
        with writing(self._engine, user_id) as connection:
            connection.execute(delete(sessions).where(_is_session(user_id, session_id)))

    def end_sessions(self, user_id: UUID, now: datetime) -> None:
        """End all sessions of the user's."""
        own = identities.c.user_id == user_id
        with writing(self._engine, user_id) as connection:
            connection.execute(delete(sessions).where(sessions.c.user_id == user_id))
            connection.execute(update(identities).where(own).values(signed_out_at=now))

    def _found(self, plain: Select[Any], call: Callable[[], Any], table: Any) -> Row[Any] | None:
        """One row, on Postgres by the function that looks before anyone is known."""
        query = plain
        if is_postgres(self._engine):
            query = select(call().table_valued(*(column(c.name, c.type) for c in table.columns)))
        with reading(self._engine) as connection:
            return connection.execute(query).one_or_none()


def _keep_identity(connection: Connection, user_id: UUID, proof: Proof, now: datetime) -> bool:
    """Make the identity the user's, with its newest e-mail; whether they are no guest only since now.

    SignInOverError where it is another's, and where they have another: nobody gets a way in to an
    account with a ticket from when it was a guest's.
    """
    hold_user(connection, user_id)
    values = {"issuer": proof.issuer, "subject": proof.subject, "email": proof.email}
    made = (
        dialect_of(connection).insert(identities).values(**values, user_id=user_id, created_at=now)
    )
    made = made.on_conflict_do_nothing().returning(identities.c.user_id)
    is_new = connection.scalar(made) is not None
    ways_in = select(func.count()).where(identities.c.user_id == user_id)
    if is_new and connection.scalar(ways_in) != 1:
        raise SignInOverError
    own = and_(_is_identity(proof.issuer, proof.subject), identities.c.user_id == user_id)
    if not connection.execute(update(identities).where(own).values(email=proof.email)).rowcount:
        raise SignInOverError
    return is_new


def _open_session(connection: Connection, user_id: UUID, claim: Claim) -> None:
    ticket = and_(
        _is_session(user_id, claim.session.id), sessions.c.bound_to == claim.session.bound_to
    )
    opened = {
        "fingerprint": claim.fingerprint,
        "bound_to": "",
        "seen_at": claim.now,
        "ends_at": claim.ends_at,
    }
    if not connection.execute(update(sessions).where(ticket).values(opened)).rowcount:
        raise SignInOverError


def _is_identity(issuer: str, subject: str) -> Any:
    return and_(identities.c.issuer == issuer, identities.c.subject == subject)


def _is_session(user_id: UUID, session_id: UUID) -> Any:
    return and_(sessions.c.user_id == user_id, sessions.c.id == session_id)


def _identity(row: Row[Any]) -> Identity:
    signed_out_at = aware(row.signed_out_at) if row.signed_out_at else None
    return Identity(row.issuer, row.subject, row.email, aware(row.created_at), signed_out_at)


def _session(row: Row[Any]) -> Session:
    return Session(
        id=row.id,
        proof=Proof(row.issuer, row.subject, row.email, aware(row.proven_at)),
        seen_at=aware(row.seen_at),
        ends_at=aware(row.ends_at),
        bound_to=row.bound_to,
    )
