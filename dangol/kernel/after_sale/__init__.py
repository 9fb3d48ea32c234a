"""After-sale policy: what the shop allows as data, the law below it, and one pure decision over both."""

from dangol.kernel.after_sale.deciding import (
    Allowed,
    Facts,
    LineFacts,
    NewItem,
    RefusedByRule,
    Step,
    Verdict,
    decide,
)
from dangol.kernel.after_sale.law import LAWS, Article, Law, law_of, made_to_order
from dangol.kernel.after_sale.policy import ACTIONS, OURS, Action, AfterSale, NotFor, Reason, Rule, Term, Way
from dangol.kernel.after_sale.rules import AfterSaleRules, below_the_law, rules_of

__all__ = [
    "ACTIONS",
    "LAWS",
    "OURS",
    "Action",
    "AfterSale",
    "AfterSaleRules",
    "Allowed",
    "Article",
    "Facts",
    "Law",
    "LineFacts",
    "NewItem",
    "NotFor",
    "Reason",
    "RefusedByRule",
    "Rule",
    "Step",
    "Term",
    "Verdict",
    "Way",
    "below_the_law",
    "decide",
    "law_of",
    "made_to_order",
    "rules_of",
]
