"""The doors of how the assistant behaves: what it may do, how it is called, how it speaks and opens a conversation."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from pydantic import BaseModel, Field

from dangol.assistant.speak.lines import line
from dangol.assistant.speak.wording import say
from dangol.assistant.welcome import welcome
from dangol.kernel.blocks import ChoicesBlock, TextBlock
from dangol.kernel.manner import BannedClaim, Instruction
from dangol.kernel.shop import Shop
from dangol.server.chat_shapes import Plain, Shape
from dangol.server.problems import FieldsRefused, problems
from dangol.server.staff import shop_changes
from dangol.server.staff.door import Door, Session, StaffParts

Language = Literal["ko", "en"]
Job = Literal["find", "buy", "orders", "returns", "policies"]


class AssistantSettings(Shape):
    """Its name and opening words by language, its tone, its jobs, and what it must and must not say."""

    name: dict[Language, Annotated[str, Field(max_length=40), Plain]]
    greeting: dict[Language, Annotated[str, Field(max_length=400), Plain]] = {}
    tone: Literal["haeyo", "hapsyo"] = "haeyo"
    scope: Annotated[tuple[Job, ...], Field(max_length=5)]
    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=2)]
    instructions: Annotated[tuple[Instruction, ...], Field(max_length=50)] = ()
    banned_claims: Annotated[tuple[BannedClaim, ...], Field(max_length=200)] = ()


class Spoken(BaseModel):
    """How it would open a conversation in a language, the buttons beneath, and how it declines what it may not do."""

    language: Language
    greeting: str
    choices: list[str]
    declined: str


class Preview(BaseModel):
    """The same in every language of the shop."""

    items: list[Spoken]


class ShopPart(BaseModel):
    """What the console sets of the shop file, as the file itself holds it."""

    languages: list[str]
    assistant: dict[str, object]
    helpdesk: dict[str, object]
    outreach: dict[str, object]


def routes(parts: StaffParts, door: Door) -> APIRouter:
    """Everything under `/assistant`, and the settings as a file."""
    router = APIRouter()
    edit = door.needs("edit_settings")

    @router.get("/assistant", responses=problems(401, 403))
    async def settings(session: Annotated[Session, Depends(edit)]) -> AssistantSettings:
        """How the assistant behaves."""
        async with parts.open_connection() as conn:
            return _shown(await shop_changes.fresh(conn, parts))

    @router.put("/assistant", responses=problems(401, 403, 413, 415, 422))
    async def change(
        body: AssistantSettings, session: Annotated[Session, Depends(edit)]
    ) -> AssistantSettings:
        """Let it behave otherwise, from the next message on."""
        values = _checked(body, parts.shop()).model_dump(mode="json")
        async with parts.open_connection() as conn:
            return _shown(await shop_changes.change(conn, parts, session.staff, "assistant", values))

    @router.post("/assistant/preview", responses=problems(401, 403, 413, 415, 422))
    async def preview(body: AssistantSettings, session: Annotated[Session, Depends(edit)]) -> Preview:
        """What shoppers would be told by these settings; nothing is changed."""
        shop = parts.shop()
        values = _checked(body, shop).model_dump(exclude={"languages"})
        tried = shop.model_copy(
            update={
                "assistant": shop.assistant.model_copy(update=values),
                "languages": body.languages,
            }
        )
        return Preview(items=[_spoken(tried, each) for each in body.languages])

    @router.get("/settings/file", responses=problems(401, 403))
    async def file(session: Annotated[Session, Depends(edit)]) -> Response:
        """What the console sets, as a part of a shop file."""
        async with parts.open_connection() as conn:
            shop = await shop_changes.fresh(conn, parts)
        made = ShopPart(
            languages=list(shop.languages),
            assistant=shop.assistant.model_dump(mode="json"),
            helpdesk=shop.helpdesk.model_dump(mode="json"),
            outreach=shop.outreach.model_dump(mode="json"),
        )
        headers = {"Content-Disposition": 'attachment; filename="assistant-and-desk.json"'}
        return Response(made.model_dump_json(indent=2), media_type="application/json", headers=headers)

    return router


def _shown(shop: Shop) -> AssistantSettings:
    return AssistantSettings.model_validate(shop_changes.read(shop, "assistant"))


def _checked(body: AssistantSettings, shop: Shop) -> AssistantSettings:
    """The settings without blanks around words. Raises FieldsRefused: no name, or not in the shop's own language."""
    name = {language: words.strip() for language, words in body.name.items() if words.strip()}
    greeting = {language: words.strip() for language, words in body.greeting.items() if words.strip()}
    if not name:
        raise FieldsRefused({"name": "missing"})
    if shop.language not in body.languages:
        raise FieldsRefused({"languages": "own_language"})
    return body.model_copy(
        update={
            "name": name,
            "greeting": greeting,
            "scope": tuple(sorted(set(body.scope), key=body.scope.index)),
            "languages": tuple(sorted(set(body.languages), key=body.languages.index)),
        }
    )


def _spoken(shop: Shop, language: Language) -> Spoken:
    blocks = welcome(shop, language, None, None)
    return Spoken(
        language=language,
        greeting=" ".join(block.text for block in blocks if isinstance(block, TextBlock)),
        choices=[
            option.label for block in blocks if isinstance(block, ChoicesBlock) for option in block.options
        ],
        declined=say(line("not_my_job"), language, shop),
    )
