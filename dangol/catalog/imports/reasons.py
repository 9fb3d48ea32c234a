"""Why a row was not taken over, in the shopkeeper's language."""

from __future__ import annotations

from dangol.kernel.imports import Refusal, say_refusal

REASONS: dict[str, dict[str, str]] = {
    "too_large": {"ko": "값이 너무 커요", "en": "is too large"},
    "not_a_text": {"ko": "글이어야 해요", "en": "must be words"},
    "not_yes_or_no": {"ko": "true 또는 false여야 해요", "en": "must be true or false"},
    "not_a_list": {"ko": "목록이어야 해요", "en": "must be a list"},
    "not_an_object": {"ko": "이름과 값의 묶음이어야 해요", "en": "must be an object with named fields"},
    "broken_json": {
        "ko": "여기부터 JSON을 읽을 수 없어요: {value}",
        "en": "the JSON cannot be read from here on: {value}",
    },
    "not_a_product_file": {
        "ko": "상품 목록 JSON이 아니에요",
        "en": 'is no JSON file of the form {{"products": [...]}}',
    },
    "options_do_not_fit": {
        "ko": "옵션 값의 수가 상품의 옵션 수와 달라요",
        "en": "has not as many option values as the product has options",
    },
    "image_not_found": {"ko": "이미지 파일이 없어요", "en": "there is no such image file"},
    "not_an_image": {"ko": "쓸 수 있는 이미지가 아니에요", "en": "is no image that can be shown"},
    "unknown_branch": {"ko": "매장 코드를 찾을 수 없어요", "en": "is no branch of the shop"},
    "unknown_product": {"ko": "그런 상품이 없어요", "en": "there is no such product"},
    "unknown_parent": {"ko": "상위 상품을 찾을 수 없어요", "en": "there is no such parent product"},
    "no_variations": {
        "ko": "옵션 상품인데 옵션 행이 없어요",
        "en": "is a variable product without any variation",
    },
    "product_refused": {
        "ko": "상품이 거절되어 이 행도 넣지 않았어요",
        "en": "its product was refused, so this row was left out too",
    },
    "sku_of_another_product": {
        "ko": "다른 상품이 이미 쓰고 있는 SKU예요",
        "en": "is the SKU of another product",
    },
    "rows_apart": {
        "ko": "같은 상품의 행이 떨어져 있어요. 모아서 다시 넣어 주세요",
        "en": "rows of one product must stand together",
    },
    "not_a_rating": {"ko": "별점은 1에서 5까지의 정수예요", "en": "a rating is a whole number from 1 to 5"},
}


def say(refusal: Refusal, language: str) -> str:
    """Why something was not taken over, in Korean or English."""
    return say_refusal(refusal, language, REASONS)
