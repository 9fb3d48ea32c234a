"""What is announced, in both languages: the subject of the letter and what is said of it."""

from __future__ import annotations

from dangol.server.workers import outreach_words, return_words

# kind → language → subject, what is said; {…} are the figures of `_figures`
TEXTS: dict[str, dict[str, tuple[str, str]]] = {
    "order_paid": {
        "ko": (
            "주문이 확정됐어요 ({order})",
            "결제가 확인됐어요. 주문번호 {order}, 결제 금액은 {total}이에요.{expected}{tracking}",
        ),
        "en": (
            "Your order is confirmed ({order})",
            "Your payment is through. Order {order}, total {total}.{expected}{tracking}",
        ),
    },
    "payment_declined": {
        "ko": (
            "결제가 완료되지 않았어요 ({order})",
            "주문({order})의 결제가 승인되지 않았어요.{reason} 주문은 그대로 있으니 다시 결제하실 수 있어요.",
        ),
        "en": (
            "The payment did not go through ({order})",
            "The payment for order {order} was declined.{reason} Your order is kept, and you can try again.",
        ),
    },
    "order_expired": {
        "ko": (
            "결제 기한이 지나 주문이 취소됐어요 ({order})",
            "기한 안에 결제되지 않아 주문({order})을 취소했어요. 사용하신 적립금과 쿠폰은 돌려드렸어요.",
        ),
        "en": (
            "Your order was cancelled ({order})",
            "Order {order} was not paid in time and was cancelled. Points and coupons you used are yours again.",
        ),
    },
    "order_cancelled": {
        "ko": ("주문이 취소됐어요 ({order})", "주문({order})을 취소했어요. 결제된 금액은 없어요."),
        "en": ("Your order was cancelled ({order})", "Order {order} was cancelled. Nothing was charged."),
    },
    "payment_returned": {
        "ko": (
            "결제하신 금액을 돌려드려요 ({order})",
            "죄송해요. {apology} 결제하신 금액({amount})은 전액 환불해 드려요.",
        ),
        "en": (
            "Your money is on its way back ({order})",
            "We are sorry. {apology} Your {amount} is being refunded in full.",
        ),
    },
    "refund_done": {
        "ko": (
            "환불이 처리됐어요 ({order})",
            "주문({order})의 환불({amount})을 결제사에 보냈어요. 카드사에 따라 며칠 걸릴 수 있어요.",
        ),
        "en": (
            "Your refund is done ({order})",
            "We refunded {amount} of order {order}. Your bank may take a few days to show it.",
        ),
    },
    "shipment_moved": {
        "ko": ("배송 소식이에요 ({order})", "주문 {order}: {parcel}{tracking}"),
        "en": ("News of your parcel ({order})", "Order {order}: {parcel}{tracking}"),
    },
    "shipment_late": {
        "ko": (
            "배송이 늦어지고 있어요 ({order})",
            "죄송해요. 주문({order})이 예정보다 늦어져서 택배사가 {eta} 도착 예정으로 알려왔어요.{tracking}",
        ),
        "en": (
            "Your parcel is running late ({order})",
            "We are sorry: order {order} is running late. The carrier now expects it on {eta}.{tracking}",
        ),
    },
    "shipment_silent": {
        "ko": (
            "배송 소식이 멈춰 있어요 ({order})",
            "죄송해요. 주문({order})의 배송 기록이 {since} 이후로 올라오지 않았어요. 기다리기 어려우시면 이 대화에서 말씀해"
            " 주세요. 상담원이 확인해 드려요.{tracking}",
        ),
        "en": (
            "No news of your parcel ({order})",
            "We are sorry: the carrier has told nothing new of order {order} since {since}. If you would rather not wait,"
            " say so in the chat and a person will look into it.{tracking}",
        ),
    },
    "restocked": {
        "ko": (
            "기다리시던 상품이 다시 들어왔어요",
            "{title} 상품이 다시 들어왔어요. 재입고 알림을 신청하셔서 한 번 알려드려요. {link}",
        ),
        "en": (
            "It is back in stock",
            "{title} is back in stock. You asked us to tell you once. {link}",
        ),
    },
    "paid_order_cancelled": {
        "ko": ("주문이 취소됐어요 ({order})", "주문({order})을 취소했어요. {amount}을 돌려드려요."),
        "en": (
            "Your order was cancelled ({order})",
            "Order {order} was cancelled. {amount} is on its way back.",
        ),
    },
    "order_changed": {
        "ko": ("주문이 바뀌었어요 ({order})", "주문({order})을 바꿨어요. {before} → {after}"),
        "en": ("Your order was changed ({order})", "Order {order} was changed: {before} → {after}"),
    },
    "change_paid": {
        "ko": (
            "주문이 바뀌었어요 ({order})",
            "차액({amount}) 결제가 확인되어 주문({order})을 바꿨어요. 이렇게 보내 드려요: {after}",
        ),
        "en": (
            "Your order was changed ({order})",
            "Your payment of {amount} is in, and order {order} was changed: {after}.",
        ),
    },
    "payment_replaced": {
        "ko": (
            "결제 수단이 바뀌었어요 ({order})",
            "주문({order})의 새 결제가 확인됐어요. 먼저 결제하신 금액({amount})은 결제하신 방법으로 돌려드려요.",
        ),
        "en": (
            "Your payment was changed ({order})",
            "The new payment for order {order} is in. Your former payment of {amount} goes back to the way you paid.",
        ),
    },
    "refund_by_hand": {
        "ko": (
            "[확인 필요] 직접 환불해 주세요 ({order})",
            "주문({order})에서 {amount}을 환불해야 해요. 다른 곳에서 결제된 주문이라 직접 환불해 주세요.",
        ),
        "en": (
            "[Check] please refund by hand ({order})",
            "{amount} of order {order} is to go back. It was not paid here, so please refund it by hand.",
        ),
    },
    "charge_by_hand": {
        "ko": (
            "[확인 필요] 저장된 결제 수단으로 결제해 주세요 ({order})",
            "주문({order}) 차액 {amount}을 고객님이 고른 저장된 결제 수단으로 받아야 해요. 결제사에서 직접 결제해 주세요.",
        ),
        "en": (
            "[Check] please charge the method on file ({order})",
            "Order {order}: the customer agreed to pay {amount} by the method on file. Please charge it at its provider.",
        ),
    },
    "verification_code": {
        "ko": (
            "인증번호 안내",
            "인증번호는 {code}이에요. {minutes}분 안에 대화창에 입력해 주세요. 요청하신 적이 없다면 무시하셔도 돼요.",
        ),
        "en": (
            "Your verification code",
            "Your code is {code}. Enter it in the chat within {minutes} minutes. If you did not ask for it, ignore it.",
        ),
    },
    "payment_mismatch": {
        "ko": (
            "[확인 필요] 결제 금액이 달라요 ({order})",
            "주문({order})에 요청한 금액은 {asked}, 실제로 결제된 금액은 {received}이에요. 주문은 결제 처리되지 않았어요.",
        ),
        "en": (
            "[Check] a payment of another amount ({order})",
            "Order {order}: {asked} was asked for, {received} came in. The order is not marked paid.",
        ),
    },
    "payment_unknown": {
        "ko": (
            "[확인 필요] 알 수 없는 결제가 통지됐어요",
            "결제사 {gateway}에서 이 쇼핑몰에 없는 결제({order}, {state})를 알려왔어요.",
        ),
        "en": (
            "[Check] a payment nobody here knows",
            "The gateway {gateway} told of a payment this shop does not know ({order}, {state}).",
        ),
    },
    "refund_failed": {
        "ko": (
            "[확인 필요] 환불이 되지 않았어요 ({order})",
            "주문({order})의 환불({amount})이 되지 않았어요 ({why}). 결제사 관리 화면에서 확인해 주세요.",
        ),
        "en": (
            "[Check] a refund did not go through ({order})",
            "The refund of {amount} for order {order} did not go through ({why}). Please look at the gateway.",
        ),
    },
    **return_words.TEXTS,
    **outreach_words.TEXTS,
}
