"""What the rooms above, and the workers, may ask of returns."""

from dangol.returns.history_records import returns_of_ours
from dangol.returns.labels import label_pdf, label_zpl
from dangol.returns.model import Carriers, NotReturnable, OfferChanged, ReturnRow, ReturnUnderWay
from dangol.returns.offering import explain
from dangol.returns.person_records import forget_reasons, open_return_of, open_returns
from dangol.returns.person_records import held as held_of
from dangol.returns.records import due, listed, return_by_number, return_row, stage, waiting_for_person
from dangol.returns.refunding import refundable
from dangol.returns.rules import LIFE
from dangol.returns.service import approve, receive, refuse
from dangol.returns.settling import drop_unpaid, further, settle_by_hand
from dangol.returns.views import return_views

__all__ = [
    "LIFE",
    "Carriers",
    "NotReturnable",
    "OfferChanged",
    "ReturnRow",
    "ReturnUnderWay",
    "approve",
    "drop_unpaid",
    "due",
    "explain",
    "forget_reasons",
    "further",
    "held_of",
    "label_pdf",
    "label_zpl",
    "listed",
    "open_return_of",
    "open_returns",
    "receive",
    "refundable",
    "refuse",
    "return_by_number",
    "return_row",
    "return_views",
    "returns_of_ours",
    "settle_by_hand",
    "stage",
    "waiting_for_person",
]
