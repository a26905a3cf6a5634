"""Captures to the corpus: the tables of articles and lines, duplicates, the researcher's metadata."""

from clipbook.corpus.events import find_events
from clipbook.corpus.metadata import MetadataError, find_metadata
from clipbook.corpus.own_tables import read_own_table
from clipbook.corpus.tables import Corpus, read_corpus
from clipbook.corpus.settle_outlets import outlet_questions, outlets_read
from clipbook.corpus.stated import read_article
from clipbook.corpus.summary import (
    captures_over_time,
    copies,
    kept_by_group,
    missing_fields,
    pages_to_check,
    words_by_role,
)
from clipbook.corpus.tables import article_table, as_articles, comparable, drawn, line_table, with_compared
