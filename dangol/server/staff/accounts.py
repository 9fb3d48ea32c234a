"""The doors of accounts: signing in and out, one's own password and second factor, people, the audit log."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from dangol.helpdesk import api as helpdesk
from dangol.kernel.errors import NotFound
from dangol.server.limits import Buckets, generosity
from dangol.server.problems import language_asked, problems
from dangol.server.staff.door import Door, Session, StaffParts
from dangol.server.staff.shapes import (
    AuditPage,
    AuditView,
    ChangePassword,
    ChangePerson,
    Code,
    NewPerson,
    Password,
    People,
    SessionView,
    SetPresence,
    SignIn,
    StaffView,
    TotpSecret,
)
from dangol.server.staff.telling import may, ref, staff_view

_TRIES_PER_MINUTE = 12


def routes(parts: StaffParts, door: Door) -> APIRouter:
    """Accounts and sessions."""
    router = APIRouter()
    _sessions(router, parts, door)
    _own(router, parts, door)
    _people(router, parts, door)
    _audit(router, parts, door)
    return router


async def _view(parts: StaffParts, session: Session, request: Request) -> SessionView:
    return SessionView(
        staff=await _one(parts, session.staff, request),
        csrf=session.csrf,
        expires_at=parts.clock.now() + helpdesk.IDLE,
        may=may(session.staff),
        time_zone=parts.shop().time_zone,
    )


async def _one(parts: StaffParts, staff: helpdesk.Staff, request: Request) -> StaffView:
    async with parts.open_connection() as conn:
        opened = await helpdesk.accounts.open_by_person(conn)
    return staff_view(staff, opened, parts.shop(), language_asked(request))


def _sessions(router: APIRouter, parts: StaffParts, door: Door) -> None:
    by_name, by_address = Buckets(_TRIES_PER_MINUTE), Buckets(5 * _TRIES_PER_MINUTE)

    @router.post("/session", responses=problems(401, 403, 413, 415, 422))
    async def sign_in(body: SignIn, request: Request, response: Response) -> SessionView:
        """Sign in; the cookie and the token that come back open everything else."""
        door.check_origin(request)
        address = request.client.host if request.client else ""
        by_address.take(address, generosity=generosity(address))
        name = body.email.lower()
        by_name.take(name)
        async with parts.open_connection() as conn:
            staff, token = await helpdesk.sign_in(
                conn, body.email, body.password, body.code, parts.clock.now()
            )
            by_name.give_back(name)  # who knows the password may come in as often as they like
            await helpdesk.work.wake(conn, f"presence {staff.id}")
        door.give_cookie(response, token)
        return await _view(parts, Session(staff, token), request)

    @router.get("/session", responses=problems(401, 403))
    async def whoever(request: Request, session: Annotated[Session, Depends(door.needs())]) -> SessionView:
        """Who is signed in."""
        return await _view(parts, session, request)

    async def leave(session: Session, *, everywhere: bool) -> Response:
        async with parts.open_connection() as conn:
            await helpdesk.sign_out(
                conn, session.staff, session.token, parts.clock.now(), everywhere=everywhere
            )
            await helpdesk.work.wake(conn, f"presence {session.staff.id}")
        response = Response(status_code=204)
        door.take_cookie(response)
        return response

    @router.delete("/session", status_code=204, responses=problems(401, 403))
    async def sign_out(session: Annotated[Session, Depends(door.needs())]) -> Response:
        """Sign out here."""
        return await leave(session, everywhere=False)

    @router.delete("/sessions", status_code=204, responses=problems(401, 403))
    async def sign_out_everywhere(session: Annotated[Session, Depends(door.needs())]) -> Response:
        """Sign out on every device."""
        return await leave(session, everywhere=True)


def _own(router: APIRouter, parts: StaffParts, door: Door) -> None:
    tries = Buckets(_TRIES_PER_MINUTE)

    @router.put("/me/password", status_code=204, responses=problems(401, 403, 413, 415, 422))
    async def change_password(
        body: ChangePassword, session: Annotated[Session, Depends(door.needs())]
    ) -> Response:
        """Another password; the other sessions end."""
        tries.take(session.staff.id)
        async with parts.open_connection() as conn:
            now = parts.clock.now()
            await helpdesk.change_password(conn, session.staff, body.old, body.new, session.token, now)
        return Response(status_code=204)

    @router.post("/me/totp", responses=problems(401, 403))
    async def begin_second_factor(session: Annotated[Session, Depends(door.needs())]) -> TotpSecret:
        """A secret for an authenticator app; in force once a code of it came back."""
        async with parts.open_connection() as conn:
            secret = await helpdesk.begin_totp(conn, session.staff)
        shop = parts.shop()
        uri = helpdesk.totp_uri(secret, session.staff.email, shop.say(shop.name, shop.language))
        return TotpSecret(secret=secret, uri=uri)

    @router.put("/me/totp", status_code=204, responses=problems(401, 403, 413, 415, 422))
    async def confirm_second_factor(
        body: Code, session: Annotated[Session, Depends(door.needs())]
    ) -> Response:
        """Switch the second factor on."""
        tries.take(session.staff.id)
        async with parts.open_connection() as conn:
            await helpdesk.confirm_totp(conn, session.staff, body.code, parts.clock.now())
        return Response(status_code=204)

    @router.delete("/me/totp", status_code=204, responses=problems(401, 403, 413, 415, 422))
    async def end_second_factor(
        body: Password, session: Annotated[Session, Depends(door.needs())]
    ) -> Response:
        """Switch the second factor off."""
        tries.take(session.staff.id)
        async with parts.open_connection() as conn:
            await helpdesk.end_totp(conn, session.staff, body.password, parts.clock.now())
        return Response(status_code=204)

    @router.put("/me/presence", responses=problems(401, 403, 413, 415, 422))
    async def set_presence(
        body: SetPresence, request: Request, session: Annotated[Session, Depends(door.needs())]
    ) -> StaffView:
        """Take conversations, or not now."""
        async with parts.open_connection() as conn:
            now = parts.clock.now()
            staff = await helpdesk.set_presence(conn, session.staff, body.presence, now)
            await helpdesk.work.wake(conn, f"presence {staff.id}")
        return await _one(parts, staff, request)


def _people(router: APIRouter, parts: StaffParts, door: Door) -> None:
    @router.get("/people", responses=problems(401, 403))
    async def people(request: Request, session: Annotated[Session, Depends(door.needs())]) -> People:
        """Everybody of staff."""
        language, shop = language_asked(request), parts.shop()
        async with parts.open_connection() as conn:
            opened = await helpdesk.accounts.open_by_person(conn)
            found = await helpdesk.accounts.all_staff(conn)
        return People(items=[staff_view(each, opened, shop, language) for each in found])

    @router.post("/people", status_code=201, responses=problems(401, 403, 409, 413, 415, 422))
    async def add_person(
        body: NewPerson,
        request: Request,
        session: Annotated[Session, Depends(door.needs("manage_people"))],
    ) -> StaffView:
        """A new account."""
        _may_manage(session, body.role)
        new = helpdesk.NewStaff(**body.model_dump())
        async with parts.open_connection() as conn:
            staff = await helpdesk.add_staff(conn, new, session.staff.id, parts.clock.now())
        return await _one(parts, staff, request)

    @router.patch("/people/{id}", responses=problems(401, 403, 404, 409, 413, 415, 422))
    async def change_person(
        id: str,
        body: ChangePerson,
        request: Request,
        session: Annotated[Session, Depends(door.needs("manage_people"))],
    ) -> StaffView:
        """Change an account, or switch it off."""
        changes = body.model_dump(exclude_unset=True)
        changes = {
            name: value for name, value in changes.items() if value is not None or name == "refund_limit"
        }
        for name in ("languages", "skills", "teams"):
            if name in changes:
                changes[name] = list(changes[name])
        async with parts.open_connection() as conn:
            await _manageable(conn, session, id)
            if body.role is not None:
                _may_manage(session, body.role)
            staff = await helpdesk.change_staff(conn, id, changes, session.staff.id, parts.clock.now())
            await helpdesk.work.wake(conn, f"presence {id}")
        return await _one(parts, staff, request)

    @router.post("/people/{id}/password", status_code=204, responses=problems(401, 403, 404, 413, 415, 422))
    async def reset_password(
        id: str, body: Password, session: Annotated[Session, Depends(door.needs("manage_people"))]
    ) -> Response:
        """A new password for somebody who lost theirs; their sessions end, their second factor is off."""
        async with parts.open_connection() as conn:
            await _manageable(conn, session, id)
            await helpdesk.reset_password(conn, id, body.password, session.staff.id, parts.clock.now())
        return Response(status_code=204)


async def _manageable(conn: helpdesk.accounts.Connection, session: Session, staff_id: str) -> None:
    found = await helpdesk.accounts.staff_by_id(conn, staff_id)
    if found is None:
        raise NotFound(staff=staff_id)
    _may_manage(session, found.role)


def _may_manage(session: Session, other: helpdesk.StaffRole) -> None:
    if not helpdesk.may_manage(session.staff.role, other):
        raise helpdesk.NotPermitted(needs="manage_people")


def _audit(router: APIRouter, parts: StaffParts, door: Door) -> None:
    @router.get("/audit", responses=problems(401, 403, 422))
    async def audit(
        session: Annotated[Session, Depends(door.needs("see_audit"))],
        staff: Annotated[str | None, Query(max_length=64)] = None,
        conversation: Annotated[str | None, Query(max_length=64)] = None,
        before: Annotated[int | None, Query(ge=0, le=2**62)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 100,
    ) -> AuditPage:
        """What was done, newest first."""
        async with parts.open_connection() as conn:
            names = await helpdesk.accounts.names(conn)
            found = await helpdesk.accounts.audit(conn, staff, conversation, before, limit)
        return AuditPage(
            items=[
                AuditView(
                    id=each.id,
                    at=each.at,
                    staff=ref(each.staff_id, names),
                    act=each.act,
                    conversation=each.conversation_id,
                    details=each.details,
                )
                for each in found
            ]
        )
