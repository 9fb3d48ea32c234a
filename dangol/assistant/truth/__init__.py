"""The truth check: no price, stock, date or policy leaves that is not in this turn's evidence."""

from dangol.assistant.truth.checking import Unbacked, check
from dangol.assistant.truth.evidence import Evidence

__all__ = ["Evidence", "Unbacked", "check"]
