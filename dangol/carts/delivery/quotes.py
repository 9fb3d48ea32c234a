"""What delivery costs and when it comes, by the shop's zones, surcharges, methods and cut-off. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dangol.carts.geography.america import STATE_WORDS, STATES, state_of_zip
from dangol.carts.geography.countries import home_country
from dangol.carts.geography.korea import REGION_WORDS, REGIONS, region_of_postcode
from dangol.contracts.shopfloor.baskets import DeliveryQuote
from dangol.contracts.shopfloor.people import AddressView
from dangol.kernel.holidays import business_days_after, is_business_day
from dangol.kernel.money import Money
from dangol.kernel.shop import Method, Shop, Surcharge, Translated, Zone


@dataclass(frozen=True)
class Place:
    """A destination as far as it is known: ISO 3166-1 country, the region's ISO code (49, AK), postcode.

    `understood` is how it was read, in words; `sure` is False where only part of it is known.
    """

    country: str
    region: str = ""
    postcode: str = ""
    understood: str = ""
    sure: bool = True


def place_of(address: AddressView) -> Place:
    """Where an address lies; its region by the postcode, else by the region's name in any spelling."""
    postcode = address.postcode.strip()
    region = address.region.strip()
    code = region.rpartition("-")[2].upper() if region.isascii() and "-" in region else region.upper()
    if address.country == "KR":
        named = code if code in REGIONS else REGION_WORDS.get(region) or REGION_WORDS.get(region.lower())
        code = region_of_postcode(postcode) or named or ""
    elif address.country == "US":
        named = code if code in STATES else STATE_WORDS.get(region.lower())
        code = state_of_zip(postcode) or named or ""
    return Place(country=address.country, region=code, postcode=postcode, understood=address.lines)


def quotes(
    shop: Shop,
    destination: AddressView | Place | None,
    goods: Money | None,
    now: datetime,
    language: str,
) -> tuple[DeliveryQuote, ...]:
    """What every way of delivery to a place costs, standard first; empty where the shop does not deliver there.

    `goods` is what is paid for the goods after bundles and coupons: from the zone's `free_from` on the fee is 0,
    surcharges stay. Without it the full fee is told. Without a destination the shop's home zone is quoted with
    `sure=False`. Days are business days of the destination after dispatch; an order leaves on the business day it
    is placed until the zone's cut-off in the shop's time zone, on the next one afterwards. Of several surcharges
    the highest counts. Postcode surcharges are the shop's own country's.
    """
    home = home_country(shop)
    place = destination if isinstance(destination, Place) else place_of(destination) if destination else None
    sure = (
        place is not None and place.sure and _covers(shop, place) and not _may_be_an_island(shop, place, home)
    )
    place = place or Place(country=home)
    zone = _zone(shop, place)
    if zone is None:
        return ()
    surcharge = _surcharge(shop, place, home)
    standard = _quote(shop, zone, None, surcharge, place, home, now, language, sure)
    if goods and standard.free_from and standard.free_from <= goods:
        standard = without_fee(standard)
    others = [
        _quote(shop, zone, method, surcharge, place, home, now, language, sure)
        for method in shop.shipping.methods
        if {name.casefold() for name in method.zones} & _spellings(zone.name)
    ]
    return (standard, *others)


def quote(
    shop: Shop,
    destination: AddressView | Place | None,
    goods: Money | None,
    now: datetime,
    language: str,
    method: str | None = None,
) -> DeliveryQuote | None:
    """What one way of delivery costs (the standard one when none is named); None where it is not offered."""
    offered = quotes(shop, destination, goods, now, language)
    if method is None:
        return offered[0] if offered else None
    wanted = _method_named(shop, method)
    named = {shop.say(wanted.name, language)} if wanted else set()
    return next((one for one in offered if one.method in named), None)


def without_fee(quote: DeliveryQuote) -> DeliveryQuote:
    """The quote of goods that reach the free-delivery limit: a surcharge stays."""
    nothing = quote.fee.model_copy(update={"amount": 0})
    return quote.model_copy(update={"fee": nothing, "whole": quote.surcharge})


def delivers_to(shop: Shop, place: Place) -> bool:
    """Whether the shop delivers to a place; a shop that names no zones delivers wherever it agrees to."""
    return not shop.shipping.zones or _zone(shop, place) is not None


def dispatch_day(now: datetime, shop: Shop, cutoff: str | None) -> date:
    """The day an order placed now leaves the shop."""
    local = now.astimezone(shop.zone)
    day = local.date()
    home = home_country(shop)
    late = cutoff is not None and local.strftime("%H:%M") >= cutoff
    if late or not is_business_day(day, home):
        day += timedelta(days=1)
    return business_days_after(day, 0, home)


def _quote(
    shop: Shop,
    zone: Zone,
    method: Method | None,
    surcharge: Surcharge | None,
    place: Place,
    home: str,
    now: datetime,
    language: str,
    sure: bool,
) -> DeliveryQuote:
    sent = dispatch_day(now, shop, zone.cutoff)
    fewest, most = (method or zone).days
    free_from = shop.money(zone.free_from) if zone.free_from is not None and method is None else None
    fee = shop.money((method or zone).fee)
    extra = shop.money(surcharge.fee) if surcharge else shop.minor(0)
    return DeliveryQuote(
        zone=shop.say(zone.name, language),
        fee=fee,
        surcharge=extra,
        whole=fee + extra,
        surcharge_name=shop.say(surcharge.name, language) if surcharge else "",
        free_from=free_from,
        earliest=business_days_after(sent, fewest, place.country),
        latest=business_days_after(sent, most, place.country),
        method=shop.say(method.name, language) if method else None,
        sure=sure,
    )


def _covers(shop: Shop, place: Place) -> bool:
    """Whether a zone names the place itself, and not only a part of its country."""
    areas = {f"{place.country}-{place.region}" if place.region else "", place.country, "*"}
    return any(areas & set(zone.where) for zone in shop.shipping.zones)


def _zone(shop: Shop, place: Place) -> Zone | None:
    """The zone that names the place most closely: its region, else its country, else everywhere."""
    for area in (f"{place.country}-{place.region}" if place.region else None, place.country, "*"):
        for zone in shop.shipping.zones:
            if area in zone.where:
                return zone
    if place.region or place.postcode:
        return None
    # only the country is known: the first zone within it stands for it until the region is
    inside = (
        zone for zone in shop.shipping.zones if any(a.startswith(f"{place.country}-") for a in zone.where)
    )
    return next(inside, None)


def _surcharge(shop: Shop, place: Place, home: str) -> Surcharge | None:
    area = f"{place.country}-{place.region}"
    matching = [
        surcharge
        for surcharge in shop.shipping.surcharges
        if area in surcharge.where
        or place.country in surcharge.where
        or (place.country == home and any(_within(place.postcode, span) for span in surcharge.postcodes))
    ]
    return max(matching, key=lambda surcharge: surcharge.fee, default=None)


def _within(postcode: str, span: str) -> bool:
    first, _, last = span.partition("-")
    plain = postcode.partition("-")[0]
    return len(plain) == len(first) and first <= plain <= (last or first)


def _may_be_an_island(shop: Shop, place: Place, home: str) -> bool:
    """Whether, without a postcode, a surcharge for part of the region cannot be told."""
    if place.postcode or place.country != home:
        return False
    spans = [span for surcharge in shop.shipping.surcharges for span in surcharge.postcodes]
    region_of = region_of_postcode if home == "KR" else state_of_zip
    return any(not place.region or region_of(span[:5]) == place.region for span in spans)


def _method_named(shop: Shop, name: str) -> Method | None:
    wanted = name.strip().casefold()
    return next((method for method in shop.shipping.methods if wanted in _spellings(method.name)), None)


def _spellings(name: Translated) -> set[str]:
    return {text.casefold() for text in ([name] if isinstance(name, str) else name.values())}
