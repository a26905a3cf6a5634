"""What an article is about, what sets groups of articles apart, and the topics that run through a corpus."""

from __future__ import annotations

from clipbook.keywords.background import Background, count_documents, english_background
from clipbook.keywords.collocates import collocates
from clipbook.keywords.concordance import concordance
from clipbook.keywords.keyness import keyness_table
from clipbook.keywords.ranking import Keyword, article_keywords
from clipbook.keywords.table import keyword_table
from clipbook.keywords.tokens import stop_words

__all__ = [
    "Background",
    "Keyword",
    "article_keywords",
    "collocates",
    "concordance",
    "count_documents",
    "english_background",
    "keyness_table",
    "keyword_table",
    "stop_words",
]
