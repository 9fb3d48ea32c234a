"""What the server may ask of outreach."""

from dangol.outreach.follow_up_records import figures as follow_up_figures
from dangol.outreach.following_up import follow_up, refuse, still_open
from dangol.outreach.lateness import Cause, History
from dangol.outreach.linter import FREE_REFUSAL, MARK, Draft, advertising_faults, information_faults
from dangol.outreach.model import OrderAtRisk
from dangol.outreach.offer_records import OfferFigures
from dangol.outreach.offer_records import figures as offer_figures
from dangol.outreach.outlook_records import at_risk
from dangol.outreach.outlook_records import figures as warning_figures
from dangol.outreach.person_records import erase as erase_of
from dangol.outreach.person_records import forget_before
from dangol.outreach.person_records import held as held_of
from dangol.outreach.reminding import may_tell, remind
from dangol.outreach.routes import PATH as REFUSAL_PATH
from dangol.outreach.routes import routes
from dangol.outreach.rules import in_korea, night_ends
from dangol.outreach.watching import WORTH_A_LOOK, load_history, watch_orders

__all__ = [
    "FREE_REFUSAL",
    "MARK",
    "REFUSAL_PATH",
    "WORTH_A_LOOK",
    "Cause",
    "Draft",
    "History",
    "OfferFigures",
    "OrderAtRisk",
    "advertising_faults",
    "at_risk",
    "erase_of",
    "follow_up",
    "follow_up_figures",
    "forget_before",
    "held_of",
    "in_korea",
    "information_faults",
    "load_history",
    "may_tell",
    "night_ends",
    "offer_figures",
    "refuse",
    "remind",
    "routes",
    "still_open",
    "warning_figures",
    "watch_orders",
]
