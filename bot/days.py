"""Days as people in Turkey count them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

TURKEY = ZoneInfo("Europe/Istanbul")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first second of the first day to the last of the last."""

    first: date
    last: date

    @property
    def since(self) -> float:
        """The first second, in seconds since 1970."""
        return start_of(self.first)

    @property
    def until(self) -> float:
        """The first second after it, in seconds since 1970."""
        return start_of(self.last + timedelta(days=1))


def day_of(seconds: float) -> date:
    """The day that this time (seconds since 1970) belongs to."""
    return datetime.fromtimestamp(seconds, TURKEY).date()


def start_of(day: date) -> float:
    """The first second of this day, in seconds since 1970."""
    return datetime.combine(day, time(), TURKEY).timestamp()


def moment(seconds: float) -> str:
    """A time as people of the office read it: "24.11.2026 14.31"."""
    return f"{datetime.fromtimestamp(seconds, TURKEY):%d.%m.%Y %H.%M}"


def read_day(text: str) -> date | None:
    """The day, typed as 2026-11-30 or 30.11.2026; None where it is none."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(text, form).date()
        except ValueError:
            continue
    return None
