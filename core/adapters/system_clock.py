"""The Clock of the machine."""

from datetime import UTC, datetime


class SystemClock:
    """Tells the machine's time in UTC."""

    def now(self) -> datetime:
        """The current time."""
        return datetime.now(UTC)
