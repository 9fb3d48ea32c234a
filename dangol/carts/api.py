"""What other rooms may ask of carts."""

from dangol.carts.addresses.pieces import ParsedAddress
from dangol.carts.addresses.reading import read_address, read_back
from dangol.carts.delivery.places import read_place
from dangol.carts.delivery.quotes import Place, delivers_to, place_of, quote, quotes
from dangol.carts.model import (
    AddressIncomplete,
    AnotherProduct,
    CouponRefused,
    NotAQuantity,
    NotInCart,
    PointsRefused,
    SoldOut,
    UnknownVariant,
)
from dangol.carts.service import (
    add,
    adopt,
    cart_id,
    change,
    empty,
    lock,
    redeem,
    set_quantity,
    unredeem,
    view,
)

__all__ = [
    "AddressIncomplete",
    "AnotherProduct",
    "CouponRefused",
    "NotAQuantity",
    "NotInCart",
    "ParsedAddress",
    "Place",
    "PointsRefused",
    "SoldOut",
    "UnknownVariant",
    "add",
    "adopt",
    "cart_id",
    "change",
    "delivers_to",
    "empty",
    "lock",
    "place_of",
    "quote",
    "quotes",
    "read_address",
    "read_back",
    "read_place",
    "redeem",
    "set_quantity",
    "unredeem",
    "view",
]
