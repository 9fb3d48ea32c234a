"""Letters as files in a folder: e-mails as .eml, short messages as .txt; any mail program opens them."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Literal

from dangol.connect.postboxes.folder.card import CARD
from dangol.connect.postboxes.writing import as_email, letter_id
from dangol.contracts.postbox import CarrierDown, Letter


class FolderPostbox:
    """Implements Postbox: one file a letter, named after its key, so that a letter sent twice is one file."""

    name = CARD.name

    def __init__(self, folder: Path, medium: Literal["email", "sms"], *, sender: str) -> None:
        self.medium: Literal["email", "sms"] = medium
        self._folder = folder
        self._sender = sender

    async def send(self, letter: Letter, *, key: str) -> str:
        """Write a letter once per key; returns the name of its file. Raises CarrierDown when it cannot be written."""
        try:
            return await asyncio.to_thread(self._write, letter, key)
        except OSError as no:
            raise CarrierDown(postbox=self.name, why=no.strerror or type(no).__name__) from no

    def _write(self, letter: Letter, key: str) -> str:
        email = letter.medium == "email"
        content = (
            as_email(letter, key, self._sender).as_bytes()
            if email
            else f"{letter.to}\n\n{letter.text}\n".encode()
        )
        self._folder.mkdir(parents=True, exist_ok=True)
        file = self._folder / f"{letter_id(key)}.{'eml' if email else 'txt'}"
        if not file.exists():
            draft = file.with_name(file.name + ".part")
            draft.write_bytes(content)
            os.replace(draft, file)
        return file.name
