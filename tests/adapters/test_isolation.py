"""On Postgres the database itself keeps people apart, whatever the code above it asks for."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from core.adapters.database import reading, writing
from core.adapters.sql_accounts import SqlAccountStore
from core.adapters.sql_keys import SqlKeyStore
from core.adapters.sql_practice import SqlPracticeStore
from core.adapters.sql_preparations import SqlPreparationStore
from core.adapters.sql_real_questions import SqlRealQuestionStore
from core.adapters.sql_recordings import SqlRecordingStore
from core.adapters.sql_replies import SqlReplyStore
from core.adapters.sql_resume_files import SqlResumeFiles
from core.adapters.sql_shares import SqlShareStore
from core.adapters.sql_store import SqlStore
from core.adapters.sql_tables import (
    api_keys,
    asked_questions,
    audit_events,
    interviews,
    key_checks,
    leases,
    limits,
    metadata,
    plans,
    preparations,
    recordings,
    responses,
    resume_files,
    resumes,
    shares,
    users,
)
from core.adapters.sql_tokens import SqlTokenStore
from core.domain.access import AccessToken, KeptReply, Scope
from core.domain.errors import StoreError
from core.domain.real_question import RealQuestion
from core.domain.speech import recording_of
from core.ports import Lease, WorkKey, WorkKind
from tests.account_doubles import a_claim, a_proof, a_ticket, unsealed
from tests.builders import (
    ALICE,
    BOB,
    INTERVIEW_ID,
    NOW,
    a_resume,
    a_resume_file,
    an_answered_interview,
)
from tests.doubles import FrozenClock
from tests.hosted_database import HostedDatabase
from tests.key_doubles import a_stored_key
from tests.learning_doubles import a_preparation, a_review, an_item
from tests.sharing_doubles import a_share
from tests.speaking_doubles import RECORDING_ID, WEBM

RESUMES = {ALICE: uuid4(), BOB: uuid4()}
OF_BOB = UUID("33333333-0000-4000-8000-000000000005")
OF_NOBODY = (audit_events, key_checks, limits)
OF_CANDIDATES = [table for table in metadata.sorted_tables if table not in OF_NOBODY]
CHILDREN: list[tuple[Table, dict[str, Any]]] = [
    (asked_questions, {"position": 9, "question_id": "opener"}),
    (leases, {"kind": "narrative", "claimed_by": "x", "claimed_until": NOW}),
    (recordings, {"id": RECORDING_ID, "kind": "audio/webm", "content": WEBM}),
    (
        shares,
        {
            "id": UUID(int=5),
            "fingerprint": "mine",
            "has_answers": False,
            "created_at": NOW,
            "expires_at": NOW,
        },
    ),
    (
        responses,
        {
            "position": 9,
            "attempt": 1,
            "question": "?",
            "answer": "!",
            "submitted_at": NOW,
            "status": "pending",
            "failure": "",
        },
    ),
]
PERMISSION_DENIED = "42501"
ANONYMOUS = (
    "select set_config('role', 'anon', true), set_config('request.jwt.claims', :claims, true)"
)

by_table = pytest.mark.parametrize("table", OF_CANDIDATES, ids=lambda table: table.name)


@pytest.fixture
def engine(postgres_engine: Engine) -> Engine:
    """A database in which Alice and Bob have a row in every table."""
    store, keys = (
        SqlStore(postgres_engine, FrozenClock()),
        SqlKeyStore(postgres_engine, FrozenClock()),
    )
    sounds = SqlRecordingStore(postgres_engine)
    for user_id, interview_id in ((ALICE, INTERVIEW_ID), (BOB, OF_BOB)):
        store.add_interview(user_id, replace(an_answered_interview(), id=interview_id))
        resume = a_resume(id=RESUMES[user_id])
        store.save_resume(user_id, resume)
        SqlResumeFiles(postgres_engine).add(user_id, a_resume_file(resume_id=resume.id, id=uuid4()))
        keys.save_key(user_id, a_stored_key())
        work = WorkKey(interview_id, kind=WorkKind.PLAN)
        store.claim(user_id, work, Lease("a worker", NOW, NOW), may_repeat=True)
        sounds.keep_recording(user_id, interview_id, uuid4(), recording_of(WEBM))
        _learn(postgres_engine, user_id, interview_id)
        _sign_in(postgres_engine, user_id)
        _use_the_api(postgres_engine, user_id)
        _share(postgres_engine, user_id, interview_id)
    return postgres_engine


def _learn(engine: Engine, user_id: UUID, interview_id: UUID) -> None:
    item = an_item(reviews=(a_review(interview_id=interview_id),))
    practice = SqlPracticeStore(engine)
    practice.change_items(user_id, frozenset({"slow-query"}), lambda known: (*known, item))
    asked = RealQuestion("What would you delete first?", NOW)
    SqlRealQuestionStore(engine, FrozenClock()).add_questions(user_id, [asked])
    SqlPreparationStore(engine, FrozenClock()).save_preparation(user_id, a_preparation())


def _use_the_api(engine: Engine, user_id: UUID) -> None:
    token = AccessToken(uuid4(), "a program", (Scope.READ,), "abcd", NOW, NOW)
    SqlTokenStore(engine).add_token(user_id, token, f"fingerprint of {user_id}")
    reply = KeptReply("a request", 200, "{}", {}, NOW)
    SqlReplyStore(engine).keep_reply(user_id, "a key", reply, NOW, 10)


def _share(engine: Engine, user_id: UUID, interview_id: UUID) -> None:
    share = a_share(id=uuid4(), interview_id=interview_id)
    SqlShareStore(engine).add_share(user_id, share, f"share of {user_id}")


def _sign_in(engine: Engine, user_id: UUID) -> None:
    proof = a_proof(subject=str(user_id))
    accounts, session = SqlAccountStore(engine, unsealed), a_ticket(id=user_id, proof=proof)
    accounts.add_ticket(user_id, session, f"ticket of {user_id}")
    accounts.claim(user_id, a_claim(session, fingerprint=f"session of {user_id}"))


def _owner_column(table: Table) -> Any:
    return table.c.id if table is users else table.c.user_id


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _snapshot(postgres: HostedDatabase) -> dict[str, set[str]]:
    """Every row of every table as text."""
    return {
        table.name: {str(row) for row in postgres.query(f"select t::text from {table.name} t")}  # noqa: S608 - our own names
        for table in OF_CANDIDATES
    }


@contextmanager
def _refused(state: str = PERMISSION_DENIED) -> Iterator[None]:
    """What is done inside is refused by the database with this SQLSTATE."""
    with pytest.raises((StoreError, DBAPIError)) as failed:
        yield
    refused = failed.value
    error = refused.orig if isinstance(refused, DBAPIError) else refused.__cause__
    assert getattr(error, "sqlstate", None) == state


# --- a candidate, another's rows ------------------------------------------------------------------


@by_table
def test_candidate_sees_their_own_rows_only(engine: Engine, table: Table) -> None:
    with reading(engine, ALICE) as connection:
        owners = set(connection.scalars(select(_owner_column(table))))
    assert owners == {ALICE}


@pytest.mark.parametrize(
    "table", [users, resumes, resume_files, interviews, leases, api_keys], ids=str
)
def test_deleting_everything_deletes_nothing_of_others(engine: Engine, table: Table) -> None:
    with writing(engine, ALICE) as connection:
        assert connection.execute(delete(table)).rowcount == 1
    with reading(engine, BOB) as connection:
        assert _count(connection, table) == 1


@pytest.mark.parametrize("table", [responses, asked_questions, recordings, plans], ids=str)
def test_answers_and_questions_go_with_their_interview_only(engine: Engine, table: Table) -> None:
    with _refused(), writing(engine, ALICE) as connection:
        connection.execute(delete(table))


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (resumes, {"extracted_data": {}}),
        (interviews, {"version": 99}),
        (responses, {"answer": "Mine."}),
        (plans, {"plan": {}}),
        (leases, {"claimed_by": "mine"}),
        (api_keys, {"sealed": "mine"}),
        (preparations, {"interview_on": NOW.date()}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_update_and_delete_of_anothers_rows_touch_none(
    engine: Engine, postgres: HostedDatabase, table: Table, values: dict[str, Any]
) -> None:
    before = _snapshot(postgres)
    with writing(engine, ALICE) as connection:
        changed = connection.execute(update(table).where(table.c.user_id == BOB).values(**values))
        assert changed.rowcount == 0
        if table not in (responses, plans):
            assert connection.execute(delete(table).where(table.c.user_id == BOB)).rowcount == 0
    assert _snapshot(postgres) == before


def test_row_cannot_be_given_to_another(engine: Engine) -> None:
    with _refused(), writing(engine, ALICE) as connection:
        connection.execute(update(api_keys).values(user_id=BOB))


def test_row_cannot_be_made_for_another(engine: Engine) -> None:
    row = {"id": uuid4(), "user_id": BOB, "uploaded_at": NOW, "extracted_data": {}}
    with _refused(), writing(engine, ALICE) as connection:
        connection.execute(insert(resumes).values(**row))


def test_candidate_cannot_be_made_for_another(engine: Engine) -> None:
    with _refused(), writing(engine, ALICE) as connection:
        connection.execute(insert(users).values(id=uuid4(), created_at=NOW))


def test_file_cannot_hang_on_anothers_resume(engine: Engine) -> None:
    with pytest.raises(StoreError):
        SqlResumeFiles(engine).add(ALICE, a_resume_file(resume_id=RESUMES[BOB]))


@pytest.mark.parametrize(
    ("table", "values"), CHILDREN, ids=lambda value: getattr(value, "name", "")
)
def test_row_cannot_hang_on_anothers_interview(
    engine: Engine, table: Table, values: dict[str, Any]
) -> None:
    with _refused("23503"), writing(engine, ALICE) as connection:
        connection.execute(insert(table).values(interview_id=OF_BOB, user_id=ALICE, **values))


def test_what_a_candidate_deletes_takes_its_children_along_and_nobody_elses(
    engine: Engine, postgres: HostedDatabase
) -> None:
    SqlStore(engine, FrozenClock()).delete_candidate(ALICE)
    owners = {
        table.name: set(postgres.query(f"select {_owner_column(table).name} from {table.name}"))  # noqa: S608 - our own names
        for table in OF_CANDIDATES
    }
    assert owners == {table.name: {(BOB,)} for table in OF_CANDIDATES}


# --- nobody in particular -------------------------------------------------------------------------


@by_table
def test_login_alone_reads_nothing(engine: Engine, table: Table) -> None:
    with _refused(), reading(engine) as connection:
        _count(connection, table)


@by_table
def test_anonymous_role_reads_nothing(postgres: HostedDatabase, table: Table) -> None:
    with postgres.admin().connect() as connection:
        connection.exec_driver_sql("set role anon")
        with _refused():
            _count(connection, table)


@pytest.mark.parametrize("claims", ["", "{}", json.dumps({"role": "authenticated"})])
@by_table
def test_empty_claims_see_no_row(engine: Engine, table: Table, claims: str) -> None:
    with reading(engine) as connection:
        connection.execute(text(ANONYMOUS.replace("anon", "authenticated")), {"claims": claims})
        assert _count(connection, table) == 0


def test_empty_claims_store_no_row(engine: Engine) -> None:
    with _refused(), writing(engine) as connection:
        connection.execute(text(ANONYMOUS.replace("anon", "authenticated")), {"claims": "{}"})
        connection.execute(insert(users).values(id=uuid4(), created_at=NOW))


@pytest.mark.parametrize(
    "role", ["anon", "service_role", "app_lookup", "app_maintenance", "postgres"]
)
def test_login_can_become_no_other_role(engine: Engine, role: str) -> None:
    with _refused(), reading(engine) as connection:
        connection.exec_driver_sql(f"set local role {role}")


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role", "app_maintenance"])
def test_what_limits_count_is_in_nobodys_reach(postgres: HostedDatabase, role: str) -> None:
    with postgres.admin().connect() as connection:
        connection.exec_driver_sql(f"set role {role}")
        with _refused():
            _count(connection, limits)


# --- the log of events ----------------------------------------------------------------------------


def _event(actor_id: UUID) -> dict[str, Any]:
    return {"id": uuid4(), "at": NOW, "kind": "exported", "actor_id": actor_id, "address": ""}


def test_candidate_adds_events_of_their_own_and_of_nobody_else(engine: Engine) -> None:
    with writing(engine, ALICE) as connection:
        connection.execute(insert(audit_events).values(_event(ALICE)))
    with _refused(), writing(engine, ALICE) as connection:
        connection.execute(insert(audit_events).values(_event(BOB)))


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role", "app_lookup"])
def test_events_are_read_by_maintenance_alone(postgres: HostedDatabase, role: str) -> None:
    with postgres.admin().connect() as connection:
        connection.exec_driver_sql(f"set role {role}")
        with _refused():
            _count(connection, audit_events)


@pytest.mark.parametrize("role", ["authenticated", "app_maintenance", "service_role", "app_lookup"])
@pytest.mark.parametrize(
    "change",
    [delete(audit_events), update(audit_events).values(kind="nothing")],
    ids=["delete", "update"],
)
def test_no_role_changes_or_deletes_an_event(
    postgres: HostedDatabase, role: str, change: Any
) -> None:
    with postgres.admin().connect() as connection:
        connection.exec_driver_sql(f"set role {role}")
        with _refused():
            connection.execute(change)


@pytest.mark.parametrize("role", ["anon", "authenticated", "service_role", "app_maintenance"])
def test_check_values_of_master_keys_are_in_nobodys_reach(
    postgres: HostedDatabase, role: str
) -> None:
    with postgres.admin().connect() as connection:
        connection.exec_driver_sql(f"set role {role}")
        with _refused():
            _count(connection, key_checks)


# --- the pool -------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["committed", "rolled back"])
def test_pooled_connection_forgets_for_whom_it_acted(engine: Engine, how: str) -> None:
    engine.dispose()  # tests with threads leave more than one connection in the shared pool
    pids = set()
    for _ in range(20):
        with suppress(ZeroDivisionError), writing(engine, ALICE) as connection:
            assert _count(connection, interviews) == 1
            pids.add(connection.scalar(select(func.pg_backend_pid())))
            assert 1 / (how == "committed")
        with reading(engine) as connection:
            pids.add(connection.scalar(select(func.pg_backend_pid())))
            found = connection.exec_driver_sql(
                "select current_user, current_setting('request.jwt.claims', true),"
                " current_setting('request.jwt.claim.sub', true)"
            ).one()
            assert (found[0], found[1] or "", found[2] or "") == ("app_login", "", "")
    assert len(pids) == 1


def test_candidates_who_follow_each_other_on_one_connection_see_their_own(engine: Engine) -> None:
    for user_id in (ALICE, BOB) * 10:
        with reading(engine, user_id) as connection:
            assert connection.scalars(select(interviews.c.user_id)).all() == [user_id]


def test_what_is_read_in_several_steps_is_of_one_moment(engine: Engine) -> None:
    with reading(engine, ALICE) as connection:
        before = _count(connection, interviews)
        SqlStore(engine, FrozenClock()).delete_interview(ALICE, INTERVIEW_ID)
        assert _count(connection, interviews) == before == 1


def test_reading_writes_nothing(engine: Engine) -> None:
    with _refused("25006"), reading(engine, ALICE) as connection:
        connection.execute(update(interviews).values(version=7))
