"""Who gets to speak: quotations, their speakers, and each speaker's share of the quoted words."""

from clipbook.quotes.corrections import apply_fixes, apply_speakers
from clipbook.quotes.marks import Quoted, quoted_spans
from clipbook.quotes.people import join_names, name_joins, unify_speakers
from clipbook.quotes.quotations import SURE_FROM, UNATTRIBUTED, UNSURE, Quote, article_quotes, calibration
from clipbook.quotes.robustness import share_in_articles, share_robustness
from clipbook.quotes.share import counted_as, quote_share, share_changes, share_contrasts
from clipbook.quotes.table import find_quotes, headline_quotes, quotes_as_found, speech
from clipbook.quotes.voices import (
    compared_shares,
    concentration,
    leading_speakers,
    of_article,
    quoted_part,
    quoted_part_by,
    quotes_to_check,
    with_absent,
    with_period,
)
