"""A server on loopback that hears and speaks as OpenAI's protocol for audio says, strictly.

Its recordings are real WAV files whose samples are the bytes of what is said, so that what it hears is what was spoken.
"""

import io
import wave
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import FastAPI, File, Form, Request, UploadFile
from fastapi.responses import JSONResponse, Response

KEY = "the-right-key"
_PAD = b"\x00"
_WEBM = b"\x1aE\xdf\xa3"


def say(text: str, seconds: float = 0.0) -> bytes:
    """A recording in which this is said, with so many seconds of silence; a leading "?" is mumbled, a leading "!" said in no language of the shop."""
    samples = text.encode()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes(samples + _PAD * (len(samples) % 2 + 64 + 2 * int(16_000 * seconds)))
    return out.getvalue()


def said(recording: bytes) -> str:
    """What is said in a recording."""
    with wave.open(io.BytesIO(recording)) as file:
        return file.readframes(file.getnframes()).rstrip(_PAD).decode()


@dataclass
class Peer:
    """`down`: so many requests are answered with 503 first; `asked` and `spoken`: what was asked of it.

    What a browser recorded holds no text: of a WebM recording the next of `script` is heard. `lasting`: seconds of sound.
    """

    down: int = 0
    asked: list[dict[str, str]] = field(default_factory=list)
    spoken: list[dict[str, str]] = field(default_factory=list)
    script: list[str] = field(default_factory=list)
    lasting: float = 0.0


def speech_server(peer: Peer) -> FastAPI:
    """The server under `/v1`."""
    app = FastAPI()
    app.post("/v1/audio/transcriptions")(_transcribing(peer))
    app.post("/v1/audio/speech")(_speaking(peer))
    return app


def _refusal(peer: Peer, request: Request, model: str, models: tuple[str, ...]) -> JSONResponse | None:
    if peer.down:
        peer.down -= 1
        return JSONResponse({"error": {"message": "busy"}}, 503)
    if request.headers.get("authorization") != f"Bearer {KEY}":
        return JSONResponse({"error": {"message": "no such key"}}, 401)
    return None if model in models else JSONResponse({"error": {"message": "no such model"}}, 404)


def _transcribing(peer: Peer) -> Any:
    async def transcribe(
        request: Request,
        file: Annotated[UploadFile, File()],
        model: Annotated[str, Form()],
        response_format: Annotated[str, Form()] = "json",
        language: Annotated[str | None, Form()] = None,
        temperature: Annotated[float, Form()] = 0,
    ) -> Any:
        peer.asked.append({"model": model, "format": response_format, "language": language or ""})
        if (no := _refusal(peer, request, model, ("whisper-1", "listener"))) is not None:
            return no
        if model == "listener" and response_format != "json":
            return JSONResponse({"error": {"message": "this model answers json alone"}}, 400)
        try:
            content = await file.read()
            text = peer.script.pop(0) if content.startswith(_WEBM) and peer.script else said(content)
        except (wave.Error, EOFError, UnicodeDecodeError):
            return JSONResponse({"error": {"message": "invalid file"}}, 400)
        return _told(text, language) if response_format == "verbose_json" else {"text": text.lstrip("?!")}

    return transcribe


def _speaking(peer: Peer) -> Any:
    async def speak(request: Request) -> Any:
        body = await request.json()
        if (no := _refusal(peer, request, str(body.get("model")), ("speaker",))) is not None:
            return no
        if set(body) - {"model", "voice", "input", "response_format", "speed"} or not body.get("input"):
            return JSONResponse({"error": {"message": "invalid"}}, 400)
        peer.spoken.append(body)
        return Response(say(body["input"], peer.lasting), media_type="audio/wav")

    return speak


def _told(text: str, language: str | None) -> dict[str, Any]:
    if not text:
        silence = {"text": " ", "avg_logprob": -2.0, "no_speech_prob": 0.95}
        return {"text": " ", "language": "english", "segments": [silence]}
    foreign = text.startswith("!") and language is None
    korean = any("가" <= char <= "힣" for char in text)
    heard = "japanese" if foreign else "korean" if korean else "english"
    segment = {"text": text, "avg_logprob": -1.4 if text.startswith("?") else -0.1, "no_speech_prob": 0.01}
    return {"text": text.lstrip("?!"), "language": heard, "segments": [segment]}
