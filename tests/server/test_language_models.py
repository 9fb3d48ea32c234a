"""Choosing language models by settings; none chosen costs nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest
from connect.loopback import address_of, free_socket, serving
from connect.model_servers import KEY, Peer, openai_server
from pydantic import SecretStr

from dangol.contracts.language_model import ModelRequest, Usage
from dangol.server import cli
from dangol.server.language_models import ModelSettingWrong, chosen, connect_models
from dangol.server.model_trials import heard
from dangol.server.settings import Settings


def test_without_a_model_nothing_of_one_is_imported() -> None:
    code = (
        "import sys; import dangol.server.wire; "
        "print([m for m in ('pydantic_ai', 'openai', 'anthropic', 'google.genai', 'xllamacpp') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


async def test_nothing_is_set() -> None:
    assert await connect_models(Settings()) == {}


def test_each_job_may_have_a_model_of_its_own() -> None:
    assert chosen(Settings(model="openai:a", model_translate="ollama:b")) == {
        "talk": "openai:a", "read": "openai:a", "summarise": "openai:a", "translate": "ollama:b", "write": "openai:a",
    }  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"model": "nobody:x"},
        {"model": "openai"},
        {"model": "openai:x", "model_price": "cheap"},
        {"model": "openai_compatible:x"},
        {"model": "gguf:nowhere.gguf"},
    ],
)
async def test_a_wrong_setting_says_what_is_wrong(wrong: dict[str, str]) -> None:
    with pytest.raises(ModelSettingWrong) as no:
        await connect_models(Settings(**wrong, model_key=SecretStr("k")))
    assert str(no.value.details["setting"]).startswith("DANGOL_MODEL")


async def test_a_price_of_ones_own_and_a_key_for_each_vendor() -> None:
    peer, listener = Peer(), free_socket()
    async with serving(openai_server(peer), listener):
        settings = Settings(
            model="openai_compatible:m",
            model_key=SecretStr(f"openai=other,openai_compatible={KEY}"),
            model_url=address_of(listener) + "/v1",
            model_price="1/2",
        )
        models = await connect_models(settings)
        assert len({id(model) for model in models.values()}) == 1
        assert not models["talk"].outside
        told = await heard(models["talk"], ModelRequest(messages=({"role": "user", "text": "hello"},)))  # type: ignore[arg-type]
        assert told.usage.cost == 12 * 1 + 5 * 2
        await models["talk"].close()


@pytest.mark.parametrize(
    ("name", "outside"), [("qwen3:8b", False), ("gpt-oss:120b-cloud", True), ("minimax-m2:cloud", True)]
)
async def test_what_ollama_hands_on_to_its_own_machines_is_outside(name: str, outside: bool) -> None:
    models = await connect_models(Settings(model=f"ollama:{name}"))
    assert models["talk"].outside is outside
    assert models["talk"].price(Usage(input_tokens=10, output_tokens=1)) == (None if outside else 0)
    await models["talk"].close()


def test_trying_the_model_where_none_is_set(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["model", "test"]) == 1
    assert "DANGOL_MODEL" in capsys.readouterr().err
