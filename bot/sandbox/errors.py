"""What the sandbox refuses.

SandboxError
├── ApiError        Telegram's Bot API refuses a method
└── ControlError    the chat page or a test asked for something that can't be done
"""

from typing import Any


class SandboxError(Exception):
    """Something was refused on purpose; its text may be shown."""


class ApiError(SandboxError):
    """A method of the Bot API was refused, with Telegram's own code and description."""

    def __init__(self, code: int, description: str, retry_after_seconds: int | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.retry_after_seconds = retry_after_seconds

    def body(self) -> dict[str, Any]:
        """The JSON body Telegram answers with."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.retry_after_seconds is not None:
            body["parameters"] = {"retry_after": self.retry_after_seconds}
        return body


def bad_request(reason: str) -> ApiError:
    """The commonest refusal: 400 with "Bad Request: " before the reason."""
    return ApiError(400, f"Bad Request: {reason}")


class ControlError(SandboxError):
    """The control API can't do what was asked; the text says why."""

    def __init__(self, reason: str, status: int = 400) -> None:
        super().__init__(reason)
        self.status = status
