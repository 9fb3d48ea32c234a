"""The command line: `dangol COMMAND`. Exit codes: 0 done, 1 refused with a reason on stderr, 2 wrong usage.

Groups of commands stand beside (`imports`, `models`, `privacy`, `staff`); what a command does stands in
`dangol/server/commands`.
"""

from __future__ import annotations

import asyncio
import os
import sys
import traceback
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer
from typer.exceptions import TyperException

from dangol.server.cli import imports, keys, models, privacy, report, staff
from dangol.server.cli.options import Data, settings_with
from dangol.server.commands.console import CommandRefused, err, say

app = typer.Typer(
    name="dangol",
    help="A shop assistant that never invents a price, in Korean and English.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(imports.app, name="import")
versions = typer.Typer(help="Understandings the shop has trained.", no_args_is_help=True)
app.add_typer(versions, name="understanding")
policy = typer.Typer(help="What may be done after the sale, and by which rules.", no_args_is_help=True)
app.add_typer(policy, name="policy")
app.add_typer(models.app, name="model")
app.add_typer(staff.app, name="staff")
app.add_typer(keys.app, name="keys")
app.add_typer(report.app, name="report")
app.add_typer(privacy.export, name="export")
app.add_typer(privacy.erase, name="erase")


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
            help="A YAML suite or a folder of them; `conversations` and one; `understanding` and a FILE; or `tau2`.",
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
    tasks: Annotated[
        Path | None,
        typer.Option(
            "--tasks",
            metavar="FILE",
            envvar="DANGOL_TAU2",
            help="Tasks of the τ² retail benchmark (after `tau2`), or the folder of its data.",
        ),
    ] = None,
    database: Annotated[
        Path | None,
        typer.Option("--database", metavar="FILE", help="Its db.json (default: beside the tasks)."),
    ] = None,
    hostile: Annotated[
        int, typer.Option("--hostile", metavar="N", help="Hostile calls made after its tasks.", min=0)
    ] = 0,
    shop: Annotated[
        Path | None,
        typer.Option(
            "--shop",
            metavar="DIR",
            help="Play a suite in the shop whose files lie here, not in the demo shop.",
        ),
    ] = None,
    shopper: Annotated[
        str,
        typer.Option(
            "--shopper",
            metavar="MODEL",
            help="Let this vendor:model play the shoppers of `conversations` that have a goal.",
        ),
    ] = "",
    agent: Annotated[
        str,
        typer.Option("--agent", metavar="MODEL", help="Let this vendor:model serve in `tau2`, or a script."),
    ] = "",
    user: Annotated[
        str,
        typer.Option("--user", metavar="MODEL", help="Let this vendor:model play the customers of `tau2`."),
    ] = "scripted",
    trials: Annotated[
        int, typer.Option("--trials", metavar="K", help="How often each task of `tau2` is played.", min=1)
    ] = 1,
    turns: Annotated[
        int, typer.Option("--turns", metavar="N", help="Messages of a customer of `tau2` at most.", min=1)
    ] = 30,
    told: Annotated[
        Path | None,
        typer.Option("--told", metavar="FILE", help="Write the conversations of `tau2` as JSON lines."),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="TIME",
            help="Play a suite as if it were this moment, as 2026-12-31T23:50+09:00 (default: now).",
        ),
    ] = None,
    data: Data = None,
) -> None:
    """Run a suite of conversations against a fresh shop, or read a file of messages, and print the scores."""
    if str(suite) == "tau2":
        _evaluate_tau2(file or tasks, database, report, hostile, agent, user, trials, turns, told)
        return
    if file is None:
        from dangol.server.commands.evaluating import evaluate_suite

        asyncio.run(evaluate_suite(suite, report, shop, None if at is None else _moment(at)))
        return
    if str(suite) == "conversations":
        from dangol.server.commands.trials import evaluate_conversations

        asyncio.run(evaluate_conversations(file, mind, runs, report, shopper))
        return
    if str(suite) != "understanding":
        raise typer.BadParameter(
            "dangol evaluate understanding FILE, dangol evaluate conversations FILE", param_hint="SUITE"
        )
    from dangol.server.commands.understanding import evaluate_understanding

    evaluate_understanding(settings_with(data=data), file, lang, as_json)


def _moment(written: str) -> datetime:
    """A moment as it is given to an option; without a zone it is of this machine's."""
    try:
        return datetime.fromisoformat(written).astimezone()
    except ValueError as error:
        raise typer.BadParameter(
            say(
                f"모르는 시각이에요: {written}. 2026-12-31T23:50+09:00처럼 적어 주세요.",
                f"{written} is no moment; write it as 2026-12-31T23:50+09:00",
            ),
            param_hint="--at",
        ) from error


def _evaluate_tau2(
    tasks: Path | None,
    database: Path | None,
    report: Path | None,
    hostile: int,
    agent: str,
    user: str,
    trials: int,
    turns: int,
    told: Path | None,
) -> None:
    from dangol.server.commands.tau2 import evaluate_tau2, try_models

    if tasks is None:
        raise typer.BadParameter("dangol evaluate tau2 --tasks FILE", param_hint="--tasks")
    if agent:
        well = asyncio.run(try_models(tasks, database, agent, user, trials, turns, report, told))
    else:
        well = asyncio.run(evaluate_tau2(tasks, database, hostile, report))
    if not well:
        raise typer.Exit(1)


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
    elif isinstance(bug, Refused) and "setting" in bug.details:
        setting, like = bug.details["setting"], bug.details.get("like")
        text = say(f"설정을 확인해 주세요: {setting}", f"check the setting {setting}")
        text += f" ({like})" if like else ""
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
