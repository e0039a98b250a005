"""The Licrus API as the bot uses it: what is sent, what comes back, and what is then known about the call."""

from bot.licrus.client import Limits, create_call
from bot.licrus.models import CallAnswer, CallRequest
from bot.licrus.outcomes import Created, Held, Outcome, RateLimited, RefusedByLicrus, Unknown, Unreachable

__all__ = [
    "CallAnswer",
    "CallRequest",
    "Created",
    "Held",
    "Limits",
    "Outcome",
    "RateLimited",
    "RefusedByLicrus",
    "Unknown",
    "Unreachable",
    "create_call",
]
