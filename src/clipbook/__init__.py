"""clipbook: captures of news pages in, tables and figures out."""

__version__ = "0.1.0"
