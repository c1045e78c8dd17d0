"""Every error that Briefing raises on purpose.

::

    BriefingError
    ├── UsageError          settings, arguments, nothing to build      exit 2
    ├── EnvironmentFault    disk, permissions, missing model           exit 3
    ├── SiteLocked          another build holds the folder             exit 9
    ├── CheckFailed         the built site is not fit to publish       exit 70
    └── SeedRejected        one seed cannot be read; it is quarantined, the build goes on
"""

from __future__ import annotations


class BriefingError(Exception):
    """Base of all. `message` says what is wrong and where, `remedy` what to do about it."""

    exit_code = 70

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message}\n  -> {self.remedy}" if self.remedy else self.message


class UsageError(BriefingError):
    """Arguments or settings are wrong, or there is nothing to build."""

    exit_code = 2


class EnvironmentFault(BriefingError):
    """The machine lacks something: space, permission, an installed model."""

    exit_code = 3


class SiteLocked(BriefingError):
    """Another process is building the same project."""

    exit_code = 9


class CheckFailed(BriefingError):
    """A built site broke one of its own promises and is not published."""

    exit_code = 70


class SeedRejected(BriefingError):
    """A seed cannot be read. `code` names the reason for reports: `empty`, `binary`, `too-large` …."""

    def __init__(self, code: str, message: str, remedy: str) -> None:
        super().__init__(message, remedy)
        self.code = code
