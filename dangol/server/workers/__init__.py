"""What happens behind the shop's back: payments settled, money returned, letters sent, time kept."""

from dangol.server.workers.workers import Workers

__all__ = ["Workers"]
