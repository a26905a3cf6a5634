"""Framing: codebooks, cue scores with evidence, human codes, calibrated frames."""

from clipbook.framing.agreement import agreement_table, disagreements
from clipbook.framing.calibration import Calibration, calibrate, label_frames
from clipbook.framing.codebook import Codebook, CodebookError
from clipbook.framing.codebook_files import load_codebook, shipped_codebooks
from clipbook.framing.coding import CodingError, draw_sample, draw_sheets
from clipbook.framing.contrasts import (
    frame_changes,
    frame_contrasts,
    frame_means,
    frame_timeline,
    scope_means,
)
from clipbook.framing.prevalence import coding_plan
from clipbook.framing.prevalence import frame_shares
from clipbook.framing.robustness import frame_robustness
from clipbook.framing.scores import PLACES, frame_evidence, frame_scores
from clipbook.framing.coding import settle_codes
from clipbook.framing.sheet_reading import codes_in, read_sheets, sample_in
from clipbook.framing.suggestions import suggest_cues
from clipbook.framing.targets import target_scores, targets_of
