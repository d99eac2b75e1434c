"""The tables, for every database that SQLAlchemy speaks.

A child row names its candidate and its parent together (composite foreign keys), so that no row can
hang on another candidate's parent.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

SCHEMA_VERSION = 3
"""Counted up with each change of the tables, which also gets a step in `schema_upgrades`."""

metadata = MetaData()

users = Table(
    "users",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("last_used_on", Date),
)

resumes = Table(
    "resumes",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("uploaded_at", DateTime(timezone=True), nullable=False),
    Column("extracted_data", JSON, nullable=False),
    UniqueConstraint("id", "user_id"),
    Index("resumes_by_user", "user_id", "uploaded_at"),
)

resume_files = Table(
    "resume_files",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("resume_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("size", Integer, CheckConstraint("size <= 10485760"), nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("stored_as", Text, nullable=False, unique=True),
    Column("kept_at", DateTime(timezone=True), nullable=False),
    ForeignKeyConstraint(
        ["resume_id", "user_id"], ["resumes.id", "resumes.user_id"], ondelete="CASCADE"
    ),
    Index("resume_files_by_user", "user_id", "resume_id"),
)
"""Where the file of a resume lies, only where its candidate wanted it kept."""

interviews = Table(
    "interviews",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("version", Integer, nullable=False),
    Column("session_state", JSON, nullable=False),
    Column("summary", JSON, nullable=False),
    Column("score", Float),
    Column("draft", JSON),
    UniqueConstraint("id", "user_id"),
    Index("interviews_by_user", "user_id", "created_at"),
    Index("interviews_in_short", "user_id", "created_at", "id", "summary").ddl_if("sqlite"),
)
"""SQLite reads a column behind a large one by way of all its pages; the second index holds what lists need."""

plans = Table(
    "plans",
    metadata,
    Column("interview_id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("plan", JSON, nullable=False),
    ForeignKeyConstraint(
        ["interview_id", "user_id"], ["interviews.id", "interviews.user_id"], ondelete="CASCADE"
    ),
)
"""The plan of an interview, apart from its row: it is large, and the row is written at each turn."""

responses = Table(
    "responses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("interview_id", Uuid, nullable=False),
    Column("user_id", Uuid, nullable=False),
    Column("position", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("question", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("submitted_at", DateTime(timezone=True), nullable=False),
    Column("status", Text, nullable=False),
    Column("failure", Text, nullable=False),
    Column("evaluation", JSON),
    Column("score", Float),
    Column("claimed_by", Text),
    Column("claimed_until", DateTime(timezone=True)),
    Column("details", JSON),
    UniqueConstraint("interview_id", "position", "attempt"),
    ForeignKeyConstraint(
        ["interview_id", "user_id"], ["interviews.id", "interviews.user_id"], ondelete="CASCADE"
    ),
    Index("responses_by_user", "user_id", "submitted_at"),
)

asked_questions = Table(
    "asked_questions",
    metadata,
    Column("interview_id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("position", Integer, primary_key=True),
    Column("question_id", Text, nullable=False),
    ForeignKeyConstraint(
        ["interview_id", "user_id"], ["interviews.id", "interviews.user_id"], ondelete="CASCADE"
    ),
    Index("asked_questions_by_user", "user_id"),
)

answer_summaries = Table(
    "answer_summaries",
    metadata,
    Column("interview_id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("answers", JSON, nullable=False),
    ForeignKeyConstraint(
        ["interview_id", "user_id"], ["interviews.id", "interviews.user_id"], ondelete="CASCADE"
    ),
    Index("answer_summaries_by_user", "user_id"),
)
"""The answers of an interview in short, apart from its large row: read for all interviews at once."""

practice_items = Table(
    "practice_items",
    metadata,
    Column("user_id", Uuid, primary_key=True),
    Column("question_id", Text, primary_key=True),
    Column("key_point_id", Text, primary_key=True),
    Column("interview_id", Uuid, nullable=False),
    Column("item", JSON, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("is_mastered", Boolean, nullable=False),
    ForeignKeyConstraint(
        ["interview_id", "user_id"], ["interviews.id", "interviews.user_id"], ondelete="CASCADE"
    ),
    Index("practice_items_by_day", "user_id", "is_mastered", "due_on"),
    Index("practice_items_by_interview", "interview_id"),
)
"""What is to be practised again; an item goes with the interview that it arose from."""

real_questions = Table(
    "real_questions",
    metadata,
    Column("user_id", Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("id", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("noted_at", DateTime(timezone=True), nullable=False),
)
"""What the candidate was asked in real interviews."""

preparations = Table(
    "preparations",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("preparation", JSON, nullable=False),
    Column("interview_on", Date, nullable=False),
    Index("preparations_by_user", "user_id", "interview_on"),
)
"""What candidates prepare for: a job description and a day."""

shares = Table(
    "shares",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("interview_id", Uuid, nullable=False),
    Column("fingerprint", Text, nullable=False, unique=True),
    Column("has_answers", Boolean, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    ForeignKeyConstraint(
        ["interview_id", "user_id"], ["interviews.id", "interviews.user_id"], ondelete="CASCADE"
    ),
    Index("shares_by_interview", "interview_id", "user_id"),
)
"""Links to reports for others, by the fingerprint of what stands in them."""

leases = Table(
    "leases",
    metadata,
    Column("interview_id", Uuid, primary_key=True),
    Column("user_id", Uuid, nullable=False),
    Column("kind", Text, primary_key=True),
    Column("claimed_by", Text, nullable=False),
    Column("claimed_until", DateTime(timezone=True), nullable=False),
    ForeignKeyConstraint(
        ["interview_id", "user_id"], ["interviews.id", "interviews.user_id"], ondelete="CASCADE"
    ),
)
"""Who works on what is done once for an interview; leases on answers stand in their own rows."""

recordings = Table(
    "recordings",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, primary_key=True),
    Column("interview_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    ForeignKeyConstraint(
        ["interview_id", "user_id"], ["interviews.id", "interviews.user_id"], ondelete="CASCADE"
    ),
)
"""Sound of spoken answers, only where the candidate wanted it stored. Ids are the browser's."""

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("provider", Text, nullable=False),
    Column("base_url", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("key_id", Text, nullable=False),
    Column("last4", Text, CheckConstraint("length(last4) <= 4"), nullable=False),
    Column("model", Text, nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("user_id", "provider"),
)

key_checks = Table(
    "key_checks",
    metadata,
    Column("kid", Text, primary_key=True),
    Column("sealed", Text, nullable=False),
)

api_tokens = Table(
    "api_tokens",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False),
    Column("scopes", JSON, nullable=False),
    Column("fingerprint", Text, nullable=False, unique=True),
    Column("last4", Text, CheckConstraint("length(last4) <= 4"), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Index("api_tokens_by_user", "user_id"),
)

api_replies = Table(
    "api_replies",
    metadata,
    Column("user_id", Uuid, ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request", Text, nullable=False),
    Column("status", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("headers", JSON, nullable=False),
    Column("kept_at", DateTime(timezone=True), nullable=False),
    Index("api_replies_by_time", "kept_at"),
)
"""Replies to requests with an idempotency key, forgotten after a day and with every deletion."""

limits = Table(
    "limits",
    metadata,
    Column("key", Text, primary_key=True),
    Column("full_at", DateTime(timezone=True), nullable=False),
    Index("limits_by_time", "full_at"),
)
"""When what was used up is back, by fingerprint; a row says nothing after that moment and is forgotten."""

audit_events = Table(
    "audit_events",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor_id", Uuid, nullable=False),
    Column("address", Text, nullable=False),
    Index("audit_events_by_time", "at"),
)
"""What happened to accounts. Rows are added, never changed or deleted, and outlive the account."""
SQLITE_TRIGGERS = tuple(
    f"CREATE TRIGGER audit_events_no_{change.lower()} BEFORE {change} ON audit_events"
    " BEGIN SELECT RAISE(ABORT, 'audit_events is append-only'); END"
    for change in ("UPDATE", "DELETE")
)
"""What Postgres does by grants."""
identities = Table(
    "identities",
    metadata,
    Column("issuer", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("email", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("signed_out_at", DateTime(timezone=True)),
    Index("identities_by_user", "user_id"),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("user_id", Uuid, ForeignKey("users.id", ondelete="CASCADE"), nullable=False),
    Column("fingerprint", Text, nullable=False, unique=True),
    Column("bound_to", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("proven_at", DateTime(timezone=True), nullable=False),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Column("ends_at", DateTime(timezone=True), nullable=False),
    Index("sessions_by_user", "user_id"),
)
"""Browsers that are signed in, and tickets of those that are about to be."""
