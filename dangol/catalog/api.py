"""What other rooms may call of the catalog."""

from dangol.catalog.companions import companion
from dangol.catalog.figures import PriceFigure, StockFigure, set_prices, set_stock
from dangol.catalog.imports.products import FORMATS, UnknownFormat, import_products
from dangol.catalog.imports.reasons import REASONS
from dangol.catalog.imports.reasons import say as say_refusal
from dangol.catalog.imports.reviews import import_reviews
from dangol.catalog.imports.shop import FieldError, import_shop, load_shop, shop_file, store_shop
from dangol.catalog.model import Product, SoldVariant, Variant, say
from dangol.catalog.person_records import held as held_of
from dangol.catalog.routes import routes
from dangol.catalog.search.search import Search
from dangol.catalog.service import product, products, variants
from dangol.catalog.sizing import note_misfit
from dangol.catalog.social import PURPOSE as SOCIAL
from dangol.catalog.social import NoConsent, NothingNamed, SocialKind, forget_social, note_social
from dangol.catalog.stock import commit_stock, expired_holds, hold_stock, release_stock, restock
from dangol.catalog.tastes import (
    ProductName,
    ShopWords,
    adopt_shopper,
    count_noted,
    forget_before,
    forget_shopper,
    note_purchases,
    product_names,
    shop_words,
)

__all__ = [
    "FORMATS",
    "REASONS",
    "SOCIAL",
    "FieldError",
    "NoConsent",
    "NothingNamed",
    "PriceFigure",
    "Product",
    "ProductName",
    "Search",
    "ShopWords",
    "SocialKind",
    "SoldVariant",
    "StockFigure",
    "UnknownFormat",
    "Variant",
    "adopt_shopper",
    "commit_stock",
    "companion",
    "count_noted",
    "expired_holds",
    "forget_before",
    "forget_shopper",
    "forget_social",
    "held_of",
    "hold_stock",
    "import_products",
    "import_reviews",
    "import_shop",
    "load_shop",
    "note_misfit",
    "note_purchases",
    "note_social",
    "product",
    "product_names",
    "products",
    "release_stock",
    "restock",
    "routes",
    "say",
    "say_refusal",
    "set_prices",
    "set_stock",
    "shop_file",
    "shop_words",
    "store_shop",
    "variants",
]
