"""The rules of after-sale policy in a shopkeeper's words, Korean and English."""

from __future__ import annotations

from dangol.contracts.shopfloor.returns import Rule
from dangol.kernel.money import Money

# code → language → what is said when the rule holds, and when it does not; {…} are the rule's figures
_RULES: dict[str, dict[str, tuple[str, str]]] = {
    "offered": {"ko": ("", "가게가 {action}을(를) 받지 않아요"), "en": ("", "the shop does not offer {action}")},
    "role": {
        "ko": ("{role}은(는) 할 수 있어요", "{role}은(는) 할 수 없어요 (가능: {by})"),
        "en": ("a {role} may do this", "a {role} may not do this (only {by})"),
    },
    "state": {
        "ko": ("주문 상태 {status}에서 할 수 있어요", "주문 상태가 {status}라서 할 수 없어요 (가능: {states})"),
        "en": ("the order is {status}: possible", "the order is {status}; only possible while {states}"),
    },
    "times": {
        "ko": ("아직 하지 않았어요", "이미 한 번 했거나 먼저 한 일 때문에 더 할 수 없어요"),
        "en": ("not done before", "done once already, or barred by what was done before"),
    },
    "left": {
        "ko": ("{line}번 상품: {left}개 중 {asked}개", "{line}번 상품: 남은 {left}개보다 많은 {asked}개"),
        "en": ("line {line}: {asked} of {left} left", "line {line}: {asked} asked for, {left} left"),
    },
    "reason": {
        "ko": ("사유 {reason}을(를) 받아요", "사유 {reason}은(는) 받지 않아요 (가능: {accepted})"),
        "en": ("the reason {reason} is accepted", "the reason {reason} is not among {accepted}"),
    },
    "region": {
        "ko": ("배송지 {area}에서 가능해요", "배송지 {area}에는 규칙이 없어요"),
        "en": ("delivered to {area}: covered", "delivered to {area}: not covered"),
    },
    "excluded": {
        "ko": ("{line}번 상품({goods}): 제외 조건({when})이 아니에요", "{line}번 상품({goods}): {when} 상태라 제외돼요"),
        "en": ("line {line} ({goods}) is not {when}", "line {line} ({goods}) is left out: {when}"),
    },
    "window": {
        "ko": (
            "{delivered} 배송 완료, {window_days}일 안 ({last_day}까지)",
            "{delivered} 배송 완료, {window_days}일 기한({last_day})이 {late_by}일 지났어요",
        ),
        "en": (
            "delivered {delivered}, within {window_days} days (until {last_day})",
            "delivered {delivered}; the {window_days} days ended on {last_day}, {late_by} days ago",
        ),
    },
    "way": {
        "ko": ("환불 방법 {way} 가능", "환불 방법 {way} 불가 (가능: {ways})"),
        "en": ("money back by {way}: possible", "money back by {way}: only {ways}"),
    },
    "same_product": {
        "ko": ("{line}번: 같은 상품의 다른 옵션이에요", "{line}번: 같은 상품의 다른 옵션이 아니에요"),
        "en": ("line {line}: another variant of the same product", "line {line}: not another variant of the same product"),
    },
    "in_stock": {
        "ko": ("{line}번: 재고가 있어요", "{line}번: 재고가 없어요"),
        "en": ("line {line}: in stock", "line {line}: out of stock"),
    },
    "another_method": {
        "ko": ("다른 결제 수단이에요", "지금과 같은 결제 수단이에요"),
        "en": ("another way of paying", "the same way of paying as now"),
    },
    "balance": {
        "ko": ("잔액이 충분해요", "잔액({balance})이 낼 금액({owed})보다 적어요"),
        "en": ("the balance is enough", "the balance ({balance}) is less than what is owed ({owed})"),
    },
    "fee": {
        "ko": ("비용 {fee}, 부담: {borne_by}", "비용 {fee}"),
        "en": ("fee {fee}, borne by the {borne_by}", "fee {fee}"),
    },
    "repayment": {
        "ko": ("환불 방법 {way}: 영업일 {days}일", ""),
        "en": ("money back by {way}: {days} business days", ""),
    },
    "send_by": {
        "ko": ("접수한 날부터 {send_within_days}일 안에 보내요. 늦게 보내도 취소되지 않아요", ""),
        "en": ("to be sent within {send_within_days} days of being registered; sent later, it still counts", ""),
    },
    "person": {
        "ko": ("기준 금액 {limit} 이하는 바로, 넘으면 담당자가 결정해요", ""),
        "en": ("a person decides above {limit}", ""),
    },
}  # fmt: skip
_LAW = {
    "ko": {
        "state": "법이 이 주문의 철회를 보장해요",
        "times": "법은 횟수를 제한하지 않아요",
        "reason": "법은 사유를 묻지 않아요",
        "region": "법은 지역을 가리지 않아요",
        "excluded": "법이 정한 제외 사유가 아니에요",
        "window": "법이 {last_day}까지 보장해요",
        "fee": "법에 따라 판매자가 부담해요",
    },
    "en": {
        "state": "the law gives the withdrawal of this order",
        "times": "the law sets no limit of times",
        "reason": "the law asks for no reason",
        "region": "the law knows no regions",
        "excluded": "no ground that the law accepts",
        "window": "the law gives until {last_day}",
        "fee": "the seller bears it by law",
    },
}
_MONEY = frozenset({"fee", "limit", "worth", "balance", "owed"})
_MARKS = {"holds": "✓", "fails": "✗", "overruled": "–"}
_BY = {"ko": {"shop": "가게", "law": "법"}, "en": {"shop": "shop", "law": "law"}}
ACTIONS = {
    "ko": {
        "cancel": "취소", "change_address": "주소 변경", "change_options": "옵션 변경", "change_payment": "결제 변경",
        "return": "반품", "exchange": "교환",
    },
    "en": {
        "cancel": "cancel", "change_address": "change address", "change_options": "change options",
        "change_payment": "change payment", "return": "return", "exchange": "exchange",
    },
}  # fmt: skip


def rule_line(rule: Rule, language: str, currency: str) -> str:
    """A rule in one line: a mark, whose it is, what it says, the article it rests on."""
    if rule.by == "law":
        words = _LAW[language].get(rule.code, "")
    else:
        holds, fails = _RULES[rule.code][language]
        words = (fails if rule.outcome != "holds" else holds) or holds
    said = words.format_map(
        _Told({name: _told(name, value, language, currency) for name, value in rule.details.items()})
    )
    article = f" [{rule.cited}] {rule.says}" if rule.cited else ""
    return f"{_MARKS[rule.outcome]} {_BY[language][rule.by]} · {rule.code}: {said}{article}"


def _told(name: str, value: object, language: str, currency: str) -> str:
    if name in _MONEY and isinstance(value, int):
        return Money(amount=value, currency=currency).display(language)
    if name == "action":
        return ACTIONS[language].get(str(value), str(value))
    if name == "days" and isinstance(value, list):
        return str(value[0]) if value[0] == value[-1] else f"{value[0]}–{value[-1]}"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    if value is None:
        return "사유에 따라" if language == "ko" else "by reason"
    return str(value)


class _Told(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"
