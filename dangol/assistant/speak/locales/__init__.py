"""The assistant's words, one file a language; every line exists in each of them."""

from dangol.assistant.speak.locales import en, ko

TEXTS: dict[str, dict[str, str]] = {"ko": ko.TEXTS, "en": en.TEXTS}
