"""What whoever knows where parcels are must keep to; a new one adds its bench and no test of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from connect import tracker_peers
from connect.loopback import free_socket, serving
from connect.tracker_peers import GOOD, KEY, UNKNOWN, Peer

from dangol.connect.index import TRACKERS
from dangol.connect.trackers.easypost.connection import EasyPost
from dangol.connect.trackers.sweettracker.connection import SweetTracker
from dangol.contracts.tracker import ParcelUnknown, Tracker, TrackerRefused, TrackerUnreachable


@dataclass
class Bench:
    """A vendor with its peer."""

    peer: Callable[[], Peer]
    made: Callable[[str, str], Tracker]  # (key, address)


BENCHES: dict[str, Bench] = {
    "sweettracker": Bench(tracker_peers.sweettracker, lambda key, url: SweetTracker(key, address=url)),
    "easypost": Bench(tracker_peers.easypost, lambda key, url: EasyPost(key, address=url)),
}


def test_every_tracker_has_a_bench() -> None:
    assert {card.name for card in TRACKERS} == set(BENCHES)


@pytest.mark.parametrize("name", sorted(BENCHES))
async def test_a_parcel_is_told_of_in_our_words(name: str) -> None:
    bench = BENCHES[name]
    peer = bench.peer()
    async with serving(peer.app, free_socket()) as url:
        tracker = bench.made(KEY, url)
        assert (tracker.name, tracker.follows(peer.carrier)) == (name, True)
        assert not tracker.follows("xx.nobody")
        report = await tracker.where(peer.carrier, GOOD)
    assert report.status == "out_for_delivery"
    assert len(report.scans) == 3
    moments = [scan.at for scan in report.scans]
    assert moments == sorted(moments)
    assert all(scan.at.tzinfo is not None and scan.place and scan.text for scan in report.scans)
    assert report.scans[-1].status == "out_for_delivery"
    assert (report.eta is not None) == ("expected_day" in _capabilities(name))
    assert "홍기사" not in report.model_dump_json()


def _capabilities(name: str) -> frozenset[str]:
    return next(card.capabilities for card in TRACKERS if card.name == name)


@pytest.mark.parametrize("name", sorted(BENCHES))
async def test_each_way_of_failing_has_its_meaning(name: str) -> None:
    bench = BENCHES[name]
    peer = bench.peer()
    async with serving(peer.app, free_socket()) as url:
        with pytest.raises(ParcelUnknown):
            await bench.made(KEY, url).where(peer.carrier, UNKNOWN)
        with pytest.raises(TrackerRefused) as no:
            await bench.made("another key", url).where(peer.carrier, GOOD)
        assert "another key" not in str(no.value.details)
        peer.down = 1
        with pytest.raises(TrackerUnreachable) as busy:
            await bench.made(KEY, url).where(peer.carrier, GOOD)
        assert busy.value.details["after"] == 120
        assert await bench.made(KEY, url).where(peer.carrier, GOOD)
    with pytest.raises(TrackerUnreachable) as gone:
        await bench.made(KEY, "http://127.0.0.1:9").where(peer.carrier, GOOD)
    assert KEY not in str(gone.value.details)
