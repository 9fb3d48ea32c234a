"""The shapes of what the storefront's pages read."""

from __future__ import annotations

from dangol.contracts.shopfloor.products import FacetValue
from dangol.kernel.blocks import Price, ProductItem
from dangol.kernel.model import Value
from dangol.kernel.shop import Contact


class BranchInfo(Value):
    """A branch as the footer shows it."""

    code: str
    name: str
    address: str
    phone: str | None
    hours: dict[str, str]
    pickup: bool


class CategoryInfo(Value):
    """A kind of goods, the department it stands in ("" for none), and how many there are."""

    slug: str
    title: str
    department: str
    count: int


class AssistantInfo(Value):
    """How the assistant is called."""

    name: str


class Store(Value):
    """The shop as it presents itself."""

    name: str
    languages: tuple[str, ...]
    locale: str
    currency: str
    time_zone: str
    hours: dict[str, str]
    branches: tuple[BranchInfo, ...]
    contact: Contact
    assistant: AssistantInfo
    categories: tuple[CategoryInfo, ...]


class PriceRange(Value):
    """The lowest and highest price found, in minor units."""

    min: Price
    max: Price


class Found(Value):
    """One page of what was found."""

    items: tuple[ProductItem, ...]
    total: int
    page: int
    pages: int
    facets: dict[str, tuple[FacetValue, ...] | PriceRange]
    loosened: tuple[str, ...] = ()


class NamedValue(Value):
    """A name and its value."""

    name: str
    value: str


class OptionValue(Value):
    """A value of an option: the one to send back, and how it is shown."""

    value: str
    label: str


class OptionInfo(Value):
    """An option and its values in the order of the shop."""

    name: str
    values: tuple[OptionValue, ...]


class VariantInfo(Value):
    """A variant; `left` is told only when few are."""

    sku: str
    options: dict[str, str]
    price: Price
    compare_at: Price | None
    in_stock: bool
    left: int | None
    image: str


class ShelfInfo(Value):
    """Whether a branch has it."""

    branch: str
    name: str
    in_stock: bool


class SizeChart(Value):
    """Measures by size."""

    unit: str
    rows: tuple[dict[str, str | float], ...]


class Detail(Value):
    """Everything a product page shows."""

    product: str
    title: str
    brand: str
    category: str
    description_html: str
    attributes: tuple[NamedValue, ...]
    options: tuple[OptionInfo, ...]
    variants: tuple[VariantInfo, ...]
    images: tuple[str, ...]
    rating: float | None
    reviews_count: int
    shelf: tuple[ShelfInfo, ...]
    size_chart: SizeChart | None = None
    fit_note: str | None = None
    tags: tuple[str, ...] = ()
