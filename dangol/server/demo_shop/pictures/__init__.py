"""The demo shop's photographer: draws one picture for each product and colour."""

from dangol.server.demo_shop.pictures.drawing import KINDS, draw_picture

__all__ = ["KINDS", "draw_picture"]
