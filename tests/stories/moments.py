"""When the stories are played: at moments of our choosing, so that no hour at which somebody runs the tests can fail them.

Each begins at its moment and goes on at the usual pace. `DANGOL_STORIES_AT` (as 2026-12-31T23:50+09:00) has all of them
played at another; `dangol evaluate SUITE --at` does the same for a suite.
"""

from __future__ import annotations

import os
from datetime import datetime

_CHOSEN = os.environ.get("DANGOL_STORIES_AT")


def moment(written: str) -> datetime:
    """The moment that is written here, unless whoever runs the tests has chosen one for all of them."""
    return datetime.fromisoformat(_CHOSEN or written)


ORDINARY = moment("2026-11-20T10:30+09:00")  # a Friday in Seoul, the shop is open
LATE = moment("2026-12-31T23:45+09:00")  # the year ends while they are played
