"""Refusals with a reason: what the shop cannot do, named after the business fact."""

from __future__ import annotations

from typing import ClassVar


class Refused(Exception):
    """The shop refuses; subclasses are named after the business fact (`CouponExpired`, `SoldOut`).

    `code` names the reason for words in any language, `status` is what a door answers over HTTP,
    `details` are the figures the sentence needs (plain JSON values).
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409

    def __init__(self, **details: object) -> None:
        super().__init__(self.code)
        self.details = details

    def __str__(self) -> str:
        return f"{self.code} {self.details}" if self.details else self.code


class NotFound(Refused):
    """There is no such thing, or not for this person: the two are never told apart."""

    code = "not_found"
    status = 404
