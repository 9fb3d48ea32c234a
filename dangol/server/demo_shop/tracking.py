"""Tracking numbers in each carrier's own format, with its check digit where it has one."""

import random
import string


def make_tracking_number(carrier: str, dice: random.Random) -> str:
    """Make up a tracking number: CJ대한통운 and 한진 12 digits, 우체국 13, UPS 1Z and 16 signs."""
    if carrier == "UPS":
        return _ups(dice)
    if carrier == "우체국":
        return f"6{dice.randrange(10**12):012d}"
    body = dice.randrange(10**10, 10**11)
    return f"{body}{body % 7}"


def _ups(dice: random.Random) -> str:
    signs = string.digits + string.ascii_uppercase
    body = "".join(dice.choice(signs) for _ in range(6)) + "03" + f"{dice.randrange(10**7):07d}"
    values = [int(sign) if sign.isdigit() else (ord(sign) - 63) % 10 for sign in body]
    total = sum(values[::2]) + 2 * sum(values[1::2])
    return f"1Z{body}{-total % 10}"
