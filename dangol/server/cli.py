"""The command line: `dangol COMMAND`. Exit codes: 0 done, 1 refused with a reason on stderr, 2 wrong usage.

More than 400 lines: every command with its options stands here, and nothing else does.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import traceback
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.exceptions import TyperException

from dangol.server.commands.console import CommandRefused, err, say

app = typer.Typer(
    name="dangol",
    help="A shop assistant that never invents a price, in Korean and English.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
imports = typer.Typer(help="Take over a shop's own data.", no_args_is_help=True)
app.add_typer(imports, name="import")
versions = typer.Typer(help="Understandings the shop has trained.", no_args_is_help=True)
app.add_typer(versions, name="understanding")
policy = typer.Typer(help="What may be done after the sale, and by which rules.", no_args_is_help=True)
app.add_typer(policy, name="policy")
models = typer.Typer(help="The language model, where one is used.", no_args_is_help=True)
app.add_typer(models, name="model")

Data = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Data folder (default ./dangol-data, or DANGOL_DATA)."),
]
Report = Annotated[
    Path | None, typer.Option("--report", metavar="FILE", help="Write every refused row as JSON.")
]
File = Annotated[Path, typer.Argument(metavar="FILE")]


def settings_with(**flags: Any) -> Any:
    """The settings of the environment and `.env`, flags first. Raises CommandRefused naming what is wrong."""
    from pydantic import ValidationError

    from dangol.server.settings import Settings

    try:
        return Settings(**{name: value for name, value in flags.items() if value is not None})
    except ValidationError as no:
        wrong = "; ".join(f"DANGOL_{str(e['loc'][0]).upper()}: {e['msg']}" for e in no.errors() if e["loc"])
        raise CommandRefused(say(f"설정이 잘못됐어요: {wrong}", f"wrong settings: {wrong}")) from no


@app.command()
def demo(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Address to serve on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on.", min=0, max=65535)] = None,
) -> None:
    """Run the demo shop: embedded database, storefront with the chat, in one process."""
    from dangol.server.commands.serving import run_demo

    run_demo(settings_with(data=data, host=host, port=port))


@app.command()
def serve(
    data: Data = None,
    host: Annotated[str | None, typer.Option(help="Address to serve on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to serve on.", min=0, max=65535)] = None,
    workers: Annotated[
        int | None, typer.Option(help="Server processes that share the address.", min=1, max=64)
    ] = None,
) -> None:
    """Run the server for a real shop; settings from DANGOL_… in the environment, .env or flags."""
    from dangol.server.commands.serving import run_server

    run_server(settings_with(data=data, host=host, port=port, workers=workers))


@imports.command("shop")
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


@imports.command("products")
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


@imports.command("orders")
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


@imports.command("customers")
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


@imports.command("reviews")
def import_reviews(file: File, data: Data = None, report: Report = None) -> None:
    """Take over reviews from a CSV."""
    _take_over("reviews", file, None, data, report)


@imports.command("articles")
def import_articles(
    folder: Annotated[Path, typer.Argument(metavar="DIR")], data: Data = None, report: Report = None
) -> None:
    """Take over Markdown articles: policies and FAQ."""
    _take_over("articles", folder, None, data, report)


@imports.command("conversations")
def import_conversations(file: File, data: Data = None, report: Report = None) -> None:
    """Take over past enquiries (CSV or JSON), masked; propose intents, and frequent questions without an article."""
    _take_over("conversations", file, None, data, report)


@app.command()
def understand(
    lang: Annotated[str | None, typer.Option("--lang", metavar="xx", help="Language of the lines.")] = None,
    data: Data = None,
) -> None:
    """Read lines from stdin (text, or JSON with text and context) and print how each is understood."""
    from dangol.server.commands.understanding import understand_stdin

    understand_stdin(settings_with(data=data), lang)


@app.command()
def chat(
    lang: Annotated[str | None, typer.Option("--lang", metavar="xx", help="Language to begin with.")] = None,
    data: Data = None,
) -> None:
    """Talk to the shop in the terminal."""
    from dangol.server.commands.talking import chat_in_terminal

    asyncio.run(chat_in_terminal(settings_with(data=data), lang))


@app.command()
def evaluate(
    suite: Annotated[
        Path,
        typer.Argument(
            metavar="SUITE",
            help="A YAML suite, a folder of them, `conversations` and one, or `understanding` and a FILE of messages.",
        ),
    ],
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="JSON lines: text, context, intents, entities, tags (after `understanding`)."
        ),
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE", help="Write the scores of a suite as JSON.")
    ] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", metavar="xx", help="Language of the messages.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Figures of the understanding as JSON.")] = False,
    mind: Annotated[
        str,
        typer.Option(
            "--mind", metavar="NAME", help="Who answers `conversations`: embedded, or vendor:model."
        ),
    ] = "embedded",
    runs: Annotated[
        int,
        typer.Option("--runs", metavar="K", help="How often each of the `conversations` is played.", min=1),
    ] = 1,
    data: Data = None,
) -> None:
    """Run a suite of conversations against a fresh shop, or read a file of messages, and print the scores."""
    if file is None:
        from dangol.server.commands.evaluating import evaluate_suite

        asyncio.run(evaluate_suite(suite, report))
        return
    if str(suite) == "conversations":
        from dangol.server.commands.trials import evaluate_conversations

        asyncio.run(evaluate_conversations(file, mind, runs, report))
        return
    if str(suite) != "understanding":
        raise typer.BadParameter(
            "dangol evaluate understanding FILE, dangol evaluate conversations FILE", param_hint="SUITE"
        )
    from dangol.server.commands.understanding import evaluate_understanding

    evaluate_understanding(settings_with(data=data), file, lang, as_json)


@policy.command("explain")
def explain_policy(
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help='Such as "return #1003 line 2 defect", "cancel #1003".')
    ],
    role: Annotated[Literal["customer", "staff"], typer.Option("--as", help="Who asks.")] = "customer",
    on: Annotated[
        datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="As of this day (default: today).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the rules as JSON.")] = False,
    data: Data = None,
) -> None:
    """Print the chain of rules that allows or refuses something with an order; nothing is done."""
    from dangol.server.commands import policy as command

    day = on.date() if on else None
    asyncio.run(
        command.explain_policy(settings_with(data=data), question, role=role, on=day, as_json=as_json)
    )


@app.command()
def doctor(data: Data = None) -> None:
    """Say what is configured, reachable and missing, each with the mend."""
    from dangol.server.commands.doctor import examine

    if not asyncio.run(examine(settings_with(data=data))):
        raise typer.Exit(1)


@models.command("blocks")
def list_blocks(
    most: Annotated[int, typer.Option("--most", help="How many to show, newest first.", min=1)] = 50,
    data: Data = None,
) -> None:
    """Show what the truth check held back: when, in which conversation, what was said and why it was not sent."""
    from dangol.server.commands.audit import show_blocks

    asyncio.run(show_blocks(settings_with(data=data), most))


@models.command("costs")
def list_costs(
    days: Annotated[int, typer.Option("--days", help="How many days back.", min=1)] = 7, data: Data = None
) -> None:
    """Show what language models used and cost: by day, by conversation and by conversation that ended without a person."""
    from dangol.server.commands.audit import show_costs

    asyncio.run(show_costs(settings_with(data=data), days))


@models.command("stage")
def set_stage(
    stage: Annotated[
        Literal["faq", "understanding", "answers", "first", "full"] | None,
        typer.Argument(metavar="STAGE", help="The most any shopper gets; without it the stages are shown."),
    ] = None,
    data: Data = None,
) -> None:
    """Show how far the assistant goes, or hold everybody at a stage at once (`full` takes the hold away)."""
    from dangol.server.commands.audit import hold_stage

    asyncio.run(hold_stage(settings_with(data=data), stage))


@models.command("test")
def try_model(data: Data = None) -> None:
    """Try the language model: chat, tools, streaming, JSON, with the seconds, tokens and money each took."""
    from dangol.server.commands.models import try_models

    if not asyncio.run(try_models(settings_with(data=data))):
        raise typer.Exit(1)


staff = typer.Typer(help="People who answer at the desk.", no_args_is_help=True)
app.add_typer(staff, name="staff")
Email = Annotated[str, typer.Argument(metavar="EMAIL")]


@staff.command("add")
def add_staff(
    email: Email,
    name: Annotated[str, typer.Option("--name", help="Name shoppers see.")],
    role: Annotated[
        Literal["owner", "manager", "agent", "editor"], typer.Option("--role", help="What they may do.")
    ] = "agent",
    languages: Annotated[
        str, typer.Option("--languages", help="Languages they answer in, separated by commas.")
    ] = "",
    data: Data = None,
) -> None:
    """Make an account for somebody of staff; the password is asked for, or read from stdin."""
    from dangol.server.commands.people import add

    asyncio.run(add(settings_with(data=data), email, name, role, _split(languages)))


def _split(written: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in written.split(",") if part.strip())


@staff.command("list")
def list_staff(data: Data = None) -> None:
    """List the accounts of staff."""
    from dangol.server.commands.people import show_all

    asyncio.run(show_all(settings_with(data=data)))


@staff.command("disable")
def disable_staff(email: Email, data: Data = None) -> None:
    """Switch an account off; its sessions end."""
    from dangol.server.commands.people import disable

    asyncio.run(disable(settings_with(data=data), email))


@staff.command("reset")
def reset_staff(email: Email, data: Data = None) -> None:
    """Give somebody a new password; their sessions end and their second factor is off."""
    from dangol.server.commands.people import reset

    asyncio.run(reset(settings_with(data=data), email))


@app.command()
def train(
    own: Annotated[
        Path | None,
        typer.Option(
            "--own",
            metavar="DIR",
            help="Your own examples, <intent>.txt with one message a line (default: `understanding` in the data folder).",
        ),
    ] = None,
    stories: Annotated[
        Path | None,
        typer.Option(
            "--stories",
            metavar="SUITE",
            help="Play this suite before and after; publish nothing if a story gets worse.",
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Train the understanding anew from its corpus, your own examples and what staff have taught; print what changed."""
    from dangol.server.commands.training import train as train_and_publish

    asyncio.run(train_and_publish(settings_with(data=data), own, stories))


@versions.command("list")
def list_versions(data: Data = None) -> None:
    """Show every understanding the shop has trained, and which one reads."""
    from dangol.server.commands.versions import list_versions as show

    asyncio.run(show(settings_with(data=data)))


@versions.command("publish")
def publish_version(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="A number, or `shipped`.")],
    data: Data = None,
) -> None:
    """Let a version read from now on, in running servers too."""
    from dangol.server.commands.versions import publish_version as publish

    asyncio.run(publish(settings_with(data=data), version))


@versions.command("rollback")
def roll_back(data: Data = None) -> None:
    """Let the version read that read before."""
    from dangol.server.commands.versions import roll_back as go_back

    asyncio.run(go_back(settings_with(data=data)))


@app.command()
def version() -> None:
    """Print the release."""
    from dangol.server.release import release

    typer.echo(release())


def main() -> None:
    """Run a command; whatever goes wrong is said in a sentence."""
    sys.exit(run(sys.argv[1:]))


def run(args: list[str]) -> int:
    """Run a command and return its exit code."""
    command = typer.main.get_command(app)
    try:
        code = command.main(args=args, prog_name="dangol", standalone_mode=False)
    except TyperException as wrong:
        err.print(wrong.format_message(), markup=False, highlight=False)
        err.print(
            say("쓰는 법: dangol --help, dangol 명령 --help", "usage: dangol --help, dangol COMMAND --help")
        )
        return wrong.exit_code
    except (KeyboardInterrupt, typer.Abort):
        err.print(say("멈췄어요.", "Stopped."))
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as bug:
        return _explain(bug)
    return int(code or 0)


def _explain(bug: Exception) -> int:
    """Say why a command ended; the trace only where it was asked for."""
    from dangol.kernel.errors import Refused
    from dangol.kernel.imports import say_refused_file
    from dangol.server.commands.console import language
    from dangol.server.postgres import DatabaseDown

    if isinstance(bug, CommandRefused | DatabaseDown):
        text = str(bug)
    elif isinstance(bug, Refused):
        text = say_refused_file(bug, language())
    else:
        text = say(
            f"저희 쪽 문제로 끝났어요 ({type(bug).__name__}). DANGOL_LOG_LEVEL=debug로 다시 실행하면 자세히 보여요.",
            f"this is a fault of ours ({type(bug).__name__}); run again with DANGOL_LOG_LEVEL=debug for the details",
        )
        if os.environ.get("DANGOL_LOG_LEVEL") == "debug":
            traceback.print_exception(bug)
    err.print(f"dangol: {text}", markup=False, highlight=False)
    return 1
