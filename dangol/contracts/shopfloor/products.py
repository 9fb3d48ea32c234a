"""Products: finding, looking at, comparing, sizes, reviews, shelves."""

from __future__ import annotations

from typing import Literal

from dangol.contracts.shopfloor.wishes import MeasureWish as MeasureWish
from dangol.contracts.shopfloor.wishes import SizeWish as SizeWish
from dangol.contracts.shopfloor.wishes import Sort as Sort
from dangol.contracts.shopfloor.wishes import Wishes as Wishes
from dangol.contracts.shopfloor.wishes import WishKind as WishKind
from dangol.kernel.model import Value
from dangol.kernel.money import Money


class FindProducts(Value):
    """Find products that meet the wishes. `avoid` are handles not to show again."""

    wishes: Wishes
    sort: Sort = "relevance"
    limit: int = 3
    offset: int = 0
    avoid: tuple[str, ...] = ()
    in_stock_only: bool = True
    personal: bool = True
    facets: bool = False


class Reason(Value):
    """Why a product is proposed: a kind and the shop's own word for it (`attribute` "방수")."""

    kind: Literal[
        "category", "color", "size", "price", "attribute", "material", "audience", "occasion", "brand",
        "rating", "bestseller", "personal", "season", "similar", "bought_together", "goes_with", "discount", "words",
    ]  # fmt: skip
    value: str = ""


class ProductCard(Value):
    """A product as it is proposed; `sku` is the variant that meets the wishes best, when one does."""

    product: str
    sku: str | None = None
    title: str
    brand: str = ""
    category: str = ""
    price: Money
    price_to: Money | None = None  # the dearest variant, when prices differ
    compare_at: Money | None = None
    image: str = ""
    url: str = ""
    in_stock: bool
    options: dict[str, str] = {}
    rating: float | None = None
    reviews: int = 0
    reasons: tuple[Reason, ...] = ()


class FacetValue(Value):
    """One value of a facet, how it is called, what it lies in (a kind of goods in its department), and how many have it."""

    value: str
    label: str
    count: int
    within: str = ""


class Loosened(Value):
    """A wish that had to be given up so that anything could be shown, and what its value is called."""

    kind: WishKind
    value: str = ""
    label: str = ""


class NarrowingQuestion(Value):
    """The one question that would halve the choice, with its answers."""

    facet: Literal["category", "color", "audience", "price", "size", "attribute", "brand"]
    values: tuple[FacetValue, ...]


class FoundProducts(Value):
    """What was found, best first; `loosened` is empty when every wish was met."""

    items: tuple[ProductCard, ...]
    total: int
    loosened: tuple[Loosened, ...] = ()
    question: NarrowingQuestion | None = None
    facets: dict[str, tuple[FacetValue, ...]] = {}


class SimilarProducts(Value):
    """Find products like one, under the same wishes (its size in stock, cheaper than it …)."""

    product: str
    wishes: Wishes = Wishes()
    cheaper: bool = False
    limit: int = 3


class MatchingProducts(Value):
    """Find what goes with a product: bought together or matching, in stock, never the same kind of thing."""

    product: str
    wishes: Wishes = Wishes()
    limit: int = 3


class LookAtProduct(Value):
    """Read everything on record about a product."""

    product: str


class VariantView(Value):
    """A variant with the stock of this moment; `left` is told only when few are left."""

    sku: str
    options: dict[str, str]
    color: str | None = None  # slug
    size: SizeWish | None = None
    price: Money
    compare_at: Money | None = None
    stock: int
    image: str = ""


class Attribute(Value):
    """An attribute on record; `slugs` are the words of the word tables it stands for."""

    name: str
    value: str
    slugs: tuple[str, ...] = ()


class SizeRow(Value):
    """One row of a size chart: the size and its measures."""

    size: str
    measures: dict[str, float]


class ProductDetails(Value):
    """Everything on record about a product, in the language asked."""

    card: ProductCard
    description: str
    attributes: tuple[Attribute, ...]
    option_names: tuple[str, ...]
    variants: tuple[VariantView, ...]
    tags: tuple[str, ...] = ()
    size_chart: tuple[SizeRow, ...] = ()
    size_unit: str = ""
    fit_note: str = ""
    images: tuple[str, ...] = ()


class AskAttribute(Value):
    """Does the record say this of a product? `asked` are the shopper's words; slugs of the tables where known."""

    product: str
    asked: str
    slugs: tuple[str, ...] = ()


class AttributeAnswer(Value):
    """What the record states: the matching attributes and sentences of the description; none: not stated."""

    product: str
    title: str
    stated: tuple[Attribute, ...]
    sentences: tuple[str, ...] = ()
    holds: bool | None = None  # True/False when the question was a yes/no one the record settles


class CheckAvailability(Value):
    """Stock at this moment of a product's variants, narrowed by what was said of colour and size.

    `audience` settles whose size is meant ("men's size 10") where the product is for anybody.
    """

    product: str
    colors: tuple[str, ...] = ()
    sizes: tuple[SizeWish, ...] = ()
    options: dict[str, str] = {}
    audience: str | None = None


class Availability(Value):
    """The variants that match what was said, those of the product that do not, and whether the size is sold at all.

    `unknown` holds what was asked and the product never comes in ("size 300").
    """

    card: ProductCard
    matching: tuple[VariantView, ...]
    others: tuple[VariantView, ...] = ()
    unknown: tuple[str, ...] = ()
    ambiguous_size: tuple[VariantView, ...] = ()  # "9": what it would be for men, for women …


class CompareProducts(Value):
    """Compare two to four products; `needs` are the shopper's stated wishes, for the advice."""

    products: tuple[str, ...]
    needs: Wishes = Wishes()


class ComparedRow(Value):
    """An attribute in which they differ; "" where the record does not state it."""

    attribute: str
    values: tuple[str, ...]


class Comparison(Value):
    """What differs, and which one meets the need better and by what (None: no difference in that)."""

    cards: tuple[ProductCard, ...]
    rows: tuple[ComparedRow, ...]
    best: str | None = None
    because: tuple[Reason, ...] = ()


class ReadReviews(Value):
    """Reviews of a product, summed up by topic; filters narrow what is counted and quoted."""

    product: str
    topic: str | None = None
    rating_min: int | None = None
    rating_max: int | None = None
    option: str | None = None
    limit: int = 3


class TopicView(Value):
    """A topic with counts over the reviews filtered, and quotes that stand in them word for word."""

    topic: str
    label: str
    positive: int
    negative: int
    quotes: tuple[str, ...]


class ReviewView(Value):
    """One review as it was written."""

    rating: int
    title: str
    body: str
    author: str
    created_at: str
    verified: bool
    options: dict[str, str] = {}


class Reviews(Value):
    """Reviews of a product; positive means 4 or 5 stars, negative 1 or 2."""

    card: ProductCard
    rating: float | None
    count: int
    positive: int
    negative: int
    topics: tuple[TopicView, ...]
    items: tuple[ReviewView, ...]


class AdviseSize(Value):
    """Which size fits: the usual size, a measure, a wide foot; what is known of the shopper."""

    product: str
    usual: SizeWish | None = None
    foot_length_mm: float | None = None
    wide: bool = False
    audience: str | None = None


class SizeAdvice(Value):
    """The size to take, or what must be asked first; `grounds` say from what."""

    card: ProductCard
    size: str | None
    sku: str | None = None
    in_stock: bool = False
    needs: Literal["usual_size", "system", "nothing"] = "nothing"
    grounds: tuple[Literal["chart", "fit_note", "reviews", "returns", "usual"], ...] = ()
    fit_note: str = ""
    small: int = 0  # reviews that say it runs small
    large: int = 0
    true_to_size: int = 0
    back_small: int = 0  # returns for being too small
    back_large: int = 0
    sizes: tuple[str, ...] = ()


class ListBranches(Value):
    """The shop's branches; one of them when named."""

    branch: str | None = None


class BranchView(Value):
    """A branch: where, when open, whether open now."""

    code: str
    name: str
    address: str
    phone: str | None
    hours: dict[str, str]
    open_now: bool
    pickup: bool


class Branches(Value):
    """Branches of the shop."""

    items: tuple[BranchView, ...]


class CheckShelf(Value):
    """Is a product on the shelf of a branch, narrowed by colour and size? All branches when none is named."""

    product: str
    branch: str | None = None
    colors: tuple[str, ...] = ()
    sizes: tuple[SizeWish, ...] = ()


class ShelfLine(Value):
    """A variant on a shelf."""

    branch: BranchView
    sku: str
    options: dict[str, str]
    quantity: int
    place: str = ""


class Shelves(Value):
    """What stands on which shelf now; empty when none does."""

    card: ProductCard
    lines: tuple[ShelfLine, ...]
    asked: BranchView | None = None


class NoteView(Value):
    """The shopper looked at a product (page or card); used for this person's ranking only."""

    product: str


class NoteSearch(Value):
    """The shopper searched for something; used for this person's ranking only."""

    text: str
    categories: tuple[str, ...] = ()


class Noted(Value):
    """It is noted."""

    ok: bool = True
