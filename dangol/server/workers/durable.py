"""The queue under the chores: DBOS on the shop's own PostgreSQL. Imported when the workers start, as it is heavy."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from dbos import DBOS, DBOSConfig, SetWorkflowID

from dangol.server.workers.chores import Chores, Job

_QUEUE = "chores"
_AT_ONCE = 8  # chores done by one process at the same time
_GLANCE = 0.25  # seconds between two looks at the queue
_AGAIN = timedelta(minutes=10)  # what was queued and is still not done is queued anew so much later
_KEPT = timedelta(days=2)  # how long finished work stays on record
_VERSION = "1"  # of the shapes below: work queued under another version waits for a process that knows it

_chores: Chores | None = None


def _on_duty() -> Chores:
    if _chores is None:
        raise RuntimeError("the workers are not started")
    return _chores


async def _do(chore: str, args: list[str]) -> None:
    await _on_duty().do(chore, args)


async def _keep_house() -> None:
    await _on_duty().keep_house()


async def _watch_orders() -> None:
    await _on_duty().watch_orders()


async def _follow_up() -> None:
    await _on_duty().follow_up()


async def _forget_prompts() -> None:
    await _on_duty().forget_prompts()


async def _forget_old() -> None:
    await _on_duty().forget_old()


async def _reseal() -> None:
    await _on_duty().reseal()


async def _reckon() -> None:
    await _on_duty().reckon()


async def _unsaid() -> list[list[Any]]:
    return [[job.chore, list(job.args), job.attempt] for job in await _on_duty().unsaid()]


@DBOS.workflow(name="chore")
async def do_chore(chore: str, args: list[str]) -> None:
    """One chore; what fails for want of a database is tried again a few times, then at the next sweep."""
    await DBOS.run_step_async(
        {"name": chore, "retries_allowed": True, "max_attempts": 4, "interval_seconds": 1.0}, _do, chore, args
    )


@DBOS.workflow(name="sweep")
async def sweep(at: datetime, _context: Any) -> None:
    """Keep time for the shop and queue whatever is due and unsaid."""
    await DBOS.run_step_async({"name": "keep_house"}, _keep_house)
    found = await DBOS.run_step_async({"name": "unsaid"}, _unsaid)
    bucket = int(at.timestamp() // _AGAIN.total_seconds())
    for chore, args, attempt in found:
        job = Job(chore, tuple(args), attempt)
        with SetWorkflowID(f"{job.id}:{bucket}"):
            await DBOS.enqueue_workflow_async(_QUEUE, do_chore, chore, args)


@DBOS.workflow(name="watch")
async def watch(_at: datetime, _context: Any) -> None:
    """Look at every order under way, which will come late, and at what was delivered some days ago."""
    await DBOS.run_step_async({"name": "watch_orders"}, _watch_orders)
    await DBOS.run_step_async({"name": "follow_up"}, _follow_up)


@DBOS.workflow(name="tidy")
async def tidy(at: datetime, _context: Any) -> None:
    """Take finished work off the record, and what was kept for the audit long enough; look who is likely to
    leave."""
    await DBOS.run_step_async({"name": "forget_prompts"}, _forget_prompts)
    await DBOS.run_step_async({"name": "forget_old"}, _forget_old)
    await DBOS.run_step_async({"name": "reseal"}, _reseal)
    await DBOS.run_step_async({"name": "reckon"}, _reckon)
    before = (at - _KEPT).isoformat()
    old = await DBOS.list_workflows_async(
        completed_before=before, limit=5000, load_input=False, load_output=False
    )
    if old:
        await DBOS.delete_workflows_async([one.workflow_id for one in old])


async def start(chores: Chores, database_url: str) -> None:
    """Begin working: the queue, the clock's own chores, and at once whatever a former run left unsaid."""
    global _chores
    _chores = chores
    config: DBOSConfig = {
        "name": "dangol",
        "system_database_url": database_url,
        "application_version": _VERSION,
        "log_level": "ERROR",
        "sys_db_pool_size": 6,
        "max_executor_threads": 12,
        "scheduler_polling_interval_sec": 30.0,
    }
    DBOS(config=config)
    DBOS.launch()
    await DBOS.register_queue_async(_QUEUE, worker_concurrency=_AT_ONCE, polling_interval_sec=_GLANCE)
    await DBOS.apply_schedules_async(
        [
            {"schedule_name": "sweep", "workflow_fn": sweep, "schedule": "*/30 * * * * *"},
            {"schedule_name": "watch", "workflow_fn": watch, "schedule": "0 */20 * * * *"},
            {"schedule_name": "tidy", "workflow_fn": tidy, "schedule": "0 7 * * * *"},
        ]
    )
    await DBOS.start_workflow_async(sweep, chores.now(), None)


async def enqueue(jobs: Iterable[Job]) -> None:
    """Queue chores; one that was queued before is not queued again."""
    for job in jobs:
        with SetWorkflowID(job.id):
            await DBOS.enqueue_workflow_async(_QUEUE, do_chore, job.chore, list(job.args))


def stop() -> None:
    """End working; what is under way is taken up again at the next start."""
    global _chores
    DBOS.destroy(workflow_completion_timeout_sec=3)
    _chores = None
