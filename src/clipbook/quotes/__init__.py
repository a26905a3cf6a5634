"""Who gets to speak: quotations, their speakers, and each speaker's share of the quoted words."""

from clipbook.quotes.absent import leading_speakers, with_absent
from clipbook.quotes.calibrated import calibration
from clipbook.quotes.fixes import apply_fixes
from clipbook.quotes.marks import Quoted, quoted_spans
from clipbook.quotes.people import join_names, name_joins, unify_speakers
from clipbook.quotes.quotations import SURE_FROM, UNATTRIBUTED, UNSURE, Quote, article_quotes
from clipbook.quotes.share import counted_as, group_share, quote_share, share_changes, share_contrasts
from clipbook.quotes.speakers import apply_speakers
from clipbook.quotes.table import find_quotes, headline_quotes, quotes_as_found, speech
from clipbook.quotes.voices import (
    concentration,
    first_to_speak,
    of_article,
    quoted_part,
    quoted_part_by,
    quotes_to_check,
    with_period,
)

__all__ = [
    "SURE_FROM",
    "UNATTRIBUTED",
    "UNSURE",
    "Quote",
    "Quoted",
    "apply_fixes",
    "apply_speakers",
    "article_quotes",
    "calibration",
    "concentration",
    "counted_as",
    "find_quotes",
    "first_to_speak",
    "group_share",
    "headline_quotes",
    "join_names",
    "leading_speakers",
    "name_joins",
    "of_article",
    "quote_share",
    "quoted_part",
    "quoted_part_by",
    "quoted_spans",
    "quotes_as_found",
    "quotes_to_check",
    "share_changes",
    "share_contrasts",
    "speech",
    "unify_speakers",
    "with_absent",
    "with_period",
]
