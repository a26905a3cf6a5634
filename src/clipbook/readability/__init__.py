"""Readability: published formulas from one count, each score with its interval."""

from clipbook.readability.formulas import (
    COUNTS as SHOWN_COUNTS,
    formula_table,
    measure_described,
    measure_title,
    rises_with_ease,
    text_levels,
)
from clipbook.readability.groups import group_readability, main_language, readability_contrasts
from clipbook.readability.over_time import hardest_sentences, interval_by_length
from clipbook.readability.over_time import readability_over_time, readability_trend
from clipbook.readability.table import readability_table
from clipbook.readability.textstat_scores import beside_textstat, serve_textstat
