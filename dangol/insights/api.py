"""What the server may ask of the insights room."""

from dangol.insights.judging import Report
from dangol.insights.measuring import Interval, Quality
from dangol.insights.model import (
    SEGMENTS,
    Assumption,
    Effect,
    NobodyToTreat,
    Result,
    Run,
    ScoreRow,
    Segment,
    SegmentFigures,
    Tally,
    TooLittleHistory,
    Treatment,
    TreatmentOver,
)
from dangol.insights.person_records import erase as erase_of
from dangol.insights.person_records import held as held_of
from dangol.insights.records import (
    assumptions,
    drop_assumption,
    held_out_now,
    latest_run,
    people,
    scores_of,
    segments,
)
from dangol.insights.service import (
    begin_treatment,
    expect,
    reckon,
    reckon_nightly,
    results,
    stop_treatment,
    treated_people,
)
from dangol.insights.words import SEGMENT_WORDS, model_words, reason_words, trouble_words

__all__ = [
    "SEGMENTS",
    "SEGMENT_WORDS",
    "Assumption",
    "Effect",
    "Interval",
    "NobodyToTreat",
    "Quality",
    "Report",
    "Result",
    "Run",
    "ScoreRow",
    "Segment",
    "SegmentFigures",
    "Tally",
    "TooLittleHistory",
    "Treatment",
    "TreatmentOver",
    "assumptions",
    "begin_treatment",
    "drop_assumption",
    "erase_of",
    "expect",
    "held_of",
    "held_out_now",
    "latest_run",
    "model_words",
    "people",
    "reason_words",
    "reckon",
    "reckon_nightly",
    "results",
    "scores_of",
    "segments",
    "stop_treatment",
    "treated_people",
    "trouble_words",
]
