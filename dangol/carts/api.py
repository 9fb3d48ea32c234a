"""What other rooms may ask of carts."""

from dangol.carts.addresses.pieces import ParsedAddress
from dangol.carts.addresses.reading import read_address, read_back
from dangol.carts.delivery.places import read_place
from dangol.carts.delivery.quotes import Place, delivers_to, place_of, quote, quotes
from dangol.carts.giving import give, given_to, use, withdraw
from dangol.carts.model import (
    AddressIncomplete,
    AnotherProduct,
    CouponRefused,
    NotAQuantity,
    NotInCart,
    PersonalCoupon,
    PointsRefused,
    RestockDue,
    SoldOut,
    UnknownVariant,
)
from dangol.carts.person_records import erase as erase_of
from dangol.carts.person_records import held as held_of
from dangol.carts.reckoning import view
from dangol.carts.records import counts as count_kept
from dangol.carts.records import forget_before
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
)
from dangol.carts.wishes import NotAContact, restock_due, restock_gone_again, restock_told

__all__ = [
    "AddressIncomplete",
    "AnotherProduct",
    "CouponRefused",
    "NotAContact",
    "NotAQuantity",
    "NotInCart",
    "ParsedAddress",
    "PersonalCoupon",
    "Place",
    "PointsRefused",
    "RestockDue",
    "SoldOut",
    "UnknownVariant",
    "add",
    "adopt",
    "cart_id",
    "change",
    "count_kept",
    "delivers_to",
    "empty",
    "erase_of",
    "forget_before",
    "give",
    "given_to",
    "held_of",
    "lock",
    "place_of",
    "quote",
    "quotes",
    "read_address",
    "read_back",
    "read_place",
    "redeem",
    "restock_due",
    "restock_gone_again",
    "restock_told",
    "set_quantity",
    "unredeem",
    "use",
    "view",
    "withdraw",
]
