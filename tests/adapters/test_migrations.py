"""The SQL files make the tables of the code, once each, all or nothing."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from pydantic import TypeAdapter
from sqlalchemy import URL, Connection, inspect

from core.adapters.migrations import FOLDER, Migrations
from core.adapters.postgres_schema import open_for_maintenance, open_postgres
from core.adapters.sql_store import SqlStore
from core.adapters.sql_tables import SCHEMA_VERSION, metadata
from core.domain.errors import StoreError
from core.domain.interview import Interview
from tests.builders import ALICE, a_started_interview
from tests.doubles import FrozenClock
from tests.hosted_database import HostedDatabase

PLANS = "20261123000000_plans.sql"
APPLIED = "select version, name from supabase_migrations.schema_migrations order by 1"


@pytest.fixture
def bare(postgres_url: URL) -> Iterator[HostedDatabase]:
    """What a new project of Supabase's has, and nothing of ours."""
    database = HostedDatabase.bare(postgres_url)
    yield database
    database.drop()


@pytest.fixture
def migrated(bare: HostedDatabase) -> HostedDatabase:
    """A database of its own, for a test that changes its schema."""
    bare.migrate()
    return bare


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the files that there are, for a test to add to."""
    for file in FOLDER.glob("*.sql"):
        (tmp_path / file.name).write_text(file.read_text("utf-8"), "utf-8")
    return tmp_path


def _tables(connection: Connection) -> dict[str, object]:
    """What each table is made of, without the names of constraints."""
    found = inspect(connection)
    return {
        name: {
            "columns": [
                (column["name"], str(column["type"]), column["nullable"])
                for column in found.get_columns(name)
            ],
            "primary key": found.get_pk_constraint(name)["constrained_columns"],
            "foreign keys": sorted(
                (
                    *key["constrained_columns"],
                    key["referred_table"],
                    *key["referred_columns"],
                    str(key["options"]),
                )
                for key in found.get_foreign_keys(name)
            ),
            "unique": sorted(u["column_names"] for u in found.get_unique_constraints(name)),
            "checks": sorted(str(check["sqltext"]) for check in found.get_check_constraints(name)),
            "indexes": sorted(
                (str(index["name"]), *map(str, index["column_names"]))
                for index in found.get_indexes(name)
            ),
        }
        for name in found.get_table_names()
    }


@pytest.fixture(scope="module")
def of_code(postgres_url: URL) -> Iterator[HostedDatabase]:
    """A database with the tables as the code says them."""
    database = HostedDatabase.bare(postgres_url)
    metadata.create_all(database.admin())
    yield database
    database.drop()


@pytest.fixture(scope="module")
def of_files(shared_postgres: HostedDatabase) -> dict[str, object]:
    """What the files make."""
    with shared_postgres.admin().connect() as connection:
        return _tables(connection)


def test_files_make_the_tables_of_the_code(
    of_code: HostedDatabase, of_files: dict[str, object]
) -> None:
    with of_code.admin().connect() as connection:
        assert _tables(connection) == of_files


@pytest.mark.parametrize(
    "drift",
    [
        "alter table resumes add column size integer",
        "alter table resumes drop column uploaded_at",
        "alter table resumes alter column uploaded_at drop not null",
        "alter table responses alter column position type text",
        "alter table responses drop constraint responses_interview_id_position_attempt_key",
        "alter table leases drop constraint leases_interview_id_user_id_fkey",
        "alter table api_keys drop constraint api_keys_last4_check",
        "drop index interviews_by_user",
        "create table others (id integer)",
    ],
)
def test_difference_between_files_and_code_is_noticed(
    of_code: HostedDatabase, of_files: dict[str, object], drift: str
) -> None:
    with of_code.admin().connect() as connection:
        connection.exec_driver_sql("begin")
        connection.exec_driver_sql(drift)
        assert _tables(connection) != of_files
        connection.exec_driver_sql("rollback")


def test_files_carry_the_version_of_the_code(postgres: HostedDatabase) -> None:
    assert postgres.query("select app.schema_version()") == [(SCHEMA_VERSION,)]


def test_each_file_is_applied_once_and_kept_in_mind(bare: HostedDatabase) -> None:
    migrations = Migrations(bare.owner_url)
    files = tuple(sorted(file.name for file in FOLDER.glob("*.sql")))
    assert (migrations.apply(), migrations.apply()) == (files, ())
    found = bare.query(APPLIED)
    assert tuple(f"{version}_{name}.sql" for version, name in found) == files


def test_two_who_migrate_at_once_apply_each_file_once(bare: HostedDatabase) -> None:
    applied: list[tuple[str, ...]] = []
    threads = [
        Thread(target=lambda: applied.append(Migrations(bare.owner_url).apply())) for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(len, applied)) == [0, 0, len(list(FOLDER.glob("*.sql")))]


def test_newer_file_is_applied_to_what_is_there(migrated: HostedDatabase, folder: Path) -> None:
    (folder / "29990101000000_more.sql").write_text("create table app.more (id int);", "utf-8")
    assert Migrations(migrated.owner_url, folder).apply() == ("29990101000000_more.sql",)
    assert migrated.query("select * from app.more") == []


def test_file_that_does_not_apply_leaves_nothing_behind_and_is_named(
    migrated: HostedDatabase, folder: Path
) -> None:
    (folder / "29990101000000_good.sql").write_text("create table app.good (id int);", "utf-8")
    (folder / "29990102000000_bad.sql").write_text("create table app.bad (id nonsense);", "utf-8")
    before = migrated.query(APPLIED)
    with pytest.raises(StoreError, match=r"29990102000000_bad\.sql does not apply: .*nonsense"):
        Migrations(migrated.owner_url, folder).apply()
    assert migrated.query("select to_regclass('app.good')") == [(None,)]
    assert migrated.query(APPLIED) == before


def test_second_database_of_one_server_can_be_migrated(
    migrated: HostedDatabase, of_files: dict[str, object]
) -> None:
    with migrated.admin().connect() as connection:
        assert _tables(connection) == of_files


def test_interview_that_is_there_keeps_its_plan(bare: HostedDatabase, folder: Path) -> None:
    (folder / PLANS).unlink()
    Migrations(bare.owner_url, folder).apply()
    held = a_started_interview()
    bare.query(
        "with candidate as (insert into users values (:user, now()) returning id)"
        " insert into interviews (id, user_id, created_at, version, session_state, summary)"
        " select :interview, id, now(), 0, :state, '{}' from candidate returning id",
        user=ALICE,
        interview=held.id,
        state=TypeAdapter(Interview).dump_json(held).decode(),
    )
    bare.migrate()
    engine = open_postgres(bare.url)
    store = SqlStore(engine, FrozenClock())
    read = store.interview(ALICE, held.id)
    changed = store.change_interview(ALICE, held.id, lambda i: i.rename("Old"))
    assert [read.plan, changed.plan, store.interview(ALICE, held.id).plan] == [held.plan] * 3
    engine.dispose()


# --- opening --------------------------------------------------------------------------------------


def test_app_says_that_the_tables_are_not_there(
    bare: HostedDatabase, postgres: HostedDatabase
) -> None:
    assert postgres.url  # its migration made the role that logs in here
    with pytest.raises(StoreError, match=r"no tables of this app yet.*database migrate"):
        open_postgres(bare.url)


@pytest.mark.parametrize(
    ("version", "sentence"),
    [
        (SCHEMA_VERSION - 1, "older version.*database migrate"),
        (SCHEMA_VERSION + 1, "newer version"),
    ],
)
def test_app_refuses_tables_of_another_version(
    migrated: HostedDatabase, version: int, sentence: str
) -> None:
    migrated.run(
        "create or replace function app.schema_version() returns integer"
        f" language sql immutable set search_path = '' as 'select {version}'"
    )
    for opened, url in ((open_postgres, migrated.url), (open_for_maintenance, migrated.owner_url)):
        with pytest.raises(StoreError, match=sentence):
            opened(url)


def test_app_refuses_a_login_that_reads_everything(postgres: HostedDatabase) -> None:
    mighty = postgres.admin_url.render_as_string(hide_password=False)
    for url in (mighty, postgres.owner_url):
        with pytest.raises(StoreError, match="could read everyone's rows"):
            open_postgres(url)


def test_app_itself_cannot_be_opened_for_maintenance(postgres: HostedDatabase) -> None:
    with pytest.raises(StoreError):
        open_for_maintenance(postgres.url)
