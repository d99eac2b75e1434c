"""Every way into the hosted database, as its catalogue tells it: these, and no other."""

import pytest

from tests.hosted_database import HostedDatabase

OURS = ("public", "app")
OWN = "(user_id = ( SELECT auth.uid() AS uid))"
OWN_ID = "(id = ( SELECT auth.uid() AS uid))"
NO_ACCOUNT = "(NOT (EXISTS ( SELECT\n   FROM identities i\n  WHERE (i.user_id = users.id))))"
OWN_ACTOR = "(actor_id = ( SELECT auth.uid() AS uid))"
CANDIDATES_TABLES = (
    *("answer_summaries", "api_keys", "api_replies", "api_tokens", "identities", "sessions"),
    *(
        "asked_questions",
        "interviews",
        "leases",
        "plans",
        "practice_items",
        "preparations",
        "real_questions",
        "recordings",
        "responses",
        "resume_files",
        "resumes",
        "shares",
    ),
)
POLICIES = {
    ("users", "own_rows", "authenticated", "ALL", OWN_ID, OWN_ID),
    *((table, "own_rows", "authenticated", "ALL", OWN, OWN) for table in CANDIDATES_TABLES),
    ("key_checks", "look_up", "app_lookup", "SELECT", "true", None),
    ("key_checks", "keep_first", "app_lookup", "INSERT", None, "true"),
    ("api_tokens", "look_up", "app_lookup", "SELECT", "true", None),
    ("shares", "look_up", "app_lookup", "SELECT", "true", None),
    ("identities", "look_up", "app_lookup", "SELECT", "true", None),
    ("sessions", "look_up", "app_lookup", "SELECT", "true", None),
    ("api_keys", "count_keys", "app_maintenance", "SELECT", "true", None),
    ("api_keys", "rotate_keys", "app_maintenance", "UPDATE", "true", "true"),
    ("limits", "count_use", "app_lookup", "ALL", "true", "true"),
    ("resume_files", "find_files", "app_maintenance", "SELECT", "true", None),
    ("users", "find_unused", "app_maintenance", "SELECT", "true", None),
    ("users", "delete_unused", "app_maintenance", "DELETE", NO_ACCOUNT, None),
    ("identities", "tell_guests", "app_maintenance", "SELECT", "true", None),
    ("audit_events", "add_own", "authenticated", "INSERT", None, OWN_ACTOR),
    ("audit_events", "read_all", "app_maintenance", "SELECT", "true", None),
    ("audit_events", "add_expired", "app_maintenance", "INSERT", None, "true"),
}
GRANTS = {
    "audit_events": "INSERT",
    "api_keys": "DELETE INSERT SELECT UPDATE",
    "api_replies": "DELETE INSERT SELECT",
    "api_tokens": "DELETE INSERT SELECT",
    "asked_questions": "INSERT SELECT",
    "identities": "INSERT SELECT",
    "interviews": "DELETE INSERT SELECT UPDATE",
    "leases": "DELETE INSERT SELECT UPDATE",
    "answer_summaries": "DELETE INSERT SELECT",
    "plans": "INSERT SELECT UPDATE",
    "practice_items": "DELETE INSERT SELECT UPDATE",
    "preparations": "DELETE INSERT SELECT UPDATE",
    "real_questions": "DELETE INSERT SELECT",
    "recordings": "INSERT SELECT",
    "responses": "INSERT SELECT UPDATE",
    "resume_files": "DELETE INSERT SELECT",
    "resumes": "DELETE INSERT SELECT UPDATE",
    "shares": "DELETE INSERT SELECT",
    "sessions": "DELETE INSERT SELECT",
    "users": "DELETE INSERT SELECT",
}
"""What somebody who is known may do with each table."""


def test_every_table_forces_row_level_security(postgres: HostedDatabase) -> None:
    unsafe = postgres.query(
        "select relname from pg_class where relnamespace = 'public'::regnamespace"
        " and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity)"
    )
    assert unsafe == []


def test_no_view_leads_around_the_policies(postgres: HostedDatabase) -> None:
    kinds = postgres.query(
        "select relname from pg_class where relkind in ('v', 'm', 'f')"
        " and relnamespace::regnamespace::text = any(:ours)",
        ours=list(OURS),
    )
    assert kinds == []


def test_policies_are_these(postgres: HostedDatabase) -> None:
    found = postgres.query(
        "select tablename, policyname, array_to_string(roles, ' '), cmd, qual, with_check"
        " from pg_policies where permissive = 'PERMISSIVE'"
    )
    assert set(found) == POLICIES
    assert len(found) == len(POLICIES)


def test_functions_with_anothers_rights_are_these(postgres: HostedDatabase) -> None:
    found = postgres.query(
        "select oid::regprocedure::text, proowner::regrole::text, proconfig from pg_proc"
        " where prosecdef and pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')"
    )
    assert sorted(found) == [
        (
            "app.hold_limits(text[],timestamp with time zone)",
            "app_lookup",
            ['search_path=""'],
        ),
        ("app.identity_of(text,text)", "app_lookup", ['search_path=""']),
        ("app.keep_key_check(text,text)", "app_lookup", ['search_path=""']),
        (
            "app.keep_limits(text[],timestamp with time zone[])",
            "app_lookup",
            ['search_path=""'],
        ),
        ("app.session_of(text)", "app_lookup", ['search_path=""']),
        ("app.share_of(text)", "app_lookup", ['search_path=""']),
        ("app.token_of(text)", "app_lookup", ['search_path=""']),
    ]


@pytest.mark.parametrize(
    ("function", "roles"),
    [
        ("app.keep_key_check(text, text)", {"app_login", "app_maintenance", "app_lookup"}),
        ("app.token_of(text)", {"app_login", "app_lookup"}),
        ("app.hold_limits(text[], timestamptz)", {"app_login", "app_lookup"}),
        ("app.keep_limits(text[], timestamptz[])", {"app_login", "app_lookup"}),
        ("app.share_of(text)", {"app_login", "app_lookup"}),
        ("app.session_of(text)", {"app_login", "app_lookup"}),
        ("app.identity_of(text, text)", {"app_login", "app_lookup"}),
        ("app.schema_version()", {"app_login", "app_maintenance", "test_owner"}),
    ],
)
def test_functions_are_called_by_these_roles(
    postgres: HostedDatabase, function: str, roles: set[str]
) -> None:
    found = postgres.query(
        "select case grantee when 0 then 'public' else grantee::regrole::text end"
        " from pg_proc, aclexplode(proacl) where pg_proc.oid = cast(:function as regprocedure)",
        function=function,
    )
    assert {role for (role,) in found} == roles


def test_app_has_no_other_function(postgres: HostedDatabase) -> None:
    found = postgres.query(
        "select proname from pg_proc where pronamespace::regnamespace::text = any(:ours)",
        ours=list(OURS),
    )
    assert {name for (name,) in found} == {
        *("hold_limits", "keep_limits"),
        *("identity_of", "keep_key_check", "schema_version", "session_of", "share_of", "token_of"),
    }


def test_tables_are_granted_to_these_roles(postgres: HostedDatabase) -> None:
    found = postgres.query(
        "select table_name, grantee, string_agg(privilege_type::text, ' ' order by privilege_type::text)"
        " from information_schema.role_table_grants"
        " where table_schema = 'public' and grantee != 'test_owner' group by 1, 2"
    )
    known = {(table, "authenticated", rights) for table, rights in GRANTS.items()}
    assert set(found) == known | {
        ("key_checks", "app_lookup", "INSERT SELECT"),
        ("api_tokens", "app_lookup", "SELECT"),
        ("shares", "app_lookup", "SELECT"),
        ("identities", "app_lookup", "SELECT"),
        ("sessions", "app_lookup", "SELECT"),
        ("api_keys", "app_maintenance", "SELECT"),
        ("limits", "app_lookup", "DELETE INSERT SELECT UPDATE"),
        ("users", "app_maintenance", "DELETE SELECT"),
        ("audit_events", "app_maintenance", "INSERT SELECT"),
    }


def test_maintenance_changes_the_sealing_of_keys_and_nothing_else(postgres: HostedDatabase) -> None:
    found = postgres.query(
        "select table_name, column_name from information_schema.column_privileges"
        " where grantee = 'app_maintenance' and privilege_type = 'UPDATE'"
    )
    assert set(found) == {("api_keys", "sealed"), ("api_keys", "key_id")}


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("identities", {"email", "signed_out_at"}),
        ("sessions", {"fingerprint", "bound_to", "seen_at", "ends_at"}),
    ],
)
def test_ways_in_change_in_these_columns_only(
    postgres: HostedDatabase, table: str, columns: set[str]
) -> None:
    found = postgres.query(
        "select column_name from information_schema.column_privileges"
        " where grantee = 'authenticated' and privilege_type = 'UPDATE' and table_name = :table",
        table=table,
    )
    assert {name for (name,) in found} == columns


def test_nobody_but_the_owner_has_a_right_to_the_counter_of_answers(
    postgres: HostedDatabase,
) -> None:
    found = postgres.query(
        "select distinct grantee::regrole::text from pg_class, aclexplode(relacl)"
        " where relkind = 'S' and relnamespace = 'public'::regnamespace"
    )
    assert found == [("test_owner",)]


def test_our_roles_have_no_power_of_their_own(postgres: HostedDatabase) -> None:
    found = postgres.query(
        "select rolname, rolcanlogin from pg_roles where rolname like 'app\\_%'"
        " and not (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)"
    )
    assert set(found) == {("app_login", True), ("app_lookup", False), ("app_maintenance", False)}


def test_app_may_act_for_candidates_and_as_nobody_else(postgres: HostedDatabase) -> None:
    found = postgres.query(
        "select roleid::regrole::text from pg_auth_members where member = 'app_login'::regrole"
    )
    assert found == [("authenticated",)]


def test_nobody_but_the_owner_becomes_one_of_our_roles(postgres: HostedDatabase) -> None:
    found = postgres.query(
        "select distinct member::regrole::text from pg_auth_members"
        " where roleid::regrole::text like 'app\\_%'"
    )
    assert set(found) == {("test_owner",)}


def test_tables_were_not_made_by_a_superuser(postgres: HostedDatabase) -> None:
    found = postgres.query(
        "select distinct rolname, rolsuper, rolbypassrls from pg_class join pg_roles r on r.oid = relowner"
        " where relnamespace = 'public'::regnamespace"
    )
    assert found == [("test_owner", False, False)]
