"""The assistant's words, a folder for each language, a file for each subject; every line exists in each of them."""

from dangol.assistant.speak.locales import en, ko

TEXTS: dict[str, dict[str, str]] = {"ko": ko.TEXTS, "en": en.TEXTS}
