"""What the desk itself says to shoppers, in Korean and English."""

from __future__ import annotations

_WORDS: dict[str, dict[str, str]] = {
    "solved?": {
        "ko": "상담이 끝나고 제가 다시 도와드려요. 문의하신 내용은 해결되셨나요?",
        "en": "I'm back to help you from here. Is your question solved?",
    },
    "solved:yes": {"ko": "네, 해결됐어요", "en": "Yes, it's solved"},
    "solved:no": {"ko": "아니요, 아직이에요", "en": "No, not yet"},
    "back": {
        "ko": "이제 제가 다시 도와드릴게요. 궁금한 점을 말씀해 주세요.",
        "en": "I'm here to help again. Ask me anything.",
    },
    "moved": {
        "ko": "담당자가 바뀌었어요. 지금까지의 대화는 그대로 전달됐어요.",
        "en": "Somebody else takes over from here, and can see everything said so far.",
    },
}


def say(name: str, language: str) -> str:
    """A sentence in this language."""
    return _WORDS[name]["ko" if language == "ko" else "en"]
