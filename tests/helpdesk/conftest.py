"""A small shop that is open with a desk: staff of every role, shoppers, both over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from helpdesk.room import PASSWORD, DeskHouse, Member, Shopper, opened

from dangol.helpdesk import api as helpdesk
from dangol.helpdesk import passwords
from dangol.kernel.shop import Shop
from dangol.server.postgres import EmbeddedPostgres

ROLES = ("owner", "manager", "agent", "editor")


@pytest.fixture(scope="module", autouse=True)
def light_passwords() -> Iterator[None]:
    """Passwords of tests are hashed with little work; which work the shop's are given is proven in test_desk_life."""
    with pytest.MonkeyPatch.context() as lighter:
        lighter.setattr(passwords, "_MEMORY", 64)
        lighter.setattr(passwords, "_PASSES", 1)
        yield


@pytest.fixture(scope="module")
async def house(
    postgres: EmbeddedPostgres,
    shop: Shop,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> AsyncIterator[DeskHouse]:
    """One open shop with a desk for a test module; Friday 20 November 2026, 11:00 in Seoul."""
    name = f"desk_{request.module.__name__.replace('.', '_')}"
    async with opened(postgres, shop, tmp_path_factory.mktemp("data"), name) as house:
        yield house


@pytest.fixture
async def staff(house: DeskHouse) -> AsyncIterator[dict[str, Member]]:
    """A new member of staff of every role, signed in and online; a second agent as `other`. Offline afterwards."""
    members = {}
    async with house.premises.open_connection() as conn:
        for place, role in enumerate((*ROLES, "agent")):
            new = helpdesk.NewStaff(
                email=house.fresh_email(),
                name=f"{role}{place}",
                role=role,  # type: ignore[arg-type]
                password=PASSWORD,
                languages=("ko", "en"),
                capacity=50,
                refund_limit=20_000 if role == "agent" else None,
            )
            made = await helpdesk.add_staff(conn, new, None, house.clock.now())
            members["other" if place == len(ROLES) else role] = Member(house, made.id, new.email, new.name)
    for member in members.values():
        await member.sign_in()
    yield members
    for member in members.values():
        await member.leave()


@pytest.fixture
async def shopper(house: DeskHouse) -> Shopper:
    """A shopper with a new conversation in Korean."""
    return await house.shopper()
