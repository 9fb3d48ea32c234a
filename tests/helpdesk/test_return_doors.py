"""Returns at the desk: listed, seen, decided on by role, every act written down."""

from __future__ import annotations

from helpdesk.room import DeskHouse, Member

from dangol.contracts.shopfloor.returns import RequestReturn, StartReturn
from dangol.kernel.tools import Shopper, ToolContext
from dangol.server.rehearsal.script import Deed, Ordered
from dangol.server.rehearsal.world import happen

SKU = "DEW-BLK-270"


async def begun(house: DeskHouse, order: str) -> str:
    """A return of one unit that arrived yesterday, waiting for a person; its number."""
    shop, now = house.premises.shop(), house.clock.now()
    deed = Deed(
        order=Ordered(
            number=order, email="back@example.com", name="반품이", phone="010-1234-9999", postcode="06236",
            address="서울 강남구 테헤란로 1", status="delivered", lines={SKU: 1}, days_ago=3, arrived_days_ago=1,
        )
    )  # fmt: skip
    box = house.premises.toolbox
    shopper = Shopper("c_returns", role="guest", orders=frozenset({order}))
    async with house.premises.open_connection() as conn:
        await happen(conn, shop, deed, now)
        ctx = ToolContext(conn=conn, shop=shop, now=now, language="ko", shopper=shopper, key=f"r-{order}")
        request = RequestReturn(order=order, reason="changed_mind")
        offer = await box["check_return"].run(ctx, request)
        agreed = StartReturn(
            request=request,
            refund=offer.refund,
            due=offer.due,
            return_fee=offer.return_fee,
            points=offer.points,
        )
        async with conn.transaction():
            made = await box["start_return"].run(ctx, agreed)
        await conn.execute("update returns set status = 'requested' where number = %s", (made.number,))
    return str(made.number)


async def test_a_return_is_listed_seen_and_taken_to_its_end(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    number = await begun(house, "20261101-7001")
    agent, manager = staff["agent"], staff["manager"]
    listed = (await agent.ask("GET", "/returns")).json()["items"]
    assert [each["view"]["number"] for each in listed] == [number]
    seen = (await agent.ask("GET", f"/returns/{number}")).json()
    assert (seen["name"], seen["may"]) == ("반품이", ["approve", "refuse"])
    assert (await agent.ask("POST", f"/returns/{number}/approve", {})).status_code == 403
    approved = await manager.ask("POST", f"/returns/{number}/approve", {})
    assert (approved.json()["view"]["status"], approved.json()["may"]) == ("approved", ["receive"])
    assert (await manager.ask("POST", f"/returns/{number}/refuse", {"why": "늦었어요"})).status_code == 409
    too_many = {"lines": [{"line": "1", "quantity": 2, "sellable": 2}]}
    assert (await agent.ask("POST", f"/returns/{number}/receive", too_many)).status_code in (409, 422)
    received = await agent.ask("POST", f"/returns/{number}/receive", {})
    assert received.json()["view"]["status"] == "received"
    audit = (await manager.ask("GET", "/audit")).json()["items"]
    acts = [(each["act"], each["details"]) for each in audit if each["act"].startswith("return_")]
    assert acts == [("return_received", {"return": number}), ("return_approved", {"return": number})]


async def test_a_no_is_told_with_its_reason_and_ends_the_return(
    house: DeskHouse, staff: dict[str, Member]
) -> None:
    number = await begun(house, "20261101-7002")
    manager = staff["manager"]
    assert (await manager.ask("POST", f"/returns/{number}/refuse", {"why": " "})).status_code == 422
    refused = await manager.ask("POST", f"/returns/{number}/refuse", {"why": "사용한 흔적이 있어요"})
    assert (refused.json()["view"]["status"], refused.json()["may"]) == ("refused", [])
    everything = (await manager.ask("GET", "/returns?which=all&limit=1")).json()
    assert everything["items"][0]["view"]["number"] == number
    assert everything["next"] is not None


async def test_the_paper_for_the_parcel_is_a_pdf(house: DeskHouse, staff: dict[str, Member]) -> None:
    await begun(house, "20261101-7003")
    paper = await staff["agent"].ask("GET", "/orders/20261101-7003/delivery-note.pdf")
    assert paper.content.startswith(b"%PDF")
    assert (await staff["agent"].ask("GET", "/orders/20990101-1/delivery-note.pdf")).status_code == 404
    assert (await staff["agent"].ask("GET", "/returns/R0")).status_code == 404
