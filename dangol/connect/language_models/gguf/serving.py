"""llama.cpp's own server for one GGUF file, in a process of its own: `python -m … FILE`, the key in DANGOL_GGUF_KEY.

Says where it listens in the first line of its output and ends when its input ends, so that it never outlives the shop.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import xllamacpp

_SLOTS = 2  # shoppers answered at once
_TOKENS = 8192  # of each: the rules, the data of a turn, the answer


def serve(path: str, key: str) -> Any:
    """The server, listening on a free port of loopback. Raises RuntimeError when the file cannot be loaded."""
    params = xllamacpp.CommonParams()
    params.model.path = path
    params.n_parallel, params.n_ctx = _SLOTS, _SLOTS * _TOKENS
    params.api_keys = [key]
    params.verbosity = 0
    params.use_jinja = True
    return xllamacpp.Server(params)


if __name__ == "__main__":
    server = serve(sys.argv[1], os.environ["DANGOL_GGUF_KEY"])
    sys.stdout.write(f"listening {server.listening_address}\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)  # answers in the making have nobody left to read them
