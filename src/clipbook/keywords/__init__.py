"""What an article is about, what sets groups of articles apart, and the topics that run through a corpus."""

from __future__ import annotations

from clipbook.keywords.words import Background, english_background
from clipbook.keywords.concordance import collocates, concordance
from clipbook.keywords.keyness import keyness_table
from clipbook.keywords.ranking import keyword_table
from clipbook.keywords.search import search
from clipbook.keywords.shares import (
    group_keywords,
    term_changes,
    term_rates,
    topic_changes,
    topic_contrasts,
    topic_shares,
)
from clipbook.keywords.tokens import stop_words
from clipbook.keywords.topics import Topics, find_topics
