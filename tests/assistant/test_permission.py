"""Who may call what, whatever was said."""

import pytest

from dangol.assistant.minds import Call
from dangol.assistant.permission import Allow, Confirm, Refuse, permit
from dangol.kernel.model import Value
from dangol.kernel.tools import Policy, Question, Tool, Toolbox


class Refund(Value):
    amount: int


class Other(Value):
    amount: int


async def refund(_ctx, _args):
    """Give money back."""
    raise AssertionError("never called here")


def _ask(args: Refund) -> Question | None:
    return Question(code="sure", details={"amount": args.amount}) if args.amount > 10 else None


BOX = Toolbox([Tool(refund, Refund, Refund, Policy("money", allowed=frozenset({"customer"}), confirm=_ask))])


def test_an_allowed_call_passes():
    assert permit(Call("refund", Refund(amount=5)), "customer", BOX, confirmed=False) == Allow()


def test_a_larger_one_asks_first_and_passes_once_confirmed():
    call = Call("refund", Refund(amount=50))
    assert permit(call, "customer", BOX, confirmed=False) == Confirm(
        Question(code="sure", details={"amount": 50})
    )
    assert permit(call, "customer", BOX, confirmed=True) == Allow()


@pytest.mark.parametrize("confirmed", [True, False])
def test_a_yes_gives_no_right(confirmed):
    verdict = permit(Call("refund", Refund(amount=50)), "visitor", BOX, confirmed=confirmed)
    assert isinstance(verdict, Refuse)
    assert verdict.code == "not_identified"


def test_unknown_tools_and_foreign_arguments_are_refused():
    assert isinstance(permit(Call("drop_tables", Refund(amount=1)), "system", BOX, confirmed=True), Refuse)
    assert isinstance(permit(Call("refund", Other(amount=1)), "customer", BOX, confirmed=True), Refuse)
