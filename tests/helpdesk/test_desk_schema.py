"""The staff API is what OpenAPI says of it: random requests by somebody who may do everything, answers as described."""

from __future__ import annotations

import asyncio
from typing import Any

import schemathesis
from helpdesk.room import DeskHouse, Member
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
EXAMPLES = 6
# a stream that never ends, and what would end the session the requests are made with
NOT_TRIED = {
    ("GET", "/api/staff/events"),
    ("POST", "/api/staff/session"),
    ("DELETE", "/api/staff/session"),
    ("DELETE", "/api/staff/sessions"),
    ("PUT", "/api/staff/me/password"),
    ("POST", "/api/staff/people/{id}/password"),
}


async def test_every_door_of_staff_answers_as_it_is_described(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    shopper = await house.shopper()
    await staff["owner"].do(shopper, "take")
    async with house.client() as client:
        document = (await client.get("/openapi.json")).json()
    await asyncio.to_thread(_try_all, document, house.settings.base_url, staff["owner"], shopper.id)


def _try_all(document: dict[str, Any], url: str, owner: Member, conversation: str) -> None:
    schema = schemathesis.openapi.from_dict(document)
    tried, wrong = 0, []
    for found in schema.get_all_operations():
        operation = found.ok()
        if not operation.path.startswith("/api/staff/"):
            continue
        if (operation.method.upper(), operation.path) not in NOT_TRIED:
            tried += 1
            try:
                _try(operation, url, owner, conversation)
            except (
                Exception,
                FailureGroup,
            ) as failure:  # each door that does not hold is named, not only the first
                parts = getattr(failure, "exceptions", (failure,))
                wrong.append(f"{operation.method.upper()} {operation.path}: {parts}")
    assert tried >= 60
    assert not wrong, "\n".join(wrong)


def _try(operation: Any, url: str, owner: Member, conversation: str) -> None:
    headers = {"Cookie": f"dangol_staff={owner.cookie}", "X-CSRF-Token": owner.csrf}

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(), real=st.booleans())
    def check(case: Any, real: bool) -> None:
        if real and operation.path.startswith("/api/staff/conversations/{id}"):
            case.path_parameters = {**(case.path_parameters or {}), "id": conversation}
        response = case.call(base_url=url, headers=headers, timeout=20)
        case.validate_response(response, checks=CHECKS)

    check()
