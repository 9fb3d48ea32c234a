"""The catalog's tools: finding, looking, comparing, sizes, reviews, shelves."""

from __future__ import annotations

from typing import Any

from dangol.catalog import answers, cards, comparing, matching, reviewing, service, sizing, stores
from dangol.catalog.records import fitting, shoppers
from dangol.catalog.search.search import Search
from dangol.contracts.shopfloor import products as words
from dangol.kernel.tools import Policy, Tool, ToolContext

_READ = Policy(effect="read")
_WRITE = Policy(effect="write")


async def look_at_product(ctx: ToolContext, args: words.LookAtProduct) -> words.ProductDetails:
    """Read everything on record about a product: texts, attributes, variants with price and stock, size chart."""
    product = await service.product(ctx.conn, args.product)
    return cards.details(product, ctx.shop, ctx.language)


async def ask_attribute(ctx: ToolContext, args: words.AskAttribute) -> words.AttributeAnswer:
    """Say what the record states of an attribute of a product; nothing stated is nothing said."""
    product = await service.product(ctx.conn, args.product)
    return answers.attribute(product, args, ctx.shop, ctx.language)


async def check_availability(ctx: ToolContext, args: words.CheckAvailability) -> words.Availability:
    """Look up the stock of this moment of a product by colour, size and option."""
    product = await service.product(ctx.conn, args.product)
    return service.availability(product, args, ctx.shop, ctx.language)


async def compare_products(ctx: ToolContext, args: words.CompareProducts) -> words.Comparison:
    """Compare two to four products: what differs, and which meets the stated needs better."""
    products = await service.products(ctx.conn, args.products[:4])
    return comparing.compare(products, args.needs, ctx.shop, ctx.language)


async def read_reviews(ctx: ToolContext, args: words.ReadReviews) -> words.Reviews:
    """Sum up what buyers say of a product by topic, with counts and word-for-word quotes."""
    product = await service.product(ctx.conn, args.product)
    return await reviewing.reviews(ctx.conn, product, args, ctx.shop, ctx.language)


async def advise_size(ctx: ToolContext, args: words.AdviseSize) -> words.SizeAdvice:
    """Say which size of a product to take, from its chart, its fit note, its reviews and what came back."""
    product = await service.product(ctx.conn, args.product)
    fit = await reviewing.fit_of(ctx.conn, product)
    back = await fitting.counts(ctx.conn, product.id)
    return sizing.advise(product, args, fit, ctx.shop, ctx.language, back)


async def list_branches(ctx: ToolContext, args: words.ListBranches) -> words.Branches:
    """Name the shop's branches with address, hours and whether they are open now."""
    return words.Branches(items=tuple(stores.branches(ctx.shop, args.branch, ctx.language, ctx.now)))


async def check_shelf(ctx: ToolContext, args: words.CheckShelf) -> words.Shelves:
    """Look up on which shelf of which branch a product stands now."""
    product = await service.product(ctx.conn, args.product, shelf=True)
    wanted = matching.Wanted(args.colors, args.sizes)
    return stores.shelves(product, args.branch, wanted, ctx.shop, ctx.language, ctx.now)


async def note_view(ctx: ToolContext, args: words.NoteView) -> words.Noted:
    """Remember that the shopper looked at a product, for their own ranking only; nothing when switched off."""
    product = await service.product(ctx.conn, args.product)
    if not ctx.shopper.personal:
        return words.Noted(ok=False)
    await shoppers.note(ctx.conn, ctx.shopper.key, "view", ctx.now, product_id=product.id)
    return words.Noted()


async def note_search(ctx: ToolContext, args: words.NoteSearch) -> words.Noted:
    """Remember what the shopper searched for, for their own ranking only; nothing when switched off."""
    if not ctx.shopper.personal:
        return words.Noted(ok=False)
    await shoppers.note(
        ctx.conn, ctx.shopper.key, "search", ctx.now, text=args.text[:200], categories=args.categories
    )
    return words.Noted()


def tools(search: Search) -> tuple[Tool[Any, Any], ...]:
    """The catalog's tools, those that find bound to this process's search."""

    async def find_products(ctx: ToolContext, args: words.FindProducts) -> words.FoundProducts:
        """Find products that meet the wishes, best first, each with the reasons why."""
        return await search.find(ctx, args)

    async def similar_products(ctx: ToolContext, args: words.SimilarProducts) -> words.FoundProducts:
        """Find products like one, under the same wishes."""
        product = await service.product(ctx.conn, args.product)
        return await search.similar(ctx, product, args)

    async def matching_products(ctx: ToolContext, args: words.MatchingProducts) -> words.FoundProducts:
        """Find what goes with a product: bought together or matching, in stock, never the same kind of thing."""
        product = await service.product(ctx.conn, args.product)
        return await search.matching(ctx, product, args)

    return (
        Tool(find_products, words.FindProducts, words.FoundProducts, _READ),
        Tool(similar_products, words.SimilarProducts, words.FoundProducts, _READ),
        Tool(matching_products, words.MatchingProducts, words.FoundProducts, _READ),
        Tool(look_at_product, words.LookAtProduct, words.ProductDetails, _READ),
        Tool(ask_attribute, words.AskAttribute, words.AttributeAnswer, _READ),
        Tool(check_availability, words.CheckAvailability, words.Availability, _READ),
        Tool(compare_products, words.CompareProducts, words.Comparison, _READ),
        Tool(read_reviews, words.ReadReviews, words.Reviews, _READ),
        Tool(advise_size, words.AdviseSize, words.SizeAdvice, _READ),
        Tool(list_branches, words.ListBranches, words.Branches, _READ),
        Tool(check_shelf, words.CheckShelf, words.Shelves, _READ),
        Tool(note_view, words.NoteView, words.Noted, _WRITE),
        Tool(note_search, words.NoteSearch, words.Noted, _WRITE),
    )
