"""Framing: codebooks, cue scores with evidence, human codes, calibrated frames."""

from clipbook.framing.agreement import agreement_table, disagreements
from clipbook.framing.calibration import Calibration, calibrate, label_frames
from clipbook.framing.codebook import Codebook, CodebookError, load_codebook, shipped_codebooks
from clipbook.framing.codes import settle_codes
from clipbook.framing.scores import frame_evidence, frame_scores

__all__ = [
    "Calibration",
    "Codebook",
    "CodebookError",
    "agreement_table",
    "calibrate",
    "disagreements",
    "frame_evidence",
    "frame_scores",
    "label_frames",
    "load_codebook",
    "settle_codes",
    "shipped_codebooks",
]
