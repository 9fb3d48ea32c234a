"""A card number is masked before it is stored; other long numbers are left alone."""

import pytest

from dangol.assistant.masking import mask_cards, mask_form


@pytest.mark.parametrize(
    "text",
    [
        "4242 4242 4242 4242 로 결제해줘", "카드번호 4242-4242-4242-4242이에요", "my card is 4242424242424242 thanks",
        "378282246310005", "5555.5555.5555.4444",
    ],
)  # fmt: skip
def test_card_numbers_are_masked(text):
    masked, found = mask_cards(text)
    assert found
    assert not any(part in masked.replace(" ", "") for part in ("42424242", "37828224", "55555555"))
    assert "••••" in masked


@pytest.mark.parametrize(
    "text",
    [
        "주문번호 20261121-0001",
        "대한통운 123456789012",
        "우체국 6812345678901",
        "010-1234-5678",
        "1Z999AA10123456784",
        "4242424242424241",
    ],
)
def test_other_numbers_stay(text):
    assert mask_cards(text) == (text, False)


def test_the_security_code_beside_a_card_goes_too():
    masked, _ = mask_cards("4242 4242 4242 4242 cvc 123")
    assert "123" not in masked


def test_forms_are_masked_field_by_field():
    assert mask_form({"address": "4242424242424242", "agree": True}) == {
        "address": "•••• 4242",
        "agree": True,
    }
