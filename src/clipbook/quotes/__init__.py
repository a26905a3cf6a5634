"""Who gets to speak: quotations, their speakers, and each speaker's share of the quoted words."""

from clipbook.quotes.marks import Quoted, quoted_spans
from clipbook.quotes.quotations import UNATTRIBUTED, Quote, article_quotes
from clipbook.quotes.share import quote_share
from clipbook.quotes.table import find_quotes, speech

__all__ = [
    "UNATTRIBUTED",
    "Quote",
    "Quoted",
    "article_quotes",
    "find_quotes",
    "quote_share",
    "quoted_spans",
    "speech",
]
