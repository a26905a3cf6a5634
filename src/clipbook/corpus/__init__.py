"""Captures to the corpus: the tables of articles and lines, duplicates, the researcher's metadata."""

from clipbook.corpus.metadata import MetadataError
from clipbook.corpus.read import Corpus, read_corpus
from clipbook.corpus.stated import read_article
from clipbook.corpus.tables import article_table, comparable, line_table

__all__ = [
    "Corpus",
    "MetadataError",
    "article_table",
    "comparable",
    "line_table",
    "read_article",
    "read_corpus",
]
