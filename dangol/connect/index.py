"""The literal table of all wires: what can be plugged in, by kind; which are is chosen in `server/wire.py`."""

from __future__ import annotations

from dangol.connect.cards import Card
from dangol.connect.carriers.sample.card import CARD as SAMPLE_CARRIER
from dangol.connect.language_models.anthropic.card import CARD as ANTHROPIC
from dangol.connect.language_models.gemini.card import CARD as GEMINI
from dangol.connect.language_models.gguf.card import CARD as GGUF
from dangol.connect.language_models.ollama.card import CARD as OLLAMA
from dangol.connect.language_models.openai.card import CARD as OPENAI
from dangol.connect.language_models.openai_compatible.card import CARD as OPENAI_COMPATIBLE
from dangol.connect.payments.paypal.card import CARD as PAYPAL
from dangol.connect.payments.sample.card import CARD as SAMPLE_PAYMENTS
from dangol.connect.payments.stripe.card import CARD as STRIPE
from dangol.connect.payments.toss.card import CARD as TOSS
from dangol.connect.postboxes.folder.card import CARD as FOLDER
from dangol.connect.postboxes.smtp.card import CARD as SMTP
from dangol.connect.speech.espeak.card import CARD as ESPEAK
from dangol.connect.speech.faster_whisper.card import CARD as FASTER_WHISPER
from dangol.connect.speech.openai_compatible.card import CARD as OPENAI_COMPATIBLE_SPEECH
from dangol.connect.trackers.easypost.card import CARD as EASYPOST
from dangol.connect.trackers.sweettracker.card import CARD as SWEETTRACKER

PAYMENTS: tuple[Card, ...] = (SAMPLE_PAYMENTS, STRIPE, TOSS, PAYPAL)
CARRIERS: tuple[Card, ...] = (SAMPLE_CARRIER,)
TRACKERS: tuple[Card, ...] = (SWEETTRACKER, EASYPOST)
POSTBOXES: tuple[Card, ...] = (SMTP, FOLDER)
LANGUAGE_MODELS: tuple[Card, ...] = (OPENAI, OPENAI_COMPATIBLE, ANTHROPIC, GEMINI, OLLAMA, GGUF)
SPEECH: tuple[Card, ...] = (FASTER_WHISPER, ESPEAK, OPENAI_COMPATIBLE_SPEECH)
