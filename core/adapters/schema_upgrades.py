"""From the tables of an older version to today's, step by step, in a SQLite file that holds data.

A step is written once and never changed: it leads from the tables as they were then, whatever
`sql_tables` says today. A test compares what the steps make with what a new file gets.
"""

from sqlalchemy import Connection

STEPS: dict[int, tuple[str, ...]] = {
    2: (
        """CREATE TABLE api_keys (
            id CHAR(32) NOT NULL,
            user_id CHAR(32) NOT NULL,
            provider TEXT NOT NULL,
            base_url TEXT NOT NULL,
            sealed TEXT NOT NULL,
            key_id TEXT NOT NULL,
            last4 TEXT NOT NULL CHECK (length(last4) <= 4),
            model TEXT NOT NULL,
            saved_at DATETIME NOT NULL,
            PRIMARY KEY (id),
            UNIQUE (user_id, provider),
            FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
        )""",
        "CREATE TABLE key_checks (kid TEXT NOT NULL, sealed TEXT NOT NULL, PRIMARY KEY (kid))",
        """CREATE TABLE leases (
            interview_id CHAR(32) NOT NULL,
            user_id CHAR(32) NOT NULL,
            kind TEXT NOT NULL,
            claimed_by TEXT NOT NULL,
            claimed_until DATETIME NOT NULL,
            PRIMARY KEY (interview_id, kind),
            FOREIGN KEY(interview_id, user_id) REFERENCES interviews (id, user_id) ON DELETE CASCADE
        )""",
        "ALTER TABLE responses ADD COLUMN details JSON",
    ),
    3: (
        """CREATE TABLE recordings (
            id CHAR(32) NOT NULL,
            user_id CHAR(32) NOT NULL,
            interview_id CHAR(32) NOT NULL,
            kind TEXT NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (id, user_id),
            FOREIGN KEY(interview_id, user_id) REFERENCES interviews (id, user_id) ON DELETE CASCADE
        )""",
        """CREATE TABLE api_tokens (
            id CHAR(32) NOT NULL,
            user_id CHAR(32) NOT NULL,
            name TEXT NOT NULL,
            scopes JSON NOT NULL,
            fingerprint TEXT NOT NULL,
            last4 TEXT NOT NULL CHECK (length(last4) <= 4),
            created_at DATETIME NOT NULL,
            expires_at DATETIME NOT NULL,
            PRIMARY KEY (id),
            FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
            UNIQUE (fingerprint)
        )""",
        "CREATE INDEX api_tokens_by_user ON api_tokens (user_id)",
        """CREATE TABLE api_replies (
            user_id CHAR(32) NOT NULL,
            "key" TEXT NOT NULL,
            request TEXT NOT NULL,
            status INTEGER NOT NULL,
            body TEXT NOT NULL,
            headers JSON NOT NULL,
            kept_at DATETIME NOT NULL,
            PRIMARY KEY (user_id, "key"),
            FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
        )""",
        "CREATE INDEX api_replies_by_time ON api_replies (kept_at)",
    ),
}
"""What leads to each version from the one before it."""


def upgrade(connection: Connection, found: int) -> None:
    """Bring tables of version `found` up to date, in the caller's transaction."""
    for version in sorted(STEPS):
        if found < version:
            for statement in STEPS[version]:
                connection.exec_driver_sql(statement)
