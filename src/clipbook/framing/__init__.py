"""Framing: codebooks, cue scores with evidence, human codes, calibrated frames."""

from clipbook.framing.codebook import Codebook, CodebookError, load_codebook, shipped_codebooks
from clipbook.framing.scores import frame_evidence, frame_scores

__all__ = [
    "Codebook",
    "CodebookError",
    "frame_evidence",
    "frame_scores",
    "load_codebook",
    "shipped_codebooks",
]
