"""Captures into articles: which lines of a page are its story, and what its fields say."""

from clipbook.article.parse import parse_article

__all__ = ["parse_article"]
