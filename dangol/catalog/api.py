"""What other rooms may call of the catalog."""

from dangol.catalog.imports.products import FORMATS, UnknownFormat, import_products
from dangol.catalog.imports.reasons import REASONS
from dangol.catalog.imports.reasons import say as say_refusal
from dangol.catalog.imports.reviews import import_reviews
from dangol.catalog.imports.shop import FieldError, import_shop, load_shop, store_shop
from dangol.catalog.model import SoldVariant
from dangol.catalog.service import product, products, variants
from dangol.catalog.stock import commit_stock, expired_holds, hold_stock, release_stock

__all__ = [
    "FORMATS",
    "REASONS",
    "FieldError",
    "SoldVariant",
    "UnknownFormat",
    "commit_stock",
    "expired_holds",
    "hold_stock",
    "import_products",
    "import_reviews",
    "import_shop",
    "load_shop",
    "product",
    "products",
    "release_stock",
    "say_refusal",
    "store_shop",
    "variants",
]
