"""`dangol import …`: a shop's own data."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated, Literal

import typer

from dangol.server.cli.options import Data, File, Report, settings_with
from dangol.server.commands.console import say

app = typer.Typer(help="Take over a shop's own data.", no_args_is_help=True)


@app.command("shop")
def import_shop(
    file: Annotated[Path | None, typer.Argument(metavar="FILE")] = None,
    schema: Annotated[bool, typer.Option("--schema", help="Print the JSON Schema of the shop file.")] = False,
    data: Data = None,
) -> None:
    """Take over the shop file: whole, or not at all with every wrong field named."""
    if schema:
        from dangol.kernel.shop import Shop

        typer.echo(json.dumps(Shop.model_json_schema(), ensure_ascii=False, indent=2))
        return
    if file is None:
        raise typer.BadParameter(say("FILE이 필요해요 (또는 --schema)", "FILE is missing (or --schema)"))
    from dangol.server.commands.imports import import_shop_file

    asyncio.run(import_shop_file(settings_with(data=data), file))


def _take_over(kind: str, file: Path, format: str | None, data: Path | None, report: Path | None) -> None:
    from dangol.server.commands.imports import import_file

    asyncio.run(import_file(settings_with(data=data), kind, file, format, report))


@app.command("products")
def import_products(
    file: File,
    format: Annotated[
        Literal["shopify-csv", "woocommerce-csv", "json"],
        typer.Option("--format", help="How the file is written."),
    ] = "shopify-csv",
    data: Data = None,
    report: Report = None,
) -> None:
    """Take over products from a Shopify or WooCommerce CSV or from JSON."""
    _take_over("products", file, format, data, report)


@app.command("orders")
def import_orders(
    file: File,
    format: Annotated[
        Literal["shopify-csv"], typer.Option("--format", help="How the file is written.")
    ] = "shopify-csv",
    data: Data = None,
    report: Report = None,
) -> None:
    """Take over orders from a Shopify CSV."""
    _take_over("orders", file, format, data, report)


@app.command("customers")
def import_customers(
    file: File,
    format: Annotated[
        Literal["shopify-csv"], typer.Option("--format", help="How the file is written.")
    ] = "shopify-csv",
    data: Data = None,
    report: Report = None,
) -> None:
    """Take over customers from a Shopify CSV."""
    _take_over("customers", file, format, data, report)


@app.command("reviews")
def import_reviews(file: File, data: Data = None, report: Report = None) -> None:
    """Take over reviews from a CSV."""
    _take_over("reviews", file, None, data, report)


@app.command("articles")
def import_articles(
    place: Annotated[
        str,
        typer.Argument(
            metavar="DIR", help="A folder of Markdown, HTML, PDF and CSV files, or a page's address."
        ),
    ],
    data: Data = None,
    report: Report = None,
) -> None:
    """Take over articles: policies and FAQ, from files or from a page of the shop's site."""
    from dangol.server.commands.pages import fetch, is_address

    folder = fetch(place, settings_with(data=data).data) if is_address(place) else Path(place)
    _take_over("articles", folder, None, data, report)


@app.command("conversations")
def import_conversations(file: File, data: Data = None, report: Report = None) -> None:
    """Take over past enquiries (CSV or JSON), masked; propose intents, and frequent questions without an article."""
    _take_over("conversations", file, None, data, report)
