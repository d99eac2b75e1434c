"""A database as Supabase hands it out, bare, with our migrations applied by an owner who is no superuser."""

from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import URL, Connection, Engine, NullPool, create_engine, text

from core.adapters.migrations import Migrations

PASSWORD = "only-for-tests"  # noqa: S105 - of roles in a database for tests
OWNER = "test_owner"
_ROLES_LOCK = 20261122
_ROLES = """
do $$
begin
  if not exists (select from pg_roles where rolname = 'anon') then
    create role anon nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then
    create role authenticated nologin;
  end if;
  if not exists (select from pg_roles where rolname = 'service_role') then
    create role service_role nologin bypassrls;
  end if;
  if not exists (select from pg_roles where rolname = 'test_owner') then
    create role test_owner login createrole;
  end if;
end
$$;
grant anon, authenticated, service_role to test_owner with admin option;
"""
_AS_SUPABASE = """
create schema auth;
grant usage on schema auth to anon, authenticated, service_role;
create function auth.uid() returns uuid language sql stable as $$
  select coalesce(
    nullif(current_setting('request.jwt.claim.sub', true), ''),
    nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
  )::uuid
$$;
grant usage on schema public to anon, authenticated, service_role;
grant create on schema public to test_owner;
alter default privileges for role test_owner in schema public
  grant all on tables to anon, authenticated, service_role;
alter default privileges for role test_owner in schema public
  grant all on sequences to anon, authenticated, service_role;
alter default privileges for role test_owner in schema public
  grant all on functions to anon, authenticated, service_role;
"""
"""What is there before us. Older projects of Supabase's hand every new table to everyone."""


@dataclass(frozen=True)
class HostedDatabase:
    """One database, as those see it who log in to it."""

    admin_url: URL

    @classmethod
    def bare(cls, server_url: URL) -> "HostedDatabase":
        """A new database without anything of ours; `server_url` names a superuser."""
        name = f"test_{uuid4().hex}"
        with _engine(server_url).connect() as connection:
            connection.exec_driver_sql(f"select pg_advisory_lock({_ROLES_LOCK})")
            _run(connection, _ROLES)
            connection.exec_driver_sql(f"alter role {OWNER} password '{PASSWORD}'")
            connection.exec_driver_sql(f"create database {name} owner {OWNER}")
        bare = cls(server_url.set(database=name))
        with _engine(bare.admin_url).connect() as connection:
            _run(connection, _AS_SUPABASE)
        return bare

    @classmethod
    def migrated(cls, server_url: URL) -> "HostedDatabase":
        """A new database with our tables."""
        database = cls.bare(server_url)
        database.migrate()
        return database

    @property
    def owner_url(self) -> str:
        """Of who may migrate."""
        return self._url(OWNER)

    @property
    def url(self) -> str:
        """Of the app."""
        return self._url("app_login")

    def migrate(self) -> None:
        """Apply our migrations, and let the app log in."""
        Migrations(self.owner_url).apply()
        self.run(f"alter role app_login password '{PASSWORD}'")

    def run(self, sql: str) -> None:
        """Run statements as the superuser."""
        with self.admin().connect() as connection:
            _run(connection, sql)

    def query(self, sql: str, **values: object) -> list[tuple[object, ...]]:
        """Rows as the superuser sees them: all of them."""
        with self.admin().connect() as connection:
            return [tuple(row) for row in connection.execute(text(sql), values)]

    def admin(self) -> Engine:
        """For the superuser, each statement a transaction."""
        return _engine(self.admin_url)

    def empty(self) -> None:
        """Delete all rows."""
        self.run(
            "truncate public.users, public.key_checks, public.limits, public.audit_events cascade"
        )

    def drop(self) -> None:
        """Remove the database."""
        with _engine(self.admin_url.set(database="postgres")).connect() as connection:
            connection.exec_driver_sql(f"drop database {self.admin_url.database} with (force)")

    def _url(self, role: str) -> str:
        url = self.admin_url.set(username=role, password=PASSWORD)
        return url.render_as_string(hide_password=False)


def _engine(url: URL) -> Engine:
    return create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)


def _run(connection: Connection, sql: str) -> None:
    """Several statements at once, which only the driver itself takes."""
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute(sql)
