"""What suits what by general knowledge of the trade: occasions, seasons, what is worn or used together.

Soft knowledge only: it ranks, it never states anything of a product.
"""

from __future__ import annotations

# an occasion → concepts that make a thing fit for it
OCCASIONS: dict[str, tuple[str, ...]] = {
    "rain": ("attribute:waterproof", "attribute:water-resistant", "attribute:non-slip", "material:gore-tex",
             "category:rain-boots", "category:rain-jackets", "category:umbrellas"),
    "snow": ("attribute:waterproof", "attribute:warm", "attribute:non-slip", "category:winter-boots"),
    "hiking": ("category:hiking-shoes", "category:windbreakers", "attribute:non-slip", "attribute:waterproof"),
    "running": ("category:running-shoes", "category:activewear", "attribute:lightweight", "attribute:cushioned"),
    "walking": ("category:walking-shoes", "category:sneakers", "attribute:cushioned", "attribute:lightweight"),
    "gym": ("category:activewear", "category:leggings", "category:joggers"),
    "yoga": ("category:leggings", "category:activewear", "attribute:stretchy", "category:yoga-mats"),
    "camping": ("occasion:hiking", "attribute:portable", "attribute:foldable", "attribute:windproof"),
    "travel": ("attribute:portable", "attribute:foldable", "attribute:lightweight", "attribute:wrinkle-free",
               "category:suitcases", "category:backpacks"),
    "work": ("category:shirts", "category:slacks", "category:blazers", "category:dress-shoes", "category:loafers"),
    "interview": ("category:suits", "category:shirts", "category:slacks", "category:dress-shoes", "category:blazers"),
    "wedding": ("category:suits", "category:dresses", "category:dress-shoes", "category:blazers", "category:heels"),
    "funeral": ("category:suits", "category:dress-shoes", "color:black"),
    "party": ("category:dresses", "category:heels", "category:jewelry"),
    "beach": ("category:swimwear", "category:sandals", "category:sunscreen", "season:summer"),
    "swimming": ("category:swimwear", "attribute:waterproof"),
    "sleep": ("category:pajamas", "category:bedding", "category:pillows", "attribute:quiet"),
    "skiing": ("attribute:warm", "attribute:waterproof", "category:gloves", "category:padded-jackets"),
    "gaming": ("category:keyboards", "category:mice", "category:headphones"),
    "study": ("category:lamps", "category:desks", "attribute:quiet"),
    "cooking": ("category:cookware", "category:knives", "category:frying-pans"),
    "housewarming": ("category:kitchen", "category:home", "occasion:gift"),
    "birthday": ("occasion:gift",),
    "anniversary": ("occasion:gift",),
    "christmas": ("occasion:gift", "season:winter"),
    "parents-day": ("occasion:gift",),
    "lunar-new-year": ("occasion:gift",),
    "chuseok": ("occasion:gift",),
    "baby-shower": ("audience:baby", "occasion:gift"),
}  # fmt: skip

# an attribute → attributes that go some of the way
NEAR: dict[str, tuple[str, ...]] = {
    "attribute:waterproof": ("attribute:water-resistant", "material:gore-tex"),
    "attribute:water-resistant": ("attribute:waterproof", "material:gore-tex"),
    "attribute:warm": ("material:down", "material:fleece", "material:wool", "season:winter"),
    "attribute:cool-touch": ("attribute:breathable", "material:linen", "season:summer"),
    "attribute:breathable": ("material:mesh", "material:linen", "attribute:cool-touch"),
    "attribute:portable": ("attribute:foldable", "attribute:lightweight"),
    "attribute:hypoallergenic": ("attribute:sensitive-skin", "attribute:fragrance-free"),
    "attribute:sensitive-skin": ("attribute:hypoallergenic", "attribute:fragrance-free"),
    "attribute:wireless": ("attribute:rechargeable",),
}

# kinds of goods that belong to a season whether or not they say so
SEASONS: dict[str, tuple[str, ...]] = {
    "category:padded-jackets": ("winter",),
    "category:winter-boots": ("winter",),
    "category:thermals": ("winter",),
    "category:coats": ("winter", "autumn"),
    "category:fleece-jackets": ("winter", "autumn"),
    "category:sweaters": ("winter", "autumn"),
    "category:gloves": ("winter",),
    "category:scarves": ("winter", "autumn"),
    "category:cardigans": ("spring", "autumn"),
    "category:windbreakers": ("spring", "autumn"),
    "category:swimwear": ("summer",),
    "category:sandals": ("summer",),
    "category:shorts": ("summer",),
    "category:tank-tops": ("summer",),
    "category:fans": ("summer",),
    "category:sunscreen": ("summer", "spring"),
    "category:heaters": ("winter",),
    "category:humidifiers": ("winter",),
    "attribute:warm": ("winter",),
    "attribute:cool-touch": ("summer",),
    "attribute:sleeveless": ("summer",),
    "attribute:short-sleeve": ("summer",),
    "material:down": ("winter",),
    "material:linen": ("summer",),
}

# what is worn, used or bought with what: kind → kinds
GOES_WITH: dict[str, tuple[str, ...]] = {
    "tops": ("bottoms", "outerwear", "sneakers", "bags", "hats"),
    "bottoms": ("tops", "outerwear", "shoes", "belts"),
    "outerwear": ("bottoms", "tops", "shoes", "hats", "scarves", "bags"),
    "dresses": ("cardigans", "outerwear", "heels", "sandals", "bags", "jewelry"),
    "skirts": ("blouses", "sweaters", "shirts", "heels", "boots", "bags"),
    "suits": ("shirts", "dress-shoes", "ties", "belts"),
    "activewear": ("running-shoes", "sneakers", "socks", "bags"),
    "swimwear": ("sandals", "hats", "sunscreen", "bags"),
    "sneakers": ("socks", "pants", "joggers", "activewear", "shoe-care", "bags"),
    "running-shoes": ("socks", "activewear", "shorts", "joggers"),
    "hiking-shoes": ("socks", "windbreakers", "backpacks", "hats"),
    "shoes": ("socks", "pants", "shoe-care", "insoles"),
    "boots": ("socks", "coats", "jeans", "shoe-care"),
    "rain-boots": ("rain-jackets", "umbrellas", "socks"),
    "bags": ("wallets", "outerwear", "scarves"),
    "skincare": ("sunscreen", "cleansers", "makeup", "cotton-pads"),
    "makeup": ("cleansers", "skincare", "makeup-brushes"),
    "hair-care": ("hair-dryers", "towels"),
    "cookware": ("knives", "cutting-boards", "tableware"),
    "tableware": ("cookware", "cups", "cutlery"),
    "cups": ("tea", "coffee", "kettles", "tableware"),
    "kitchen": ("tableware", "cookware", "storage"),
    "bedding": ("pillows", "blankets", "lamps", "pajamas"),
    "dog-food": ("pet-treats", "dog-leashes", "pet-toys"),
    "cat-food": ("pet-treats", "cat-litter", "pet-toys"),
    "pet-food": ("pet-treats", "pet-toys"),
    "dog-leashes": ("dog-food", "pet-treats", "pet-clothes", "pet-toys"),
    "pets": ("pet-food", "pet-treats", "pet-toys", "pet-beds"),
    "headphones": ("phone-cases", "chargers", "speakers"),
    "keyboards": ("mice", "monitors"),
    "mice": ("keyboards", "mouse-pads"),
    "smartphones": ("phone-cases", "chargers", "headphones"),
    "laptops": ("mice", "keyboards", "bags", "chargers"),
    "electronics": ("chargers", "cables", "batteries"),
}

# plain colours go with everything, strong ones with plain ones
PLAIN_COLORS = frozenset(
    {"black", "white", "off-white", "ivory", "gray", "charcoal", "navy", "beige", "cream", "brown"}
)
