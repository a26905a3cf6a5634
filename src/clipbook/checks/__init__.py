"""Checks by people: drawn at random, written as sheets, read back, and counted."""

from clipbook.checks.answers import (
    FOLDER,
    Checks,
    accuracy_table,
    captures_checked_near,
    fixes_of,
    judged,
    read_checks,
)
from clipbook.checks.rates import corrected_cue_rates
from clipbook.checks.doubtful import doubtful_captures, doubtful_quotes, speakers_to_name
from clipbook.checks.draw import (
    articles_to_draw,
    captures_to_draw,
    cues_to_draw,
    draw,
    least_certain,
    quotations_to_draw,
)
from clipbook.checks.draw import DRAWN, LEAST_CERTAIN, SHEETS, CheckError
from clipbook.checks.shares import CountedQuotes, corrected_differences, corrected_shares
from clipbook.checks.sheets import Sheet, read_check, refuse_drawn, write_check
