"""Customer tokens: believed only as the shop signed them."""

from __future__ import annotations

import base64
import json
import stat
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from dangol.server.auth import BadCustomerToken, read_customer_token
from dangol.server.settings import Settings, kept_secret, shop_secret

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
SECRET = "a-shop-secret-of-more-than-32-characters"
CLAIMS = {"sub": "cust-7", "email": "Mina@Example.com", "name": "김미나", "exp": int(NOW.timestamp()) + 600}


def _signed(claims: dict[str, object], secret: str = SECRET, algorithm: str = "HS256") -> str:
    return jwt.encode({"alg": algorithm}, claims, OctKey.import_key(secret), algorithms=[algorithm])


def test_a_signed_customer_is_read() -> None:
    customer = read_customer_token(_signed(CLAIMS), SECRET, NOW)
    assert (customer.external_id, customer.email, customer.name) == ("cust-7", "Mina@Example.com", "김미나")


def _unsigned(claims: dict[str, object]) -> str:
    parts = [
        base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": "none"}, claims)
    ]
    return b".".join([*parts, b""]).decode()


def _of_a_key_pair(claims: dict[str, object]) -> str:
    return jwt.encode({"alg": "RS256"}, claims, RSAKey.generate_key(2048), algorithms=["RS256"])


@pytest.mark.parametrize(
    "token",
    [
        _signed(CLAIMS, "another-secret-of-more-than-32-characters"),
        _signed({**CLAIMS, "exp": int(NOW.timestamp()) - 600}),
        _signed({name: value for name, value in CLAIMS.items() if name != "exp"}),
        _signed({"exp": CLAIMS["exp"]}),
        _signed({**CLAIMS, "sub": 7}),
        _signed({**CLAIMS, "nbf": int(NOW.timestamp()) + 3600}),
        _signed(CLAIMS, algorithm="HS512"),
        _unsigned(CLAIMS),
        _of_a_key_pair(CLAIMS),
        _signed(CLAIMS)[:-3],
        "",
        "x" * 10_000,
        "a.b.c",
        "한글",
    ],
)
def test_whatever_else_comes_is_not_believed(token: str) -> None:
    with pytest.raises(BadCustomerToken):
        read_customer_token(token, SECRET, NOW)


def test_the_secret_is_made_once_and_read_by_its_owner_only(tmp_path: Path) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(kept_secret(tmp_path, "shop"))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6
    assert len(set(found)) == 1
    assert len(found[0]) >= 40
    assert stat.S_IMODE((tmp_path / "secrets" / "shop").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "secrets").iterdir()] == ["shop"]


def test_a_secret_that_is_set_stands(tmp_path: Path) -> None:
    assert shop_secret(Settings(data=tmp_path, shop_secret=SECRET)) == SECRET
    assert not (tmp_path / "secrets").exists()


def test_settings_never_show_their_secrets(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, shop_secret=SECRET, database_url="postgresql://u:pw-in-url@h/db")
    assert SECRET not in repr(settings)
    assert "pw-in-url" not in repr(settings)
    assert settings.own_database == "postgresql://u:pw-in-url@h/db"


def test_settings_read_environment_and_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text(
        "DANGOL_PORT=9001\nDANGOL_ALLOWED_ORIGINS=https://a.example/, https://b.example\n"
    )
    monkeypatch.setenv("DANGOL_HOST", "0.0.0.0")
    settings = Settings()
    assert settings.port == 9001
    assert settings.allowed_origins == ("https://a.example", "https://b.example")
    assert settings.base_url == "http://127.0.0.1:9001"
    assert Settings(port=1, public_url="https://shop.example/").base_url == "https://shop.example"
