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
        """CREATE TABLE answer_summaries (
            interview_id CHAR(32) NOT NULL,
            user_id CHAR(32) NOT NULL,
            answers JSON NOT NULL,
            PRIMARY KEY (interview_id),
            FOREIGN KEY(interview_id, user_id) REFERENCES interviews (id, user_id) ON DELETE CASCADE
        )""",
        "CREATE INDEX answer_summaries_by_user ON answer_summaries (user_id)",
        "CREATE INDEX interviews_in_short ON interviews (user_id, created_at, id, summary)",
        """CREATE TABLE practice_items (
            user_id CHAR(32) NOT NULL,
            question_id TEXT NOT NULL,
            key_point_id TEXT NOT NULL,
            interview_id CHAR(32) NOT NULL,
            item JSON NOT NULL,
            due_on DATE NOT NULL,
            is_mastered BOOLEAN NOT NULL,
            PRIMARY KEY (user_id, question_id, key_point_id),
            FOREIGN KEY(interview_id, user_id) REFERENCES interviews (id, user_id) ON DELETE CASCADE
        )""",
        "CREATE INDEX practice_items_by_day ON practice_items (user_id, is_mastered, due_on)",
        "CREATE INDEX practice_items_by_interview ON practice_items (interview_id)",
        """CREATE TABLE real_questions (
            user_id CHAR(32) NOT NULL,
            id TEXT NOT NULL,
            text TEXT NOT NULL,
            noted_at DATETIME NOT NULL,
            PRIMARY KEY (user_id, id),
            FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
        )""",
        """CREATE TABLE resume_files (
            id CHAR(32) NOT NULL,
            user_id CHAR(32) NOT NULL,
            resume_id CHAR(32) NOT NULL,
            kind TEXT NOT NULL,
            size INTEGER NOT NULL CHECK (size <= 10485760),
            fingerprint TEXT NOT NULL,
            stored_as TEXT NOT NULL,
            kept_at DATETIME NOT NULL,
            PRIMARY KEY (id),
            FOREIGN KEY(resume_id, user_id) REFERENCES resumes (id, user_id) ON DELETE CASCADE,
            UNIQUE (stored_as)
        )""",
        "CREATE INDEX resume_files_by_user ON resume_files (user_id, resume_id)",
        "ALTER TABLE users ADD COLUMN last_used_on DATE",
        """CREATE TABLE limits (
            "key" TEXT NOT NULL,
            full_at DATETIME NOT NULL,
            PRIMARY KEY ("key")
        )""",
        "CREATE INDEX limits_by_time ON limits (full_at)",
        """CREATE TABLE audit_events (
            id CHAR(32) NOT NULL,
            at DATETIME NOT NULL,
            kind TEXT NOT NULL,
            actor_id CHAR(32) NOT NULL,
            address TEXT NOT NULL,
            PRIMARY KEY (id)
        )""",
        "CREATE INDEX audit_events_by_time ON audit_events (at)",
        """CREATE TRIGGER audit_events_no_update BEFORE UPDATE ON audit_events
        BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END""",
        """CREATE TRIGGER audit_events_no_delete BEFORE DELETE ON audit_events
        BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END""",
        """CREATE TABLE preparations (
            id CHAR(32) NOT NULL,
            user_id CHAR(32) NOT NULL,
            preparation JSON NOT NULL,
            interview_on DATE NOT NULL,
            PRIMARY KEY (id, user_id),
            FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
        )""",
        "CREATE INDEX preparations_by_user ON preparations (user_id, interview_on)",
        """CREATE TABLE shares (
            id CHAR(32) NOT NULL,
            user_id CHAR(32) NOT NULL,
            interview_id CHAR(32) NOT NULL,
            fingerprint TEXT NOT NULL,
            has_answers BOOLEAN NOT NULL,
            created_at DATETIME NOT NULL,
            expires_at DATETIME NOT NULL,
            PRIMARY KEY (id),
            UNIQUE (fingerprint),
            FOREIGN KEY(interview_id, user_id) REFERENCES interviews (id, user_id) ON DELETE CASCADE
        )""",
        "CREATE INDEX responses_by_user ON responses (user_id, submitted_at)",
        "CREATE INDEX shares_by_interview ON shares (interview_id, user_id)",
        """CREATE TABLE identities (
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            user_id CHAR(32) NOT NULL,
            email TEXT NOT NULL,
            created_at DATETIME NOT NULL,
            signed_out_at DATETIME,
            PRIMARY KEY (issuer, subject),
            FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE
        )""",
        "CREATE INDEX identities_by_user ON identities (user_id)",
        """CREATE TABLE sessions (
            id CHAR(32) NOT NULL,
            user_id CHAR(32) NOT NULL,
            fingerprint TEXT NOT NULL,
            bound_to TEXT NOT NULL,
            issuer TEXT NOT NULL,
            subject TEXT NOT NULL,
            email TEXT NOT NULL,
            proven_at DATETIME NOT NULL,
            seen_at DATETIME NOT NULL,
            ends_at DATETIME NOT NULL,
            PRIMARY KEY (id),
            FOREIGN KEY(user_id) REFERENCES users (id) ON DELETE CASCADE,
            UNIQUE (fingerprint)
        )""",
        "CREATE INDEX sessions_by_user ON sessions (user_id)",
        """WITH turns AS (
            SELECT i.id AS interview_id, json_extract(t.value, '$.position') AS position,
                   json_extract(t.value, '$.question') AS question, json_extract(t.value, '$.asked_at') AS asked_at
            FROM interviews i, json_each(i.session_state, '$.turns') t
            WHERE json_extract(t.value, '$.question.is_scored')
        ), answers AS (
            SELECT r.interview_id, r.user_id, r.position, r.attempt, json_object(
                'position', r.position,
                'number', r.attempt,
                'question_id', json_extract(q.question, '$.id'),
                'question', json_extract(q.question, '$.text'),
                'kind', json_extract(q.question, '$.kind'),
                'competency', json_extract(q.question, '$.competency'),
                'difficulty', json_extract(q.question, '$.difficulty'),
                'submitted_at', replace(r.submitted_at, ' ', 'T') || 'Z',
                'overall', json_extract(r.evaluation, '$.overall'),
                'levels', coalesce(
                    (SELECT json_group_object(json_extract(c.value, '$.criterion'), json_extract(c.value, '$.level'))
                     FROM json_each(r.evaluation, '$.criteria') c
                     WHERE json_extract(c.value, '$.level') IS NOT NULL),
                    json('{}')
                ),
                'evaluator', coalesce(json_extract(r.evaluation, '$.evaluator'), ''),
                'self_rating', json_extract(r.details, '$.self_rating'),
                'seconds', CASE WHEN r.attempt = 1 THEN max(0.0, round(
                    (julianday(r.submitted_at) - julianday(q.asked_at)) * 86400, 3)) END
            ) AS answer
            FROM responses r
            JOIN turns q ON q.interview_id = r.interview_id AND q.position = r.position
            ORDER BY r.interview_id, r.position, r.attempt
        )
        INSERT INTO answer_summaries
        SELECT interview_id, user_id, json_group_array(json(answer))
        FROM answers GROUP BY interview_id, user_id""",
        """CREATE TABLE plans (
            interview_id CHAR(32) NOT NULL,
            user_id CHAR(32) NOT NULL,
            "plan" JSON NOT NULL,
            PRIMARY KEY (interview_id),
            FOREIGN KEY(interview_id, user_id) REFERENCES interviews (id, user_id) ON DELETE CASCADE
        )""",
    ),
}
"""What leads to each version from the one before it."""


def upgrade(connection: Connection, found: int) -> None:
    """Bring tables of version `found` up to date, in the caller's transaction."""
    for version in sorted(STEPS):
        if found < version:
            for statement in STEPS[version]:
                connection.exec_driver_sql(statement)
