"""Files, folders and archives to captures: formats, decoding, limits.

========================================  ==========================================================
ending                                    what is read
========================================  ==========================================================
``.txt``, ``.md``                         the page's visible text, pasted
``.html``, ``.htm``, ``.xhtml``           a saved page, also as SingleFile writes it
``.mhtml``, ``.mht``                      a page saved by a browser with all its parts
``.warc``, ``.wacz``                      every HTML page in a web archive
``.pdf``                                  the text layer
``.docx``, ``.rtf``                       a pasted page, or a Nexis Uni export of many articles
``.eml``                                  a message
``.csv``, ``.tsv``, ``.jsonl``, ``.xlsx``  an article a row, with a column of texts
``.gz``, ``.zip``                         any of these, packed
========================================  ==========================================================
"""

from clipbook.captures.files import Found, find_files
from clipbook.captures.limits import Limits, UnreadableError
from clipbook.captures.read import read_captures, read_file

__all__ = ["Found", "Limits", "UnreadableError", "find_files", "read_captures", "read_file"]
