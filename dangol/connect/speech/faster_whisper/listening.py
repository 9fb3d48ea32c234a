"""Whisper in a process of its own: `python -m … FOLDER`.

For each recording a line of JSON (`size`, `languages`) and the recording on its input, and a line of JSON on its output.
Ends when its input ends, so that it never outlives the shop.
"""

from __future__ import annotations

import io
import json
import math
import sys
from typing import Any

import faster_whisper
from faster_whisper.audio import decode_audio

from dangol.contracts.speech import LONGEST_SECONDS, SURE

_RATE = 16_000
_SILENT = 0.6  # probability that there is no speech, from which on unsure words are not believed
_DOUBTFUL = -1.0  # mean log probability below which such words are not believed


def load(folder: str) -> Any:
    """The model of a folder, on the processor, in 8-bit weights."""
    return faster_whisper.WhisperModel(folder, device="cpu", compute_type="int8", local_files_only=True)


def listen(model: Any, content: bytes, languages: list[str]) -> dict[str, Any]:
    """What was said: `text`, `language`, `confidence` (the mean probability of its tokens), or why it was `refused`."""
    try:
        sound = decode_audio(io.BytesIO(content), sampling_rate=_RATE)
    except Exception:  # whatever the decoder stumbles over, it is a recording nobody can play
        return {"refused": "unreadable"}
    if len(sound) / _RATE > LONGEST_SECONDS:
        return {"refused": "too_long"}
    if not len(sound):
        return {"text": ""}
    told = _words(model, sound, languages[0])
    if told["confidence"] < SURE and len(languages) > 1:
        language = _likeliest(model, sound, languages)
        if language != languages[0]:
            told = max(told, _words(model, sound, language), key=lambda each: float(each["confidence"]))
    return told


def _words(model: Any, sound: Any, language: str) -> dict[str, Any]:
    """What was said, if it was said in this language."""
    segments, _ = model.transcribe(
        sound, language=language, condition_on_previous_text=False, without_timestamps=True
    )
    spoken = [
        each for each in segments if not (each.no_speech_prob > _SILENT and each.avg_logprob < _DOUBTFUL)
    ]
    likely = math.exp(sum(each.avg_logprob for each in spoken) / len(spoken)) if spoken else 0.0
    text = " ".join(each.text.strip() for each in spoken).strip()
    return {"text": text, "language": language, "confidence": round(min(1.0, likely), 3)}


def _likeliest(model: Any, sound: Any, languages: list[str]) -> str:
    """Which of the shop's languages it is; another one is not thought of."""
    _, _, likely = model.detect_language(sound)
    found = dict(likely)
    return max(languages, key=lambda each: found.get(each, 0.0))


def main() -> None:
    """Answer recordings until the input ends."""
    model = load(sys.argv[1])
    inward, outward = sys.stdin.buffer, sys.stdout
    outward.write("ready\n")
    outward.flush()
    while line := inward.readline():
        head = json.loads(line)
        told = listen(model, inward.read(head["size"]), list(head["languages"]))
        outward.write(json.dumps(told, ensure_ascii=True) + "\n")
        outward.flush()


if __name__ == "__main__":
    main()
