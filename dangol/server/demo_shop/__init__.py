"""The demo shop: a whole shop of our own making, written as files for the ordinary import commands."""

from dangol.server.demo_shop.writing import write_demo_shop

__all__ = ["write_demo_shop"]
