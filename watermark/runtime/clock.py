"""The time of marking: given, from SOURCE_DATE_EPOCH, or now."""

import os
from datetime import UTC, datetime

from watermark.errors import UsageError

EPOCH = "SOURCE_DATE_EPOCH"


def time_of_marking(at: datetime | None = None) -> datetime:
    """Return `at`, or SOURCE_DATE_EPOCH, or now: in UTC, to the second. Raises UsageError for an invalid variable."""
    epoch = os.environ.get(EPOCH, "")
    try:
        time = at or (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC))
    except (ValueError, OverflowError, OSError) as error:
        remedy = "Set it to the seconds since 1970-01-01, or unset it."
        raise UsageError(f"“{epoch}” is not a valid time", place=EPOCH, remedy=remedy) from error
    zoned = time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    return zoned.replace(microsecond=0)
