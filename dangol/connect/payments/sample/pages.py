"""The pages of the sample gateway, in Korean and English; they say plainly that no money moves."""

from __future__ import annotations

from html import escape

from dangol.connect.payments.sample.vault import CARDS, Payment
from dangol.kernel.money import Money

WORDS: dict[str, dict[str, str]] = {
    "ko": {
        "title": "테스트 결제",
        "banner": "테스트 결제창이에요. 실제 돈은 움직이지 않아요.",
        "order": "주문번호",
        "amount": "결제 금액",
        "card": "테스트 카드 선택",
        "success": "정상 승인",
        "step_up": "추가 인증이 필요한 카드",
        "declined_funds": "잔액 부족으로 거절",
        "declined_expired": "만료된 카드로 거절",
        "keep": "다음에도 쓸 수 있게 이 카드를 저장하는 데 동의해요",
        "pay": "{amount} 결제하기",
        "cancel": "결제하지 않고 돌아가기",
        "testers": "테스트 옵션",
        "report": "쇼핑몰에 결과를 알리는 방식",
        "report_now": "바로 알림",
        "report_late": "1분 늦게 알림",
        "report_thrice": "같은 알림을 세 번",
        "report_wrong": "금액을 다르게 청구",
        "code_title": "추가 인증",
        "code_hint": "테스트 인증번호는 123456이에요.",
        "code": "인증번호 6자리",
        "code_wrong": "인증번호가 맞지 않아요. 다시 입력해 주세요.",
        "confirm": "확인",
        "done_paid": "결제가 끝났어요.",
        "done_declined": "결제가 거절됐어요.",
        "done_abandoned": "결제를 취소했어요.",
        "done_refunded": "환불된 결제예요.",
        "done_partly_refunded": "일부 환불된 결제예요.",
        "back": "쇼핑몰로 돌아가기",
        "unknown": "없는 결제예요.",
    },
    "en": {
        "title": "Test payment",
        "banner": "This is a test payment page. No real money moves.",
        "order": "Order",
        "amount": "Amount",
        "card": "Choose a test card",
        "success": "Approved",
        "step_up": "Card that asks for one more step",
        "declined_funds": "Declined: not enough funds",
        "declined_expired": "Declined: expired card",
        "keep": "Keep this card so that I can pay with it next time",
        "pay": "Pay {amount}",
        "cancel": "Go back without paying",
        "testers": "Options for testers",
        "report": "How the shop is told",
        "report_now": "At once",
        "report_late": "One minute late",
        "report_thrice": "Three times over",
        "report_wrong": "Charge another amount",
        "code_title": "One more step",
        "code_hint": "The test code is 123456.",
        "code": "6-digit code",
        "code_wrong": "That code is not right. Please try again.",
        "confirm": "Confirm",
        "done_paid": "The payment is through.",
        "done_declined": "The payment was declined.",
        "done_abandoned": "The payment was cancelled.",
        "done_refunded": "This payment was refunded.",
        "done_partly_refunded": "This payment was partly refunded.",
        "back": "Back to the shop",
        "unknown": "There is no such payment.",
    },
}

REPORTS = ("now", "late", "thrice", "wrong")

STYLE = """
:root{color-scheme:light dark;--ground:#f4f5f7;--card:#fff;--ink:#1b1f24;--soft:#59636e;--line:#d5dae0;
--strong:#1f5fbf;--on-strong:#fff;--warn:#fff4d6;--warn-ink:#5c4200;--bad:#a3161c}
@media (prefers-color-scheme:dark){:root{--ground:#14171b;--card:#1d2127;--ink:#eceff3;--soft:#a4afbb;--line:#3a424c;
--strong:#7fb1ff;--on-strong:#0c1a30;--warn:#3a2f10;--warn-ink:#ffdf94;--bad:#ff9b9b}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--ground);color:var(--ink);display:flex;flex-direction:column;
font:16px/1.55 system-ui,-apple-system,"Apple SD Gothic Neo","Noto Sans KR","Noto Sans CJK KR",sans-serif;
word-break:keep-all}
.banner{background:var(--warn);color:var(--warn-ink);text-align:center;padding:.75rem 1rem;font-weight:600}
main{width:min(30rem,100%);margin:0 auto;padding:1.25rem 1rem 2.5rem}
.sheet{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:1.5rem}
h1{font-size:1.35rem;margin:0 0 1rem}
dl{display:grid;grid-template-columns:auto 1fr;gap:.35rem 1rem;align-items:baseline;margin:0 0 1.25rem}
dt{color:var(--soft)}dd{margin:0;text-align:right;overflow-wrap:anywhere}
.sum{font-size:1.5rem;font-weight:700;font-variant-numeric:tabular-nums}
fieldset{border:0;margin:0 0 1.25rem;padding:0;min-width:0}
legend{font-weight:600;padding:0;margin-bottom:.5rem}
.choice{display:flex;gap:.75rem;align-items:center;padding:.75rem .9rem;border:1px solid var(--line);
border-radius:.75rem;margin-bottom:.5rem;cursor:pointer}
.choice:has(input:checked){border-color:var(--strong);box-shadow:inset 0 0 0 1px var(--strong)}
.choice input{width:1.15rem;height:1.15rem;flex:none;accent-color:var(--strong)}
.choice small{display:block;color:var(--soft);font-variant-numeric:tabular-nums}
button,.button{display:block;width:100%;font:inherit;font-weight:600;text-align:center;text-decoration:none;
padding:.9rem;border-radius:.75rem;border:1px solid transparent;cursor:pointer;margin-top:.6rem}
.go{background:var(--strong);color:var(--on-strong)}
.leave{background:transparent;color:var(--ink);border-color:var(--line)}
:focus-visible{outline:3px solid var(--strong);outline-offset:2px}
details{margin:0 0 1.25rem}summary{cursor:pointer;color:var(--soft)}details fieldset{margin:.75rem 0 0}
label.field{display:block;font-weight:600;margin-bottom:.4rem}
.field-input{width:100%;font:inherit;font-size:1.35rem;letter-spacing:.3em;padding:.7rem .9rem;border-radius:.75rem;
border:1px solid var(--soft);background:var(--card);color:var(--ink)}
.hint{color:var(--soft);margin:.4rem 0 0}.error{color:var(--bad);font-weight:600;margin:.4rem 0 0}
"""


def words_for(language: str) -> dict[str, str]:
    """The words of a language; English where there are none."""
    return WORDS.get(language[:2], WORDS["en"])


def _page(language: str, title: str, body: str) -> str:
    say = words_for(language)
    lang = "ko" if say is WORDS["ko"] else "en"
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex"><link rel="icon" href="data:,">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>"
        f'<div class="banner" role="note">{escape(say["banner"])}</div>'
        f'<main><div class="sheet">{body}</div></main></body></html>'
    )


def _bill(payment: Payment) -> str:
    say = words_for(payment.language)
    return (
        f"<dl><dt>{escape(say['order'])}</dt><dd>{escape(payment.order_number)}</dd>"
        f'<dt>{escape(say["amount"])}</dt><dd class="sum">{escape(_shown(payment))}</dd></dl>'
    )


def _shown(payment: Payment) -> str:
    return Money(amount=payment.amount, currency=payment.currency).display(payment.language)


def _choice(group: str, value: str, label: str, small: str = "", *, checked: bool = False) -> str:
    note = f"<small>{escape(small)}</small>" if small else ""
    return (
        f'<label class="choice"><input type="radio" name="{group}" value="{value}"{" checked" if checked else ""}>'
        f"<span>{escape(label)}{note}</span></label>"
    )


def pay_page(payment: Payment, action: str) -> str:
    """Where the shopper pays."""
    say = words_for(payment.language)
    cards = "".join(
        _choice("card", name, say[name], number, checked=name == "success") for name, number in CARDS.items()
    )
    reports = "".join(
        _choice("report", name, say[f"report_{name}"], checked=name == "now") for name in REPORTS
    )
    keep = (
        f'<label class="choice"><input type="checkbox" name="keep" value="yes"><span>{escape(say["keep"])}</span></label>'
        if payment.may_keep
        else ""
    )
    body = (
        f"<h1>{escape(say['title'])}</h1>{_bill(payment)}"
        f'<form method="post" action="{escape(action)}">'
        f"<fieldset><legend>{escape(say['card'])}</legend>{cards}</fieldset>{keep}"
        f"<details><summary>{escape(say['testers'])}</summary>"
        f"<fieldset><legend>{escape(say['report'])}</legend>{reports}</fieldset></details>"
        f'<button class="go" name="do" value="pay">{escape(say["pay"].format(amount=_shown(payment)))}</button>'
        f'<button class="leave" name="do" value="cancel">{escape(say["cancel"])}</button></form>'
    )
    return _page(payment.language, say["title"], body)


def code_page(payment: Payment, action: str, *, wrong: bool) -> str:
    """The one more step some cards ask for."""
    say = words_for(payment.language)
    trouble = f'<p class="error" id="wrong" role="alert">{escape(say["code_wrong"])}</p>' if wrong else ""
    told = ' aria-invalid="true" aria-describedby="wrong hint"' if wrong else ' aria-describedby="hint"'
    body = (
        f"<h1>{escape(say['code_title'])}</h1>{_bill(payment)}"
        f'<form method="post" action="{escape(action)}"><label class="field" for="code">{escape(say["code"])}</label>'
        '<input class="field-input" id="code" name="code" inputmode="numeric" autocomplete="one-time-code"'
        f' maxlength="6" required{told}>'
        f'{trouble}<p class="hint" id="hint">{escape(say["code_hint"])}</p>'
        f'<button class="go" name="do" value="confirm">{escape(say["confirm"])}</button>'
        f'<button class="leave" name="do" value="cancel" formnovalidate>{escape(say["cancel"])}</button></form>'
    )
    return _page(payment.language, say["code_title"], body)


def done_page(payment: Payment) -> str:
    """What became of a payment that is through."""
    say = words_for(payment.language)
    body = (
        f"<h1>{escape(say[f'done_{payment.state}'])}</h1>{_bill(payment)}"
        f'<a class="button go" href="{escape(payment.return_url)}">{escape(say["back"])}</a>'
    )
    return _page(payment.language, say["title"], body)


def unknown_page(language: str) -> str:
    """No such payment."""
    say = words_for(language)
    return _page(language, say["title"], f"<h1>{escape(say['unknown'])}</h1>")
