"""Receipts and invoices: a link to the PDF of an order that is shown to be theirs."""

from __future__ import annotations

import re
from typing import Literal

from dangol.assistant.minds.embedded import after_words
from dangol.assistant.minds.embedded.desk import Desk
from dangol.assistant.minds.embedded.orders_after import the_order
from dangol.assistant.minds.embedded.steps import Answer, Steps, ToolRefused, ask
from dangol.assistant.speak.lines import line
from dangol.assistant.speak.wording import say
from dangol.contracts.shopfloor.changes import DocumentOpened, OpenDocument
from dangol.kernel.blocks import LinkBlock

_INVOICE = re.compile(r"(?i)명세서|인보이스|청구서|invoice")
_UNPAID = ("pending_payment", "cancelled")


def get_invoice(desk: Desk) -> Steps[Answer]:
    """The receipt, or the invoice where that is asked for."""
    meant = yield from the_order(desk, "paper", "which_receipt")
    if isinstance(meant, Answer):
        return meant
    pending = desk.memory.pending
    text = f"{desk.text} {pending.value if pending else ''}"
    kind: Literal["receipt", "invoice"] = "invoice" if _INVOICE.search(text) else "receipt"
    keep = {"awaits": None, "pending": None, "last_order": meant.order}
    wanted = OpenDocument.model_validate(
        {"order": meant.order, "kind": kind, "language": after_words.paper_language(text)}
    )
    try:
        opened = yield from ask("open_document", wanted, DocumentOpened)
    except ToolRefused as no:
        if no.code != "nothing_paid_yet":
            raise
        unpaid = meant.status == "pending_payment"
        return Answer(
            lines=(line("receipt_not_paid", order=meant.order),),
            choices=((f"pay:{meant.order}", line("button_pay")),) if unpaid else (),
            keep=keep,
        )
    label = say(line(f"open_{kind}"), desk.language, desk.shop)
    return Answer(
        lines=(line(f"here_is_{kind}", order=meant.order),),
        blocks=(LinkBlock(label=label, url=opened.url),),
        keep=keep,
    )
