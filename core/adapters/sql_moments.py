"""Moments out of a database."""

from datetime import UTC, datetime


def aware(moment: datetime) -> datetime:
    """The moment with its zone. SQLite forgets it; what is stored is always UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
