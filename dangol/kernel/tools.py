"""Typed tools: the only way in which an assistant can act on the shop."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

from dangol.kernel.model import Value

if TYPE_CHECKING:
    from psycopg import AsyncConnection

    from dangol.kernel.shop import Shop

Role = Literal["visitor", "guest", "customer", "staff", "system"]
Effect = Literal["read", "write", "money"]

A = TypeVar("A", bound=Value)
R = TypeVar("R", bound=Value)


VERIFIED: frozenset[Role] = frozenset({"guest", "customer", "staff", "system"})
"""Who may be shown something of an order: a guest of the orders they proved, a customer of their own."""

KNOWN: frozenset[Role] = frozenset({"customer", "staff", "system"})
"""Who may be shown something of a customer's account."""


class Proof(Value):
    """What a shopper has shown of who they are: that they are a customer, or that these orders are theirs.

    A tool whose result bears one lets the conversation be served as that person until the moment named.
    """

    by: str
    customer_id: int | None = None
    orders: tuple[str, ...] = ()
    until: datetime


class Question(Value):
    """A yes/no question that must be answered before a call is made; `code` names its words."""

    code: str
    details: dict[str, Any] = {}


def question(code: str) -> Callable[[Any], Question]:
    """The question that a call always needs answered: its words by `code`, with the call's own arguments as details."""
    return lambda args: Question(code=code, details=args.model_dump(mode="json"))


@dataclass(frozen=True)
class Shopper:
    """Who is speaking: always a conversation, sometimes a customer, sometimes a guest with orders of their own.

    `customer_id` says whose cart and wishes these are; only with the role `customer` is it proved at this moment.
    """

    conversation_id: str
    customer_id: int | None = None
    role: Role = "visitor"
    personal: bool = True  # False once the shopper has switched personalisation off
    country: str = ""  # ISO 3166-1, where the shopper's own setting says they are; "" when it says nothing
    orders: frozenset[str] = frozenset()  # numbers of orders proved to be theirs

    @property
    def key(self) -> str:
        """The one name under which carts, views and wishes of this person are kept."""
        return f"customer:{self.customer_id}" if self.customer_id else f"conversation:{self.conversation_id}"

    @property
    def proved_customer(self) -> int | None:
        """The customer whose account may be shown now; None for a visitor, a guest, or when the proof ran out."""
        return self.customer_id if self.role in KNOWN else None


@dataclass(frozen=True)
class ToolContext:
    """What a tool is handed: the open connection, the shop, the moment, the person and the call's own key.

    `key` is derived from the message that caused the call: the same key again must have the same effect once.
    A `write` tool runs inside a transaction that the caller commits together with the fact of its result;
    a `money` tool runs outside any transaction and makes its own.
    """

    conn: AsyncConnection[Any]
    shop: Shop
    now: datetime
    language: str
    shopper: Shopper
    key: str = ""


@dataclass(frozen=True)
class Policy:
    """Who may use a tool, what it does to the world, and what must be asked first."""

    effect: Effect
    allowed: frozenset[Role] = frozenset({"visitor", "guest", "customer", "staff", "system"})
    confirm: Callable[[Any], Question | None] = field(default=lambda _args: None)


@dataclass(frozen=True)
class Tool(Generic[A, R]):
    """One thing the shop can be asked to do; its name and description are those of `run`."""

    run: Callable[[ToolContext, A], Awaitable[R]]
    args: type[A]
    result: type[R]
    policy: Policy

    @property
    def name(self) -> str:
        """The name by which minds call it."""
        return self.run.__name__

    @property
    def description(self) -> str:
        """What it is for, first line of its docstring."""
        return (self.run.__doc__ or "").strip().split("\n", 1)[0]


class UnknownTool(LookupError):
    """A mind asked for a tool that is not in the box."""


class Toolbox:
    """All the tools of the house, by name."""

    def __init__(self, tools: Iterable[Tool[Any, Any]]) -> None:
        self._tools: dict[str, Tool[Any, Any]] = {}
        for tool in tools:
            if tool.name in self._tools:
                raise ValueError(f"two tools are called {tool.name}")
            self._tools[tool.name] = tool

    def __getitem__(self, name: str) -> Tool[Any, Any]:
        try:
            return self._tools[name]
        except KeyError:
            raise UnknownTool(name) from None

    def __iter__(self) -> Iterator[Tool[Any, Any]]:
        return iter(self._tools.values())

    def __contains__(self, name: str) -> bool:
        return name in self._tools
